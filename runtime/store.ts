import type { Actor, Deputyship } from '../engine/context.ts'
import type { ElementId } from '../engine/graph.ts'
import type { CommandType, Effect, Event } from '../engine/messages.ts'
import type {
  InstanceId,
  Instant,
  LocalDate,
  Named,
  OfficeId,
  ProcessInstance,
  TokenId,
  Value,
  Variables
} from '../engine/state.ts'

/** Keeps instances, their history and the effects still to be done. */
export interface Store {
  load(instance: InstanceId): Promise<ProcessInstance | null>
  /** Writes a step whole or not at all. @throws Conflict when the instance has moved on */
  commit(commit: Commit): Promise<void>
  /** Every commit of an instance, oldest first. */
  history(instance: InstanceId): Promise<readonly CommitRecord[]>
  taskList(query: TaskQuery): Promise<Page<OpenTask>>
  incidents(query: IncidentQuery): Promise<Page<OpenIncident>>
  instances(query: InstanceQuery): Promise<Page<InstanceRow>>
  /** The calendars that open times of running instances rest on. */
  calendarsInUse(): Promise<readonly CalendarInUse[]>
  /** Instances with times that rest on a calendar, in the order of their ids, behind the one given. */
  restingOn(use: CalendarInUse, after: InstanceId, limit: number): Promise<readonly InstanceId[]>
  /** Who waits for a message and has not taken this publication; nobody once it is kept. */
  subscribers(message: string, key: string, publication: string): Promise<readonly Subscriber[]>
  /** What a data store keeps under a key. */
  readData(place: DataPlace): Promise<DataEntry>
  /** Effects not settled, oldest first. */
  pendingEffects(): Promise<readonly PendingEffect[]>
  settle(effect: string): Promise<void>
  /**
   * Keeps a published message until its time to live is over, unless someone has taken it; a second
   * time changes nothing. Answers whether it is kept.
   */
  buffer(message: BufferedMessage): Promise<boolean>
  /**
   * Kept messages that nobody has taken and that somebody waits for, the oldest first: of one
   * instance, or with null of all. What is out of date is forgotten.
   */
  correlations(now: Instant, instance: InstanceId | null): Promise<readonly Correlation[]>
  /** Notes whether a condition holds, and answers how often it has become true so far. */
  observe(condition: string, holds: boolean): Promise<number>
  /** Deletes an instance with all that is kept of it, and notes that it was; a second time changes nothing. */
  remove(removal: Removal): Promise<void>
  /** Whether an instance has been deleted. */
  isRemoved(instance: InstanceId): Promise<boolean>
  /** What was deleted, the latest first. */
  removals(limit: number): Promise<readonly Removal[]>
  close(): Promise<void>
}

/** What stays of a case that was deleted: nothing of the person whom it was about. */
export interface Removal {
  readonly instance: InstanceId
  readonly number: string
  readonly process: ElementId
  readonly office: OfficeId
  readonly startedAt: Instant
  readonly endedAt: Instant
  readonly removedAt: Instant
  readonly by: string
  readonly reason: string
  /** The rule that let it go: how many days, and since when that holds. */
  readonly rule: string
  readonly letters: number
}

/** One step, ready to be written. */
export interface Commit {
  /** The version that the step was made from; 0 for a new instance. */
  readonly before: number
  readonly state: ProcessInstance
  readonly events: readonly Event[]
  readonly effects: readonly Effect[]
  readonly at: Instant
  readonly by: Actor
  readonly command: CommandType
  /** The effects that this step answers; they are settled with it. */
  readonly settles: readonly string[]
  /**
   * The published message that this step takes, or null. An instance takes it once, and a kept one
   * is taken by one instance only: a commit that comes second meets a Conflict.
   */
  readonly receives: string | null
  /** The rows that a query finds the instance by, as this step leaves them. */
  readonly rows: Rows
  /** The decisions among the events, for the log. */
  readonly decisions?: readonly DecisionRow[]
  /**
   * The conversations that a start begins, as their rows are keyed: of each there is one instance at a time, so
   * that a second one is a Conflict.
   */
  readonly begins?: readonly Pick<Subscriber, 'message' | 'key'>[]
  /** The entries of data stores that the step read and writes; one that has changed since is a Conflict. */
  readonly data?: DataAccess | null
}

/** Where an entry of a data store lies. */
export interface DataPlace {
  readonly unit: OfficeId
  readonly store: string
  readonly key: string
}
export interface DataEntry {
  /** Null: there is none. */
  readonly value: Value
  /** Counts how often the entry was written. */
  readonly version: number
  /** How many entries the store has. */
  readonly size: number
}
export interface DataAccess {
  readonly reads: readonly (DataPlace & { readonly version: number })[]
  /** In order; null takes an entry out. A store that would hold more than its capacity is a Conflict. */
  readonly writes: readonly (DataPlace & {
    readonly value: Value
    readonly capacity: number | null
    /** How many entries more the store has after it. */
    readonly more: number
  })[]
}

/** What is found by query; computed by `rows.ts`, never by a driver. */
export interface Rows {
  readonly instance: InstanceRow
  readonly tasks: readonly OpenTask[]
  readonly incidents: readonly OpenIncident[]
  readonly waits: readonly Subscriber[]
}

/** Where a decision stands, and what the log finds it by. */
export interface DecisionRow {
  /** Its place among the events of the commit, from 0. */
  readonly event: number
  readonly office: OfficeId
  readonly rule: string
  readonly release: string
  readonly date: LocalDate
}

/** How a case stands; a suspended one runs, but nothing goes on. */
export type CaseStatus = ProcessInstance['status'] | 'suspended'

export interface InstanceRow {
  readonly instance: InstanceId
  readonly process: ElementId
  readonly processName: string
  readonly office: OfficeId
  readonly status: CaseStatus
  /** The case number, or the instance id while there is none. */
  readonly number: string
  /** Whom it is about. */
  readonly subject: string
  /** Text that a case search looks through, in lower case: number, name, passport number. */
  readonly search: string
  /** Stays as the first commit of the instance gave it. */
  readonly startedAt: Instant
  readonly changedAt: Instant
  readonly version: number
  /** The versions of calendars that its open times rest on, with a space between; null: none. */
  readonly calendar?: string | null
}

/** A calendar, or several with a space between, that open times of an office rest on. */
export interface CalendarInUse {
  readonly office: OfficeId
  readonly calendar: string
}

export interface OpenTask {
  readonly instance: InstanceId
  readonly token: TokenId
  readonly process: ElementId
  readonly element: ElementId
  readonly name: string
  /** The office of the case. */
  readonly office: OfficeId
  /** The unit whose people do it: the office itself, its region or the directorate. */
  readonly unit: OfficeId
  readonly role: string | null
  /** The persons and roles that may do it, in place of a role; null: the role says it. */
  readonly owners: readonly string[] | null
  readonly since: Instant
  readonly dueAt: Instant | null
  /** Nobody need look at it before then. */
  readonly followUpAt: Instant | null
  /** From 0 to 100. */
  readonly priority: number
  /** Who has it, and for whom when it is delegated. */
  readonly assignee: Named | null
  readonly owner: Named | null
  /** The persons who may not do it because of what they did before. */
  readonly barred: readonly string[]
  /** Nobody can do it while its case is suspended. */
  readonly suspended: boolean
  readonly number: string
  readonly subject: string
  readonly processName: string
}

export interface OpenIncident {
  readonly instance: InstanceId
  readonly token: TokenId
  readonly element: ElementId
  readonly name: string
  readonly office: OfficeId
  readonly code: string
  readonly message: string
  readonly since: Instant
  readonly number: string
  readonly subject: string
}

export interface Subscriber {
  readonly instance: InstanceId
  readonly subscription: string
  readonly message: string
  readonly key: string
}

export interface CommitRecord {
  /** The version before and after. */
  readonly from: number
  readonly to: number
  readonly at: Instant
  readonly by: Actor
  readonly command: CommandType
  readonly events: readonly Event[]
}

export interface PendingEffect {
  readonly instance: InstanceId
  readonly effect: Effect
  readonly createdAt: Instant
}

export interface BufferedMessage {
  readonly id: string
  readonly message: string
  readonly key: string
  /** Further keys by which it may be taken. */
  readonly otherKeys?: readonly string[]
  readonly variables: Variables
  readonly until: Instant
}

/** A kept message, and who waits for it. */
export interface Correlation {
  readonly subscriber: Subscriber
  readonly buffered: BufferedMessage
}

/** A page of rows; `next` is the cursor of the following page, or null. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
}
interface Paged {
  readonly limit: number
  readonly cursor: string | null
}
/**
 * Urgent tasks first and those of low priority last; among equals the nearest due time first, and tasks
 * without one last.
 */
export interface TaskQuery extends Paged {
  readonly unit: OfficeId
  /** Tasks of these roles, and tasks that any role may do; null: of every role. */
  readonly roles: readonly string[] | null
  /** The person whose own tasks these are too: those that name the person. */
  readonly person?: string | null
  /** Also the tasks of those whom the person acts for. */
  readonly deputyFor?: readonly Deputyship[]
  readonly only?: TaskFilter
}
/** What a task list is narrowed to; what is not given narrows nothing. */
export interface TaskFilter {
  /** Held by this person; null: by nobody. */
  readonly assignee?: string | null
  /** Due before this moment. */
  readonly dueBefore?: Instant
  /** Without those that nobody need look at before a later moment than this one. */
  readonly followUpBy?: Instant
  /** Only those. */
  readonly followUpAfter?: Instant
}
export interface IncidentQuery extends Paged {
  /** Null: every office. */
  readonly office: OfficeId | null
}
export interface InstanceQuery extends Paged {
  readonly office: OfficeId | null
  readonly status: CaseStatus | null
  /** Of this process only. */
  readonly process?: ElementId
  /** Part of a number, a name or a passport number; null: all. */
  readonly text: string | null
  /** The whole number, as it is written; every office counts its own, so that several may fit. */
  readonly number?: string
}

/** Another writer was faster; the step is made again from the newer state. */
export class Conflict extends Error {
  constructor(instance: InstanceId, version: number) {
    super(`instance <${instance}> has moved on from version ${version}`)
    this.name = 'Conflict'
  }
}

/** The store cannot be written or read at the moment; nothing of the step was kept. */
export class StoreUnavailable extends Error {
  readonly code: 'full' | 'locked' | 'damaged' | 'closed' | 'failing'
  constructor(code: StoreUnavailable['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreUnavailable'
    this.code = code
  }
}
