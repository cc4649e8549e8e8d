import type { Run } from './frame.ts'
import type { SyntaxNode } from './syntax.ts'
import { Temporal } from './temporal.ts'
import { fail, isContext } from './values.ts'

/** A step of a path: what it starts from, its own node, and whether it may lead nowhere. */
export interface Step {
  readonly from: SyntaxNode
  readonly node: SyntaxNode
  /** Gives null for what is missing: only where the expression compares it with null. */
  readonly lenient: boolean
}

/** Reads an entry of a context, a property of a date, or one of each item of a list. */
export function member(target: Run, name: string, step: Step): Run {
  return frame => {
    const value = target(frame)
    if (isContext(value) && Object.hasOwn(value, name)) {
      const entry = value[name]
      if (entry !== undefined) return entry
    }
    if (Array.isArray(value)) {
      frame.spend(value.length, step.node)
      return value.map(item => memberOf(item, name, step))
    }
    return memberOf(value, name, step)
  }
}

function memberOf(value: unknown, name: string, { from, node, lenient }: Step): unknown {
  if (isContext(value)) {
    const entry = Object.hasOwn(value, name) ? value[name] : undefined
    if (entry !== undefined) return entry
    return lenient ? null : fail(node, 'to be there', undefined)
  }
  if (value instanceof Temporal) {
    const property = value.property(name)
    return property === undefined
      ? fail(node, `to be a property of a ${value.kind}`, undefined)
      : property
  }
  if (value === null && lenient) return null
  return fail(from, `to be a context with <${name}>`, value)
}

/** Reads one item of a list, counted from 1, or from the end when negative. */
export function itemAt(target: Run, index: Run, step: Step, indexNode: SyntaxNode): Run {
  return frame => {
    const list = target(frame)
    if (list === null && step.lenient) return null
    if (!Array.isArray(list)) return fail(step.from, 'to be a list', list)
    const position = index(frame)
    if (typeof position !== 'number' || !Number.isInteger(position) || position === 0) {
      return fail(indexNode, 'to be a position in the list or a condition', position)
    }
    const item: unknown = list[position < 0 ? list.length + position : position - 1]
    if (item !== undefined) return item
    return step.lenient ? null : fail(step.node, 'to be there', list)
  }
}

/** Keeps the items of a list that fit; each is put in a slot before it is tested. */
export function itemsWhere(target: Run, slot: number, condition: Run, step: Step): Run {
  return frame => {
    const list = target(frame)
    if (list === null && step.lenient) return null
    if (!Array.isArray(list)) return fail(step.from, 'to be a list', list)
    frame.spend(list.length, step.node)
    const kept: unknown[] = []
    for (const item of list) {
      frame.slots[slot] = item
      if (condition(frame) === true) kept.push(item)
    }
    return kept
  }
}
