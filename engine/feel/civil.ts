/** Parts of a day in milliseconds. */
export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** The day of the year, from 1. */
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
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) /
      365
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * ofYear + 2) / 153)
  const dayOfMonth = ofYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth]
}

/** The days since 1970-01-01. */
export function daysFrom(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const ofEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + ofYear
  return era * 146097 + ofEra - 719468
}

/** How many days a month has. */
export function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** `2015-12-03` */
export function dateText(day: number): string {
  const [year, month, dayOfMonth] = civil(day)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}`
}

/** `14:00:00`, with a fraction when there is one. */
export function timeText(milliseconds: number): string {
  const seconds = Math.floor((milliseconds % MINUTE) / SECOND)
  const rest = milliseconds % SECOND
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0').replace(/0+$/, '')}`
  return `${two(Math.floor(milliseconds / HOUR))}:${two(Math.floor((milliseconds % HOUR) / MINUTE))}:${two(seconds)}${fraction}`
}

/** Two digits. */
export function two(value: number): string {
  return String(value).padStart(2, '0')
}
