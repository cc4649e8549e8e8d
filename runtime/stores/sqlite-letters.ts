import type { Variables } from '../../engine/state.ts'
import type { IssuedLetter, Letters } from '../letters.ts'
import type { Database } from './database.ts'
import { guarded } from './unavailable.ts'

interface Row extends Omit<IssuedLetter, 'facts' | 'sample'> {
  readonly facts: string
  readonly sample: number
  /** Added by libsql to a single row. */
  readonly _metadata?: unknown
}

const COLUMNS =
  'id, job, instance, office, kind, title, number, date, issuedAt, sha256, seal, facts, status, sample'

/** The issued letters in SQLite. */
export function sqliteLetters(database: Database): Letters {
  database.exec(`
    create table if not exists letters (
      id text primary key, job text not null unique, instance text not null, office text not null,
      kind text not null, title text not null, number text not null, date text not null,
      issuedAt text not null, sha256 text not null, seal text not null, facts text not null,
      status text not null, sample integer not null
    ) without rowid;
    create index if not exists letters_by_instance on letters (instance, issuedAt, id);
    create table if not exists letter_statuses (
      letter text not null references letters (id), status text not null, reason text not null, at text not null
    );
  `)
  const insert = database.prepare(`
    insert into letters (${COLUMNS})
    values (@id, @job, @instance, @office, @kind, @title, @number, @date, @issuedAt, @sha256, @seal, @facts, @status, @sample)
    on conflict do nothing
  `)
  const select = (where: string) =>
    database.prepare(`select ${COLUMNS} from letters where ${where}`)
  const byId = select('id = ?')
  const byJob = select('job = ?')
  const ofInstance = select('instance = ? order by issuedAt, id')
  const setStatus = database.prepare('update letters set status = ? where id = ?')
  const addStatus = database.prepare(
    'insert into letter_statuses (letter, status, reason, at) values (?, ?, ?, ?)'
  )
  const changeStatus = database.transaction(
    (id: string, status: IssuedLetter['status'], reason: string, at: string) => {
      if (setStatus.run(status, id).changes === 0) throw new Error(`there is no letter <${id}>`)
      addStatus.run(id, status, reason, at)
    }
  )

  const removeStatuses = database.prepare(
    'delete from letter_statuses where letter in (select id from letters where instance = ?)'
  )
  const removeLetters = database.prepare('delete from letters where instance = ?')
  const has = database.prepare('select 1 from letters where sha256 = ?')
  const forget = database.transaction((instance: string) => {
    const files = (ofInstance.all(instance) as Row[]).map(({ sha256 }) => sha256)
    removeStatuses.run(instance)
    removeLetters.run(instance)
    return files.filter(sha256 => has.get(sha256) === undefined)
  })

  return guarded({
    async forget(instance) {
      return forget(instance)
    },
    async file(letter) {
      insert.run({ ...letter, facts: JSON.stringify(letter.facts), sample: letter.sample ? 1 : 0 })
    },
    async byId(id) {
      return read(byId.get(id) as Row | undefined)
    },
    async byJob(job) {
      return read(byJob.get(job) as Row | undefined)
    },
    async ofInstance(instance) {
      return (ofInstance.all(instance) as Row[]).map(row => read(row) as IssuedLetter)
    },
    async setStatus(id, status, reason, at) {
      changeStatus(id, status, reason, at)
    }
  })
}

function read(row: Row | undefined): IssuedLetter | null {
  if (row === undefined) return null
  const { _metadata, ...letter } = row
  return { ...letter, facts: JSON.parse(row.facts) as Variables, sample: row.sample === 1 }
}
