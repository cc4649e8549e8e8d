import { parse, type SyntaxNode } from '../feel/syntax.ts'
import type { ElementId } from '../graph.ts'

/** What an id of the variant is called in the national diagram. */
export type Renaming = (id: ElementId) => ElementId
const SAME: Renaming = id => id

/**
 * What a FEEL text means, as a text: two that differ in spaces, brackets, the order of what is joined by
 * `and` and `or`, or the side on which something is compared, give the same. One that cannot be read
 * stands for itself.
 */
export function meaningOf(text: string, rename: Renaming = SAME): string {
  const known = rename === SAME ? meanings.get(text) : undefined
  if (known !== undefined) return known
  const meaning = readMeaning(text, rename)
  if (rename !== SAME) return meaning
  if (meanings.size >= KEPT) meanings.clear()
  meanings.set(text, meaning)
  return meaning
}

/** Diagrams have few expressions, and they are asked again and again: this many are kept. */
const KEPT = 10_000
const meanings = new Map<string, string>()

function readMeaning(text: string, rename: Renaming): string {
  const { tree } = parse(text.replace(/^(\s*)=/, '$1 '))
  return tree === null ? text.trim() : written(tree, rename)
}

const EITHER_WAY: ReadonlySet<string> = new Set(['Conjunction', 'Disjunction'])
const TURNED: Readonly<Record<string, string>> = { '>': '<', '>=': '<=' }

function written(node: SyntaxNode, rename: Renaming): string {
  const { name, children } = node
  const [only] = children
  if (name === 'ParenthesizedExpression' && children.length === 1 && only !== undefined) {
    return written(only, rename)
  }
  if (only === undefined) return rename(node.text.replace(/\s+/g, ' '))
  if (EITHER_WAY.has(name)) {
    return `${name}(${operands(node, name, rename).sort().join(', ')})`
  }
  const parts = children.map(child => written(child, rename))
  if (name === 'Comparison' && parts.length === 3) {
    const [left = '', sign = '', right = ''] = parts
    if (sign === '=' || sign === '!=') return `${name}(${[left, right].sort().join(` ${sign} `)})`
    const turned = TURNED[sign]
    if (turned !== undefined) return `${name}(${right} ${turned} ${left})`
    return `${name}(${left} ${sign} ${right})`
  }
  return `${name}(${parts.join(', ')})`
}

/** What is joined by the same word, however it is bracketed. */
function operands(node: SyntaxNode, name: string, rename: Renaming): string[] {
  if (node.name === 'ParenthesizedExpression' && node.children[0]?.name === name) {
    return operands(node.children[0], name, rename)
  }
  if (node.name !== name) return [written(node, rename)]
  return node.children.flatMap(child => operands(child, name, rename))
}

/** Names under which a compiled graph holds FEEL, and ids of elements. */
const FEEL: ReadonlySet<string> = new Set([
  ...['source', 'condition', 'script', 'key', 'cardinality', 'collection', 'outputElement'],
  ...['completion', 'activation', 'activate', 'date', 'priority', 'owners', 'by', 'subject', 'data']
])
const IDS: ReadonlySet<string> = new Set([
  ...['attachedTo', 'parent', 'handler', 'activity', 'notSameAs', 'calls']
])

/** A part of a compiled graph as a text that is the same for the same meaning. */
export function canonical(value: unknown, rename: Renaming = SAME, name = ''): string {
  if (typeof value === 'string') {
    if (FEEL.has(name)) return JSON.stringify(meaningOf(value, rename))
    return JSON.stringify(IDS.has(name) ? rename(value) : value)
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) {
    const items = value.map(each => canonical(each, rename, name))
    // who may not do it, and who may: no order is meant
    if (name === 'notSameAs' || name === 'owners') items.sort()
    return `[${items.join(',')}]`
  }
  const record = value as Readonly<Record<string, unknown>>
  const entries = Object.keys(record)
    .filter(key => record[key] !== undefined)
    .sort()
    .map(key => {
      const feel = key === 'expression' && record.feel === true
      return `${JSON.stringify(key)}:${canonical(record[key], rename, feel ? 'source' : key)}`
    })
  return `{${entries.join(',')}}`
}

/** A part of a compiled graph for people; null where there is nothing. */
export function shown(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value) && value.length === 0) return null
  if (typeof value !== 'object') return String(value)
  const { expression, workingDays } = value as { expression?: string; workingDays?: boolean }
  if (expression !== undefined) return workingDays ? `${expression} (working days)` : expression
  return JSON.stringify(value)
}
