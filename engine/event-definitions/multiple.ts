import { definitionsOf, type EventDefinition, type MultipleDefinition } from '../graph.ts'
import type { Run } from '../run.ts'
import type { Subscription, Variables } from '../state.ts'
import { type EventDefinitionBehavior, subscribeTo } from './index.ts'

/**
 * Happens when any of its definitions does, or when all of them have; thrown, it throws each. BPMN
 * 2.0.2, 10.5.5.
 */
export const multiple: EventDefinitionBehavior<MultipleDefinition> = {
  subscribe(run, { parallel, of }, place) {
    for (const [part, definition] of of.entries()) {
      // what is thrown by code is found from where it is thrown, unless others must come as well
      if (definition.kind === 'escalation' && parallel) {
        const on = { kind: 'escalation', code: definition.code } as const
        run.subscribe(place.token, place.element, on, part)
      } else subscribeTo(run, definition, { ...place, part })
    }
  }
}

/** The definition that a subscription is about. */
export function partOf(on: EventDefinition, { part }: Subscription): EventDefinition {
  return definitionsOf(on)[part ?? 0] as EventDefinition
}

/**
 * Notes that a part of a parallel multiple event has happened. Gives what all parts brought when it was the
 * last one, or null while others are waited for.
 */
export function arrive(
  run: Run,
  on: EventDefinition,
  { id, token, element, arrived }: Subscription,
  payload: Variables
): Variables | null {
  if (on.kind !== 'multiple' || !on.parallel) return payload
  const others = Object.values(run.state.subscriptions).some(
    other => other.id !== id && other.token === token && other.element === element
  )
  if (!others) return { ...arrived, ...payload }
  run.emit({ type: 'partArrived', subscription: id, variables: payload })
  return null
}
