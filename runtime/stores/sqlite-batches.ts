import type { Batch, Batches, ItemResult, Progress } from '../operations/batches.ts'
import type { Database } from './database.ts'
import { guarded } from './unavailable.ts'

interface Body {
  readonly body: string
}

/** Keeps batches and the results of their instances in SQLite. */
export function sqliteBatches(database: Database): Batches {
  database.exec(`
    create table if not exists batches (
      id text primary key, created_at text not null, body text not null
    ) without rowid;
    create table if not exists batch_items (
      batch text not null, place integer not null, instance text not null, outcome text, body text,
      primary key (batch, place)
    ) without rowid;
    create index if not exists batch_items_open on batch_items (batch, place) where outcome is null;
    create unique index if not exists batch_items_instance on batch_items (batch, instance);
  `)
  const addBatch = database.prepare('insert or ignore into batches values (?, ?, ?)')
  const addItem = database.prepare(
    'insert or ignore into batch_items (batch, place, instance) values (?, ?, ?)'
  )
  const find = database.prepare('select body from batches where id = ?')
  const counts = database.prepare(
    'select outcome, count(*) as count from batch_items where batch = ? group by outcome'
  )
  const open = database.prepare(
    'select instance from batch_items where batch = ? and outcome is null order by place limit ?'
  )
  const settle = database.prepare(
    'update batch_items set outcome = ?, body = ? where batch = ? and instance = ?'
  )
  const results = database.prepare(
    `select body from batch_items where batch = ? and place >= ? and outcome is not null
     order by place limit ?`
  )
  const unfinished = database.prepare(
    `select body from batches where id in (select batch from batch_items where outcome is null)
     order by created_at, id`
  )
  const forget = database.prepare(
    `update batch_items set body = json_set(body, '$.happens', json('[]'), '$.problem', null)
     where instance = ? and body is not null`
  )
  const addAll = database.transaction((batch: Batch, instances: readonly string[]) => {
    if (addBatch.run(batch.id, batch.createdAt, JSON.stringify(batch)).changes === 0) return false
    for (const [place, instance] of instances.entries()) addItem.run(batch.id, place, instance)
    return true
  })

  return guarded({
    async add(batch, instances) {
      return addAll(batch, instances)
    },
    async find(id) {
      const row = find.get(id) as Body | undefined
      return row === undefined ? null : (JSON.parse(row.body) as Batch)
    },
    async progress(id) {
      const rows = counts.all(id) as { readonly outcome: string | null; readonly count: number }[]
      const count = (outcome: string) => rows.find(row => row.outcome === outcome)?.count ?? 0
      const total = rows.reduce((sum, row) => sum + row.count, 0)
      const progress: Progress = {
        total,
        did: count('did'),
        nothing: count('nothing'),
        refused: count('refused')
      }
      return progress
    },
    async open(id, limit) {
      return (open.all(id, limit) as { readonly instance: string }[]).map(row => row.instance)
    },
    async settle(id, result) {
      settle.run(result.outcome, JSON.stringify(result), id, result.instance)
    },
    async results(id, from, limit) {
      return (results.all(id, from, limit) as Body[]).map(
        ({ body }) => JSON.parse(body) as ItemResult
      )
    },
    async forget(instance) {
      forget.run(instance)
    },
    async unfinished() {
      return (unfinished.all() as Body[]).map(({ body }) => JSON.parse(body) as Batch)
    }
  })
}
