import { Stuck } from './errors.ts'
import { interrupt } from './event-definitions/error.ts'
import { nextOf } from './event-definitions/timer.ts'
import type { BoundaryEvent, EventDefinition, FlowNode, StartEvent } from './graph.ts'
import type { Run } from './run.ts'
import type { Subscription, Token, TokenId, Variables } from './state.ts'

/** Lets an event happen that somebody waits for. */
export function trigger(run: Run, subscription: Subscription, payload: Variables): void {
  const host = subscription.token === null ? null : run.token(subscription.token)
  const place = host === null ? null : run.nodeOf(host)

  if (host !== null && place?.type === 'eventBasedGateway') {
    return takeBranch(run, place, host, subscription, payload)
  }
  if (host !== null && host.at === subscription.element) {
    run.unsubscribe(host.id, ({ element }) => element === subscription.element)
    return run.finish(host, payload)
  }
  if (host !== null && place?.boundary.includes(subscription.element)) {
    const boundary = run.node(subscription.element, host.scope) as BoundaryEvent
    const stuck = renew(run, subscription, boundary.on, boundary.interrupting)
    if (boundary.interrupting) run.terminate(host)
    return run.send(boundary.id, host.scope, { payload, stuck })
  }
  startEventSubProcess(run, subscription, payload)
}

/** The first event behind an event-based gateway: the gateway and then the event complete. */
function takeBranch(
  run: Run,
  gateway: FlowNode,
  token: Token,
  { element }: Subscription,
  payload: Variables
): void {
  const { flows } = run.graphIn(token.scope)
  const via = gateway.outgoing.find(id => flows[id]?.target === element) ?? null
  run.leave(token, { type: 'elementCompleted', token: token.id, element: gateway.id, by: null })
  run.send(element, token.scope, { via, payload, happened: true })
}

function startEventSubProcess(run: Run, subscription: Subscription, payload: Variables): void {
  const scope: TokenId | null = subscription.token
  const start = run.node(subscription.element, scope) as StartEvent
  const stuck = renew(run, subscription, start.on, start.interrupting)
  if (start.interrupting) interrupt(run, scope)
  run.send(start.parent as string, scope, { payload, stuck })
}

/**
 * A subscription that does not interrupt stays open, a timer's only while its cycle goes on. Gives what
 * kept the next time of a cycle from being reckoned: the token that now appears shows it.
 */
function renew(
  run: Run,
  { id, token, element, on }: Subscription,
  definition: EventDefinition,
  interrupting: boolean
): Stuck | null {
  if (!interrupting && on.kind !== 'timer') return null
  run.emit({ type: 'subscriptionClosed', subscription: id })
  if (interrupting || on.kind !== 'timer' || definition.kind !== 'timer') return null
  try {
    const next = nextOf(run, on, definition.workingDays)
    if (next !== null) run.subscribe(token, element, next)
    return null
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    return new Stuck(error.code, `${error.message}; <${element}> comes for the last time`)
  }
}
