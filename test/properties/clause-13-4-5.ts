import { expect } from 'chai'
import {
  apply,
  type ElementId,
  type Event,
  type ProcessGraph,
  type ProcessInstance,
  type Token
} from '../../engine/index.ts'
import { type Place, pathsFrom } from './clause-13-4-3.ts'
import type { Playing } from './playing.ts'

/**
 * BPMN 2.0.2, 13.4.5, transcribed without cleverness: a gateway that waits for reset resets when, for every
 * path that starts at a token elsewhere, ends at an incoming flow that has no token and from which none was
 * consumed in the first phase, and does not visit the gateway, there is a path from the same token to an
 * incoming flow that has a token or from which one was consumed, that does not visit the gateway either.
 */
function mayReset(
  graph: ProcessGraph,
  elsewhere: readonly Place[],
  gateway: ElementId,
  satisfied: ReadonlySet<ElementId | null>
): boolean {
  return elsewhere.every(token => {
    const ends = pathsFrom(graph, token.at, gateway)
    return ends.every(flow => satisfied.has(flow)) || ends.some(flow => satisfied.has(flow))
  })
}

/** What stands on a complex gateway: what activated it, and what waits. */
function standing(tokens: readonly Token[], gateway: ElementId) {
  const here = tokens.filter(({ at }) => at === gateway)
  const by = (reason: 'reset' | 'join') => here.filter(({ wait }) => wait?.for === reason)
  return { received: by('reset'), waiting: by('join') }
}

/** Tokens that are somewhere, in the words of the clause: those that were consumed are nowhere. */
function elsewhere(tokens: readonly Token[], gateway: ElementId): readonly Place[] {
  return tokens.filter(({ at, wait }) => at !== gateway && wait?.for !== 'reset')
}

/** Expects that no complex gateway rests that could go on: `enough` tells its activation condition. */
export function expectNoneRests(
  { graph, state }: Playing,
  enough: (gateway: ElementId) => number
): void {
  const tokens = Object.values(state.tokens)
  for (const { id, type } of Object.values(graph.nodes)) {
    if (type !== 'complexGateway') continue
    const { received, waiting } = standing(tokens, id)
    const [filled, got] = [waiting, received].map(each => new Set(each.map(({ via }) => via)))
    expect(got!.size, `${id} has consumed one token of each flow`).to.equal(received.length)
    if (received.length === 0) {
      if (waiting.length === 0) continue
      expect(filled!.size, `${id} waits for start with enough`).to.be.below(enough(id))
    } else {
      const reset = mayReset(graph, elsewhere(tokens, id), id, new Set([...filled!, ...got!]))
      expect(reset, `${id} waits for reset, and 13.4.5 lets it go on`).to.equal(false)
    }
  }
}

/**
 * Expects that every complex gateway was activated with enough tokens, reset only when 13.4.5 allowed it, and
 * lost none. Flows have no conditions: an activation takes all of them, a reset none.
 */
export function expectAllowed(
  { graph, events }: Playing,
  enough: (gateway: ElementId) => number
): void {
  let state: ProcessInstance | null = null
  const way: Place[] = []
  const arrived = new Map<ElementId, number>()
  const used = new Map<ElementId, number>()
  const add = (to: Map<ElementId, number>, id: ElementId, by = 1) =>
    to.set(id, (to.get(id) ?? 0) + by)
  const send = (id: ElementId) => {
    for (const via of graph.nodes[id]!.outgoing) way.push({ at: graph.flows[via]!.target, via })
  }
  const isComplex = (id: ElementId) => graph.nodes[id]?.type === 'complexGateway'
  let resetting: ElementId | null = null
  let taken = new Set<ElementId | null>()

  for (const event of events) {
    const tokens: readonly Token[] = Object.values(state?.tokens ?? {})
    const gateway = elementOf(event)
    if (event.type === 'elementWaiting' && isComplex(event.element) && event.wait.for === 'reset') {
      const { received, waiting } = standing(tokens, event.element)
      const { via } = state!.tokens[event.token] as Token
      const again = received.some(each => each.via === via)
      expect(again, `${event.element} takes a second token of ${via}`).to.equal(false)
      if (received.length === 0) {
        const filled = new Set(waiting.map(({ via }) => via))
        expect(filled.size, `${event.element} is activated`).to.be.at.least(enough(event.element))
        send(event.element)
      }
    }
    if (gateway !== null && isComplex(gateway) && event.type !== 'elementActivated') {
      const ends = event.type === 'tokenConsumed' || event.type === 'elementCompleted'
      if (ends && resetting === null) {
        const { received, waiting } = standing(tokens, gateway)
        taken = new Set(received.map(({ via }) => via))
        const satisfied = new Set([...received, ...waiting].map(({ via }) => via))
        const places = [...elsewhere(tokens, gateway), ...way]
        const allowed = mayReset(graph, places, gateway, satisfied)
        expect(allowed, `${gateway} resets, and 13.4.5 lets it wait`).to.equal(true)
      }
      if (ends) {
        add(used, gateway)
        const { wait, via } = state!.tokens[event.token] as Token
        if (wait?.for === 'join') {
          expect(taken.has(via), `${gateway} takes a second token of ${via}`).to.equal(false)
          taken.add(via)
        }
      }
      resetting = event.type === 'tokenConsumed' ? gateway : null
    }
    if (event.type === 'elementCompleted' && !isComplex(event.element)) send(event.element)
    if (event.type === 'elementActivated' && event.token.via !== null) {
      const { via, at } = event.token
      if (isComplex(at)) add(arrived, at)
      const found = way.findIndex(each => each.via === via)
      expect(found, `on the way by ${via}`).to.be.at.least(0)
      way.splice(found, 1)
    }
    state = apply(state, event)
  }
  for (const [gateway, all] of arrived) {
    const left = Object.values(state!.tokens).filter(({ at }) => at === gateway)
    expect(all, `tokens that arrived at ${gateway}`).to.equal(
      (used.get(gateway) ?? 0) + left.length
    )
  }
}

function elementOf(event: Event): ElementId | null {
  return 'element' in event ? event.element : null
}
