/** How well two names of persons fit. */
export type NameFit = 'same' | 'similar' | 'different'

/**
 * Compares two names as lists need it: the order of the parts, diacritics, spelling by one or two
 * letters, initials and left-out given names do not make a person another one.
 */
export function compareNames(one: string, other: string): NameFit {
  const [shorter, longer] = [partsOf(one), partsOf(other)].sort((a, b) => a.length - b.length) as [
    string[],
    string[]
  ]
  if (shorter.length === 0) return 'different'
  const fits = pair(shorter, longer)
  if (fits === null) return 'different'
  if (shorter.length === longer.length)
    return fits.every(fit => fit === 'same') ? 'same' : 'similar'
  // a person with one name is not everyone who also has that name among others
  const said = shorter.join('').length / longer.join('').length
  return shorter.length > 1 || said >= 0.5 ? 'similar' : 'different'
}

/** A partner in the longer name for each part of the shorter one, each taken once; null when one has none. */
function pair(shorter: readonly string[], longer: readonly string[]): readonly NameFit[] | null {
  const left = [...longer]
  const fits: NameFit[] = []
  for (const part of shorter.toSorted((a, b) => b.length - a.length)) {
    const ranked = left.map((candidate, index) => ({ index, fit: compareParts(part, candidate) }))
    const best =
      ranked.find(({ fit }) => fit === 'same') ?? ranked.find(({ fit }) => fit === 'similar')
    if (best === undefined) return null
    left.splice(best.index, 1)
    fits.push(best.fit)
  }
  return fits
}

function compareParts(one: string, other: string): NameFit {
  if (one === other) return 'same'
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one]
  if (shorter.length === 1) return longer.startsWith(shorter) ? 'similar' : 'different'
  const tolerated = longer.length >= 8 ? 2 : longer.length >= 4 ? 1 : 0
  return distance(one, other) <= tolerated ? 'similar' : 'different'
}

/** The parts of a name in plain capitals, as a passport's machine-readable zone writes them. */
export function partsOf(name: string): string[] {
  const plain = [...name.normalize('NFD')]
    .map(letter => TRANSLITERATED[letter.toUpperCase()] ?? letter)
    .join('')
  return plain
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/['’`.-]/g, match => (match === '-' ? ' ' : ''))
    .split(/[^A-Z0-9]+/)
    .filter(part => part !== '')
}

const TRANSLITERATED: Readonly<Record<string, string>> = {
  Æ: 'AE',
  Ø: 'OE',
  Œ: 'OE',
  SS: 'SS',
  ẞ: 'SS',
  Ł: 'L',
  Đ: 'D',
  Ð: 'D',
  Þ: 'TH',
  İ: 'I',
  Ħ: 'H'
}

/** How many letters must be changed, added, left out or swapped with their neighbour. */
function distance(one: string, other: string): number {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1]
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      next[j] = Math.min(
        row[j]! + 1,
        next[j - 1]! + 1,
        row[j - 1]! + (same ? 0 : 1),
        swapped ? before[j - 2]! + 1 : Number.POSITIVE_INFINITY
      )
    }
    before = row
    row = next
  }
  return row[other.length]!
}
