import type { Calendar } from '../../engine/context.ts'
import { Stuck } from '../../engine/errors.ts'
import { type ClockContext, type Moment, serviceClock } from '../../engine/service-clock.ts'
import type { Instant, Value } from '../../engine/state.ts'
import type { LoggedDecision, Recorded } from './decision-log.ts'
import { dueOf, serviceTimeOf } from './outcomes.ts'

/** When a service is due, and when it ended; null: it has not, or it is not known. */
export interface Due {
  readonly due: Instant | null
  readonly ended: Instant | null
}

/** What a due time is reckoned from. */
export interface DueContext {
  readonly history: readonly Moment[]
  /** The diagrams, whose marks start, stop and pause the clock; null: time runs from the payment on. */
  readonly find: ClockContext['find'] | null
  readonly calendar: Calendar
  readonly zone: string
}

/**
 * When a service is due that was given a time by a decision with some outcome: by the service clock of its
 * process, or where that has none, from the payment, or else from the decision on. Null: it is not known.
 */
export function serviceDue(
  { decision, at, status, changedAt }: LoggedDecision<Recorded>,
  outcome: Value,
  { history, find, calendar, zone }: DueContext
): Due | null {
  const [first] = history.flatMap(({ events }) => events)
  const graph =
    first?.type === 'instanceStarted' ? find?.(first.process, first.processVersion) : null
  try {
    if (find && graph?.service === decision.rule) {
      const otherwise = null
      const context = { find, calendar, zone, now: changedAt, otherwise }
      const clock = serviceClock(decidedAs(history, decision.rule, outcome), decision.rule, context)
      return clock && { due: clock.deadline, ended: clock.stoppedAt }
    }
    const service = serviceTimeOf(decision.rule, outcome)
    if (service === null) return null
    const open = status === 'running' || status === 'suspended'
    const due = dueOf(service, paidAt(history) ?? at, calendar, zone)
    return { due, ended: open ? null : changedAt }
  } catch (error) {
    if (error instanceof Stuck) return null
    throw error
  }
}

/** The history as if a rule had been decided with another outcome. */
function decidedAs(history: readonly Moment[], rule: string, outcome: Value): readonly Moment[] {
  return history.map(({ at, events }) => ({
    at,
    events: events.map(event =>
      event.type === 'ruleDecided' && event.decision.rule === rule
        ? { ...event, decision: { ...event.decision, outcome } }
        : event
    )
  }))
}

/** The moment of the payment, as the case was told of it last. */
function paidAt(history: readonly Moment[]): Instant | null {
  let found: Instant | null = null
  for (const { events } of history) {
    for (const event of events) {
      if (event.type !== 'variablesSet' && event.type !== 'instanceStarted') continue
      const payment = event.variables.payment as { readonly paidAt?: Value } | null | undefined
      const at = payment?.paidAt
      if (typeof at === 'string' && !Number.isNaN(Date.parse(at)))
        found = new Date(at).toISOString()
    }
  }
  return found
}
