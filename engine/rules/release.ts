import canonicalize from 'canonicalize'
import type { CalendarYear } from '../context.ts'
import type { Level } from '../graph.ts'
import type { Text } from '../messages.ts'
import type { LocalDate, OfficeId } from '../state.ts'
import type { Interval } from './dates.ts'
import { holdsOn } from './dates.ts'
import type {
  Confidence,
  Definition,
  InstrumentKind,
  Layer,
  Overlay,
  StatedValue,
  Table
} from './definitions.ts'

/** A legal instrument or another source, with a life of its own. */
export interface Instrument {
  readonly id: string
  readonly kind: InstrumentKind
  /** As it is cited: `PP 10/2015`. */
  readonly short: string
  readonly title: string
  readonly inForce: Interval
  readonly amends?: readonly string[]
  readonly repealedBy?: string | null
  readonly confidence: Confidence
  readonly note?: Text
  readonly sample?: true
}

/** All that one unit of the office tree states. Only a nation has definitions and tables. */
export interface LawPart {
  readonly unit: OfficeId
  readonly level: Level
  readonly definitions: readonly Definition[]
  readonly tables: readonly Table[]
  readonly instruments: readonly Instrument[]
  readonly values: readonly StatedValue[]
  readonly rows: readonly Overlay[]
  /** Days on which this unit does not work, per year. */
  readonly calendars: Readonly<Record<string, CalendarYear>>
  /** What it stated once and has withdrawn since; missing: nothing. */
  readonly withdrawn?: {
    readonly values: readonly StatedValue[]
    readonly rows: readonly Overlay[]
  }
}

/**
 * What a release is made of: the parts of the units of one office, nation first, each by the hash of
 * its canonical text. A change of one unit makes a new part for it alone.
 */
export interface ReleaseContent {
  readonly format: 1
  readonly office: OfficeId
  readonly parts: readonly ReleasePart[]
}
export interface ReleasePart {
  readonly unit: OfficeId
  readonly level: Level
  readonly part: string
  /** When the office was under this unit; null for always. */
  readonly while: Interval | null
}

/** The law of one office: a release with its parts. */
export interface Law {
  /** The id of the release: the hash of its canonical text. */
  readonly release: string
  readonly office: OfficeId
  /** Nation first. */
  readonly parts: readonly (LawPart & { readonly while: Interval | null })[]
}

/** The canonical JSON text (RFC 8785): the same content always gives the same bytes. */
export function canonicalText(content: unknown): string {
  const text = canonicalize(content)
  if (text === undefined) throw new TypeError('expected content that JSON can hold')
  return text
}

/**
 * A part in its canonical order: what stands in another order in the files is the same law. The rows
 * of a table keep theirs, for the order of rows is law.
 */
export function orderPart(part: LawPart): LawPart {
  return {
    ...part,
    definitions: sorted(part.definitions, ({ key }) => key),
    tables: sorted(part.tables, ({ rule }) => rule),
    instruments: sorted(part.instruments, ({ id }) => id),
    values: sorted(part.values, canonicalText),
    rows: sorted(part.rows, row => `${row.rule} ${row.id} ${canonicalText(row)}`),
    ...(part.withdrawn
      ? {
          withdrawn: {
            values: sorted(part.withdrawn.values, canonicalText),
            rows: sorted(part.withdrawn.rows, canonicalText)
          }
        }
      : {})
  }
}

/** What the units above an office on a date, and the office itself, state as values. */
export function valueLayers(law: Law, at: LocalDate): readonly Layer<StatedValue>[] {
  return partsOn(law, at).map(({ level, unit, values, withdrawn }) => ({
    level,
    scope: unit,
    statements: withdrawn ? [...values, ...withdrawn.values] : values
  }))
}

/** The same for the rows that they lay over tables. */
export function rowLayers(law: Law, at: LocalDate): readonly Layer<Overlay>[] {
  return partsOn(law, at).map(({ level, unit, rows, withdrawn }) => ({
    level,
    scope: unit,
    statements: withdrawn ? [...rows, ...withdrawn.rows] : rows
  }))
}

function partsOn(law: Law, at: LocalDate): Law['parts'] {
  const parts = law.parts.filter(part => part.while === null || holdsOn(part.while, at) !== 'no')
  // an office that came back to a unit may perhaps be under it twice on the day of the change
  return parts.filter((part, nth) => parts.findIndex(({ unit }) => unit === part.unit) === nth)
}

function sorted<Item>(items: readonly Item[], by: (item: Item) => string): readonly Item[] {
  return items
    .map(item => ({ item, name: by(item) }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map(({ item }) => item)
}
