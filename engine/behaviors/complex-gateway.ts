import { activating } from '../complex-join.ts'
import type { ComplexGateway } from '../graph.ts'
import type { Behavior } from './behavior.ts'

/**
 * Is activated when its condition over the tokens on its incoming flows holds, and again, to reset, when
 * no more of them are expected. BPMN 2.0.2, 13.4.5. `Run` asks after every change in its scope.
 *
 * Without an activation condition it only splits, each token by itself.
 */
export const complexGateway: Behavior<ComplexGateway> = {
  activate(run, node, token) {
    if (node.activation !== null) return run.wait(token, { for: 'join' })
    run.complete(token, activating(run, node, token.scope, [token]))
  }
}
