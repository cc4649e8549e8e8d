import type { OfficeTree, Unit } from '../../engine/offices/resolve.ts'
import type { Interval } from '../../engine/rules/dates.ts'
import { describe, firstUncovered, surelyMeet } from '../../engine/rules/dates.ts'
import type { Findings } from './findings.ts'
import { checkInterval } from './intervals.ts'

/** Checks the office tree: each unit hangs under one of the level above, and every name has its dates. */
export function checkUnits(tree: OfficeTree, findings: Findings): void {
  for (const unit of tree.units.values()) {
    checkParents(tree, unit, findings)
    checkLife(tree, unit, findings)
    checkNames(unit, findings)
    for (const role of Object.keys(unit.roles)) {
      if (!tree.roles.has(role))
        findings.error(
          unit,
          {
            id: `diharapkan peran dari katalog, ditemukan <${role}>`,
            en: `expected a role of the catalogue, found <${role}>`
          },
          `/roles/${role}`
        )
    }
  }
  checkCircles(tree, findings)
  for (const role of tree.roles.values()) {
    for (const name of role.names) checkInterval(name, name, findings)
  }
}

/** A unit above another, and when. */
type Above = Interval & { readonly unit: string }

function parentsOf(unit: Unit): readonly Above[] {
  if (unit.extends === null) return []
  return typeof unit.extends === 'string'
    ? [{ unit: unit.extends, from: null, to: null }]
    : unit.extends
}

function checkParents(tree: OfficeTree, unit: Unit, findings: Findings): void {
  const above = unit.level === 'office' ? 'region' : unit.level === 'region' ? 'national' : null
  const refuse = (id: string, en: string): void => findings.error(unit, { id, en }, '/extends')
  const parents = parentsOf(unit)
  if (typeof unit.extends === 'object') for (const one of parents) checkInterval(one, one, findings)

  for (const { unit: id } of parents) {
    const parent = tree.units.get(id)
    if (id === unit.id) refuse(`<${id}> berada di bawah dirinya sendiri`, `<${id}> extends itself`)
    else if (!parent)
      refuse(`diharapkan sebuah unit, ditemukan <${id}>`, `expected a unit, found <${id}>`)
    else if (parent.level !== above)
      refuse(
        `diharapkan unit tingkat ${above}, ditemukan <${id}> tingkat ${parent.level}`,
        `expected a unit of level ${above}, found <${id}> of level ${parent.level}`
      )
  }
  parents.forEach((one, index) => {
    for (const other of parents.slice(0, index)) {
      if (surelyMeet(one, other))
        refuse(
          `dua unit di atasnya sekaligus: <${other.unit}> ${describe(other, 'id')} dan <${one.unit}> ${describe(one, 'id')}`,
          `two units above it at once: <${other.unit}> ${describe(other)} and <${one.unit}> ${describe(one)}`
        )
    }
  })
}

/** A unit exists only while one above it does, and is under one on every day of its life. */
function checkLife(tree: OfficeTree, unit: Unit, findings: Findings): void {
  if (unit.exists) checkInterval(unit, unit.exists, findings)
  const parents = parentsOf(unit)
  if (parents.length === 0) return
  const life = unit.exists ?? ALWAYS
  const alone = firstUncovered(life, parents, true)
  if (alone !== null)
    findings.error(
      unit,
      {
        id: `pada ${alone} tidak berada di bawah unit mana pun`,
        en: `on ${alone} it is under no unit`
      },
      '/extends'
    )
  for (const parent of parents) {
    const above = tree.units.get(parent.unit)?.exists
    const outside = above ? firstUncovered(overlap(life, parent), [above], true) : null
    if (outside !== null)
      findings.error(
        unit,
        {
          id: `pada ${outside} berada di bawah <${parent.unit}>, yang hanya ada ${describe(above!, 'id')}`,
          en: `on ${outside} it is under <${parent.unit}>, which exists ${describe(above!)} only`
        },
        '/extends'
      )
  }
}
const ALWAYS: Interval = { from: null, to: null }

/** The days of both; where either is not known to the day the result is not either. */
function overlap(a: Interval, b: Interval): Interval {
  const later = pick(a.from, b.from, (x, y) => x > y)
  const earlier = pick(a.to, b.to, (x, y) => x < y)
  const unknown = [...(a.unknown ?? []), ...(b.unknown ?? [])]
  return {
    from: unknown.includes('from') ? null : later,
    to: unknown.includes('to') ? null : earlier,
    unknown
  }
}

function pick(
  a: string | null,
  b: string | null,
  first: (x: string, y: string) => boolean
): string | null {
  if (a === null || b === null) return a ?? b
  return first(a, b) ? a : b
}

/** A unit that is above itself by way of others, told once at its first id. */
function checkCircles(tree: OfficeTree, findings: Findings): void {
  for (const unit of tree.units.values()) {
    const seen = new Set<string>()
    let next = parentsOf(unit).map(one => one.unit)
    while (next.length > 0 && !next.includes(unit.id)) {
      for (const id of next) seen.add(id)
      next = next
        .flatMap(id => tree.units.get(id) ?? [])
        .flatMap(parent => parentsOf(parent).map(one => one.unit))
        .filter(id => !seen.has(id))
    }
    const itself = parentsOf(unit).some(one => one.unit === unit.id)
    if (next.length === 0 || itself) continue
    findings.error(
      unit,
      {
        id: `<${unit.id}> berada di atas dirinya sendiri melalui ${[...seen].join(', ')}`,
        en: `<${unit.id}> is above itself by way of ${[...seen].join(', ')}`
      },
      '/extends'
    )
  }
}

/** Two names of one thing that surely hold on the same day contradict each other. */
function checkNames(unit: Unit, findings: Findings): void {
  for (const name of [unit.name, unit.class, ...Object.values(unit.roles)]) {
    if (name === null || typeof name === 'string') continue
    name.forEach((one, index) => {
      checkInterval(one, one, findings)
      for (const other of name.slice(0, index)) {
        if (surelyMeet(one, other))
          findings.error(one, {
            id: `dua nama sekaligus: <${other.name}> ${describe(other, 'id')} dan <${one.name}> ${describe(one, 'id')}`,
            en: `two names at once: <${other.name}> ${describe(other)} and <${one.name}> ${describe(one)}`
          })
      }
    })
  }
}
