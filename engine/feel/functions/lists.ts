import { exact } from '../operators.ts'
import { gathers, takes, takesMore, tests } from '../signature.ts'
import type { SyntaxNode } from '../syntax.ts'
import { equal, fail, kindOf, order } from '../values.ts'

/** The list functions of DMN. */
export const listFunctions = {
  'list contains': tests(['list: list', 'element: any'], (node, list, element) =>
    list.some(item => equal(item, element, node))
  ),
  count: takes(['list: list'], (_node, list) => list.length),
  min: gathers((node, list) => extreme(list, -1, node)),
  max: gathers((node, list) => extreme(list, 1, node)),
  sum: gathers((node, list) => total(numbers(list, node), node)),
  mean: gathers((node, list) => total(numbers(list, node), node) / list.length),
  product: gathers((node, list) =>
    exact(
      numbers(list, node).reduce((product, number) => product * number, 1),
      node
    )
  ),
  median: gathers((node, list) => {
    const sorted = numbers(list, node).toSorted((a, b) => a - b)
    const middle = sorted.length >> 1
    return sorted.length % 2 === 1
      ? sorted[middle]
      : exact(sorted[middle - 1]! + sorted[middle]!, node) / 2
  }),
  stddev: gathers((node, list) => {
    if (list.length < 2) return fail(node, 'to be given two numbers or more', list)
    const mean = total(numbers(list, node), node) / list.length
    const squares = numbers(list, node).map(number => (number - mean) ** 2)
    return Math.sqrt(total(squares, node) / (list.length - 1))
  }),
  mode: gathers((node, list) => {
    const counts = new Map<number, number>()
    if (list.length > 0) {
      for (const number of numbers(list, node)) counts.set(number, (counts.get(number) ?? 0) + 1)
    }
    const most = Math.max(...counts.values())
    return [...counts]
      .filter(([, count]) => count === most)
      .map(([number]) => number)
      .sort((a, b) => a - b)
  }),
  all: gathers((node, list) => booleans(list, node).every(item => item), true),
  any: gathers((node, list) => booleans(list, node).some(item => item), true),
  sublist: takes(
    ['list: list', 'start position: number', 'length: number?'],
    (node, list, start, length) => {
      const from = start < 0 ? list.length + start : start - 1
      if (!Number.isInteger(start) || start === 0 || from < 0) {
        return fail(node, `to be given a position in the list of ${list.length}`, start)
      }
      if (length === undefined) return list.slice(from)
      if (!Number.isInteger(length) || length < 0) {
        return fail(node, 'to be given a whole length', length)
      }
      return list.slice(from, from + length)
    }
  ),
  append: takesMore(['list: list', 'item: list'], (_node, list, items) => [...list, ...items]),
  concatenate: takesMore(['list: list'], (node, list) => lists(list, node).flat()),
  'insert before': takes(
    ['list: list', 'position: number', 'newItem: any'],
    (node, list, position, item) => list.toSpliced(placeIn(list, position, node, 1), 0, item)
  ),
  remove: takes(['list: list', 'position: number'], (node, list, position) =>
    list.toSpliced(placeIn(list, position, node), 1)
  ),
  'list replace': takes(
    ['list: list', 'position: number', 'newItem: any'],
    (node, list, position, item) => list.toSpliced(placeIn(list, position, node), 1, item)
  ),
  reverse: takes(['list: list'], (_node, list) => list.toReversed()),
  'index of': takes(['list: list', 'match: any'], (node, list, match) =>
    list.flatMap((item, index) => (equal(item, match, node) ? [index + 1] : []))
  ),
  union: gathers((node, list) => distinct(lists(list, node).flat(), node)),
  'distinct values': takes(['list: list'], (node, list) => distinct(list, node)),
  flatten: takes(['list: list'], (_node, list) => list.flat(100))
}

function numbers(list: readonly unknown[], node: SyntaxNode): readonly number[] {
  for (const item of list) {
    if (typeof item !== 'number') fail(node, 'to be given numbers', item)
  }
  if (list.length === 0) fail(node, 'to be given at least one number', list)
  return list as readonly number[]
}

function booleans(list: readonly unknown[], node: SyntaxNode): readonly boolean[] {
  for (const item of list) {
    if (typeof item !== 'boolean') fail(node, 'to be given values that are true or false', item)
  }
  return list as readonly boolean[]
}

function lists(list: readonly unknown[], node: SyntaxNode): readonly (readonly unknown[])[] {
  for (const item of list) {
    if (!Array.isArray(item)) fail(node, 'to be given lists', item)
  }
  return list as readonly (readonly unknown[])[]
}

function total(list: readonly number[], node: SyntaxNode): number {
  return exact(
    list.reduce((sum, number) => sum + number),
    node
  )
}

function extreme(list: readonly unknown[], sign: 1 | -1, node: SyntaxNode): unknown {
  if (list.length === 0) return fail(node, 'to be given at least one value', list)
  // compared with itself, so that a single value that has no order is refused as well
  return list.reduce((best, item) => (sign * order(item, best, node) > 0 ? item : best), list[0])
}

/** The index of a position counted from 1, or from the end when negative. */
function placeIn(list: readonly unknown[], position: number, node: SyntaxNode, beyond = 0): number {
  const index = position < 0 ? list.length + position : position - 1
  return Number.isInteger(position) && index >= 0 && position !== 0 && index < list.length + beyond
    ? index
    : fail(node, `to be given a position in the list of ${list.length}`, position)
}

function distinct(list: readonly unknown[], node: SyntaxNode): readonly unknown[] {
  const simple = new Set<unknown>()
  const others: unknown[] = []
  return list.filter(item => {
    if (typeof item !== 'object' || item === null) {
      return !simple.has(item) && simple.add(item)
    }
    const kind = kindOf(item)
    if (others.some(other => kindOf(other) === kind && equal(other, item, node))) return false
    return others.push(item)
  })
}
