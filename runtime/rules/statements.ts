import type { LawPart, ReleaseContent } from '../../engine/rules/release.ts'
import type { Instant, OfficeId, Value } from '../../engine/state.ts'
import type { Statement } from '../rulebook.ts'
import type { Edit } from './edits.ts'

/** A statement that was published, by whom and when. */
export interface PublishedStatement extends Statement {
  readonly by: string
  readonly at: Instant
}

/** What a change set published: one more than the number before. */
export interface Publication {
  readonly number: number
  readonly changeSet: string
  readonly scope: OfficeId
  /** As they were published; those of an emergency end with it. */
  readonly edits: readonly Edit[]
  readonly by: string
  /** Later than every publication before. */
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
  /** What change sets published behind a number, oldest first; the store of change sets writes them. */
  publications(after?: number): Promise<readonly Publication[]>
  /** Keeps releases and their parts, and the statement that led to them, at once. Known ids are left alone. */
  keep(law: StoredLaw, published: PublishedStatement | null): Promise<void>
  /** A release with its parts, or null. */
  release(
    id: string
  ): Promise<{ readonly content: ReleaseContent; readonly parts: readonly LawPart[] } | null>
}

/** The values and rows of a publication, as a list of statements shows them. */
export function statementsOf({ scope, edits, by, at }: Publication): readonly PublishedStatement[] {
  return edits.flatMap<PublishedStatement>(edit => {
    if (edit.kind !== 'value' && edit.kind !== 'row') return []
    const { from, to, cites, reason } = edit
    const common = { scope, from, to, cites, reason, by, at }
    if (edit.kind === 'value') {
      return [{ ...common, key: edit.key, kind: 'value', content: edit.value }]
    }
    const { rule, row, replaces, before, conditions, outcome } = edit
    const content = {
      id: row,
      ...(replaces === undefined ? { conditions } : { replaces }),
      ...(before === undefined ? {} : { before }),
      outcome
    } as unknown as Value
    return [{ ...common, key: rule, kind: 'row', content }]
  })
}
