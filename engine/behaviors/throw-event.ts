import { throwCompensation } from '../compensation.ts'
import { throwEscalation } from '../event-definitions/escalation.ts'
import { keyOf } from '../event-definitions/message.ts'
import { throwSignal } from '../event-definitions/signal.ts'
import {
  definitionsOf,
  type EndEvent,
  type IntermediateThrowEvent,
  type MessageDefinition
} from '../graph.ts'
import type { Run } from '../run.ts'
import type { Token } from '../state.ts'
import type { Behavior } from './behavior.ts'

/**
 * Throws its events, then goes on: first what it delivers is ready, then its own continuation, both behind what
 * was ready before. Without a definition it only marks a point. BPMN 2.0.2, 13.5.2.
 */
export const throwEvent: Behavior<IntermediateThrowEvent> = {
  activate(run, node, token) {
    if (node.on.kind === 'link') return followLink(run, token, node.on.link)
    throwIts(run, node, token)
  },
  proceed(run, _node, token) {
    run.finish(token, {})
  }
}

/** Throws what an event is about, compensation last, then lets its token proceed. The data are its in-mappings. */
export function throwIts(run: Run, node: IntermediateThrowEvent | EndEvent, token: Token): void {
  const definitions = definitionsOf(node.on)
  for (const on of definitions) {
    if (on.kind === 'message') throwMessage(run, node, token, on)
    else if (on.kind === 'signal' || on.kind === 'escalation') {
      const data = run.mapped(node.inputs, run.lookup(token.scope), token)
      run.later(token, now => {
        if (on.kind === 'signal') throwSignal(run, now, on.signal, data)
        else throwEscalation(run, now, on.code ?? '', data)
      })
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
function followLink(run: Run, token: Token, link: string): void {
  const { nodes } = run.graphIn(token.scope)
  const target = Object.values(nodes).find(
    node =>
      node.type === 'intermediateCatchEvent' && node.on.kind === 'link' && node.on.link === link
  )
  if (target === undefined) throw new Error(`expected link <${link}> to have a catching end`)
  run.send(target.id, token.scope, { happened: true })
  run.leave(token, { type: 'elementCompleted', token: token.id, element: token.at, by: null })
}

function throwMessage(
  run: Run,
  node: IntermediateThrowEvent | EndEvent,
  token: Token,
  definition: MessageDefinition
): void {
  const { message, timeToLive } = definition
  const data = run.mapped(node.inputs, run.lookup(token.scope), token)
  const key = keyOf(run, definition, node.id, token.scope, data)
  run.publish(token, { message, key, timeToLive }, data)
}
