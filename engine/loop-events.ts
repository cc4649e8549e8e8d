import { Stuck } from './errors.ts'
import { findCatcher } from './event-definitions/catching.ts'
import { throwError } from './event-definitions/error.ts'
import { throwEscalation } from './event-definitions/escalation.ts'
import { messageFrom } from './event-definitions/message.ts'
import { throwSignal } from './event-definitions/signal.ts'
import type { LoopEvent, MultiInstance } from './graph.ts'
import type { Run } from './run.ts'
import type { Token, Variables } from './state.ts'
import type { Outgoing } from './waits.ts'

/** An event of a multi-instance activity whose condition holds, with all that it carries. */
interface Due {
  readonly on: LoopEvent['on']
  readonly data: Variables
  /** What is sent, when it is a message. */
  readonly message: Outgoing | null
}

/**
 * The events that an instance throws when it completes: each whose condition holds, with the numbers of the
 * loop and its own data. BPMN 2.0.2, 13.3.7.
 *
 * @throws Stuck before anything is thrown
 */
export function eventsDue(
  run: Run,
  { events }: MultiInstance,
  instance: Token,
  seen: (name: string) => unknown,
  counts: Variables
): readonly Due[] {
  const { at } = instance
  return events
    .filter(({ condition }) => run.holds(condition, seen, `condition of an event of <${at}>`))
    .map(({ on, inputs }) => {
      if (on.kind === 'error' && findCatcher(run, instance, 'error', on.code ?? '') === null) {
        throw new Stuck('uncaught-error', `no event catches error <${on.code}> thrown at <${at}>`)
      }
      const data = { ...counts, ...run.mapped(inputs, seen, instance) }
      const message =
        on.kind === 'message' ? messageFrom(run, instance, on, instance.id, data) : null
      return { on, data, message }
    })
}

/** Throws events from an instance, until one of them ends it. */
export function throwInLoop(run: Run, instance: Token, due: readonly Due[]): void {
  for (const { on, data, message } of due) {
    if (run.token(instance.id) === null) return
    switch (on.kind) {
      case 'signal':
        throwSignal(run, instance, on.signal, data)
        break
      case 'escalation':
        throwEscalation(run, instance, on.code ?? '', data)
        break
      case 'error':
        throwError(run, instance, on.code ?? '', data)
        break
      case 'message':
        run.publish(instance, message as Outgoing)
        break
      default:
        on satisfies never
    }
  }
}
