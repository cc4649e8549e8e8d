import type { Actor, Office } from '../engine/context.ts'
import { CommandRefused } from '../engine/errors.ts'
import {
  isObjection,
  objectionTo,
  standingFor,
  standingOf,
  supervisionOf,
  type TaskPlace
} from '../engine/people.ts'
import type { Colleague, TaskCommand } from '../engine/task-events.ts'
import type { People, Person } from '../runtime/people.ts'
import type { TaskQuery } from '../runtime/store.ts'
import type { TaskRights } from './schemas.ts'
import type { Handling } from './services.ts'

/** What somebody may do with a task, as the step would decide it. */
export function rightsIn(
  place: TaskPlace,
  office: Office,
  actor: Actor,
  unit: readonly Person[]
): TaskRights {
  const { graph, wait } = place
  const { assignee, owner } = wait
  const answer = standingOf(place, actor)
  const objection = isObjection(answer) ? answer : null
  const supervise = supervisionOf({ office }, wait.unit, graph, actor) !== null
  const speaksFor = (...persons: readonly (string | undefined)[]) =>
    standingFor(place, actor, persons) !== null
  const delegate = assignee !== undefined && owner === undefined && speaksFor(assignee.id)
  return {
    complete: objection === null,
    claim: objection === null && assignee?.id !== actor.id && owner === undefined,
    unclaim: assignee !== undefined && (supervise || speaksFor((owner ?? assignee).id)),
    delegate,
    giveBack: owner !== undefined && speaksFor(assignee?.id, owner.id),
    supervise,
    objection: objection === null ? null : { code: objection.code, message: objection.message },
    onBehalfOf: isObjection(answer) ? null : answer.onBehalfOf,
    colleagues: supervise || delegate ? colleaguesFor(place, unit, delegate) : []
  }
}

/** Whom a task may be given to: not whoever has it already. */
function colleaguesFor(place: TaskPlace, unit: readonly Person[], delegate: boolean) {
  const { assignee, owner, ...free } = place.wait
  const also = delegate && assignee !== undefined ? [assignee.id] : []
  return unit
    .filter(({ id }) => id !== assignee?.id || owner !== undefined)
    .filter(person => objectionTo({ ...place, wait: free }, person, also) === null)
    .map(({ id, name }) => ({ id, name }))
}

/**
 * Whose tasks are listed: one's own and those of whom one acts for, of one role or of all; or, for
 * supervisors, those of the whole unit.
 *
 * @throws CommandRefused `not-allowed`
 */
export function whoseTasks(
  actor: Actor,
  role: string | undefined,
  ofUnit: boolean,
  supervisors: readonly string[]
): Pick<TaskQuery, 'roles' | 'person' | 'deputyFor'> {
  const { id, roles, deputyFor = [] } = actor
  const standsFor = (name: string) => deputyFor.filter(each => each.roles.includes(name))
  if (ofUnit) {
    const supervises = [...roles, ...deputyFor.flatMap(each => each.roles)].some(name =>
      supervisors.includes(name)
    )
    if (!supervises) {
      throw new CommandRefused('not-allowed', `expected a supervisor, found <${id}>`)
    }
    return { roles: role === undefined ? null : [role] }
  }
  if (role === undefined) return { roles, person: id, deputyFor }
  const others = standsFor(role).map(each => ({ ...each, roles: [role], whole: false }))
  if (!roles.includes(role) && others.length === 0) {
    throw new CommandRefused(
      'not-allowed',
      `expected someone with the role <${role}>, found <${id}>`
    )
  }
  return { roles: roles.includes(role) ? [role] : [], person: null, deputyFor: others }
}

/** The command that a request about a task stands for. */
export async function commandOf(handling: Handling, people: People): Promise<TaskCommand> {
  const { token } = handling
  switch (handling.action) {
    case 'claim':
      return { type: 'claimTask', token }
    case 'unclaim':
      return { type: 'unclaimTask', token, reason: handling.reason }
    case 'return':
      return { type: 'returnTask', token, reason: handling.reason }
    case 'prioritize':
      return {
        type: 'prioritizeTask',
        token,
        priority: handling.priority,
        reason: handling.reason
      }
    case 'assign':
    case 'delegate': {
      const type = handling.action === 'assign' ? 'assignTask' : 'delegateTask'
      const to = await colleague(handling.to, people)
      return { type, token, to, reason: handling.reason }
    }
    default:
      return handling satisfies never
  }
}

async function colleague(id: string, people: People): Promise<Colleague> {
  const found = await people.byId(id)
  if (found !== null) {
    return { id: found.id, name: found.name, unit: found.unit, roles: found.roles }
  }
  throw new CommandRefused('invalid-variables', `nobody is called <${id}>`, [
    { path: '/to', message: `expected the sign-in name of a colleague, found <${id}>` }
  ])
}
