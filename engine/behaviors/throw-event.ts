import { throwCompensation } from '../compensation.ts'
import { throwEscalation } from '../event-definitions/escalation.ts'
import { messageFrom } from '../event-definitions/message.ts'
import { throwSignal } from '../event-definitions/signal.ts'
import { definitionsOf, type EndEvent, type IntermediateThrowEvent, linkedFrom } from '../graph.ts'
import type { Run } from '../run.ts'
import type { Token } from '../state.ts'
import type { Behavior } from './behavior.ts'

/**
 * Throws its events, then goes on: first what it delivers is ready, then its own continuation, both behind what
 * was ready before. Without a definition it only marks a point. BPMN 2.0.2, 13.5.2.
 */
export const throwEvent: Behavior<IntermediateThrowEvent> = {
  activate(run, node, token) {
    if (node.on.kind === 'link') return followLink(run, node, token)
    throwIts(run, node, token)
  },
  proceed(run, _node, token) {
    run.finish(token, {})
  }
}

/**
 * Throws what an event is about, compensation last, then lets its token proceed. The data are its in-mappings.
 * Nothing is thrown before all of it is known, so that trying again throws nothing twice.
 */
export function throwIts(run: Run, node: IntermediateThrowEvent | EndEvent, token: Token): void {
  const definitions = definitionsOf(node.on)
  const data = run.mapped(node.inputs, run.lookup(token.scope), token)
  const messages = definitions.flatMap(on =>
    on.kind === 'message' ? [messageFrom(run, token, on, token.scope, data)] : []
  )
  for (const message of messages) run.publish(token, message)
  for (const on of definitions) {
    if (on.kind === 'signal') run.later(token, now => throwSignal(run, now, on.signal, data))
    else if (on.kind === 'escalation') {
      run.later(token, now => throwEscalation(run, now, on.code ?? '', data))
    }
  }
  const undoing = definitions.find(({ kind }) => kind === 'compensation')
  if (undoing?.kind === 'compensation') {
    run.later(token, now => throwCompensation(run, now, undoing))
  }
  run.later(token, now => {
    if (now.wait?.for !== 'compensation') run.proceed(now)
  })
}

/** A link is a flow that is not drawn: the token goes on behind the catching end. BPMN 2.0.2, 10.5.5. */
function followLink(run: Run, node: IntermediateThrowEvent, token: Token): void {
  const [target] = linkedFrom(run.graphIn(token.scope), node)
  if (target === undefined) throw new Error(`expected link <${node.id}> to have a catching end`)
  run.send(target, token.scope)
  run.leave(token, { type: 'elementCompleted', token: token.id, element: token.at, by: null })
}
