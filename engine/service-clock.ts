import { applyTo, draftOf } from './apply.ts'
import type { Calendar } from './context.ts'
import {
  ANCHORS,
  type Anchor,
  type FlowNode,
  PAUSE_REASONS,
  type PauseReason,
  type ProcessGraph
} from './graph.ts'
import type { Event } from './messages.ts'
import type { Instant, ProcessInstance, Token, TokenId, Value } from './state.ts'
import { addDuration, addWorkingDays, CalendarMissing, shifted } from './time.ts'
import { addPartsOfDays, HoursMissing, workingDays, workingTime } from './working-time.ts'

/** How long a service may take, as its parameter says it. */
export interface ServiceTime {
  readonly days: number
  /** Calendar days otherwise. */
  readonly workingDays: boolean
  readonly from: Anchor
  /** The reasons for which time does not count; not given: every one that the diagram marks. */
  readonly pauses?: readonly PauseReason[]
}

/** The events of one commit and their moment. */
export interface Moment {
  readonly at: Instant
  readonly events: readonly Event[]
}

/** A time during which the clock ran, or stood still for a reason. */
export interface Stretch {
  readonly from: Instant
  /** Null: it goes on. */
  readonly to: Instant | null
  /** Null: it ran. */
  readonly reason: PauseReason | null
  /** In the unit of the service, until now where it goes on. */
  readonly days: number
  /** Milliseconds inside the working hours; null: no hours are stated for some of its days. */
  readonly worked: number | null
}

export interface ServiceClock {
  readonly service: ServiceTime
  readonly state: 'waiting' | 'running' | 'paused' | 'stopped'
  readonly startedAt: Instant | null
  readonly stoppedAt: Instant | null
  readonly stretches: readonly Stretch[]
  /** What counts, in the unit of the service; a working day is one, by its hours. */
  readonly days: number
  /** The same in milliseconds inside the working hours; null: not known. */
  readonly worked: number | null
  /** When the service time is over; while the clock stands still, as if it ran on now. Null: it has not begun. */
  readonly deadline: Instant | null
  /** Whether it ended, or is now, behind the deadline. */
  readonly late: boolean
}

/** What reckoning a clock needs besides the history. */
export interface ClockContext {
  readonly find: (process: string, version: number) => ProcessGraph | null
  readonly calendar: Calendar
  readonly zone: string
  readonly now: Instant
  /** The service time of a case that has not decided it itself; null: none is stated. */
  readonly otherwise: ServiceTime | null
}

/**
 * The service clock of a case: a pure function of its history, its diagrams and the calendar. Null when its
 * process names no service time, or none holds.
 *
 * @throws CalendarMissing
 */
export function serviceClock(
  history: readonly Moment[],
  parameter: string | null,
  context: ClockContext
): ServiceClock | null {
  if (parameter === null) return null
  const told = phasesOf(history, parameter, context.find)
  const service = told.service ?? context.otherwise
  const first = history[0]
  if (service === null || first === undefined) return null
  const startedAt =
    told.anchors.get(service.from) ?? (service.from === 'received' ? first.at : null)
  if (startedAt === null) return nothingYet(service)

  const phases = phasesFrom(startedAt, told.phases, service)
  const last = phases.at(-1) as Phase
  const stoppedAt = last.state === 'stopped' ? last.from : null
  const stretches = phases.flatMap((phase, n): Stretch[] => {
    if (phase.state === 'stopped') return []
    const to = phases[n + 1]?.from ?? null
    return [
      { from: phase.from, to, reason: phase.reason, ...lengthOf(service, phase.from, to, context) }
    ]
  })
  const counted = stretches.filter(({ reason }) => reason === null)
  const deadline = deadlineOf(service, startedAt, phases, context)
  return {
    service,
    state: last.state,
    startedAt,
    stoppedAt,
    stretches,
    days: counted.reduce((sum, { days }) => sum + days, 0),
    worked: counted.reduce<number | null>(
      (sum, { worked }) => (sum === null || worked === null ? null : sum + worked),
      0
    ),
    deadline,
    late: Date.parse(stoppedAt ?? context.now) > Date.parse(deadline)
  }
}

/** A service time out of the value of a parameter; null when it is none. */
export function serviceTimeOf(value: Value): ServiceTime | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
  const { days, workingDays, from, pauses } = value as { readonly [name: string]: Value }
  const anchor = ANCHORS.find(each => each === from)
  if (typeof days !== 'number' || typeof workingDays !== 'boolean' || !anchor) return null
  if (!Array.isArray(pauses)) return { days, workingDays, from: anchor }
  return {
    days,
    workingDays,
    from: anchor,
    pauses: PAUSE_REASONS.filter(one => pauses.includes(one))
  }
}

// what the history says ///////////////////////////////////////////////////////

/** How a case stands from a moment on. */
interface Standing {
  readonly from: Instant
  /** The reasons of the elements on which tokens rest, and of the operator who suspended it. */
  readonly reasons: readonly PauseReason[]
  readonly outage: PauseReason | null
  readonly over: boolean
}
interface Told {
  readonly service: ServiceTime | null
  /** When each of them happened first. */
  readonly anchors: ReadonlyMap<Anchor, Instant>
  readonly phases: readonly Standing[]
}

function phasesOf(history: readonly Moment[], parameter: string, find: ClockContext['find']): Told {
  const state = draftOf(null)
  const anchors = new Map<Anchor, Instant>()
  const phases: Standing[] = []
  let service: ServiceTime | null = null
  let stopped = false
  for (const { at, events } of history) {
    for (const event of events) {
      if (event.type === 'elementCompleted') {
        const mark = nodeOf(state, event.token, find)?.clock
        if (mark?.starts && !anchors.has(mark.starts)) anchors.set(mark.starts, at)
        if (mark?.stops) stopped = true
      } else if (event.type === 'ruleDecided' && event.decision.rule === parameter) {
        service = serviceTimeOf(event.decision.outcome)
      } else if (event.type === 'operatorIntervened' && event.what === 'restart') stopped = false
      applyTo(state, event)
    }
    const resting = Object.keys(state.tokens).flatMap(
      token => nodeOf(state, token, find)?.clock?.pauses ?? []
    )
    phases.push({
      from: at,
      reasons: resting,
      outage: state.suspended?.pauses ?? null,
      over: stopped || state.status !== 'running'
    })
  }
  return { service, anchors, phases }
}

function nodeOf(
  state: Pick<ProcessInstance, 'process' | 'processVersion' | 'tokens'>,
  id: TokenId,
  find: ClockContext['find']
): FlowNode | null {
  const token = state.tokens[id]
  if (token === undefined) return null
  let around: Token | undefined
  for (let scope = token.scope; scope !== null; scope = around?.scope ?? null) {
    around = state.tokens[scope]
    if (around === undefined) return null
    if (around.called !== null) break
  }
  const { process, version } = around?.called ?? {
    process: state.process,
    version: state.processVersion
  }
  return find(process, version)?.nodes[token.at] ?? null
}

// stretches and the deadline //////////////////////////////////////////////////

interface Phase {
  readonly from: Instant
  readonly state: 'running' | 'paused' | 'stopped'
  readonly reason: PauseReason | null
}

/** What counts from the start on, with what is alike put together. */
function phasesFrom(
  start: Instant,
  all: readonly Standing[],
  { pauses }: ServiceTime
): readonly Phase[] {
  const phases: Phase[] = []
  for (const { from, reasons, outage, over } of all) {
    const reason =
      outage ??
      PAUSE_REASONS.find(one => reasons.includes(one) && (pauses?.includes(one) ?? true)) ??
      null
    const state = over ? 'stopped' : reason === null ? 'running' : 'paused'
    const phase: Phase = { from: from < start ? start : from, state, reason: over ? null : reason }
    // what stood at the start, or twice at one moment, gives way to what came last
    if (phases.at(-1)?.from === phase.from) phases.pop()
    const before = phases.at(-1)
    if (before?.state !== phase.state || before.reason !== phase.reason) phases.push(phase)
  }
  return phases
}

function deadlineOf(
  { days, workingDays: working }: ServiceTime,
  start: Instant,
  phases: readonly Phase[],
  { calendar, zone, now }: ClockContext
): Instant {
  let deadline = working
    ? addWorkingDays(start, days, calendar, zone)
    : addDuration(start, `P${days}D`, zone)
  for (const [n, { from, state }] of phases.entries()) {
    const to = phases[n + 1]?.from ?? (state === 'stopped' ? from : now)
    if (state === 'running' || from >= deadline || to <= from) continue
    deadline = working
      ? addPartsOfDays(deadline, workingDays(from, to, calendar, zone), calendar, zone)
      : shifted(deadline, from, to)
  }
  return deadline
}

function lengthOf(
  { workingDays: working }: ServiceTime,
  from: Instant,
  end: Instant | null,
  { calendar, zone, now }: ClockContext
): Pick<Stretch, 'days' | 'worked'> {
  const to = end ?? (now < from ? from : now)
  const days = working
    ? workingDays(from, to, calendar, zone)
    : (Date.parse(to) - Date.parse(from)) / DAY
  try {
    return { days, worked: workingTime(from, to, calendar, zone) }
  } catch (error) {
    // days can be counted without hours, and calendar days without a calendar
    const uncalendared = !working && error instanceof CalendarMissing
    if (error instanceof HoursMissing || uncalendared) return { days, worked: null }
    throw error
  }
}
const DAY = 86_400_000

function nothingYet(service: ServiceTime): ServiceClock {
  return {
    service,
    state: 'waiting',
    startedAt: null,
    stoppedAt: null,
    stretches: [],
    days: 0,
    worked: 0,
    deadline: null,
    late: false
  }
}
