import { createHash } from 'node:crypto'
import type { Mail, Mails, NewMail } from '../mail.ts'
import type { Database } from './database.ts'
import { guarded } from './unavailable.ts'

interface Row {
  readonly id: string
  readonly content: string
  readonly received: number
}

/** The mails of the demo mailbox in SQLite, one row for each Message-ID. */
export function sqliteMails(database: Database): Mails {
  database.exec(`
    create table if not exists mails (
      number integer primary key, id text not null unique, content text not null, received integer not null
    );
  `)
  const keep = database.prepare(`
    insert into mails (id, content, received) values (?, ?, 1)
    on conflict (id) do update set received = received + 1
  `)
  const list = database.prepare(
    'select id, content, received from mails order by number desc limit ?'
  )
  const byId = database.prepare('select id, content, received from mails where id = ?')

  return guarded({
    async keep(mail) {
      keep.run(idOf(mail.messageId), JSON.stringify(mail))
    },
    async list(limit) {
      return (list.all(limit) as Row[]).map(read)
    },
    async byId(id) {
      const row = byId.get(id) as Row | undefined
      return row === undefined ? null : read(row)
    }
  })
}

function idOf(messageId: string): string {
  return createHash('sha256').update(messageId).digest('hex').slice(0, 20)
}

function read(row: Row): Mail {
  return { ...(JSON.parse(row.content) as NewMail), id: row.id, received: row.received }
}
