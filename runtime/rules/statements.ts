import type { LawPart, ReleaseContent } from '../../engine/rules/release.ts'
import type { Instant } from '../../engine/state.ts'
import type { Statement } from '../rulebook.ts'

/** A statement that was published, by whom and when. */
export interface PublishedStatement extends Statement {
  readonly by: string
  readonly at: Instant
}

/** A release by its id, and a part by its own. */
export interface StoredLaw {
  readonly releases: ReadonlyMap<string, ReleaseContent>
  readonly parts: ReadonlyMap<string, LawPart>
}

/** Keeps what was published, and every release, so that one that a case pinned stays readable. */
export interface Statements {
  /** Everything that was published, oldest first. */
  all(): Promise<readonly PublishedStatement[]>
  /** Keeps releases and their parts, and the statement that led to them, at once. Known ids are left alone. */
  keep(law: StoredLaw, published: PublishedStatement | null): Promise<void>
  /** A release with its parts, or null. */
  release(
    id: string
  ): Promise<{ readonly content: ReleaseContent; readonly parts: readonly LawPart[] } | null>
}
