import { Stuck } from '../errors.ts'
import type { Run } from '../run.ts'
import type { Token, Variables } from '../state.ts'
import { findCatcher } from './catching.ts'

/**
 * Throws an error: the nearest boundary event or event sub-process that catches it takes over, and
 * what it interrupts is terminated first. Nobody catches it: an incident. BPMN 2.0.2, 10.5.1 and 13.5.
 */
export function throwError(run: Run, token: Token, code: string, variables: Variables): void {
  run.emit({ type: 'errorThrown', token: token.id, element: token.at, code })
  const catcher = findCatcher(run, token, 'error', code)
  const payload = { ...variables, errorCode: code }
  if (catcher === null || catcher.kind === 'part') {
    const message = `no event catches error <${code}> thrown at <${token.at}>`
    // what an end event has thrown beside the error is not thrown again
    const resume = run.nodeOf(token).type === 'endEvent' ? 'leave' : 'activate'
    return run.stuck(token, new Stuck('uncaught-error', message), resume)
  }
  if (catcher.kind === 'boundary') {
    run.terminate(catcher.host)
    return run.send(catcher.event.id, catcher.host.scope, { payload })
  }
  interrupt(run, catcher.scope)
  run.send(catcher.handler.id, catcher.scope, { payload })
}

/**
 * Ends all that runs inside a scope but one token, and closes what its event sub-processes wait for; nobody
 * starts anything in it any more.
 */
export function interrupt(run: Run, scope: Token['scope'], but: Token['scope'] = null): void {
  run.terminateInside(scope, but)
  const around = scope === null ? null : run.token(scope)
  if (around !== null && run.nodeOf(around).type === 'adHocSubProcess') {
    run.wait(around, { for: 'children' })
  }
  const inside = run.graphIn(scope).nodes
  run.unsubscribe(scope, ({ element }) => inside[element]?.type === 'startEvent')
}
