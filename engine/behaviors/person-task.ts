import { Stuck } from '../errors.ts'
import { later } from '../event-definitions/timer.ts'
import type { ManualTask, UserTask } from '../graph.ts'
import type { Run } from '../run.ts'
import type { Instant, Token } from '../state.ts'
import { parseDateTime } from '../time.ts'
import type { Behavior } from './behavior.ts'

/**
 * Rests until a person of its role has done it. BPMN 2.0.2, 13.3.3: a user task has a form, a manual
 * task is work away from the system, which a person ticks off here.
 */
export const personTask: Behavior<UserTask | ManualTask> = {
  activate(run, node, token) {
    const { now, office } = run.context
    const unit = office.line.find(({ level }) => level === node.level)
    if (unit === undefined) {
      throw new Stuck(
        'no-unit',
        `office <${office.id}> has no ${node.level} above it for <${node.id}>`
      )
    }
    const dueAt = dueAtOf(run, node, token)
    run.wait(token, { for: 'user', role: node.role, unit: unit.id, since: now, dueAt })
  }
}

/**
 * When a task is due: a duration from now, a date, or a duration from a date, written as the
 * interval `2022-06-07T02:00:00Z/P2D`; in FEEL any of them.
 */
function dueAtOf(run: Run, { id, due }: UserTask | ManualTask, token: Token): Instant | null {
  if (due === null) return null
  const { now, office } = run.context
  const where = `due time of <${id}>`
  const text = due.feel ? run.evaluate(due.expression, run.lookup(token.id), where) : due.expression
  if (text === null) return null
  if (typeof text !== 'string') {
    throw new Stuck(
      'expression',
      `${where}: expected a date or a duration, found ${JSON.stringify(text)}`
    )
  }
  if (/^[+-]?P/.test(text)) return later(run, now, text, due.workingDays)
  const [from, duration] = text.split('/') as [string, string?]
  const start = parseDateTime(from, office.timeZone)
  return duration === undefined ? start : later(run, start, duration, due.workingDays)
}
