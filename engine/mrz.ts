import type { Text } from './messages.ts'
import type { LocalDate } from './state.ts'

/** What the machine-readable zone of a passport says. ICAO 9303-4, TD3. */
export interface Mrz {
  readonly issuer: string
  readonly surname: string
  readonly givenNames: string
  /** Surname and given names, cut off where the line ends. */
  readonly name: string
  readonly passportNumber: string
  /** The code of ICAO: three letters, except `D` for Germany. */
  readonly nationality: string
  /** Null when a part of it is not known, which the zone may say. */
  readonly birthDate: LocalDate | null
  readonly sex: 'M' | 'F' | 'X'
  readonly expiry: LocalDate
  readonly optional: string
}

/** What a form may hold against the zone. Names carry no check digit and may be cut short. */
export const MRZ_FIELDS: readonly string[] = [
  'name',
  'passportNumber',
  'nationality',
  'birthDate',
  'sex',
  'expiry'
]

/** One thing that is wrong, with the line that it stands in. */
export interface MrzProblem {
  readonly line: 'line1' | 'line2'
  readonly message: Text
}

const LENGTH = 44
/** Where each field stands in the second line. */
const NUMBER = [0, 9] as const
const NATIONALITY = [10, 13] as const
const BIRTH = [13, 19] as const
const SEX = 20
const EXPIRY = [21, 27] as const
const OPTIONAL = [28, 42] as const

/**
 * Reads the two lines of a passport. Spaces are dropped and small letters made capital; nothing else
 * is mended. Every check digit and both dates are checked; `today` settles the century of a
 * two-digit year. What can be read is given beside the problems; null when the lines or the dates
 * cannot be read at all.
 */
export function readMrz(
  given: { readonly line1: string; readonly line2: string },
  today: LocalDate
): { readonly mrz: Mrz | null; readonly problems: readonly MrzProblem[] } {
  const line1 = tidy(given.line1)
  const line2 = tidy(given.line2)
  const shape = [...shapeProblems('line1', line1), ...shapeProblems('line2', line2)]
  if (shape.length > 0) return { mrz: null, problems: shape }

  const field = ([from, to]: readonly [number, number]) => line2.slice(from, to)
  const problems: MrzProblem[] = [...documentProblems(line1), ...digitProblems(line2)]
  const wrong = (id: string, en: string) => problems.push({ line: 'line2', message: { id, en } })
  if (!/^[A-Z]+<*$/.test(field(NATIONALITY))) {
    wrong('kode kewarganegaraan harus huruf', 'expected letters as the nationality')
  }
  const sex = line2[SEX] as string
  if (!'MF<'.includes(sex)) {
    wrong(
      `jenis kelamin harus M, F atau <, tertulis ${sex}`,
      `expected the sex M, F or <, found ${sex}`
    )
  }
  const birth = field(BIRTH)
  const unknown = birth.includes('<') && /^[\d<]{6}$/.test(birth)
  const birthDate = unknown ? null : birthDateOf(birth, today)
  const expiry = expiryOf(field(EXPIRY), today)
  if (birthDate === null && !unknown) {
    wrong('tanggal lahir tidak ada di kalender', 'the date of birth does not exist')
  }
  if (expiry === null) {
    wrong('tanggal kedaluwarsa tidak ada di kalender', 'the date of expiry does not exist')
  }
  if ((birthDate === null && !unknown) || expiry === null) return { mrz: null, problems }

  const [surname = '', ...givenNames] = line1.slice(5).split('<<')
  const mrz: Mrz = {
    issuer: bare(line1.slice(2, 5)),
    surname: words(surname),
    givenNames: words(givenNames.join(' ')),
    name: words(line1.slice(5)),
    passportNumber: bare(field(NUMBER)),
    nationality: bare(field(NATIONALITY)),
    birthDate,
    sex: sex === 'M' || sex === 'F' ? sex : 'X',
    expiry,
    optional: bare(field(OPTIONAL))
  }
  return { mrz, problems }
}

/** Whether what was typed says the same as the zone: spaces, hyphens and small letters do not count. */
export function agrees(field: string, typed: string, read: string): boolean {
  if (field === 'birthDate' || field === 'expiry') return typed === read
  if (field === 'name') return namesAgree(typed, read)
  const plain = typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
  // the zone says D where ISO 3166 says DEU
  const same = field === 'nationality' && read === 'D' && plain === 'DEU'
  return same || plain === read.replace(/</g, '')
}

/**
 * Whether the words of a name are those of the zone, in any order. A letter with a mark counts as the plain
 * one or as ICAO 9303-3 spells it; of a name that fills its line parts may be cut.
 */
function namesAgree(typed: string, read: string): boolean {
  const known = wordsOf(read)
  if (known.length === 0) return true
  // the two fillers between surname and given names are one space here
  const cut = read.length >= NAME_LENGTH - 1
  return [spelledOut(typed), typed].some(name => {
    const rest = wordsOf(name)
    const unmatched = known.filter(word => !taken(rest, each => each === word))
    if (unmatched.length === 0) return rest.length === 0 || cut
    return cut && unmatched.every(word => taken(rest, each => each.startsWith(word)))
  })
}
const NAME_LENGTH = 39

/** Takes one word that fits out of a list, and says whether there was one. */
function taken(words: string[], fits: (word: string) => boolean): boolean {
  const index = words.findIndex(fits)
  if (index >= 0) words.splice(index, 1)
  return index >= 0
}

/** The words in the letters of the zone: an apostrophe is left out, a hyphen parts. */
function wordsOf(name: string): string[] {
  const plain = name
    .normalize('NFD')
    .replace(/[\p{M}'’`]/gu, '')
    .toUpperCase()
  const letters = plain.replace(/[ØŁĐ]/g, letter => ({ Ø: 'O', Ł: 'L', Đ: 'D' })[letter] as string)
  return letters.split(/[^A-Z]+/).filter(word => word !== '')
}

/** The letters that ICAO 9303-3 spells with two. */
function spelledOut(name: string): string {
  return name
    .normalize('NFC')
    .toUpperCase()
    .replace(/[ÄÆÅÖØŒÜÞ]/g, letter => SPELLED[letter] as string)
}
const SPELLED: Readonly<Record<string, string>> = {
  Ä: 'AE',
  Æ: 'AE',
  Å: 'AA',
  Ö: 'OE',
  Ø: 'OE',
  Œ: 'OE',
  Ü: 'UE',
  Þ: 'TH'
}

/** Weights 7, 3, 1 from the left; digits count themselves, A to Z 10 to 35, `<` nothing. */
export function checkDigit(text: string): number {
  let sum = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const value = code === 60 ? 0 : code <= 57 ? code - 48 : code - 55
    sum += value * WEIGHTS[index % 3]!
  }
  return sum % 10
}
const WEIGHTS = [7, 3, 1] as const

function shapeProblems(line: MrzProblem['line'], text: string): readonly MrzProblem[] {
  const problems: MrzProblem[] = []
  if (text.length !== LENGTH) {
    const message = {
      id: `harus ${LENGTH} huruf, angka atau <, ditemukan ${text.length}`,
      en: `expected ${LENGTH} letters, digits or <, found ${text.length}`
    }
    problems.push({ line, message })
  }
  const foreign = [...new Set(text.replace(/[A-Z0-9<]/g, ''))].join(' ')
  if (foreign !== '') {
    const message = {
      id: `hanya huruf A-Z, angka dan <, ditemukan ${foreign}`,
      en: `expected only the letters A-Z, digits and <, found ${foreign}`
    }
    problems.push({ line, message })
  }
  return problems
}

function documentProblems(line1: string): readonly MrzProblem[] {
  const problems: MrzProblem[] = []
  const wrong = (id: string, en: string) => problems.push({ line: 'line1', message: { id, en } })
  if (!line1.startsWith('P')) wrong('harus diawali P', 'expected a P at the start')
  if (!/^[A-Z]+<*$/.test(line1.slice(2, 5))) {
    wrong('kode negara penerbit harus huruf', 'expected letters as the issuing state')
  }
  if (/\d/.test(line1.slice(5))) {
    wrong('nama tidak memuat angka, periksa O dan 0', 'a name has no digits, look for O and 0')
  }
  return problems
}

function digitProblems(line2: string): readonly MrzProblem[] {
  const all = line2.slice(0, 10) + line2.slice(13, 20) + line2.slice(21, 43)
  const checks: readonly (readonly [id: string, en: string, text: string, at: number])[] = [
    ['nomor paspor', 'passport number', line2.slice(...NUMBER), 9],
    ['tanggal lahir', 'date of birth', line2.slice(...BIRTH), 19],
    ['tanggal kedaluwarsa', 'date of expiry', line2.slice(...EXPIRY), 27],
    ['data pilihan', 'optional data', line2.slice(...OPTIONAL), 42],
    ['keseluruhan', 'whole line', all, 43]
  ]
  return checks.flatMap(([id, en, text, at]) => {
    const found = line2[at] as string
    const expected = checkDigit(text)
    // optional data that are not there may go without a digit
    const none = at === 42 && found === '<' && /^<*$/.test(text)
    if (none || found === String(expected)) return []
    const message = {
      id: `angka periksa ${id} salah: seharusnya ${expected}, tertulis ${found}`,
      en: `wrong check digit of the ${en}: expected ${expected}, found ${found}`
    }
    return [{ line: 'line2' as const, message }]
  })
}

function tidy(line: string): string {
  return line.replace(/\s/g, '').replaceAll('«', '<<').toUpperCase()
}

function bare(text: string): string {
  return text.replace(/<+$/, '')
}

function words(text: string): string {
  return text.replace(/<+/g, ' ').trim()
}

/** A birth lies in the past: the latest such date, which is never more than a century ago. */
function birthDateOf(text: string, today: LocalDate): LocalDate | null {
  const dates = datesOf(text, today).filter(date => date <= today)
  return dates.at(-1) ?? null
}

/** Passports hold for ten years or so: the date whose year is nearest to this one. */
function expiryOf(text: string, today: LocalDate): LocalDate | null {
  const distance = (date: LocalDate) =>
    Math.abs(Number(date.slice(0, 4)) - Number(today.slice(0, 4)))
  const [nearest] = datesOf(text, today).toSorted((a, b) => distance(a) - distance(b))
  return nearest ?? null
}

/** The dates that `yymmdd` may mean in the centuries around today, those that exist. */
function datesOf(text: string, today: LocalDate): readonly LocalDate[] {
  if (!/^\d{6}$/.test(text)) return []
  const century = Number(today.slice(0, 2))
  return [century - 1, century, century + 1]
    .map(each => `${each}${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`)
    .filter(exists)
}

function exists(date: LocalDate): boolean {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  return days !== undefined && day >= 1 && day <= days
}
