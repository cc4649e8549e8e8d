import { Temporal } from 'temporal-polyfill'
import type { Calendar } from './context.ts'
import { Stuck } from './errors.ts'
import type { Instant, LocalDate } from './state.ts'

/** A date, duration or cycle that cannot be read, or cannot be reckoned with. */
export class TimeInvalid extends Stuck {
  constructor(message: string) {
    super('timer', message)
    this.name = 'TimeInvalid'
  }
}

/** The calendar knows nothing of a year that working days run into. */
export class CalendarMissing extends Stuck {
  readonly year: string
  constructor(year: string, calendar: Calendar) {
    const known = Object.keys(calendar.years).sort().join(', ') || 'none'
    super(
      'no-calendar',
      `expected the calendar <${calendar.version}> to have the year <${year}>, found ${known}`
    )
    this.name = 'CalendarMissing'
    this.year = year
  }
}

/** An ISO 8601 duration. The parts are never negative; the sign stands apart. */
export interface Duration {
  readonly negative: boolean
  readonly years: number
  readonly months: number
  readonly weeks: number
  readonly days: number
  readonly hours: number
  readonly minutes: number
  readonly seconds: number
  readonly milliseconds: number
}

/** A repeating interval, `R3/PT1H` or `R/2015-01-01T00:00:00Z/P1D`. */
export interface Cycle {
  /** How often it comes; null means without end. */
  readonly repeats: number | null
  /** When it comes first, as the text says it; null: one duration from now. */
  readonly start: string | null
  /** ISO 8601. */
  readonly duration: string
}

const DURATION =
  /^([+-])?P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d{1,3}))?S)?)?$/
/** Nobody plans further; a longer part is a slip of the pen. */
const MOST = 1_000_000

/**
 * Reads an ISO 8601 duration. Only seconds may have a fraction, of milliseconds.
 *
 * @throws TimeInvalid
 */
export function parseDuration(text: string): Duration {
  const parts = DURATION.exec(text)
  if (!parts) throw new TimeInvalid(`expected an ISO 8601 duration such as P3D, found <${text}>`)

  const [years, months, weeks, days, hours, minutes, seconds] = parts
    .slice(2, 9)
    .map(part => Number(part ?? 0)) as [number, number, number, number, number, number, number]
  if (![years, months, weeks, days].every(part => part <= MOST)) {
    throw new TimeInvalid(`expected a duration that a calendar can hold, found <${text}>`)
  }
  const milliseconds = Number((parts[9] ?? '').padEnd(3, '0'))
  const negative = parts[1] === '-'
  return { negative, years, months, weeks, days, hours, minutes, seconds, milliseconds }
}

/** A moment as much later as one moment is behind another: what is left of a time that stood still. */
export function shifted(moment: Instant, from: Instant, to: Instant): Instant {
  const pause = Temporal.Instant.from(from).until(Temporal.Instant.from(to))
  return instantText(Temporal.Instant.from(moment).add(pause))
}

/**
 * Adds a duration to a moment: years to days by the local calendar of the zone, so that the time of
 * day stays, then hours to seconds exactly. Days are calendar days.
 *
 * @throws TimeInvalid
 */
export function addDuration(now: Instant, duration: string, zone: string): Instant {
  const { negative, ...parts } = parseDuration(duration)
  const length = Temporal.Duration.from(parts)
  return within(`<${now}> plus <${duration}>`, () =>
    toInstant(zoned(now, zone).add(negative ? length.negated() : length))
  )
}

/**
 * Adds working days to a moment and keeps the local time of day. Day 0 is today; when today is no
 * working day, day 0 is the next one. A negative number counts back, and then from the one before.
 *
 * @throws CalendarMissing when the days run into a year that the calendar does not have
 */
export function addWorkingDays(
  now: Instant,
  days: number,
  calendar: Calendar,
  zone: string
): Instant {
  if (!Number.isInteger(days) || Math.abs(days) > MOST_WORKING_DAYS) {
    throw new TimeInvalid(
      `expected a whole number of at most ${MOST_WORKING_DAYS} working days, found <${days}>`
    )
  }
  const start = zoned(now, zone)
  const step = days < 0 ? -1 : 1
  let date = start.toPlainDate()
  while (!isWorking(date, calendar)) date = date.add({ days: step })
  for (let left = Math.abs(days); left > 0; left--) {
    do date = date.add({ days: step })
    while (!isWorking(date, calendar))
  }
  return toInstant(date.toZonedDateTime({ timeZone: zone, plainTime: start.toPlainTime() }))
}
const MOST_WORKING_DAYS = 3660

/**
 * Adds a duration whose days are working days; hours to seconds are added after them, exactly.
 *
 * @throws TimeInvalid when the duration has years, months or weeks
 * @throws CalendarMissing
 */
export function addWorkingDuration(
  now: Instant,
  duration: string,
  calendar: Calendar,
  zone: string
): Instant {
  const { negative, years, months, weeks, days, ...time } = parseDuration(duration)
  if (years || months || weeks) {
    throw new TimeInvalid(`expected a duration in working days such as P3D, found <${duration}>`)
  }
  const day = addWorkingDays(now, negative ? -days : days, calendar, zone)
  const rest = Temporal.Duration.from(time)
  return toInstant(zoned(day, zone).add(negative ? rest.negated() : rest))
}

/**
 * Whether offices work on a date: Monday to Friday, unless the calendar closes the day.
 *
 * @throws CalendarMissing
 */
export function isWorkingDay(date: LocalDate, calendar: Calendar): boolean {
  return isWorking(plainDate(date), calendar)
}

/** The calendar date that a moment falls on in a zone. */
export function localDate(now: Instant, zone: string): LocalDate {
  return zoned(now, zone).toPlainDate().toString()
}

/** How many calendar days lie between two dates; negative when the second is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return plainDate(from).until(plainDate(to), { largestUnit: 'day' }).days
}

/** The date some calendar days later, or earlier when negative. */
export function addDays(date: LocalDate, days: number): LocalDate {
  if (!Number.isInteger(days)) throw new TimeInvalid(`expected whole days, found <${days}>`)
  return within(`<${date}> plus ${days} days`, () => plainDate(date).add({ days }).toString())
}

/**
 * Reads a date or a date and time. Without an offset it is the local time of the zone, a bare date
 * its first moment.
 *
 * @throws TimeInvalid
 */
export function parseDateTime(text: string, zone: string): Instant {
  const parts = DATE_TIME.exec(text)
  if (!parts) {
    throw new TimeInvalid(
      `expected a date such as 2015-12-03 or 2015-12-03T14:00:00, found <${text}>`
    )
  }
  const [, date, time, offset] = parts
  return within(`<${text}>`, () => {
    if (offset) return instantText(Temporal.Instant.from(text))
    const plainTime = time ? Temporal.PlainTime.from(time) : undefined
    const local = Temporal.PlainDate.from(date!)
    return toInstant(
      plainTime ? local.toZonedDateTime({ timeZone: zone, plainTime }) : local.toZonedDateTime(zone)
    )
  })
}
const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::[0-5]\d(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/

/**
 * Reads a repeating interval.
 *
 * @throws TimeInvalid
 */
export function parseCycle(text: string): Cycle {
  const parts = /^R(\d{0,6})\/(?:([^/]+)\/)?([^/]+)$/.exec(text)
  if (!parts) throw new TimeInvalid(`expected a cycle such as R3/PT1H, found <${text}>`)

  const [, count, start, duration] = parts
  const { negative, ...length } = parseDuration(duration!)
  if (negative || Object.values(length).every(part => part === 0)) {
    throw new TimeInvalid(`expected a cycle that goes on, found <${text}>`)
  }
  if (start !== undefined) parseDateTime(start, 'UTC')
  if (count === '0')
    throw new TimeInvalid(`expected a cycle that comes at least once, found <${text}>`)
  return { repeats: count === '' ? null : Number(count), start: start ?? null, duration: duration! }
}

function isWorking(date: Temporal.PlainDate, calendar: Calendar): boolean {
  const key = String(date.year)
  const year = Object.hasOwn(calendar.years, key) ? calendar.years[key] : undefined
  if (!year) throw new CalendarMissing(key, calendar)
  return date.dayOfWeek <= 5 && !Object.hasOwn(year.closed, date.toString())
}

function zoned(now: Instant, zone: string): Temporal.ZonedDateTime {
  return within(`<${now}> in <${zone}>`, () => Temporal.Instant.from(now).toZonedDateTimeISO(zone))
}

function plainDate(date: LocalDate): Temporal.PlainDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) {
    throw new TimeInvalid(`expected a date such as 2015-12-03, found <${date}>`)
  }
  return within(`<${date}>`, () => Temporal.PlainDate.from(date, { overflow: 'reject' }))
}

function toInstant(moment: Temporal.ZonedDateTime): Instant {
  return instantText(moment.toInstant())
}

function instantText(moment: Temporal.Instant): Instant {
  return moment.toString({ smallestUnit: 'millisecond' })
}

/** Temporal throws a RangeError for what no calendar has, as 30 February. */
function within<Result>(what: string, reckon: () => Result): Result {
  try {
    return reckon()
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new TimeInvalid(`expected a time that exists, found ${what}: ${cause.message}`)
  }
}
