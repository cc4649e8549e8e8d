import { suggestion } from '../runtime/nearest.ts'
import type { Rulebook } from '../runtime/rulebook.ts'
import { type OpenRelease, releasesOf } from '../runtime/rules/releases.ts'
import { createRulebook } from '../runtime/rules/rulebook.ts'
import { openDatabase } from '../runtime/stores/database.ts'
import { sqliteStatements } from '../runtime/stores/sqlite-statements.ts'
import { BadOption } from './options.ts'

/** The rules of a folder alone, without what offices have published. @throws InvalidData */
export async function openRulebook(folder = 'rules'): Promise<Rulebook> {
  return (await openRules(folder)).rulebook
}

/** The same, with every release that is made of them. @throws InvalidData */
export async function openRules(
  folder: string
): Promise<{ readonly rulebook: Rulebook; readonly openRelease: OpenRelease }> {
  const statements = sqliteStatements(openDatabase(':memory:'))
  const rulebook = await createRulebook({ folder, statements })
  return { rulebook, openRelease: releasesOf(statements) }
}

/** @throws BadOption for an office that the rules do not have */
export function checkOffice(rulebook: Rulebook, office: string): void {
  const offices = rulebook.offices().map(({ id }) => id)
  if (offices.includes(office)) return
  throw new BadOption(
    `--office: expected an office of the rules, found <${office}>${suggestion(office, offices)}`
  )
}
