import { join } from 'node:path'
import type { Office } from '../../engine/context.ts'
import type { Problem } from '../../engine/errors.ts'
import { InvalidData, Stuck } from '../../engine/errors.ts'
import type { OfficeTree, Unit } from '../../engine/offices/resolve.ts'
import {
  lineOf,
  nameOn,
  officeFacts,
  parentOf,
  roleName,
  servicesOf
} from '../../engine/offices/resolve.ts'
import { LEVELS } from '../../engine/rules/definitions.ts'
import type { Instrument } from '../../engine/rules/release.ts'
import type { Instant, LocalDate, OfficeId, Value } from '../../engine/state.ts'
import { localDate } from '../../engine/time.ts'
import { createDecider } from '../decide.ts'
import type { DraftedBy, Extension, Rulebook, Statement } from '../rulebook.ts'
import { RuleFailed, UnknownOffice } from '../rulebook.ts'
import { applyEdits, type Stating } from './applying.ts'
import { checkPart, checkSense, placeOf, withPublished } from './assemble.ts'
import { decideBy, rowView } from './deciding.ts'
import { type Drafted, draftLaw, type Standing } from './drafting.ts'
import type { Edit } from './edits.ts'
import { type Enacted, type Enactment, newLaw } from './enacting.ts'
import { Findings, problemOf } from './findings.ts'
import type { OpenLaw } from './laws.ts'
import { makeReleases, openAll } from './laws.ts'
import { loadRules } from './load.ts'
import type { OpenRelease } from './releases.ts'
import { releasesOf } from './releases.ts'
import { schemaProblems } from './schemas.ts'
import {
  type Publication,
  type PublishedStatement,
  type Statements,
  statementsOf
} from './statements.ts'
import { findSubject } from './subjects.ts'

export interface RulebookOptions {
  /** The folder `rules/`. */
  readonly folder: string
  readonly statements: Statements
}

/**
 * Opens the rules of a folder together with what was published since, and keeps every release, so that
 * a case finds the one that it pinned.
 *
 * @throws InvalidData with every problem
 */
export async function createRulebook({ folder, statements }: RulebookOptions): Promise<Rulebook> {
  const findings = new Findings()
  const { tree, parts, cases, invariants, schemas } = loadRules(folder, findings)
  const published = await statements.all()
  const publications = await statements.publications()
  const files: Stating = { parts: withPublished(parts, published, findings), cases }
  let stating = files
  for (const { scope, edits, changeSet, at } of publications) {
    // what the files no longer state cannot be taken back either, and need not be
    stating = applyEdits(stating, scope, edits, { at, changeSet }, new Findings())
  }
  checkSense(tree, stating.parts, findings, invariants)
  const problems = findings.errors()
  if (problems.length > 0) throw new InvalidData(`rules <${join(folder)}>`, problems)

  const releases = makeReleases(tree, stating.parts)
  await statements.keep(releases, null)
  const standing = { ...stating, files, tree, schemas, invariants, laws: openAll(releases) }
  return new OpenRulebook(statements, standing, published, publications)
}

class OpenRulebook implements Rulebook {
  readonly #tree: OfficeTree
  readonly #store: Statements
  readonly #openRelease: OpenRelease
  readonly #decider = createDecider()
  readonly #opened = new Map<string, OpenLaw>()
  readonly #offices = new Map<string, Office>()
  readonly #dates = new Map<string, { readonly second: string; readonly date: LocalDate }>()
  #standing: Standing
  #newest: ReadonlyMap<OfficeId, OpenLaw>
  #published: readonly PublishedStatement[]
  #publications: readonly Publication[]
  #register: ReadonlyMap<string, Instrument>
  #publishing: Promise<unknown> = Promise.resolve()

  constructor(
    store: Statements,
    standing: Standing,
    published: readonly PublishedStatement[],
    publications: readonly Publication[]
  ) {
    this.#tree = standing.tree
    this.#store = store
    this.#openRelease = releasesOf(store)
    this.#published = published
    this.#publications = publications
    this.#standing = standing
    this.#newest = standing.laws
    this.#register = registerOf(standing)
    this.#open(standing.laws)
  }

  // offices ////////

  office(id: OfficeId, at: Instant): Office {
    const unit = this.#unit(id)
    const on = this.#date(at, unit.timeZone)
    const law = this.#law(id)
    const key = `${law.release} ${on}`
    const known = this.#offices.get(key)
    if (known) return known

    const line = lineOf(this.#tree, id, on)
    const letters = {
      ministry: this.#find('letter.ministry', id, on),
      numberPattern: this.#find('letter.numberPattern', id, on),
      classification: this.#find('letter.classification', id, on)
    }
    const office: Office = {
      id,
      name: nameOn(unit.name, on) ?? id,
      timeZone: unit.timeZone,
      calendar: law.calendar,
      line: line.map(one => ({
        id: one.id,
        level: one.level,
        name: nameOn(one.name, on) ?? one.id
      })),
      supervisors: this.#rolesThat('supervises'),
      facts: { ...officeFacts(line, on), ...letters }
    }
    if (this.#offices.size > MOST_OFFICES) this.#offices.clear()
    this.#offices.set(key, office)
    return office
  }

  offices() {
    return [...this.#tree.units.values()].map(unit => ({
      id: unit.id,
      name: nameOn(unit.name, LATEST) ?? unit.id,
      level: unit.level,
      parent: parentOf(unit, LATEST),
      timeZone: unit.timeZone
    }))
  }

  roleLabel(unit: OfficeId, role: string, at: Instant): string {
    return roleName(this.#tree, unit, role, localDate(at, this.#unit(unit).timeZone))
  }

  administrators(): readonly string[] {
    return this.#rolesThat('administers')
  }

  #rolesThat(mark: 'supervises' | 'administers'): readonly string[] {
    return [...this.#tree.roles.values()].filter(role => role[mark] === true).map(({ id }) => id)
  }

  roles(): readonly string[] {
    return [...this.#tree.roles.keys()]
  }

  bound(office: OfficeId, process: string): string | null {
    const services = servicesOf(this.#tree, office, LATEST)
    const bound = services.get(process)
    if (bound !== undefined) return bound
    const line = lineOf(this.#tree, office, LATEST)
    const known =
      [...services.values()].includes(process) ||
      line.some(({ processes }) => processes.includes(process))
    return known ? process : null
  }

  services(office: OfficeId): readonly string[] {
    if (this.#tree.units.get(office)?.level !== 'office') return []
    return [...servicesOf(this.#tree, office, LATEST).keys()].sort()
  }

  extension(office: OfficeId, point: string): string | null {
    for (const { extensions } of lineOf(this.#tree, office, LATEST)) {
      if (Object.hasOwn(extensions, point)) return extensions[point] ?? null
    }
    return null
  }

  extensions(): readonly Extension[] {
    return [...this.#tree.units.values()].flatMap(({ id: unit, extensions }) =>
      Object.entries(extensions).flatMap(([point, process]) =>
        process === null ? [] : [{ unit, point, process }]
      )
    )
  }

  // rules ////////

  switches(): readonly string[] {
    return [...this.#nation().definitions.values()]
      .filter(({ type, overridableAt, asOf, nullable }) => {
        const known = asOf !== 'expiry' && asOf !== 'arrival'
        return type === 'boolean' && overridableAt.length > 0 && known && nullable !== true
      })
      .map(({ key }) => key)
  }

  release(office: OfficeId): string {
    return this.#law(office).release
  }

  async decide({ rule, office, facts, date, release, at }: Parameters<Rulebook['decide']>[0]) {
    const newest = this.#law(office)
    const pinned =
      release === null || release === newest.release ? newest : await this.#pinned(release, office)
    const today = localDate(at, this.#unit(office).timeZone)
    const lawFor = (key: string): OpenLaw => {
      const governed = newest.tables.get(key) ?? newest.definitions.get(key)
      return governed?.rebind === 'always' ? newest : pinned
    }
    return decideBy(lawFor, this.#decider, { rule, office, facts, date, today })
  }

  valueAt(key: string, office: OfficeId, date: LocalDate): Value | undefined {
    return this.#newest.get(office)?.timelines.valueAt(key, date)
  }

  resolve(key: string, office: OfficeId, date: LocalDate, release: string | null) {
    const law = release === null ? this.#law(office) : this.#opened.get(release)
    if (!law)
      throw new RuleFailed('no-value', `expected a release that is in use, found <${release}>`)
    try {
      const table = law.tables.get(key)
      if (table) {
        const { rows, trail } = law.timelines.table(table, date)
        const own = rows.find(({ scope }) => scope === office)
        const level = own?.level ?? 'national'
        return { key, value: rows.map(rowView), level, cites: [], confidence: null, trail }
      }
      const definition = law.definitions.get(key)
      if (!definition) throw new Stuck('no-value', `expected a rule or a parameter, found <${key}>`)
      const { value, level, cites, confidence, trail } = law.timelines.resolve(definition, date)
      return { key, value, level, cites, confidence, trail }
    } catch (error) {
      if (!(error instanceof Stuck)) throw error
      throw new RuleFailed(
        error.code === 'no-rule' ? 'no-rule' : 'no-value',
        `at office <${office}>: ${error.message}`
      )
    }
  }

  keys() {
    const { definitions, tables } = this.#nation()
    const keys = [
      ...[...definitions.keys()].map(key => ({ key, kind: 'value' as const })),
      ...[...tables.keys()].map(key => ({ key, kind: 'table' as const }))
    ]
    return keys.sort((a, b) => (a.key < b.key ? -1 : 1))
  }

  subject(key: string, office: OfficeId, date: LocalDate) {
    return findSubject(this.#law(office), key, date)
  }

  instruments() {
    return [...this.#register.values()]
  }

  citation({ instrument, pin }: Parameters<Rulebook['citation']>[0]): string {
    const short = this.#register.get(instrument)?.short ?? instrument
    return pin ? `${short}, ${pin}` : short
  }

  label(rule: string) {
    const { definitions, tables } = this.#nation()
    return (tables.get(rule) ?? definitions.get(rule))?.label ?? { id: rule, en: rule }
  }

  // publishing ////////

  publish(statement: Statement, by: string, at: Instant): Promise<string> {
    const publishing = this.#publishing.then(() => this.#publish(statement, by, at))
    this.#publishing = publishing.catch(() => undefined)
    return publishing
  }

  statements() {
    return [...this.#published, ...this.#publications.flatMap(statementsOf)]
  }

  standing(): Standing {
    return this.#standing
  }

  publications() {
    return this.#publications
  }

  before(number: number): Stating {
    return this.#publications
      .filter(one => one.number < number)
      .reduce(
        (stating, { scope, edits, changeSet, at }) =>
          applyEdits(stating, scope, edits, { at, changeSet }, new Findings()),
        this.#standing.files
      )
  }

  draft(scope: OfficeId, edits: readonly Edit[], { at, changeSet = 'draft' }: DraftedBy): Drafted {
    return draftLaw(this.#standing, scope, edits, { at: this.#after(at), changeSet })
  }

  enact(change: Enactment, keep: (enacted: Enacted) => Promise<void>): Promise<Enacted> {
    const publishing = this.#publishing.then(() => this.#enact(change, keep))
    this.#publishing = publishing.catch(() => undefined)
    return publishing
  }

  async #enact(change: Enactment, keep: (enacted: Enacted) => Promise<void>): Promise<Enacted> {
    const { scope, edits, changeSet } = change
    const at = this.#after(change.at)
    const drafted = draftLaw(this.#standing, scope, edits, { at, changeSet })
    if (drafted.problems.length > 0) {
      throw new InvalidData(`change set <${changeSet}>`, drafted.problems)
    }
    const number = this.#publications.length + 1
    const publication: Publication = { ...change, at, number }
    const enacted = { publication, ...newLaw(drafted, this.#newest) }
    await keep(enacted)
    const { parts, cases, laws } = drafted
    this.#stand({ ...this.#standing, parts, cases, laws })
    this.#publications = [...this.#publications, publication]
    return enacted
  }

  refresh(): Promise<boolean> {
    const refreshing = this.#publishing.then(() => this.#takeUp())
    this.#publishing = refreshing.catch(() => undefined)
    return refreshing
  }

  async #takeUp(): Promise<boolean> {
    const more = await this.#store.publications(this.#publications.length)
    if (more.length === 0) return false
    const { parts, cases } = more.reduce<Stating>(
      (stating, { scope, edits, changeSet, at }) =>
        applyEdits(stating, scope, edits, { at, changeSet }, new Findings()),
      this.#standing
    )
    const laws = openAll(makeReleases(this.#tree, parts), this.#newest)
    this.#stand({ ...this.#standing, parts, cases, laws })
    this.#publications = [...this.#publications, ...more]
    return true
  }

  /** Every publication has a moment of its own, so that what was known before each can be told. */
  #after(at: Instant): Instant {
    const last = this.#publications.at(-1)?.at
    if (last === undefined || last < at) return at
    return new Date(Date.parse(last) + 1).toISOString()
  }

  #stand(standing: Standing): void {
    this.#standing = standing
    this.#newest = standing.laws
    this.#register = registerOf(standing)
    this.#open(standing.laws)
  }

  async #publish(statement: Statement, by: string, at: Instant): Promise<string> {
    const refuse = (problems: readonly Problem[]): void => {
      if (problems.length > 0) throw new InvalidData('statement', problems)
    }
    refuse(schemaProblems(this.#standing.schemas('statement'), statement))
    const published: PublishedStatement = { ...statement, by, at }
    const findings = new Findings()
    const parts = withPublished(this.#standing.parts, [published], findings)
    const part = parts.get(statement.scope)
    if (part) checkPart(this.#tree, parts, part, findings)
    const place = placeOf(published)
    const own = findings.all.filter(({ kind, path }) => kind !== 'notice' && path.startsWith(place))
    refuse(own.map(one => ({ ...problemOf(one), path: one.path.slice(place.length).trim() })))

    const releases = makeReleases(this.#tree, parts)
    await this.#store.keep(releases, published)
    const files = {
      ...this.#standing.files,
      parts: withPublished(this.#standing.files.parts, [published], new Findings())
    }
    this.#stand({ ...this.#standing, files, parts, laws: openAll(releases, this.#newest) })
    this.#published = [...this.#published, published]
    return this.release(statement.scope)
  }

  // inside ////////

  #unit(id: OfficeId): Unit {
    const unit = this.#tree.units.get(id)
    if (!unit) throw new UnknownOffice(id)
    return unit
  }

  /** The local date, reckoned once a second for each time zone: every command asks for it. */
  #date(at: Instant, timeZone: string): LocalDate {
    const second = at.slice(0, 'yyyy-mm-ddThh:mm:ss'.length)
    const known = this.#dates.get(timeZone)
    if (known?.second === second) return known.date
    const date = localDate(at, timeZone)
    this.#dates.set(timeZone, { second, date })
    return date
  }

  #law(office: OfficeId): OpenLaw {
    const law = this.#newest.get(office)
    if (!law) throw new UnknownOffice(office)
    return law
  }

  #nation(): OpenLaw {
    const [law] = this.#newest.values()
    if (!law) throw new Error('expected a nation')
    return law
  }

  #open(laws: ReadonlyMap<OfficeId, OpenLaw>): void {
    for (const law of laws.values()) this.#opened.set(law.release, law)
  }

  async #pinned(release: string, office: OfficeId): Promise<OpenLaw> {
    const opened = this.#opened.get(release)
    if (opened) return opened
    const law = await this.#openRelease(release)
    if (!law) throw new RuleFailed('no-rule', `office <${office}> has no release <${release}>`)
    this.#opened.set(release, law)
    return law
  }

  /** The value of a key that a letter or a page can do without. */
  #find(key: string, office: OfficeId, on: LocalDate): Value {
    return this.#law(office).timelines.valueAt(key, on) ?? null
  }
}

/** The registers of all units as one; the instruments of the nation go first. */
function registerOf({ parts }: Standing): ReadonlyMap<string, Instrument> {
  const fromBelow = [...parts.values()].sort(
    (a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level)
  )
  return new Map(fromBelow.flatMap(part => part.instruments.map(one => [one.id, one] as const)))
}

const MOST_OFFICES = 2000
/** What is asked without a date is asked for now and later. */
const LATEST: LocalDate = '9999-12-31'
