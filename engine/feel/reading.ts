import { DAY, daysFrom, daysIn, HOUR, MINUTE, SECOND } from './civil.ts'
import type { FeelDuration, Temporal } from './temporal.ts'
import { DayTimeDuration, FeelDate, FeelDateTime, FeelTime, YearMonthDuration } from './temporal.ts'
import { readZone } from './zones.ts'

/** Reads `2015-12-03`; null when it is no date. */
export function readDate(text: string): FeelDate | null {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return null
  return dateOf(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
}

/** Reads digits without allocating, because dates are read in conditions; NaN for anything else. */
function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let index = from; index < to; index++) {
    const digit = text.charCodeAt(index) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

/** The date of a year, month and day; null when the calendar has none. */
export function dateOf(year: number, month: number, day: number): FeelDate | null {
  if (!Number.isInteger(year) || !Number.isInteger(month) || !Number.isInteger(day)) return null
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
