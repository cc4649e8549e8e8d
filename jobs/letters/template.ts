import type { Text } from '../../engine/messages.ts'
import type { LocalDate, OfficeId, Value, Variables } from '../../engine/state.ts'
import type { PlaceType } from './formats.ts'

/** One version of a letter's wording. Written as JSON; texts hold places like `{{ applicant.name }}`. */
export interface Template {
  readonly id: string
  readonly version: number
  /** The dates of letters that this version is for; null: no bound. */
  readonly from: LocalDate | null
  readonly to: LocalDate | null
  readonly layout: 'letter' | 'document'
  readonly title: Text
  /** Whether it goes to the applicant, who may then fetch it with the numbers of case and passport. */
  readonly forApplicant?: boolean
  /** The register that its numbers come from; null: the unit's classification of such letters. */
  readonly register: string | null
  /** How its numbers look, when not as the office's letters usually do. */
  readonly numberPattern?: string
  readonly nature?: string
  readonly attachments?: string
  readonly subject?: string
  readonly body: readonly TemplateBlock[]
  /** Who may sign, the first role that the person has; without it the letter is made by the system. */
  readonly signatory?: {
    readonly roles: readonly string[]
    /** A role that signs on behalf of another: `{ "kasubdit": "dirjen" }`. */
    readonly onBehalfOf?: Readonly<Record<string, string>>
  }
  readonly copies?: readonly string[]
  /** The places whose values are sealed. */
  readonly sealed: {
    readonly name?: string
    readonly passport?: string
    readonly nationality?: string
    readonly from?: string
    readonly until?: string
  }
  /** Facts of somebody who does not exist, for the preview and the check. */
  readonly sample: Variables
}

export type TemplateBlock =
  | { readonly heading: string; readonly english?: string }
  | { readonly paragraph: string; readonly english?: string }
  | { readonly list: readonly string[]; readonly ordered?: boolean }
  /** One item for each text that a place of type `texts` holds. */
  | { readonly listOf: string; readonly ordered?: boolean }
  | { readonly fields: readonly TemplateField[] }
  | {
      readonly when: Condition
      readonly blocks: readonly TemplateBlock[]
      readonly otherwise?: readonly TemplateBlock[]
    }
  /** Where an office may add blocks of its own. */
  | { readonly slot: string }

export interface TemplateField {
  readonly label: Text
  readonly value: string
  readonly when?: Condition
}

/** A question about one place. */
export type Condition =
  | { readonly place: string; readonly is: 'present' }
  | { readonly place: string; readonly is: 'absent' }
  | {
      readonly place: string
      readonly is: 'equal' | 'on-or-after' | 'before'
      readonly value: Value
    }

/** What an office adds to a national template. It adds, and never takes away. */
export interface Addition {
  readonly template: string
  readonly version: number
  readonly from: LocalDate | null
  readonly to: LocalDate | null
  readonly slots: Readonly<Record<string, readonly TemplateBlock[]>>
  readonly copies?: readonly string[]
}

/** What a place is. */
export interface Place {
  readonly type: PlaceType
  readonly label: Text
  readonly sensitivity: 'public' | 'personal' | 'special'
}
export type Places = Readonly<Record<string, Place>>

/** A piece of a text: as written, or a place with its format. */
export type Piece =
  | { readonly text: string }
  | { readonly place: string; readonly format: string | null }

const PLACE = /\{\{\s*([A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*)\s*(?:\|\s*([a-z]+)\s*)?\}\}/g

/** Divides a text at its places. Braces that are no place stay in the text, where the check finds them. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const found of text.matchAll(PLACE)) {
    if (found.index > end) pieces.push({ text: text.slice(end, found.index) })
    pieces.push({ place: found[1] ?? '', format: found[2] ?? null })
    end = found.index + found[0].length
  }
  if (end < text.length) pieces.push({ text: text.slice(end) })
  return pieces
}

/** The version of a template that holds on a date: of those that do, the one that began last. */
export function holding<
  Dated extends {
    readonly version: number
    readonly from: LocalDate | null
    readonly to: LocalDate | null
  }
>(versions: readonly Dated[], date: LocalDate): Dated | null {
  const held = versions.filter(
    ({ from, to }) => (from === null || from <= date) && (to === null || date <= to)
  )
  return (
    held
      .sort((a, b) => (a.from ?? '').localeCompare(b.from ?? '') || a.version - b.version)
      .at(-1) ?? null
  )
}

/** A template with what an office adds to it in its slots. */
export function withAddition(template: Template, addition: Addition | null): Template {
  const fill = (blocks: readonly TemplateBlock[]): readonly TemplateBlock[] =>
    blocks.flatMap(block => {
      if ('slot' in block) return addition?.slots[block.slot] ?? []
      if (!('when' in block)) return [block]
      return [
        {
          ...block,
          blocks: fill(block.blocks),
          ...(block.otherwise && { otherwise: fill(block.otherwise) })
        }
      ]
    })
  return {
    ...template,
    body: fill(template.body),
    copies: [...(template.copies ?? []), ...(addition?.copies ?? [])]
  }
}

/** The templates of the nation, with what offices add. */
export interface Templates {
  readonly places: Places
  /** By kind of letter. */
  readonly national: Readonly<Record<string, readonly Template[]>>
  readonly additions: Readonly<Record<OfficeId, readonly Addition[]>>
  readonly letterheads: Letterheads
}

/** The lines above a unit's name, per level and with their dates, and how its letters are numbered. */
export interface Letterheads {
  readonly levels: Readonly<Record<'office' | 'region' | 'national', readonly LetterheadLines[]>>
}
export interface LetterheadLines {
  readonly from: LocalDate | null
  readonly to: LocalDate | null
  readonly lines: readonly string[]
  /** Null: as the rulebook says for the unit. */
  readonly numberPattern: string | null
}

/** The wording of a letter at an office on a date; null when there is none. */
export function findTemplate(
  templates: Templates,
  kind: string,
  office: OfficeId,
  date: LocalDate
): Template | null {
  const template = holding(templates.national[kind] ?? [], date)
  if (template === null) return null
  const additions = (templates.additions[office] ?? []).filter(
    addition => addition.template === kind
  )
  return withAddition(template, holding(additions, date))
}
