import type { Calendar, Office, WeekHours } from '../../engine/context.ts'
import {
  clock,
  type Span,
  spansOf,
  WEEKDAYS,
  hoursProblems as weekProblems
} from '../../engine/offices/hours.ts'
import { addDays, CalendarMissing, localDate, parseDateTime } from '../../engine/time.ts'
import { hoursOn } from '../../engine/working-time.ts'
import type { Arrivals } from './scenario.ts'

/** When an office is open: times of day by weekday, `mon-thu` to `08:00-12:00`; or without end. */
export type Hours = 'always' | WeekHours

/** The hours taken when nobody states any. An assumption, not a rule of any office. */
export const USUAL_HOURS: Hours = { 'mon-fri': ['08:00-12:00', '13:00-16:00'] }

/** The hours that hold when a simulation begins: its own, else those of the office, else the usual ones. */
export function hoursFrom(
  stated: Hours | undefined,
  from: string,
  { calendar, timeZone }: Pick<Office, 'calendar' | 'timeZone'>
): Hours {
  const day = localDate(instantOf(momentOf(from, timeZone)), timeZone)
  return stated ?? hoursOn(day, calendar) ?? USUAL_HOURS
}

/** `mon-thu 07:30-12:00 13:00-16:00, fri 07:30-11:30 13:00-16:30`. */
export function hoursText(hours: Hours): string {
  if (hours === 'always') return hours
  return Object.entries(hours)
    .map(([days, spans]) => `${days} ${spans.join(' ')}`)
    .join(', ')
}

const ALL_DAY = 86_400_000

/** What is wrong with stated hours, in words. */
export function hoursProblems(hours: Hours): readonly string[] {
  return hours === 'always' ? [] : weekProblems(hours)
}

/** Reckons with the time in which an office is open. Moments are milliseconds since 1970, UTC. */
export class OpeningClock {
  readonly #hours: Hours
  readonly #calendar: Calendar
  readonly #zone: string
  /** The times at which it is open, one after another, and how long it was open before each. */
  readonly #opens: number[] = []
  readonly #closes: number[] = []
  readonly #before: number[] = []
  readonly #origin: number
  #day: string
  #until: number

  constructor(hours: Hours, calendar: Calendar, zone: string, origin: number) {
    this.#hours = hours
    this.#calendar = calendar
    this.#zone = zone
    this.#origin = origin
    this.#day = localDate(instantOf(origin), zone)
    this.#until = origin
  }

  /** How long the office was open from the origin to a moment. */
  worked(at: number): number {
    if (this.#hours === 'always') return at - this.#origin
    this.#know(at)
    const n = lastAtMost(this.#opens, at)
    if (n < 0) return 0
    return this.#before[n]! + Math.min(at, this.#closes[n]!) - this.#opens[n]!
  }

  /** The first moment at which the office was open for so long. */
  moment(worked: number): number {
    if (this.#hours === 'always') return this.#origin + worked
    while (this.#total() < worked) this.#addDay()
    if (worked <= 0) return this.open(this.#origin)
    // the end of one opening rather than the beginning of the next
    let n = lastAtMost(this.#before, worked)
    if (n > 0 && this.#before[n] === worked) n -= 1
    return this.#opens[n]! + worked - this.#before[n]!
  }

  between(from: number, to: number): number {
    return this.worked(to) - this.worked(from)
  }

  /** The moment after some opening time. */
  after(at: number, worked: number): number {
    return this.moment(this.worked(at) + worked)
  }

  /** This moment when the office is open, else when it opens next. */
  open(at: number): number {
    if (this.#hours === 'always') return at
    this.#know(at)
    const n = lastAtMost(this.#opens, at)
    if (n >= 0 && at < this.#closes[n]!) return at
    while (n + 1 >= this.#opens.length) this.#addDay()
    return this.#opens[n + 1]!
  }

  /** How long the office is open on a day on average, over the days it is open at all. */
  get perDay(): number {
    if (this.#hours === 'always') return ALL_DAY
    const days = WEEKDAYS.map((_, day) =>
      this.#spans(day).reduce((sum, { from, to }) => sum + to - from, 0)
    ).filter(length => length > 0)
    return (days.reduce((sum, each) => sum + each, 0) / days.length) * 60_000
  }

  #spans(weekday: number): readonly Span[] {
    return this.#hours === 'always' ? [] : spansOf(this.#hours, weekday)
  }

  #total(): number {
    const n = this.#opens.length - 1
    return n < 0 ? 0 : this.#before[n]! + this.#closes[n]! - this.#opens[n]!
  }

  #know(at: number): void {
    while (this.#until <= at) this.#addDay()
  }

  /** @throws CalendarMissing when the calendar does not have the year */
  #addDay(): void {
    const day = this.#day
    const year = this.#calendar.years[day.slice(0, 4)]
    if (year === undefined) throw new CalendarMissing(day.slice(0, 4), this.#calendar)
    this.#day = addDays(day, 1)
    this.#until = momentOf(this.#day, this.#zone)
    if (Object.hasOwn(year.closed, day)) return
    for (const { from, to } of this.#spans(weekdayOf(day))) {
      const opens = Math.max(momentOf(`${day}T${clock(from)}`, this.#zone), this.#origin)
      const closes = to === 1440 ? this.#until : momentOf(`${day}T${clock(to)}`, this.#zone)
      if (closes <= opens) continue
      this.#before.push(this.#total())
      this.#opens.push(opens)
      this.#closes.push(closes)
    }
  }
}

/** The mean opening time between two arrivals; one a working hour when nobody states it. */
export function gapOf(arrivals: Arrivals | undefined, clock: OpeningClock): number {
  if (arrivals === undefined) return 60 * 60_000
  if ('perDay' in arrivals) return clock.perDay / arrivals.perDay
  if ('perHour' in arrivals) return (60 * 60_000) / arrivals.perHour
  return arrivals.everyMinutes * 60_000
}

/** A moment as the engine writes it. */
export function instantOf(at: number): string {
  return new Date(Math.round(at)).toISOString()
}

/** A date or a moment of a zone in milliseconds. */
export function momentOf(text: string, zone: string): number {
  return Date.parse(parseDateTime(text, zone))
}

/** From 0 for Monday. */
function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
}

/** The last place whose number is at most this one, or -1. */
function lastAtMost(numbers: readonly number[], most: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const half = (low + high) >> 1
    if (numbers[half]! <= most) low = half + 1
    else high = half
  }
  return low - 1
}
