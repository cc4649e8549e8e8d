import type { DefinitionOf, ElementId, EventDefinition, EventDefinitionKind } from '../graph.ts'
import type { Run } from '../run.ts'
import type { TokenId } from '../state.ts'
import { conditional } from './conditional.ts'
import { message } from './message.ts'
import { signal } from './signal.ts'
import { timer } from './timer.ts'

/** What an event is about, wherever it stands. */
export interface EventDefinitionBehavior<Definition extends EventDefinition> {
  /**
   * Opens what a catching event waits for. `token` holds the subscription; expressions are seen
   * from `scope`. Null for what is never waited for: errors are thrown, not awaited.
   */
  readonly subscribe:
    | ((
        run: Run,
        definition: Definition,
        element: ElementId,
        token: TokenId | null,
        scope: TokenId | null
      ) => void)
    | null
}
type Table = { readonly [Kind in EventDefinitionKind]: EventDefinitionBehavior<DefinitionOf<Kind>> }

/** Every event definition. The compiler refuses this table while a row is missing. */
export const eventDefinitions = {
  none: { subscribe: null },
  timer,
  message,
  signal,
  conditional,
  error: { subscribe: null },
  escalation: { subscribe: null },
  link: { subscribe: null },
  terminate: { subscribe: null }
} satisfies Table

/** Opens the subscription of a catching event, if its definition has one. */
export function subscribeTo(
  run: Run,
  definition: EventDefinition,
  element: ElementId,
  token: TokenId | null,
  scope: TokenId | null
): void {
  const behavior = eventDefinitions[definition.kind] as EventDefinitionBehavior<EventDefinition>
  behavior.subscribe?.(run, definition, element, token, scope)
}
