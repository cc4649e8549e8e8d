import type { Level } from '../graph.ts'
import type { Citation, Text } from '../messages.ts'
import type { Instant, LocalDate, OfficeId, Value } from '../state.ts'
import type { Bound } from './bounds.ts'
import type { Interval } from './dates.ts'

export type Confidence = 'H' | 'M' | 'L'
/** The date of a case that selects the law. */
export type AsOf = 'submitted' | 'billed' | 'decided' | 'expiry' | 'arrival' | 'today'

/** What a parameter and a table have in common: who may differ, how far, and which law counts. */
export interface Governed {
  readonly label: Text
  readonly description?: Text
  readonly overridableAt: readonly ('region' | 'office')[]
  readonly bounds: readonly Bound[]
  readonly asOf: AsOf
  /** Whether a running case keeps the release that it pinned. */
  readonly rebind: 'pinned' | 'always'
  /** Of what kinds at least `min` of the instruments must be that a statement cites; any when not given. */
  readonly cites: { readonly min: number; readonly kinds?: readonly InstrumentKind[] }
  /** How long a statement may go without a look at its source: an ISO 8601 duration as P1Y. */
  readonly reviewEvery?: string
  /** Who approves a change: somebody of the own unit, or of the one above. */
  readonly approval?: { readonly at: 'own' | 'above' }
}

/** What may carry a statement. KEP is a decision of an office or a region; SOURCE is a text that is no law. */
export const INSTRUMENT_KINDS = [
  'UU',
  'PP',
  'PERPRES',
  'PERMEN',
  'PMK',
  'KEPMEN',
  'KEP',
  'SE',
  'SKB',
  'JUKLAK',
  'SOP',
  'STANDAR',
  'SOURCE',
  'SAMPLE'
] as const
export type InstrumentKind = (typeof INSTRUMENT_KINDS)[number]

/** What a parameter may be. */
export interface Definition extends Governed {
  readonly key: string
  readonly type: ValueType
  readonly unit?: string
  readonly choices?: readonly string[]
  /** JSON Schema of a record. */
  readonly shape?: { readonly [name: string]: Value }
  /** What every value of a text must contain. */
  readonly contains?: readonly string[]
  readonly nullable?: true
}
export type ValueType =
  | 'integer'
  | 'money'
  | 'days'
  | 'workdays'
  | 'boolean'
  | 'text'
  | 'choice'
  | 'set'
  | 'record'

/** Something that a unit states, with its dates and what it rests on. */
export interface Stated extends Interval {
  readonly cites: readonly Citation[]
  readonly confidence: Confidence | null
  readonly remark?: Text
  readonly reason?: Text
  readonly sample?: true
  readonly assumption?: true
  /** When somebody last held it against its source. */
  readonly verifiedAt?: LocalDate
  /** When it was published; null or missing: it stands in the files. */
  readonly recordedAt?: Instant | null
  /** The change set that stated it; missing: the files did. */
  readonly changeSet?: string
  /** When another statement took its place, and by which change set; missing: it has not been withdrawn. */
  readonly withdrawnAt?: Instant | null
  readonly withdrawnBy?: string
}

/** A value of a parameter. */
export interface StatedValue extends Stated {
  readonly key: string
  readonly value: Value
}

/** A decision table of the nation. */
export interface Table extends Governed {
  readonly rule: string
  readonly facts: Readonly<Record<string, FactType>>
  /** JSON Schema of one outcome. */
  readonly outcome: { readonly [name: string]: Value }
  readonly hitPolicy: 'first' | 'unique' | 'collect'
  readonly rows: readonly Row[]
  readonly gaps?: readonly TableGap[]
}
/** Facts that a table leaves open on purpose: to meet them is an error, as for every gap, but no oversight. */
export interface TableGap extends Partial<Interval> {
  /** Null: whatever the facts are. */
  readonly conditions: Group | null
  readonly reason: Text
}
export interface Row extends Stated {
  readonly id: string
  readonly conditions: Group | null
  readonly outcome: Value
}

/** What a region, an office or, by publication, the nation adds to a table. */
export interface Overlay extends Stated {
  readonly rule: string
  readonly id: string
  /** The row whose outcome this one replaces. */
  readonly replaces?: string
  /** The row to which this one is an exception. */
  readonly before?: string
  readonly conditions?: Group | null
  readonly outcome: Value
}

/** A fact with its type, and where it comes from when the process does not give it. */
export interface FactType {
  readonly type:
    | 'integer'
    | 'number'
    | 'money'
    | 'boolean'
    | 'text'
    | 'date'
    | 'choice'
    | 'set'
    | 'flags'
  readonly label?: Text
  readonly choices?: readonly string[]
  readonly min?: number | string
  readonly max?: number | string
  readonly nullable?: true
  readonly parameter?: string
  readonly expression?: string
  readonly lastWorkingDayBefore?: string
}

/** json-rules-engine's format. */
export type Group =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
export type Condition = Group | Test
export interface Test {
  readonly fact: string
  readonly operator: Operator
  readonly value: Value
}
export type Operator =
  | 'equal'
  | 'notEqual'
  | 'in'
  | 'notIn'
  | 'lessThan'
  | 'lessThanInclusive'
  | 'greaterThan'
  | 'greaterThanInclusive'
  | 'between'
  | 'contains'
  | 'doesNotContain'

/** What one unit of the office tree states. */
export interface Layer<Statement> {
  readonly level: Level
  readonly scope: OfficeId
  readonly statements: readonly Statement[]
}

/** From the nation down; the order in which layers are applied. */
export const LEVELS: readonly Level[] = ['national', 'region', 'office']

/** The layers from the nation down, whatever the order they came in. */
export function fromTheTop<Statement>(
  layers: readonly Layer<Statement>[]
): readonly Layer<Statement>[] {
  return [...layers].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
}
