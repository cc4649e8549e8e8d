import type { Value, Variables } from '../state.ts'
import { addDays } from '../time.ts'
import { isDay } from './dates.ts'
import type { Condition, FactType, Group, Test } from './definitions.ts'
import { OPERATORS } from './operators.ts'

/**
 * A fact as conditions see it: its values in classes that no condition tells apart. A set or flags is
 * one such variable for every text that conditions ask for.
 */
export interface Variable {
  readonly fact: string
  /** The text whose membership it says; null for a fact that is one value. */
  readonly member: string | null
  readonly classes: readonly ValueClass[]
}
export interface ValueClass {
  /** Values of the class, the first one for examples. */
  readonly values: readonly Value[]
  readonly labels: readonly Label[]
}
/** What a finding calls values: a text, or from one to another in an order in which `at` is the place. */
export type Label =
  | string
  | { readonly at: number; readonly from: End | null; readonly to: End | null }
interface End {
  readonly text: string
  /** The end itself is outside. */
  readonly open?: true
}

/** A test on its variable: for each class whether it holds. */
export interface KnownTest {
  readonly variable: number
  readonly holds: readonly boolean[]
}

/** The space of facts of a table, and what each test of its conditions says in it. */
export interface Space {
  readonly variables: readonly Variable[]
  test(test: Test): KnownTest
  /** The class of a value of a fact, per variable of that fact; null when it is outside its type. */
  classOf(fact: string, value: Value): ReadonlyMap<number, number> | null
}

/** Cuts the values of every fact at what the conditions ask. `whole` facts keep every single choice apart. */
export function spaceOf(
  facts: Readonly<Record<string, FactType>>,
  conditions: readonly (Group | null)[],
  whole: ReadonlySet<string>,
  sampleDay: string
): Space {
  const tests = conditions.flatMap(group => (group ? testsIn(group) : []))
  const variables: Variable[] = []
  const byFact = new Map<string, number[]>()
  for (const [fact, type] of Object.entries(facts)) {
    const own = tests.filter(test => test.fact === fact)
    const made = isListed(type)
      ? members(fact, own)
      : [single(fact, type, own, whole.has(fact), sampleDay)]
    byFact.set(
      fact,
      made.map((_, index) => variables.length + index)
    )
    variables.push(...made)
  }
  const known = new Map<Test, KnownTest>()
  const test = (one: Test): KnownTest => {
    const before = known.get(one)
    if (before) return before
    const at = byFact.get(one.fact)!.find(index => {
      const { member } = variables[index]!
      return member === null || member === one.value
    })!
    const made = { variable: at, holds: variables[at]!.classes.map(group => says(one, group)) }
    known.set(one, made)
    return made
  }
  return {
    variables,
    test,
    classOf(fact, value) {
      const found = new Map<number, number>()
      for (const index of byFact.get(fact) ?? []) {
        const { member, classes } = variables[index]!
        const own = tests.filter(one => one.fact === fact)
        const at = classes.findIndex(group =>
          member !== null
            ? group.values[0] === (Array.isArray(value) && value.includes(member))
            : group.values.includes(value) ||
              (!whole.has(fact) && own.every(one => holds(one, value) === says(one, group)))
        )
        if (at < 0) return null
        found.set(index, at)
      }
      return found
    }
  }
}

/** Facts for one class of each variable, in the form in which conditions read them. */
export function factsOf(space: Space, chosen: (variable: number) => Value): Variables {
  const facts: Record<string, Value> = {}
  space.variables.forEach(({ fact, member }, index) => {
    if (member === null) facts[fact] = chosen(index)
    else {
      const list = (facts[fact] ?? []) as readonly Value[]
      facts[fact] = member !== '' && chosen(index) === true ? [...list, member].sort() : list
    }
  })
  return facts
}

export function testsIn(condition: Condition): readonly Test[] {
  if ('fact' in condition) return [condition]
  if ('not' in condition) return testsIn(condition.not)
  return ('all' in condition ? condition.all : condition.any).flatMap(testsIn)
}

function isListed({ type }: FactType): boolean {
  return type === 'set' || type === 'flags'
}

function says(test: Test, { values }: ValueClass): boolean {
  const [value] = values as readonly [Value]
  const listing = test.operator === 'contains' || test.operator === 'doesNotContain'
  return listing ? (test.operator === 'contains') === value : holds(test, value)
}

function holds({ operator, value }: Test, fact: Value): boolean {
  return OPERATORS[operator](fact, value)
}

// values ////////

function members(fact: string, tests: readonly Test[]): readonly Variable[] {
  const texts = [...new Set(tests.map(({ value }) => String(value)))]
  if (texts.length === 0) texts.push('')
  return texts.map(member => ({
    fact,
    member,
    classes:
      member === ''
        ? [{ values: [false], labels: ['any'] }]
        : [
            { values: [false], labels: [`without ${member}`] },
            { values: [true], labels: [`with ${member}`] }
          ]
  }))
}

function single(
  fact: string,
  type: FactType,
  tests: readonly Test[],
  whole: boolean,
  sampleDay: string
): Variable {
  const constants = tests.flatMap(({ operator, value }) =>
    ['in', 'notIn', 'between'].includes(operator) ? (value as readonly Value[]) : [value]
  )
  const cells = cellsOf(type, constants, sampleDay)
  if (type.nullable) cells.push({ values: [null], labels: ['null'] })
  if (whole) return { fact, member: null, classes: cells }
  // what no condition tells apart is one class
  const classes = new Map<string, ValueClass>()
  for (const cell of cells) {
    const answers = tests.map(test => (says(test, cell) ? '1' : '0')).join('')
    const same = classes.get(answers)
    classes.set(
      answers,
      same
        ? { values: [...same.values, ...cell.values], labels: [...same.labels, ...cell.labels] }
        : cell
    )
  }
  return { fact, member: null, classes: [...classes.values()] }
}

function cellsOf(type: FactType, constants: readonly Value[], sampleDay: string): ValueClass[] {
  switch (type.type) {
    case 'boolean':
      return [true, false].map(value => ({ values: [value], labels: [String(value)] }))
    case 'choice':
      return (type.choices ?? []).map(value => ({ values: [value], labels: [value] }))
    case 'date': {
      const line = dateLine(type)
      const cells = cut(line, constants.filter(isText))
      return cells.length === 1 && line.first <= sampleDay && sampleDay <= line.last
        ? [{ values: [sampleDay], labels: ['any'] }]
        : cells
    }
    case 'integer':
    case 'money':
      return cut(integerLine(type), constants.filter(isNumber))
    case 'number':
      return cut(numberLine(type), constants.filter(isNumber))
    default: {
      const texts = [...new Set(constants.filter(isText))]
      const other = ['other', 'none of these', 'x'].find(text => !texts.includes(text))
      return [
        { values: [other ?? `${texts.join('')}x`], labels: ['any other'] },
        ...texts.map(value => ({ values: [value], labels: [JSON.stringify(value)] }))
      ]
    }
  }
}

/** An ordered type: its ends, and what lies next to a value or between two. */
interface Line<Point extends number | string> {
  readonly first: Point
  readonly last: Point
  /** Values strictly between two, or beyond one when the other is null; none when there is none. */
  between(low: Point | null, high: Point | null): readonly Point[]
  /** The same values as a finding names them. */
  name(low: Point | null, high: Point | null): Range
}
interface Range {
  readonly from: End | null
  readonly to: End | null
}

function cut<Point extends number | string>(
  line: Line<Point>,
  constants: readonly Point[]
): ValueClass[] {
  const { first, last, between } = line
  const points = [...new Set(constants)]
    .filter(point => point >= first && point <= last)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const cells: ValueClass[] = []
  const edges: (Point | null)[] = [null, ...points, null]
  for (let index = 1; index < edges.length; index++) {
    const low = edges[index - 1] as Point | null
    const high = edges[index] as Point | null
    const inside = between(low, high).filter(value => value >= first && value <= last)
    if (inside.length > 0)
      cells.push({ values: inside, labels: [{ at: cells.length, ...line.name(low, high) }] })
    if (high === null) continue
    const end = { text: String(high) }
    cells.push({ values: [high], labels: [{ at: cells.length, from: end, to: end }] })
  }
  return cells
}

function integerLine({ type, min, max }: FactType): Line<number> {
  const first = Math.ceil(Number(min ?? (type === 'money' ? 0 : Number.MIN_SAFE_INTEGER)))
  const last = Math.floor(Number(max ?? Number.MAX_SAFE_INTEGER))
  return {
    first,
    last,
    between(low, high) {
      if (low === null && high === null) return spread(first > -1e15 ? first : 0, last)
      if (low === null) return [high! - 1, high! - 2, first].filter(value => value < high!)
      if (high === null) return [low + 1, low + 2, last].filter(value => value > low)
      return spread(low + 1, high - 1)
    },
    name: (low, high) => closed(low === null ? null : low + 1, high === null ? null : high - 1)
  }
}

function spread(from: number, to: number): readonly number[] {
  if (from > to) return []
  const some = [from, to, Math.floor((from + to) / 2), 0, 1]
  return [...new Set(some.filter(value => value >= from && value <= to))]
}

function numberLine({ min, max }: FactType): Line<number> {
  const first = Number(min ?? -Number.MAX_VALUE)
  const last = Number(max ?? Number.MAX_VALUE)
  return {
    first,
    last,
    between(low, high) {
      if (low === null && high === null) return [min === undefined ? 0 : first]
      if (low === null) {
        const below = high! - 1
        return below >= first && below < high! ? [below, first] : halves(first, high!, true)
      }
      if (high === null) {
        const above = low + 1
        return above <= last && above > low ? [above, last] : halves(low, last, false, true)
      }
      return halves(low, high)
    },
    name: (low, high) => ({
      from: low === null ? null : { text: String(low), open: true },
      to: high === null ? null : { text: String(high), open: true }
    })
  }
}

function halves(low: number, high: number, withLow = false, withHigh = false): readonly number[] {
  const middle = low / 2 + high / 2
  return [middle, ...(withLow ? [low] : []), ...(withHigh ? [high] : [])].filter(
    value =>
      (value > low || (withLow && value === low)) && (value < high || (withHigh && value === high))
  )
}

function dateLine({ min, max }: FactType): Line<string> {
  const first = String(min ?? '0000-01-01')
  const last = String(max ?? '9999-12-31')
  return {
    first,
    last,
    between(low, high) {
      if (low === null && high === null) return [first, last]
      const values = [
        ...(low === null ? [first] : [dayFrom(low, 1)]),
        ...(high === null ? [last] : [dayFrom(high, -1)])
      ].filter(day => day !== null)
      const inside = values.filter(
        day => (low === null || day > low) && (high === null || day < high)
      )
      return low === null ? inside.reverse() : inside
    },
    name: (low, high) =>
      closed(low === null ? null : dayFrom(low, 1), high === null ? null : dayFrom(high, -1))
  }
}

/** The day so many days later; null beyond the calendar of law. */
export function dayFrom(day: string, days: number): string | null {
  const found = addDays(day, days)
  return isDay(found) ? found : null
}

function closed(low: number | string | null, high: number | string | null): Range {
  return {
    from: low === null ? null : { text: String(low) },
    to: high === null ? null : { text: String(high) }
  }
}

/** What a finding calls the values of some classes: `≤ 3`, `visit-visa or voa`, `2 to 4 or null`. */
export function nameOf(labels: readonly Label[]): string {
  const texts: string[] = []
  const ranges = labels.filter(label => typeof label !== 'string').sort((a, b) => a.at - b.at)
  for (let index = 0; index < ranges.length; ) {
    let last = index
    while (ranges[last + 1]?.at === ranges[last]!.at + 1) last++
    texts.push(nameOfRange(ranges[index]!.from, ranges[last]!.to))
    index = last + 1
  }
  texts.push(...labels.filter(label => typeof label === 'string'))
  const more = texts.length - MOST_NAMED
  return texts.slice(0, MOST_NAMED).join(' or ') + (more > 0 ? ` or ${more} more` : '')
}
const MOST_NAMED = 6

function nameOfRange(from: End | null, to: End | null): string {
  if (from && to) {
    if (from.text === to.text) return from.text
    if (!from.open && !to.open) return `${from.text} to ${to.text}`
    return `${nameOfRange(from, null)} and ${nameOfRange(null, to)}`
  }
  if (from) return `${from.open ? '>' : '≥'} ${from.text}`
  return to ? `${to.open ? '<' : '≤'} ${to.text}` : 'any'
}

function isNumber(value: Value): value is number {
  return typeof value === 'number'
}
function isText(value: Value): value is string {
  return typeof value === 'string'
}
