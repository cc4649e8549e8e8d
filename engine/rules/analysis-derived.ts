import { compileExpression } from '../expression.ts'
import type { Value, Variables } from '../state.ts'
import type { Space } from './analysis-domains.ts'
import { dayFrom, factsOf } from './analysis-domains.ts'
import type { Box } from './analysis-search.ts'
import type { FactType } from './definitions.ts'
import { faultOf } from './facts.ts'

/** Facts of a box that can be, as far as they could be worked out. */
export interface Example {
  readonly facts: Variables
  /** Derived facts whose values were taken as they are: nothing was found that gives them. */
  readonly assumed: readonly string[]
}

/** Derived facts that can be worked out from the other facts of the table. */
export interface Derived {
  readonly names: readonly string[]
  /** The facts that they are worked out from, in the end. */
  readonly inputs: readonly string[]
  /** Whether all these have a few values only, so that trying them all is exact. */
  readonly finite: boolean
}

type Facts = Readonly<Record<string, FactType>>

/** Which facts of a table follow from its others: an expression over facts of the table and `asOf`. */
export function derivedOf(facts: Facts): Derived {
  const names: string[] = []
  const inputs = new Set<string>()
  for (const [name, { expression }] of Object.entries(facts)) {
    if (expression === undefined) continue
    const read = compileExpression(expression).names.filter(one => one !== 'asOf')
    if (!read.every(one => Object.hasOwn(facts, one))) continue
    names.push(name)
    for (const one of read) if (!names.includes(one)) inputs.add(one)
  }
  const finite = [...inputs].every(one => ['boolean', 'choice'].includes(facts[one]!.type))
  return { names, inputs: [...inputs], finite }
}

/**
 * An example of a box. Derived facts are worked out from candidates for what they are derived from; null
 * when all these were tried and none leads into the box.
 */
export function exampleOf(
  space: Space,
  box: Box,
  facts: Facts,
  derived: Derived,
  asOf: string
): Example | null {
  const first = (variable: number): Value =>
    space.variables[variable]!.classes[box[variable]![0]!]!.values[0]!
  const plain = factsOf(space, first)
  if (derived.names.length === 0) return { facts: plain, assumed: [] }

  const narrowed = derived.names.filter(name =>
    space.variables.some(
      ({ fact, classes }, index) => fact === name && box[index]!.length < classes.length
    )
  )
  const sources = derived.finite ? derived.inputs : sourcesOf(narrowed, facts, derived)
  const isOne = (name: string) => sources.includes(name)
  const at = space.variables.flatMap(({ fact, member }, index) =>
    member === null && isOne(fact) ? [index] : []
  )
  const candidates = at.map(index => candidatesOf(space, index, box, facts, asOf))
  let tried = 0
  const attempt = (depth: number, given: Variables): Variables | null => {
    if (depth < at.length) {
      for (const value of candidates[depth]!) {
        if (tried > MOST_TRIED) return null
        const { fact } = space.variables[at[depth]!]!
        const found = attempt(depth + 1, { ...given, [fact]: value })
        if (found) return found
      }
      return null
    }
    tried++
    const worked = workOut(given, facts, derived, asOf)
    return worked && derived.names.every(name => isIn(space, box, name, worked[name]!))
      ? worked
      : null
  }
  const found = attempt(0, plain)
  if (found) return { facts: found, assumed: [] }
  if (derived.finite && tried <= MOST_TRIED) return null
  return { facts: plain, assumed: narrowed.length > 0 ? narrowed : derived.names }
}
const MOST_TRIED = 3_000

/** What some derived facts are worked out from, in the end. */
function sourcesOf(names: readonly string[], facts: Facts, derived: Derived): readonly string[] {
  return names.flatMap(name =>
    compileExpression(facts[name]!.expression!).names.flatMap(one =>
      derived.names.includes(one) ? sourcesOf([one], facts, derived) : [one]
    )
  )
}

function workOut(
  given: Variables,
  facts: Facts,
  { names }: Derived,
  asOf: string
): Variables | null {
  const all: Record<string, Value> = { ...given }
  for (const name of names) {
    const type = facts[name]!
    try {
      const value = compileExpression(type.expression!).evaluate(one =>
        one === 'asOf' ? asOf : all[one]
      )
      if (faultOf(type, value)) return null
      all[name] = value
    } catch {
      // these facts give no value: whoever meets them is refused by the expression
      return null
    }
  }
  return all
}

function isIn(space: Space, box: Box, fact: string, value: Value): boolean {
  const classes = space.classOf(fact, value)
  return (
    classes !== null && [...classes].every(([variable, index]) => box[variable]!.includes(index))
  )
}

/** Values worth trying for a fact: those of its classes, and of ordered ones their neighbours and the constants of expressions. */
function candidatesOf(
  space: Space,
  variable: number,
  box: Box,
  facts: Facts,
  asOf: string
): readonly Value[] {
  const { fact, classes } = space.variables[variable]!
  const type = facts[fact]!
  const own = box[variable]!.flatMap(index => classes[index]!.values)
  if (!['integer', 'money', 'number', 'date'].includes(type.type)) return own
  const numbers = numbersIn(facts)
  const more: readonly (Value | null)[] =
    type.type === 'date'
      ? [asOf, ...[...numbers, 365].flatMap(days => [dayFrom(asOf, days), dayFrom(asOf, -days)])]
      : numbers
  const fitting = more.filter(
    value => value !== null && !faultOf(type, value) && isIn(space, box, fact, value)
  ) as readonly Value[]
  return [...new Set([...own, ...fitting])]
}

/** The numbers in expressions and their neighbours. */
function numbersIn(facts: Facts): readonly number[] {
  const texts = Object.values(facts).map(({ expression = '' }) => expression)
  const found = texts.flatMap(text => text.match(/\d+/g) ?? []).map(Number)
  return [...new Set([0, 1, ...found.flatMap(one => [one - 1, one, one + 1])])]
}
