import type { Actor } from '../engine/context.ts'
import type { ElementId, ProcessGraph } from '../engine/graph.ts'
import type { EngineLimits } from '../engine/limits.ts'
import type { Command } from '../engine/messages.ts'
import type { InstanceId, OfficeId, ProcessInstance, Variables } from '../engine/state.ts'
import type { Handlers } from '../jobs/job.ts'
import type { Clock } from './clock.ts'
import type { Dispatcher } from './dispatcher.ts'
import type { Library } from './library.ts'
import type { Log } from './log.ts'
import type { Registers } from './registers.ts'
import type { Rulebook } from './rulebook.ts'
import type { Store } from './store.ts'

/** What a runtime is made of. */
export interface Parts {
  readonly store: Store
  readonly dispatcher: Dispatcher
  readonly rulebook: Rulebook
  readonly library: Library
  readonly registers: Registers
  readonly handlers: Handlers
  readonly clock: Clock
  readonly log: Log
  /** Seconds after which a handler that has not answered counts as failed; 120 by default. */
  readonly jobDeadline?: number
  /** Where a step stops at what looks endless; by default `ENGINE_LIMITS`. */
  readonly limits?: EngineLimits
}

/** The only way to change an instance. */
export interface Door {
  execute(request: Request): Promise<ProcessInstance>
  start(start: Start): Promise<ProcessInstance>
  /** Lets those who ask for the same thing act one after another. */
  inTurn<Result>(what: string, act: () => Promise<Result>): Promise<Result>
}

/** A command to an instance, and who gives it. */
export interface Request {
  readonly instance: InstanceId
  readonly command: Command
  readonly by: Actor
  /** The process that a start command starts. */
  readonly process?: ProcessGraph
  /** The effects that the command answers. */
  readonly settles?: readonly string[]
  /** The published message that the command brings, or null. */
  readonly receives?: string | null
}

export interface Start {
  /** A service of the office, or the process itself that serves it there. */
  readonly process: ElementId
  readonly office: OfficeId
  readonly variables: Variables
  readonly by: Actor
  /** Chosen by the caller, which makes starting idempotent; by default a new one. */
  readonly instance?: InstanceId
  /** The start event; by default the one without a trigger. */
  readonly element?: ElementId
  /** Which of the events that it wants has happened, when it wants several. */
  readonly part?: number
}

/** Does what the engine asked for: answers jobs and timers, decides rules. */
export const SYSTEM: Actor = { id: 'system', name: 'Sistem', kind: 'system', unit: null, roles: [] }

/** Refusals that mean: what was asked for is no longer wanted. */
export const TOO_LATE: ReadonlySet<string> = new Set([
  'not-waiting',
  'not-running',
  'unknown-instance'
])
