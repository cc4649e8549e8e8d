/** Lets others have their turn between two pages. */
export function pause(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

/** Lets others have their turn whenever work has taken so many milliseconds. */
export class Turns {
  readonly #milliseconds: number
  #since = performance.now()

  constructor(milliseconds = 20) {
    this.#milliseconds = milliseconds
  }

  async give(): Promise<void> {
    if (performance.now() - this.#since < this.#milliseconds) return
    await pause()
    this.#since = performance.now()
  }
}
