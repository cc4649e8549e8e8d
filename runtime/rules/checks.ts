import type { Citation } from '../../engine/messages.ts'
import { compileExpression } from '../../engine/expression.ts'
import { InvalidData } from '../../engine/errors.ts'
import { findBreach } from '../../engine/rules/bounds.ts'
import { conditionProblems } from '../../engine/rules/conditions.ts'
import {
  dateProblem,
  describe,
  endsBeforeItStarts,
  isCertain,
  mayMeet,
  sureStart,
  surelyMeet
} from '../../engine/rules/dates.ts'
import type { Interval } from '../../engine/rules/dates.ts'
import type { Definition, Governed, Overlay, Row, Stated, StatedValue, Table } from '../../engine/rules/definitions.ts'
import { resolveValue } from '../../engine/rules/layers.ts'
import { canonicalText } from '../../engine/rules/release.ts'
import type { Instrument, LawPart } from '../../engine/rules/release.ts'
import type { Findings } from './findings.ts'
import { schemaProblems } from './schemas.ts'
import { shapeOf, valueFault } from './values.ts'

/** What the statements of the nation mean to everybody: definitions, tables and instruments by name. */
export interface NationalLaw {
  readonly definitions: ReadonlyMap<string, Definition>
  readonly tables: ReadonlyMap<string, Table>
  readonly instruments: ReadonlyMap<string, Instrument>
}

/** The law of the nation by name; a name that stands twice is reported. */
export function nationalLaw(nation: LawPart, findings: Findings): NationalLaw {
  const definitions = byName(nation.definitions, ({ key }) => key, 'key', findings)
  const tables = byName(nation.tables, ({ rule }) => rule, 'rule', findings)
  const instruments = byName(nation.instruments, ({ id }) => id, 'instrument', findings)
  for (const [rule, table] of tables) {
    if (definitions.has(rule)) findings.error(table, `<${rule}> is a key and a rule`)
  }
  return { definitions, tables, instruments }
}

export function checkInstruments(law: NationalLaw, findings: Findings): void {
  for (const instrument of law.instruments.values()) {
    checkInterval(instrument, instrument.inForce, findings)
    if (instrument.confidence === 'L' && !instrument.sample) {
      findings.error(instrument, 'confidence L is for samples only')
    }
    for (const id of [...(instrument.amends ?? []), ...(instrument.repealedBy ? [instrument.repealedBy] : [])]) {
      if (!law.instruments.has(id)) findings.error(instrument, `expected an instrument of the register, found <${id}>`)
    }
  }
}

export function checkDefinitions(law: NationalLaw, findings: Findings): void {
  for (const definition of law.definitions.values()) {
    if (definition.type !== 'record') continue
    try {
      shapeOf(definition)
    } catch (error) {
      findings.error(definition, `the shape is no JSON Schema: ${(error as Error).message}`, '/shape')
    }
  }
}

/** Checks the values that one unit states, with those of the units above it for the bounds. */
export function checkValues(part: LawPart, above: readonly LawPart[], law: NationalLaw, findings: Findings): void {
  const byKey = new Map<string, StatedValue[]>()
  for (const value of part.values) {
    const definition = law.definitions.get(value.key)
    if (!definition) {
      findings.error(value, `expected a key that is defined, found <${value.key}>`, '/key')
      continue
    }
    const others = byKey.get(value.key) ?? []
    byKey.set(value.key, [...others, value])
    checkStated(value, definition, part, law, findings)
    const fault = valueFault(definition, value.value)
    if (fault) {
      findings.error(value, fault, '/value')
      continue
    }
    for (const other of others) {
      if (surelyMeet(other, value)) {
        findings.error(value, `<${part.unit}> states <${value.key}> twice at once: ${describe(other)} and ${describe(value)}`)
      }
    }
    if (part.level === 'national') {
      const breach = findBreach(definition.bounds.filter(({ kind }) => kind === 'range' || kind === 'oneOf'), value.value, undefined)
      if (breach) findings.error(value, breach, '/value')
    } else checkBounds(definition, value, part, above, findings)
  }
}

/** A value below is held to its bounds on its first day and on every day on which the level above changes. */
function checkBounds(
  definition: Definition,
  value: StatedValue,
  part: LawPart,
  above: readonly LawPart[],
  findings: Findings
): void {
  const layers = [...above, { ...part, values: [value] }].map(({ level, unit, values }) => ({
    level,
    scope: unit,
    statements: values.filter(({ key }) => key === definition.key)
  }))
  const days = layers
    .flatMap(({ statements }) => statements.filter(one => mayMeet(one, value)).map(sureStart))
    .filter(day => day !== null)
  for (const day of new Set(days)) {
    try {
      const { trail } = resolveValue(definition, layers, day)
      const own = trail.find(({ scope, status }) => scope === part.unit && status === 'suspended')
      if (own) findings.add('suspended', value, `on ${day}: ${own.why}`, '/value')
    } catch {
      // Nothing holds above on that day, so no bound can be broken by it.
    }
  }
}

export function checkTables(law: NationalLaw, findings: Findings): void {
  for (const table of law.tables.values()) {
    checkFacts(table, law, findings)
    try {
      shapeOf(table)
    } catch (error) {
      findings.error(table, `the outcome is no JSON Schema: ${(error as Error).message}`, '/outcome')
      continue
    }
    const earlier: Row[] = []
    for (const row of table.rows) {
      checkRow(table, row, law, findings)
      for (const other of earlier) compareRows(table, other, row, findings)
      earlier.push(row)
    }
  }
}

function checkFacts(table: Table, law: NationalLaw, findings: Findings): void {
  const known = new Set<string>()
  for (const [name, type] of Object.entries(table.facts)) {
    const sources = [type.parameter, type.expression, type.lastWorkingDayBefore].filter(one => one !== undefined)
    if (sources.length > 1) findings.error(type, `fact <${name}> has more than one source`)
    if (type.parameter !== undefined && !law.definitions.has(type.parameter)) {
      findings.error(type, `expected a key that is defined, found <${type.parameter}>`, '/parameter')
    }
    const day = type.lastWorkingDayBefore
    if (day !== undefined && !(known.has(day) && table.facts[day]?.type === 'date')) {
      findings.error(type, `expected a date among the facts above, found <${day}>`, '/lastWorkingDayBefore')
    }
    if (type.expression !== undefined) checkExpression(type, type.expression, known, findings)
    known.add(name)
  }
}

function checkExpression(part: object, text: string, known: ReadonlySet<string>, findings: Findings): void {
  const roots = new Set([...known].map(name => name.split('.')[0]!))
  try {
    const { names } = compileExpression(text)
    for (const name of names) {
      if (name !== 'asOf' && !roots.has(name)) {
        findings.error(part, `expected a fact that stands above, found <${name}>`, '/expression')
      }
    }
  } catch (error) {
    if (!(error instanceof InvalidData)) throw error
    for (const { message } of error.problems) findings.error(part, message, '/expression')
  }
}

function checkRow(table: Table, row: Row | Overlay, law: NationalLaw, findings: Findings): void {
  checkCitations(row, table, law, findings)
  checkInterval(row, row, findings)
  if (row.conditions) {
    for (const { path, message } of conditionProblems(row.conditions, table.facts, '/conditions')) {
      findings.error(row, message, path)
    }
  }
  for (const { path, message } of schemaProblems(shapeOf(table), row.outcome)) {
    findings.error(row, message, `/outcome${path}`)
  }
}

function compareRows(table: Table, earlier: Row, later: Row, findings: Findings): void {
  if (earlier.id === later.id) findings.error(later, `row <${later.id}> stands twice`, '/id')
  if (!surelyMeet(earlier, later)) return
  if (table.hitPolicy === 'collect') {
    const equal = canonicalText([earlier.conditions, earlier.outcome]) === canonicalText([later.conditions, later.outcome])
    if (equal) findings.error(later, `row <${later.id}> is equal to row <${earlier.id}>`)
    return
  }
  if (earlier.conditions === null) {
    findings.error(later, `row <${later.id}> is never reached: row <${earlier.id}> before it always fits`)
  } else if (canonicalText(earlier.conditions) === canonicalText(later.conditions)) {
    findings.error(later, `rows <${earlier.id}> and <${later.id}> have equal conditions and hold at the same time`)
  }
}

/** Checks the rows that one unit lays over tables. */
export function checkOverlays(part: LawPart, above: readonly LawPart[], law: NationalLaw, findings: Findings): void {
  const ids = new Map<string, Overlay[]>()
  for (const row of part.rows) {
    const table = law.tables.get(row.rule)
    if (!table) {
      findings.error(row, `expected a rule that is a table, found <${row.rule}>`, '/rule')
      continue
    }
    checkStated(row, table, part, law, findings)
    checkRow(table, row, law, findings)
    const known = [...table.rows, ...above.flatMap(one => one.rows.filter(({ rule }) => rule === row.rule))]
    const own = ids.get(row.rule) ?? []
    ids.set(row.rule, [...own, row])
    if ([...known, ...own].some(({ id }) => id === row.id)) findings.error(row, `row <${row.id}> stands twice`, '/id')
    for (const other of own) {
      const sameTarget = row.replaces !== undefined && other.replaces === row.replaces
      const equal = row.before === other.before && row.replaces === other.replaces && canonicalText(row.conditions ?? null) === canonicalText(other.conditions ?? null)
      if ((sameTarget || equal) && surelyMeet(other, row)) {
        findings.error(row, `rows <${other.id}> and <${row.id}> of <${part.unit}> are of equal rank and hold at the same time`)
      }
    }
    const target = row.replaces ?? row.before
    const base = known.find(({ id }) => id === target)
    if (target !== undefined && !base) {
      findings.error(row, `expected a row of <${row.rule}>, found <${target}>`)
      continue
    }
    if (target === undefined && part.level !== 'national' && table.hitPolicy !== 'collect') {
      findings.error(row, `in a table of hit policy ${table.hitPolicy} say which row it <replaces>, or stands <before>`)
    }
    const breach = part.level === 'national' ? null : findBreach(table.bounds, row.outcome, base?.outcome)
    if (breach) findings.add('suspended', row, breach, '/outcome')
  }
}

/** What holds for a value and a row alike: who may state it, what it rests on, and when. */
function checkStated(stated: Stated, governed: Governed, part: LawPart, law: NationalLaw, findings: Findings): void {
  if (part.level !== 'national' && !governed.overridableAt.includes(part.level)) {
    const levels = governed.overridableAt.join(' and ') || 'the nation only'
    findings.error(stated, `<${part.unit}> may not state this: it is open to ${levels}`)
  }
  if ('key' in stated) {
    checkCitations(stated, governed, law, findings)
    checkInterval(stated, stated, findings)
  }
}

function checkCitations(stated: Stated, governed: Governed, law: NationalLaw, findings: Findings): void {
  if (stated.cites.length < governed.cites.min) {
    findings.error(stated, `expected at least ${governed.cites.min} citation, found ${stated.cites.length}`, '/cites')
  }
  stated.cites.forEach((cite: Citation, index) => {
    const instrument = law.instruments.get(cite.instrument)
    if (!instrument) {
      findings.error(stated, `expected an instrument of the register, found <${cite.instrument}>`, `/cites/${index}`)
    } else if (!mayMeet(instrument.inForce, stated)) {
      findings.add('notice', stated, `rests on <${cite.instrument}>, in force ${describe(instrument.inForce)} only`, `/cites/${index}`)
    }
  })
  if (stated.confidence === 'L' && !stated.sample && !stated.assumption) {
    findings.error(stated, 'confidence L needs sample or assumption', '/confidence')
  }
}

/** Dates of law that exist, in the right order; those not known to the day are listed. */
export function checkInterval(part: object, interval: Interval, findings: Findings): void {
  const dates = [interval.from, interval.to].filter(date => date !== null)
  const problems = dates.map(dateProblem).filter(problem => problem !== null)
  for (const problem of problems) findings.error(part, problem)
  for (const side of interval.unknown ?? []) {
    if (interval[side] !== null) findings.error(part, `<${side}> is given and unknown`)
  }
  if (problems.length > 0) return
  if (endsBeforeItStarts(interval)) findings.error(part, `ends before it starts: ${describe(interval)}`)
  else if (!isCertain(interval)) findings.add('notice', part, `not known to the day: ${describe(interval)}`)
}

function byName<Item extends object>(
  items: readonly Item[],
  name: (item: Item) => string,
  what: string,
  findings: Findings
): ReadonlyMap<string, Item> {
  const map = new Map<string, Item>()
  for (const item of items) {
    if (map.has(name(item))) findings.error(item, `${what} <${name(item)}> stands twice`)
    else map.set(name(item), item)
  }
  return map
}
