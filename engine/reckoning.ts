import type { Office } from './context.ts'
import { type Clockwork, looksLikeCron, nextCron, parseCron } from './cron.ts'
import { Stuck } from './errors.ts'
import type { Run } from './run.ts'
import type { Instant, Reckoning, Subscription, Token } from './state.ts'
import { addDuration, addWorkingDuration } from './time.ts'

/** A moment, and what gave it where that is a calendar. */
export interface Reckoned {
  readonly at: Instant
  /** Null: no calendar has a part in it. */
  readonly by: Reckoning | null
}

/** A moment plus a duration, whose days are working days of the office where the diagram says so. */
export function later(
  office: Office,
  from: Instant,
  duration: string,
  workingDays: boolean
): Reckoned {
  const { timeZone, calendar } = office
  if (!workingDays) return { at: addDuration(from, duration, timeZone), by: null }
  const at = addWorkingDuration(from, duration, calendar, timeZone)
  return { at, by: { calendar: calendar.version, from, duration } }
}

/** The first time of a cron after a moment; on working days of the office where the diagram says so. */
export function nextTime(
  office: Office,
  after: Instant,
  cron: string,
  workingDays: boolean
): Reckoned {
  const { timeZone, calendar } = office
  const clockwork: Clockwork = { zone: timeZone, working: workingDays ? calendar : null }
  const at = nextCron(parseCron(cron), after, clockwork)
  return {
    at,
    by: workingDays ? { calendar: calendar.version, from: after, duration: cron } : null
  }
}

/**
 * Reckons anew what rests on another calendar than the one of now: due and follow-up times of open tasks,
 * and timers that count working days. What the new calendar cannot say, for it lacks the year, stays.
 */
export function takeCalendar(run: Run): void {
  const { version } = run.context.office.calendar
  const tokens = Object.values(run.state.tokens)
  const timers = Object.values(run.state.subscriptions)
  const isOld = (by: Reckoning | undefined) => by !== undefined && by.calendar !== version
  if (
    !tokens.some(token => reckoningsOf(token).some(isOld)) &&
    !timers.some(each => isOld(byOf(each)))
  ) {
    return
  }
  for (const { id: token, at: element, wait } of tokens) {
    if (wait?.for !== 'user') continue
    const due = isOld(wait.dueBy) ? moved(run, wait.dueAt, wait.dueBy) : null
    const looked = isOld(wait.followUpBy) ? moved(run, wait.followUpAt, wait.followUpBy) : null
    const named = { type: 'dueDateMoved', token, element, calendar: version } as const
    if (due !== null) run.emit({ ...named, of: 'due', ...due })
    if (looked !== null) run.emit({ ...named, of: 'followUp', ...looked })
  }
  for (const open of timers) {
    const by = byOf(open)
    if (open.on.kind !== 'timer' || !isOld(by)) continue
    const to = moved(run, open.on.dueAt, by)
    if (to === null) continue
    const named = { token: open.token, element: open.element, calendar: version } as const
    run.emit({ type: 'dueDateMoved', ...named, of: 'timer', ...to })
    run.emit({ type: 'subscriptionClosed', subscription: open.id })
    run.reopen({ ...open, on: { ...open.on, dueAt: to.to } })
  }
  run.emit({ type: 'calendarTaken', calendar: version })
}

/** The versions of the calendars that the times of a state rest on. */
export function calendarsOf({
  tokens,
  subscriptions
}: {
  readonly tokens: Readonly<Record<string, Token>>
  readonly subscriptions: Readonly<Record<string, Subscription>>
}): readonly string[] {
  const found = new Set<string>()
  for (const id in tokens) {
    for (const by of reckoningsOf(tokens[id] as Token)) if (by !== undefined) found.add(by.calendar)
  }
  for (const id in subscriptions) {
    const by = byOf(subscriptions[id] as Subscription)
    if (by !== undefined) found.add(by.calendar)
  }
  return [...found].sort()
}

function moved(
  run: Run,
  from: Instant | null | undefined,
  by: Reckoning | undefined
): { readonly from: Instant; readonly to: Instant } | null {
  if (from == null || by === undefined) return null
  try {
    const to = again(run, by)
    return to === from ? null : { from, to }
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    return null
  }
}

/** Times of a cron that were missed are not made up for. */
function again(run: Run, { from, duration }: Reckoning): Instant {
  const { now, office } = run.context
  return looksLikeCron(duration)
    ? nextTime(office, from > now ? from : now, duration, true).at
    : later(office, from, duration, true).at
}

function reckoningsOf({ wait }: Token): readonly (Reckoning | undefined)[] {
  return wait?.for === 'user' ? [wait.dueBy, wait.followUpBy] : NONE
}
const NONE: readonly undefined[] = []

function byOf({ on }: Subscription): Reckoning | undefined {
  return on.kind === 'timer' ? on.by : undefined
}
