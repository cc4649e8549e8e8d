import type { LocalDate } from './state.ts'

/** What the machine-readable zone of a passport says. ICAO 9303-4, TD3. */
export interface Mrz {
  readonly issuer: string
  readonly surname: string
  readonly givenNames: string
  readonly passportNumber: string
  readonly nationality: string
  readonly birthDate: LocalDate
  readonly sex: 'M' | 'F' | 'X'
  readonly expiry: LocalDate
  readonly optional: string
}

/** One thing that is wrong, with the line that it stands in. */
export interface MrzProblem {
  readonly line: 'line1' | 'line2'
  readonly message: { readonly id: string; readonly en: string }
}

/**
 * Reads the two lines of a passport. Every check digit and both dates are checked; `today` settles
 * the century of a two-digit year. Names carry no check digit.
 */
export function readMrz(
  given: { readonly line1: string; readonly line2: string },
  today: LocalDate
): { readonly mrz: Mrz | null; readonly problems: readonly MrzProblem[] } {
  const line1 = tidy(given.line1)
  const line2 = tidy(given.line2)
  const problems: MrzProblem[] = []
  const wrong = (line: MrzProblem['line'], id: string, en: string) =>
    problems.push({ line, message: { id, en } })

  for (const [name, line] of [['line1', line1], ['line2', line2]] as const) {
    if (!/^[A-Z0-9<]{44}$/.test(line)) {
      wrong(
        name,
        `harus 44 huruf, angka atau <, ditemukan ${line.length}`,
        `expected 44 letters, digits or <, found ${line.length}`
      )
    }
  }
  if (problems.length > 0) return { mrz: null, problems }
  if (!line1.startsWith('P')) wrong('line1', 'harus diawali P', 'expected a P at the start')

  const check = (name: readonly [string, string], text: string, digit: string, empty = false) => {
    const expected = checkDigit(text)
    if (digit === String(expected) || (empty && digit === '<' && expected === 0)) return
    wrong(
      'line2',
      `angka periksa ${name[0]} salah: seharusnya ${expected}, tertulis ${digit}`,
      `wrong check digit of the ${name[1]}: expected ${expected}, found ${digit}`
    )
  }
  check(['nomor paspor', 'passport number'], line2.slice(0, 9), line2[9] as string)
  check(['tanggal lahir', 'date of birth'], line2.slice(13, 19), line2[19] as string)
  check(['tanggal kedaluwarsa', 'date of expiry'], line2.slice(21, 27), line2[27] as string)
  check(['data pilihan', 'optional data'], line2.slice(28, 42), line2[42] as string, true)
  const all = line2.slice(0, 10) + line2.slice(13, 20) + line2.slice(21, 43)
  check(['keseluruhan', 'whole line'], all, line2[43] as string)

  const birthDate = dateOf(line2.slice(13, 19), today, 'past')
  const expiry = dateOf(line2.slice(21, 27), today, 'future')
  if (birthDate === null) wrong('line2', 'tanggal lahir tidak ada di kalender', 'the date of birth does not exist')
  if (expiry === null) wrong('line2', 'tanggal kedaluwarsa tidak ada di kalender', 'the date of expiry does not exist')
  if (birthDate === null || expiry === null) return { mrz: null, problems }

  const [surname = '', given_ = ''] = line1.slice(5).split('<<')
  const sex = line2[20] === 'M' || line2[20] === 'F' ? line2[20] : 'X'
  return {
    mrz: {
      issuer: bare(line1.slice(2, 5)),
      surname: words(surname),
      givenNames: words(given_),
      passportNumber: bare(line2.slice(0, 9)),
      nationality: bare(line2.slice(10, 13)),
      birthDate,
      sex,
      expiry,
      optional: bare(line2.slice(28, 42))
    },
    problems
  }
}

/** Weights 7, 3, 1 from the left; digits count themselves, A to Z 10 to 35, `<` nothing. */
export function checkDigit(text: string): number {
  let sum = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const value = code === 60 ? 0 : code <= 57 ? code - 48 : code - 55
    sum += value * ([7, 3, 1][i % 3] as number)
  }
  return sum % 10
}

function tidy(line: string): string {
  return line.replace(/\s/g, '').toUpperCase()
}

function bare(text: string): string {
  return text.replace(/<+$/, '')
}

function words(text: string): string {
  return text.replace(/<+/g, ' ').trim()
}

/** A birth lies in the past; an expiry at most 70 years ahead, and otherwise in the century before. */
function dateOf(text: string, today: LocalDate, when: 'past' | 'future'): LocalDate | null {
  if (!/^\d{6}$/.test(text)) return null
  const [year, month, day] = [text.slice(0, 2), text.slice(2, 4), text.slice(4, 6)]
  const century = Number(today.slice(0, 2))
  const full = `${century}${year}-${month}-${day}`
  const latest = when === 'past' ? today : `${Number(today.slice(0, 4)) + 70}${today.slice(4)}`
  const date = full > latest ? `${century - 1}${year}-${month}-${day}` : full
  const days = [31, isLeap(Number(date.slice(0, 4))) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  const most = days[Number(month) - 1]
  return most !== undefined && Number(day) >= 1 && Number(day) <= most ? date : null
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}
