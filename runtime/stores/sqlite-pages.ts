import { InvalidData } from '../../engine/errors.ts'
import type { Page } from '../store.ts'

// A row of the database has no type of its own; the column lists below are those of the ports.
export type Row = Record<string, string>
/** The rows of a query, which is prepared once. */
export type All = (text: string, values: readonly (string | number | null)[]) => Row[]

/** Cuts the row too many off; the keys of the last row kept are the cursor. */
export function page<Result>(
  rows: readonly Row[],
  limit: number,
  keys: readonly string[]
): Page<Result> {
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  const more = rows.length > limit && last !== undefined
  return {
    rows: kept.map(row => unranked(row) as Result),
    next: more
      ? Buffer.from(JSON.stringify(keys.map(key => last[key]))).toString('base64url')
      : null
  }
}

/** What only orders the rows is nobody's business. */
function unranked(row: Row): object {
  if (!('rank' in row)) return row
  const { rank: _, ...rest } = row
  return rest
}

export function keysOf(cursor: string | null, length: number): readonly string[] | null {
  if (cursor === null) return null
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const fits = Array.isArray(keys) && keys.length === length
    if (fits && keys.every(key => typeof key === 'string')) return keys
  } catch {
    // Not JSON: the same answer as for the wrong JSON.
  }
  throw new InvalidData('page', [
    { path: 'cursor', message: 'expected a cursor that an earlier page gave' }
  ])
}
