import type { Office } from '../engine/context.ts'
import { lastCron, looksLikeCron, parseCron } from '../engine/cron.ts'
import { Stuck } from '../engine/errors.ts'
import { compileExpression } from '../engine/expression.ts'
import type { ElementId, ProcessGraph, TimerDefinition } from '../engine/graph.ts'
import { beginningsOf } from '../engine/instantiating.ts'
import type { Instant, OfficeId } from '../engine/state.ts'
import {
  addDuration,
  addWorkingDuration,
  localDate,
  parseCycle,
  parseDateTime,
  parseDuration
} from '../engine/time.ts'
import { type Door, type Parts, SYSTEM } from './door.ts'
import { idFrom, isTaken } from './publishing.ts'

/** Starts the processes whose timer is due, in every office that offers them, once for each due time. */
export async function startDue(parts: Parts, door: Door): Promise<void> {
  const { library, rulebook, store } = parts
  for (const graph of library.processes) {
    for (const timer of timerStarts(graph)) {
      for (const office of officesOf(rulebook, graph)) {
        const due = findDue(parts, graph, timer, office)
        if (due === null) continue
        const { element } = timer
        const instance = idFrom('timer', graph.id, element, office, due)
        if ((await store.load(instance)) !== null) continue
        await isTaken(
          door.start({ process: graph.id, office, element, variables: {}, by: SYSTEM, instance })
        )
      }
    }
  }
}

/** The offices that offer a process. */
export function officesOf(
  rulebook: Parts['rulebook'],
  { id, variantOf }: ProcessGraph
): readonly OfficeId[] {
  return rulebook
    .offices()
    .filter(({ level }) => level === 'office')
    .map(office => office.id)
    .filter(office => rulebook.bound(office, variantOf ?? id) === id)
}

function findDue(
  { rulebook, library, clock, log }: Parts,
  { id: process, version }: ProcessGraph,
  { element, on }: TimerStart,
  office: OfficeId
): Instant | null {
  const now = clock.now()
  const deployedAt = library.source(process, version)?.deployedAt ?? now
  try {
    return lastDue(on, rulebook.office(office, now), deployedAt, now)
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    log.error('timer of a start event cannot be read', error, { process, element, office })
    return null
  }
}

interface TimerStart {
  readonly element: ElementId
  readonly on: TimerDefinition
}

function timerStarts(graph: ProcessGraph): readonly TimerStart[] {
  return beginningsOf(graph).flatMap(({ element, on }) =>
    on.kind === 'timer' ? [{ element, on }] : []
  )
}

/**
 * The latest moment up to now at which a timer should have started a process, or null. Moments that
 * passed unnoticed, while nothing ran or the clock was set, are not made up for.
 *
 * @throws Stuck when the timer cannot be read
 */
export function lastDue(
  on: TimerDefinition,
  office: Office,
  deployedAt: Instant,
  now: Instant
): Instant | null {
  const text = textOf(on, office, now)
  const { timeZone, calendar } = office
  const later = (from: Instant, duration: string) =>
    on.workingDays
      ? addWorkingDuration(from, duration, calendar, timeZone)
      : addDuration(from, duration, timeZone)
  const passed = (due: Instant) => (due <= now ? due : null)

  if (on.timer === 'date') return passed(parseDateTime(text, timeZone))
  if (on.timer === 'duration') return passed(later(deployedAt, text))

  if (looksLikeCron(text)) {
    const working = on.workingDays ? calendar : null
    return lastCron(parseCron(text), deployedAt, now, { zone: timeZone, working })
  }
  const { start, duration, repeats } = parseCycle(text)
  const first = start === null ? later(deployedAt, duration) : parseDateTime(start, timeZone)
  if (first > now) return null
  const nth = (times: number) => (times === 0 ? first : later(first, multiple(duration, times)))
  const length = Date.parse(nth(1)) - Date.parse(first)
  // Months and working days differ in length: near enough, then step by step.
  let times = Math.floor((Date.parse(now) - Date.parse(first)) / length)
  while (times > 0 && nth(times) > now) times -= 1
  while (nth(times + 1) <= now) times += 1
  return nth(repeats === null ? times : Math.min(times, repeats - 1))
}

function textOf({ expression, feel }: TimerDefinition, office: Office, now: Instant): string {
  if (!feel) return expression
  const given: Record<string, unknown> = {
    office: office.facts,
    today: localDate(now, office.timeZone),
    now
  }
  return String(compileExpression(expression).evaluate(name => given[name]))
}

/** A duration so many times: `P1DT2H` three times is `P3DT6H`. */
function multiple(duration: string, times: number): string {
  const { years, months, weeks, days, hours, minutes, seconds, milliseconds } =
    parseDuration(duration)
  const [y, mo, w, d] = [years, months, weeks, days].map(part => part * times)
  const [h, mi] = [hours, minutes].map(part => part * times)
  const inMilliseconds = (seconds * 1000 + milliseconds) * times
  const [s, ms] = [Math.floor(inMilliseconds / 1000), inMilliseconds % 1000]
  return `P${y}Y${mo}M${w}W${d}DT${h}H${mi}M${s}.${String(ms).padStart(3, '0')}S`
}
