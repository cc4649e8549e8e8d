import type { Interval } from '../rules/dates.ts'
import type { OfficeId } from '../state.ts'
import type { OfficeTree, Unit } from './resolve.ts'

/** A unit that an office is or was under, and when. */
export interface Ancestor {
  readonly unit: Unit
  /** Null for always. */
  readonly while: Interval | null
}

/** The unit itself and every unit that it was ever under, nation first. */
export function ancestorsOf(tree: OfficeTree, id: OfficeId): readonly Ancestor[] {
  const found = new Map<OfficeId, Ancestor>()
  const collect = (unit: Unit | undefined, during: Interval | null): void => {
    if (!unit || found.has(unit.id)) return
    found.set(unit.id, { unit, while: during })
    if (unit.extends === null) return
    if (typeof unit.extends === 'string') collect(tree.units.get(unit.extends), during)
    else
      for (const { unit: above, ...during } of unit.extends) collect(tree.units.get(above), during)
  }
  collect(tree.units.get(id), null)
  const nation = [...found.values()].filter(({ unit }) => unit.level === 'national')
  const below = [...found.values()].filter(({ unit }) => unit.level !== 'national').reverse()
  return [...nation.map(({ unit }) => ({ unit, while: null })), ...below]
}
