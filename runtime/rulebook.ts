import type { Office } from '../engine/context.ts'
import type { Level } from '../engine/graph.ts'
import type { Citation, Decision, Text, TrailStep } from '../engine/messages.ts'
import type { Instrument } from '../engine/rules/release.ts'
import type { Instant, LocalDate, OfficeId, Value, Variables } from '../engine/state.ts'
import type { Stating } from './rules/applying.ts'
import type { Drafted, Standing } from './rules/drafting.ts'
import type { Edit } from './rules/edits.ts'
import type { Enacted, Enactment } from './rules/enacting.ts'
import type { Publication } from './rules/statements.ts'
import type { Subject } from './rules/subjects.ts'

/** Local law, loaded and checked: offices, roles, parameters and tables with their dates. */
export interface Rulebook {
  /** An office of any level on a date of its own zone. @throws UnknownOffice */
  office(id: OfficeId, at: Instant): Office
  /** Every office of the tree. */
  offices(): readonly OfficeSummary[]
  /** The name of a role at a unit on a date: `Kepala Seksi Lalu Lintas dan Status Keimigrasian`. */
  roleLabel(unit: OfficeId, role: string, at: Instant): string
  /** The ids of the roles that the catalogue knows. */
  roles(): readonly string[]
  /** Those of them that name deputies for others of their unit. */
  administrators(): readonly string[]
  /** The process that serves a service at an office (its variant, or the national one); null: not offered. */
  bound(office: OfficeId, process: string): string | null
  /** The services that an office offers: the process ids that may be started there by hand. */
  services(office: OfficeId): readonly string[]
  /** The process that an office, or a unit above it, supplies for an extension point; null: none. */
  extension(office: OfficeId, point: string): string | null
  /** Every process that some unit supplies for an extension point. */
  extensions(): readonly Extension[]
  /**
   * The parameters that are true or false and that a region or an office may state by the day of submission or
   * of the decision: what may switch an optional step.
   */
  switches(): readonly string[]
  /** The newest release of an office: the hash of its canonical content. */
  release(office: OfficeId): string
  /**
   * Decides a table or reads a parameter.
   *
   * `release` is the one that the case pinned; a key that rebinds takes the newest instead and
   * the decision says so. `date` null: the date that the definition names, taken from the facts.
   *
   * @throws RuleFailed when no row fits, a fact is missing or of the wrong type, or no value holds
   */
  decide(request: DecideRequest): Promise<Decision>
  resolve(key: string, office: OfficeId, date: LocalDate, release: string | null): Resolution
  /** The value of a parameter alone, by the newest release; undefined: none holds, `resolve` says why. */
  valueAt(key: string, office: OfficeId, date: LocalDate): Value | undefined
  /** Every key of a parameter or a table, for a list of what holds at an office. */
  keys(): readonly { readonly key: string; readonly kind: 'value' | 'table' }[]
  /** A key as one who edits it at a unit on a date needs it; null: it is not defined. */
  subject(key: string, office: OfficeId, date: LocalDate): Subject | null
  /** The register of legal instruments and other sources. */
  instruments(): readonly Instrument[]
  /** How a citation is read: `PP 10/2015, tarif no. 2`. */
  citation(cite: Citation): string
  /** Label of a rule, for the officer. */
  label(rule: string): Text
  /** The law as it stands: the tree, what every unit states, the cases, and the newest law of every unit. */
  standing(): Standing
  /**
   * The law as edits of one unit would make it, of every unit, with all that is wrong with it. Nothing is
   * published.
   */
  draft(scope: OfficeId, edits: readonly Edit[], by: DraftedBy): Drafted
  /**
   * Publishes edits: they are checked against the law as it then stands, `keep` writes them whole or not at
   * all, and then they hold. One at a time. @throws InvalidData, or what `keep` throws
   */
  enact(change: Enactment, keep: (enacted: Enacted) => Promise<void>): Promise<Enacted>
  /** What all units stated before a publication, by its number. */
  before(number: number): Stating
  /** Takes up what another process has published since; says whether there was something. */
  refresh(): Promise<boolean>
  /** What was published by change sets, oldest first. */
  publications(): readonly Publication[]
  /** Adds a dated and cited statement to the newest release (a value or a row). @throws InvalidData */
  publish(statement: Statement, by: string, at: Instant): Promise<string>
  statements(): readonly (Statement & { readonly by: string; readonly at: Instant })[]
}

/** Who drafts, and when; the statements of a draft name it as their change set. */
export interface DraftedBy {
  readonly by: string
  readonly at: Instant
  readonly changeSet?: string
}

/** What a unit supplies in the place of a call of the nation. */
export interface Extension {
  readonly unit: OfficeId
  readonly point: string
  readonly process: string
}

export interface OfficeSummary {
  readonly id: OfficeId
  readonly name: string
  readonly level: Level
  readonly parent: OfficeId | null
  readonly timeZone: string
}

export interface DecideRequest {
  readonly rule: string
  readonly office: OfficeId
  readonly facts: Variables
  readonly date: LocalDate | null
  readonly release: string | null
  readonly at: Instant
}

export interface Resolution {
  readonly key: string
  readonly value: Value
  readonly level: Level
  readonly cites: readonly Citation[]
  readonly confidence: 'H' | 'M' | 'L' | null
  readonly trail: readonly TrailStep[]
}

/** What someone with the right to it states: one value, or one row of a table. */
export interface Statement {
  readonly scope: OfficeId
  readonly key: string
  readonly kind: 'value' | 'row'
  readonly from: LocalDate
  readonly to: LocalDate | null
  /** The value, or the row `{ id, before?, conditions, outcome }`. */
  readonly content: Value
  readonly cites: readonly Citation[]
  readonly reason: Text
}

/** A rule that cannot be decided. Becomes an incident that says what is missing. */
export class RuleFailed extends Error {
  readonly code: 'no-rule' | 'no-value' | 'no-calendar'
  constructor(code: 'no-rule' | 'no-value' | 'no-calendar', message: string) {
    super(message)
    this.name = 'RuleFailed'
    this.code = code
  }
}

/** No office, region or nation has this id. */
export class UnknownOffice extends Error {
  constructor(id: OfficeId) {
    super(`expected an office of the tree, found <${id}>`)
    this.name = 'UnknownOffice'
  }
}
