import type { InclusiveGateway } from '../graph.ts'
import { fireInclusive } from '../joining.ts'
import type { Behavior } from './behavior.ts'

/**
 * Joins what can still come and takes every flow whose condition holds. BPMN 2.0.2, 13.4.3. Whether it
 * may go on depends on tokens elsewhere, so `Run` asks again after every change in its scope.
 */
export const inclusiveGateway: Behavior<InclusiveGateway> = {
  activate(run, node, token) {
    if (node.incoming.length > 1) return run.wait(token, { for: 'join' })
    fireInclusive(run, node, token)
  }
}
