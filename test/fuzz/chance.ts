/** Chance that a seed repeats. */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A number from 0 up to but not with 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number from 0 up to but not with `below`. */
  whole(below: number): number {
    return Math.floor(this.next() * below)
  }

  /** True once in so many times. */
  once(times: number): boolean {
    return this.whole(times) === 0
  }

  of<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new Error('expected something to choose from')
    return items[this.whole(items.length)] as Item
  }
}
