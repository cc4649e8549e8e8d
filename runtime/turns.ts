/** Lets those who want the same thing wait for each other, in the order in which they came. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>()

  take<Result>(key: string, act: () => Promise<Result>): Promise<Result> {
    const turn = (this.#last.get(key) ?? Promise.resolve()).then(act)
    const over = turn.then(
      () => {},
      () => {}
    )
    this.#last.set(key, over)
    void over.then(() => {
      if (this.#last.get(key) === over) this.#last.delete(key)
    })
    return turn
  }

  /** Waits until nobody has a turn any more. */
  async over(): Promise<void> {
    while (this.#last.size > 0) await Promise.all(this.#last.values())
  }
}
