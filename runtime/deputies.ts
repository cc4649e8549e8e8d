import type { ElementId } from '../engine/graph.ts'
import type { Instant, LocalDate, OfficeId } from '../engine/state.ts'

/** Who acts for whom, in what and when; what is over stays for the record. */
export interface Deputies {
  add(deputation: NewDeputation): Promise<void>
  byId(id: string): Promise<Deputation | null>
  /** The deputy agrees. False when it is accepted or ended already; nothing is changed then. */
  accept(id: string, at: Instant): Promise<boolean>
  /** Ends it before its time, or declines it. False when it is ended already. */
  end(id: string, by: string, at: Instant): Promise<boolean>
  /** Those of a unit that reach to a date or beyond it, the latest to begin first. */
  ofUnit(unit: OfficeId, from: LocalDate): Promise<readonly Deputation[]>
  /** Those that a deputy has accepted and that hold on a date, the first to begin first. */
  holding(deputy: string, on: LocalDate): Promise<readonly Deputation[]>
}

/** A deputy, named for a time. */
export interface NewDeputation {
  readonly id: string
  readonly unit: OfficeId
  /** Who is acted for, and who acts. */
  readonly person: string
  readonly deputy: string
  /** The roles that are covered; null: everything that the person does. */
  readonly roles: readonly string[] | null
  /** The processes that are covered; null: every one. */
  readonly processes: readonly ElementId[] | null
  /** The first and the last day, by the calendar of the unit. */
  readonly from: LocalDate
  readonly until: LocalDate
  readonly reason: string
  readonly namedBy: string
  readonly namedAt: Instant
}
export interface Deputation extends NewDeputation {
  readonly acceptedAt: Instant | null
  readonly endedAt: Instant | null
  readonly endedBy: string | null
}
