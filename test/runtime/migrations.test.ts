import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Decision, Event } from '../../engine/messages.ts'
import { StoreUnavailable } from '../../runtime/store.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStore } from '../../runtime/stores/sqlite.ts'
import { sqliteDecisionLog } from '../../runtime/stores/sqlite-decisions.ts'
import { deciding } from '../contracts/decision-log.ts'

/** The tables as the first form of the data file had them. */
const FIRST_FORM = `
  create table instances (
    instance text primary key, version integer not null, state text not null,
    process text not null, process_name text not null, office text not null, status text not null,
    number text not null, subject text not null, search text not null,
    started_at text not null, changed_at text not null
  );
  create table commits (
    instance text not null, before integer not null, after integer not null,
    at text not null, by text not null, command text not null, events text not null,
    primary key (instance, before)
  );
  create table tasks (
    instance text not null, token text not null, rank text not null,
    process text not null, element text not null, name text not null,
    office text not null, unit text not null, role text, since text not null, due_at text,
    number text not null, subject text not null, process_name text not null,
    primary key (instance, token)
  ) without rowid;
`
/** Takes away what the fourth form has brought. */
const WITHOUT_CALENDARS =
  'drop index instances_calendar; alter table instances drop column calendar;'
const AT = '2015-12-03T02:00:00.000Z'
const BY = { id: 'ani', name: 'Ani', kind: 'person', unit: 'kanim-tju', roles: ['counter'] }
const token = (id: string, at: string) => ({
  id,
  at,
  scope: null,
  via: null,
  wait: null,
  variables: null,
  index: null,
  loop: null,
  called: null
})
const wait = (dueAt: string | null) =>
  ({ for: 'user', role: 'counter', unit: 'kanim-tju', since: AT, dueAt }) as const
const EVENTS: readonly Event[] = [
  {
    type: 'instanceStarted',
    instance: 'case-1',
    process: 'permit',
    processVersion: 1,
    office: 'kanim-tju',
    release: 'r1',
    variables: { name: 'Siti' }
  },
  { type: 'elementActivated', token: token('t1', 'Check') },
  { type: 'elementWaiting', token: 't1', element: 'Check', wait: wait(null) },
  { type: 'elementCompleted', token: 't1', element: 'Check', by: 'ani' },
  { type: 'elementActivated', token: token('t2', 'Approve') },
  { type: 'elementWaiting', token: 't2', element: 'Approve', wait: wait(AT) }
]

const DECISION: Decision = {
  rule: 'itk.regime',
  office: 'kanim-tju',
  release: 'r1',
  date: '2015-12-03',
  facts: {},
  outcome: 'pp-31-2013',
  rows: [],
  reasons: [],
  trail: [],
  cites: [],
  confidence: 'H',
  remarks: [],
  rebinds: false
}

describe('a data file of the first form', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alur-migrations-'))
  after(() => rmSync(folder, { recursive: true }))
  let files = 0

  function firstForm(version = EVENTS.length) {
    const path = join(folder, `${files++}.db`)
    const database = openDatabase(path)
    database.exec(FIRST_FORM)
    const state = {
      id: 'case-1',
      process: 'permit',
      processVersion: 1,
      office: 'kanim-tju',
      release: 'r1',
      status: 'running',
      variables: { name: 'Siti' },
      tokens: { t2: { ...token('t2', 'Approve'), wait: wait(AT) } },
      subscriptions: {},
      performers: { Check: 'ani' },
      counter: 2,
      version
    }
    const add = (table: string, ...values: readonly (string | number | null)[]) =>
      database
        .prepare(`insert into ${table} values (${values.map(() => '?').join(', ')})`)
        .run(...values)
    const names = ['permit', 'Permit', 'kanim-tju', 'running', 'P-1', 'Siti', 'p-1 siti', AT, AT]
    add('instances', 'case-1', version, JSON.stringify(state), ...names)
    const [first, second] = [EVENTS.slice(0, 3), EVENTS.slice(3)].map(each => JSON.stringify(each))
    add('commits', 'case-1', 0, 3, AT, JSON.stringify(BY), 'start', first as string)
    add('commits', 'case-1', 3, 6, AT, JSON.stringify(BY), 'completeUserTask', second as string)
    const place = ['permit', 'Approve', 'Setujui', 'kanim-tju', 'kanim-tju', 'counter']
    add('tasks', 'case-1', 't2', AT, ...place, AT, AT, 'P-1', 'Siti', 'Permit')
    database.close()
    return path
  }

  it('opens with every case, task and line of history', async () => {
    const path = firstForm()
    for (let opened = 0; opened < 2; opened++) {
      const store = sqliteStore(openDatabase(path))
      const state = await store.load('case-1')
      expect(state?.performers).to.deep.equal({ permit: { Check: ['ani'] } })
      expect(state?.variables).to.deep.equal({ name: 'Siti' })
      expect(state?.tokens.t2?.wait).to.deep.equal(wait(AT))
      expect((await store.history('case-1')).flatMap(({ events }) => events)).to.deep.equal(EVENTS)

      const query = { unit: 'kanim-tju', roles: ['counter'], limit: 9, cursor: null }
      const { rows } = await store.taskList(query)
      expect(rows).to.deep.equal([
        {
          instance: 'case-1',
          token: 't2',
          process: 'permit',
          element: 'Approve',
          name: 'Setujui',
          office: 'kanim-tju',
          unit: 'kanim-tju',
          role: 'counter',
          owners: null,
          since: AT,
          dueAt: AT,
          followUpAt: null,
          priority: 50,
          assignee: null,
          owner: null,
          barred: [],
          suspended: false,
          number: 'P-1',
          subject: 'Siti',
          processName: 'Permit'
        }
      ])
      await store.close()
    }
  })

  it('opens from the third form: its cases rest on no calendar', async () => {
    const path = firstForm()
    await sqliteStore(openDatabase(path)).close()
    const database = openDatabase(path)
    database.exec(`${WITHOUT_CALENDARS} pragma user_version = 3`)
    const store = sqliteStore(database)
    expect(await store.calendarsInUse()).to.deep.equal([])
    expect((await store.load('case-1'))?.variables).to.deep.equal({ name: 'Siti' })
    await store.close()
  })

  it('stays as it is when something in it does not fit', () => {
    const path = firstForm(7)
    expect(() => sqliteStore(openDatabase(path))).to.throw(StoreUnavailable, '<case-1>')
    const database = openDatabase(path)
    expect(database.pragma('user_version')).to.deep.equal([{ user_version: 0 }])
    expect(database.prepare('select rank from tasks').all()).to.deep.equal([{ rank: AT }])
    database.close()
  })

  it('finds the decisions of a file that had no index of them', async () => {
    const path = join(folder, 'second.db')
    const before = openDatabase(path)
    const store = sqliteStore(before)
    const log = sqliteDecisionLog(before)
    const decision = { ...DECISION, rule: 'itk.extension.fee' }
    await store.commit(deciding('case-1', AT, [DECISION, decision]))
    const all = { limit: 9, cursor: null }
    const { rows } = await log.decisions(all)
    const { rows: recorded } = await log.recorded(all)
    expect(rows.map(row => row.decision)).to.deep.equal([DECISION, decision])
    before.exec(`drop table decisions; ${WITHOUT_CALENDARS} pragma user_version = 2`)
    await store.close()

    const after = openDatabase(path)
    const migrated = sqliteStore(after)
    const found = sqliteDecisionLog(after)
    expect((await found.decisions(all)).rows).to.deep.equal(rows)
    expect((await found.recorded(all)).rows).to.deep.equal(recorded)
    await migrated.close()
  })

  it('is refused when a later program wrote it', () => {
    const path = join(folder, 'later.db')
    const database = openDatabase(path)
    database.exec('pragma user_version = 99')
    expect(() => sqliteStore(database)).to.throw(StoreUnavailable, 'a later program')
    database.close()
  })
})
