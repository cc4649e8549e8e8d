import type { InstanceRow, OpenIncident, Store } from '../store.ts'
import type { Database } from './database.ts'
import { type All, keysOf, page, type Row } from './sqlite-pages.ts'
import { taskPage } from './sqlite-task-list.ts'

type Queries = Pick<Store, 'taskList' | 'incidents' | 'instances'>
type Read = <Result>(query: () => Result) => Promise<Result>
interface Statement {
  all(...values: readonly (string | number | null)[]): unknown[]
}

const INCIDENT = 'instance, token, element, name, office, code, message, since, number, subject'
const INSTANCE = `instance, process, process_name as processName, office, status, number, subject,
  search, started_at as startedAt, changed_at as changedAt, version`

/** The lists of the store: each page is read along an index from where the last one ended. */
export function sqliteQueries(database: Database, read: Read): Queries {
  const prepared = new Map<string, Statement>()
  const all: All = (text, values) => {
    const statement = (prepared.get(text) ?? database.prepare(text)) as Statement
    prepared.set(text, statement)
    return statement.all(...values) as Row[]
  }

  return {
    taskList: query => read(() => taskPage(all, query)),

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

    instances: ({ office, status, process, text, number, limit, cursor }) =>
      read(() => {
        const words = text?.toLowerCase().split(/\s+/).filter(Boolean) ?? []
        const before = keysOf(cursor, 2)
        const conditions = [
          ...(office === null ? [] : ['office = ?']),
          ...(status === null ? [] : ['status = ?']),
          ...(process === undefined ? [] : ['process = ?']),
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
            ...(process === undefined ? [] : [process]),
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
