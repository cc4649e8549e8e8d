import { createHash, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import type { Instant } from '../../engine/state.ts'
import type { NewPerson, People, Person } from '../people.ts'
import { StoreUnavailable } from '../store.ts'
import type { Database } from './database.ts'
import { guarded, unavailable } from './unavailable.ts'

/** A session ends after this long without a request, in milliseconds. */
const IDLE = 20 * 60_000
/** A session ends after this long, whatever happens in it, in milliseconds. */
const ABSOLUTE = 10 * 60 * 60_000
/** How old the last sign of life may be before it is written again, in milliseconds. */
const TOUCH = 30_000
/** Longer passwords are refused before they cost anything. */
const LONGEST_PASSWORD = 256

interface Cost {
  readonly N: number
  readonly r: number
  readonly p: number
}
const COST: Cost = { N: 2 ** 15, r: 8, p: 3 }
/** The password of demo accounts is printed at every start; hashing it at length protects nobody. */
const DEMO_COST: Cost = { N: 2 ** 10, r: 8, p: 1 }

/** The people who may sign in, and their sessions, in SQLite. Passwords are kept as scrypt hashes, session tokens as SHA-256. */
export function sqlitePeople(database: Database): People {
  database.exec(`
    create table if not exists people (
      id text primary key, name text not null, unit text not null, roles text not null,
      demo integer not null, nip text, password text not null
    ) strict;
    create index if not exists people_unit on people (unit);
    create table if not exists sessions (
      token_hash text primary key, person text not null references people (id),
      opened_at text not null, seen_at text not null
    ) strict;
  `)
  const insert = database.prepare(
    'insert into people (id, name, unit, roles, demo, nip, password) values (?, ?, ?, ?, ?, ?, ?)'
  )
  const selectById = database.prepare('select * from people where id = ?')
  const selectByUnit = database.prepare('select * from people where unit = ? order by id')
  const insertSession = database.prepare(
    'insert into sessions (token_hash, person, opened_at, seen_at) values (?, ?, ?, ?)'
  )
  const selectSession = database.prepare('select * from sessions where token_hash = ?')
  const touchSession = database.prepare('update sessions set seen_at = ? where token_hash = ?')
  const deleteSession = database.prepare('delete from sessions where token_hash = ?')
  const deleteOld = database.prepare('delete from sessions where opened_at < ? or seen_at < ?')

  /** Who cannot be noted, as on a full disk, may still read. */
  const touch = (hash: string, at: string) => {
    try {
      touchSession.run(at, hash)
    } catch (error) {
      if (!(unavailable(error) instanceof StoreUnavailable)) throw error
    }
  }
  const findRow = (id: string) => (selectById.get(id) as PersonRow | undefined) ?? null

  return guarded({
    async add({ id, name, unit, roles, demo, nip, password }: NewPerson) {
      const hash = await hashPassword(password, demo ? DEMO_COST : COST)
      insert.run(id, name, unit, JSON.stringify(roles), demo ? 1 : 0, nip, hash)
    },

    async byId(id) {
      const row = findRow(id)
      return row === null ? null : personOf(row)
    },

    async ofUnit(unit) {
      return (selectByUnit.all(unit) as PersonRow[]).map(personOf)
    },

    async authenticate(id, password) {
      if (password.length > LONGEST_PASSWORD) return null
      const row = findRow(id)
      const right = await isPassword(password, row?.password ?? NOBODY)
      return row !== null && right ? personOf(row) : null
    },

    async openSession(person, at) {
      const now = Date.parse(at)
      deleteOld.run(instant(now - ABSOLUTE), instant(now - IDLE))
      const token = randomBytes(32).toString('base64url')
      insertSession.run(hashToken(token), person, at, at)
      return { token, csrf: csrfOf(token) }
    },

    async session(token, at) {
      const hash = hashToken(token)
      const row = selectSession.get(hash) as SessionRow | undefined
      if (row === undefined) return null

      const now = Date.parse(at)
      const seen = Date.parse(row.seen_at)
      const person = findRow(row.person)
      if (person === null || now - seen > IDLE || now - Date.parse(row.opened_at) > ABSOLUTE) {
        deleteSession.run(hash)
        return null
      }
      if (now - seen > TOUCH) touch(hash, at)
      return { person: personOf(person), csrf: csrfOf(token) }
    },

    async closeSession(token) {
      deleteSession.run(hashToken(token))
    }
  })
}

interface PersonRow {
  readonly id: string
  readonly name: string
  readonly unit: string
  readonly roles: string
  readonly demo: number
  readonly nip: string | null
  readonly password: string
}
interface SessionRow {
  readonly person: string
  readonly opened_at: string
  readonly seen_at: string
}

function personOf({ id, name, unit, roles, demo, nip }: PersonRow): Person {
  return { id, name, unit, roles: JSON.parse(roles) as string[], demo: demo === 1, nip }
}

const instant = (milliseconds: number): Instant => new Date(milliseconds).toISOString()

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** The token that a form sends back belongs to the session, and needs no row of its own. */
function csrfOf(token: string): string {
  return createHash('sha256').update(`csrf ${token}`).digest('base64url')
}

// passwords ///////////////////////////////////////////////////////////////////

async function hashPassword(password: string, cost: Cost): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  const { N, r, p } = cost
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = hash.split('$')
  const expected = Buffer.from(key, 'base64url')
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), cost), expected)
}

/** Compared with when nobody has the name, so that a wrong name takes as long as a wrong password. */
const NOBODY = [
  'scrypt',
  COST.N,
  COST.r,
  COST.p,
  'AAAA',
  Buffer.alloc(32).toString('base64url')
].join('$')

function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r }
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, options, (error, key) =>
      error === null ? resolve(key) : reject(error)
    )
  })
}
