import { taken } from './correlation.ts'
import { Stuck } from './errors.ts'
import { interrupt } from './event-definitions/error.ts'
import { type Catching, subscribeTo } from './event-definitions/index.ts'
import { arrive, partOf } from './event-definitions/multiple.ts'
import { nextOf } from './event-definitions/timer.ts'
import type { BoundaryEvent, EventDefinition, FlowNode, StartEvent } from './graph.ts'
import { continueConversation } from './instantiating.ts'
import type { Run } from './run.ts'
import type { Subscription, Token, TokenId, Variables } from './state.ts'

/** Lets an event happen that somebody waits for. */
export function trigger(run: Run, subscription: Subscription, payload: Variables): void {
  taken(run, subscription, payload)
  const host = subscription.token === null ? null : run.token(subscription.token)
  const place = host === null ? null : run.nodeOf(host)

  if (host !== null && place?.type === 'eventBasedGateway') {
    return takeBranch(run, place, host, subscription, payload)
  }
  if (host !== null && place !== null && host.at === subscription.element) {
    const all = 'on' in place ? arrive(run, place.on, subscription, payload) : payload
    if (all === null) return
    run.unsubscribe(host.id, ({ element }) => element === subscription.element)
    return run.finish(host, all)
  }
  if (host !== null && place?.boundary.includes(subscription.element)) {
    const boundary = run.node(subscription.element, host.scope) as BoundaryEvent
    const all = arrive(run, boundary.on, subscription, payload)
    if (all === null) return
    const stuck = renew(run, subscription, boundary, host.scope)
    if (boundary.interrupting) run.terminate(host)
    return run.send(boundary.id, host.scope, { payload: all, stuck })
  }
  if (host === null && run.node(subscription.element, null).parent === null) {
    return continueConversation(run, subscription, payload)
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
  const all = arrive(run, start.on, subscription, payload)
  if (all === null) return
  const stuck = renew(run, subscription, start, scope)
  if (start.interrupting) interrupt(run, scope)
  run.send(start.parent as string, scope, { payload: all, stuck })
}

/**
 * A subscription that does not interrupt stays open, a timer's only while its cycle goes on. Gives what
 * kept the next time of a cycle from being reckoned: the token that now appears shows it.
 */
function renew(
  run: Run,
  subscription: Subscription,
  { interrupting, on: definition }: BoundaryEvent | StartEvent,
  scope: TokenId | null
): Stuck | null {
  const { id, token, element, on, part } = subscription
  const all = definition.kind === 'multiple' && definition.parallel
  if (!interrupting && on.kind !== 'timer' && !all) return null
  run.emit({ type: 'subscriptionClosed', subscription: id })
  if (interrupting) return null
  try {
    if (all) {
      // a date does not come again, so neither does what waits for it
      const again = definition.of.every(each => each.kind !== 'timer' || each.timer !== 'date')
      if (again) subscribeAgain(run, definition, { element, token, scope, part: null })
      return null
    }
    const timer = partOf(definition, subscription)
    if (on.kind !== 'timer' || timer.kind !== 'timer') return null
    const next = nextOf(run, on, timer.workingDays)
    if (next !== null) run.subscribe(token, element, next, part ?? null)
    return null
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    return new Stuck(error.code, `${error.message}; <${element}> comes for the last time`)
  }
}

/** Waits for all parts anew; a condition that still holds must first no longer do so. */
function subscribeAgain(run: Run, definition: EventDefinition, place: Catching): void {
  subscribeTo(run, definition, place)
  for (const { id, token, element, on } of Object.values(run.state.subscriptions)) {
    if (token !== place.token || element !== place.element || on.kind !== 'conditional') continue
    run.emit({ type: 'conditionChanged', subscription: id, met: true })
  }
}
