import type { ElementId, PauseReason } from './graph.ts'
import type { HeldCommand } from './messages.ts'

/** A moment in UTC, ISO 8601 with milliseconds: `2015-12-03T02:15:00.000Z`. */
export type Instant = string
/** A calendar date of the office's own time zone: `2015-12-03`. */
export type LocalDate = string
export type InstanceId = string
export type OfficeId = string
export type TokenId = string

/** Anything JSON can hold. */
export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | { readonly [name: string]: Value }
export type Variables = Readonly<Record<string, Value>>

/** One running process: plain JSON, changed only by `apply`. */
export interface ProcessInstance {
  readonly id: InstanceId
  readonly process: ElementId
  readonly processVersion: number
  readonly office: OfficeId
  /** The release of rules that the instance pinned when it started. */
  readonly release: string | null
  readonly status: 'running' | 'completed' | 'terminated' | 'failed'
  readonly variables: Variables
  readonly tokens: Readonly<Record<TokenId, Token>>
  readonly subscriptions: Readonly<Record<string, Subscription>>
  /** What was completed and can still be undone, in the order of completion. */
  readonly completions: readonly Completion[]
  /** The values of the correlation keys of its conversations; none while none has begun. */
  readonly conversations?: Readonly<Record<ElementId, string>>
  /** By process and element: everybody who had a hand in it, the latest performer last. */
  readonly performers: Performers
  /** Who intervened as an operator, and the tasks (`process:Element`) that each stands in for. */
  readonly operators: Readonly<Record<string, readonly string[]>>
  /** Set while nothing goes on. */
  readonly suspended: Suspension | null
  /** The last number given to a token, a job or a subscription. */
  readonly counter: number
  /** How many events have made this state. */
  readonly version: number
}

export type Performers = Readonly<Record<ElementId, Readonly<Record<ElementId, readonly string[]>>>>

/** Since when an instance rests as a whole, and what has come from outside in the meantime. */
export interface Suspension {
  readonly since: Instant
  readonly reason: string
  /** Why the service clock stands still meanwhile; not given: it runs on. */
  readonly pauses?: PauseReason
  /** Carried out in order when the instance is resumed. */
  readonly held: readonly HeldCommand[]
}

/**
 * A token rests on one flow node. A token on a sub-process, a call activity or a multi-instance
 * activity is the scope of the tokens inside it.
 */
export interface Token {
  readonly id: TokenId
  readonly at: ElementId
  readonly scope: TokenId | null
  /** The flow it arrived by; a join counts arrivals per flow. */
  readonly via: ElementId | null
  readonly wait: Wait | null
  /** Variables that are seen from here inwards only. */
  readonly variables: Variables | null
  /** Which instance of a multi-instance activity, or iteration of a loop, this is, from 0. */
  readonly index: number | null
  /** Set on the body of a multi-instance activity or of a standard loop. */
  readonly loop: Loop | null
  /** The conversations of a called process. */
  readonly conversations?: Readonly<Record<ElementId, string>>
  /** Set on a call activity: the process whose elements the tokens inside rest on. */
  readonly called: Called | null
  /** Set on an activity that is being undone: the token that asked for it. */
  readonly undoneFor?: TokenId
}

/** An activity that was completed inside a scope that still lives, with what undoing it needs. */
export interface Completion {
  /** The token that rested on the activity; what was completed inside it names it as its scope. */
  readonly id: TokenId
  readonly element: ElementId
  readonly scope: TokenId | null
  /** Its own variables as they were then. */
  readonly variables: Variables | null
  readonly called: Called | null
  /** The whole of a multi-instance or loop activity: its instances are undone one by one. */
  readonly many: boolean
  /** The token that has asked to undo it, or null. */
  readonly by: TokenId | null
}

export interface Loop {
  /** How many instances there are; of a standard loop the most that it may have, null for any number. */
  readonly total: number | null
  readonly started: number
  readonly completed: number
  /** What each instance gave, by index, null until it has completed; empty when nothing is collected. */
  readonly outputs: readonly Value[]
  /** The items, when the instances go through a collection. */
  readonly items: readonly Value[] | null
}

export interface Called {
  readonly process: ElementId
  readonly version: number
}

/** Why a token rests. */
export type Wait =
  | { readonly for: 'join' }
  /** A complex gateway has been activated by this token and still expects others. */
  | { readonly for: 'reset' }
  | { readonly for: 'children' }
  | { readonly for: 'event' }
  /** What it has asked to undo, or itself, is being undone. */
  | { readonly for: 'compensation' }
  /** None of its input sets is whole: it begins as soon as one is. */
  | { readonly for: 'data'; readonly missing: readonly string[] }
  /** People start the activities of an ad-hoc sub-process, and say when it is over. */
  | {
      readonly for: 'selection'
      readonly role: string | null
      readonly unit: OfficeId
      readonly since: Instant
    }
  | UserWait
  | { readonly for: 'job'; readonly job: string; readonly kind: string }
  | {
      readonly for: 'decision'
      readonly rule: string
      readonly facts: Variables
      /** The date whose law holds; null: the one that the rule's definition names. */
      readonly date: LocalDate | null
    }
  | {
      readonly for: 'incident'
      readonly code: IncidentCode
      readonly message: string
      readonly since: Instant
      readonly resume: Resume
      /** Who had completed the element when only finishing it failed. */
      readonly by: string | null
    }
export type WaitKind = Wait['for']

/** A person is waited for. What is absent was not stated, so that most waits stay small. */
export interface UserWait {
  readonly for: 'user'
  readonly role: string | null
  /** The office, region or directorate whose people do it. */
  readonly unit: OfficeId
  readonly since: Instant
  readonly dueAt: Instant | null
  /** What gave the due time where it counts working days. */
  readonly dueBy?: Reckoning
  /** The persons and roles that may do it, in place of a role. */
  readonly owners?: readonly string[]
  /** From 0 to 100; absent: 50. */
  readonly priority?: number
  /** Nobody need look at it before then. */
  readonly followUpAt?: Instant
  readonly followUpBy?: Reckoning
  /** Who has it: nobody else completes it. */
  readonly assignee?: Named
  /** Who answers for it while the assignee does it for them. */
  readonly owner?: Named
}

/** How a moment was reckoned in working days, so that it can be anew when the calendar changes. */
export interface Reckoning {
  /** The version of the calendar. */
  readonly calendar: string
  readonly from: Instant
  /** ISO 8601, its days working days, or a cron. */
  readonly duration: string
}

/** A person, with the name to show. */
export interface Named {
  readonly id: string
  readonly name: string
}

/**
 * Where an element takes up again when its incident is resolved: before its boundary events are
 * opened, at its work, at taking over its results, at leaving it, or for an ad-hoc sub-process at asking
 * whether it is over.
 */
export type Resume = 'begin' | 'activate' | 'complete' | 'leave' | 'select'

export type IncidentCode =
  | 'expression'
  | 'no-flow'
  | 'no-rule'
  | 'no-value'
  | 'no-calendar'
  | 'no-unit'
  | 'no-process'
  | 'uncaught-error'
  | 'job-failed'
  | 'loop'
  | 'timer'
  | 'multi-instance'
  | 'not-running'
  | 'data'

/** What would wake a token. */
export interface Subscription {
  readonly id: string
  /** The token that waits, or that the boundary event is attached to; null for the whole process. */
  readonly token: TokenId | null
  /** The catch, boundary or start event, or receive task, that is triggered. */
  readonly element: ElementId
  readonly on: Trigger
  /** Which definition of a multiple event this is, from 0; not there for the only one. */
  readonly part?: number
  /** What came with the parts of a parallel multiple event that have happened already. */
  readonly arrived?: Variables
}
export type Trigger =
  | {
      readonly kind: 'timer'
      readonly dueAt: Instant
      readonly repeats: number | null
      readonly cycle: string | null
      /** What gave the due time where it counts working days. */
      readonly by?: Reckoning
    }
  | { readonly kind: 'message'; readonly message: string; readonly key: string }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'conditional'; readonly condition: string; readonly met: boolean }
  /** Thrown inside, and waited for as a part of a parallel multiple event. */
  | { readonly kind: 'escalation'; readonly code: string | null }
