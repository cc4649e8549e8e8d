import { Stuck } from '../errors.ts'
import type { Level } from '../graph.ts'
import type { Citation, Text, TrailStep } from '../messages.ts'
import type { LocalDate, OfficeId, Value } from '../state.ts'
import { boundsOn, findBreach } from './bounds.ts'
import { describe, holdsOn } from './dates.ts'
import type { Confidence, Group, Layer, Overlay, Row, Table } from './definitions.ts'
import { fromTheTop } from './definitions.ts'
import { isKnown, remarksOf, step } from './layers.ts'

/** A row as it holds at one office on one date. */
export interface EffectiveRow {
  readonly id: string
  /** The unit that states it. */
  readonly level: Level
  readonly scope: OfficeId
  readonly conditions: Group | null
  readonly outcome: Value
  readonly cites: readonly Citation[]
  readonly confidence: Confidence | null
  readonly remarks: readonly Text[]
  /** Its first or last day is not fully known, and the date lies between. */
  readonly perhaps: boolean
  /** The row whose outcome it replaces, or to which it is an exception. */
  readonly replaces: string | null
  readonly exceptionTo: string | null
}

/** The whole table of an office on a date, with the origin of every row. */
export interface EffectiveTable {
  readonly rows: readonly EffectiveRow[]
  /** What is left out on this date, in words. */
  readonly outside: readonly string[]
  readonly trail: readonly TrailStep[]
}

/**
 * Lays the rows of regions and offices over a table of the nation. A row replaces the outcome of a
 * named one, or is an exception to it and fits only where that one fits; nothing is ever deleted.
 *
 * @throws Stuck when two rows of the same unit replace the same row
 */
export function effectiveTable(
  table: Table,
  layers: readonly Layer<Overlay>[],
  at: LocalDate
): EffectiveTable {
  const outside = table.rows
    .filter(row => holdsOn(row, at) === 'no')
    .map(row => `row <${row.id}> holds ${describe(row)}`)
  let rows: readonly EffectiveRow[] = table.rows
    .filter(row => holdsOn(row, at) !== 'no')
    .map(row => fromNation(row, nationOf(layers), at))
  const trail: TrailStep[] = []

  for (const { level, scope, statements } of fromTheTop(layers)) {
    const steps: TrailStep[] = []
    const holding = statements
      .filter(one => one.rule === table.rule && isKnown(one, null) && holdsOn(one, at) !== 'no')
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    const above = rows
    refuseRivals(table.rule, scope, holding, above, at)

    for (const overlay of holding) {
      const laid = lay(table, overlay, level, scope, above, rows, at)
      steps.push(laid.step)
      rows = laid.rows
    }
    if (level === 'national') {
      steps.unshift(step(level, scope, 'applied', `${above.length} rows hold`, null))
    } else if (steps.length === 0) {
      steps.push(step(level, scope, 'none', STATES_NO_ROW, null))
    }
    trail.push(...steps)
  }
  return { rows, outside, trail }
}

/** What a trail says of a level without a row; the same on every day. */
export const STATES_NO_ROW = 'states no row for this day'

function lay(
  table: Table,
  overlay: Overlay,
  level: Level,
  scope: OfficeId,
  above: readonly EffectiveRow[],
  rows: readonly EffectiveRow[],
  at: LocalDate
): { readonly rows: readonly EffectiveRow[]; readonly step: TrailStep } {
  const leave = (status: 'ignored' | 'suspended', why: string) => ({
    rows,
    step: step(level, scope, status, `row <${overlay.id}>: ${why}`, overlay, overlay.outcome)
  })
  if (level !== 'national' && !table.overridableAt.includes(level)) {
    return leave('ignored', `may not be stated at level ${level}`)
  }
  const target = overlay.replaces ?? overlay.before ?? null
  const base = target === null ? null : baseOf(target, above)
  if (target !== null && !base) return leave('ignored', `row <${target}> does not hold on this day`)

  const breach =
    level === 'national'
      ? null
      : findBreach(boundsOn(table.bounds, at), overlay.outcome, base?.outcome)
  if (breach) return leave('suspended', breach)

  const row: EffectiveRow = {
    id: overlay.id,
    level,
    scope,
    conditions: overlay.conditions ?? null,
    outcome: overlay.outcome,
    cites: overlay.cites,
    confidence: overlay.confidence,
    remarks: remarksOf(overlay, at),
    perhaps: holdsOn(overlay, at) === 'perhaps',
    replaces: null,
    exceptionTo: null
  }
  const original = base?.replaces ?? base?.id
  const position = rows.findIndex(one => one.id === base?.id || (base && one.replaces === original))
  const applied = (why: string, changed: readonly EffectiveRow[]) => ({
    rows: changed,
    step: step(level, scope, 'applied', `row <${overlay.id}> ${why}`, overlay, overlay.outcome)
  })
  if (overlay.replaces !== undefined && base) {
    const instead = { ...row, conditions: base.conditions, replaces: base.replaces ?? base.id }
    return applied(`replaces the outcome of <${base.id}>`, rows.with(position, instead))
  }
  if (overlay.before !== undefined && base) {
    const narrow = {
      ...row,
      conditions: both(row.conditions, base.conditions),
      exceptionTo: base.id
    }
    return applied(`is an exception to <${base.id}>`, rows.toSpliced(position, 0, narrow))
  }
  return applied('is added', [...rows, row])
}

/** The row above that has a name, or that replaces the one which had it. */
function baseOf(name: string, above: readonly EffectiveRow[]): EffectiveRow | null {
  return above.find(row => row.id === name || row.replaces === name) ?? null
}

/** Two of the same unit that replace the same row: neither is above the other. */
function refuseRivals(
  rule: string,
  scope: OfficeId,
  overlays: readonly Overlay[],
  above: readonly EffectiveRow[],
  at: LocalDate
): void {
  const replaced = new Map<string, string>()
  for (const { id, replaces } of overlays) {
    if (replaces === undefined) continue
    const target = baseOf(replaces, above)?.id ?? replaces
    const other = replaced.get(target)
    if (other !== undefined) {
      throw new Stuck(
        'no-rule',
        `<${scope}> replaces row <${replaces}> of rule <${rule}> more than once for ${at}: by <${other}> and <${id}>`
      )
    }
    replaced.set(target, id)
  }
}

function both(own: Group | null, base: Group | null): Group | null {
  if (own === null || base === null) return own ?? base
  return { all: [own, base] }
}

function nationOf(layers: readonly Layer<Overlay>[]): OfficeId {
  return layers.find(({ level }) => level === 'national')?.scope ?? 'national'
}

function fromNation(row: Row, scope: OfficeId, at: LocalDate): EffectiveRow {
  const { id, conditions, outcome, cites, confidence } = row
  return {
    id,
    level: 'national',
    scope,
    conditions,
    outcome,
    cites,
    confidence,
    remarks: remarksOf(row, at),
    perhaps: holdsOn(row, at) === 'perhaps',
    replaces: null,
    exceptionTo: null
  }
}
