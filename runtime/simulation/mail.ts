import { anyLike } from '../../engine/correlation.ts'
import type { Effect } from '../../engine/messages.ts'
import type { Trigger, Variables } from '../../engine/state.ts'

/** Carries messages and signals between simulated instances. */
export class Mail<Listener> {
  readonly #open: (listener: Listener) => boolean
  readonly #listeners = new Map<string, Listener[]>()
  readonly #kept: {
    readonly name: string
    /** By which one is found whose conversation has not begun. */
    readonly open: string | null
    readonly variables: Variables
  }[] = []

  /** `open` tells whether somebody still waits. */
  constructor(open: (listener: Listener) => boolean) {
    this.#open = open
  }

  /** Begins to listen; gives what came before and was kept, or null. */
  listen(on: Trigger, listener: Listener): Variables | null {
    const name = heard(on)
    const kept = this.#kept.findIndex(each => each.name === name || each.open === name)
    if (kept >= 0) return this.#kept.splice(kept, 1)[0]?.variables ?? null
    const listeners = this.#listeners.get(name) ?? []
    listeners.push(listener)
    this.#listeners.set(name, listeners)
    return null
  }

  /** Who is to hear of an effect: the first that waits for a message, everybody who waits for a signal. */
  carry(effect: Effect): readonly Listener[] {
    if (effect.type === 'broadcast')
      return this.#hearing(heard({ kind: 'signal', signal: effect.signal }))
    if (effect.type !== 'publish') return []
    const name = heard({ kind: 'message', message: effect.message, key: effect.key })
    const key = anyLike(effect.key)
    const open = key === null ? null : heard({ kind: 'message', message: effect.message, key })
    const [first] = [...this.#hearing(name), ...(open === null ? [] : this.#hearing(open))]
    if (first !== undefined) return [first]
    if (effect.timeToLive !== null) this.#kept.push({ name, open, variables: effect.variables })
    return []
  }

  /** Those who still wait; the others are forgotten. */
  #hearing(name: string): readonly Listener[] {
    const open = (this.#listeners.get(name) ?? []).filter(this.#open)
    this.#listeners.set(name, open)
    return open
  }
}

function heard(on: Trigger): string {
  if (on.kind === 'message') return `message ${on.message} ${on.key}`
  return on.kind === 'signal' ? `signal ${on.signal}` : on.kind
}
