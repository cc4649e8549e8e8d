import { looksLikeCron } from '../cron.ts'
import { Stuck } from '../errors.ts'
import type { ElementId, TimerDefinition } from '../graph.ts'
import { later, nextTime, type Reckoned } from '../reckoning.ts'
import type { Run } from '../run.ts'
import type { TokenId, Trigger } from '../state.ts'
import { parseCycle, parseDateTime } from '../time.ts'
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
    return timerOf(later(office, now, text, workingDays), null, null)
  }
  if (looksLikeCron(text)) return timerOf(nextTime(office, now, text, workingDays), null, text)
  const { repeats, start, duration } = parseCycle(text)
  const first =
    start === null
      ? later(office, now, duration, workingDays)
      : { at: parseDateTime(start, office.timeZone), by: null }
  return timerOf(first, repeats, duration)
}

function timerOf({ at, by }: Reckoned, repeats: number | null, cycle: string | null): TimerTrigger {
  return { kind: 'timer', dueAt: at, repeats, cycle, ...(by === null ? {} : { by }) }
}

/**
 * The next time of a cycle, counted from the last due time so that it never drifts, or of a cron, whose missed
 * times are not made up for; null when over.
 */
export function nextOf(run: Run, last: TimerTrigger, workingDays: boolean): TimerTrigger | null {
  const { now, office } = run.context
  if (last.cycle === null) return null
  if (last.repeats !== null && last.repeats <= 1) return null
  if (looksLikeCron(last.cycle)) {
    const early = now < last.dueAt
    const from = early ? last.dueAt : now
    return timerOf(nextTime(office, from, last.cycle, workingDays), null, last.cycle)
  }
  const next = later(office, last.dueAt, last.cycle, workingDays)
  return timerOf(next, last.repeats === null ? null : last.repeats - 1, last.cycle)
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
