import type { DatedHours, WeekHours } from '../context.ts'
import { Stuck } from '../errors.ts'
import { turnsOf } from '../rules/dates.ts'
import type { Definition } from '../rules/definitions.ts'
import { resolveValue } from '../rules/layers.ts'
import { type Law, valueLayers } from '../rules/release.ts'
import type { LocalDate, Value } from '../state.ts'

/** The parameter by which a nation, a region or an office states when it works. */
export const OFFICE_HOURS = 'office.hours'
/** The one that states when its counters are open. */
export const COUNTER_HOURS = 'counter.hours'

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** A stretch of a day, in minutes since midnight; 1440 is its end. */
export interface Span {
  readonly from: number
  readonly to: number
}

const SPAN = /^([01]\d|2[0-3]):([0-5]\d)-(([01]\d|2[0-3]):([0-5]\d)|24:00)$/

/** What is wrong with stated hours, in words. */
export function hoursProblems(hours: WeekHours): readonly string[] {
  const problems = Object.entries(hours).flatMap(([days, spans]) => [
    ...(weekdaysOf(days).length > 0
      ? []
      : [`expected days such as mon or mon-thu, found <${days}>`]),
    ...spans
      .filter(span => !SPAN.test(span) || span.slice(0, 5) >= span.slice(6))
      .map(span => `expected times of day such as 08:00-12:00, found <${span}>`)
  ])
  if (problems.length > 0) return problems
  if (Object.values(hours).flat().length === 0)
    return ['expected at least one time of day at which the office is open']
  return WEEKDAYS.flatMap((name, weekday) =>
    spansOf(hours, weekday).flatMap(({ to }, n, all) => {
      const next = all[n + 1]
      return next === undefined || to <= next.from
        ? []
        : [
            `expected times of day that do not meet on <${name}>, found one until ${clock(to)} and one from ${clock(next.from)}`
          ]
    })
  )
}

/** Weekdays of a name such as `mon` or `mon-thu`, from 0 for Monday; none when it is not one. */
function weekdaysOf(name: string): readonly number[] {
  const [first, last = first] = name.split('-').map(day => WEEKDAYS.indexOf(day as 'mon'))
  if (first === undefined || last === undefined || first < 0 || last < first) return []
  return Array.from({ length: last - first + 1 }, (_, n) => first + n)
}

/** The stretches of a weekday, from 0 for Monday, in their order. */
export function spansOf(hours: WeekHours, weekday: number): readonly Span[] {
  return Object.entries(hours)
    .filter(([days]) => weekdaysOf(days).includes(weekday))
    .flatMap(([, spans]) => spans)
    .map(span => ({ from: minutes(span.slice(0, 5)), to: minutes(span.slice(6)) }))
    .sort((a, b) => a.from - b.from)
}

/** How many minutes of a week hours amount to. */
export function minutesPerWeek(hours: WeekHours): number {
  return WEEKDAYS.flatMap((_, weekday) => spansOf(hours, weekday)).reduce(
    (sum, { from, to }) => sum + to - from,
    0
  )
}

/** What is wrong with a value of a parameter that states hours, or null. Its shape has been looked at. */
export function hoursFault(key: string, value: Value): string | null {
  const { week, minutesPerWeek: stated } = value as unknown as HoursValue
  const [problem] = hoursProblems(week)
  if (problem !== undefined) return problem
  if (key !== OFFICE_HOURS) return null
  const without = WEEKDAYS.slice(0, 5).filter((_, weekday) => spansOf(week, weekday).length === 0)
  if (without.length > 0)
    return `expected times of day from mon to fri, found none on ${without.join(', ')}`
  const found = minutesPerWeek(week)
  return found === stated
    ? null
    : `expected minutesPerWeek to be the sum of the times of day, ${found}, found ${stated}`
}
interface HoursValue {
  readonly week: WeekHours
  readonly minutesPerWeek?: number
}

/**
 * When an office works, from each day on which that may change; null where nothing is stated, or two
 * statements clash. Undefined: the law knows of no hours.
 */
export function hoursOf(
  law: Law,
  definition: Definition | undefined
): readonly DatedHours[] | undefined {
  if (definition === undefined) return undefined
  const intervals = law.parts.flatMap(({ values, while: during }) => [
    ...values.filter(({ key }) => key === definition.key),
    ...(during === null ? [] : [during])
  ])
  const bounds = definition.bounds.map(({ from = null, to = null }) => ({ from, to }))
  const turns = [...intervals, ...bounds].flatMap(turnsOf)
  const days = [null, ...[...new Set(turns)].sort()]
  const all = days.map(from => ({ from, hours: hoursOn(law, definition, from ?? EARLIEST) }))
  return all.filter(({ hours }, n) => n === 0 || !alike(hours, all[n - 1]?.hours ?? null))
}
const EARLIEST: LocalDate = '0000-01-01'

function hoursOn(law: Law, definition: Definition, date: LocalDate): WeekHours | null {
  try {
    const { value } = resolveValue(definition, valueLayers(law, date), date)
    return (value as unknown as HoursValue).week
  } catch (error) {
    if (error instanceof Stuck) return null
    throw error
  }
}

function alike(a: WeekHours | null, b: WeekHours | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** Minutes since midnight as a time of day: `07:30`. */
export function clock(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map(n => String(n).padStart(2, '0')).join(':')
}
