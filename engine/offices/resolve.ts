import type { Level } from '../graph.ts'
import type { Interval } from '../rules/dates.ts'
import { holdsOn } from '../rules/dates.ts'
import type { LocalDate, OfficeId, Value } from '../state.ts'

/** A name with its dates. */
export interface DatedName extends Interval {
  readonly name: string
}
export type Name = string | readonly DatedName[]

/** A nation, a region or an office, as its file states it. */
export interface Unit {
  readonly id: OfficeId
  readonly level: Level
  readonly name: Name
  /** The unit above; none for a nation. */
  readonly extends: string | readonly (Interval & { readonly unit: OfficeId })[] | null
  readonly timeZone: string
  readonly place: string
  readonly province: string | null
  readonly class: Name | null
  readonly borderCheckPoints: boolean | null
  readonly unitCode: string | null
  /** What is made up for samples, because it was not found: `unitCode`. */
  readonly samples: readonly string[]
  readonly contact: Readonly<Record<string, Value>> | null
  readonly exists: Interval | null
  readonly roles: Readonly<Record<string, Name>>
  /** Service to process; null: not offered although the level above offers it. */
  readonly services: Readonly<Record<string, string | null>>
  /** Processes that others call. */
  readonly processes: readonly string[]
  /** Extension point to the process that the unit supplies; null: that of the nation, whatever the level above supplies. */
  readonly extensions: Readonly<Record<string, string | null>>
}

/** A role of the catalogue, with its names over time. */
export interface Role {
  readonly id: string
  readonly level: Level | 'any'
  readonly english: string
  readonly names: readonly DatedName[]
  readonly aliases?: readonly string[]
  /** Hands out the work of the own unit. */
  readonly supervises?: boolean
  /** Names deputies for others of the own unit. */
  readonly administers?: boolean
}

export interface OfficeTree {
  readonly units: ReadonlyMap<OfficeId, Unit>
  readonly roles: ReadonlyMap<string, Role>
}

/**
 * The unit and those above it on a date, nearest first. A unit that it was under only perhaps is
 * taken when no other can be meant.
 */
export function lineOf(tree: OfficeTree, id: OfficeId, on: LocalDate): readonly Unit[] {
  const line: Unit[] = []
  let next: OfficeId | null = id
  while (next !== null) {
    const unit: Unit | undefined = tree.units.get(next)
    if (!unit || line.includes(unit)) break
    line.push(unit)
    next = parentOf(unit, on)
  }
  return line
}

/** The id of the unit above on a date, or null. */
export function parentOf(unit: Unit, on: LocalDate): OfficeId | null {
  if (unit.extends === null || typeof unit.extends === 'string') return unit.extends
  const [parent] = [...unit.extends].sort(surestFirst(on)).filter(one => holdsOn(one, on) !== 'no')
  return parent?.unit ?? null
}

/**
 * The name that holds on a date. Where a change is known to a year only, both names may hold, and both
 * are given, with a stroke between.
 */
export function nameOn(name: Name, on: LocalDate): string | null {
  if (typeof name === 'string') return name
  const holding = name.filter(one => holdsOn(one, on) !== 'no').map(one => one.name)
  return holding.length > 0 ? [...new Set(holding)].join(' / ') : null
}

/** What a role is called at a unit on a date; its id when the catalogue has no name for then. */
export function roleName(tree: OfficeTree, unit: OfficeId, role: string, on: LocalDate): string {
  for (const { roles } of lineOf(tree, unit, on)) {
    const local = Object.hasOwn(roles, role) ? nameOn(roles[role]!, on) : null
    if (local !== null) return local
  }
  const entry = tree.roles.get(role)
  return (entry && nameOn(entry.names, on)) ?? role
}

/** The services that an office offers, with the process that serves each. */
export function servicesOf(
  tree: OfficeTree,
  office: OfficeId,
  on: LocalDate
): ReadonlyMap<string, string> {
  const services = new Map<string, string>()
  for (const unit of [...lineOf(tree, office, on)].reverse()) {
    for (const [service, process] of Object.entries(unit.services)) {
      if (process === null) services.delete(service)
      else services.set(service, process)
    }
  }
  return services
}

/** What FEEL and the letters see under the name `office`. */
export function officeFacts(line: readonly Unit[], on: LocalDate): Readonly<Record<string, Value>> {
  const [office] = line
  if (!office) return {}
  const region = line.find(({ level }) => level === 'region') ?? null
  const nation = line.find(({ level }) => level === 'national') ?? null
  return {
    id: office.id,
    level: office.level,
    name: nameOn(office.name, on),
    class: office.class === null ? null : nameOn(office.class, on),
    place: office.place,
    province: office.province,
    timeZone: office.timeZone,
    unitCode: office.unitCode,
    unitCodeIsSample: office.samples.includes('unitCode'),
    borderCheckPoints: office.borderCheckPoints,
    region: region?.id ?? null,
    regionName: region && nameOn(region.name, on),
    nation: nation?.id ?? null,
    nationName: nation && nameOn(nation.name, on),
    ...contactOf(office)
  }
}

/** Address and telephone by name; null where the office states none. */
function contactOf({ contact }: Unit): Readonly<Record<string, Value>> {
  const given = contact ?? {}
  return Object.fromEntries(CONTACT.map(name => [name, given[name] ?? null]))
}
const CONTACT = ['address', 'phone', 'fax', 'website', 'email']

function surestFirst(on: LocalDate): (a: Interval, b: Interval) => number {
  const rank = { yes: 0, perhaps: 1, no: 2 }
  return (a, b) => rank[holdsOn(a, on)] - rank[holdsOn(b, on)]
}
