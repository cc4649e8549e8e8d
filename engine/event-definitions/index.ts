import type { DefinitionOf, ElementId, EventDefinition, EventDefinitionKind } from '../graph.ts'
import type { Run } from '../run.ts'
import type { TokenId } from '../state.ts'
import { conditional } from './conditional.ts'
import { message } from './message.ts'
import { multiple } from './multiple.ts'
import { signal } from './signal.ts'
import { timer } from './timer.ts'

/** What an event is about, wherever it stands. */
export interface EventDefinitionBehavior<Definition extends EventDefinition> {
  /**
   * Opens what a catching event waits for. Null for what is never waited for: errors are thrown, not
   * awaited.
   */
  readonly subscribe: ((run: Run, definition: Definition, place: Catching) => void) | null
}
/** Where an event is waited for. */
export interface Catching {
  readonly element: ElementId
  /** Holds the subscription; null: the whole process. */
  readonly token: TokenId | null
  /** From where expressions are seen. */
  readonly scope: TokenId | null
  /** Which definition of a multiple event it is, or null for the only one. */
  readonly part: number | null
}
type Table = { readonly [Kind in EventDefinitionKind]: EventDefinitionBehavior<DefinitionOf<Kind>> }

/** Every event definition. The compiler refuses this table while a row is missing. */
export const eventDefinitions = {
  none: { subscribe: null },
  timer,
  message,
  signal,
  conditional,
  multiple,
  error: { subscribe: null },
  escalation: { subscribe: null },
  link: { subscribe: null },
  compensation: { subscribe: null },
  cancel: { subscribe: null },
  terminate: { subscribe: null }
} satisfies Table

/** Opens the subscriptions of a catching event, if its definition has any. */
export function subscribeTo(run: Run, definition: EventDefinition, place: Catching): void {
  const behavior = eventDefinitions[definition.kind] as EventDefinitionBehavior<EventDefinition>
  behavior.subscribe?.(run, definition, place)
}
