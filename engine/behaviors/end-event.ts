import { cancelTransaction } from '../compensation.ts'
import { throwError } from '../event-definitions/error.ts'
import { definitionsOf, type EndEvent } from '../graph.ts'
import type { Run } from '../run.ts'
import type { Token } from '../state.ts'
import type { Behavior } from './behavior.ts'
import { throwIts } from './throw-event.ts'

/** What is thrown while the token goes on living, before its end does what ends a scope. */
const THROWN: ReadonlySet<string> = new Set(['message', 'signal', 'escalation', 'compensation'])

/**
 * Ends its token, after throwing what it is about. BPMN 2.0.2, 13.5.6: a terminate end event ends all
 * that is left in its scope; an error goes to the nearest event that catches it; a cancel end event undoes
 * its transaction.
 */
export const endEvent: Behavior<EndEvent> = {
  activate(run, node, token) {
    if (definitionsOf(node.on).some(({ kind }) => THROWN.has(kind))) throwIts(run, node, token)
    else end(run, node, token)
  },
  proceed: end
}

function end(run: Run, node: EndEvent, token: Token): void {
  for (const on of definitionsOf(node.on)) {
    switch (on.kind) {
      case 'terminate':
        run.leave(token, { type: 'elementCompleted', token: token.id, element: node.id, by: null })
        return run.closeScope(token.scope)
      case 'error': {
        const data = run.mapped(node.inputs, run.lookup(token.scope), token)
        return throwError(run, token, on.code ?? '', data)
      }
      case 'cancel':
        return cancelTransaction(run, token)
      default:
    }
  }
  run.complete(token, [])
}
