import { Temporal as Calendar } from 'temporal-polyfill'

/** A FEEL date, time, date and time, or duration. Values of one kind are ordered by `order`. */
export abstract class Temporal {
  abstract readonly kind:
    | 'date'
    | 'time'
    | 'date and time'
    | 'days and time duration'
    | 'years and months duration'
  abstract readonly order: number
  /** ISO 8601. */
  abstract toString(): string
  /** The value of a property such as `year`; undefined when there is none. */
  abstract property(name: string): unknown
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** The days from year 1 to year 9999, counted from 1970-01-01. */
const FIRST_DAY = daysFrom(1, 1, 1)
const LAST_DAY = daysFrom(9999, 12, 31)

/** A calendar date, kept as the days since 1970-01-01. */
export class FeelDate extends Temporal {
  readonly kind = 'date'
  readonly order: number
  constructor(day: number) {
    super()
    this.order = day
  }
  override toString(): string {
    return dateText(this.order)
  }
  property(name: string): unknown {
    return dateProperty(this.order, name)
  }
}

/** A time of day, kept in milliseconds since midnight. */
export class FeelTime extends Temporal {
  readonly kind = 'time'
  readonly order: number
  readonly milliseconds: number
  readonly zone: string | null
  constructor(milliseconds: number, zone: string | null) {
    super()
    this.milliseconds = milliseconds
    this.zone = zone
    this.order = zone === null ? milliseconds : milliseconds - offsetAt(0, milliseconds, zone)
  }
  override toString(): string {
    return timeText(this.milliseconds) + zoneText(this.zone)
  }
  property(name: string): unknown {
    return timeProperty(this.milliseconds, this.zone, name)
  }
}

/** A date and time by the clock on the wall, in a zone or in none. */
export class FeelDateTime extends Temporal {
  readonly kind = 'date and time'
  readonly order: number
  readonly day: number
  readonly milliseconds: number
  readonly zone: string | null
  constructor(day: number, milliseconds: number, zone: string | null) {
    super()
    this.day = day
    this.milliseconds = milliseconds
    this.zone = zone
    const local = day * DAY + milliseconds
    this.order = zone === null ? local : local - offsetAt(day, milliseconds, zone)
  }
  override toString(): string {
    return `${dateText(this.day)}T${timeText(this.milliseconds)}${zoneText(this.zone)}`
  }
  property(name: string): unknown {
    return dateProperty(this.day, name) ?? timeProperty(this.milliseconds, this.zone, name)
  }
}

/** A duration of days and time, kept in milliseconds. */
export class DayTimeDuration extends Temporal {
  readonly kind = 'days and time duration'
  readonly order: number
  constructor(milliseconds: number) {
    super()
    this.order = milliseconds === 0 ? 0 : milliseconds
  }
  override toString(): string {
    if (this.order === 0) return 'PT0S'
    const total = Math.abs(this.order)
    const days = Math.floor(total / DAY)
    const hours = Math.floor((total % DAY) / HOUR)
    const minutes = Math.floor((total % HOUR) / MINUTE)
    const seconds = (total % MINUTE) / SECOND
    const time = part(hours, 'H') + part(minutes, 'M') + part(seconds, 'S')
    return `${this.order < 0 ? '-' : ''}P${part(days, 'D')}${time && `T${time}`}`
  }
  property(name: string): unknown {
    switch (name) {
      case 'days':
        return whole(this.order / DAY)
      case 'hours':
        return whole((this.order % DAY) / HOUR)
      case 'minutes':
        return whole((this.order % HOUR) / MINUTE)
      case 'seconds':
        return whole((this.order % MINUTE) / SECOND)
      default:
        return undefined
    }
  }
}

/** A duration of years and months, kept in months. */
export class YearMonthDuration extends Temporal {
  readonly kind = 'years and months duration'
  readonly order: number
  constructor(months: number) {
    super()
    this.order = months === 0 ? 0 : months
  }
  override toString(): string {
    if (this.order === 0) return 'P0M'
    const months = Math.abs(this.order)
    return `${this.order < 0 ? '-' : ''}P${part(Math.floor(months / 12), 'Y')}${part(months % 12, 'M')}`
  }
  property(name: string): unknown {
    if (name === 'years') return whole(this.order / 12)
    return name === 'months' ? whole(this.order % 12) : undefined
  }
}
export type FeelDuration = DayTimeDuration | YearMonthDuration

// reading //////////////////////////////////////////////////////////////////////

/** Reads `2015-12-03`; null when it is no date. */
export function readDate(text: string): FeelDate | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return parts && dateOf(Number(parts[1]), Number(parts[2]), Number(parts[3]))
}

/** The date of a year, month and day; null when the calendar has none. */
export function dateOf(year: number, month: number, day: number): FeelDate | null {
  if (![year, month, day].every(Number.isInteger)) return null
  if (year < 1 || year > 9999 || month < 1 || month > 12) return null
  if (day < 1 || day > daysIn(year, month)) return null
  return new FeelDate(daysFrom(year, month, day))
}

/** Reads `14:00:00`, with or without `Z`, an offset or `@Asia/Jakarta`; null when it is no time. */
export function readTime(text: string): FeelTime | null {
  const parts = TIME.exec(text)
  if (!parts) return null
  const [, hour, minute, second, fraction, zone] = parts
  const known = readZone(zone)
  if (known === undefined) return null
  const milliseconds = Number((fraction ?? '').padEnd(3, '0'))
  const time = timeOf(Number(hour), Number(minute), Number(second ?? 0), known)
  return time && new FeelTime(time.milliseconds + milliseconds, known)
}
const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:\d{2}|@[\w+/-]+)?$/

/** The time of an hour, minute and second; null when the clock has none. */
export function timeOf(
  hour: number,
  minute: number,
  second: number,
  zone: string | null
): FeelTime | null {
  if (![hour, minute, second].every(each => Number.isInteger(each) && each >= 0)) return null
  if (hour > 23 || minute > 59 || second > 59) return null
  return new FeelTime(hour * HOUR + minute * MINUTE + second * SECOND, zone)
}

/** Reads `2015-12-03T14:00:00` with or without a zone, or a bare date as its midnight. */
export function readDateTime(text: string): FeelDateTime | null {
  const date = readDate(text.slice(0, 10))
  if (!date) return null
  if (text.length === 10) return new FeelDateTime(date.order, 0, null)
  const time = text[10] === 'T' ? readTime(text.slice(11)) : null
  return time && new FeelDateTime(date.order, time.milliseconds, time.zone)
}

/** Reads `P3DT4H` or `P1Y6M`; null for weeks, and for months beside days, as FEEL has it. */
export function readDuration(text: string): FeelDuration | null {
  const calendar = /^(-)?P(?=\d)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?$/.exec(text)
  if (calendar) {
    const months = Number(calendar[2] ?? 0) * 12 + Number(calendar[3] ?? 0)
    return new YearMonthDuration(calendar[1] ? -months : months)
  }
  const parts = DAYS.exec(text)
  if (!parts) return null
  const [days, hours, minutes, seconds] = parts.slice(2, 6).map(each => Number(each ?? 0))
  const milliseconds =
    days! * DAY +
    hours! * HOUR +
    minutes! * MINUTE +
    seconds! * SECOND +
    Number((parts[6] ?? '').padEnd(3, '0'))
  return new DayTimeDuration(parts[1] ? -milliseconds : milliseconds)
}
const DAYS =
  /^(-)?P(?=\d|T\d)(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,3}))?S)?)?$/

/** Reads what stands after `@`. */
export function readAtLiteral(text: string): Temporal | null {
  if (/^-?P/.test(text)) return readDuration(text)
  if (/^\d{2}:/.test(text)) return readTime(text)
  return text.includes('T') ? readDateTime(text) : readDate(text)
}

// reckoning ////////////////////////////////////////////////////////////////////

/** Adds a duration; null when it does not fit the kind of value or leaves the calendar. */
export function plus(value: FeelDate | FeelTime | FeelDateTime, duration: FeelDuration, sign: 1 | -1) {
  const amount = duration.order * sign
  if (value instanceof FeelTime) {
    if (duration instanceof YearMonthDuration) return null
    return new FeelTime((((value.milliseconds + amount) % DAY) + DAY) % DAY, value.zone)
  }
  if (value instanceof FeelDate) {
    if (duration instanceof YearMonthDuration) return inCalendar(addMonths(value.order, amount))
    return amount % DAY === 0 ? inCalendar(value.order + amount / DAY) : null
  }
  if (duration instanceof YearMonthDuration) {
    const date = inCalendar(addMonths(value.day, amount))
    return date && new FeelDateTime(date.order, value.milliseconds, value.zone)
  }
  return plusTime(value, amount)
}

function plusTime(value: FeelDateTime, amount: number): FeelDateTime | null {
  const { zone } = value
  // a zone with a name keeps the clock on the wall for whole days and counts hours exactly
  const named = zone !== null && zone !== 'UTC' && !/^[+-]/.test(zone)
  const days = named ? whole(amount / DAY) : 0
  let local = (value.day + days) * DAY + value.milliseconds
  if (named) {
    const day = Math.floor(local / DAY)
    const exact = local - offsetAt(day, local - day * DAY, zone) + (amount - days * DAY)
    local = exact + offsetOf(exact, zone)
  } else {
    local += amount
  }
  const date = inCalendar(Math.floor(local / DAY))
  return date && new FeelDateTime(date.order, local - date.order * DAY, zone)
}

/** The days of a date moved by months; the day of the month is cut to the month's last. */
function addMonths(day: number, months: number): number {
  const [year, month, dayOfMonth] = civil(day)
  const index = year * 12 + month - 1 + months
  const [toYear, toMonth] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1]
  return daysFrom(toYear, toMonth, Math.min(dayOfMonth, daysIn(toYear, toMonth)))
}

/** The whole months between two dates. */
export function monthsBetween(from: FeelDate, to: FeelDate): YearMonthDuration {
  const [fromYear, fromMonth] = civil(from.order)
  const [toYear, toMonth] = civil(to.order)
  let months = (toYear - fromYear) * 12 + toMonth - fromMonth
  if (months > 0 && addMonths(from.order, months) > to.order) months--
  if (months < 0 && addMonths(from.order, months) < to.order) months++
  return new YearMonthDuration(months)
}

function inCalendar(day: number): FeelDate | null {
  return day >= FIRST_DAY && day <= LAST_DAY ? new FeelDate(day) : null
}

export function dayOfYear(day: number): number {
  return day - daysFrom(civil(day)[0], 1, 1) + 1
}

/** The week of ISO 8601. */
export function weekOfYear(day: number): number {
  const thursday = day + 4 - weekday(day)
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1
}

/** Monday is 1. */
export function weekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

/** Year, month and day of the proleptic Gregorian calendar (Hinnant, civil_from_days). */
export function civil(day: number): [number, number, number] {
  const shifted = day + 719468
  const era = Math.floor(shifted / 146097)
  const ofEra = shifted - era * 146097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * ofYear + 2) / 153)
  const dayOfMonth = ofYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth]
}

function daysFrom(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const ofEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + ofYear
  return era * 146097 + ofEra - 719468
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

// zones ////////////////////////////////////////////////////////////////////////

/** The zone of a suffix; null without one, undefined when there is no such zone. */
function readZone(suffix: string | undefined): string | null | undefined {
  if (!suffix) return null
  if (suffix === 'Z') return 'UTC'
  const zone = suffix.startsWith('@') ? suffix.slice(1) : suffix
  try {
    Calendar.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return zone
  } catch {
    return undefined
  }
}

/** A fixed offset of whole minutes as a zone: `+07:00`. */
export function offsetZone(duration: DayTimeDuration): string | null {
  const minutes = duration.order / MINUTE
  if (!Number.isInteger(minutes) || Math.abs(minutes) >= 24 * 60) return null
  const total = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(total / 60))}:${two(total % 60)}`
}

/** How far a zone is ahead of UTC at a moment by its own clock, in milliseconds. */
function offsetAt(day: number, milliseconds: number, zone: string): number {
  const fixed = fixedOffset(zone)
  if (fixed !== null) return fixed
  const local = `${dateText(day)}T${timeText(milliseconds)}`
  return Calendar.PlainDateTime.from(local).toZonedDateTime(zone).offsetNanoseconds / 1e6
}

/** How far a zone is ahead of UTC at a moment in milliseconds since 1970. */
function offsetOf(moment: number, zone: string): number {
  const instant = Calendar.Instant.fromEpochMilliseconds(moment)
  return fixedOffset(zone) ?? instant.toZonedDateTimeISO(zone).offsetNanoseconds / 1e6
}

function fixedOffset(zone: string): number | null {
  if (zone === 'UTC') return 0
  const parts = /^([+-])(\d{2}):(\d{2})$/.exec(zone)
  if (!parts) return null
  const offset = Number(parts[2]) * HOUR + Number(parts[3]) * MINUTE
  return parts[1] === '-' ? -offset : offset
}

// writing //////////////////////////////////////////////////////////////////////

function dateText(day: number): string {
  const [year, month, dayOfMonth] = civil(day)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}`
}

function timeText(milliseconds: number): string {
  const seconds = Math.floor((milliseconds % MINUTE) / SECOND)
  const rest = milliseconds % SECOND
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0').replace(/0+$/, '')}`
  return `${two(Math.floor(milliseconds / HOUR))}:${two(Math.floor((milliseconds % HOUR) / MINUTE))}:${two(seconds)}${fraction}`
}

function zoneText(zone: string | null): string {
  if (zone === null) return ''
  if (zone === 'UTC') return 'Z'
  return /^[+-]/.test(zone) ? zone : `@${zone}`
}

function dateProperty(day: number, name: string): number | undefined {
  switch (name) {
    case 'year':
      return civil(day)[0]
    case 'month':
      return civil(day)[1]
    case 'day':
      return civil(day)[2]
    case 'weekday':
      return weekday(day)
    default:
      return undefined
  }
}

function timeProperty(milliseconds: number, zone: string | null, name: string): unknown {
  switch (name) {
    case 'hour':
      return Math.floor(milliseconds / HOUR)
    case 'minute':
      return Math.floor((milliseconds % HOUR) / MINUTE)
    case 'second':
      return Math.floor((milliseconds % MINUTE) / SECOND)
    case 'timezone':
      return zone
    default:
      return undefined
  }
}

function part(amount: number, unit: string): string {
  return amount === 0 ? '' : `${amount}${unit}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** Cuts towards zero, and never gives a negative zero. */
function whole(value: number): number {
  return Math.trunc(value) + 0
}
