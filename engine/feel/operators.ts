import { DAY } from './civil.ts'
import { plus } from './reckoning.ts'
import type { SyntaxNode } from './syntax.ts'
import {
  DayTimeDuration,
  FeelDate,
  FeelDateTime,
  FeelTime,
  Temporal,
  YearMonthDuration
} from './temporal.ts'
import { aKind, describe, fail, failPair, kindOf } from './values.ts'

/** Whole numbers beyond this are no longer exact, so no result may be there. */
export const LARGEST = Number.MAX_SAFE_INTEGER

/** The longest text that an expression may put together. */
const LONGEST_TEXT = 1_000_000

/** Refuses a text before it is put together, when it would be longer than it may be. */
export function shortEnough(length: number, node: SyntaxNode): void {
  if (length > LONGEST_TEXT)
    fail(node, `to be a text of at most ${LONGEST_TEXT} characters`, length)
}

/** An operation and its operands, for messages. */
export interface Operation {
  readonly node: SyntaxNode
  readonly left: SyntaxNode
  readonly right: SyntaxNode
}

/** Lets a number through that is exact, and not infinite. */
export function exact(value: number, node: SyntaxNode): number {
  if (value <= LARGEST && value >= -LARGEST) return value
  return fail(node, `to give a number of at most ${LARGEST}`, value)
}

export function add(a: unknown, b: unknown, at: Operation): unknown {
  if (typeof a === 'string' && typeof b === 'string') {
    shortEnough(a.length + b.length, at.node)
    return a + b
  }
  if (a instanceof Temporal && b instanceof Temporal) {
    const [first, second] = isDuration(a) && !isDuration(b) ? [b, a] : [a, b]
    if (isDuration(second)) {
      return isDuration(first) ? addDurations(first, second, 1, at) : shift(first, second, 1, at)
    }
    return failPair(at.node, 'to add a duration', a, b)
  }
  return mismatch(a, b, at)
}

export function subtract(a: unknown, b: unknown, at: Operation): unknown {
  if (a instanceof Temporal && b instanceof Temporal) {
    if (isDuration(b)) return isDuration(a) ? addDurations(a, b, -1, at) : shift(a, b, -1, at)
    if (a instanceof FeelDate && b instanceof FeelDate) {
      return new DayTimeDuration((a.order - b.order) * DAY)
    }
    const times =
      (a instanceof FeelDateTime && b instanceof FeelDateTime) ||
      (a instanceof FeelTime && b instanceof FeelTime)
    if (times && (a.zone === null) === (b.zone === null)) {
      return new DayTimeDuration(a.order - b.order)
    }
    return failPair(at.node, 'to subtract two dates or times of one type', a, b)
  }
  return numbersOnly(a, b, at)
}

export function numbersOnly(a: unknown, b: unknown, at: Operation): never {
  if (typeof a !== 'number') return fail(at.left, 'to be a number', a)
  return fail(at.right, 'to be a number', b)
}

function mismatch(a: unknown, b: unknown, at: Operation): never {
  const kind = kindOf(a)
  if (kind === 'number' || kind === 'text') {
    return fail(at.right, `to be ${aKind(kind)} as <${at.left.label}> is`, b)
  }
  if (a instanceof Temporal) return fail(at.right, 'to be a duration', b)
  return fail(at.left, 'to be a number, a text, a date, a time or a duration', a)
}

function isDuration(value: Temporal): value is DayTimeDuration | YearMonthDuration {
  return value instanceof DayTimeDuration || value instanceof YearMonthDuration
}

function addDurations(
  a: DayTimeDuration | YearMonthDuration,
  b: DayTimeDuration | YearMonthDuration,
  sign: 1 | -1,
  at: Operation
): Temporal {
  if (a.kind !== b.kind) {
    return failPair(at.node, 'to reckon with two durations of one type', a, b)
  }
  const sum = exact(a.order + sign * b.order, at.node)
  return a instanceof YearMonthDuration ? new YearMonthDuration(sum) : new DayTimeDuration(sum)
}

function shift(
  value: Temporal,
  duration: DayTimeDuration | YearMonthDuration,
  sign: 1 | -1,
  at: Operation
): Temporal {
  const result = plus(value as FeelDate | FeelTime | FeelDateTime, duration, sign)
  if (result) return result
  const expected =
    value instanceof FeelDate
      ? `to be whole days, months or years that keep <${value}> in the calendar`
      : `to fit <${describe(value)}>`
  return fail(at.right, expected, duration)
}
