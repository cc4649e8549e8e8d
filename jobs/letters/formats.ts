import type { LocalDate, Value } from '../../engine/state.ts'
import { countryName } from './countries.ts'

/** What a place holds; says which formats fit it. */
export type PlaceType =
  | 'text'
  | 'date'
  | 'money'
  | 'count'
  | 'nip'
  | 'sex'
  | 'country'
  | 'passport'
  | 'mrz'
  | 'texts'

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
const DAYS = ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu']
const ORDINALS = [
  'pertama',
  'kedua',
  'ketiga',
  'keempat',
  'kelima',
  'keenam',
  'ketujuh',
  'kedelapan',
  'kesembilan',
  'kesepuluh'
]
const SEXES: Readonly<Record<string, string>> = {
  M: 'Laki-laki / Male',
  F: 'Perempuan / Female',
  X: 'Tidak ditentukan / Unspecified'
}

/** The formats of each type of place, the usual one first. A format gives null for what does not fit it. */
export const FORMATS: Readonly<
  Record<PlaceType, Readonly<Record<string, (value: Value) => string | null>>>
> = {
  text: {
    plain: value => text(value),
    upper: value => text(value)?.toLocaleUpperCase('id') ?? null
  },
  date: { long: value => longDate(value), day: value => dayDate(value) },
  money: {
    rupiah: value => rupiah(value),
    terbilang: value => integer(value, amount => `${inWords(amount)} rupiah`),
    full: value => integer(value, amount => `${rupiah(amount)} (${inWords(amount)} rupiah)`)
  },
  count: {
    legal: value => integer(value, count => `${count} (${inWords(count)})`),
    plain: value => integer(value, String),
    ordinal: value =>
      integer(value, count => `ke-${count} (${ORDINALS[count - 1] ?? inWords(count)})`)
  },
  nip: { spaced: value => spacedNip(value) },
  sex: { words: value => (typeof value === 'string' ? (SEXES[value] ?? null) : null) },
  country: { name: value => text(value, countryName) },
  passport: { plain: value => text(value), mask: value => text(value, mask) },
  mrz: { mask: value => text(value, maskMrz) },
  texts: {}
}

/** `03 Desember 2015`; null for what is no date. */
export function longDate(value: Value): string | null {
  const date = parts(value)
  return date && `${String(date.day).padStart(2, '0')} ${MONTHS[date.month - 1]} ${date.year}`
}

/** `Kamis, 11 November 2021`. */
function dayDate(value: Value): string | null {
  const date = parts(value)
  return (
    date &&
    `${DAYS[new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay()]}, ${longDate(value)}`
  )
}

/** `Rp 300.000,00`. */
export function rupiah(value: Value): string | null {
  return integer(value, amount => `Rp ${String(amount).replace(/\B(?=(\d{3})+$)/g, '.')},00`)
}

const DIGITS = [
  'nol',
  'satu',
  'dua',
  'tiga',
  'empat',
  'lima',
  'enam',
  'tujuh',
  'delapan',
  'sembilan',
  'sepuluh',
  'sebelas'
]
const SCALES = [
  { size: 1e15, name: 'kuadriliun' },
  { size: 1e12, name: 'triliun' },
  { size: 1e9, name: 'miliar' },
  { size: 1e6, name: 'juta' }
]

/** A whole number in Indonesian words: 355000 is *tiga ratus lima puluh lima ribu*. */
export function inWords(number: number): string {
  const rest = (size: number): string => (number % size === 0 ? '' : ` ${inWords(number % size)}`)
  if (number < 12) return DIGITS[number] ?? ''
  if (number < 20) return `${DIGITS[number - 10]} belas`
  if (number < 100) return `${DIGITS[Math.floor(number / 10)]} puluh${rest(10)}`
  if (number < 200) return `seratus${rest(100)}`
  if (number < 1000) return `${DIGITS[Math.floor(number / 100)]} ratus${rest(100)}`
  if (number < 2000) return `seribu${rest(1000)}`
  if (number < 1e6) return `${inWords(Math.floor(number / 1000))} ribu${rest(1000)}`
  const scale = SCALES.find(({ size }) => number >= size)
  return scale ? `${inWords(Math.floor(number / scale.size))} ${scale.name}${rest(scale.size)}` : ''
}

/** `19790623 200002 1 001`: birth, appointment, sex, serial number. */
export function spacedNip(value: Value): string | null {
  const found =
    typeof value === 'string' ? /^(\d{8})(\d{6})(\d)(\d{3})$/.exec(value.replace(/\s/g, '')) : null
  return found ? found.slice(1).join(' ') : null
}

/** All but the last four characters hidden. */
export function mask(value: string): string {
  return value.replace(/[^<](?=.{4})/gu, '*')
}

/** Both lines of a passport's machine-readable zone; of the second only the end of the number is shown. */
function maskMrz(value: string): string {
  const [first = '', second = ''] = value.split(/\s+/)
  return second === ''
    ? mask(first)
    : `${first}\n${mask(second.slice(0, 9))}${'*'.repeat(Math.max(0, second.length - 9))}`
}

/**
 * A text without what the eye cannot see or what turns the order of letters: control characters,
 * zero-width characters and marks of direction.
 */
export function clean(value: string): string {
  return value
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function text(value: Value, change: (text: string) => string = same => same): string | null {
  if (typeof value === 'number') return change(String(value))
  if (typeof value !== 'string') return null
  const cleaned = clean(value)
  return cleaned === '' ? null : change(cleaned)
}

function integer(value: Value, change: (number: number) => string | null): string | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? change(value)
    : null
}

function parts(value: Value): { year: number; month: number; day: number } | null {
  const found = typeof value === 'string' ? /^(\d{4})-(\d{2})-(\d{2})(?:T.*)?$/.exec(value) : null
  if (found === null) return null
  const [year = 0, month = 0, day = 0] = found.slice(1).map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? { year, month, day } : null
}

/** A date some days later. */
export function plusDays(date: LocalDate, days: number): LocalDate | null {
  const found = parts(date)
  if (found === null) return null
  return new Date(Date.UTC(found.year, found.month - 1, found.day + days))
    .toISOString()
    .slice(0, 10)
}
