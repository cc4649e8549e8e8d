import type { Edit, SubjectView } from '../../../api/law.ts'
import type { Problem } from '../../../engine/errors.ts'
import type { Instrument } from '../../../engine/rules/release.ts'
import type { Posted } from '../form-values.ts'

/** What kind of edit a form asks for: a row replaces the outcome of one, or stands before one. */
export type EditKind = 'value' | 'replace' | 'before' | 'add' | 'remove' | 'bound' | 'calendar'

/** What the form of an edit is drawn from and read with. */
export interface EditDraft {
  readonly kind: EditKind
  /** Null for days of the calendar. */
  readonly subject: SubjectView | null
  /** The row of the table that is edited; null: a new one, or no table. */
  readonly row: string | null
  /** The edit that is changed; null: a new one. */
  readonly edit: Edit | null
  /** The unit whose law is edited. */
  readonly scope: string
  /** The register, and what the change set itself enters into it. */
  readonly instruments: readonly Instrument[]
}

/** What stands in the controls, and what is wrong with it. */
export interface EditFilling {
  readonly posted: Posted | null
  readonly problems: readonly Problem[]
}

/** A text as part of an id: lower case, digits and hyphens. */
export function idPart(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')
}
