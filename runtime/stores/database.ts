import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Libsql from 'libsql'
import { StoreUnavailable } from '../store.ts'
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
    if (path !== ':memory:') checkWhole(database)
    return database
  } catch (error) {
    throw unavailable(error)
  }
}

/** Closes the file with everything in it: a copy of it alone, without its log beside it, is whole. */
export function closeDatabase(database: Database): void {
  try {
    database.pragma('wal_checkpoint(truncate)')
  } catch {
    // no room or no turn: what is in the log is taken up at the next start
  }
  database.close()
}

/** A file that was cut off or overwritten is found before anybody works on it; a gigabyte takes half a second. */
function checkWhole(database: Database): void {
  const [found] = database.pragma('quick_check(1)') as [{ readonly quick_check: string }]
  if (found.quick_check === 'ok') return
  throw new StoreUnavailable('damaged', `the database file is damaged: ${found.quick_check}`)
}
