import type { ElementId, PauseReason } from '../graph.ts'
import type { Instant, Subscription, TokenId, Variables } from '../state.ts'

/** What an operator does to a running instance; every one says why. */
export type Operation =
  /** Nothing goes on until it is resumed; timers keep the time that they had left. */
  | {
      readonly type: 'suspend'
      readonly reason: string
      /** Why the service clock stands still meanwhile; not given: it runs on. */
      readonly pauses?: PauseReason
    }
  | { readonly type: 'resume'; readonly reason: string }
  /** Goes on behind an element as if it had given these results. */
  | {
      readonly type: 'skip'
      readonly token: TokenId
      readonly variables: Variables
      readonly reason: string
    }
  /** Ends a token and all inside it, and puts one on another element of the same process. */
  | {
      readonly type: 'moveToken'
      readonly token: TokenId
      readonly to: ElementId
      /** The flow by which it arrives at a join; null: the one that fits. */
      readonly via: ElementId | null
      readonly variables: Variables
      readonly reason: string
    }
  | {
      readonly type: 'addToken'
      readonly element: ElementId
      /** The sub-process or call activity in which it appears; null: the process itself. */
      readonly scope: TokenId | null
      readonly via: ElementId | null
      readonly variables: Variables
      readonly reason: string
    }
  | { readonly type: 'removeToken'; readonly token: TokenId; readonly reason: string }
  | {
      readonly type: 'setVariables'
      /** The token that holds them; null: the process. */
      readonly scope: TokenId | null
      readonly variables: Variables
      readonly reason: string
    }
  /** Ends all tokens, if there are any, and begins again at an element with the variables of the case. */
  | {
      readonly type: 'restart'
      readonly element: ElementId
      readonly variables: Variables
      readonly reason: string
    }
  | {
      readonly type: 'migrate'
      readonly plan: MigrationPlan
      /** What an earlier migration had closed and this one, which takes it back, opens again. */
      readonly restore: readonly Subscription[]
      readonly reason: string
    }
  /** Goes by another release of local law than the one that it pinned. */
  | { readonly type: 'rebind'; readonly release: string; readonly reason: string }
export type OperationType = Operation['type']

/** Which version goes over to which, and where the tokens on each element go. */
export interface MigrationPlan {
  readonly process: ElementId
  readonly from: number
  readonly to: number
  readonly map: Readonly<Record<ElementId, ElementId>>
}

/** What an operation did, for the history; what follows from it stands behind it. */
export type OperationEvent =
  | {
      readonly type: 'instanceSuspended'
      readonly at: Instant
      readonly reason: string
      readonly pauses?: PauseReason
    }
  | { readonly type: 'instanceResumed'; readonly reason: string }
  | {
      readonly type: 'operatorIntervened'
      readonly what:
        | Exclude<OperationType, 'suspend' | 'resume' | 'migrate' | 'rebind'>
        | 'resolveIncident'
      readonly token: TokenId | null
      readonly element: ElementId | null
      readonly to: ElementId | null
      /** The names of the variables that were stated. */
      readonly names: readonly string[]
      /** The person; null for the system itself. */
      readonly by: string | null
      /** Tasks (`process:Element`) under separation of duties that the person stands in for by this. */
      readonly standsInFor: readonly string[]
      readonly reason: string
    }
  | {
      readonly type: 'releaseReplaced'
      readonly from: string | null
      readonly to: string
      readonly reason: string
    }
  | {
      readonly type: 'instanceMigrated'
      readonly plan: MigrationPlan
      /** The called processes that went over, by the token of their call activity; null: the process itself. */
      readonly parts: readonly (TokenId | null)[]
      readonly tokens: Readonly<
        Record<TokenId, { readonly at: ElementId; readonly via: ElementId | null }>
      >
      /** What was completed and can still be undone, at its new elements. */
      readonly completions: Readonly<Record<TokenId, ElementId>>
      /** Subscriptions that stay, at their new elements. */
      readonly kept: Readonly<Record<string, ElementId>>
      /** Subscriptions of events that the new version does not have: what taking it back opens again. */
      readonly closed: readonly Subscription[]
      readonly reason: string
    }
