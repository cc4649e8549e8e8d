import type { Rulebook } from '../runtime/rulebook.ts'
import { createRulebook } from '../runtime/rules/rulebook.ts'
import { openDatabase } from '../runtime/stores/database.ts'
import { sqliteStatements } from '../runtime/stores/sqlite-statements.ts'

/** The rules of a folder alone, without what offices have published. @throws InvalidData */
export function openRulebook(folder = 'rules'): Promise<Rulebook> {
  const statements = sqliteStatements(openDatabase(':memory:'))
  return createRulebook({ folder, statements })
}
