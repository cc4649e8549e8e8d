import type { ElementId } from '../../engine/graph.ts'
import type { Event } from '../../engine/messages.ts'
import type { ProcessInstance, Subscription, Token } from '../../engine/state.ts'

/** What becomes of one thing in an instance: a task, a timer, a job, a scope. */
export interface Happening {
  readonly what:
    | 'task'
    | 'job'
    | 'incident'
    | 'scope'
    | 'instances'
    | 'call'
    | 'token'
    | Subscription['on']['kind']
  readonly becomes: 'begins' | 'moves' | 'stays' | 'changes' | 'ends'
  readonly element: ElementId
  /** Where it goes; null when it stays where it is, or ends. */
  readonly to: ElementId | null
  /** When a timer goes off, whom a task is for: what a reader wants to know beside. */
  readonly note: string
}

/** What the events of an operation mean for the tasks, timers, jobs and scopes of an instance. */
export function happeningsOf(
  before: ProcessInstance,
  events: readonly Event[],
  after: ProcessInstance
): readonly Happening[] {
  const found: Happening[] = []
  const migrated = events.find(event => event.type === 'instanceMigrated')
  for (const token of Object.values(before.tokens)) {
    const now = after.tokens[token.id]
    const kind = kindOf(now ?? token)
    if (now === undefined) found.push(of(kind, 'ends', token.at, null, ''))
    else if (now.at !== token.at) found.push(of(kind, 'moves', token.at, now.at, noteOf(now)))
    else if (JSON.stringify(now.wait) !== JSON.stringify(token.wait)) {
      found.push(of(kind, 'changes', token.at, null, noteOf(now)))
    } else if (migrated !== undefined) {
      found.push(of(kind, 'stays', token.at, null, noteOf(now)))
    }
  }
  for (const token of Object.values(after.tokens)) {
    if (before.tokens[token.id] !== undefined) continue
    found.push(of(kindOf(token), 'begins', token.at, null, noteOf(token)))
  }
  for (const open of Object.values(before.subscriptions)) {
    const now = after.subscriptions[open.id]
    const { kind } = open.on
    if (now === undefined) found.push(of(kind, 'ends', open.element, null, dueOf(open)))
    else if (now.element !== open.element) {
      found.push(of(kind, 'moves', open.element, now.element, dueOf(now)))
    } else if (migrated !== undefined) {
      found.push(of(kind, 'stays', open.element, null, dueOf(now)))
    }
  }
  for (const open of Object.values(after.subscriptions)) {
    if (before.subscriptions[open.id] !== undefined) continue
    found.push(of(open.on.kind, 'begins', open.element, null, dueOf(open)))
  }
  return found
}

function of(
  what: Happening['what'],
  becomes: Happening['becomes'],
  element: ElementId,
  to: ElementId | null,
  note: string
): Happening {
  return { what, becomes, element, to, note }
}

function kindOf({ wait, loop, called }: Token): Happening['what'] {
  if (loop !== null) return 'instances'
  if (called !== null) return 'call'
  switch (wait?.for) {
    case 'user':
      return 'task'
    case 'job':
      return 'job'
    case 'incident':
      return 'incident'
    case 'children':
    case 'selection':
      return 'scope'
    default:
      return 'token'
  }
}

function noteOf({ wait }: Token): string {
  if (wait?.for === 'incident') return `${wait.code}: ${wait.message}`
  if (wait?.for === 'job') return wait.kind
  if (wait?.for !== 'user') return ''
  return [wait.role ?? 'any role', wait.unit, wait.dueAt === null ? null : `due ${wait.dueAt}`]
    .filter(each => each !== null)
    .join(', ')
}

function dueOf({ on }: Subscription): string {
  switch (on.kind) {
    case 'timer':
      return on.dueAt
    case 'message':
      return `${on.message} ${on.key}`
    case 'signal':
      return on.signal
    default:
      return ''
  }
}
