import type { SyntaxNode } from './syntax.ts'
import { fail } from './values.ts'

/** A compiled part of an expression. */
export type Run = (frame: Frame) => unknown

/** How many items of lists one evaluation may look at. */
const MOST_STEPS = 1_000_000

/** What one evaluation works with. */
export class Frame {
  readonly lookup: (name: string) => unknown
  /** The values of names that the expression itself brings up. */
  readonly slots: unknown[]
  #steps = 0
  constructor(lookup: (name: string) => unknown, slots: unknown[]) {
    this.lookup = lookup
    this.slots = slots
  }

  /** Counts work that grows with the data, so that an evaluation always ends soon. */
  spend(steps: number, node: SyntaxNode): void {
    this.#steps += steps
    if (this.#steps > MOST_STEPS) fail(node, `to take at most ${MOST_STEPS} steps`, this.#steps)
  }
}
