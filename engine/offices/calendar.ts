import type { Calendar, CalendarYear, DatedHours } from '../context.ts'
import type { LocalDate } from '../state.ts'
import { addDays, isWorkingDay } from '../time.ts'

/**
 * Puts the days of a nation, a region and an office together. A year counts only when the nation has
 * it: a region's holiday alone says nothing of the rest of the year.
 */
export function mergeCalendars(
  version: string,
  fromTheTop: readonly Readonly<Record<string, CalendarYear>>[],
  hours?: readonly DatedHours[]
): Calendar {
  const [nation = {}, ...below] = fromTheTop
  const years: Record<string, CalendarYear> = {}
  for (const [year, { closed, sample }] of Object.entries(nation)) {
    const local = below.flatMap(years => (Object.hasOwn(years, year) ? [years[year]!] : []))
    years[year] = {
      closed: Object.assign({}, closed, ...local.map(one => one.closed)),
      sample: sample || local.some(one => one.sample)
    }
  }
  return { version, years, ...(hours === undefined ? {} : { hours }) }
}

/**
 * The last working day before a date.
 *
 * @throws CalendarMissing
 */
export function lastWorkingDayBefore(date: LocalDate, calendar: Calendar): LocalDate {
  let day = addDays(date, -1)
  while (!isWorkingDay(day, calendar)) day = addDays(day, -1)
  return day
}
