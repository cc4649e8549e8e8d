import { Stuck } from '../errors.ts'
import type { LocalDate, Value } from '../state.ts'
import type { Bound } from './bounds.ts'
import type { Interval } from './dates.ts'
import { turnsOf } from './dates.ts'
import type { Definition, Overlay, StatedValue, Table } from './definitions.ts'
import type { Resolved } from './layers.ts'
import { resolveValue } from './layers.ts'
import type { Law } from './release.ts'
import { rowLayers, valueLayers } from './release.ts'
import type { EffectiveRow, EffectiveTable } from './table.ts'
import { effectiveTable } from './table.ts'

/**
 * What holds at one office by one release, stretch by stretch: all that a law says changes only on the days
 * that it names, so that each stretch between two of them is resolved once. What offices have in common is
 * kept once for all of them.
 */
export interface Timelines {
  /** The value of a parameter; undefined when none holds, or more than one: `resolve` says which. */
  valueAt(key: string, date: LocalDate): Value | undefined
  /** @throws Stuck when no value holds, or when two of the same unit hold */
  resolve(definition: Definition, date: LocalDate): Resolved
  /** @throws Stuck when two rows of the same unit replace the same row */
  table(table: Table, date: LocalDate): EffectiveTable
  /**
   * The rows of a table alone; offices that state none of their own share one list.
   *
   * @throws Stuck
   */
  rowsAt(table: Table, date: LocalDate): readonly EffectiveRow[]
  /** The first days of the stretches of a parameter or a table; the first stretch has no beginning. */
  startsOf(key: string): readonly LocalDate[]
}

/** The stretches of one key; what is undefined was not asked for yet. */
interface Stretches<Held> {
  /** The first is before every day. */
  readonly starts: readonly LocalDate[]
  /** The same as numbers, which are compared faster: 20151203. */
  readonly numbers: readonly number[]
  readonly held: (Held | undefined)[]
}
/** No value holds in this stretch, or it cannot be said which. */
const NONE = Symbol('none')

type Part = Law['parts'][number]

/** Opens the timelines of a law; nothing is reckoned before it is asked for. */
export function openTimelines(
  law: Law,
  definitions: ReadonlyMap<string, Definition>,
  tables: ReadonlyMap<string, Table>
): Timelines {
  const slots = slotsOf(definitions)
  const values = new Array<Common<Value | typeof NONE> | undefined>(slots.size).fill(undefined)
  const resolutions = new Map<string, Stretches<Resolved>>()
  const effective = new Map<string, Stretches<EffectiveTable>>()
  const rows = new Map<string, Common<readonly EffectiveRow[]>>()
  const whiles = law.parts.flatMap(part => part.while ?? [])

  const openValues = (key: string, slot: number): Common<Value | typeof NONE> => {
    const definition = definitions.get(key) as Definition
    const parts = law.parts.filter(part => part.level === 'national' || statesValue(part, key))
    const opened = shared(
      definition,
      parts,
      'values',
      (): Common<Value | typeof NONE> => ({
        ...stretches([...intervalsOfValue(parts, key), ...daysOf(definition.bounds)]),
        law: { ...law, parts }
      })
    )
    values[slot] = opened
    return opened
  }

  const openRows = (table: Table): Common<readonly EffectiveRow[]> => {
    const { rule } = table
    const parts = law.parts.filter(part => part.level === 'national' || statesRow(part, rule))
    const opened = shared(
      table,
      parts,
      'rows',
      (): Common<readonly EffectiveRow[]> => ({
        ...stretches(intervalsOfTable(parts, table)),
        law: { ...law, parts }
      })
    )
    rows.set(rule, opened)
    return opened
  }

  const rowsAt = (table: Table, date: LocalDate): readonly EffectiveRow[] => {
    const own = rows.get(table.rule) ?? openRows(table)
    const index = indexAt(own.numbers, date)
    const start = own.starts[index] as LocalDate
    own.held[index] ??= effectiveTable(table, rowLayers(own.law, start), start).rows
    return own.held[index]
  }

  return {
    valueAt(key, date) {
      const slot = slots.get(key)
      if (slot === undefined) return undefined
      const own = values[slot] ?? openValues(key, slot)
      const index = indexAt(own.numbers, date)
      let held = own.held[index]
      if (held === undefined) {
        const definition = definitions.get(key) as Definition
        held = valueOrNone(definition, own.law, own.starts[index] as LocalDate)
        own.held[index] = held
      }
      return held === NONE ? undefined : (held as Value)
    },

    resolve(definition, date) {
      const { key } = definition
      const own =
        resolutions.get(key) ??
        stretches([...intervalsOfValue(law.parts, key), ...daysOf(definition.bounds), ...whiles])
      resolutions.set(key, own)
      const index = indexAt(own.numbers, date)
      const known = own.held[index]
      if (known) return known
      // reckoned for the day itself, so that what fails names it
      const resolved = resolveValue(definition, valueLayers(law, date), date)
      own.held[index] = resolved
      return resolved
    },

    table(table, date) {
      const { rule } = table
      const own =
        effective.get(rule) ?? stretches([...intervalsOfTable(law.parts, table), ...whiles])
      effective.set(rule, own)
      const index = indexAt(own.numbers, date)
      const known = own.held[index]
      if (known) return known
      const laid = effectiveTable(table, rowLayers(law, date), date)
      const made = { ...laid, rows: rowsAt(table, date) }
      own.held[index] = made
      return made
    },

    rowsAt,

    startsOf(key) {
      const table = tables.get(key)
      const intervals = table
        ? intervalsOfTable(law.parts, table)
        : [...intervalsOfValue(law.parts, key), ...daysOf(definitions.get(key)?.bounds ?? [])]
      return stretches([...intervals, ...whiles]).starts
    }
  }
}

/** The stretches that offices have in common, with as much of the law as they come from. */
interface Common<Held> extends Stretches<Held> {
  readonly law: Law
}

/** The number of the stretch that a day lies in; most days that are asked for are late ones. */
function indexAt(starts: readonly number[], date: LocalDate): number {
  const day = numberOfDay(date)
  let index = starts.length - 1
  while (index > 0 && (starts[index] as number) > day) index--
  return index
}

/** `2015-12-03` as 20151203, read sign by sign: this runs with every look-up. */
function numberOfDay(date: LocalDate): number {
  const years = digits(date, 0) * 100 + digits(date, 2)
  return years * 10_000 + digits(date, 5) * 100 + digits(date, 8)
}

function digits(date: LocalDate, at: number): number {
  return (date.charCodeAt(at) - 48) * 10 + date.charCodeAt(at + 1) - 48
}

function stretches<Held>(intervals: readonly Interval[]): Stretches<Held> {
  const days = new Set(intervals.flatMap(turnsOf))
  const starts = [FIRST, ...[...days].sort()]
  const held = new Array<Held | undefined>(starts.length).fill(undefined)
  return { starts, numbers: starts.map(numberOfDay), held }
}
/** Before every day of law, and after the bound that stands for an unknown one. */
const FIRST: LocalDate = '0000-01-02'

function valueOrNone(definition: Definition, law: Law, date: LocalDate): Value | typeof NONE {
  try {
    return resolveValue(definition, valueLayers(law, date), date).value
  } catch (error) {
    if (error instanceof Stuck) return NONE
    throw error
  }
}

// what the parts state of a key ////////

function intervalsOfValue(parts: readonly Part[], key: string): readonly Interval[] {
  return [
    ...parts.flatMap(({ values }) => byKey(values).get(key) ?? []),
    ...parts.flatMap(part => part.while ?? [])
  ]
}

function intervalsOfTable(parts: readonly Part[], table: Table): readonly Interval[] {
  return [
    ...table.rows,
    ...daysOf(table.bounds),
    ...parts.flatMap(({ rows }) => byRule(rows).get(table.rule) ?? []),
    ...parts.flatMap(part => part.while ?? [])
  ]
}

function daysOf(bounds: readonly Bound[]): readonly Interval[] {
  return bounds.flatMap(({ from, to }) =>
    from === undefined && to === undefined ? [] : { from: from ?? null, to: to ?? null }
  )
}

const statesValue = ({ values }: Part, key: string): boolean => byKey(values).has(key)
const statesRow = ({ rows }: Part, rule: string): boolean => byRule(rows).has(rule)

const byKey = grouping((value: StatedValue) => value.key)
const byRule = grouping((row: Overlay) => row.rule)

/** Groups what a part states, once for all offices that have the part. */
function grouping<Item extends object>(
  keyOf: (item: Item) => string
): (items: readonly Item[]) => ReadonlyMap<string, readonly Item[]> {
  const known = new WeakMap<readonly Item[], ReadonlyMap<string, readonly Item[]>>()
  return items => {
    const found = known.get(items)
    if (found) return found
    const groups = new Map<string, Item[]>()
    for (const item of items) {
      const key = keyOf(item)
      const group = groups.get(key)
      if (group) group.push(item)
      else groups.set(key, [item])
    }
    known.set(items, groups)
    return groups
  }
}

// what offices have in common ////////

/** A number for each key, the same for all offices that have the same definitions: small and close to hand. */
function slotsOf(definitions: ReadonlyMap<string, Definition>): ReadonlyMap<string, number> {
  const known = slotsKnown.get(definitions)
  if (known) return known
  const slots = new Map([...definitions.keys()].map((key, slot) => [key, slot]))
  slotsKnown.set(definitions, slots)
  return slots
}
const slotsKnown = new WeakMap<ReadonlyMap<string, Definition>, ReadonlyMap<string, number>>()

const commons = new WeakMap<object, Map<string, object>>()
const numbers = new WeakMap<object, number>()
let counted = 0

/** Makes something once for all offices whose parts that matter are the same; it goes with the nation's part. */
function shared<Made extends object>(
  governed: Definition | Table,
  parts: readonly Part[],
  list: 'values' | 'rows',
  make: () => Made
): Made {
  const name = parts.map(part => `${numberOf(part[list])} ${JSON.stringify(part.while)}`).join('; ')
  const known = commons.get(governed) ?? new Map<string, object>()
  commons.set(governed, known)
  const found = known.get(name)
  if (found) return found as Made
  const made = make()
  known.set(name, made)
  return made
}

function numberOf(object: object): number {
  const known = numbers.get(object)
  if (known !== undefined) return known
  counted += 1
  numbers.set(object, counted)
  return counted
}
