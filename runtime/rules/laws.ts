import { createHash } from 'node:crypto'
import type { Calendar } from '../../engine/context.ts'
import { ancestorsOf } from '../../engine/offices/ancestors.ts'
import { mergeCalendars } from '../../engine/offices/calendar.ts'
import { hoursOf, OFFICE_HOURS } from '../../engine/offices/hours.ts'
import type { OfficeTree } from '../../engine/offices/resolve.ts'
import { holdsOn } from '../../engine/rules/dates.ts'
import type { Definition, Table } from '../../engine/rules/definitions.ts'
import type { Instrument, Law, LawPart, ReleaseContent } from '../../engine/rules/release.ts'
import { canonicalText, orderPart } from '../../engine/rules/release.ts'
import type { Timelines } from '../../engine/rules/timeline.ts'
import { openTimelines } from '../../engine/rules/timeline.ts'
import type { OfficeId } from '../../engine/state.ts'
import type { StoredLaw } from './statements.ts'

/** The law of one office, with its keys at hand. */
export interface OpenLaw extends Law {
  readonly definitions: ReadonlyMap<string, Definition>
  readonly tables: ReadonlyMap<string, Table>
  readonly instruments: ReadonlyMap<string, Instrument>
  readonly calendar: Calendar
  /** What holds when, resolved once for each stretch of days. */
  readonly timelines: Timelines
}

/** SHA-256 of the canonical text, in hex. */
export function hashOf(content: unknown): string {
  return createHash('sha256').update(canonicalText(content)).digest('hex')
}

const hashed = new WeakMap<LawPart, { readonly id: string; readonly part: LawPart }>()
/** A part in its canonical order with its hash, reckoned once: most changes leave most parts as they are. */
function hashedPart(part: LawPart): { readonly id: string; readonly part: LawPart } {
  const known = hashed.get(part)
  if (known) return known
  const content = orderPart(part)
  const made = { id: hashOf(content), part: content }
  hashed.set(part, made)
  return made
}

/** Makes the releases of all units out of what each of them states. */
export function makeReleases(tree: OfficeTree, parts: ReadonlyMap<OfficeId, LawPart>): StoredLaw {
  const ordered = new Map<OfficeId, { readonly id: string; readonly part: LawPart }>()
  for (const [unit, part] of parts) ordered.set(unit, hashedPart(part))
  const releases = new Map<string, ReleaseContent>()
  for (const office of tree.units.keys()) {
    const line = ancestorsOf(tree, office)
    const content: ReleaseContent = {
      format: 1,
      office,
      parts: line.map(({ unit, while: during }) => ({
        unit: unit.id,
        level: unit.level,
        part: ordered.get(unit.id)!.id,
        while: during
      }))
    }
    releases.set(hashOf(content), content)
  }
  return { releases, parts: new Map([...ordered.values()].map(({ id, part }) => [id, part])) }
}

const NONE: readonly never[] = []
const definitionsOf = byName((one: Definition) => one.key)
const tablesOf = byName((one: Table) => one.rule)

/** A list by the names of what it holds; the same for every office whose nation states the list. */
function byName<Item>(
  nameOf: (item: Item) => string
): (items: readonly Item[]) => ReadonlyMap<string, Item> {
  const known = new WeakMap<readonly Item[], ReadonlyMap<string, Item>>()
  return items => {
    const found = known.get(items) ?? new Map(items.map(item => [nameOf(item), item]))
    known.set(items, found)
    return found
  }
}

/** Opens a release; the parts are those that its content names, in the same order. */
export function openLaw(
  release: string,
  content: ReleaseContent,
  parts: readonly LawPart[]
): OpenLaw {
  const law = parts.map((part, index) => ({ ...part, while: content.parts[index]!.while }))
  const nation = law.find(({ level }) => level === 'national')
  const calendars = law.map(daysWhile)
  const definitions = definitionsOf(nation?.definitions ?? NONE)
  const tables = tablesOf(nation?.tables ?? NONE)
  const { office } = content
  const hours = hoursOf({ release, office, parts: law }, definitions.get(OFFICE_HOURS))
  return {
    release,
    office,
    parts: law,
    definitions,
    tables,
    timelines: openTimelines({ release, office, parts: law }, definitions, tables),
    instruments: new Map(law.flatMap(part => part.instruments.map(one => [one.id, one]))),
    calendar: mergeCalendars(
      // short: every open due date and timer keeps it
      hashOf(hours === undefined ? calendars : [calendars, hours]).slice(0, 16),
      calendars,
      hours
    )
  }
}

/** The closed days of a unit that lie in the time during which the office was under it. */
function daysWhile({ calendars, while: during }: Law['parts'][number]): LawPart['calendars'] {
  if (during === null) return calendars
  return Object.fromEntries(
    Object.entries(calendars).map(([year, { closed, sample }]) => {
      const days = Object.entries(closed).filter(([date]) => holdsOn(during, date) !== 'no')
      return [year, { closed: Object.fromEntries(days), sample }]
    })
  )
}

/** Opens every release, by office; a law that is open already stays the same object. */
export function openAll(
  { releases, parts }: StoredLaw,
  known: ReadonlyMap<OfficeId, OpenLaw> = new Map()
): ReadonlyMap<OfficeId, OpenLaw> {
  const laws = new Map<OfficeId, OpenLaw>()
  for (const [id, content] of releases) {
    const open = known.get(content.office)
    const law =
      open?.release === id
        ? open
        : openLaw(
            id,
            content,
            content.parts.map(({ part }) => parts.get(part)!)
          )
    laws.set(content.office, law)
  }
  return laws
}
