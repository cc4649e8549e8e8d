import type { Bill, Bills } from '../bills.ts'
import type { Database } from './database.ts'
import { guarded } from './unavailable.ts'

const COLUMNS = 'code, reference, amount, payer, purpose, createdAt, expiresAt, paidAt, ntpn'

/** The bills of the billing simulator in SQLite. */
export function sqliteBills(database: Database): Bills {
  database.exec(`
    create table if not exists bills (
      code text primary key, reference text not null unique, amount integer not null, payer text not null,
      purpose text not null, createdAt text not null, expiresAt text not null, paidAt text, ntpn text
    ) without rowid;
  `)
  const insert = database.prepare(`
    insert into bills (${COLUMNS})
    values (@code, @reference, @amount, @payer, @purpose, @createdAt, @expiresAt, @paidAt, @ntpn)
    on conflict (reference) do nothing
  `)
  const byReference = database.prepare(`select ${COLUMNS} from bills where reference = ?`)
  const byCode = database.prepare(`select ${COLUMNS} from bills where code = ?`)
  const pay = database.prepare(
    'update bills set paidAt = ?, ntpn = ? where code = ? and paidAt is null'
  )
  const list = database.prepare(
    `select ${COLUMNS} from bills order by createdAt desc, code desc limit ?`
  )
  const find = (code: string): Bill | null => (byCode.all(code) as Bill[])[0] ?? null

  return guarded({
    async add(bill) {
      insert.run({ ...bill })
      return (byReference.all(bill.reference) as Bill[])[0]!
    },
    async byCode(code) {
      return find(code)
    },
    async pay(code, ntpn, at) {
      pay.run(at, ntpn, code)
      return find(code)
    },
    async list(limit) {
      return list.all(limit) as Bill[]
    }
  })
}
