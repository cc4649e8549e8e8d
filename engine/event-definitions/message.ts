import { awaited, sent } from '../correlation.ts'
import { Stuck } from '../errors.ts'
import type { ElementId, MessageDefinition } from '../graph.ts'
import type { Run } from '../run.ts'
import type { Token, TokenId, Variables } from '../state.ts'
import type { Outgoing } from '../waits.ts'
import type { EventDefinitionBehavior } from './index.ts'

/** A message from one instance to another, matched by name and correlation key. BPMN 2.0.2, 10.5.5. */
export const message: EventDefinitionBehavior<MessageDefinition> = {
  subscribe(run, definition, { token, element, scope, part }) {
    const key = keyOf(run, definition, element, scope)
    run.subscribe(token, element, { kind: 'message', message: definition.message, key }, part)
  }
}

/** A message with its key, held to its schema; nothing is sent yet. @throws Stuck when it cannot be sent */
export function messageFrom(
  run: Run,
  token: Token,
  definition: MessageDefinition,
  scope: TokenId | null,
  variables: Variables
): Outgoing {
  const { message, timeToLive } = definition
  const key = keyOf(run, definition, token.at, scope, variables)
  run.checkPayload(token, message, variables)
  return { message, key, timeToLive, variables }
}

/**
 * The correlation key as text: of `alur:key`, else of the correlation keys of the diagram, else the instance's
 * own id. `payload` is what a message that is sent carries; null for one that is waited for.
 */
function keyOf(
  run: Run,
  definition: MessageDefinition,
  element: ElementId,
  scope: TokenId | null,
  payload: Variables | null = null
): string {
  const { message, key: given } = definition
  if (given === null) {
    const key =
      payload === null ? awaited(run, message, scope) : sent(run, message, element, scope, payload)
    return key ?? run.state.id
  }
  const key = run.evaluate(given, run.lookup(scope), `correlation key of <${element}>`)
  if (typeof key === 'string' && key !== '') return key
  if (typeof key === 'number') return String(key)
  throw new Stuck(
    'expression',
    `correlation key of <${element}>: ${given}: expected text or a number, found ${JSON.stringify(key)}`
  )
}
