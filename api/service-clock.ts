import { Stuck } from '../engine/errors.ts'
import type { Text } from '../engine/messages.ts'
import {
  type ClockContext,
  type ServiceClock,
  type ServiceTime,
  serviceClock,
  serviceTimeOf
} from '../engine/service-clock.ts'
import type { Instant, ProcessInstance } from '../engine/state.ts'
import { localDate } from '../engine/time.ts'
import { type Rulebook, RuleFailed } from '../runtime/rulebook.ts'
import type { CommitRecord } from '../runtime/store.ts'
import type { ServiceClockView } from './schemas.ts'

/** What the clock of a case is reckoned from. */
interface Given {
  readonly state: ProcessInstance
  readonly history: readonly CommitRecord[]
  readonly rulebook: Rulebook
  readonly find: ClockContext['find']
  readonly now: Instant
}

/** The service clock of a case as it is shown; null when its process names no service time, or none holds. */
export function clockView({ state, history, rulebook, find, now }: Given): ServiceClockView | null {
  const parameter = find(state.process, state.processVersion)?.service ?? null
  if (parameter === null) return null
  const { calendar, timeZone: zone } = rulebook.office(state.office, now)
  const label = rulebook.label(parameter)
  const otherwise = statedFor(parameter, state, history[0]?.at ?? now, zone, rulebook)
  try {
    const clock = serviceClock(history, parameter, { find, calendar, zone, now, otherwise })
    return clock === null ? null : viewOf(clock, label)
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    return { ...UNKNOWN, label, problem: error.message }
  }
}

/** What the office states for the day of the application, for a process that does not decide it itself. */
function statedFor(
  parameter: string,
  { office, release, variables }: ProcessInstance,
  startedAt: Instant,
  zone: string,
  rulebook: Rulebook
): ServiceTime | null {
  const { submitted } = variables
  const date = typeof submitted === 'string' ? submitted : localDate(startedAt, zone)
  try {
    return serviceTimeOf(rulebook.resolve(parameter, office, date, release).value)
  } catch (error) {
    if (error instanceof RuleFailed) return null
    throw error
  }
}

function viewOf(clock: ServiceClock, label: Text): ServiceClockView {
  const { service, state, startedAt, stoppedAt, deadline, late } = clock
  return {
    label,
    problem: null,
    state,
    allowedDays: service.days,
    workingDays: service.workingDays,
    from: service.from,
    startedAt,
    stoppedAt,
    deadline,
    late,
    days: rounded(clock.days),
    workedMinutes: minutesOf(clock.worked),
    stretches: clock.stretches.map(({ from, to, reason, days, worked }) => ({
      from,
      to,
      reason,
      days: rounded(days),
      workedMinutes: minutesOf(worked)
    }))
  }
}

const UNKNOWN: Omit<ServiceClockView, 'label' | 'problem'> = {
  state: 'waiting',
  allowedDays: 0,
  workingDays: false,
  from: 'received',
  startedAt: null,
  stoppedAt: null,
  deadline: null,
  late: false,
  days: 0,
  workedMinutes: null,
  stretches: []
}

/** To a hundredth of a day. */
function rounded(days: number): number {
  return Math.round(days * 100) / 100
}

function minutesOf(worked: number | null): number | null {
  return worked === null ? null : Math.floor(worked / 60_000)
}
