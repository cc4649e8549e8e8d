import type { Run } from './frame.ts'
import type { SyntaxNode } from './syntax.ts'
import { equal, fail, order } from './values.ts'

/** A test of a value that is already there, as it stands after `in`. */
export type Test = (frame: Parameters<Run>[0], value: unknown) => boolean

/** How the sign of an order answers a comparison. */
const ORDERS = {
  '<': (sign: number) => sign < 0,
  '<=': (sign: number) => sign <= 0,
  '>': (sign: number) => sign > 0,
  '>=': (sign: number) => sign >= 0
} as const
type Operator = '=' | '!=' | keyof typeof ORDERS

export function compare(operator: string, left: Run, right: Run, node: SyntaxNode): Run {
  switch (operator as Operator) {
    case '=':
      return frame => {
        const a = left(frame)
        const b = right(frame)
        return typeof a === typeof b && typeof a !== 'object' ? a === b : equal(a, b, node)
      }
    case '!=':
      return frame => {
        const a = left(frame)
        const b = right(frame)
        return typeof a === typeof b && typeof a !== 'object' ? a !== b : !equal(a, b, node)
      }
    case '<':
      return frame => {
        const a = left(frame)
        const b = right(frame)
        return typeof a === 'number' && typeof b === 'number' ? a < b : order(a, b, node) < 0
      }
    case '<=':
      return frame => {
        const a = left(frame)
        const b = right(frame)
        return typeof a === 'number' && typeof b === 'number' ? a <= b : order(a, b, node) <= 0
      }
    case '>':
      return frame => {
        const a = left(frame)
        const b = right(frame)
        return typeof a === 'number' && typeof b === 'number' ? a > b : order(a, b, node) > 0
      }
    case '>=':
      return frame => {
        const a = left(frame)
        const b = right(frame)
        return typeof a === 'number' && typeof b === 'number' ? a >= b : order(a, b, node) >= 0
      }
  }
}

/** A test such as `> 5`. */
export function comparisonTest(operator: string, right: Run, node: SyntaxNode): Test {
  if (operator === '=') return (frame, value) => equal(value, right(frame), node)
  if (operator === '!=') return (frame, value) => !equal(value, right(frame), node)
  const holds = ORDERS[operator as keyof typeof ORDERS]
  return (frame, value) => holds(order(value, right(frame), node))
}

/** A test such as `[1..5)`. The bounds must ascend: a range that nothing can be in is a slip. */
export function rangeTest(
  low: Run,
  high: Run,
  lowIncluded: boolean,
  highIncluded: boolean,
  node: SyntaxNode
): Test {
  return (frame, value) => {
    const from = low(frame)
    const to = high(frame)
    if (order(from, to, node) > 0) fail(node, 'to ascend', from)
    const above = order(value, from, node)
    const below = order(value, to, node)
    return (lowIncluded ? above >= 0 : above > 0) && (highIncluded ? below <= 0 : below < 0)
  }
}

/** A test such as `5` or `[1, 2]`: the value itself, or one of a list. */
export function valueTest(wanted: Run, node: SyntaxNode): Test {
  return (frame, value) => {
    const option = wanted(frame)
    if (!Array.isArray(option) || Array.isArray(value)) return equal(value, option, node)
    frame.spend(option.length, node)
    for (const item of option) if (equal(value, item, node)) return true
    return false
  }
}

/** A test for one of many constants of one simple type, which costs no more than one. */
export function constantsTest(constants: readonly unknown[], node: SyntaxNode): Test | null {
  const [first] = constants
  const type = typeof first
  if (type !== 'string' && type !== 'number') return null
  if (!constants.every(constant => typeof constant === type)) return null
  const all = new Set(constants)
  return (_frame, value) => (typeof value === type ? all.has(value) : equal(value, first, node))
}
