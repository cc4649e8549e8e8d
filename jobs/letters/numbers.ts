/** The parts of a letter's number; they are kept apart and put together by an office's pattern. */
export interface NumberParts {
  readonly unit: string
  readonly class: string
  readonly seq: number
  readonly year: number
  /** 1 to 12. */
  readonly month: number
}

const PARTS = /\{(unit|class|seq|year|month)\}/g

/** `{unit}.{class}-{seq} TAHUN {year}` becomes `W.6.IMI.IMI.2.GR.04.02-748 TAHUN 2020`. */
export function formatNumber(pattern: string, parts: NumberParts): string {
  return pattern.replace(PARTS, (_, name: keyof NumberParts) =>
    name === 'month' ? (ROMAN[parts.month - 1] ?? '') : String(parts[name])
  )
}

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII']

/** What is wrong with a pattern; null for one that gives every letter another number: registers restart each year. */
export function patternProblem(pattern: string): string | null {
  const rest = pattern.replace(PARTS, '')
  if (/[{}]/.test(rest))
    return `expected only {unit}, {class}, {seq}, {year} and {month}, found <${pattern}>`
  if (!pattern.includes('{seq}')) return `expected {seq} in <${pattern}>`
  if (pattern.includes('{year}')) return null
  return `expected {year} in <${pattern}>: its register restarts each year, and numbers would come again`
}
