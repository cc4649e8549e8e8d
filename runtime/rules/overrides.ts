import type { Level } from '../../engine/graph.ts'
import type { Citation, Text, TrailStep } from '../../engine/messages.ts'
import { ancestorsOf } from '../../engine/offices/ancestors.ts'
import type { OfficeTree, Unit } from '../../engine/offices/resolve.ts'
import { parentOf, servicesOf } from '../../engine/offices/resolve.ts'
import type { Bound } from '../../engine/rules/bounds.ts'
import { boundsOn } from '../../engine/rules/bounds.ts'
import { daysToLook, holdsOn, isOver } from '../../engine/rules/dates.ts'
import type { Confidence, Governed, Stated } from '../../engine/rules/definitions.ts'
import { resolveValue } from '../../engine/rules/layers.ts'
import type { LawPart } from '../../engine/rules/release.ts'
import { effectiveTable } from '../../engine/rules/table.ts'
import type { LocalDate, OfficeId, Value } from '../../engine/state.ts'

/** Something that a region or an office has otherwise than the level above it. */
export interface Override {
  readonly unit: OfficeId
  readonly level: Level
  /** A parameter, a table, or a service. */
  readonly key: string
  readonly label: Text
  readonly kind: 'value' | 'row' | 'process'
  readonly row: string | null
  readonly value: Value
  /** What the level above says; null when it says nothing. */
  readonly instead: Value
  readonly from: string | null
  readonly to: string | null
  readonly bounds: readonly Bound[]
  readonly status: 'applied' | 'suspended' | 'future' | 'past'
  readonly why: string
  readonly cites: readonly Citation[]
  readonly confidence: Confidence | null
  readonly sample: boolean
  readonly changeSet: string | null
}

/** Every local deviation, with its status on a date: values, rows, and services that another diagram serves. */
export function overridesOf(
  tree: OfficeTree,
  parts: ReadonlyMap<OfficeId, LawPart>,
  on: LocalDate
): readonly Override[] {
  const nation = [...parts.values()].find(({ level }) => level === 'national')
  if (!nation) return []
  return [...tree.units.values()]
    .filter(({ level }) => level !== 'national')
    .flatMap(unit => {
      const part = parts.get(unit.id)
      const line = ancestorsOf(tree, unit.id).flatMap(one => parts.get(one.unit.id) ?? [])
      return [
        ...(part ? [...valuesOf(part, line, nation, on), ...rowsOf(part, line, nation, on)] : []),
        ...processesOf(tree, unit, on)
      ]
    })
}

function valuesOf(
  part: LawPart,
  line: readonly LawPart[],
  nation: LawPart,
  on: LocalDate
): readonly Override[] {
  return part.values.flatMap(stated => {
    const definition = nation.definitions.find(({ key }) => key === stated.key)
    if (!definition || isWithdrawn(stated)) return []
    const day = dayFor(stated, on)
    const layers = line.map(({ level, unit, values }) => ({
      level,
      scope: unit,
      statements: values.filter(({ key }) => key === stated.key)
    }))
    const { trail, why } = attempt(() => resolveValue(definition, layers, day).trail)
    const at = trail.findIndex(({ scope }) => scope === part.unit)
    const instead = trail.slice(0, Math.max(at, 0)).findLast(step => step.status === 'applied')
    return [
      {
        ...common(part, stated, definition, on, day, trail[at], why),
        key: stated.key,
        kind: 'value' as const,
        row: null,
        value: stated.value,
        instead: instead?.value ?? null
      }
    ]
  })
}

function rowsOf(
  part: LawPart,
  line: readonly LawPart[],
  nation: LawPart,
  on: LocalDate
): readonly Override[] {
  return part.rows.flatMap(stated => {
    const table = nation.tables.find(({ rule }) => rule === stated.rule)
    if (!table || isWithdrawn(stated)) return []
    const day = dayFor(stated, on)
    const layers = line.map(({ level, unit, rows }) => ({ level, scope: unit, statements: rows }))
    const { trail, why } = attempt(() => effectiveTable(table, layers, day).trail)
    const step = trail.find(
      ({ scope, why }) => scope === part.unit && why.startsWith(`row <${stated.id}>`)
    )
    const target = stated.replaces ?? stated.before
    const above = [...table.rows, ...line.flatMap(({ rows }) => rows)]
    return [
      {
        ...common(part, stated, table, on, day, step, why),
        key: stated.rule,
        kind: 'row' as const,
        row: stated.id,
        value: stated.outcome,
        instead: above.find(({ id }) => id === target)?.outcome ?? null
      }
    ]
  })
}

function common(
  { unit, level }: LawPart,
  stated: Stated,
  governed: Governed,
  on: LocalDate,
  day: LocalDate,
  step: TrailStep | undefined,
  failure: string
) {
  const { from, to, cites, confidence, sample = false, changeSet = null } = stated
  const status = statusOf(stated, on, step)
  return {
    unit,
    level,
    label: governed.label,
    from,
    to,
    bounds: boundsOn(governed.bounds, day),
    status,
    why: step?.why ?? failure,
    cites,
    confidence,
    sample,
    changeSet
  }
}

function statusOf(stated: Stated, on: LocalDate, step: TrailStep | undefined): Override['status'] {
  if (holdsOn(stated, on) === 'no') return isOver(stated, on) ? 'past' : 'future'
  return step?.status === 'applied' ? 'applied' : 'suspended'
}

/** The date itself, or a day on which the statement holds. */
function dayFor(stated: Stated, on: LocalDate): LocalDate {
  return holdsOn(stated, on) === 'no' ? daysToLook(stated, [])[0]! : on
}

function attempt(trail: () => readonly TrailStep[]) {
  try {
    return { trail: trail(), why: '' }
  } catch (error) {
    return { trail: [], why: (error as Error).message }
  }
}

function isWithdrawn({ withdrawnAt = null }: Stated): boolean {
  return withdrawnAt !== null
}

/** Services that another diagram serves than at the level above, or that are not offered here. */
function processesOf(tree: OfficeTree, unit: Unit, on: LocalDate): readonly Override[] {
  const parent = parentOf(unit, on)
  const above = parent === null ? new Map<string, string>() : servicesOf(tree, parent, on)
  return Object.entries(unit.services).flatMap(([service, process]) => {
    const instead = above.get(service) ?? null
    if (process === instead) return []
    return [
      {
        unit: unit.id,
        level: unit.level,
        key: service,
        label: { id: `Alur layanan ${service}`, en: `Process of the service ${service}` },
        kind: 'process' as const,
        row: null,
        value: process,
        instead,
        from: unit.exists?.from ?? null,
        to: unit.exists?.to ?? null,
        bounds: [],
        status: 'applied' as const,
        why: instead === null ? 'offered here' : `instead of ${instead}`,
        cites: [],
        confidence: null,
        sample: false,
        changeSet: null
      }
    ]
  })
}
