import type { Instant, OfficeId } from '../../engine/state.ts'
import type { Approval, ChangeSet, ChangeSetState } from './change-set.ts'
import type { Enacted } from './enacting.ts'
import type { ImpactReport } from './impact.ts'

/** Keeps changes of local law on their way, who had a hand in them, and what was published. */
export interface ChangeSets {
  /** Keeps a new one under the next number of its year: `cs-2026-0007`. */
  add(set: Omit<ChangeSet, 'id'>, at: Instant): Promise<ChangeSet>
  byId(id: string): Promise<KeptChangeSet | null>
  list(query: ChangeSetQuery): Promise<ChangeSetPage>
  /** Writes what was read; its version is one more than that. @throws ChangeConflict when it has moved on */
  write(write: ChangeSetWrite): Promise<void>
  /** These may never approve it, whatever they are let do elsewhere; nobody is taken off the list again. */
  bar(id: string, barred: readonly Barred[]): Promise<void>
  /**
   * Writes a publication whole or not at all: the change sets, the approval, the edits, new parts and releases,
   * and which release each office has from now on.
   *
   * @throws CommandRefused `same-person` when the one who approves may not; ChangeConflict
   */
  publish(publishing: Publishing): Promise<void>
  /** Every release that an office has had, the oldest first; `at` null: it came with the files. */
  heads(office: OfficeId): Promise<readonly Head[]>
  keepImpact(id: string, report: ImpactReport): Promise<void>
  /** The report that was kept last, or null. */
  impact(id: string): Promise<ImpactReport | null>
}

export interface KeptChangeSet {
  readonly set: ChangeSet
  readonly changedAt: Instant
  /** Those who may not approve it. */
  readonly barred: readonly Barred[]
}

/** Somebody who may not approve, and why: `deputy of aturan.tju`. */
export interface Barred {
  readonly person: string
  readonly because: string
}

export interface ChangeSetQuery {
  readonly scopes: readonly OfficeId[]
  /** Null: whatever its state. */
  readonly states: readonly ChangeSetState[] | null
  readonly limit: number
  readonly cursor: string | null
}
export interface ChangeSetPage {
  /** The latest change first. */
  readonly rows: readonly Pick<KeptChangeSet, 'set' | 'changedAt'>[]
  readonly next: string | null
}

export interface ChangeSetWrite {
  readonly set: ChangeSet
  readonly at: Instant
  /** The content was written anew: every approval before is void. */
  readonly edited?: true
}

export interface Publishing {
  readonly writes: readonly ChangeSetWrite[]
  /** Null: an emergency. */
  readonly approval: Approval | null
  readonly enacted: Enacted
}

export interface Head {
  readonly release: string
  readonly at: Instant | null
  readonly changeSet: string | null
}

/** Another writer was faster, or the law has moved on; what was read must be read again. */
export class ChangeConflict extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ChangeConflict'
  }
}
