import type { SignalDefinition } from '../graph.ts'
import type { Run } from '../run.ts'
import type { Subscription, Token, Variables } from '../state.ts'
import { trigger } from '../trigger.ts'
import type { EventDefinitionBehavior } from './index.ts'

/** A broadcast: everybody who waits for it takes it, in this instance and in all others. BPMN 2.0.2, 10.5.5. */
export const signal: EventDefinitionBehavior<SignalDefinition> = {
  subscribe(run, { signal }, { token, element, part }) {
    run.subscribe(token, element, { kind: 'signal', signal }, part)
  }
}

/** Delivers a signal to who waits for it at this moment, and asks for it to be carried to other instances. */
export function throwSignal(run: Run, token: Token, name: string, variables: Variables): void {
  run.broadcast(token, name, variables)
  deliverSignal(run, name, variables)
}

/**
 * Lets every event of this instance that waits for a signal happen, but those that another of them has
 * ended. Gives how many happened.
 */
export function deliverSignal(run: Run, name: string, variables: Variables): number {
  const waits = ({ on }: Subscription) => on.kind === 'signal' && on.signal === name
  let happened = 0
  for (const { id } of Object.values(run.state.subscriptions).filter(waits)) {
    const open = run.state.subscriptions[id]
    if (open === undefined) continue
    trigger(run, open, variables)
    happened += 1
  }
  return happened
}
