import { Stuck } from '../errors.ts'
import type { Value } from '../state.ts'
import { isDay } from './dates.ts'
import type { Operator } from './definitions.ts'

/**
 * What every operator of a condition means. They never turn what they cannot compare into false.
 *
 * @throws Stuck when a fact and a value cannot be compared
 */
export const OPERATORS: Readonly<Record<Operator, (fact: Value, value: Value) => boolean>> = {
  equal: equals,
  notEqual: (fact, value) => !equals(fact, value),
  in: (fact, value) => list(value).some(one => equals(fact, one)),
  notIn: (fact, value) => !list(value).some(one => equals(fact, one)),
  lessThan: (fact, value) => ordered(fact, value, order => order < 0),
  lessThanInclusive: (fact, value) => ordered(fact, value, order => order <= 0),
  greaterThan: (fact, value) => ordered(fact, value, order => order > 0),
  greaterThanInclusive: (fact, value) => ordered(fact, value, order => order >= 0),
  between: (fact, value) => {
    const [from = null, to = null] = list(value)
    return ordered(fact, from, order => order >= 0) && ordered(fact, to, order => order <= 0)
  },
  contains: (fact, value) => list(fact).some(one => equals(one, value)),
  doesNotContain: (fact, value) => !list(fact).some(one => equals(one, value))
}

function equals(fact: Value, value: Value): boolean {
  if (fact === null || value === null) return fact === value
  if (typeof fact !== typeof value || typeof fact === 'object') mismatch(fact, value)
  return fact === value
}

/** The checks of the rules see to it that null is asked for beside an order; here it simply has none. */
function ordered(fact: Value, value: Value, holds: (order: number) => boolean): boolean {
  if (fact === null) return false
  if (typeof fact === 'number' && typeof value === 'number') return holds(fact - value)
  if (isDay(fact) && isDay(value)) return holds(fact < value ? -1 : fact > value ? 1 : 0)
  return mismatch(fact, value)
}

function list(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : mismatch(value, [])
}

function mismatch(fact: Value, value: Value): never {
  throw new Stuck('no-rule', `cannot compare ${JSON.stringify(fact)} with ${JSON.stringify(value)}`)
}
