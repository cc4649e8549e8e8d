import { Temporal } from 'temporal-polyfill'
import type { Calendar } from './context.ts'
import type { Instant } from './state.ts'
import { isWorkingDay, TimeInvalid } from './time.ts'

/** When a timer comes again and again by the clock and the calendar: `30 7 * * 1-5`. */
export interface Cron {
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  readonly days: ReadonlySet<number>
  readonly months: ReadonlySet<number>
  /** 0 is Sunday. */
  readonly weekdays: ReadonlySet<number>
  /** Both kinds of days are stated: one of them is enough, as in every cron. */
  readonly eitherDay: boolean
  /** The hours are not stated: it goes by the time that passes, not by the clock on the wall. */
  readonly everyHour: boolean
}

/** Where and for whom the clock runs. */
export interface Clockwork {
  readonly zone: string
  /** Days on which the office does not work are left out; null: none are. */
  readonly working: Calendar | null
}

const NAMED: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *'
}
const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ')
const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** A leap day may be this many days away; what does not come by then never does. */
const FARTHEST = 366 * 8

/** Whether a text means to be a cron, right or wrong: five fields, or a name such as `@daily`. */
export function looksLikeCron(text: string): boolean {
  return (
    text.startsWith('@') ||
    /^[\d*][\d*/,\w-]*(\s+[\d*][\d*/,\w-]*|\s+[A-Za-z]{3}\S*){4}$/.test(text)
  )
}

/**
 * Reads the five fields of a cron: minute, hour, day of the month, month, day of the week.
 *
 * @throws TimeInvalid
 */
export function parseCron(text: string): Cron {
  const fields = (NAMED[text] ?? text).trim().split(/\s+/)
  if (fields.length !== 5 || fields[0]?.startsWith('@')) {
    throw new TimeInvalid(
      `expected a cron of five fields such as 30 7 * * 1-5, or one of ${Object.keys(NAMED).join(', ')}, found <${text}>`
    )
  }
  const [minute, hour, day, month, weekday] = fields as [string, string, string, string, string]
  const days = numbers(day, 1, 31, [], text)
  const months = numbers(month, 1, 12, MONTHS, text)
  const eitherDay = !day.startsWith('*') && !weekday.startsWith('*')
  const comes = months.some(each => days.some(date => date <= (LONGEST[each - 1] as number)))
  if (!comes && !eitherDay) throw new TimeInvalid(`expected a cron that comes, found <${text}>`)
  return {
    minutes: numbers(minute, 0, 59, [], text),
    hours: numbers(hour, 0, 23, [], text),
    days: new Set(days),
    months: new Set(months),
    weekdays: new Set(numbers(weekday, 0, 7, WEEKDAYS, text).map(each => each % 7)),
    eitherDay,
    everyHour: hour.startsWith('*')
  }
}

/** The numbers that a field names, in order: `*`, `5`, `1-5`, `MON-FRI`, steps `/15`, lists. */
function numbers(
  field: string,
  least: number,
  most: number,
  names: readonly string[],
  text: string
): readonly number[] {
  const wrong = () =>
    new TimeInvalid(
      `expected ${least} to ${most} in a field of the cron <${text}>, found <${field}>`
    )
  const number = (part: string): number => {
    const named = names.indexOf(part.toUpperCase())
    if (named >= 0) return named + least
    const value = Number(part)
    if (!/^\d+$/.test(part) || value < least || value > most) throw wrong()
    return value
  }
  const found = new Set<number>()
  for (const part of field.split(',')) {
    const parts = /^(\*|[^-/*]+)(?:-([^-/*]+))?(?:\/(\d+))?$/.exec(part)
    if (!parts) throw wrong()
    const [, from, to, step] = parts as unknown as [string, string, string?, string?]
    if (from === '*' && to !== undefined) throw wrong()
    const first = from === '*' ? least : number(from)
    const last = to !== undefined ? number(to) : from === '*' || step !== undefined ? most : first
    if (last < first || step === '0') throw wrong()
    for (let value = first; value <= last; value += Number(step ?? 1)) found.add(value)
  }
  return [...found].sort((one, other) => one - other)
}

/**
 * The first moment of a cron after a moment. What falls into the hour that the clocks skip comes as much
 * later; what falls into the one that they repeat comes once, unless the cron comes every hour.
 *
 * @throws TimeInvalid when there is none
 * @throws CalendarMissing when it may lie in a year that the calendar does not have
 */
export function nextCron(cron: Cron, after: Instant, clockwork: Clockwork): Instant {
  const start = dateIn(after, clockwork.zone)
  const limit = epochOf(after)
  // what was skipped late at night comes on the next day
  for (let away = -1; away <= FARTHEST; away++) {
    const moments = momentsOn(cron, start.add({ days: away }), clockwork)
    const found = moments.find(each => each > limit)
    if (found !== undefined) return instantOf(found)
  }
  throw new TimeInvalid(`expected the cron to come again after ${after}`)
}

/** The last moment of a cron up to a moment and after another one, or null. @throws CalendarMissing */
export function lastCron(
  cron: Cron,
  after: Instant,
  until: Instant,
  clockwork: Clockwork
): Instant | null {
  const [start, first] = [dateIn(until, clockwork.zone), dateIn(after, clockwork.zone)]
  const [least, most] = [epochOf(after), epochOf(until)]
  for (let away = 0; away <= FARTHEST; away++) {
    const date = start.subtract({ days: away })
    const found = momentsOn(cron, date, clockwork).findLast(each => each <= most)
    if (found !== undefined) return found > least ? instantOf(found) : null
    if (Temporal.PlainDate.compare(date, first) < 0) return null
  }
  return null
}

/** The moments of a cron on one date of the zone, in milliseconds, in order, each once. */
function momentsOn(
  cron: Cron,
  date: Temporal.PlainDate,
  { zone, working }: Clockwork
): readonly number[] {
  if (!isItsDay(cron, date)) return []
  if (working !== null && !isWorkingDay(date.toString(), working)) return []
  const times = cron.hours.flatMap(hour => cron.minutes.map(minute => ({ hour, minute })))
  const midnight = date.toZonedDateTime(zone)
  if (midnight.hour === 0 && midnight.hoursInDay === 24) {
    const start = midnight.epochMilliseconds
    return times.map(({ hour, minute }) => start + (hour * 60 + minute) * 60_000)
  }
  const found = times.flatMap(time => {
    const local = date.toPlainDateTime(time)
    if (!cron.everyHour) return [local.toZonedDateTime(zone)]
    const both = (['earlier', 'later'] as const).map(disambiguation =>
      local.toZonedDateTime(zone, { disambiguation })
    )
    return both.filter(moment => moment.toPlainDateTime().equals(local))
  })
  return [...new Set(found.map(({ epochMilliseconds }) => epochMilliseconds))].sort(
    (one, other) => one - other
  )
}

function isItsDay({ days, months, weekdays, eitherDay }: Cron, date: Temporal.PlainDate): boolean {
  if (!months.has(date.month)) return false
  const [day, weekday] = [days.has(date.day), weekdays.has(date.dayOfWeek % 7)]
  return eitherDay ? day || weekday : day && weekday
}

function dateIn(moment: Instant, zone: string): Temporal.PlainDate {
  return Temporal.Instant.from(moment).toZonedDateTimeISO(zone).toPlainDate()
}

function epochOf(moment: Instant): number {
  return Temporal.Instant.from(moment).epochMilliseconds
}

function instantOf(epoch: number): Instant {
  return Temporal.Instant.fromEpochMilliseconds(epoch).toString({
    smallestUnit: 'millisecond'
  })
}
