import type { Run } from '../run.ts'
import type { Token, Variables } from '../state.ts'
import { trigger } from '../trigger.ts'
import { findCatcher } from './catching.ts'
import { interrupt } from './error.ts'

/**
 * Throws an escalation: the nearest event that catches it takes over, and interrupts only when it is drawn
 * so. Nobody catches it: the process goes on. BPMN 2.0.2, 10.5.1 and 13.5.
 */
export function throwEscalation(run: Run, token: Token, code: string, variables: Variables): void {
  const catcher = findCatcher(run, token, 'escalation', code)
  const caught = catcher !== null
  run.emit({ type: 'escalationThrown', token: token.id, element: token.at, code, caught })
  const payload = { ...variables, escalationCode: code }
  if (catcher === null) return
  if (catcher.kind === 'part') return trigger(run, catcher.subscription, payload)
  if (catcher.kind === 'boundary') {
    if (catcher.event.interrupting) run.terminate(catcher.host)
    return run.send(catcher.event.id, catcher.host.scope, { payload })
  }
  if (catcher.start.interrupting) interrupt(run, catcher.scope)
  run.send(catcher.handler.id, catcher.scope, { payload })
}
