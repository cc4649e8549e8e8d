import { replay } from '../../engine/apply.ts'
import type { Event } from '../../engine/messages.ts'
import { decisionsIn } from '../rows.ts'
import { StoreUnavailable } from '../store.ts'
import type { Database } from './database.ts'
import { packedDecision, unpacked } from './packing.ts'
import { DECISIONS } from './sqlite-decisions.ts'

/** The form of the tables: raised with every change that a file of before has to be brought to. */
const VERSION = 4

/**
 * Brings a data file of an earlier form to the present one, whole or not at all; a new file only notes its
 * form. Histories are never changed: what is derived from them is made anew.
 *
 * @throws StoreUnavailable when the file is of a later form than this program knows
 */
export function migrate(database: Database): void {
  const version = versionOf(database)
  if (version === VERSION) return
  if (version > VERSION) {
    throw new StoreUnavailable(
      'damaged',
      `expected a data file of form ${VERSION} or before, found ${version}: it was written by a later program`
    )
  }
  database.exec('begin immediate')
  try {
    if (version === 1) toTaskHolders(database)
    if (version === 1 || version === 2) toDecisionLog(database)
    if (version >= 1 && version < 4) toCalendars(database)
    database.exec(`pragma user_version = ${VERSION}`)
    database.exec('commit')
  } catch (error) {
    database.exec('rollback')
    throw error
  }
}

/**
 * Holds a file that is only read to the present form.
 *
 * @throws StoreUnavailable when it is of another
 */
export function mustBePresentForm(database: Database): void {
  const version = versionOf(database)
  if (version === VERSION) return
  throw new StoreUnavailable(
    'damaged',
    `expected a data file of form ${VERSION}, found ${version}: a start of the server brings an earlier one to it`
  )
}

/** A file without a note is new, or of the first form, which noted nothing. */
function versionOf(database: Database): number {
  const [{ user_version: noted }] = database.pragma('user_version') as [
    { readonly user_version: number }
  ]
  if (noted > 0) return noted
  const tasks = database.prepare("select 1 from sqlite_master where name = 'tasks'").get()
  return tasks === undefined ? 0 : 1
}

/** Form 2: tasks have a priority, potential owners, a follow-up time and somebody who has them. */
function toTaskHolders(database: Database): void {
  database.exec(`
    alter table tasks add column owners text;
    alter table tasks add column follow_up_at text;
    alter table tasks add column priority real not null default 50;
    alter table tasks add column assignee text;
    alter table tasks add column assignee_name text;
    alter table tasks add column owner text;
    alter table tasks add column owner_name text;
    alter table tasks add column barred text not null default '[]';
    update tasks set rank = 'b' || rank;
  `)
  replayAll(database)
}

/** Form 3: decisions are found by time, office, rule and release. */
function toDecisionLog(database: Database): void {
  database.exec(DECISIONS)
  const commits = database.prepare(
    `select rowid as number, instance, before, at, events from commits
     where rowid > ? and events like '%ruleDecided%' order by rowid limit 500`
  )
  const add = database.prepare('insert or ignore into decisions values (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  for (let last = 0; ; ) {
    const found = commits.all(last) as readonly {
      readonly number: number
      readonly instance: string
      readonly before: number
      readonly at: string
      readonly events: string
    }[]
    for (const { number, instance, before, at, events } of found) {
      last = number
      const all = unpacked(JSON.parse(events), at)
      for (const { event, office, rule, release, date } of decisionsIn(all)) {
        const recorded = packedDecision(all[event] as Extract<Event, { type: 'ruleDecided' }>)
        add.run(instance, before, event, at, office, rule, release, date, recorded)
      }
    }
    if (found.length === 0) return
  }
}

/** Form 4: an instance says which calendars its times rest on; those of before rest on none. */
function toCalendars(database: Database): void {
  database.exec('alter table instances add column calendar text')
}

/** Makes every state anew from its history: for changes of the state's own form. */
function replayAll(database: Database): void {
  const history = database.prepare(
    'select at, events from commits where instance = ? order by before'
  )
  const write = database.prepare('update instances set state = ? where instance = ?')
  const ids = database.prepare('select instance, version from instances').all() as readonly {
    readonly instance: string
    readonly version: number
  }[]
  for (const { instance, version } of ids) {
    const commits = history.all(instance) as readonly {
      readonly at: string
      readonly events: string
    }[]
    const state = replay(commits.flatMap(({ at, events }) => unpacked(JSON.parse(events), at)))
    if (state.version !== version) {
      throw new StoreUnavailable(
        'damaged',
        `expected the history of <${instance}> to lead to version ${version}, found ${state.version}`
      )
    }
    write.run(JSON.stringify(state), instance)
  }
}
