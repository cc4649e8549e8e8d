import { definitionsOf, type FlowNode, isActivity, type ProcessGraph } from '../../engine/graph.ts'
import type { Effect } from '../../engine/messages.ts'
import type { Subscription, Variables } from '../../engine/state.ts'
import { Mail } from './mail.ts'
import { draw } from './random.ts'
import { type Instance, own, type Place, type World } from './world.ts'

interface Listener {
  readonly instance: Instance
  readonly subscription: string
  readonly place: Place | null
}

/** Lets timers go off, carries messages and signals, and lets come what the world outside sends. */
export class Events {
  readonly #world: World
  /** The messages and signals that come from inside. */
  readonly #published: ReadonlySet<string>
  readonly #mail = new Mail<Listener>(
    ({ instance, subscription }) => instance.state?.subscriptions[subscription] !== undefined
  )

  constructor(world: World, graphs: readonly ProcessGraph[]) {
    this.#world = world
    this.#published = new Set(graphs.flatMap(published))
  }

  /** Something waits for an event. */
  listen(instance: Instance, { id, element, on, token }: Subscription): void {
    if (instance.state?.subscriptions[id] === undefined) return
    const { now, clock, scenario, tally } = this.#world
    const place = this.#world.placeOf(instance, element, token)
    const listener = { instance, subscription: id, place }
    if (on.kind === 'timer') return this.#later(Math.max(now, Date.parse(on.dueAt)), listener, {})
    if (on.kind !== 'message' && on.kind !== 'signal') return
    const before = this.#mail.listen(on, listener)
    if (before !== null) return this.#later(now, listener, before)
    const stated = own(scenario.elements, element)
    if (stated?.never === true) return
    if (stated?.minutes === undefined) {
      const said = on.kind === 'message' ? on.message : on.signal
      if (place === null || isAside(place.node) || this.#published.has(said)) return
      tally.assumeEvent(element)
    }
    const spread = scenario.spread ?? 'triangular'
    const length = draw(stated?.minutes ?? 60, spread, instance.dice) * 60_000
    this.#later(clock.after(now, length), listener, instance.material.fill(element, 0)[0] ?? {})
  }

  /** A message that is waited for belongs to a conversation from now on: who listens is told by its key. */
  listenAgain(instance: Instance, id: string): void {
    const open = instance.state?.subscriptions[id]
    if (open === undefined) return
    const place = this.#world.placeOf(instance, open.element, open.token)
    const listener = { instance, subscription: id, place }
    const before = this.#mail.listen(open.on, listener)
    if (before !== null) this.#later(this.#world.now, listener, before)
  }

  /** Carries a message or a signal to who waits for it. */
  carry(from: Instance, effect: Effect): void {
    if (effect.type !== 'publish' && effect.type !== 'broadcast') return
    for (const listener of this.#mail.carry(effect)) {
      // a signal has reached those beside it in its own instance already
      if (effect.type === 'broadcast' && listener.instance === from) continue
      this.#later(this.#world.now, listener, effect.variables)
    }
  }

  /** Lets happen later what a subscription waits for, if it still waits then. */
  #later(at: number, { instance, subscription, place }: Listener, variables: Variables): void {
    const world = this.#world
    const since = world.now
    world.agenda.put(at, () => {
      if (instance.state?.subscriptions[subscription] === undefined) return
      if (!world.isRunning(instance)) return
      if (place !== null && !isAside(place.node))
        world.tally.work(place, 'event', world.now - since, 0, instance.n)
      return world.execute(instance, { type: 'trigger', subscription, variables })
    })
  }
}

/** An event that need not come: on a boundary, or the start of an event sub-process. */
function isAside(node: FlowNode): boolean {
  return node.type === 'boundaryEvent' || node.type === 'startEvent'
}

/** The names of the messages and signals that a process throws. */
function published(graph: ProcessGraph): readonly string[] {
  return Object.values(graph.nodes).flatMap(node => {
    if (isActivity(node))
      return node.type === 'sendTask' && node.message ? [node.message.message] : []
    if (node.type !== 'endEvent' && node.type !== 'intermediateThrowEvent') return []
    return definitionsOf(node.on).flatMap(on =>
      on.kind === 'message' ? [on.message] : on.kind === 'signal' ? [on.signal] : []
    )
  })
}
