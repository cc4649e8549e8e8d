import type { Problem } from '../../engine/errors.ts'
import { describe } from '../../engine/rules/dates.ts'
import type { LawPart } from '../../engine/rules/release.ts'
import type { OfficeId } from '../../engine/state.ts'
import type { CaseRuns } from './case-runs.ts'
import { rowKey, valueKey } from './case-runs.ts'

/** What cases reach: a row that fits, or a value that holds, in one of them. */
export interface RulesCoverage {
  /** The rows of the tables of the nation. */
  readonly rows: readonly Covered[]
  /** What regions and offices state: their values, and their rows over tables. */
  readonly overrides: readonly Covered[]
}
export interface Covered {
  readonly kind: 'row' | 'value'
  /** The table or the parameter. */
  readonly key: string
  readonly unit: OfficeId
  /** The id of the row; null for a value. */
  readonly row: string | null
  /** The days of a value or a row: `since 2019`. */
  readonly days: string
  /** The names of the cases that reach it. */
  readonly cases: readonly string[]
  /** What was stated. */
  readonly stated: object
}

/** Lays what cases reach beside what units state. */
export function coverageOf(
  parts: ReadonlyMap<OfficeId, LawPart>,
  reached: CaseRuns['reached']
): RulesCoverage {
  const rows: Covered[] = []
  const overrides: Covered[] = []
  const namesOf = (key: string): readonly string[] =>
    [...(reached.get(key) ?? [])].map(({ name }) => name)
  for (const { unit, level, tables, values, rows: overlays } of parts.values()) {
    for (const { rule, rows: own } of tables) {
      for (const row of own) {
        const cases = namesOf(rowKey(rule, row.id))
        rows.push({
          kind: 'row',
          key: rule,
          unit,
          row: row.id,
          days: describe(row),
          cases,
          stated: row
        })
      }
    }
    const list = level === 'national' ? rows : overrides
    for (const row of overlays) {
      const { rule: key, id } = row
      const cases = namesOf(rowKey(key, id))
      list.push({ kind: 'row', key, unit, row: id, days: describe(row), cases, stated: row })
    }
    if (level === 'national') continue
    for (const value of values) {
      const { key } = value
      const cases = namesOf(valueKey(key, unit, value))
      overrides.push({
        kind: 'value',
        key,
        unit,
        row: null,
        days: describe(value),
        cases,
        stated: value
      })
    }
  }
  return { rows, overrides }
}

/** What no case reaches, as problems. */
export function uncovered(
  { rows, overrides }: RulesCoverage,
  place: (part: object) => string
): readonly Problem[] {
  return [...rows, ...overrides]
    .filter(({ cases }) => cases.length === 0)
    .map(({ kind, key, unit, row, days, stated }) => ({
      path: place(stated),
      message:
        kind === 'row'
          ? `no case of <${key}> reaches row <${row}>`
          : `no case reaches the value of <${key}> that <${unit}> states (${days})`
    }))
}

/** How many are reached, in a line. */
export function coverageLine({ rows, overrides }: RulesCoverage): string {
  const share = (list: readonly Covered[]): string =>
    `${list.filter(({ cases }) => cases.length > 0).length} of ${list.length}`
  return `coverage of rules: cases reach ${share(rows)} rows and ${share(overrides)} values and rows of regions and offices`
}
