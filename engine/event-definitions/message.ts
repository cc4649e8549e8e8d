import { Stuck } from '../errors.ts'
import type { ElementId, MessageDefinition } from '../graph.ts'
import type { Run } from '../run.ts'
import type { TokenId } from '../state.ts'
import type { EventDefinitionBehavior } from './index.ts'

/** A message from one instance to another, matched by name and correlation key. BPMN 2.0.2, 10.5.5. */
export const message: EventDefinitionBehavior<MessageDefinition> = {
  subscribe(run, definition, { token, element, scope, part }) {
    const key = keyOf(run, definition, element, scope)
    run.subscribe(token, element, { kind: 'message', message: definition.message, key }, part)
  }
}

/** The correlation key as text; the instance's own id when the diagram names none. */
export function keyOf(
  run: Run,
  definition: MessageDefinition,
  element: ElementId,
  scope: TokenId | null
): string {
  if (definition.key === null) return run.state.id
  const key = run.evaluate(definition.key, run.lookup(scope), `correlation key of <${element}>`)
  if (typeof key === 'string' && key !== '') return key
  if (typeof key === 'number') return String(key)
  throw new Stuck(
    'expression',
    `correlation key of <${element}>: ${definition.key}: expected text or a number, found ${JSON.stringify(key)}`
  )
}
