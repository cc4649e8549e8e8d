import { StoreUnavailable } from '../store.ts'

const CODES: readonly [prefix: string, code: StoreUnavailable['code'], message: string][] = [
  ['SQLITE_FULL', 'full', 'the disk is full: nothing of this was stored'],
  ['ENOSPC', 'full', 'the disk is full: nothing of this was stored'],
  ['EDQUOT', 'full', 'the disk is full: nothing of this was stored'],
  ['SQLITE_BUSY', 'locked', 'the database is locked by another process'],
  ['SQLITE_LOCKED', 'locked', 'the database is locked by another connection'],
  ['SQLITE_CORRUPT', 'damaged', 'the database file is damaged'],
  ['SQLITE_NOTADB', 'damaged', 'the database file is not a SQLite database'],
  ['SQLITE_IOERR', 'failing', 'the disk cannot be read or written'],
  ['SQLITE_CANTOPEN', 'failing', 'the database file cannot be opened'],
  ['SQLITE_READONLY', 'failing', 'the database file may not be written']
]

/** Says what an error of the database or the disk means for the caller; a bug stays as it is. */
export function unavailable(error: unknown): unknown {
  const found = (error as { readonly code?: unknown } | null)?.code
  if (typeof found !== 'string') return error
  const known = CODES.find(([prefix]) => found.startsWith(prefix))
  return known ? new StoreUnavailable(known[1], known[2], { cause: error }) : error
}

type Method = (...given: readonly never[]) => Promise<unknown>

/** A driver whose methods say what an error of the database or the disk means for the caller. */
export function guarded<Port extends object>(port: Port): Port {
  const methods = Object.entries(port as Readonly<Record<string, Method>>).map(
    ([name, method]): [string, Method] => [
      name,
      async (...given) => {
        try {
          return await method(...given)
        } catch (error) {
          throw unavailable(error)
        }
      }
    ]
  )
  return Object.fromEntries(methods) as Port
}
