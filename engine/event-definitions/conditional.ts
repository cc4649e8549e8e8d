import { Stuck } from '../errors.ts'
import type { ConditionalDefinition } from '../graph.ts'
import type { Run } from '../run.ts'
import type { Subscription } from '../state.ts'
import { trigger } from '../trigger.ts'
import type { EventDefinitionBehavior } from './index.ts'

/**
 * Happens when its condition becomes true: asked when it begins to wait, and after each change of a variable.
 * A condition that cannot be read yet is not met. BPMN 2.0.2, 10.5.5.
 */
export const conditional: EventDefinitionBehavior<ConditionalDefinition> = {
  subscribe(run, { condition }, { token, element, part }) {
    run.subscribe(token, element, { kind: 'conditional', condition, met: false }, part)
  }
}

/** Lets every conditional event happen whose condition has become true, but those that another of them has ended. */
export function checkConditions(run: Run): void {
  const due: Subscription[] = []
  for (const open of Object.values(run.state.subscriptions)) {
    if (open.on.kind !== 'conditional') continue
    const met = isMet(run, open, open.on.condition)
    if (met === open.on.met) continue
    run.emit({ type: 'conditionChanged', subscription: open.id, met })
    if (met) due.push(open)
  }
  for (const { id } of due) {
    const open = run.state.subscriptions[id]
    if (open !== undefined) trigger(run, open, {})
  }
}

function isMet(run: Run, { token, element }: Subscription, condition: string): boolean {
  try {
    return run.holds(condition, run.lookup(token), `condition of <${element}>`)
  } catch (error) {
    if (error instanceof Stuck) return false
    throw error
  }
}
