import type { Value } from '../state.ts'
import { ExpressionFailed } from './errors.ts'
import type { SyntaxNode } from './syntax.ts'
import { FeelDateTime, FeelTime, Temporal } from './temporal.ts'

/** The types of FEEL that values here may have. */
export type Kind =
  | 'null'
  | 'boolean'
  | 'number'
  | 'text'
  | 'list'
  | 'context'
  | 'date'
  | 'time'
  | 'date and time'
  | 'days and time duration'
  | 'years and months duration'
  | 'unknown'

export type Context = Readonly<Record<string, unknown>>

/** How deep lists and contexts may be nested. */
const DEEPEST = 100

export function kindOf(value: unknown): Kind {
  switch (typeof value) {
    case 'number':
      return 'number'
    case 'string':
      return 'text'
    case 'boolean':
      return 'boolean'
    case 'object':
      if (value === null) return 'null'
      if (Array.isArray(value)) return 'list'
      if (value instanceof Temporal) return value.kind
      return isContext(value) ? 'context' : 'unknown'
    default:
      return 'unknown'
  }
}

/** Whether a value is a context: a plain object, as JSON makes it. */
export function isContext(value: unknown): value is Context {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Says what was found, for an error message. */
export function describe(value: unknown): string {
  const kind = kindOf(value)
  switch (kind) {
    case 'null':
      return 'null'
    case 'boolean':
    case 'number':
      return `${kind} ${String(value)}`
    case 'text': {
      const text = value as string
      return `text "${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`
    }
    case 'list':
      return `a list of ${(value as readonly unknown[]).length}`
    case 'context':
      return 'a context'
    case 'unknown':
      return value === undefined ? 'nothing' : 'something that FEEL does not know'
    default:
      return `${kind} ${String(value)}`
  }
}

export function fail(node: SyntaxNode, expected: string, value: unknown): never {
  throw new ExpressionFailed(node.label, expected, describe(value))
}

/** Fails over two values that do not go together. */
export function failPair(node: SyntaxNode, expected: string, a: unknown, b: unknown): never {
  throw new ExpressionFailed(node.label, expected, `${describe(a)} and ${describe(b)}`)
}

const ARTICLES = { number: 'a number', text: 'a text', boolean: 'true or false' } as const

/** Names a kind after "to be": `a number`. */
export function aKind(kind: Kind): string {
  if (kind in ARTICLES) return ARTICLES[kind as keyof typeof ARTICLES]
  return kind === 'null' ? 'null' : `a ${kind}`
}

/**
 * Whether two values are equal. Null equals only null. Values of different types are not unequal:
 * they cannot be compared, and that is said.
 */
export function equal(a: unknown, b: unknown, node: SyntaxNode, depth = 0): boolean {
  if (a === b) return true
  if (a === null || b === null) return false
  const kind = kindOf(a)
  const other = kindOf(b)
  if (kind !== other) {
    failPair(node, 'to compare values of one type', a, b)
  }
  if (depth > DEEPEST) fail(node, `to be nested at most ${DEEPEST} deep`, a)
  switch (kind) {
    case 'number':
    case 'text':
    case 'boolean':
      return false
    case 'list': {
      const [left, right] = [a as readonly unknown[], b as readonly unknown[]]
      return (
        left.length === right.length &&
        left.every((item, index) => equal(item, right[index], node, depth + 1))
      )
    }
    case 'context': {
      const [left, right] = [a as Context, b as Context]
      const keys = Object.keys(left)
      return (
        keys.length === Object.keys(right).length &&
        keys.every(
          key => Object.hasOwn(right, key) && equal(left[key], right[key], node, depth + 1)
        )
      )
    }
    case 'unknown':
      return fail(node, 'to compare values of FEEL', a)
    default:
      return order(a, b, node) === 0
  }
}

/** Below zero when a comes before b. Numbers, texts, dates, times and durations have an order. */
export function order(a: unknown, b: unknown, node: SyntaxNode): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  if (a instanceof Temporal && b instanceof Temporal && a.kind === b.kind) {
    if ((zoneOf(a) === null) !== (zoneOf(b) === null)) {
      failPair(node, 'to compare two times with a zone, or two without', a, b)
    }
    return a.order - b.order
  }
  return failPair(node, 'to compare numbers, texts, dates, times or durations of one type', a, b)
}

function zoneOf(value: Temporal): string | null {
  return value instanceof FeelTime || value instanceof FeelDateTime ? value.zone : null
}

/** The most parts that lists and contexts may have which an expression puts together. */
const HEAVIEST = 10_000

/** Refuses a value with more parts than an expression should put together. */
export function weigh(value: unknown, node: SyntaxNode): void {
  let left = HEAVIEST
  const open: unknown[] = [value]
  while (open.length > 0) {
    const part = open.pop()
    if (--left < 0) fail(node, `to have at most ${HEAVIEST} parts`, value)
    if (!Array.isArray(part) && !isContext(part)) continue
    const inner = Array.isArray(part) ? part : Object.values(part)
    if (inner.length > left) fail(node, `to have at most ${HEAVIEST} parts`, value)
    for (const each of inner) open.push(each)
  }
}

/** Turns a result into JSON: dates, times and durations become ISO 8601 text. */
export function toJson(value: unknown, node: SyntaxNode, depth = 0): Value {
  if (typeof value !== 'object' || value === null) return value as Value
  if (value instanceof Temporal) return value.toString()
  if (depth > DEEPEST) fail(node, `to be nested at most ${DEEPEST} deep`, value)
  if (Array.isArray(value)) return value.map(item => toJson(item, node, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, toJson(entry, node, depth + 1)])
  )
}

/** Writes a value as FEEL's `string()` does. */
export function toText(value: unknown, node: SyntaxNode, nested = false, depth = 0): string {
  if (depth > DEEPEST) fail(node, `to be nested at most ${DEEPEST} deep`, value)
  if (typeof value === 'string') {
    return nested ? `"${value.replace(/["\\]/g, '\\$&')}"` : value
  }
  if (Array.isArray(value)) {
    return `[${value.map(item => toText(item, node, true, depth + 1)).join(', ')}]`
  }
  if (isContext(value)) {
    const entries = Object.entries(value).map(
      ([key, entry]) =>
        `${/\W/.test(key) ? toText(key, node, true) : key}: ${toText(entry, node, true, depth + 1)}`
    )
    return `{${entries.join(', ')}}`
  }
  return String(value)
}
