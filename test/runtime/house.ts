import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { replay } from '../../engine/apply.ts'
import type { Actor } from '../../engine/context.ts'
import type { ElementId } from '../../engine/graph.ts'
import type { ProcessInstance } from '../../engine/state.ts'
import type { Handlers } from '../../jobs/job.ts'
import { type Clock, settableClock } from '../../runtime/clock.ts'
import { type InlineSettings, inlineDispatcher } from '../../runtime/dispatchers/inline.ts'
import type { Library } from '../../runtime/library.ts'
import { openLibrary } from '../../runtime/library.ts'
import type { Log } from '../../runtime/log.ts'
import type { Rulebook } from '../../runtime/rulebook.ts'
import { createRulebook } from '../../runtime/rules/rulebook.ts'
import { openRuntime, type Runtime } from '../../runtime/runtime.ts'
import type { Store } from '../../runtime/store.ts'
import { type Database, openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStore } from '../../runtime/stores/sqlite.ts'
import { sqliteDeployments } from '../../runtime/stores/sqlite-deployments.ts'
import { sqliteRegisters } from '../../runtime/stores/sqlite-registers.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import { DATA_PROCESSES, PROCESSES } from './processes.ts'

const HERE = dirname(fileURLToPath(import.meta.url))

export { DATA_PROCESSES, PROCESSES }

export const COUNTER = person('loket.tju', 'Petugas Loket', ['counter'])
export const COLLEAGUE = person('loket2.tju', 'Petugas Loket Dua', ['counter'])
export const HEAD = person('kakanim.tju', 'Kepala Kantor', ['kakanim'])
export const OPERATOR = person('operator.tju', 'Operator', ['operator'])

/** A whole runtime on one SQLite file, with the processes of this folder and two small offices. */
export interface House {
  readonly runtime: Runtime
  readonly store: Store
  readonly database: Database
  readonly library: Library
  readonly rulebook: Rulebook
  readonly clock: Clock
  /** What was logged as an error. */
  readonly errors: readonly string[]
  close(): Promise<void>
}

export async function openHouse(
  given: {
    readonly file?: string
    readonly processes?: string
    /** Further processes that both offices offer. */
    readonly services?: readonly string[]
    readonly handlers?: Handlers
    readonly clock?: Clock
    readonly dispatcher?: Partial<InlineSettings>
    readonly jobDeadline?: number
    /** Days of 2015 on which nobody works. */
    readonly holidays?: Readonly<Record<string, string>>
    /** Puts something between the runtime and its store. */
    readonly through?: (store: Store) => Store
  } = {}
): Promise<House> {
  const errors: string[] = []
  const log: Log = {
    info() {},
    warn() {},
    error: (message, error) => void errors.push(`${message}: ${(error as Error).message}`)
  }
  const clock = given.clock ?? settableClock('2015-12-01T00:00:00.000Z')
  const database = openDatabase(given.file ?? ':memory:')
  const store = sqliteStore(database)
  const rules = rulesFolder(given.services ?? [], given.holidays ?? {})
  const rulebook = await createRulebook({ folder: rules, statements: sqliteStatements(database) })
  rmSync(rules, { recursive: true })
  const library = await openLibrary({
    folder: given.processes ?? PROCESSES,
    known: { jobs: null, rules: null, templates: null, roles: null },
    deployments: sqliteDeployments(database),
    clock,
    log
  })
  const dispatcher = inlineDispatcher({ clock, log, pause: () => 5, tick: 10, ...given.dispatcher })
  const runtime = await openRuntime({
    store: given.through?.(store) ?? store,
    dispatcher,
    rulebook,
    library,
    registers: sqliteRegisters(database),
    handlers: given.handlers ?? {},
    clock,
    log,
    ...(given.jobDeadline === undefined ? {} : { jobDeadline: given.jobDeadline })
  })
  return {
    runtime,
    store,
    database,
    library,
    rulebook,
    clock,
    errors,
    async close() {
      await runtime.stop()
      await store.close()
    }
  }
}

/** The id of the token that rests on an element. */
export function tokenAt({ tokens }: ProcessInstance, element: ElementId): string {
  const found = Object.values(tokens).find(({ at }) => at === element)
  if (found) return found.id
  const places = Object.values(tokens).map(({ at }) => `<${at}>`)
  throw new Error(`expected a token at <${element}>, found ${places.join(', ') || 'none'}`)
}

/** Whether the history of an instance leads to its state again. */
export async function replays(store: Store, instance: string): Promise<boolean> {
  const history = await store.history(instance)
  const gapless = history.every(({ from }, index) => from === (history[index - 1]?.to ?? 0))
  const again = replay(history.flatMap(({ events }) => events))
  return gapless && same(again, await store.load(instance))
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(sorted)
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]))
}

function person(id: string, name: string, roles: readonly string[]): Actor {
  return { id, name, kind: 'person', unit: 'kanim-tju', roles }
}

// rules /////////////////////////////////////////////////////////////////////

/** A nation of one region and two offices, one table and the calendar of one year. */
function rulesFolder(more: readonly string[], holidays: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'alur-rules-'))
  cpSync(join(HERE, '../../rules/schema'), join(folder, 'schema'), { recursive: true })
  const write = (path: string, content: object) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), JSON.stringify(content))
  }
  const services = [
    'permit',
    'deadline',
    'parallel',
    'waiter',
    'closer',
    'hearer',
    'opener',
    'listener',
    'payer',
    'archive',
    'kill',
    'caller',
    'circle',
    'grant',
    'license',
    'season',
    'night',
    'whole',
    ...more
  ]
  const office = { extends: 'kanwil-kepri', timeZone: 'Asia/Jakarta', province: 'Kepulauan Riau' }
  const serving = Object.fromEntries(services.map(id => [id, id]))
  write('national/nation.json', {
    id: 'ditjen-imigrasi',
    name: 'Direktorat Jenderal Imigrasi',
    timeZone: 'Asia/Jakarta',
    place: 'Jakarta',
    processes: []
  })
  write('national/roles.json', {
    roles: ['counter', 'kakanim', 'operator'].map(id => ({
      id,
      level: 'office',
      english: id,
      names: [{ name: id, from: null, to: null }],
      confidence: 'H'
    }))
  })
  write('national/instruments.json', {
    instruments: [
      {
        id: 'uu-6-2011',
        kind: 'UU',
        short: 'UU 6/2011',
        title: 'Keimigrasian',
        inForce: { from: '2011', to: null },
        confidence: 'H'
      }
    ]
  })
  write('national/tables/test.approver.json', APPROVER)
  write('national/parameters/case.json', { parameters: [RETENTION] })
  write('regions/kanwil-kepri/region.json', {
    id: 'kanwil-kepri',
    extends: 'ditjen-imigrasi',
    name: 'Kanwil Kepulauan Riau',
    timeZone: 'Asia/Jakarta',
    place: 'Tanjungpinang',
    province: 'Kepulauan Riau'
  })
  write('offices/kanim-tju/office.json', {
    ...office,
    id: 'kanim-tju',
    name: 'Kanim Tanjung Uban',
    place: 'Tanjung Uban',
    services: { ...serving, daily: 'daily' }
  })
  write('offices/kanim-btm/office.json', {
    ...office,
    id: 'kanim-btm',
    name: 'Kanim Batam',
    place: 'Batam',
    services: serving
  })
  write('calendars/2015.json', {
    year: 2015,
    scope: 'ditjen-imigrasi',
    sample: true,
    cites: [],
    holidays,
    collectiveLeave: {}
  })
  return folder
}

const APPROVER = {
  rule: 'test.approver',
  label: { id: 'Penyetuju', en: 'Approver' },
  overridableAt: [],
  bounds: [],
  asOf: 'today',
  rebind: 'pinned',
  cites: { min: 1 },
  facts: { ordinal: { type: 'integer', min: 1 } },
  outcome: { type: 'object', properties: { approver: { type: 'string' } } },
  hitPolicy: 'first',
  rows: [
    {
      id: 'head',
      from: null,
      to: null,
      conditions: { all: [{ fact: 'ordinal', operator: 'lessThan', value: 5 }] },
      outcome: { approver: 'kakanim' },
      cites: [{ instrument: 'uu-6-2011' }],
      confidence: 'H'
    }
  ],
  cases: []
}

const RETENTION = {
  key: 'case.retention',
  label: { id: 'Masa simpan', en: 'Retention' },
  type: 'days',
  unit: 'hari',
  overridableAt: [],
  bounds: [],
  asOf: 'today',
  rebind: 'always',
  cites: { min: 1 },
  values: [
    { value: 400, from: '2011', to: null, cites: [{ instrument: 'uu-6-2011' }], confidence: 'H' }
  ]
}
