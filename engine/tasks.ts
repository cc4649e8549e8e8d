import { CommandRefused } from './errors.ts'
import type { Command } from './messages.ts'
import { mustNotHaveIntervened } from './operate/duties.ts'
import {
  behind,
  isObjection,
  type Objection,
  objectionTo,
  type Standing,
  standingFor,
  standingOf,
  supervisionOf,
  type TaskPlace
} from './people.ts'
import type { Run } from './run.ts'
import type { Named, ProcessInstance, Token } from './state.ts'
import type { TaskCommand } from './task-events.ts'
import { type Waiting, waiting } from './waiting.ts'

type Of<Type extends TaskCommand['type']> = Extract<TaskCommand, { readonly type: Type }>
type Completion = Extract<Command, { readonly type: 'completeUserTask' }>

/** Carries out what a person wants of a task. @throws CommandRefused */
export function carryOutTask(
  run: Run,
  state: ProcessInstance,
  command: TaskCommand | Completion
): void {
  const token = waiting(state, command.token, 'user')
  const task = new Task(run, state, token)
  switch (command.type) {
    case 'completeUserTask':
      return complete(task, command)
    case 'claimTask':
      return claim(task)
    case 'unclaimTask':
      return unclaim(task, command)
    case 'assignTask':
      return assign(task, command)
    case 'delegateTask':
      return delegate(task, command)
    case 'returnTask':
      return giveBack(task, command)
    case 'prioritizeTask':
      return prioritize(task, command)
    default:
      command satisfies never
  }
}

/** A task that a command is about, and who gives the command. */
class Task {
  readonly run: Run
  readonly token: Token
  readonly place: TaskPlace
  /** Names the task in an event. */
  readonly named: { readonly token: string; readonly element: string }

  constructor(run: Run, state: ProcessInstance, token: Waiting<'user'>) {
    const { findProcess } = run.context
    const graph = run.graphIn(token.scope)
    this.run = run
    this.token = token
    this.place = { state, graph, node: run.nodeOf(token), wait: token.wait, findProcess }
    this.named = { token: token.id, element: token.at }
  }

  get actor() {
    return this.run.context.actor
  }
  get self(): Named {
    return { id: this.actor.id, name: this.actor.name }
  }

  /** As whom the actor does the task. @throws CommandRefused */
  standing(): Standing {
    const answer = standingOf(this.place, this.actor)
    if (isObjection(answer)) throw refusal(answer)
    return answer
  }

  /** As whom the actor hands out the work of the unit; null: not at all. */
  supervision(): Standing | null {
    const { graph, wait } = this.place
    return supervisionOf(this.run.context, wait.unit, graph, this.actor)
  }

  /** @throws CommandRefused when the actor does not hand out the work of the unit */
  mustSupervise(what: string): Standing {
    const standing = this.supervision()
    if (standing !== null) return standing
    const { unit } = this.place.wait
    const roles = this.run.context.office.supervisors ?? []
    throw refused(
      'not-allowed',
      `expected a supervisor of <${unit}> (${roles.join(', ') || 'none'}) to ${what} <${this.token.at}>`
    )
  }

  /** @throws CommandRefused when one of these intervened in the case as an operator */
  mustBeOthers(...persons: readonly { readonly id: string }[]): void {
    const hands = persons.map(({ id }) => id)
    mustNotHaveIntervened(this.run, this.place.graph, this.token.at, hands)
  }

  /** As whom the actor speaks for one of these: as that person or as a deputy; null: for none of them. */
  as(...persons: readonly (Named | undefined)[]): Standing | null {
    return standingFor(
      this.place,
      this.actor,
      persons.map(person => person?.id)
    )
  }
}

function complete(task: Task, { variables }: Completion): void {
  const of = behind(task.place, task.standing())
  task.mustBeOthers(task.actor, ...of)
  if (of.length > 0) task.run.emit({ type: 'actedOnBehalf', ...task.named, of })
  task.run.finish(task.token, variables, task.actor.id)
}

function claim(task: Task): void {
  const { assignee, owner } = task.place.wait
  const standing = task.standing()
  const { onBehalfOf } = standing
  task.mustBeOthers(task.actor, ...behind(task.place, standing))
  if (assignee?.id === task.actor.id) {
    throw refused('claimed', `task <${task.token.at}> is held by ${assignee.name} already`)
  }
  if (owner !== undefined) {
    throw refused(
      'claimed',
      `task <${task.token.at}> is held by ${assignee?.name} for ${owner.name}`
    )
  }
  task.run.emit({ type: 'taskClaimed', ...task.named, by: task.self, onBehalfOf })
}

function unclaim(task: Task, { reason }: Of<'unclaimTask'>): void {
  const { assignee, owner } = held(task)
  const own = task.as(owner ?? assignee)
  const standing = own ?? task.mustSupervise('take away')
  if (own === null) mustSayWhy(reason)
  task.run.emit({ type: 'taskUnclaimed', ...task.named, ...standing, reason })
}

function assign(task: Task, { to, reason }: Of<'assignTask'>): void {
  const standing = task.mustSupervise('hand out')
  mustSayWhy(reason)
  const { assignee, owner, ...free } = task.place.wait
  const objection = objectionTo({ ...task.place, wait: free }, to)
  if (objection !== null) throw refusal(objection)
  task.mustBeOthers(to)
  if (assignee?.id === to.id && owner === undefined) {
    throw refused('claimed', `task <${task.token.at}> is held by ${assignee.name} already`)
  }
  const named = { id: to.id, name: to.name }
  task.run.emit({ type: 'taskAssigned', ...task.named, to: named, ...standing, reason })
}

function delegate(task: Task, { to, reason }: Of<'delegateTask'>): void {
  const { assignee, owner } = held(task)
  if (owner !== undefined) {
    throw refused(
      'not-allowed',
      `expected <${task.token.at}> to be returned to ${owner.name} before somebody else is asked`
    )
  }
  const standing = task.as(assignee)
  if (standing === null) throw refusal(heldBy(task, assignee))
  mustSayWhy(reason)
  if (to.id === assignee.id) {
    throw refused('claimed', `task <${task.token.at}> is held by ${assignee.name} already`)
  }
  const { assignee: _, ...free } = task.place.wait
  const objection = objectionTo({ ...task.place, wait: free }, to, [assignee.id])
  if (objection !== null) throw refusal(objection)
  task.mustBeOthers(to, assignee)
  const named = { id: to.id, name: to.name }
  task.run.emit({
    type: 'taskDelegated',
    ...task.named,
    to: named,
    owner: assignee,
    ...standing,
    reason
  })
}

function giveBack(task: Task, { reason }: Of<'returnTask'>): void {
  const { assignee, owner } = held(task)
  if (owner === undefined) {
    throw refused('not-claimed', `expected <${task.token.at}> to be delegated, found no owner`)
  }
  const standing = task.as(assignee, owner)
  if (standing === null) throw refusal(heldBy(task, assignee))
  task.run.emit({ type: 'taskReturned', ...task.named, to: owner, ...standing, reason })
}

function prioritize(task: Task, { priority, reason }: Of<'prioritizeTask'>): void {
  const standing = task.mustSupervise('prioritize')
  mustSayWhy(reason)
  if (!(priority >= 0 && priority <= 100)) {
    const problem = { path: '/priority', message: `expected 0 to 100, found ${priority}` }
    throw new CommandRefused('invalid-variables', 'the priority cannot be accepted', [problem])
  }
  task.run.emit({ type: 'taskPrioritized', ...task.named, priority, ...standing, reason })
}

// refusals ////////////////////////////////////////////////////////////////////

function held(task: Task): { readonly assignee: Named; readonly owner: Named | undefined } {
  const { assignee, owner } = task.place.wait
  if (assignee !== undefined) return { assignee, owner }
  throw refused('not-claimed', `expected somebody to have <${task.token.at}>, found nobody`)
}

function heldBy(task: Task, assignee: Named): Objection {
  return { code: 'claimed', message: `task <${task.token.at}> is held by ${assignee.name}` }
}

function mustSayWhy(reason: string): void {
  if (reason.trim() !== '') return
  throw new CommandRefused('invalid-variables', 'expected a reason', [
    { path: '/reason', message: 'expected a reason' }
  ])
}

function refusal({ code, message }: Objection): CommandRefused {
  return refused(code, message)
}

function refused(code: Objection['code'], message: string): CommandRefused {
  return new CommandRefused(code, message)
}
