import type { Database } from '../runtime/stores/database.ts'

/** A statement as it went to the database. */
export interface Write {
  readonly sql: string
  readonly values: readonly unknown[]
}

/** Passes everything on to a database and keeps the writes of each transaction. */
export function recording(database: Database): {
  readonly database: Database
  readonly transactions: Write[][]
} {
  const transactions: Write[][] = []
  let current: Write[] | null = null
  const prepare = (sql: string) => {
    const statement = database.prepare(sql)
    return new Proxy(statement, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown
        if (typeof value !== 'function') return value
        return (...values: unknown[]) => {
          if (name === 'run') current?.push({ sql, values })
          return (value as (...values: unknown[]) => unknown).apply(target, values)
        }
      }
    })
  }
  const exec = (sql: string) => {
    if (sql.startsWith('begin')) current = []
    if (sql === 'commit' && current !== null) transactions.push(current)
    if (sql === 'commit' || sql === 'rollback') current = null
    return database.exec(sql)
  }
  const recorder = new Proxy(database, {
    get(target, name) {
      if (name === 'prepare') return prepare
      if (name === 'exec') return exec
      const value = Reflect.get(target, name) as unknown
      return typeof value === 'function' ? value.bind(target) : value
    }
  })
  return { database: recorder, transactions }
}

/** Writes recorded transactions again, with nothing but the driver; gives the seconds that it took. */
export function writeAgain(
  database: Database,
  transactions: readonly (readonly Write[])[]
): number {
  const texts = new Set(transactions.flat().map(({ sql }) => sql))
  const prepared = new Map([...texts].map(sql => [sql, database.prepare(sql)]))
  const start = performance.now()
  for (const writes of transactions) {
    database.exec('begin immediate')
    for (const { sql, values } of writes) prepared.get(sql)?.run(...values)
    database.exec('commit')
  }
  return (performance.now() - start) / 1000
}
