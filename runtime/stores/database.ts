import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Libsql from 'libsql'
import { unavailable } from './unavailable.ts'

/** An open SQLite database: better-sqlite3's synchronous interface. */
export type Database = InstanceType<typeof Libsql>

/**
 * Opens the one file that every SQLite driver shares; `:memory:` for tests.
 *
 * @throws StoreUnavailable when it is damaged, locked or cannot be opened
 */
export function openDatabase(path: string): Database {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  try {
    const database = new Libsql(path)
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('busy_timeout = 5000')
    database.pragma('foreign_keys = ON')
    return database
  } catch (error) {
    throw unavailable(error)
  }
}
