import { throwError } from '../event-definitions/error.ts'
import type { EndEvent } from '../graph.ts'
import type { Behavior } from './behavior.ts'
import { throwIts } from './throw-event.ts'

/**
 * Ends its token, after throwing what it is about. BPMN 2.0.2, 13.5.6: a terminate end event ends all
 * that is left in its scope; an error goes to the nearest event that catches it.
 */
export const endEvent: Behavior<EndEvent> = {
  activate(run, node, token) {
    switch (node.on.kind) {
      case 'terminate':
        run.leave(token, { type: 'elementCompleted', token: token.id, element: node.id, by: null })
        return run.closeScope(token.scope)
      case 'error': {
        const data = run.mapped(node.inputs, run.lookup(token.scope), token)
        return throwError(run, token, node.on.code ?? '', data)
      }
      case 'message':
      case 'signal':
      case 'escalation':
        throwIts(run, node, token)
        return run.later(token, now => run.complete(now, []))
      default:
        return run.complete(token, [])
    }
  }
}
