import { Temporal } from 'temporal-polyfill'
import { compileExpression } from '../../engine/expression.ts'
import { lastWorkingDayBefore } from '../../engine/offices/calendar.ts'
import { testsIn } from '../../engine/rules/analysis-domains.ts'
import { findExample } from '../../engine/rules/analysis-examples.ts'
import { compileConditions } from '../../engine/rules/compiled.ts'
import type { Interval } from '../../engine/rules/dates.ts'
import { holdsOn, isDay, turnsOf } from '../../engine/rules/dates.ts'
import type { FactType, Group, Table, Test } from '../../engine/rules/definitions.ts'
import { faultOf, readFacts } from '../../engine/rules/facts.ts'
import { canonicalText } from '../../engine/rules/release.ts'
import type { EffectiveRow } from '../../engine/rules/table.ts'
import type { LocalDate, OfficeId, Value, Variables } from '../../engine/state.ts'
import { createCompiledDecider } from '../decide.ts'
import { RuleFailed } from '../rulebook.ts'
import { decideBy } from './deciding.ts'
import type { OpenLaw } from './laws.ts'
import type { RuleCase } from './load.ts'
import { factsOf } from './table-analysis.ts'

/** A case worth having, with what the rules give now; without `because` it can be pasted as it is. */
export interface ProposedCase {
  readonly name: string
  readonly rule: string
  readonly date: LocalDate
  readonly facts: Variables
  readonly row?: string | readonly string[]
  readonly outcome?: Value
  readonly fails?: RuleFailed['code']
  /** The bound that it is at: `extension is 5, beside 4`. */
  readonly because: string
}

export interface Proposing {
  /** By whose law, or by whose draft of it, it is decided. */
  readonly law: OpenLaw
  readonly office: OfficeId
  /** A table or a parameter. */
  readonly rule: string
  /** What is there already; what one of these covers is not proposed. */
  readonly cases: readonly RuleCase[]
  /** Only for these rows, as those of a draft; not given: for all. */
  readonly rows?: readonly string[]
}

/**
 * Proposes cases at the bounds of a table: beside and on every number and every day in its conditions, with
 * facts that meet the other conditions of the row, and on the days around every first and last day of a row.
 * For a parameter: on the days around every first and last day of its values.
 */
export async function proposeCases(asked: Proposing): Promise<readonly ProposedCase[]> {
  const { law, rule } = asked
  const table = law.tables.get(rule)
  const wanted = table ? bounds(asked, table) : daysOfValues(asked)
  const decider = createCompiledDecider()
  const proposed: ProposedCase[] = []
  const names = new Set(asked.cases.filter(one => one.rule === rule).map(({ name }) => name))
  const seen = new Set<string>()

  for (const { name, date, facts, because } of wanted) {
    const key = canonicalText([date, facts])
    if (seen.has(key)) continue
    seen.add(key)
    const outcome = await expectedBy({ ...asked, date, facts }, table, decider)
    proposed.push({ name: unused(name, names), rule, date, facts, ...outcome, because })
  }
  return proposed
}

type Wanted = Pick<ProposedCase, 'name' | 'date' | 'facts' | 'because'>
type Outcome = Pick<ProposedCase, 'row' | 'outcome' | 'fails'>

/** What a law decides, as a case expects it. */
export async function expectedBy(
  {
    law,
    office,
    rule,
    date,
    facts
  }: Pick<Proposing, 'law' | 'office' | 'rule'> & Pick<Wanted, 'date' | 'facts'>,
  table: Table | undefined,
  decider: ReturnType<typeof createCompiledDecider>
): Promise<Outcome> {
  try {
    const question = { rule, office, facts, date, today: date }
    const { rows, outcome } = await decideBy(() => law, decider, question)
    if (!table) return { outcome }
    return table.hitPolicy === 'collect' ? { row: rows } : { row: rows[0]!, outcome }
  } catch (error) {
    if (!(error instanceof RuleFailed)) throw error
    return { fails: error.code }
  }
}

function unused(name: string, names: Set<string>): string {
  let free = name
  for (let count = 2; names.has(free); count++) free = `${name}-${count}`
  names.add(free)
  return free
}

// parameters ////////

function daysOfValues({ law, rule, cases }: Proposing): readonly Wanted[] {
  const stated = law.parts.flatMap(({ values }) => values.filter(({ key }) => key === rule))
  const covered = new Set(cases.filter(one => one.rule === rule).map(({ date }) => date))
  return [...new Set(stated.flatMap(daysAround))]
    .filter(date => !covered.has(date))
    .sort()
    .map(date => ({ name: `on-${date}`, date, facts: {}, because: 'beside a day of a value' }))
}

/** The day before, on and after a first or a last day; of one that is not known to the day, where it may turn. */
function daysAround(interval: Interval): readonly LocalDate[] {
  const known = [interval.from, interval.to].filter(isDay)
  const turns = turnsOf(interval)
  const exact = known.flatMap(day => [plus(day, -1), day, plus(day, 1)])
  const partial = turns.filter(day => !known.includes(day) && !known.includes(plus(day, -1)))
  return [...exact, ...partial.flatMap(day => [plus(day, -1), day])]
}

function plus(day: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

// tables ////////

/** A bound: on which day, which conditions have to hold, and what a fact is there. */
interface Bound {
  readonly name: string
  readonly date: LocalDate
  readonly conditions: Group | null
  readonly at: { readonly fact: string; readonly value: Value } | null
  readonly because: string
}

function bounds(asked: Proposing, table: Table): readonly Wanted[] {
  const { law, cases } = asked
  const types = factsOf(table, law.definitions)
  const known = cases
    .filter(one => one.rule === table.rule)
    .map(one => ({ date: one.date, facts: read(law, table, one.facts, one.date) ?? one.facts }))
  const wanted: Wanted[] = []
  for (const bound of [...boundsOfConditions(asked, table, types), ...boundsOfDays(asked, table)]) {
    const { name, date, conditions, at, because } = bound
    const isThere = (facts: Variables, on: LocalDate): boolean =>
      holds(conditions, facts) &&
      (at ? facts[at.fact] === at.value && sameRows(law, table, on, date) : on === date)
    if (known.some(one => isThere(one.facts, one.date))) continue
    const equal: Group[] = at ? [{ all: [{ ...at, operator: 'equal' }] }] : []
    const example = findExample(types, [conditions, ...equal], date)
    if (!example) continue
    const facts = givenFacts(table, example.facts, law, date, isThere)
    if (!facts) continue
    wanted.push({ name, date, facts, because })
    known.push({ date, facts: read(law, table, facts, date) ?? facts })
  }
  return wanted
}

function boundsOfConditions(
  { law, rows: only }: Proposing,
  table: Table,
  types: Readonly<Record<string, FactType>>
): readonly Bound[] {
  // each row once, in the last stretch of days in which it surely holds
  const found = new Map<string, readonly Bound[]>()
  law.timelines.startsOf(table.rule).forEach((start, index, starts) => {
    const first = index > 0 ? start : starts[1] ? plus(starts[1], -1) : DAY
    const date = workable(law, table, first, starts[index + 1])
    for (const row of rowsOn(law, table, date)) {
      const asked = !row.perhaps && (only?.includes(row.id) ?? true)
      if (asked) found.set(row.id, boundsOfRow(row, date, types))
    }
  })
  return [...found.values()].flat()
}
/** For what holds on every day. */
const DAY = '2024-01-02'

/** A day of a stretch; where working days are counted, one of a year whose calendar is known. */
function workable(
  law: OpenLaw,
  table: Table,
  start: LocalDate,
  next: LocalDate | undefined
): LocalDate {
  const counts = Object.values(table.facts).some(type => type.lastWorkingDayBefore !== undefined)
  const years = Object.keys(law.calendar.years).sort()
  if (!counts || years.includes(start.slice(0, 4))) return start
  const days = years.map(year => `${year}-06-03`)
  return days.find(day => day >= start && (next === undefined || day < next)) ?? start
}

function boundsOfRow(
  row: EffectiveRow,
  date: LocalDate,
  types: Readonly<Record<string, FactType>>
): readonly Bound[] {
  const { conditions } = row
  if (!conditions) return []
  return testsIn(conditions).flatMap(test => {
    const { fact } = test
    const type = types[fact]!
    if (!['integer', 'money', 'date'].includes(type.type)) return []
    return constantsOf(test).flatMap(constant =>
      beside(constant)
        .filter(value => faultOf(type, value) === null)
        .map(value => ({
          name: `${row.id}-${fact}-${value}`.replaceAll('.', '-').replace('--', '-minus-'),
          date,
          conditions: without(conditions, fact),
          at: { fact, value },
          because:
            value === constant ? `${fact} is ${value}` : `${fact} is ${value}, beside ${constant}`
        }))
    )
  })
}

function constantsOf({ operator, value }: Test): readonly Value[] {
  const many = operator === 'in' || operator === 'notIn' || operator === 'between'
  const list = many ? (value as readonly Value[]) : [value]
  return list.filter(one => one !== null)
}

function beside(constant: Value): readonly Value[] {
  if (typeof constant === 'number') return [constant - 1, constant, constant + 1]
  return isDay(constant) ? [plus(constant, -1), constant, plus(constant, 1)] : []
}

/** The other conditions of a row; where they are more than a plain list, none of them. */
function without(conditions: Group, fact: string): Group | null {
  if (!('all' in conditions)) return null
  return { all: conditions.all.filter(one => !testsIn(one).some(test => test.fact === fact)) }
}

function boundsOfDays({ law, rows: only }: Proposing, table: Table): readonly Bound[] {
  const overlays = law.parts.flatMap(({ rows }) => rows.filter(({ rule }) => rule === table.rule))
  const all = [...table.rows, ...overlays].filter(({ id }) => only?.includes(id) ?? true)
  return all.flatMap(row =>
    [...new Set(daysAround(row))].map(date => {
      // an exception also needs what the row asks to which it is one
      const held = [date, plus(date, 1), plus(date, -1), plus(date, 2), plus(date, -2)]
        .filter(day => holdsOn(row, day) !== 'no')
        .flatMap(day => rowsOn(law, table, day).filter(({ id }) => id === row.id))[0]
      const conditions = held ? held.conditions : (row.conditions ?? null)
      const name = `${row.id}-${date}`
      return { name, date, conditions, at: null, because: `beside a day of row ${row.id}` }
    })
  )
}

function rowsOn(law: OpenLaw, table: Table, date: LocalDate): readonly EffectiveRow[] {
  try {
    return law.timelines.table(table, date).rows
  } catch {
    // it cannot be said which rows hold; the check reports that
    return []
  }
}

function sameRows(law: OpenLaw, table: Table, one: LocalDate, other: LocalDate): boolean {
  const ids = (date: LocalDate): string =>
    rowsOn(law, table, date)
      .map(({ id }) => id)
      .join()
  return one === other || ids(one) === ids(other)
}

function holds(conditions: Group | null, facts: Variables): boolean {
  try {
    return compileConditions(conditions)(facts)
  } catch {
    // facts that cannot be compared, or are missing, do not cover it
    return false
  }
}

// facts ////////

/** As a table reads them by this law; null when they cannot be read. */
function read(law: OpenLaw, table: Table, given: Variables, date: LocalDate): Variables | null {
  try {
    return readFacts(table, given, date, {
      parameter: key => law.timelines.valueAt(key, date) ?? null,
      lastWorkingDayBefore: day => lastWorkingDayBefore(day, law.calendar),
      expression: compileExpression
    })
  } catch {
    return null
  }
}

/** An example in the form in which a process gives facts: what is worked out is left out where it can be. */
function givenFacts(
  table: Table,
  example: Variables,
  law: OpenLaw,
  date: LocalDate,
  isThere: (facts: Variables, on: LocalDate) => boolean
): Variables | null {
  const whole = Object.fromEntries(
    Object.entries(example).map(([name, value]) => [name, asGiven(table.facts[name]!, value)])
  )
  const own = Object.entries(whole).filter(([name]) => {
    const { expression, lastWorkingDayBefore: day } = table.facts[name]!
    return expression === undefined && day === undefined
  })
  return (
    [Object.fromEntries(own), whole].find(facts => {
      const found = read(law, table, facts, date)
      return found !== null && isThere(found, date)
    }) ?? null
  )
}

function asGiven({ type }: FactType, value: Value): Value {
  if (type !== 'flags' || !Array.isArray(value)) return value
  return Object.fromEntries((value as readonly string[]).map(name => [name, true]))
}
