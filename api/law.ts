/** What people may do with local law, and what they see of it; the JSON routes and the pages call these. */
import type { Actor } from '../engine/context.ts'
import type { Level } from '../engine/graph.ts'
import type { Citation, Decision, Text, TrailStep } from '../engine/messages.ts'
import type { Bound } from '../engine/rules/bounds.ts'
import type { Interval } from '../engine/rules/dates.ts'
import type { Definition, FactType, Governed, Group } from '../engine/rules/definitions.ts'
import type { Instrument } from '../engine/rules/release.ts'
import type { Instant, LocalDate, OfficeId, Value, Variables } from '../engine/state.ts'
import type { ChangeSet, ChangeSetState } from '../runtime/rules/change-set.ts'
import type { ChangeContent } from '../runtime/rules/edits.ts'
import type { ImpactReport } from '../runtime/rules/impact.ts'
import type { Override } from '../runtime/rules/overrides.ts'
import type { Review } from '../runtime/rules/reviews.ts'
import type { Page } from './schemas.ts'

export type { ChangeSet, ChangeSetState } from '../runtime/rules/change-set.ts'
export type * from '../runtime/rules/edits.ts'
export type { ImpactReport } from '../runtime/rules/impact.ts'
export type { LawWords } from './change-sentences.ts'

/** A measurement that runs, by the decisions that were made again. */
export interface ImpactProgress {
  readonly from: LocalDate
  readonly to: LocalDate
  readonly done: number
  /** Null: not counted yet. */
  readonly total: number | null
}

export interface LawServices {
  // changes ///////////////////////////////////////////////////////////////////
  /** Those of the own unit and of the units below it, the latest first. */
  changeSets(
    actor: Actor,
    query: {
      readonly scope?: OfficeId
      readonly state?: ChangeSetState
      readonly cursor?: string | null
      readonly limit?: number
    }
  ): Promise<Page<ChangeSetSummary>>
  changeSet(actor: Actor, id: string): Promise<ChangeSetView>
  /** A new draft. Incomplete content is kept as it is; the check says what is wrong. */
  draftChange(actor: Actor, content: ChangeContent): Promise<ChangeSetView>
  /** Replaces the content of what was read as `version`; it is a draft again. @throws ChangeConflict */
  editChange(
    actor: Actor,
    edit: { readonly id: string; readonly version: number; readonly content: ChangeContent }
  ): Promise<ChangeSetView>
  checkChange(actor: Actor, id: string): Promise<ChangeSetView>
  /** Puts the cases into a draft that are proposed for what it states, in the place of those before. */
  proposeCases(
    actor: Actor,
    asked: { readonly id: string; readonly version: number }
  ): Promise<ChangeSetView>
  /**
   * Replays the decisions of a period with the draft; keeps the report with the change set. While one runs,
   * asking again waits for that one, whatever its period.
   */
  measureImpact(
    actor: Actor,
    asked: { readonly id: string; readonly from: LocalDate; readonly to: LocalDate }
  ): Promise<ImpactReport>
  impact(actor: Actor, id: string): Promise<ImpactReport | null>
  /** How far the measurement that runs has come; null: none runs. */
  impactProgress(actor: Actor, id: string): Promise<ImpactProgress | null>
  submitChange(
    actor: Actor,
    asked: { readonly id: string; readonly version: number }
  ): Promise<ChangeSetView>
  /** The hashes are those that the checker has read. */
  approveChange(
    actor: Actor,
    approval: { readonly id: string; readonly contentHash: string; readonly impactHash: string }
  ): Promise<ChangeSetView>
  rejectChange(
    actor: Actor,
    asked: { readonly id: string; readonly reason: string }
  ): Promise<ChangeSetView>
  withdrawChange(
    actor: Actor,
    asked: { readonly id: string; readonly reason: string }
  ): Promise<ChangeSetView>
  /** At once and without a second person, by those who may; lapses after 7 days unless it is approved. */
  publishEmergency(
    actor: Actor,
    asked: { readonly id: string; readonly reason: string }
  ): Promise<ChangeSetView>
  /** Drafts the inverse of what a change set did, from a day on. */
  revertChange(
    actor: Actor,
    asked: { readonly id: string; readonly from: LocalDate; readonly reason: Text }
  ): Promise<ChangeSetView>
  /** What was decided by what a change set stated, and the open cases that pinned it. */
  affectedBy(actor: Actor, id: string): Promise<AffectedView>
  /** Gives open cases the newest release instead of the one that they pinned, each with its event. */
  rebindCases(
    actor: Actor,
    asked: { readonly instances: readonly string[]; readonly reason: string }
  ): Promise<{
    readonly rebound: readonly string[]
    readonly refused: readonly { readonly instance: string; readonly message: string }[]
  }>

  // what holds ////////////////////////////////////////////////////////////////
  /** Every key at an office on a date, by service, with its origin; `knownAt`: as it was known then. */
  effectiveLaw(
    actor: Actor,
    where: { readonly office?: OfficeId; readonly date?: LocalDate; readonly knownAt?: Instant }
  ): Promise<readonly EffectiveView[]>
  /** The bars of a key over time, for an office, level by level. */
  timeline(
    actor: Actor,
    asked: { readonly key: string; readonly office?: OfficeId }
  ): Promise<TimelineView>
  /** Decides without a case: by what holds, or by a draft. */
  tryRule(
    actor: Actor,
    asked: {
      readonly rule: string
      readonly office?: OfficeId
      readonly date?: LocalDate
      readonly facts: Variables
      readonly changeSet?: string
    }
  ): Promise<Decision>
  /** Every local deviation, for everybody. */
  overrides(query: { readonly office?: OfficeId; readonly key?: string }): readonly OverrideView[]
  /** What needs a look: values past their review, on a repealed instrument, or on one whose dates are partial. */
  reviews(actor: Actor): readonly ReviewView[]
  /** Steps of the services of an office without a holder, or with one alone where four eyes apply. */
  staffing(actor: Actor, office: OfficeId): Promise<readonly StaffingGap[]>
}

export interface ChangeSetSummary {
  readonly id: string
  readonly scope: OfficeId
  readonly scopeName: string
  readonly title: Text
  readonly state: ChangeSetState
  readonly makers: readonly string[]
  /** The first day on which something changes; null: nothing is edited yet. */
  readonly from: LocalDate | null
  readonly changedAt: Instant
}

export interface ChangeSetView extends ChangeSet {
  readonly scopeName: string
  /** What each edit does, in a sentence of both languages, with what held before. */
  readonly sentences: readonly Text[]
  /** What the one who asks may do with it now. */
  readonly may: readonly (
    | 'edit'
    | 'check'
    | 'measure'
    | 'submit'
    | 'approve'
    | 'reject'
    | 'withdraw'
    | 'emergency'
    | 'revert'
  )[]
}

export interface AffectedView {
  readonly decisions: readonly {
    readonly instance: string
    readonly caseNumber: string
    readonly rule: string
    readonly at: Instant
    readonly outcome: Value
  }[]
  readonly openCases: readonly {
    readonly instance: string
    readonly caseNumber: string
    readonly office: OfficeId
  }[]
}

/** A key as it holds at an office. */
export interface EffectiveView {
  readonly key: string
  readonly kind: 'value' | 'table'
  /** The part of the key before its first dot: `itk`. */
  readonly group: string
  readonly label: Text
  readonly unit: string | null
  /** Null with `missing` said: nothing holds. */
  readonly value: Value
  readonly missing: string | null
  readonly level: Level | null
  readonly scope: OfficeId | null
  /** The value of the level above the office, which bounds what it may state. */
  readonly parent: Value
  readonly bounds: readonly Bound[]
  readonly overridable: boolean
  readonly confidence: 'H' | 'M' | 'L' | null
  readonly sample: boolean
  readonly cites: readonly string[]
  readonly remarks: readonly Text[]
  readonly trail: readonly TrailStep[]
}

export interface TimelineView {
  readonly key: string
  readonly label: Text
  readonly office: OfficeId
  /** What holds at the office, stretch by stretch without gaps between the first and the last. */
  readonly effective: readonly {
    readonly from: LocalDate | null
    readonly to: LocalDate | null
    readonly value: Value
    /** Why there is none. */
    readonly missing: string | null
    readonly level: Level | null
    readonly scope: OfficeId | null
  }[]
  /** What each unit states, suspended or not. */
  readonly stated: readonly {
    readonly level: Level
    readonly scope: OfficeId
    readonly from: string | null
    readonly to: string | null
    readonly value: Value
    readonly status: TrailStep['status']
    readonly why: string
    readonly cites: readonly string[]
    readonly changeSet: string | null
    readonly withdrawnAt: Instant | null
  }[]
}

/** A local deviation, with names and citations as they are read. */
export interface OverrideView extends Omit<Override, 'unit' | 'cites'> {
  readonly office: OfficeId
  readonly officeName: string
  /** Of a service, the names of the diagrams that serve it here and above; null: it is not offered. */
  readonly served: { readonly here: Text | null; readonly above: Text | null } | null
  readonly cites: readonly string[]
}

export interface ReviewView extends Omit<Review, 'cites'> {
  readonly cites: readonly string[]
}

export interface StaffingGap {
  readonly office: OfficeId
  readonly process: string
  readonly element: string
  readonly name: string
  readonly unit: OfficeId
  readonly role: string
  readonly problem: 'nobody' | 'one-person'
  readonly text: Text
}

// what forms are drawn from ////////////////////////////////////////////////////

/** What the forms of the rule editor choose from, so that nobody writes ids, keys or JSON. */
export interface LawFormServices {
  /** A key as one who edits it needs it: by default at the own unit today. @throws RequestRefused `unknown-rule` */
  subject(
    actor: Actor,
    asked: { readonly key: string; readonly office?: OfficeId; readonly date?: LocalDate }
  ): SubjectView
  /** The register of legal instruments and other sources. */
  instruments(): readonly Instrument[]
  /** Every unit, the nation first, regions before offices: local law is no secret. */
  lawUnits(): readonly { readonly id: OfficeId; readonly name: string; readonly level: Level }[]
  /** What every key is called. */
  lawLabels(): Readonly<Record<string, Text>>
  /** How a citation is read: `PP 10/2015, tarif no. 2`. */
  citation(cite: Citation): string
  /** Dates and facts at the limits of a table of an office, to try it with. */
  proposedCases(
    actor: Actor,
    asked: { readonly rule: string; readonly office: OfficeId }
  ): Promise<readonly { readonly date: LocalDate; readonly facts: Variables }[]>
}

/** A key with all that bounds what may be stated of it. */
export type SubjectView = ValueSubject | TableSubject

interface SubjectCommon {
  readonly key: string
  readonly label: Text
  readonly description: Text | null
  readonly office: OfficeId
  readonly officeName: string
  readonly level: Level
  readonly date: LocalDate
  readonly overridableAt: Governed['overridableAt']
  readonly bounds: readonly Bound[]
  readonly asOf: Governed['asOf']
}

export interface ValueSubject extends SubjectCommon {
  readonly kind: 'value'
  readonly definition: Definition
  /** What holds now at the office; null with `missing` said: nothing does. */
  readonly value: Value
  readonly missing: string | null
  /** What the level above says, undefined: nothing. */
  readonly parent: Value | undefined
  /** What the nation says, undefined: nothing. */
  readonly national: Value | undefined
}

export interface TableSubject extends SubjectCommon {
  readonly kind: 'table'
  readonly facts: Readonly<Record<string, FactType>>
  /** JSON Schema of one outcome. */
  readonly outcome: { readonly [name: string]: Value }
  readonly hitPolicy: 'first' | 'unique' | 'collect'
  readonly rows: readonly RowView[]
  /** What is left out on this date, in words. */
  readonly outside: readonly string[]
}

/** A row as it holds at an office, with the one that it replaces or is an exception to. */
export interface RowView {
  readonly id: string
  readonly level: Level
  readonly scope: OfficeId
  readonly scopeName: string
  /** With those of the row to which it is an exception. */
  readonly conditions: Group | null
  /** Only what the row itself asks. */
  readonly ownConditions: Group | null
  readonly outcome: Value
  /** The outcome of the row that it replaces. */
  readonly instead: Value | undefined
  readonly replaces: string | null
  readonly exceptionTo: string | null
  readonly cites: readonly string[]
  readonly confidence: 'H' | 'M' | 'L' | null
  readonly remarks: readonly Text[]
  readonly sample: boolean
  /** When the row is stated to hold; null: not known here. */
  readonly during: Interval | null
}
