import type { Citation, Text } from '../../engine/messages.ts'
import type { Bound } from '../../engine/rules/bounds.ts'
import type { Confidence, Group } from '../../engine/rules/definitions.ts'
import type { Instrument } from '../../engine/rules/release.ts'
import type { LocalDate, OfficeId, Value, Variables } from '../../engine/state.ts'

/**
 * What a unit changes of its own law. Every edit of a value or a row says what shall hold from one day to
 * another, both included (`to` null: from then on): what the unit has stated for those days until now gives
 * way, before and after them it stays. Nothing that was stated is ever deleted; it is withdrawn and stays known.
 */
export type Edit =
  | ValueEdit
  | RowEdit
  | RemoveEdit
  | InstrumentEdit
  | BoundEdit
  | CalendarEdit
  | CaseEdit

interface During {
  readonly from: LocalDate
  readonly to: LocalDate | null
}

interface Grounds {
  readonly cites: readonly Citation[]
  readonly reason: Text
  readonly confidence?: Confidence | null
  readonly remark?: Text
  readonly sample?: true
  readonly assumption?: true
}

/** A value of a parameter. */
export interface ValueEdit extends During, Grounds {
  readonly kind: 'value'
  readonly key: string
  readonly value: Value
}

/** A row over a table: it replaces the outcome of a named row, or stands before one as an exception to it. */
export interface RowEdit extends During, Grounds {
  readonly kind: 'row'
  readonly rule: string
  readonly row: string
  readonly replaces?: string
  readonly before?: string
  readonly conditions: Group | null
  readonly outcome: Value
}

/** Takes back what the unit itself states for some days: the level above holds then. */
export interface RemoveEdit extends During {
  readonly kind: 'remove'
  /** A parameter, or a table together with `row`. */
  readonly key: string
  readonly row?: string
  readonly reason: Text
}

/** Enters an instrument into the register, or states its life anew (repealed, in force until). */
export interface InstrumentEdit {
  readonly kind: 'instrument'
  readonly instrument: Instrument
}

/** Of the nation only: how far levels below may go from a day on. */
export interface BoundEdit extends During {
  readonly kind: 'bound'
  readonly key: string
  readonly bound: Bound
  /** No bound of this kind holds on the member for these days. */
  readonly lifted?: true
  readonly cites: readonly Citation[]
  readonly reason: Text
}

/** Days on which the unit does not work, and those on which it does again. */
export interface CalendarEdit {
  readonly kind: 'calendar'
  /** Dates and what they are: `2026-06-24` to `Pemungutan suara`. */
  readonly closed: Readonly<Record<LocalDate, string>>
  /** Days that the unit itself had closed and that are working days after all. */
  readonly opened: readonly LocalDate[]
  readonly cites: readonly Citation[]
  readonly reason: Text
}

/** A case that the law of the unit is held to; the same as in the files. */
export interface CaseEdit {
  readonly kind: 'case'
  readonly case: {
    readonly name: string
    readonly rule: string
    readonly kind?: 'mustHold' | 'default'
    readonly replaces?: string
    readonly date: LocalDate
    readonly facts: Variables
    readonly row?: string | readonly string[]
    readonly outcome?: Value
    readonly fails?: string
    readonly says?: string
  }
}

/** What is edited, by whose authority; the hash of this is what is approved. */
export interface ChangeContent {
  /** The unit whose law it is. */
  readonly scope: OfficeId
  readonly title: Text
  readonly reason: Text
  readonly edits: readonly Edit[]
  /** The change set that this one takes back, and from which day; null: it is not a rollback. */
  readonly reverts: { readonly changeSet: string; readonly from: LocalDate } | null
}
