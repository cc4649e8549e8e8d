import { InvalidData } from '../../engine/errors.ts'
import type { InstanceRow, OpenIncident, OpenTask, Page, Store } from '../store.ts'
import type { Database } from './database.ts'

type Queries = Pick<Store, 'taskList' | 'incidents' | 'instances'>
type Read = <Result>(query: () => Result) => Promise<Result>
// A row of the database has no type of its own; the column lists below are those of the ports.
type Row = Record<string, string>
interface Statement {
  all(...values: readonly (string | number | null)[]): unknown[]
}

const TASK = `instance, token, process, element, name, office, unit, role, since, due_at as dueAt,
  number, subject, process_name as processName`
const INCIDENT = 'instance, token, element, name, office, code, message, since, number, subject'
const INSTANCE = `instance, process, process_name as processName, office, status, number, subject,
  search, started_at as startedAt, changed_at as changedAt, version`

/** The lists of the store: each page is read along an index from where the last one ended. */
export function sqliteQueries(database: Database, read: Read): Queries {
  const prepared = new Map<string, Statement>()
  function all(text: string, values: readonly (string | number | null)[]): Row[] {
    const statement = (prepared.get(text) ?? database.prepare(text)) as Statement
    prepared.set(text, statement)
    return statement.all(...values) as Row[]
  }

  return {
    taskList: ({ unit, roles, limit, cursor }) =>
      read(() => {
        const after = keysOf(cursor, 3) ?? ['', '', '']
        const list = (condition: string) => `select ${TASK}, rank from tasks
          where unit = ? ${condition} and (rank, instance, token) > (?, ?, ?)
          order by rank, instance, token limit ?`
        const most = limit + 1
        if (roles === null) {
          return page<OpenTask>(all(list(''), [unit, ...after, most]), limit, TASK_KEYS)
        }
        // Each role is read along its own index; tasks without a role are anyone's.
        const held = [null, ...new Set(roles)]
        const rows = all(
          `${held.map(() => `select * from (${list('and role is ?')})`).join(' union all ')}
           order by rank, instance, token limit ?`,
          [...held.flatMap(role => [unit, role, ...after, most]), most]
        )
        return page<OpenTask>(rows, limit, TASK_KEYS)
      }),

    incidents: ({ office, limit, cursor }) =>
      read(() => {
        const after = keysOf(cursor, 3) ?? ['', '', '']
        const rows = all(
          `select ${INCIDENT} from incidents
           where ${office === null ? '' : 'office = ? and '}(since, instance, token) > (?, ?, ?)
           order by since, instance, token limit ?`,
          [...(office === null ? [] : [office]), ...after, limit + 1]
        )
        return page<OpenIncident>(rows, limit, ['since', 'instance', 'token'])
      }),

    instances: ({ office, status, text, number, limit, cursor }) =>
      read(() => {
        const words = text?.toLowerCase().split(/\s+/).filter(Boolean) ?? []
        const before = keysOf(cursor, 2)
        const conditions = [
          ...(office === null ? [] : ['office = ?']),
          ...(status === null ? [] : ['status = ?']),
          ...(number === undefined ? [] : ['number = ?']),
          ...words.map(() => "search like ? escape '\\'"),
          ...(before === null ? [] : ['(changed_at, instance) < (?, ?)'])
        ]
        const rows = all(
          `select ${INSTANCE} from instances
           ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
           order by changed_at desc, instance desc limit ?`,
          [
            ...(office === null ? [] : [office]),
            ...(status === null ? [] : [status]),
            ...(number === undefined ? [] : [number]),
            ...words.map(word => `%${word.replace(/[\\%_]/g, '\\$&')}%`),
            ...(before ?? []),
            limit + 1
          ]
        )
        return page<InstanceRow>(rows, limit, ['changedAt', 'instance'])
      })
  }
}

const TASK_KEYS = ['rank', 'instance', 'token'] as const

/** Cuts the row too many off; the keys of the last row kept are the cursor. */
function page<Result>(rows: readonly Row[], limit: number, keys: readonly string[]): Page<Result> {
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  const more = rows.length > limit && last !== undefined
  return {
    rows: kept.map(({ rank: _, ...row }) => row as Result),
    next: more
      ? Buffer.from(JSON.stringify(keys.map(key => last[key]))).toString('base64url')
      : null
  }
}

function keysOf(cursor: string | null, length: number): readonly string[] | null {
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
