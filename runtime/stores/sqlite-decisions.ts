import type { Event } from '../../engine/messages.ts'
import type {
  DecisionFilter,
  DecisionLog,
  DecisionQuery,
  LoggedDecision,
  Recorded
} from '../rules/decision-log.ts'
import type { Page } from '../store.ts'
import type { Database } from './database.ts'
import { type Packed, unpacked, unpackedDecision } from './packing.ts'
import { type All, keysOf, page, type Row } from './sqlite-pages.ts'
import { guarded } from './unavailable.ts'

/**
 * Points into the events of a commit, where the decision itself stands; beside it, packed, what making it again
 * needs, for that is read far more often than why it came out so. In the order of writing, which is that of reading.
 */
export const DECISIONS = `
  create table if not exists decisions (
    instance text not null, before integer not null, event integer not null, at text not null,
    office text not null, rule text not null, release text not null, date text not null,
    recorded text not null,
    primary key (instance, before, event)
  );
  create index if not exists decisions_at on decisions (at, instance, before, event);
  create index if not exists decisions_release on decisions (release, at, instance, before, event);
`

/** Reads the decisions that the store has written; the store has made the tables. */
export function sqliteDecisionLog(database: Database): DecisionLog {
  const prepared = new Map<string, ReturnType<Database['prepare']>>()
  const prepare = (text: string) => {
    const statement = prepared.get(text) ?? database.prepare(text)
    prepared.set(text, statement)
    return statement
  }
  const all: All = (text, values) => prepare(text).all(...values) as Row[]

  const commit = () => prepare('select events from commits where instance = ? and before = ?')

  /** A page of rows with the given columns besides. */
  const rowsOf = (
    { limit, cursor, ...filter }: DecisionQuery,
    columns: string
  ): { readonly rows: readonly Row[]; readonly next: string | null } => {
    const after = keysOf(cursor, 4)
    // the cursor lies behind the first moment: with both, every page would be sought from there
    const { from: _, ...beyond } = filter
    const { conditions, values } = conditionsOf(after ? beyond : filter)
    if (after) {
      conditions.push(
        '(d.at, d.instance, d.before, d.event) > (?, ?, cast(? as integer), cast(? as integer))'
      )
      values.push(...after)
    }
    const rows = all(
      `select d.instance, cast(d.before as text) as before, cast(d.event as text) as event, d.at,
         i.process, i.number, i.status, i.started_at as startedAt, i.changed_at as changedAt${columns}
       from decisions d
       join instances i on i.instance = d.instance
       ${where(conditions)} order by d.at, d.instance, d.before, d.event limit ?`,
      [...values, limit + 1]
    )
    return page<Row>(rows, limit, ['at', 'instance', 'before', 'event'])
  }

  return guarded({
    async decisions(query: DecisionQuery): Promise<Page<LoggedDecision>> {
      const { rows, next } = rowsOf(query, '')
      const read = reader((instance, before) => commit().get(instance, before) as Row)
      return { rows: rows.map(read), next }
    },

    async recorded(query: DecisionQuery): Promise<Page<LoggedDecision<Recorded>>> {
      const { rows, next } = rowsOf(query, ', d.office, d.rule, d.release, d.date, d.recorded')
      return { rows: rows.map(recordedIn), next }
    },

    async count(filter) {
      const { conditions, values } = conditionsOf(filter)
      const [found] = all(`select count(*) as found from decisions d ${where(conditions)}`, values)
      return Number(found?.found ?? 0)
    }
  })
}

function conditionsOf({ from, until, offices, rule, release, instance }: DecisionFilter) {
  const conditions: string[] = []
  const values: (string | number)[] = []
  const add = (condition: string, ...given: readonly string[]): void => {
    conditions.push(condition)
    values.push(...given)
  }
  if (from !== undefined) add('d.at >= ?', from)
  if (until !== undefined) add('d.at < ?', until)
  if (offices !== undefined) add(`d.office in (${offices.map(() => '?').join(', ')})`, ...offices)
  if (rule !== undefined) add('d.rule = ?', rule)
  if (release !== undefined) add('d.release = ?', release)
  if (instance !== undefined) add('d.instance = ?', instance)
  return { conditions, values }
}

function where(conditions: readonly string[]): string {
  return conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''
}

function recordedIn(row: Row): LoggedDecision<Recorded> {
  const { instance, at, process, number, status, startedAt, changedAt, recorded = '[]' } = row
  const place = { rule: row.rule, office: row.office, release: row.release, date: row.date }
  const { element, decision } = unpackedDecision(recorded, place as Place)
  return {
    instance,
    before: Number(row.before),
    event: Number(row.event),
    at,
    element,
    decision,
    process,
    number,
    status,
    startedAt,
    changedAt
  } as LoggedDecision<Recorded>
}
type Place = Parameters<typeof unpackedDecision>[1]

/** Several decisions of one commit stand beside each other: its events are read once for them. */
function reader(eventsOf: (instance: string, before: number) => Row): (row: Row) => LoggedDecision {
  let last = { instance: '', before: -1, events: [] as readonly (Event | Packed)[] }
  return row => {
    const { at = '', instance = '', process, number, status } = row
    const before = Number(row.before)
    if (last.instance !== instance || last.before !== before) {
      const { events = '[]' } = eventsOf(instance, before)
      last = { instance, before, events: JSON.parse(events) as readonly Packed[] }
    }
    const event = Number(row.event)
    const [found] = unpacked([last.events[event] as Packed], at)
    if (found?.type !== 'ruleDecided') {
      throw new Error(`expected event ${event} of <${instance}> after version ${before} to decide`)
    }
    return {
      ...{ instance, at, process, number, status, before, event },
      ...{ startedAt: row.startedAt, changedAt: row.changedAt },
      ...{ element: found.element, decision: found.decision }
    } as LoggedDecision
  }
}
