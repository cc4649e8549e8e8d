import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { CalendarYear } from '../../engine/context.ts'
import type { Level } from '../../engine/graph.ts'
import type { OfficeTree, Role, Unit } from '../../engine/offices/resolve.ts'
import type { Definition, Overlay, StatedValue, Table } from '../../engine/rules/definitions.ts'
import type { Instrument, LawPart } from '../../engine/rules/release.ts'
import type { LocalDate, OfficeId, Value, Variables } from '../../engine/state.ts'
import type { Findings } from './findings.ts'
import type { Invariant } from './invariants.ts'
import { readJson } from './json.ts'
import type { Schemas } from './schemas.ts'
import { readSchemas, schemaProblems } from './schemas.ts'

/** An example beside a rule. */
export interface RuleCase {
  readonly name: string
  readonly rule: string
  /** The unit that states it. */
  readonly scope: OfficeId
  readonly kind?: 'mustHold' | 'default'
  readonly replaces?: string
  readonly office?: OfficeId
  readonly date: LocalDate
  readonly facts: Variables
  readonly row?: string | readonly string[]
  readonly outcome?: Value
  readonly fails?: 'no-rule' | 'no-value' | 'no-calendar'
  readonly says?: string
}

/** The rules of a folder, read and held to their schemas, not yet to their sense. */
export interface RulesFolder {
  readonly tree: OfficeTree
  readonly parts: ReadonlyMap<OfficeId, LawPart>
  readonly cases: readonly RuleCase[]
  readonly invariants: readonly Invariant[]
  readonly schemas: Schemas
}

/**
 * Reads a folder of rules. What does not fit its schema is reported and left out, so that every
 * problem is found at once.
 */
export function loadRules(folder: string, findings: Findings): RulesFolder {
  return new Loader(folder, findings).load()
}

/** What a schema has checked, before it has its type. */
// biome-ignore lint/suspicious/noExplicitAny: one of the two borders without types
type Json = { readonly [name: string]: any }

class Loader {
  readonly #folder: string
  readonly #findings: Findings
  readonly #schemas: Schemas
  readonly #units = new Map<OfficeId, Unit>()
  readonly #roles = new Map<string, Role>()
  readonly #parts = new Map<OfficeId, LawPart>()
  readonly #cases: RuleCase[] = []

  constructor(folder: string, findings: Findings) {
    this.#folder = folder
    this.#findings = findings
    this.#schemas = readSchemas(join(folder, 'schema'))
  }

  load(): RulesFolder {
    const nation = this.#nation()
    this.#below('regions', 'region')
    this.#below('offices', 'office')
    this.#calendars(nation)
    return {
      tree: { units: this.#units, roles: this.#roles },
      parts: this.#parts,
      cases: this.#cases,
      invariants: this.#invariants(),
      schemas: this.#schemas
    }
  }

  // units ////////

  #nation(): OfficeId {
    const file = this.#read('national/nation.json', 'nation')
    const nation = file ?? {
      id: 'national',
      name: 'national',
      timeZone: 'Asia/Jakarta',
      place: '',
      processes: [],
      extensions: {}
    }
    this.#unit(nation, 'national')
    const roles = this.#read('national/roles.json', 'roles')
    for (const role of (roles?.roles ?? []) as (Role & object)[]) {
      this.#once(this.#roles, role.id, role, `role <${role.id}>`)
    }
    const register = this.#read('national/instruments.json', 'instrument')
    const definitions: Definition[] = []
    const values: StatedValue[] = []
    for (const file of this.#list('national/parameters')) {
      for (const parameter of (this.#read(file, 'parameters')?.parameters ?? []) as Json[]) {
        const { values: stated, ...rest } = parameter
        const definition = this.#moved(parameter, rest as Definition)
        definitions.push(definition)
        for (const value of stated as Json[]) {
          values.push(
            this.#moved(value, { ...value, key: definition.key } as unknown as StatedValue)
          )
        }
      }
    }
    const tables: Table[] = []
    for (const file of this.#list('national/tables')) {
      const read = this.#read(file, 'table')
      if (!read) continue
      const { $schema: _, cases, ...rest } = read
      const table = this.#moved(read, rest as unknown as Table)
      tables.push(table)
      for (const one of cases as Json[]) this.#case(one, table.rule, nation.id)
    }
    const instruments = (register?.instruments ?? []) as Instrument[]
    this.#extend(nation.id, part => ({ ...part, definitions, tables, instruments, values }))
    return nation.id
  }

  #invariants(): readonly Invariant[] {
    const path = 'national/invariants.json'
    if (!existsSync(join(this.#folder, path))) return []
    return (this.#read(path, 'invariant')?.invariants ?? []) as Invariant[]
  }

  #below(folder: string, level: 'region' | 'office'): void {
    for (const name of this.#folders(folder)) {
      const file = this.#read(`${folder}/${name}/${level}.json`, level)
      if (!file) continue
      if (file.id !== name)
        this.#findings.error(
          file,
          `expected the id of the folder, <${name}>, found <${file.id}>`,
          '/id'
        )
      this.#unit(file, level)
      this.#statements(file, file.id)
      for (const path of this.#list(`${folder}/${name}`)) {
        if (path.endsWith(`/${level}.json`)) continue
        const statements = this.#read(path, 'statements')
        if (statements) this.#statements(statements, file.id)
      }
    }
  }

  #unit(file: Json, level: Level): void {
    const unit: Unit = {
      id: file.id,
      level,
      name: file.name,
      extends: file.extends ?? null,
      timeZone: file.timeZone,
      place: file.place,
      province: file.province ?? null,
      class: file.class ?? null,
      borderCheckPoints: file.borderCheckPoints ?? null,
      unitCode: file.unitCode ?? null,
      samples: file.samples ?? [],
      contact: file.contact ?? null,
      exists: file.exists ?? null,
      roles: file.roles ?? {},
      services: file.services ?? {},
      processes: file.processes ?? [],
      extensions: file.extensions ?? {}
    }
    this.#once(this.#units, unit.id, this.#moved(file, unit), `unit <${unit.id}>`)
    if (!this.#parts.has(unit.id)) {
      const nothing = {
        definitions: [],
        tables: [],
        instruments: [],
        values: [],
        rows: [],
        calendars: {}
      }
      this.#parts.set(unit.id, { unit: unit.id, level, ...nothing })
    }
  }

  #statements(file: Json, unit: OfficeId): void {
    const instruments = (file.instruments ?? []) as Instrument[]
    const values = (file.values ?? []) as StatedValue[]
    const rows = (file.rows ?? []) as Overlay[]
    for (const one of (file.cases ?? []) as Json[]) this.#case(one, one.rule, unit)
    this.#extend(unit, part => ({
      ...part,
      instruments: [...part.instruments, ...instruments],
      values: [...part.values, ...values],
      rows: [...part.rows, ...rows]
    }))
  }

  #case(file: Json, rule: string, scope: OfficeId): void {
    this.#cases.push(this.#moved(file, { ...file, rule, scope } as unknown as RuleCase))
  }

  // calendars ////////

  #calendars(nation: OfficeId): void {
    for (const path of this.#list('calendars')) {
      const file = this.#read(path, 'calendar')
      if (!file) continue
      const { year, scope = nation, sample, holidays, collectiveLeave } = file
      const known = this.#parts.get(scope)
      if (!known) {
        this.#findings.error(file, `expected a unit, found <${scope}>`, '/scope')
        continue
      }
      if (Object.hasOwn(known.calendars, String(year))) {
        this.#findings.error(file, `<${scope}> has a calendar of ${year} already`, '/year')
      }
      for (const date of [...Object.keys(holidays), ...Object.keys(collectiveLeave)]) {
        if (!date.startsWith(`${year}-`))
          this.#findings.error(file, `expected days of ${year}, found <${date}>`)
        if (date in holidays && date in collectiveLeave)
          this.#findings.error(file, `<${date}> stands twice`)
      }
      const closed = { ...collectiveLeave, ...holidays } as CalendarYear['closed']
      this.#extend(scope, part => ({
        ...part,
        calendars: { ...part.calendars, [String(year)]: { closed, sample } }
      }))
    }
  }

  // files ////////

  #read(path: string, schema: string): Json | null {
    const file = join(this.#folder, path)
    if (!existsSync(file)) {
      this.#findings.all.push({ kind: 'error', path, message: 'expected this file' })
      return null
    }
    const read = readJson(readFileSync(file, 'utf8'))
    if ('length' in read) {
      for (const problem of read) {
        this.#findings.all.push({
          kind: 'error',
          path: `${path}:${problem.path}`,
          message: problem.message
        })
      }
      return null
    }
    const place = (pointer: string): string =>
      `${path}:${lineOf(read.lines, pointer)} ${pointer}`.trimEnd()
    const problems = schemaProblems(this.#schemas(schema), read.value)
    for (const { path: pointer, message } of problems) {
      this.#findings.all.push({ kind: 'error', path: place(pointer), message })
    }
    if (problems.length > 0) return null
    this.#locate(read.value, '', place)
    return read.value as Json
  }

  /** Every object of a file knows where it stands; a citation without a clause says so. */
  #locate(value: Value, pointer: string, place: (pointer: string) => string): void {
    if (typeof value !== 'object' || value === null) return
    this.#findings.locate(value, inside => place(pointer + inside))
    if ('instrument' in value && !('pin' in value)) Object.assign(value, { pin: null })
    for (const [name, member] of Object.entries(value)) {
      this.#locate(member, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, place)
    }
  }

  /** An object made from one of a file stands where that one stands. */
  #moved<Part extends object>(from: object, to: Part): Part {
    this.#findings.locate(to, pointer => this.#findings.place(from, pointer))
    return to
  }

  #once<Item extends object>(map: Map<string, Item>, id: string, item: Item, what: string): void {
    if (map.has(id)) this.#findings.error(item, `${what} stands twice`)
    else map.set(id, item)
  }

  #extend(unit: OfficeId, change: (part: LawPart) => LawPart): void {
    const part = this.#parts.get(unit)
    if (part) this.#parts.set(unit, change(part))
  }

  #list(folder: string): readonly string[] {
    const path = join(this.#folder, folder)
    if (!existsSync(path)) return []
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.json'))
      .map(name => relative(this.#folder, join(path, name)).replaceAll('\\', '/'))
      .sort()
  }

  #folders(folder: string): readonly string[] {
    const path = join(this.#folder, folder)
    if (!existsSync(path)) return []
    return readdirSync(path)
      .filter(name => statSync(join(path, name)).isDirectory())
      .sort()
  }
}

/** The line of a pointer, or of the nearest thing around it. */
function lineOf(lines: ReadonlyMap<string, number>, pointer: string): number {
  let at = pointer
  while (!lines.has(at) && at !== '') at = at.slice(0, at.lastIndexOf('/'))
  return lines.get(at) ?? 1
}
