import { Conflict, StoreUnavailable } from '../store.ts'
import type { Database } from './database.ts'
import { unavailable } from './unavailable.ts'

/** Writes that share a transaction take at most this many; the next group follows at once. */
const MOST_TOGETHER = 256

/** Writes to a SQLite file in groups: what arrives in one turn of the event loop shares one fsync. */
export interface GroupWriter {
  /**
   * Does a write and answers when it is on the disk. A write that throws Conflict must not have
   * written before; any other error undoes the write and leaves the others of its group alone.
   *
   * @throws StoreUnavailable when the file cannot be written
   */
  write<Result>(work: () => Result): Promise<Result>
  /** Writes what has arrived and takes nothing more. */
  close(): void
}

interface Waiting {
  readonly work: () => unknown
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

export function groupWriter(database: Database): GroupWriter {
  const waiting: Waiting[] = []
  let open = true

  function flush(): void {
    const group = waiting.splice(0, MOST_TOGETHER)
    if (waiting.length > 0) setImmediate(flush)
    if (group.length > 0) writeGroup(group)
  }

  function writeGroup(group: readonly Waiting[]): void {
    try {
      for (const answer of writeTogether(group)) answer()
    } catch (cause) {
      const error = unavailable(cause)
      // One write may be at fault, as one that no longer fits on the disk: each by itself, then.
      // A lock holds for all of them, and waiting for it once was long enough.
      const hopeless = error instanceof StoreUnavailable && error.code === 'locked'
      if (group.length > 1 && !hopeless) for (const one of group) writeGroup([one])
      else for (const one of group) one.reject(error)
    }
  }

  /** Gives the answers to the callers; they are not given before the transaction is on the disk. */
  function writeTogether(group: readonly Waiting[]): readonly (() => void)[] {
    database.exec('begin immediate')
    try {
      const answers = group.map(({ work, resolve, reject }) => {
        try {
          const result = work()
          return () => resolve(result)
        } catch (error) {
          if (!(error instanceof Conflict)) throw error
          return () => reject(error)
        }
      })
      database.exec('commit')
      return answers
    } catch (error) {
      // A full disk has ended the transaction already.
      if (database.inTransaction) database.exec('rollback')
      throw error
    }
  }

  return {
    write<Result>(work: () => Result): Promise<Result> {
      return new Promise((resolve, reject) => {
        if (!open) return reject(new StoreUnavailable('closed', 'the store is closed'))
        if (waiting.length === 0) setImmediate(flush)
        waiting.push({ work, resolve: resolve as (result: unknown) => void, reject })
      })
    },
    close() {
      open = false
      while (waiting.length > 0) flush()
    }
  }
}
