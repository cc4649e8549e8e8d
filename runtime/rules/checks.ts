import { boundsOn, breachOf, daysOf } from '../../engine/rules/bounds.ts'
import type { Interval } from '../../engine/rules/dates.ts'
import { daysToLook, describe, mayMeet, surelyMeet } from '../../engine/rules/dates.ts'
import type {
  Definition,
  Governed,
  Stated,
  StatedValue,
  Table
} from '../../engine/rules/definitions.ts'
import { resolveValue } from '../../engine/rules/layers.ts'
import type { LawPart } from '../../engine/rules/release.ts'
import type { LocalDate } from '../../engine/state.ts'
import type { Findings } from './findings.ts'
import { checkGoverned } from './governed.ts'
import type { Register } from './instruments.ts'
import { checkCitations, registerOf } from './instruments.ts'
import { checkInterval } from './intervals.ts'
import { shapeOf, valueFault } from './values.ts'

/** What the statements of the nation mean to everybody: definitions, tables and instruments by name. */
export interface NationalLaw {
  readonly definitions: ReadonlyMap<string, Definition>
  readonly tables: ReadonlyMap<string, Table>
  /** Of the whole line of a unit. */
  readonly instruments: Register
}

/** What the units above one state: all that it was ever under, and those of a day, for an office may move. */
export interface Above {
  readonly parts: readonly LawPart[]
  on(day: LocalDate): readonly LawPart[]
  /** When it was under which. */
  readonly moves: readonly Interval[]
}

/** The law of the nation by name; a name that stands twice is reported. */
export function nationalLaw(nation: LawPart, findings: Findings): NationalLaw {
  const definitions = byName(nation.definitions, ({ key }) => key, 'key', findings)
  const tables = byName(nation.tables, ({ rule }) => rule, 'rule', findings)
  const instruments = registerOf([nation], findings)
  for (const [rule, table] of tables) {
    if (definitions.has(rule)) findings.error(table, `<${rule}> is a key and a rule`)
  }
  return { definitions, tables, instruments }
}

export function checkDefinitions(law: NationalLaw, findings: Findings): void {
  for (const governed of [...law.definitions.values(), ...law.tables.values()])
    checkGoverned(governed, findings)
  for (const definition of law.definitions.values()) {
    if (definition.type !== 'record') continue
    try {
      shapeOf(definition)
    } catch (error) {
      findings.error(
        definition,
        `the shape is no JSON Schema: ${(error as Error).message}`,
        '/shape'
      )
    }
  }
}

/** Checks the values that one unit states, with those of the units above it for the bounds. */
export function checkValues(
  part: LawPart,
  above: Above,
  law: NationalLaw,
  findings: Findings
): void {
  const byKey = new Map<string, StatedValue[]>()
  for (const value of part.values) {
    const definition = law.definitions.get(value.key)
    if (!definition) {
      findings.error(value, `expected a key that is defined, found <${value.key}>`, '/key')
      continue
    }
    const others = byKey.get(value.key) ?? []
    byKey.set(value.key, [...others, value])
    checkStated(value, definition, part, law, findings)
    const fault = valueFault(definition, value.value)
    if (fault) {
      findings.error(value, fault, '/value')
      continue
    }
    for (const other of others) {
      if (surelyMeet(other, value)) {
        findings.error(value, {
          id: `<${part.unit}> menetapkan <${value.key}> dua kali sekaligus: ${describe(other, 'id')} dan ${describe(value, 'id')}`,
          en: `<${part.unit}> states <${value.key}> twice at once: ${describe(other)} and ${describe(value)}`
        })
      }
    }
    if (part.level === 'national') {
      const free = definition.bounds.filter(({ kind }) => kind !== 'locked')
      const breach = daysToLook(value, free.map(daysOf))
        .map(day => breachOf(boundsOn(free, day), value.value, undefined))
        .find(found => found !== null)
      if (breach) findings.error(value, breach, '/value')
    } else checkBounds(definition, value, part, above, findings)
  }
}

/** A value below is held to its bounds on its first day and on every day on which the level above changes. */
function checkBounds(
  definition: Definition,
  value: StatedValue,
  part: LawPart,
  above: Above,
  findings: Findings
): void {
  const layersOf = (parts: readonly LawPart[]) =>
    [...parts, { ...part, values: [value] }].map(({ level, unit, values }) => ({
      level,
      scope: unit,
      statements: values.filter(({ key }) => key === definition.key)
    }))
  const stated = layersOf(above.parts).flatMap(({ statements }) => statements)
  const others = stated.filter(one => mayMeet(one, value))
  const turns = [...others, ...definition.bounds.map(daysOf), ...above.moves]
  for (const day of daysToLook(value, turns)) {
    try {
      const { trail } = resolveValue(definition, layersOf(above.on(day)), day)
      const at = trail.findIndex(one => one.scope === part.unit && one.status === 'suspended')
      if (at < 0) continue
      const parent = trail.slice(0, at).findLast(({ status }) => status === 'applied')?.value
      const breach = breachOf(boundsOn(definition.bounds, day), value.value, parent)
      const [id, en] = [breach?.id ?? trail[at]!.why, trail[at]!.why]
      findings.add(
        'suspended',
        value,
        { id: `pada ${day}: ${id}`, en: `on ${day}: ${en}` },
        '/value'
      )
      return
    } catch {
      // Nothing holds above on that day, so no bound can be broken by it.
    }
  }
}

/** What holds for a value and a row alike: who may state it, what it rests on, and when. */
export function checkStated(
  stated: Stated,
  governed: Governed,
  part: LawPart,
  law: NationalLaw,
  findings: Findings
): void {
  if (part.level !== 'national' && !governed.overridableAt.includes(part.level)) {
    const levels = governed.overridableAt.join(' and ') || 'the nation only'
    findings.error(stated, {
      id: `<${part.unit}> tidak boleh menetapkan ini: hanya terbuka bagi ${governed.overridableAt.join(' dan ') || 'nasional'}`,
      en: `<${part.unit}> may not state this: it is open to ${levels}`
    })
  }
  if ('key' in stated) {
    checkCitations(stated, governed, law.instruments, findings)
    checkInterval(stated, stated, findings)
  }
}

function byName<Item extends object>(
  items: readonly Item[],
  name: (item: Item) => string,
  what: string,
  findings: Findings
): ReadonlyMap<string, Item> {
  const map = new Map<string, Item>()
  for (const item of items) {
    if (map.has(name(item))) findings.error(item, `${what} <${name(item)}> stands twice`)
    else map.set(name(item), item)
  }
  return map
}
