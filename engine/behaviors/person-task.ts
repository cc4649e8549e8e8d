import { Stuck } from '../errors.ts'
import { later } from '../event-definitions/timer.ts'
import type { Lane, ManualTask, TaskTime, UserTask } from '../graph.ts'
import type { Run } from '../run.ts'
import { APPLICANT } from '../starting.ts'
import type { Instant, Token } from '../state.ts'
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
    const holder = laneOfCall(run, node, token) ?? node
    const unit = office.line.find(({ level }) => level === holder.level)
    if (unit === undefined) {
      throw new Stuck(
        'no-unit',
        `office <${office.id}> has no ${holder.level} above it for <${node.id}>`
      )
    }
    const dueAt = momentOf(run, `due time of <${node.id}>`, node.due, token)
    const followUpAt = momentOf(run, `follow-up time of <${node.id}>`, node.followUp, token)
    const owners = ownersOf(run, node, token)
    const wait = {
      for: 'user',
      role: owners === null ? holder.role : null,
      unit: unit.id,
      since: now,
      dueAt,
      ...(owners === null ? {} : { owners }),
      ...(followUpAt === null ? {} : { followUpAt })
    } as const
    run.wait(token, prioritized(wait, priorityOf(run, node, token)))
  }
}

/** A global task that says nothing of who does it stands in the lane of its call. BPMN 2.0.2, 10.3.6. */
function laneOfCall(
  run: Run,
  { id, role, level, owners }: UserTask | ManualTask,
  { scope }: Token
): Lane | null {
  const call = scope === null ? null : run.token(scope)
  if (call === null || call.called?.process !== id) return null
  if (role !== null || level !== 'office' || owners.length > 0) return null
  const { nodes, lanes } = run.graphIn(call.scope)
  const lane = nodes[call.at]?.lane ?? null
  const around = lane === null ? null : (lanes[lane] ?? null)
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
): Instant | null {
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
  if (/^[+-]?P/.test(text)) return later(run, now, text, time.workingDays)
  const [from, duration] = text.split('/') as [string, string?]
  const start = parseDateTime(from, office.timeZone)
  return duration === undefined ? start : later(run, start, duration, time.workingDays)
}

/** Who may do the task by name, persons and roles alike; null when the diagram names nobody. BPMN 2.0.2, 10.3.4.1. */
function ownersOf(
  run: Run,
  { id, owners }: UserTask | ManualTask,
  token: Token
): readonly string[] | null {
  if (owners.length === 0) return null
  const where = `potential owners of <${id}>`
  const names = owners.flatMap(text => run.evaluate(text, run.lookup(token.id), where) ?? [])
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
