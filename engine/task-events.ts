import type { Actor } from './context.ts'
import type { ElementId } from './graph.ts'
import type { Named, Token, TokenId, UserWait, Wait } from './state.ts'

/** A person as a command hands a task to them: who they are and what they may do. */
export type Colleague = Pick<Actor, 'id' | 'name' | 'unit' | 'roles'>

/** What people want of a task besides completing it. */
export type TaskCommand =
  /** Takes a task that nobody has, or that somebody has whom the person acts for. */
  | { readonly type: 'claimTask'; readonly token: TokenId }
  /** Gives a task back to everybody who may do it; somebody else's only for a supervisor. */
  | { readonly type: 'unclaimTask'; readonly token: TokenId; readonly reason: string }
  /** A supervisor hands a task to somebody, also one that another person has. */
  | {
      readonly type: 'assignTask'
      readonly token: TokenId
      readonly to: Colleague
      readonly reason: string
    }
  /** Who has a task lets somebody else do it, and goes on answering for it. */
  | {
      readonly type: 'delegateTask'
      readonly token: TokenId
      readonly to: Colleague
      readonly reason: string
    }
  /** A delegated task goes back to its owner. */
  | { readonly type: 'returnTask'; readonly token: TokenId; readonly reason: string }
  | {
      readonly type: 'prioritizeTask'
      readonly token: TokenId
      readonly priority: number
      readonly reason: string
    }

interface OfTask {
  readonly token: TokenId
  readonly element: ElementId
}
/** What people did with a task besides completing it. `onBehalfOf` is whom they stood in for, or null. */
export type TaskEvent =
  | (OfTask & {
      readonly type: 'taskClaimed'
      readonly by: Named
      readonly onBehalfOf: Named | null
    })
  | (OfTask & {
      readonly type: 'taskUnclaimed'
      readonly onBehalfOf: Named | null
      readonly reason: string
    })
  | (OfTask & {
      readonly type: 'taskAssigned'
      readonly to: Named
      readonly onBehalfOf: Named | null
      readonly reason: string
    })
  | (OfTask & {
      readonly type: 'taskDelegated'
      readonly to: Named
      readonly owner: Named
      readonly onBehalfOf: Named | null
      readonly reason: string
    })
  | (OfTask & {
      readonly type: 'taskReturned'
      readonly to: Named
      readonly onBehalfOf: Named | null
      readonly reason: string
    })
  | (OfTask & {
      readonly type: 'taskPrioritized'
      readonly priority: number
      readonly onBehalfOf: Named | null
      readonly reason: string
    })
  /** Whoever is about to complete the task stands in for these, who count as performers as well. */
  | (OfTask & { readonly type: 'actedOnBehalf'; readonly of: readonly Named[] })

/** Why the token of a task rests after something was done with it. */
export function waitAfter(
  { wait }: Token,
  event: Exclude<TaskEvent, { readonly type: 'actedOnBehalf' }>
): Wait | null {
  if (wait?.for !== 'user') return wait
  const { assignee: _, owner: __, ...free } = wait
  switch (event.type) {
    case 'taskClaimed':
      return { ...free, assignee: event.by }
    case 'taskUnclaimed':
      return free
    case 'taskAssigned':
    case 'taskReturned':
      return { ...free, assignee: event.to }
    case 'taskDelegated':
      return { ...free, assignee: event.to, owner: event.owner }
    case 'taskPrioritized':
      return prioritized(wait, event.priority)
    default:
      return event satisfies never
  }
}

/** The priority of a task of which nothing is said. */
export const PRIORITY = 50

export type Urgency = 'urgent' | 'normal' | 'low'

/** The class that tasks are listed by. */
export function urgencyOf(priority: number): Urgency {
  return priority >= 75 ? 'urgent' : priority < 25 ? 'low' : 'normal'
}

/** A wait with a priority; the usual one is not written down. */
export function prioritized(wait: UserWait, priority: number): UserWait {
  const { priority: _, ...rest } = wait
  return priority === PRIORITY ? rest : { ...rest, priority }
}
