import type { Variables } from '../../engine/state.ts'
import type { Claim, RegisterRow, Registers } from '../registers.ts'
import type { Database } from './database.ts'
import { guarded } from './unavailable.ts'

interface Row {
  readonly number: number
  readonly claimant: string
  readonly at: string
  readonly status: RegisterRow['status']
  readonly reason: string | null
  readonly facts: string
}

/** Number registers in SQLite: the next number is found and taken in one statement. */
export function sqliteRegisters(database: Database): Registers {
  database.exec(`
    create table if not exists register_rows (
      office text not null, register text not null, year integer not null, number integer not null,
      claimant text not null, at text not null, status text not null, reason text, facts text not null,
      primary key (office, register, year, number),
      unique (office, register, claimant)
    ) without rowid;
    create index if not exists register_rows_by_claimant on register_rows (claimant);
    create index if not exists register_rows_open on register_rows (register) where status = 'claimed';
  `)
  const take = database.prepare(`
    insert into register_rows (office, register, year, number, claimant, at, status, facts)
    select @office, @register, @year, coalesce(max(number), 0) + 1, @claimant, @at, 'claimed', '{}'
    from register_rows where office = @office and register = @register and year = @year
    on conflict (office, register, claimant) do nothing
  `)
  const find = database.prepare(
    'select number, status, reason from register_rows where office = ? and register = ? and claimant = ?'
  )
  const markVoid = database.prepare(`
    update register_rows set status = 'void', reason = ?, at = ? where claimant = ? and status = 'claimed'
  `)
  const markIssued = database.prepare(`
    update register_rows set status = 'issued', facts = ? where claimant = ? and status = 'claimed'
  `)
  const open = database.prepare(`
    select office, register, year, claimant, at from register_rows
    where register = ? and status = 'claimed' order by office, year, number
  `)
  const rows = database.prepare(`
    select number, claimant, at, status, reason, facts from register_rows
    where office = ? and register = ? and year = ? order by number
  `)

  return guarded({
    async claim(claim: Claim) {
      take.run({ ...claim })
      const row = find.get(claim.office, claim.register, claim.claimant) as Row
      if (row.status === 'void') {
        throw new Error(
          `number <${row.number}> of register <${claim.register}> at <${claim.office}> is void: ${row.reason}`
        )
      }
      return row.number
    },
    async void(claimant: string, reason: string, at: string) {
      markVoid.run(reason, at, claimant)
    },
    async issued(claimant: string, facts: Variables) {
      markIssued.run(JSON.stringify(facts), claimant)
    },
    async open(register: string) {
      return open.all(register) as Claim[]
    },
    async book(office: string, register: string, year: number) {
      return (rows.all(office, register, year) as Row[]).map(row => ({
        number: row.number,
        claimant: row.claimant,
        at: row.at,
        status: row.status,
        reason: row.reason,
        facts: JSON.parse(row.facts) as Variables
      }))
    }
  })
}
