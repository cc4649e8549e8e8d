import type { LocalDate, OfficeId, Variables } from '../../engine/state.ts'

/** A letter before it has a shape on paper: what it says, to whom, on whose behalf. */
export interface Letter {
  readonly kind: string
  /** Which paper it stands on: a letter to someone, or a document with its title in the middle. */
  readonly layout: 'letter' | 'document'
  readonly title: string
  /** The title in English, below it; empty when nobody abroad reads it. */
  readonly english: string
  readonly number: string
  readonly date: LocalDate
  /** As printed: `03 Desember 2015`. */
  readonly dateText: string
  readonly office: Letterhead
  /** *Sifat*. */
  readonly nature: string
  /** *Lampiran*. */
  readonly attachments: string
  /** *Hal*. */
  readonly subject: string
  readonly to: Addressee | null
  readonly body: readonly LetterBlock[]
  readonly signatory: Signatory | null
  /** *Tembusan*. */
  readonly copies: readonly string[]
  /** What is signed and shown to whoever verifies the letter. */
  readonly sealed: {
    readonly name: string | null
    /** The last four characters of the passport number; no more of it leaves the letter. */
    readonly passport: string | null
    readonly nationality: string | null
    readonly from: LocalDate | null
    readonly until: LocalDate | null
  }
}

export type LetterBlock =
  | { readonly type: 'heading'; readonly text: string; readonly english: string }
  | { readonly type: 'paragraph'; readonly text: string; readonly english: string }
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly type: 'fields'; readonly rows: readonly LetterField[] }

export interface LetterField {
  readonly label: string
  readonly english: string
  readonly value: string
}

export interface Addressee {
  /** A position, or the name of a person. */
  readonly name: string
  readonly place: string | null
}

export interface Signatory {
  readonly position: string
  /** The position in whose name it is signed (*a.n.*), or null. */
  readonly onBehalfOf: string | null
  readonly name: string
  /** 18 digits, or null. */
  readonly nip: string | null
}

/** Who writes: the head of the paper, and how letters are numbered there. */
export interface Letterhead {
  readonly unit: OfficeId
  /** Ministry and directorate or regional office, as they were called on the date of the letter. */
  readonly ministryLines: readonly string[]
  readonly name: string
  readonly address: string | null
  readonly phone: string | null
  readonly fax: string | null
  readonly site: string | null
  readonly email: string | null
  /** Where letters are dated. */
  readonly place: string
  readonly timeZone: string
  /** The unit's part of a number: `W.6.IMI.IMI.2`. */
  readonly unitCode: string
  /** `{unit}.{class}-{seq} TAHUN {year}`. */
  readonly numberPattern: string
  /** The archive classification of its letters on stay permits: `GR.04.02`. */
  readonly classification: string
}

/** What a letter is composed from, besides its template and the office. */
export interface LetterValues {
  readonly number: string
  readonly date: LocalDate
  readonly to: Addressee | null
  readonly signatory: Signatory | null
  readonly facts: Variables
}
