import { Temporal } from 'temporal-polyfill'
import type { Calendar, WeekHours } from './context.ts'
import { Stuck } from './errors.ts'
import { spansOf } from './offices/hours.ts'
import type { Instant, LocalDate } from './state.ts'
import { addDays, isWorkingDay, TimeInvalid } from './time.ts'

/** Nothing is stated of when an office works on a day. */
export class HoursMissing extends Stuck {
  constructor(date: LocalDate, { version }: Calendar) {
    super(
      'no-value',
      `expected the calendar <${version}> to have working hours on <${date}>, found none`
    )
    this.name = 'HoursMissing'
  }
}

/** When an office works on a date, by the days of the week; null: nothing is stated. */
export function hoursOn(date: LocalDate, { hours = [] }: Calendar): WeekHours | null {
  return hours.findLast(({ from }) => from === null || from <= date)?.hours ?? null
}

/**
 * The working time between two moments, in milliseconds: what lies inside the working hours of working days
 * of the zone. Negative when the second moment is the earlier one.
 *
 * @throws CalendarMissing
 * @throws HoursMissing
 */
export function workingTime(from: Instant, to: Instant, calendar: Calendar, zone: string): number {
  const [a, b] = [millisecondsOf(from), millisecondsOf(to)]
  if (a > b) return -workingTime(to, from, calendar, zone)
  let sum = 0
  for (let day = dateOf(a, zone); day <= dateOf(b, zone); day = addDays(day, 1)) {
    for (const { from, to } of openings(day, calendar, zone)) {
      sum += Math.max(0, Math.min(to, b) - Math.max(from, a))
    }
  }
  return sum
}

/**
 * The first moment by which an office has worked for so long, in milliseconds, since a moment; the moment
 * itself for none.
 *
 * @throws TimeInvalid for less than none or more than ten years
 * @throws CalendarMissing
 * @throws HoursMissing
 */
export function addWorkingTime(
  now: Instant,
  length: number,
  calendar: Calendar,
  zone: string
): Instant {
  if (!(length >= 0)) throw new TimeInvalid(`expected a working time, found <${length}>`)
  const start = millisecondsOf(now)
  let left = length
  let day = dateOf(start, zone)
  for (let days = 0; left > 0; days++) {
    if (days > MOST_DAYS) {
      throw new TimeInvalid(
        `expected a working time of at most ${MOST_DAYS} days, found <${length}>`
      )
    }
    for (const { from, to } of openings(day, calendar, zone)) {
      const begins = Math.max(from, start)
      if (to <= begins) continue
      if (to - begins >= left) return instantOf(begins + left)
      left -= to - begins
    }
    day = addDays(day, 1)
  }
  return now
}
const MOST_DAYS = 3660

/**
 * The working days between two moments, parts of a day included. A working day counts as one, spread over its
 * working hours; where no hours are stated, over the whole day.
 *
 * @throws CalendarMissing
 */
export function workingDays(from: Instant, to: Instant, calendar: Calendar, zone: string): number {
  const [a, b] = [millisecondsOf(from), millisecondsOf(to)]
  if (a > b) return -workingDays(to, from, calendar, zone)
  let sum = 0
  for (let day = dateOf(a, zone); day <= dateOf(b, zone); day = addDays(day, 1)) {
    const spread = spreadOf(day, calendar, zone)
    const whole = lengthOf(spread)
    const part = spread.reduce(
      (part, { from, to }) => part + Math.max(0, Math.min(to, b) - Math.max(from, a)),
      0
    )
    if (whole > 0) sum += part / whole
  }
  return sum
}

/**
 * The first moment by which so many working days, parts of a day included, have gone by since a moment.
 *
 * @throws TimeInvalid
 * @throws CalendarMissing
 */
export function addPartsOfDays(
  now: Instant,
  days: number,
  calendar: Calendar,
  zone: string
): Instant {
  if (!(days >= 0 && days <= MOST_DAYS)) {
    throw new TimeInvalid(`expected at most ${MOST_DAYS} working days, found <${days}>`)
  }
  const start = millisecondsOf(now)
  let left = days
  let day = dateOf(start, zone)
  // a thousandth of a millisecond is what sums of parts are off by
  while (left > 1e-9) {
    const spread = spreadOf(day, calendar, zone)
    const whole = lengthOf(spread)
    for (const { from, to } of spread) {
      const begins = Math.max(from, start)
      if (to <= begins) continue
      const part = (to - begins) / whole
      if (part >= left - 1e-9) return instantOf(Math.round(begins + left * whole))
      left -= part
    }
    day = addDays(day, 1)
  }
  return now
}

/** When an office is open on a day, in milliseconds since 1970; not at all on a day that is no working day. */
export function openings(day: LocalDate, calendar: Calendar, zone: string): readonly Opening[] {
  if (!isWorkingDay(day, calendar)) return []
  const hours = hoursOn(day, calendar)
  if (hours === null) throw new HoursMissing(day, calendar)
  return openingsBy(hours, day, zone)
}
export interface Opening {
  readonly from: number
  readonly to: number
}

function spreadOf(day: LocalDate, calendar: Calendar, zone: string): readonly Opening[] {
  if (!isWorkingDay(day, calendar)) return []
  const hours = hoursOn(day, calendar)
  if (hours !== null) return openingsBy(hours, day, zone)
  return [{ from: momentAt(day, 0, zone), to: momentAt(addDays(day, 1), 0, zone) }]
}

/** An hour that the clocks skip is not open, one that they repeat is open twice. */
function openingsBy(hours: WeekHours, day: LocalDate, zone: string): readonly Opening[] {
  const weekday = Temporal.PlainDate.from(day).dayOfWeek - 1
  return spansOf(hours, weekday)
    .map(({ from, to }) => ({ from: momentAt(day, from, zone), to: momentAt(day, to, zone) }))
    .filter(({ from, to }) => from < to)
}

function momentAt(day: LocalDate, minute: number, zone: string): number {
  const date = Temporal.PlainDate.from(day)
  if (minute === 1440) return date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds
  const plainTime = { hour: Math.floor(minute / 60), minute: minute % 60 }
  return date.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds
}

function lengthOf(spread: readonly Opening[]): number {
  return spread.reduce((sum, { from, to }) => sum + to - from, 0)
}

function dateOf(at: number, zone: string): LocalDate {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString()
}

function millisecondsOf(at: Instant): number {
  return Temporal.Instant.from(at).epochMilliseconds
}

function instantOf(at: number): Instant {
  return Temporal.Instant.fromEpochMilliseconds(at).toString({ smallestUnit: 'millisecond' })
}
