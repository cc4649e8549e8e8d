import type { Problem } from '../../engine/errors.ts'
import type { Instant, LocalDate, OfficeId } from '../../engine/state.ts'
import type { ChangeContent } from './edits.ts'

/**
 * draft → checked → submitted → scheduled → active → superseded or reverted. What is approved is published in the
 * same step, so that nothing is kept as `approved`; published is kept as `active`, and the day says what that is.
 * A draft whose content changes is a draft again; `rejected` and `withdrawn` are ends, `lapsed` is the end of an
 * emergency that nobody confirmed within 7 days.
 */
export type ChangeSetState =
  | 'draft'
  | 'checked'
  | 'submitted'
  | 'approved'
  | 'scheduled'
  | 'active'
  | 'superseded'
  | 'reverted'
  | 'rejected'
  | 'withdrawn'
  | 'lapsed'

/** A change of local law on its way, with everybody who had a hand in it. */
export interface ChangeSet extends ChangeContent {
  /** `cs-2026-0007`, or any text of letters, digits and hyphens. */
  readonly id: string
  readonly state: ChangeSetState
  /** Raised with every write; a write names the one that it read. */
  readonly version: number
  /** SHA-256 of the canonical content. */
  readonly contentHash: string
  /** Everybody who wrote content, first the one who began it. They may not approve it, nor may their deputies. */
  readonly makers: readonly string[]
  readonly createdAt: Instant
  readonly check: CheckResult | null
  /** The impact report that was made of this very content; its hash is part of what is approved. */
  readonly impact: {
    readonly hash: string
    readonly from: LocalDate
    readonly to: LocalDate
    readonly at: Instant
  } | null
  readonly submitted: Signed | null
  readonly approval: Approval | null
  /** Published at once by the role that may; lapses 7 days later unless it is approved by then. */
  readonly emergency: {
    readonly by: string
    readonly at: Instant
    /** The last day on which it holds unless it is approved. */
    readonly until: LocalDate
    readonly reason: string
  } | null
  readonly published: {
    readonly at: Instant
    readonly releases: Readonly<Record<OfficeId, string>>
  } | null
  /** What ended it: the change set that superseded or reverted it, or words of the one who rejected it. */
  readonly ended: { readonly at: Instant; readonly by: string; readonly because: string } | null
}

export interface Signed {
  readonly by: string
  readonly name: string
  readonly at: Instant
}

export interface CheckResult {
  readonly at: Instant
  /** Of the content that was checked. */
  readonly contentHash: string
  /** How many publications the law had then. */
  readonly base: number
  readonly problems: readonly Problem[]
  /** What must be known and forbids nothing. */
  readonly notices: readonly Problem[]
  /** The cases that the law is held to: how many were decided by the draft, and how many not as they should. */
  readonly cases: { readonly decided: number; readonly failed: number }
}

/** Bound to what was approved: another content or another report makes it void. */
export interface Approval extends Signed {
  readonly contentHash: string
  readonly impactHash: string
}
