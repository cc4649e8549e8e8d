import { dueTime, momentOf } from '../behaviors/person-task.ts'
import type { Context } from '../context.ts'
import { CommandRefused, Stuck } from '../errors.ts'
import { subscribeTo } from '../event-definitions/index.ts'
import {
  type ElementId,
  type EventDefinition,
  type FlowNode,
  isContainer,
  type ProcessGraph,
  type StartEvent,
  type SubProcess
} from '../graph.ts'
import type { Command } from '../messages.ts'
import type { Run } from '../run.ts'
import type { ProcessInstance, Subscription, Token, TokenId, Wait } from '../state.ts'
import type { MigrationPlan, Operation } from './commands.ts'
import { mustOperate } from './duties.ts'
import { completionsIn, misfits, type Part, partsOf, viaIn } from './fit.ts'
import { isOpen } from './place.ts'

/** What a token, or with null a process, waits for. */
interface Awaited {
  readonly token: TokenId | null
  readonly element: ElementId
  readonly on: EventDefinition
  /** Where its expressions are seen from. */
  readonly scope: TokenId | null
}

/** The process that an instance is at when a command has been carried out. */
export function versionAfter(
  graph: ProcessGraph,
  command: Command,
  { findProcess }: Context
): ProcessGraph {
  if (command.type !== 'migrate') return graph
  const { process, from, to } = command.plan
  if (graph.id !== process || graph.version !== from) return graph
  return findProcess(process, to) ?? graph
}

/** The clock of a suspended instance stands still, also for the timers that a migration opens. */
export function clockOf(
  state: ProcessInstance | null,
  command: Command,
  context: Context
): Context {
  const since = state?.suspended?.since
  return command.type === 'migrate' && since !== undefined ? { ...context, now: since } : context
}

/**
 * Takes an instance over to another version, whole or not at all. Tokens rest on the elements that the
 * plan names; events that both versions have go on as they are, with the time that is left.
 *
 * @throws CommandRefused `impossible` with everything that does not fit
 */
export function migrate(run: Run, operation: Extract<Operation, { type: 'migrate' }>): void {
  mustOperate(run, 'migrate this instance')
  const { plan, restore, reason } = operation
  const [from, to] = [version(run, plan, plan.from), version(run, plan, plan.to)]
  const parts = partsOf(run.state, plan)
  if (parts.length === 0) {
    throw new CommandRefused(
      'impossible',
      `instance <${run.state.id}> does not run <${plan.process}> version ${plan.from}`
    )
  }
  const problems = parts.flatMap(part => misfits(run.state, part, plan, from, to))
  if (problems.length > 0) {
    const words = problems.map(({ path, message }) => `<${path}>: ${message}`).join('; ')
    throw new CommandRefused('impossible', `instance <${run.state.id}>: ${words}`, problems)
  }

  const tokens: Record<TokenId, { at: ElementId; via: ElementId | null }> = {}
  const kept: Record<string, ElementId> = {}
  const closed: Subscription[] = []
  const opening: Awaited[] = []
  const completions: Record<TokenId, ElementId> = {}
  for (const part of parts) {
    for (const token of part.tokens) {
      tokens[token.id] = {
        at: plan.map[token.at] as ElementId,
        via: viaIn(token, plan.map, from, to)
      }
    }
    for (const { id, element } of completionsIn(run.state, part)) {
      completions[id] = plan.map[element] as ElementId
    }
    const change = eventsOf(run.state, part, plan.map, from, to)
    Object.assign(kept, change.kept)
    closed.push(...change.closed)
    opening.push(...change.opening)
  }
  const calls = parts.map(({ call }) => call)
  run.emit({
    type: 'instanceMigrated',
    plan,
    parts: calls,
    tokens,
    completions,
    kept,
    closed,
    reason
  })
  for (const { id } of closed) run.emit({ type: 'subscriptionClosed', subscription: id })
  try {
    for (const { on, ...place } of opening) {
      const again = restore.filter(
        ({ token, element }) => token === place.token && element === place.element
      )
      for (const open of again) run.reopen(open)
      if (again.length === 0) subscribeTo(run, on, { ...place, part: null })
    }
    for (const part of parts) {
      for (const { id, at } of part.tokens) refresh(run, id, from.nodes[at] as FlowNode)
    }
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    throw new CommandRefused('impossible', `instance <${run.state.id}>: ${error.message}`)
  }
}

function version(run: Run, { process }: MigrationPlan, number: number): ProcessGraph {
  const graph = run.context.findProcess(process, number)
  if (graph !== null && graph.version === number) return graph
  throw new CommandRefused(
    'unknown-process',
    `process <${process}> version ${number} is not deployed`
  )
}

// what is waited for //////////////////////////////////////////////////////////

/** What stays open, what closes and what opens in a part. */
function eventsOf(
  state: ProcessInstance,
  part: Part,
  map: MigrationPlan['map'],
  from: ProcessGraph,
  to: ProcessGraph
) {
  const kept: Record<string, ElementId> = {}
  const closed: Subscription[] = []
  const opening: Awaited[] = []
  const hosts: readonly (Token | null)[] = [null, ...part.tokens]
  for (const host of hosts) {
    const before = awaitedAt(host, part.call, from)
    const after = awaitedAt(
      host === null ? null : { ...host, at: map[host.at] as ElementId },
      part.call,
      to
    )
    const token = host === null ? part.call : host.id
    const open = Object.values(state.subscriptions).filter(
      each => each.token === token && before.some(({ element }) => element === each.element)
    )
    for (const subscription of open) {
      const old = before.find(({ element }) => element === subscription.element)
      const now = after.find(({ element }) => element === map[subscription.element])
      if (now !== undefined && old !== undefined && isSame(old.on, now.on)) {
        kept[subscription.id] = now.element
      } else {
        closed.push(subscription)
        if (now !== undefined && !opening.includes(now)) opening.push(now)
      }
    }
    // what the old version knew and is not open has happened already
    opening.push(
      ...after.filter(
        ({ element }) =>
          !opening.some(each => each.element === element && each.token === token) &&
          !before.some(old => map[old.element] === element)
      )
    )
  }
  return { kept, closed, opening }
}

/** What a token that rests as this one does waits for, or with null a whole process, in a version. */
function awaitedAt(
  host: Token | null,
  call: TokenId | null,
  { nodes, flows, eventSubProcesses }: ProcessGraph
): readonly Awaited[] {
  const startsIn = (ids: readonly ElementId[], token: TokenId | null): readonly Awaited[] =>
    ids.map(id => {
      const start = nodes[(nodes[id] as SubProcess).starts[0] as ElementId] as StartEvent
      return { token, element: start.id, on: start.on, scope: token }
    })
  if (host === null) return startsIn(eventSubProcesses, call)

  const { id: token, scope, wait } = host
  const node = nodes[host.at] as FlowNode
  if (wait?.for === 'incident' && wait.resume === 'begin') return []
  const found: Awaited[] = []
  const add = (event: FlowNode, around: TokenId | null) => {
    if (event.type === 'receiveTask')
      found.push({ token, element: event.id, on: event.message, scope: around })
    else if ('on' in event) found.push({ token, element: event.id, on: event.on, scope: around })
  }
  if (host.index === null) {
    for (const id of node.boundary) add(nodes[id] as FlowNode, scope)
  }
  if (isContainer(node) && (isOpen(host) || wait?.for === 'selection')) {
    found.push(...startsIn(node.eventSubProcesses, token))
  }
  if (wait?.for === 'event' && node.type === 'eventBasedGateway') {
    for (const flow of node.outgoing) add(nodes[flows[flow]?.target ?? ''] as FlowNode, scope)
  } else if (wait?.for === 'event') add(node, node.type === 'receiveTask' ? token : scope)
  return found
}

function isSame(a: EventDefinition, b: EventDefinition): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

// why a token rests ///////////////////////////////////////////////////////////

/** A task is given to whom the new version says; its due time changes when the new version words it otherwise. */
function refresh(run: Run, id: TokenId, old: FlowNode): void {
  const token = run.token(id) as Token
  const now = run.nodeOf(token)
  const { wait } = token
  if (wait?.for !== 'user' || !('notSameAs' in now) || !('notSameAs' in old)) return
  const unit = run.context.office.line.find(({ level }) => level === now.level)
  if (unit === undefined) {
    throw new Stuck('no-unit', `the office has no ${now.level} above it for <${now.id}>`)
  }
  const sameDue = JSON.stringify(old.due) === JSON.stringify(now.due)
  const { dueBy: _, ...rest } = wait
  const fresh: Wait = sameDue
    ? { ...wait, role: now.role, unit: unit.id }
    : {
        ...rest,
        role: now.role,
        unit: unit.id,
        ...dueTime(momentOf(run, `due time of <${now.id}>`, now.due, token, wait.since))
      }
  if (JSON.stringify(fresh) !== JSON.stringify(wait)) run.wait(token, fresh)
}
