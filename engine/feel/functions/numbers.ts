import { exact } from '../operators.ts'
import { takes, tests } from '../signature.ts'
import type { SyntaxNode } from '../syntax.ts'
import { DayTimeDuration, YearMonthDuration } from '../temporal.ts'
import { fail } from '../values.ts'

/** The number functions of DMN, on JavaScript's numbers. */
export const numberFunctions = {
  decimal: takes(['n: number', 'scale: number'], (node, n, scale) =>
    scaled(halfEven, n, scale, node)
  ),
  floor: takes(['n: number', 'scale: number?'], (node, n, scale = 0) =>
    scaled(Math.floor, n, scale, node)
  ),
  ceiling: takes(['n: number', 'scale: number?'], (node, n, scale = 0) =>
    scaled(Math.ceil, n, scale, node)
  ),
  'round up': takes(['n: number', 'scale: number'], (node, n, scale) =>
    scaled(n > 0 ? Math.ceil : Math.floor, n, scale, node)
  ),
  'round down': takes(['n: number', 'scale: number'], (node, n, scale) =>
    scaled(Math.trunc, n, scale, node)
  ),
  'round half up': takes(['n: number', 'scale: number'], (node, n, scale) =>
    scaled(halfAwayFromZero, n, scale, node)
  ),
  'round half down': takes(['n: number', 'scale: number'], (node, n, scale) =>
    scaled(halfToZero, n, scale, node)
  ),
  abs: takes(['n: any'], (node, n) => {
    if (typeof n === 'number') return Math.abs(n)
    if (n instanceof DayTimeDuration) return new DayTimeDuration(Math.abs(n.order))
    if (n instanceof YearMonthDuration) return new YearMonthDuration(Math.abs(n.order))
    return fail(node, 'to be given a number or a duration', n)
  }),
  modulo: takes(['dividend: number', 'divisor: number'], (node, dividend, divisor) => {
    if (divisor === 0) return fail(node, 'to be given a divisor other than zero', divisor)
    // rounded, because the remainder of fractions has rounding errors
    return Math.round((((dividend % divisor) + divisor) % divisor) * 1e9) / 1e9 + 0
  }),
  sqrt: takes(['number: number'], (node, number) =>
    number < 0 ? fail(node, 'to be given a number from zero', number) : Math.sqrt(number)
  ),
  log: takes(['number: number'], (node, number) =>
    number <= 0 ? fail(node, 'to be given a number above zero', number) : Math.log(number)
  ),
  exp: takes(['number: number'], (node, number) => exact(Math.exp(number), node)),
  odd: tests(['number: number'], (node, number) => Math.abs(whole(number, node)) % 2 === 1),
  even: tests(['number: number'], (node, number) => whole(number, node) % 2 === 0)
}

/** No number here has more digits than this behind or before its point. */
const LARGEST_SCALE = 15

function scaled(
  round: (value: number) => number,
  value: number,
  scale: number,
  node: SyntaxNode
): number {
  if (!Number.isInteger(scale) || Math.abs(scale) > LARGEST_SCALE) {
    return fail(node, `to be given a whole scale of at most ${LARGEST_SCALE}`, scale)
  }
  const factor = 10 ** scale
  return round(value * factor) / factor + 0
}

function halfEven(value: number): number {
  const floor = Math.floor(value)
  return value - floor === 0.5 ? floor + Math.abs(floor % 2) : Math.round(value)
}

function halfAwayFromZero(value: number): number {
  if (Math.abs(value % 1) !== 0.5) return Math.round(value)
  return value > 0 ? Math.ceil(value) : Math.floor(value)
}

function halfToZero(value: number): number {
  return Math.abs(value % 1) === 0.5 ? Math.trunc(value) : Math.round(value)
}

function whole(value: number, node: SyntaxNode): number {
  return Number.isInteger(value) ? value : fail(node, 'to be given a whole number', value)
}
