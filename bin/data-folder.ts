import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DecisionLog } from '../runtime/rules/decision-log.ts'
import type { OpenRelease } from '../runtime/rules/releases.ts'
import { releasesOf } from '../runtime/rules/releases.ts'
import { openDatabase } from '../runtime/stores/database.ts'
import { sqliteDecisionLog } from '../runtime/stores/sqlite-decisions.ts'
import { mustBePresentForm } from '../runtime/stores/sqlite-migrations.ts'
import { sqliteStatements } from '../runtime/stores/sqlite-statements.ts'
import { BadOption } from './options.ts'

/** The decisions of a data folder with the releases that they recorded; nothing in it can be written. */
export interface ReadFolder {
  readonly log: DecisionLog
  readonly openRelease: OpenRelease
  close(): void
}

/** Opens a data folder to read it, also while a server works on it. @throws BadOption, StoreUnavailable */
export function readDataFolder(folder: string): ReadFolder {
  const file = join(folder, 'alur.db')
  if (!existsSync(file)) throw new BadOption(`--data: expected a data folder, found no <${file}>`)
  const database = openDatabase(file)
  mustBePresentForm(database)
  database.pragma('query_only = ON')
  return {
    log: sqliteDecisionLog(database),
    openRelease: releasesOf(sqliteStatements(database)),
    close: () => database.close()
  }
}
