/** Closes in the order that lets nothing be lost: last opened, first closed, requests before all. */
export class Closing {
  readonly #steps: (() => Promise<void>)[] = []
  #running: Promise<void> | null = null

  add(step: () => Promise<void>): void {
    this.#steps.push(step)
  }

  run(): Promise<void> {
    this.#running ??= this.#run()
    return this.#running
  }

  async #run(): Promise<void> {
    const [requests, ...others] = this.#steps
    await requests?.()
    for (const step of others.reverse()) await step()
  }
}
