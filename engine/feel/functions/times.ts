import { civil, dayOfYear, weekday, weekOfYear } from '../civil.ts'
import { dateOf, readDate, readDateTime, readDuration, readTime, timeOf } from '../reading.ts'
import { monthsBetween } from '../reckoning.ts'
import { either, takes } from '../signature.ts'
import type { SyntaxNode } from '../syntax.ts'
import { DayTimeDuration, FeelDate, FeelDateTime, FeelTime } from '../temporal.ts'
import { fail } from '../values.ts'
import { offsetZone } from '../zones.ts'

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December']
]

/** The date, time and duration functions of DMN, without those that read a clock. */
export const timeFunctions = {
  date: either(
    takes(['from: any'], (node, from) => {
      if (from instanceof FeelDate) return from
      if (from instanceof FeelDateTime) return new FeelDate(from.day)
      const date = typeof from === 'string' ? readDate(from) : null
      return date ?? fail(node, 'to be given a date such as "2015-12-03"', from)
    }),
    takes(
      ['year: number', 'month: number', 'day: number'],
      (node, year, month, day) =>
        dateOf(year, month, day) ??
        fail(node, 'to be given a date of the calendar', `${year}, ${month}, ${day}`)
    )
  ),
  time: either(
    takes(['from: any'], (node, from) => {
      if (from instanceof FeelTime) return from
      if (from instanceof FeelDateTime) return new FeelTime(from.milliseconds, from.zone)
      const time = typeof from === 'string' ? readTime(from) : null
      return time ?? fail(node, 'to be given a time such as "14:00:00"', from)
    }),
    takes(
      ['hour: number', 'minute: number', 'second: number', 'offset: any?'],
      (node, hour, minute, second, offset) => {
        const zone = offset === undefined ? null : zoneOf(offset, node)
        return (
          timeOf(hour, minute, second, zone) ??
          fail(node, 'to be given a time of the clock', `${hour}, ${minute}, ${second}`)
        )
      }
    )
  ),
  'date and time': either(
    takes(['from: any'], (node, from) => {
      if (from instanceof FeelDateTime) return from
      const dateTime = typeof from === 'string' ? readDateTime(from) : null
      return (
        dateTime ?? fail(node, 'to be given a date and time such as "2015-12-03T14:00:00"', from)
      )
    }),
    takes(['date: day', 'time: any'], (node, date, time) =>
      time instanceof FeelTime
        ? new FeelDateTime(dayOf(date), time.milliseconds, time.zone)
        : fail(node, 'to be given a date and a time', time)
    )
  ),
  duration: takes(
    ['from: text'],
    (node, from) =>
      readDuration(from) ?? fail(node, 'to be given a duration such as "P3D" or "P1Y6M"', from)
  ),
  'years and months duration': takes(['from: day', 'to: day'], (_node, from, to) =>
    monthsBetween(new FeelDate(dayOf(from)), new FeelDate(dayOf(to)))
  ),
  'day of year': takes(['date: day'], (_node, date) => dayOfYear(dayOf(date))),
  'day of week': takes(['date: day'], (_node, date) => WEEKDAYS[weekday(dayOf(date)) - 1]),
  'month of year': takes(['date: day'], (_node, date) => MONTHS[civil(dayOf(date))[1] - 1]),
  'week of year': takes(['date: day'], (_node, date) => weekOfYear(dayOf(date)))
}

function dayOf(date: FeelDate | FeelDateTime): number {
  return date instanceof FeelDate ? date.order : date.day
}

function zoneOf(offset: unknown, node: SyntaxNode): string {
  const zone = offset instanceof DayTimeDuration ? offsetZone(offset.order) : null
  return zone ?? fail(node, 'to be given an offset of whole minutes', offset)
}
