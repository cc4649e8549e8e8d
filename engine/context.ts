import type { Problem } from './errors.ts'
import type { ElementId, Level, ProcessGraph } from './graph.ts'
import type { EngineLimits } from './limits.ts'
import type { Called, Instant, LocalDate, OfficeId, Value, Variables } from './state.ts'

/** Everything a step may know beyond the diagram, the state and the command. All of it is data. */
export interface Context {
  readonly now: Instant
  readonly office: Office
  readonly actor: Actor
  /** Finds a compiled process, or a global task, in the version that is wanted. */
  readonly findProcess: (process: ElementId, version: Wanted) => ProcessGraph | null
  /** The process that the office supplies for an extension point; null: none. */
  readonly extension?: (point: string) => ElementId | null
  /** The variables that the form of a task writes; an empty list for a task without a form. */
  readonly formNames?: (
    process: ElementId,
    version: number,
    element: ElementId
  ) => readonly string[] | null
  /** Where a step stops at what looks endless; not given: `ENGINE_LIMITS`. */
  readonly limits?: EngineLimits
  /** What is wrong with what a process sends with a message; not given: nothing is checked. */
  readonly checkPayload?: (
    sender: ProcessGraph,
    message: string,
    payload: Variables
  ) => readonly Problem[]
  /** The data stores, which outlive every case, as they were before the step; without them none can be read. */
  readonly dataStores?: DataStores
}

/** What processes have kept under a key, per office, region or nation. */
export interface DataStores {
  /** The value of an entry, null when there is none, and how many entries its store has. */
  read(unit: OfficeId, store: string, key: string): { readonly value: Value; readonly size: number }
}

/**
 * Which version of a process: the one given; with null the one that the office is bound to, in its newest
 * version; the newest one of this very process; or the one that was deployed together with another.
 */
export type Wanted = number | null | 'latest' | { readonly deployedWith: Called }

/** Who acts. A person acts inside the own unit and roles; the system does what the engine asked for. */
export interface Actor {
  readonly id: string
  readonly name: string
  readonly kind: 'person' | 'system'
  readonly unit: OfficeId | null
  readonly roles: readonly string[]
  /** Those whom the person may act for at this moment. */
  readonly deputyFor?: readonly Deputyship[]
}

/** For whom a deputy acts, and in what. */
export interface Deputyship {
  readonly person: string
  readonly name: string
  /** The roles of that person that are covered. */
  readonly roles: readonly string[]
  /** Everything is covered: also what names the person and not a role. */
  readonly whole: boolean
  /** Only tasks of these processes; null: of every one. */
  readonly processes: readonly ElementId[] | null
}

/** An office as the engine sees it on one date, resolved through the tree. */
export interface Office {
  readonly id: OfficeId
  readonly name: string
  /** IANA, as `Asia/Jakarta`. */
  readonly timeZone: string
  readonly calendar: Calendar
  /** The office itself, its region and the nation, nearest first. */
  readonly line: readonly { readonly id: OfficeId; readonly level: Level; readonly name: string }[]
  /** Roles whose holders hand out the work of their unit; none when it is not given. */
  readonly supervisors?: readonly string[]
  /** What FEEL sees under the name `office`. */
  readonly facts: { readonly [name: string]: Value }
}

/** Days on which no office works. A year that is missing is not known: never a guess. */
export interface Calendar {
  /** Names the data that gave it: a hash or a version. */
  readonly version: string
  readonly years: Readonly<Record<string, CalendarYear>>
  /** When the office works, in the order of the days; nothing is known where it is not given. */
  readonly hours?: readonly DatedHours[]
}
/** Times of day by days of the week: `mon-thu` to `07:30-12:00` and `13:00-16:00`. */
export type WeekHours = Readonly<Record<string, readonly string[]>>
/** Hours that hold from a day on, null for always, until the next ones do; null: none are stated. */
export interface DatedHours {
  readonly from: LocalDate | null
  readonly hours: WeekHours | null
}
export interface CalendarYear {
  /** Dates and what they are: `2026-01-01` to `Tahun Baru`. Saturdays and Sundays are not listed. */
  readonly closed: Readonly<Record<LocalDate, string>>
  /** True when the year is made for samples and no decree stands behind it. */
  readonly sample: boolean
}
