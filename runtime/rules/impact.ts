import type { Text } from '../../engine/messages.ts'
import type { InstanceId, LocalDate, OfficeId, Value, Variables } from '../../engine/state.ts'

/** What a draft would have done to the decisions of a period and does to the open cases. */
export interface ImpactReport {
  readonly scope: OfficeId
  /** The period whose decisions were made again, both days included. */
  readonly from: LocalDate
  readonly to: LocalDate
  /** SHA-256 of the content that was tried. */
  readonly contentHash: string
  /** SHA-256 of the canonical report without this field. */
  readonly hash: string
  readonly decisions: {
    readonly replayed: number
    readonly unchanged: number
    readonly changed: number
    /** Decided before and not by the draft, or the other way round, and why. */
    readonly failing: number
    /** By the recorded release, the recorded outcome did not come out again: must be none. */
    readonly notReproduced: number
  }
  /** Why decisions fail by the draft, the most frequent first. */
  readonly failures?: readonly { readonly reason: string; readonly count: number }[]
  /** By rule, the most changed first. */
  readonly rules: readonly {
    readonly rule: string
    readonly label: Text
    readonly replayed: number
    readonly changed: number
    /** `from` and `to` are outcomes as canonical text; the most frequent first. */
    readonly moves: readonly {
      readonly from: string
      readonly to: string
      readonly count: number
    }[]
  }[]
  readonly money: {
    /** Whole rupiah over all decisions of rules whose outcome is money. */
    readonly before: number
    readonly after: number
    readonly difference: number
    readonly byRule: readonly {
      readonly rule: string
      readonly before: number
      readonly after: number
    }[]
  }
  readonly deadlines: {
    /** Would have been late, or in time, other than before. */
    readonly newlyMissed: number
    readonly newlyMet: number
    /** Open tasks and cases whose due date would move. */
    readonly moved: number
  }
  /** Tasks of those who approve, by ISO week (`2026-W07`) and role. */
  readonly approvers: readonly {
    readonly week: string
    readonly role: string
    readonly before: number
    readonly after: number
  }[]
  readonly documents: readonly {
    readonly code: string
    readonly newlyAsked: number
    readonly noLongerAsked: number
  }[]
  readonly openCases: {
    readonly looked: number
    readonly changed: number
    readonly cases: readonly InstanceId[]
  }
  /** At most ten, without personal data. */
  readonly examples: readonly {
    /** The case number, masked. */
    readonly case: string
    readonly rule: string
    readonly date: LocalDate
    readonly facts: Variables
    readonly before: Value
    readonly after: Value
  }[]
}
