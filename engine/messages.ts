import type { ElementId, Level } from './graph.ts'
import type { Operation, OperationEvent } from './operate/commands.ts'
import type {
  Completion,
  InstanceId,
  Instant,
  LocalDate,
  Loop,
  OfficeId,
  Subscription,
  Token,
  TokenId,
  Value,
  Variables,
  Wait
} from './state.ts'
import type { TaskCommand, TaskEvent } from './task-events.ts'

/** What someone wants. Named in the imperative; may be refused. */
export type Command =
  | {
      readonly type: 'start'
      readonly instance: InstanceId
      readonly office: OfficeId
      readonly variables: Variables
      /** The start event; null: the one without a trigger. */
      readonly element: ElementId | null
      /** Which of the events that a parallel multiple start event wants has happened, from 0. */
      readonly part?: number
      readonly release: string | null
    }
  | { readonly type: 'completeUserTask'; readonly token: TokenId; readonly variables: Variables }
  | { readonly type: 'completeJob'; readonly job: string; readonly variables: Variables }
  | {
      readonly type: 'failJob'
      readonly job: string
      readonly code: string
      readonly message: string
    }
  /** Raises a BPMN error at the job's activity: a business outcome, not a fault. */
  | {
      readonly type: 'throwJobError'
      readonly job: string
      readonly code: string
      readonly variables: Variables
    }
  | { readonly type: 'trigger'; readonly subscription: string; readonly variables: Variables }
  /** A signal that another instance, or someone outside, has thrown. */
  | { readonly type: 'signal'; readonly signal: string; readonly variables: Variables }
  | { readonly type: 'decide'; readonly token: TokenId; readonly decision: Decision }
  | {
      readonly type: 'failDecision'
      readonly token: TokenId
      readonly code: 'no-rule' | 'no-value' | 'no-calendar'
      readonly message: string
    }
  | {
      readonly type: 'resolveIncident'
      readonly token: TokenId
      readonly variables: Variables
      readonly reason: string
    }
  /** A person starts an activity of an ad-hoc sub-process. */
  | {
      readonly type: 'startActivity'
      readonly token: TokenId
      readonly element: ElementId
      readonly variables: Variables
    }
  /** A person says that an ad-hoc sub-process is over. */
  | { readonly type: 'endSelection'; readonly token: TokenId }
  | { readonly type: 'terminate'; readonly reason: string }
  /** Reckons times anew that rest on a calendar that has changed since. */
  | { readonly type: 'takeCalendar' }
  | TaskCommand
  | Operation
export type CommandType = Command['type']

/** What comes from outside by itself: a suspended instance keeps it for later. */
export type HeldCommand = Extract<
  Command,
  { readonly type: 'completeJob' | 'failJob' | 'throwJobError' | 'trigger' | 'signal' }
>

/** What happened. Named in the past tense; never refused. */
export type Event =
  | {
      readonly type: 'instanceStarted'
      readonly instance: InstanceId
      readonly process: ElementId
      readonly processVersion: number
      readonly office: OfficeId
      readonly release: string | null
      readonly variables: Variables
    }
  | { readonly type: 'elementActivated'; readonly token: Token }
  | {
      readonly type: 'elementWaiting'
      readonly token: TokenId
      readonly element: ElementId
      readonly wait: Wait
    }
  | {
      readonly type: 'elementCompleted'
      readonly token: TokenId
      readonly element: ElementId
      /** Set when a person completed it. */
      readonly by: string | null
    }
  /** Not done at this office (`alur:optional`); the decision before it says why. */
  | { readonly type: 'elementSkipped'; readonly token: TokenId; readonly element: ElementId }
  | { readonly type: 'elementTerminated'; readonly token: TokenId; readonly element: ElementId }
  /** Merged into another token at a join. */
  | { readonly type: 'tokenConsumed'; readonly token: TokenId; readonly element: ElementId }
  | { readonly type: 'subscriptionOpened'; readonly subscription: Subscription }
  /** The condition of a conditional event has become true, or is no longer. */
  | { readonly type: 'conditionChanged'; readonly subscription: string; readonly met: boolean }
  /** A subscription waits for messages of another correlation key from now on. */
  | { readonly type: 'subscriptionKeyed'; readonly subscription: string; readonly key: string }
  /** The first message of a conversation has given it its key. */
  | {
      readonly type: 'conversationBegun'
      /** The call whose process converses, or null for the case. */
      readonly scope: TokenId | null
      readonly key: ElementId
      readonly text: string
    }
  | { readonly type: 'subscriptionClosed'; readonly subscription: string }
  /** A part of a parallel multiple event has happened; the others are still waited for. */
  | {
      readonly type: 'partArrived'
      readonly subscription: string
      readonly variables: Variables
    }
  /** A job was asked for; takes a number. */
  | {
      readonly type: 'jobRequested'
      readonly token: TokenId
      readonly job: string
      readonly kind: string
    }
  | {
      readonly type: 'messageThrown'
      readonly element: ElementId
      readonly message: string
      readonly key: string
      readonly number: number
    }
  | {
      readonly type: 'signalThrown'
      readonly element: ElementId
      readonly signal: string
      readonly number: number
    }
  | {
      readonly type: 'escalationThrown'
      readonly token: TokenId
      readonly element: ElementId
      readonly code: string
      /** Whether an event catches it; when none does, the process goes on. */
      readonly caught: boolean
    }
  /** An activity was completed that can be undone. */
  | { readonly type: 'completionKept'; readonly completion: Completion }
  | {
      readonly type: 'compensationThrown'
      readonly token: TokenId
      readonly element: ElementId
      /** What is undone for it, the ids of completions in the order of completion. */
      readonly completions: readonly TokenId[]
    }
  /** A completed activity is being undone: its token is there again. */
  | {
      readonly type: 'compensationStarted'
      readonly token: TokenId
      readonly element: ElementId
      readonly completion: TokenId
    }
  | {
      readonly type: 'variablesSet'
      /** The token that holds them, or null for the process. */
      readonly scope: TokenId | null
      readonly variables: Variables
    }
  /** An entry of a data store was written, or with null taken out. */
  | {
      readonly type: 'dataStored'
      readonly token: TokenId
      readonly element: ElementId
      readonly unit: OfficeId
      readonly store: string
      readonly key: string
      readonly value: Value
      /** How many entries the store takes at most, or null. */
      readonly capacity: number | null
    }
  | { readonly type: 'loopStarted'; readonly token: TokenId; readonly loop: Loop }
  /** An instance of a multi-instance activity was started (`output` is null) or has completed. */
  | {
      readonly type: 'loopAdvanced'
      readonly token: TokenId
      readonly index: number
      readonly completed: boolean
      readonly output: Value
    }
  | {
      readonly type: 'processCalled'
      readonly token: TokenId
      readonly element: ElementId
      readonly process: ElementId
      readonly version: number
    }
  | {
      readonly type: 'ruleDecided'
      readonly token: TokenId
      readonly element: ElementId
      readonly decision: Decision
    }
  /** The calendar of the office has changed, and with it a time that counts working days. */
  | {
      readonly type: 'dueDateMoved'
      /** Null: a timer of the process itself. */
      readonly token: TokenId | null
      /** The task, or the event of the timer. */
      readonly element: ElementId
      readonly of: 'due' | 'followUp' | 'timer'
      readonly from: Instant
      readonly to: Instant
      /** The version of the calendar that gave the new time. */
      readonly calendar: string
    }
  /** Every time of the case that counts working days rests on this version of the calendar now. */
  | { readonly type: 'calendarTaken'; readonly calendar: string }
  /** The case took a newer release than the one it pinned, for a key that says so. */
  | {
      readonly type: 'releaseRebound'
      readonly from: string | null
      readonly to: string
      readonly rule: string
    }
  | {
      readonly type: 'incidentResolved'
      readonly token: TokenId
      readonly element: ElementId
      readonly reason: string
    }
  | {
      readonly type: 'errorThrown'
      readonly token: TokenId
      readonly element: ElementId
      readonly code: string
    }
  /** Came while the instance was suspended. */
  | { readonly type: 'commandHeld'; readonly command: HeldCommand }
  /** Was held, and fits no longer when the instance goes on. */
  | { readonly type: 'commandDropped'; readonly command: HeldCommand; readonly why: string }
  | OperationEvent
  | { readonly type: 'instanceCompleted' }
  | { readonly type: 'instanceTerminated'; readonly reason: string }
  | { readonly type: 'instanceFailed'; readonly code: string }
  | TaskEvent

/** What must be done outside, once the events are stored. The id is `<instance>.<number>`. */
export type Effect =
  | {
      readonly type: 'runJob'
      readonly id: string
      /** The kind of job. */
      readonly kind: string
      /** The job's own id in the state: `j2`. */
      readonly job: string
      readonly element: ElementId
      readonly input: Variables
    }
  | {
      readonly type: 'scheduleTimer'
      readonly id: string
      readonly subscription: string
      readonly dueAt: Instant
    }
  | {
      readonly type: 'publish'
      readonly id: string
      readonly message: string
      readonly key: string
      readonly variables: Variables
      readonly timeToLive: string | null
    }
  /** Carries a signal to every other instance that waits for it. */
  | {
      readonly type: 'broadcast'
      readonly id: string
      readonly signal: string
      readonly variables: Variables
    }

/** The outcome of a rule, with all that is needed to explain and to repeat it. */
export interface Decision {
  readonly rule: string
  readonly office: OfficeId
  readonly release: string
  /** The date whose law was used. */
  readonly date: LocalDate
  /** The facts that were read. */
  readonly facts: Variables
  readonly outcome: Value
  /** The rows that fitted, in order; empty for a parameter. */
  readonly rows: readonly string[]
  readonly reasons: readonly Reason[]
  readonly trail: readonly TrailStep[]
  readonly cites: readonly Citation[]
  readonly confidence: 'H' | 'M' | 'L' | null
  /** A remark that the officer must see, as a clash of the rule with another instrument. */
  readonly remarks: readonly Text[]
  /** True when a running case takes the newest release for this key. */
  readonly rebinds: boolean
  /** The version of the office's calendar; missing where it was not noted yet. */
  readonly calendar?: string | null
  /** Facts that came from law: a parameter, an expression or the calendar. Missing: as `calendar`, or none. */
  readonly derived?: readonly string[]
  /** Dates of the case, beside the facts, whose law parameters were read by: `{ "arrival": "2015-12-03" }`. */
  readonly dates?: Readonly<Record<string, LocalDate>>
  /** Parameters that were read from another release than the rule. */
  readonly releases?: Readonly<Record<string, string>>
}

/** A text in both languages. */
export interface Text {
  readonly id: string
  readonly en: string
}

/** Why a row fitted, or why an earlier one did not. */
export interface Reason {
  readonly row: string
  readonly fits: boolean
  /** Readable conditions with the facts they met. */
  readonly conditions: readonly {
    readonly fact: string
    readonly operator: string
    readonly expected: Value
    readonly found: Value
    readonly holds: boolean
  }[]
}

/** What one level of the office tree said to a key or a row. */
export interface TrailStep {
  readonly level: Level
  readonly scope: OfficeId
  readonly status: 'applied' | 'ignored' | 'suspended' | 'none'
  readonly why: string
  readonly value: Value
  readonly from: string | null
  readonly to: string | null
  readonly cites: readonly Citation[]
  /** The change set that stated it; missing: the files did. */
  readonly changeSet?: string
}

export interface Citation {
  readonly instrument: string
  /** The clause: `Ps 136(2)`, `Lampiran I angka 3`. */
  readonly pin: string | null
}
