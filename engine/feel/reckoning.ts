import { civil, DAY, daysFrom, daysIn } from './civil.ts'
import type { FeelDuration } from './temporal.ts'
import { FeelDate, FeelDateTime, FeelTime, YearMonthDuration } from './temporal.ts'
import { offsetAt, offsetOf } from './zones.ts'

/** The days from year 1 to year 9999, counted from 1970-01-01. */
const FIRST_DAY = daysFrom(1, 1, 1)
const LAST_DAY = daysFrom(9999, 12, 31)

/** Adds a duration; null when it does not fit the kind of value or leaves the calendar. */
export function plus(
  value: FeelDate | FeelTime | FeelDateTime,
  duration: FeelDuration,
  sign: 1 | -1
) {
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
  const days = named ? Math.trunc(amount / DAY) : 0
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
