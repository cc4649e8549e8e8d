import type { ParallelGateway } from '../graph.ts'
import type { Token } from '../state.ts'
import type { Behavior } from './behavior.ts'

/**
 * Waits for a token on each incoming flow, consumes one of each, and sends a token along every outgoing
 * flow. BPMN 2.0.2, 13.4.1.
 *
 * A second token on the same flow stays for the next time: it is not consumed with the first.
 */
export const parallelGateway: Behavior<ParallelGateway> = {
  activate(run, node, token) {
    const here = run
      .tokensIn(token.scope)
      .filter(({ at, id, wait }) => at === node.id && (id === token.id || wait?.for === 'join'))
    const arrived = node.incoming.map(flow => here.find(({ via }) => via === flow))

    if (!arrived.every((each): each is Token => each !== undefined)) {
      return run.wait(token, { for: 'join' })
    }
    for (const other of arrived) {
      if (other.id !== token.id) run.consume(other)
    }
    run.complete(token, node.outgoing)
  }
}
