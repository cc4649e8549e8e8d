import type { Decision } from '../../engine/messages.ts'
import type { LocalDate } from '../../engine/state.ts'
import { type DecideRequest, type Rulebook, RuleFailed } from '../rulebook.ts'

/** How many decisions are kept: on the same day, the same facts are decided in the same way. */
const KEPT = 10_000

/** Decides by the rules, once for the same facts on the same day. */
export class Decisions {
  readonly #rulebook: Rulebook | null
  readonly #made = new Map<string, Promise<Decision>>()

  constructor(rulebook: Rulebook | null) {
    this.#rulebook = rulebook
  }

  /** @throws RuleFailed */
  async decide(request: DecideRequest, today: LocalDate): Promise<Decision> {
    const { rule, facts, date, release } = request
    if (this.#rulebook === null) throw new RuleFailed('no-rule', `no rules are given for <${rule}>`)
    const key = JSON.stringify([rule, facts, date, release, today])
    const known = this.#made.get(key)
    if (known !== undefined) return known
    if (this.#made.size >= KEPT) this.#made.clear()
    const made = this.#rulebook.decide(request)
    this.#made.set(key, made)
    return made
  }
}
