import { type Clockwork, looksLikeCron, nextCron, parseCron } from '../cron.ts'
import { Stuck } from '../errors.ts'
import type { ElementId, TimerDefinition } from '../graph.ts'
import type { Run } from '../run.ts'
import type { Instant, TokenId, Trigger } from '../state.ts'
import { addDuration, addWorkingDuration, parseCycle, parseDateTime } from '../time.ts'
import type { EventDefinitionBehavior } from './index.ts'

type TimerTrigger = Extract<Trigger, { readonly kind: 'timer' }>

/** A date, a duration, a cycle or a cron, in the office's time zone and calendar. BPMN 2.0.2, 10.5.5. */
export const timer: EventDefinitionBehavior<TimerDefinition> = {
  subscribe(run, definition, { token, element, scope, part }) {
    const text = textOf(run, definition, element, scope)
    try {
      run.subscribe(token, element, firstOf(run, definition, text), part)
    } catch (error) {
      if (!(error instanceof Stuck)) throw error
      throw new Stuck(error.code, `timer of <${element}>: ${error.message}`)
    }
  }
}

function firstOf(run: Run, { timer, workingDays }: TimerDefinition, text: string): TimerTrigger {
  const { now, office } = run.context
  if (timer === 'date') {
    return {
      kind: 'timer',
      dueAt: parseDateTime(text, office.timeZone),
      repeats: null,
      cycle: null
    }
  }
  if (timer === 'duration') {
    return { kind: 'timer', dueAt: later(run, now, text, workingDays), repeats: null, cycle: null }
  }
  if (looksLikeCron(text)) {
    const dueAt = nextCron(parseCron(text), now, clockwork(run, workingDays))
    return { kind: 'timer', dueAt, repeats: null, cycle: text }
  }
  const { repeats, start, duration } = parseCycle(text)
  const dueAt =
    start === null ? later(run, now, duration, workingDays) : parseDateTime(start, office.timeZone)
  return { kind: 'timer', dueAt, repeats, cycle: duration }
}

/**
 * The next time of a cycle, counted from the last due time so that it never drifts, or of a cron, whose missed
 * times are not made up for; null when over.
 */
export function nextOf(run: Run, last: TimerTrigger, workingDays: boolean): TimerTrigger | null {
  if (last.cycle === null) return null
  if (last.repeats !== null && last.repeats <= 1) return null
  if (looksLikeCron(last.cycle)) {
    const early = run.context.now < last.dueAt
    const from = early ? last.dueAt : run.context.now
    const dueAt = nextCron(parseCron(last.cycle), from, clockwork(run, workingDays))
    return { ...last, dueAt }
  }
  const dueAt = later(run, last.dueAt, last.cycle, workingDays)
  return { ...last, dueAt, repeats: last.repeats === null ? null : last.repeats - 1 }
}

/** A moment plus a duration, whose days are working days of the office where the diagram says so. */
export function later(run: Run, from: Instant, duration: string, workingDays: boolean): Instant {
  const { timeZone, calendar } = run.context.office
  return workingDays
    ? addWorkingDuration(from, duration, calendar, timeZone)
    : addDuration(from, duration, timeZone)
}

function clockwork(run: Run, workingDays: boolean): Clockwork {
  const { timeZone, calendar } = run.context.office
  return { zone: timeZone, working: workingDays ? calendar : null }
}

function textOf(
  run: Run,
  { expression, feel }: TimerDefinition,
  element: ElementId,
  scope: TokenId | null
): string {
  if (!feel) return expression
  const value = run.evaluate(expression, run.lookup(scope), `timer of <${element}>`)
  if (typeof value === 'string') return value
  throw new Stuck(
    'expression',
    `timer of <${element}>: ${expression}: expected a date, a duration or a cycle, found ${JSON.stringify(value)}`
  )
}
