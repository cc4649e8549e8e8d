import { either, gathers, takes } from '../signature.ts'
import type { SyntaxNode } from '../syntax.ts'
import type { Context } from '../values.ts'
import { fail, isContext } from '../values.ts'

/** Names that JavaScript gives a meaning of its own. They are never variables, entries or keys. */
export const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** The context functions of DMN. */
export const contextFunctions = {
  // gives null when there is no entry: this is how an expression asks for what may be missing
  'get value': takes(['m: context', 'key: text'], (_node, context, key) =>
    Object.hasOwn(context, key) ? (context[key] ?? null) : null
  ),
  'get entries': takes(['m: context'], (_node, context) =>
    Object.entries(context).map(([key, value]) => ({ key, value }))
  ),
  context: gathers((node, entries) => {
    const result: Record<string, unknown> = {}
    for (const { key, value } of contexts(entries, node)) {
      if (value === undefined) fail(node, 'to be given entries with a key and a value', key)
      if (Object.hasOwn(result, keyOf(key, node))) fail(node, 'to be given different keys', key)
      result[keyOf(key, node)] = value
    }
    return result
  }),
  'context put': either(
    takes(['context: context', 'key: any', 'value: any'], (node, context, key, value) =>
      put(context, Array.isArray(key) ? key : [key], value, node)
    ),
    takes(['context: context', 'keys: list', 'value: any'], (node, context, keys, value) =>
      put(context, keys, value, node)
    )
  ),
  'context merge': gathers((node, list) => {
    const result: Record<string, unknown> = {}
    for (const context of contexts(list, node)) {
      for (const [key, value] of Object.entries(context)) result[keyOf(key, node)] = value
    }
    return result
  })
}

function put(
  context: unknown,
  [first, ...rest]: readonly unknown[],
  value: unknown,
  node: SyntaxNode
): Context {
  const key = keyOf(first, node)
  if (!isContext(context)) return fail(node, `to find a context that <${key}> is put into`, context)
  return { ...context, [key]: rest.length === 0 ? value : put(context[key], rest, value, node) }
}

function contexts(list: readonly unknown[], node: SyntaxNode): readonly Context[] {
  return list.map(item => (isContext(item) ? item : fail(node, 'to be given contexts', item)))
}

function keyOf(key: unknown, node: SyntaxNode): string {
  return typeof key === 'string' && !RESERVED.has(key)
    ? key
    : fail(node, 'to be given keys that are texts, and no reserved names', key)
}
