import type { OfficeTree, Unit } from '../../engine/offices/resolve.ts'
import { checkInterval } from './checks.ts'
import type { Findings } from './findings.ts'

/** Checks the office tree: each unit hangs under one of the level above, and every name has its dates. */
export function checkUnits(tree: OfficeTree, findings: Findings): void {
  for (const unit of tree.units.values()) {
    checkParents(tree, unit, findings)
    if (unit.exists) checkInterval(unit, unit.exists, findings)
    for (const name of [unit.name, unit.class, ...Object.values(unit.roles)]) {
      if (typeof name === 'object') for (const one of name ?? []) checkInterval(one, one, findings)
    }
    for (const role of Object.keys(unit.roles)) {
      if (!tree.roles.has(role))
        findings.error(unit, `expected a role of the catalogue, found <${role}>`, `/roles/${role}`)
    }
  }
  for (const role of tree.roles.values()) {
    for (const name of role.names) checkInterval(name, name, findings)
  }
}

function checkParents(tree: OfficeTree, unit: Unit, findings: Findings): void {
  const above = unit.level === 'office' ? 'region' : unit.level === 'region' ? 'national' : null
  const parents =
    unit.extends === null
      ? []
      : typeof unit.extends === 'string'
        ? [unit.extends]
        : unit.extends.map(one => one.unit)
  if (typeof unit.extends === 'object')
    for (const one of unit.extends ?? []) checkInterval(one, one, findings)
  for (const id of parents) {
    const parent = tree.units.get(id)
    if (id === unit.id) findings.error(unit, `<${unit.id}> extends itself`, '/extends')
    else if (!parent) findings.error(unit, `expected a unit, found <${id}>`, '/extends')
    else if (parent.level !== above) {
      findings.error(
        unit,
        `expected a unit of level ${above}, found <${id}> of level ${parent.level}`,
        '/extends'
      )
    }
  }
}
