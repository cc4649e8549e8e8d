import type { Interval } from '../rules/dates.ts'
import type { OfficeId } from '../state.ts'
import type { OfficeTree, Unit } from './resolve.ts'

/** A unit that an office is or was under, and when. */
export interface Ancestor {
  readonly unit: Unit
  /** Null for always. */
  readonly while: Interval | null
}

/**
 * The unit itself and every unit that it was ever under, nation first. One that it came back to stands there
 * once for each time.
 */
export function ancestorsOf(tree: OfficeTree, id: OfficeId): readonly Ancestor[] {
  const found: Ancestor[] = []
  const collect = (
    unit: Unit | undefined,
    during: Interval | null,
    under: readonly OfficeId[]
  ): void => {
    // a circle is told by the checks
    if (!unit || under.includes(unit.id)) return
    found.push({ unit, while: during })
    if (unit.extends === null) return
    const line = [...under, unit.id]
    if (typeof unit.extends === 'string') collect(tree.units.get(unit.extends), during, line)
    else
      for (const { unit: above, ...during } of unit.extends)
        collect(tree.units.get(above), during, line)
  }
  collect(tree.units.get(id), null, [])
  const nations = new Set(found.flatMap(({ unit }) => (unit.level === 'national' ? [unit] : [])))
  const below = found.filter(({ unit }) => unit.level !== 'national').reverse()
  return [...[...nations].map(unit => ({ unit, while: null })), ...below]
}
