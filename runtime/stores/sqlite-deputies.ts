import type { Deputation, Deputies } from '../deputies.ts'
import type { Database } from './database.ts'
import { guarded } from './unavailable.ts'

/** More than a unit has people for are not listed. */
const MOST = 500

/** Who acts for whom, in SQLite. */
export function sqliteDeputies(database: Database): Deputies {
  database.exec(`
    create table if not exists deputies (
      id text primary key, unit text not null, person text not null, deputy text not null,
      roles text, processes text, first_day text not null, last_day text not null,
      reason text not null, named_by text not null, named_at text not null,
      accepted_at text, ended_at text, ended_by text
    ) strict;
    create index if not exists deputies_unit on deputies (unit, last_day);
    create index if not exists deputies_deputy on deputies (deputy, last_day);
  `)
  const insert = database.prepare(
    `insert into deputies (id, unit, person, deputy, roles, processes, first_day, last_day, reason,
       named_by, named_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
  )
  const byId = database.prepare('select * from deputies where id = ?')
  const accept = database.prepare(
    'update deputies set accepted_at = ? where id = ? and accepted_at is null and ended_at is null'
  )
  const end = database.prepare(
    'update deputies set ended_at = ?, ended_by = ? where id = ? and ended_at is null'
  )
  const ofUnit = database.prepare(
    `select * from deputies where unit = ? and last_day >= ?
     order by first_day desc, id limit ${MOST}`
  )
  const holding = database.prepare(
    `select * from deputies where deputy = ? and last_day >= ? and first_day <= ?
       and accepted_at is not null and ended_at is null
     order by first_day, id limit ${MOST}`
  )

  return guarded({
    async add({ roles, processes, ...named }) {
      const { id, unit, person, deputy, from, until, reason, namedBy, namedAt } = named
      insert.run(
        id,
        unit,
        person,
        deputy,
        roles === null ? null : JSON.stringify(roles),
        processes === null ? null : JSON.stringify(processes),
        from,
        until,
        reason,
        namedBy,
        namedAt
      )
    },
    async byId(id) {
      const row = byId.get(id) as Row | undefined
      return row === undefined ? null : deputationOf(row)
    },
    accept: async (id, at) => accept.run(at, id).changes > 0,
    end: async (id, by, at) => end.run(at, by, id).changes > 0,
    ofUnit: async (unit, from) => (ofUnit.all(unit, from) as Row[]).map(deputationOf),
    holding: async (deputy, on) => (holding.all(deputy, on, on) as Row[]).map(deputationOf)
  })
}

interface Row {
  readonly id: string
  readonly unit: string
  readonly person: string
  readonly deputy: string
  readonly roles: string | null
  readonly processes: string | null
  readonly first_day: string
  readonly last_day: string
  readonly reason: string
  readonly named_by: string
  readonly named_at: string
  readonly accepted_at: string | null
  readonly ended_at: string | null
  readonly ended_by: string | null
}

function deputationOf(row: Row): Deputation {
  const { id, unit, person, deputy, reason } = row
  return {
    id,
    unit,
    person,
    deputy,
    roles: row.roles === null ? null : (JSON.parse(row.roles) as string[]),
    processes: row.processes === null ? null : (JSON.parse(row.processes) as string[]),
    from: row.first_day,
    until: row.last_day,
    reason,
    namedBy: row.named_by,
    namedAt: row.named_at,
    acceptedAt: row.accepted_at,
    endedAt: row.ended_at,
    endedBy: row.ended_by
  }
}
