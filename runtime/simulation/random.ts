/** Numbers that look like chance and are the same for the same seed. */
export interface Dice {
  /** At least 0 and below 1. */
  roll(): number
}

/** A generator (sfc32) started from any text. */
export function seeded(seed: string): Dice {
  const words = hashed(seed)
  let [a, b, c, d] = [words(), words(), words(), words()]
  const roll = () => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  for (let n = 0; n < 12; n++) roll()
  return { roll }
}

/** Words of 32 bits from a text (xmur3). */
function hashed(text: string): () => number {
  let h = 1779033703 ^ text.length
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 3432918353)
    h = (h << 13) | (h >>> 19)
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2246822507)
    h = Math.imul(h ^ (h >>> 13), 3266489909)
    h ^= h >>> 16
    return h | 0
  }
}

/** How a length of time is spread around its mean. */
export const SPREADS = ['constant', 'triangular', 'exponential', 'lognormal'] as const
export type Spread = (typeof SPREADS)[number]

/** A length of time in minutes: a mean, or a distribution with its own numbers. */
export type Length =
  | number
  | { readonly distribution: 'constant'; readonly minutes: number }
  | { readonly distribution: 'exponential'; readonly mean: number }
  | { readonly distribution: 'uniform'; readonly min: number; readonly max: number }
  | {
      readonly distribution: 'triangular'
      readonly min: number
      readonly mode: number
      readonly max: number
    }
  | { readonly distribution: 'lognormal'; readonly mean: number; readonly deviation: number }

/**
 * Draws a length in minutes. A mean alone is spread: triangular between its half and one and a half times
 * it, exponential, lognormal with a deviation of half of it, or not at all.
 */
export function draw(length: Length, spread: Spread, dice: Dice): number {
  if (typeof length !== 'number') return drawn(length, dice)
  switch (spread) {
    case 'constant':
      return length
    case 'triangular':
      return triangular(length / 2, length, length * 1.5, dice.roll())
    case 'exponential':
      return exponential(length, dice)
    case 'lognormal':
      return lognormal(length, length / 2, dice)
    default:
      return spread satisfies never
  }
}

/** The mean of a length in minutes. */
export function meanOf(length: Length): number {
  if (typeof length === 'number') return length
  switch (length.distribution) {
    case 'constant':
      return length.minutes
    case 'uniform':
      return (length.min + length.max) / 2
    case 'triangular':
      return (length.min + length.mode + length.max) / 3
    default:
      return length.mean
  }
}

function drawn(length: Exclude<Length, number>, dice: Dice): number {
  switch (length.distribution) {
    case 'constant':
      return length.minutes
    case 'exponential':
      return exponential(length.mean, dice)
    case 'uniform':
      return length.min + (length.max - length.min) * dice.roll()
    case 'triangular':
      return triangular(length.min, length.mode, length.max, dice.roll())
    case 'lognormal':
      return lognormal(length.mean, length.deviation, dice)
    default:
      return length satisfies never
  }
}

export function exponential(mean: number, dice: Dice): number {
  return -mean * Math.log(1 - dice.roll())
}

function triangular(min: number, mode: number, max: number, u: number): number {
  if (max === min) return min
  const turn = (mode - min) / (max - min)
  return u < turn
    ? min + Math.sqrt(u * (max - min) * (mode - min))
    : max - Math.sqrt((1 - u) * (max - min) * (max - mode))
}

function lognormal(mean: number, deviation: number, dice: Dice): number {
  if (mean === 0) return 0
  const variance = Math.log(1 + (deviation / mean) ** 2)
  const normal = Math.sqrt(-2 * Math.log(1 - dice.roll())) * Math.cos(2 * Math.PI * dice.roll())
  return Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * normal)
}

/** One of several by their weights; the weights need not make 1. */
export function pick<Item>(
  items: readonly Item[],
  weightOf: (item: Item) => number,
  dice: Dice
): Item {
  const total = items.reduce((sum, item) => sum + weightOf(item), 0)
  let left = dice.roll() * total
  for (const item of items) {
    left -= weightOf(item)
    if (left < 0) return item
  }
  return items.at(-1) as Item
}
