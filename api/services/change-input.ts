import { InvalidData, type Problem } from '../../engine/errors.ts'
import { isDay } from '../../engine/rules/dates.ts'

/** @throws InvalidData naming what is no day that a period may begin or end with */
export function mustBeDays(days: { readonly [name: string]: string }): void {
  const found = Object.entries(days).filter(([, day]) => !isDay(day) || day >= '9999-12-31')
  if (found.length === 0) return
  const said = (day: string) => ({
    id: `diharapkan hari yang ada dalam kalender, ditemukan <${day}>`,
    en: `expected a day of the calendar, found <${day}>`
  })
  throw new InvalidData(
    'period',
    found.map(([name, day]) => ({ path: `/${name}`, message: said(day).en, text: said(day) }))
  )
}

/**
 * What cannot be kept as it was written is refused before anything is: a number that is too large, a text with
 * half a sign, and what lies too deep.
 *
 * @throws InvalidData
 */
export function mustBeReckoned(content: object): void {
  const found: Problem[] = []
  const look = (value: unknown, path: string, depth: number): void => {
    if (typeof value === 'number' && !Number.isFinite(value)) found.push({ path, ...TOO_LARGE })
    if (typeof value === 'string' && isBroken(value)) found.push({ path, ...BROKEN })
    if (typeof value !== 'object' || value === null) return
    if (depth > DEEPEST) {
      found.push({ path: path.slice(0, path.indexOf('/', 60) + 1 || 60), ...TOO_DEEP })
      return
    }
    for (const [name, inner] of Object.entries(value)) {
      if (isBroken(name)) found.push({ path, ...BROKEN })
      else look(inner, `${path}/${name}`, depth + 1)
    }
  }
  look(content, '', 0)
  if (found.length > 0) throw new InvalidData('change set', found)
}

const DEEPEST = 60
/** Half of a sign that needs two units of UTF-16 has no bytes that could be hashed. */
const isBroken = (text: string): boolean => /\p{Surrogate}/u.test(text)

const problem = (id: string, en: string) => ({ message: en, text: { id, en } })
const TOO_LARGE = {
  ...problem(
    'Angka ini terlalu besar untuk dihitung',
    'This number is too large to be reckoned with'
  ),
  message: 'expected a number that can be reckoned with, found one that is too large'
}
const BROKEN = problem(
  'Teks ini memuat tanda yang tidak utuh',
  'expected a text of whole signs, found half of one'
)
const TOO_DEEP = problem(
  `Isi ini lebih dari ${DEEPEST} tingkat`,
  `expected at most ${DEEPEST} levels, found more`
)
