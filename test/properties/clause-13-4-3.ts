import { expect } from 'chai'
import {
  apply,
  type ElementId,
  type ProcessGraph,
  type ProcessInstance,
  type Token
} from '../../engine/index.ts'
import type { Playing } from './playing.ts'

/**
 * BPMN 2.0.2, 13.4.3, transcribed without cleverness: every path is walked. The gateway is activated
 * when an incoming flow has a token and, for every path that starts at a token elsewhere, ends at an
 * incoming flow without a token and does not visit the gateway, there is a path from the same token to
 * an incoming flow with one that does not visit the gateway either.
 */
export function mayFire(
  graph: ProcessGraph,
  tokens: readonly Place[],
  gateway: ElementId
): boolean {
  const incoming = Object.values(graph.flows).filter(({ target }) => target === gateway)
  const hasToken = (flow: ElementId) => tokens.some(({ at, via }) => at === gateway && via === flow)
  if (!incoming.some(({ id }) => hasToken(id))) return false

  for (const token of tokens) {
    // what a complex gateway remembers has been consumed already
    if (token.at === gateway || token.wait?.for === 'reset') continue
    const ends = pathsFrom(graph, token.at, gateway)
    const toEmpty = ends.some(flow => !hasToken(flow))
    const toFilled = ends.some(flow => hasToken(flow))
    if (toEmpty && !toFilled) return false
  }
  return true
}

/** A token of one scope: where it rests, or is about to arrive, and by which flow. */
export type Place = Pick<Token, 'at' | 'via'> & Partial<Pick<Token, 'wait'>>

/** The incoming flows of the gateway in which the paths from an element end, one entry per path. */
export function pathsFrom(
  graph: ProcessGraph,
  from: ElementId,
  gateway: ElementId
): readonly ElementId[] {
  const ends: ElementId[] = []
  const walk = (at: ElementId, visited: readonly ElementId[]) => {
    const exits = [
      at,
      ...Object.values(graph.nodes).flatMap(node =>
        node.type === 'boundaryEvent' && node.attachedTo === at ? [node.id] : []
      )
    ]
    for (const { id, source, target } of Object.values(graph.flows)) {
      if (!exits.includes(source)) continue
      if (target === gateway) ends.push(id)
      else if (!visited.includes(target)) walk(target, [...visited, target])
    }
  }
  walk(from, [from])
  return ends
}

/**
 * Expects that every inclusive join of a process without scopes went on only when 13.4.3 allowed it.
 * All conditions hold, so the tokens on their way are known: one on each flow out of what completed.
 */
export function expectJoinsAllowed({ graph, events }: Playing): void {
  let state: ProcessInstance | null = null
  let before: readonly Place[] | null = null
  const way: Place[] = []
  for (const event of events) {
    const joining: ElementId | null =
      (event.type === 'tokenConsumed' || event.type === 'elementCompleted') &&
      graph.nodes[event.element]?.type === 'inclusiveGateway'
        ? event.element
        : null
    if (joining !== null)
      before ??= [...Object.values((state as ProcessInstance | null)?.tokens ?? {}), ...way]
    if (event.type === 'elementCompleted') {
      if (joining !== null && graph.nodes[joining]!.incoming.length > 1) {
        expect(
          mayFire(graph, before ?? [], joining),
          `${joining} went on, and 13.4.3 lets it wait`
        ).to.equal(true)
      }
      before = null
      for (const via of graph.nodes[event.element]!.outgoing)
        way.push({ at: graph.flows[via]!.target, via })
    }
    if (event.type === 'elementActivated' && event.token.via !== null) {
      const { via } = event.token
      const arrived = way.findIndex(each => each.via === via)
      expect(arrived, `on the way by ${via}`).to.be.at.least(0)
      way.splice(arrived, 1)
    }
    state = apply(state, event)
  }
}
