import { meaningOf } from '../compare/meaning.ts'
import { compileExpression } from '../expression.ts'
import { parse } from '../feel/syntax.ts'
import type { Mapping } from '../graph.ts'
import type { Value } from '../state.ts'

/** What is known of the variables on a path: values, of records perhaps a part, and conditions asked before. */
export interface Knowledge {
  readonly values: Readonly<Record<string, Value>>
  /** Conditions by their meaning, with the variables that they read. */
  readonly held: Readonly<
    Record<string, { readonly holds: boolean; readonly names: readonly string[] }>
  >
}
export const NOTHING_KNOWN: Knowledge = { values: {}, held: {} }

export function keyOf({ values, held }: Knowledge): string {
  const sorted = (record: object) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([sorted(values), sorted(held)])
}

/** Whether a condition holds, as far as that is known; null: it is not. */
export function holds(condition: string, known: Knowledge): boolean | null {
  if (Object.keys(known.held).length > 0) {
    const asked = known.held[meaningOf(condition)]
    if (asked !== undefined) return asked.holds
  }
  // whether something is there at all cannot be told from a part of it
  if (/\bnull\b/.test(condition)) return null
  const value = evaluated(condition, known)
  return typeof value === 'boolean' ? value : null
}

/** The value of an expression; undefined when it reads what is not known. */
export function evaluated(expression: string, { values }: Knowledge): Value | undefined {
  try {
    return compileExpression(expression).evaluate(name =>
      Object.hasOwn(values, name) ? values[name] : undefined
    )
  } catch {
    return undefined
  }
}

/** The value of an expression, of a context the entries that are known. */
export function partOf(expression: string, known: Knowledge): Value | undefined {
  const whole = evaluated(expression, known)
  if (whole !== undefined) return whole
  const { tree } = parse(expression.replace(/^(\s*)=/, '$1 '))
  const context = tree?.name === 'Expression' ? tree.children[0] : tree
  if (context?.name !== 'Context') return undefined
  const entries = context.children.flatMap(entry => {
    const [name, value] = entry.children
    if (name === undefined || value === undefined) return []
    const found = evaluated(value.text, known)
    return found === undefined ? [] : [[name.text.replace(/^"|"$/g, ''), found] as const]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

/** A condition was found to hold, or not to. */
export function learned(known: Knowledge, condition: string, holds: boolean): Knowledge {
  const names = namesOf(condition)
  if (names === null) return known
  return { ...known, held: { ...known.held, [meaningOf(condition)]: { holds, names } } }
}

function namesOf(expression: string): readonly string[] | null {
  try {
    return compileExpression(expression).names
  } catch {
    return null
  }
}

export function stated(known: Knowledge, name: string, value: Value): Knowledge {
  return { ...known, values: { ...known.values, [name]: value } }
}

/** Forgets what depends on variables that are written; null: any may be. */
export function forgotten(known: Knowledge, written: readonly string[] | null): Knowledge {
  if (written === null) return NOTHING_KNOWN
  if (written.length === 0) return known
  const values = Object.entries(known.values).filter(([name]) => !written.includes(name))
  const held = Object.entries(known.held).filter(
    ([, { names }]) => !names.some(each => written.includes(each))
  )
  return { values: Object.fromEntries(values), held: Object.fromEntries(held) }
}

/** What is known on the other side of mappings. */
export function carried(known: Knowledge, mappings: readonly Mapping[]): Knowledge {
  const values: Record<string, Value> = {}
  const same = new Set<string>()
  for (const { source, target } of mappings) {
    const plain = source.replace(/^\s*=/, '').trim()
    if (plain === target) same.add(target)
    const value = partOf(source, known)
    if (value !== undefined && !target.includes('.')) values[target] = value
  }
  const held = Object.entries(known.held).filter(([, { names }]) =>
    names.every(each => same.has(each))
  )
  return { values, held: Object.fromEntries(held) }
}

/** What is known in both. */
export function common(a: Knowledge, b: Knowledge): Knowledge {
  const both = <Each>(one: Readonly<Record<string, Each>>, other: Readonly<Record<string, Each>>) =>
    Object.fromEntries(
      Object.entries(one).filter(
        ([name, value]) => JSON.stringify(other[name]) === JSON.stringify(value)
      )
    )
  return { values: both(a.values, b.values), held: both(a.held, b.held) }
}
