import { Stuck } from '../errors.ts'
import type { CallActivity, Lane, ManualTask, TaskTime, UserTask } from '../graph.ts'
import { later, type Reckoned } from '../reckoning.ts'
import type { Run } from '../run.ts'
import { APPLICANT } from '../starting.ts'
import type { Instant, Token, UserWait } from '../state.ts'
import { PRIORITY, prioritized } from '../task-events.ts'
import { parseDateTime } from '../time.ts'
import type { Behavior } from './behavior.ts'

/**
 * Rests until a person of its role has done it. BPMN 2.0.2, 13.3.3: a user task has a form, a manual
 * task is work away from the system, which a person ticks off here.
 */
export const personTask: Behavior<UserTask | ManualTask> = {
  activate(run, node, token) {
    const { now, office } = run.context
    const call = callOf(run, node, token)
    const holder = (call === null ? null : laneOfCall(run, node, call)) ?? node
    const unit = office.line.find(({ level }) => level === holder.level)
    if (unit === undefined) {
      throw new Stuck(
        'no-unit',
        `office <${office.id}> has no ${holder.level} above it for <${node.id}>`
      )
    }
    const due = momentOf(run, `due time of <${node.id}>`, node.due, token)
    const followUp = momentOf(run, `follow-up time of <${node.id}>`, node.followUp, token)
    const owners = ownersOf(run, node, token, call)
    const wait = {
      for: 'user',
      role: owners === null ? holder.role : null,
      unit: unit.id,
      since: now,
      ...dueTime(due),
      ...(owners === null ? {} : { owners }),
      ...(followUp === null ? {} : { followUpAt: followUp.at }),
      ...(followUp === null || followUp.by === null ? {} : { followUpBy: followUp.by })
    } as const
    run.wait(token, prioritized(wait, priorityOf(run, node, token)))
  }
}

/** The token on the call of a global task; null for every other task. */
function callOf(run: Run, { id }: UserTask | ManualTask, { scope }: Token): Token | null {
  const around = scope === null ? null : run.token(scope)
  return around?.called?.process === id ? around : null
}

/** A global task that says nothing of who does it stands in the lane of its call. BPMN 2.0.2, 10.3.6. */
function laneOfCall(
  run: Run,
  { role, level, owners }: UserTask | ManualTask,
  call: Token
): Lane | null {
  if (role !== null || level !== 'office' || owners.length > 0) return null
  const { lane } = run.nodeOf(call)
  const around = lane === null ? null : (run.graphIn(call.scope).lanes[lane] ?? null)
  return around?.role === APPLICANT ? null : around
}

/**
 * A moment that concerns a task: a duration from now, a date, or a duration from a date, written as the
 * interval `2022-06-07T02:00:00Z/P2D`; in FEEL any of them.
 */
export function momentOf(
  run: Run,
  where: string,
  time: TaskTime | null,
  token: Token,
  now: Instant = run.context.now
): Reckoned | null {
  if (time === null) return null
  const { office } = run.context
  const text = time.feel
    ? run.evaluate(time.expression, run.lookup(token.id), where)
    : time.expression
  if (text === null) return null
  if (typeof text !== 'string') {
    throw new Stuck(
      'expression',
      `${where}: expected a date or a duration, found ${JSON.stringify(text)}`
    )
  }
  if (/^[+-]?P/.test(text)) return later(office, now, text, time.workingDays)
  const [from, duration] = text.split('/') as [string, string?]
  const start = parseDateTime(from, office.timeZone)
  return duration === undefined
    ? { at: start, by: null }
    : later(office, start, duration, time.workingDays)
}

/** A due time as a wait has it. */
export function dueTime(due: Reckoned | null): Pick<UserWait, 'dueAt' | 'dueBy'> {
  if (due === null) return { dueAt: null }
  return { dueAt: due.at, ...(due.by === null ? {} : { dueBy: due.by }) }
}

/**
 * Who may do the task by name, persons and roles alike; null when the diagram names nobody. Whom a call
 * names does a global task instead of those that it names itself. BPMN 2.0.2, 10.3.4.1 and 10.3.6.
 */
function ownersOf(
  run: Run,
  { id, owners }: UserTask | ManualTask,
  token: Token,
  call: Token | null
): readonly string[] | null {
  const caller = call === null ? null : (run.nodeOf(call) as CallActivity)
  if (call !== null && caller !== null && caller.owners.length > 0) {
    const seen = run.lookup(call.scope, call.variables ?? {})
    return namesOf(run, caller.owners, seen, `potential owners of <${caller.id}>`)
  }
  if (owners.length === 0) return null
  return namesOf(run, owners, run.lookup(token.id), `potential owners of <${id}>`)
}

function namesOf(
  run: Run,
  owners: readonly string[],
  lookup: (name: string) => unknown,
  where: string
): readonly string[] {
  const names = owners.flatMap(text => run.evaluate(text, lookup, where) ?? [])
  if (names.length === 0) {
    throw new Stuck('expression', `${where}: ${owners.join(', ')}: expected a name, found none`)
  }
  const wrong = names.find(name => typeof name !== 'string' || name === '')
  if (wrong !== undefined) {
    throw new Stuck(
      'expression',
      `${where}: expected names of persons or roles, found ${JSON.stringify(wrong)}`
    )
  }
  return [...new Set(names as readonly string[])]
}

function priorityOf(run: Run, { id, priority }: UserTask | ManualTask, token: Token): number {
  if (priority === null) return PRIORITY
  const where = `priority of <${id}>`
  const value = run.evaluate(priority, run.lookup(token.id), where) ?? PRIORITY
  if (typeof value === 'number' && value >= 0 && value <= 100) return value
  throw new Stuck(
    'expression',
    `${where}: ${priority}: expected a number from 0 to 100, found ${JSON.stringify(value)}`
  )
}
