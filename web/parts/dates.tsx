import type { Instant, LocalDate } from '../../engine/state.ts'

const MONTHS = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember'
]
const ZONES: Readonly<Record<string, string>> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT'
}

/** A calendar date as Indonesian offices write it: `3 Desember 2015`. */
export function dateText(date: LocalDate): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(date)
  const month = parts === null ? undefined : MONTHS[Number(parts[2]) - 1]
  return parts === null || month === undefined ? date : `${Number(parts[3])} ${month} ${parts[1]}`
}

/** Whether a text is a day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text)
}

/** The calendar date of a moment in a time zone. */
export function localDate(at: Instant, zone: string): LocalDate {
  return inZone(at, zone).date
}

/** A moment in words: `3 Desember 2015 pukul 09.15 WIB`. */
export function instantText(at: Instant, zone: string): string {
  const { date, time } = inZone(at, zone)
  return `${dateText(date)} pukul ${time} ${ZONES[zone] ?? zone}`
}

/** The time of day of a moment: `09.15 WIB`. */
export function timeText(at: Instant, zone: string): string {
  return `${inZone(at, zone).time} ${ZONES[zone] ?? zone}`
}

/** Whole calendar days from one date to another. */
export function daysUntil(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** An amount of rupiah: `Rp 1.500.000`. */
export function rupiah(amount: number): string {
  return `Rp ${thousands(amount)}`
}

/** A number with dots between the thousands, as Indonesian writes it. */
export function thousands(amount: number): string {
  return String(amount).replace(/\B(?=(\d{3})+(?!\d))/g, '.')
}

/** A moment, machine-readable as well. */
export function When({ at, zone }: { readonly at: Instant; readonly zone: string }) {
  return <time dateTime={at}>{instantText(at, zone)}</time>
}

/** A calendar date, machine-readable as well. */
export function Day({ date }: { readonly date: LocalDate }) {
  return <time dateTime={date}>{dateText(date)}</time>
}

const FORMATS = new Map<string, Intl.DateTimeFormat>()

function inZone(at: Instant, zone: string): { readonly date: LocalDate; readonly time: string } {
  let format = FORMATS.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23'
    })
    FORMATS.set(zone, format)
  }
  const parts = new Map(
    format.formatToParts(Date.parse(at)).map(({ type, value }) => [type, value])
  )
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return {
    date: `${of('year')}-${of('month')}-${of('day')}`,
    time: `${of('hour')}.${of('minute')}`
  }
}
