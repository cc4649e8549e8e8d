import { InvalidData, Stuck } from '../../engine/errors.ts'
import { compileExpression } from '../../engine/expression.ts'
import { boundsOn, breachOf, daysOf } from '../../engine/rules/bounds.ts'
import { conditionProblems } from '../../engine/rules/conditions.ts'
import { daysToLook, mayMeet, surelyMeet } from '../../engine/rules/dates.ts'
import type { Overlay, Row, Table, TableGap } from '../../engine/rules/definitions.ts'
import type { LawPart } from '../../engine/rules/release.ts'
import { canonicalText } from '../../engine/rules/release.ts'
import { effectiveTable } from '../../engine/rules/table.ts'
import type { Value } from '../../engine/state.ts'
import type { NationalLaw } from './checks.ts'
import { type Above, checkStated } from './checks.ts'
import type { Findings } from './findings.ts'
import { checkCitations } from './instruments.ts'
import { checkInterval } from './intervals.ts'
import { schemaProblems } from './schemas.ts'
import { shapeOf } from './values.ts'

/** Checks the tables of the nation: facts, rows and what rows say of each other. */
export function checkTables(law: NationalLaw, findings: Findings): void {
  for (const table of law.tables.values()) {
    checkFacts(table, law, findings)
    try {
      shapeOf(table)
    } catch (error) {
      findings.error(
        table,
        `the outcome is no JSON Schema: ${(error as Error).message}`,
        '/outcome'
      )
      continue
    }
    const earlier: Row[] = []
    for (const row of table.rows) {
      checkRow(table, row, law, findings)
      for (const other of earlier) compareRows(table, other, row, findings)
      earlier.push(row)
    }
    for (const gap of table.gaps ?? []) checkGap(table, gap, findings)
  }
}

function checkGap(table: Table, gap: TableGap, findings: Findings): void {
  checkInterval(gap, { from: gap.from ?? null, to: gap.to ?? null }, findings)
  if (table.hitPolicy === 'collect')
    findings.error(
      gap,
      'a table of hit policy collect has no gaps: where no row fits the list is empty'
    )
  if (!gap.conditions) return
  for (const { path, message } of conditionProblems(gap.conditions, table.facts, '/conditions'))
    findings.error(gap, message, path)
}

function checkFacts(table: Table, law: NationalLaw, findings: Findings): void {
  const known = new Set<string>()
  for (const [name, type] of Object.entries(table.facts)) {
    const sources = [type.parameter, type.expression, type.lastWorkingDayBefore].filter(
      one => one !== undefined
    )
    if (sources.length > 1) findings.error(type, `fact <${name}> has more than one source`)
    if (type.parameter !== undefined && !law.definitions.has(type.parameter)) {
      findings.error(
        type,
        `expected a key that is defined, found <${type.parameter}>`,
        '/parameter'
      )
    }
    const day = type.lastWorkingDayBefore
    if (day !== undefined && !(known.has(day) && table.facts[day]?.type === 'date')) {
      findings.error(
        type,
        `expected a date among the facts above, found <${day}>`,
        '/lastWorkingDayBefore'
      )
    }
    if (type.expression !== undefined) checkExpression(type, type.expression, known, findings)
    known.add(name)
  }
}

function checkExpression(
  part: object,
  text: string,
  known: ReadonlySet<string>,
  findings: Findings
): void {
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
  checkCitations(row, table, law.instruments, findings)
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
  if (!surelyMeet(earlier, later)) return
  if (earlier.id === later.id) findings.error(later, `row <${later.id}> stands twice`, '/id')
  if (table.hitPolicy === 'collect') {
    const equal =
      textOf(earlier.conditions) === textOf(later.conditions) &&
      canonicalText(earlier.outcome) === canonicalText(later.outcome)
    if (equal) findings.error(later, `row <${later.id}> is equal to row <${earlier.id}>`)
    return
  }
  if (earlier.conditions === null) {
    findings.error(
      later,
      `row <${later.id}> is never reached: row <${earlier.id}> before it always fits`
    )
  } else if (textOf(earlier.conditions) === textOf(later.conditions)) {
    findings.error(
      later,
      `rows <${earlier.id}> and <${later.id}> have equal conditions and hold at the same time`
    )
  }
}

/** Conditions as one text, which is made once: each row is compared with all before it, in every draft. */
function textOf(conditions: Row['conditions']): string {
  if (conditions === null) return 'null'
  const known = texts.get(conditions)
  if (known !== undefined) return known
  const text = canonicalText(conditions)
  texts.set(conditions, text)
  return text
}
const texts = new WeakMap<object, string>()

/** Checks the rows that one unit lays over tables. */
export function checkOverlays(
  part: LawPart,
  above: Above,
  law: NationalLaw,
  findings: Findings
): void {
  const ids = new Map<string, Overlay[]>()
  for (const row of part.rows) {
    const table = law.tables.get(row.rule)
    if (!table) {
      findings.error(row, `expected a rule that is a table, found <${row.rule}>`, '/rule')
      continue
    }
    checkStated(row, table, part, law, findings)
    checkRow(table, row, law, findings)
    const known = [
      ...table.rows,
      ...above.parts.flatMap(one => one.rows.filter(({ rule }) => rule === row.rule))
    ]
    const own = ids.get(row.rule) ?? []
    ids.set(row.rule, [...own, row])
    if ([...known, ...own].some(one => one.id === row.id && surelyMeet(one, row)))
      findings.error(row, `row <${row.id}> stands twice`, '/id')
    for (const other of own) {
      const sameTarget =
        row.replaces !== undefined &&
        other.replaces !== undefined &&
        originalOf(other.replaces, known) === originalOf(row.replaces, known)
      const equal =
        row.before === other.before &&
        row.replaces === other.replaces &&
        canonicalText(row.conditions ?? null) === canonicalText(other.conditions ?? null)
      if ((sameTarget || equal) && surelyMeet(other, row)) {
        findings.error(
          row,
          `rows <${other.id}> and <${row.id}> of <${part.unit}> are of equal rank and hold at the same time`
        )
      }
    }
    const target = row.replaces ?? row.before
    const base = known.find(({ id }) => id === target)
    if (target !== undefined && !base) {
      findings.error(row, `expected a row of <${row.rule}>, found <${target}>`)
      continue
    }
    if (target === undefined && part.level !== 'national' && table.hitPolicy !== 'collect') {
      findings.error(
        row,
        `in a table of hit policy ${table.hitPolicy} say which row it <replaces>, or stands <before>`
      )
    }
    if (part.level !== 'national') checkRowBounds(table, row, base?.outcome, part, above, findings)
  }
}

/** The row of the nation that a row stands for, by way of those that replace it. */
function originalOf(id: string, known: readonly (Row | Overlay)[]): string {
  const row = known.find(one => one.id === id && 'replaces' in one)
  return row && 'replaces' in row && row.replaces !== undefined && row.replaces !== id
    ? row.replaces
    : id
}

/** A row below is held to its bounds on its first day and on every day on which what is above it changes. */
function checkRowBounds(
  table: Table,
  row: Overlay,
  base: Value | undefined,
  part: LawPart,
  above: Above,
  findings: Findings
): void {
  const layersOf = (parts: readonly LawPart[]) =>
    [...parts, { ...part, rows: [row] }].map(({ level, unit, rows }) => ({
      level,
      scope: unit,
      statements: rows.filter(({ rule }) => rule === table.rule)
    }))
  const stated = [
    ...table.rows,
    ...layersOf(above.parts).flatMap(({ statements }) => statements)
  ].filter(one => mayMeet(one, row))
  const others = [...stated, ...table.bounds.map(daysOf), ...above.moves]
  const meant = `row <${row.id}>: `
  for (const day of daysToLook(row, others)) {
    try {
      const { trail } = effectiveTable(table, layersOf(above.on(day)), day)
      const own = trail.find(step => step.scope === part.unit && step.why.startsWith(meant))
      if (own?.status !== 'suspended') continue
      const why = own.why.slice(meant.length)
      findings.add(
        'suspended',
        row,
        {
          id: `pada ${day}: ${breachOf(boundsOn(table.bounds, day), row.outcome, base)?.id ?? why}`,
          en: `on ${day}: ${why}`
        },
        '/outcome'
      )
      return
    } catch (error) {
      // two rows of a unit above are of equal rank, which is told there
      if (!(error instanceof Stuck)) throw error
    }
  }
}
