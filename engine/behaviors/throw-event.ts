import { keyOf } from '../event-definitions/message.ts'
import type { EndEvent, IntermediateThrowEvent, MessageDefinition } from '../graph.ts'
import type { Run } from '../run.ts'
import type { Token } from '../state.ts'
import type { Behavior } from './behavior.ts'

/** Throws its event and goes on at once; without a definition it only marks a point. BPMN 2.0.2, 13.5.2. */
export const throwEvent: Behavior<IntermediateThrowEvent> = {
  activate(run, node, token) {
    if (node.on.kind === 'message') throwMessage(run, node, token, node.on)
    run.finish(token, {})
  }
}

/** Sends the message of a throwing event: its data are the event's in-mappings. */
export function throwMessage(
  run: Run,
  node: IntermediateThrowEvent | EndEvent,
  token: Token,
  definition: MessageDefinition
): void {
  const { message, timeToLive } = definition
  const key = keyOf(run, definition, node.id, token.scope)
  const data = run.mapped(node.inputs, run.lookup(token.scope), token)
  run.publish(token, { message, key, timeToLive }, data)
}
