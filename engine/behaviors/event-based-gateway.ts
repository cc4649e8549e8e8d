import { subscribeTo } from '../event-definitions/index.ts'
import type { EventBasedGateway, SequenceFlow } from '../graph.ts'
import type { Behavior } from './behavior.ts'

/**
 * Waits for the first of the events behind it; that one is taken and the others are forgotten. BPMN
 * 2.0.2, 13.4.4. A parallel one, which instantiates its process (10.6.6), lets each of them wait by itself.
 */
export const eventBasedGateway: Behavior<EventBasedGateway> = {
  activate(run, node, token) {
    if (node.parallel) return run.complete(token, node.outgoing)
    const graph = run.graphIn(token.scope)
    for (const flow of node.outgoing) {
      const { target } = graph.flows[flow] as SequenceFlow
      const event = graph.nodes[target]
      if (event?.type === 'intermediateCatchEvent') {
        subscribeTo(run, event.on, {
          element: target,
          token: token.id,
          scope: token.scope,
          part: null
        })
      } else if (event?.type === 'receiveTask') {
        subscribeTo(run, event.message, {
          element: target,
          token: token.id,
          scope: token.scope,
          part: null
        })
      }
    }
    run.wait(token, { for: 'event' })
  }
}
