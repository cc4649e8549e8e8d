import type { SyntaxNode } from './syntax.ts'
import { kindOf } from './values.ts'

const TYPES = new Map<string, (value: unknown) => boolean>([
  ['Any', value => value !== null],
  ['Null', value => value === null],
  ['string', value => typeof value === 'string'],
  ['number', value => typeof value === 'number'],
  ['boolean', value => typeof value === 'boolean'],
  ['list', value => kindOf(value) === 'list'],
  ['context', value => kindOf(value) === 'context'],
  ['date', value => kindOf(value) === 'date'],
  ['time', value => kindOf(value) === 'time'],
  ['date and time', value => kindOf(value) === 'date and time'],
  ['duration', value => kindOf(value).endsWith('duration')],
  ['days and time duration', value => kindOf(value) === 'days and time duration'],
  ['years and months duration', value => kindOf(value) === 'years and months duration']
])

/** The test for a basic type, or a list of one; null for any other type. */
export function instanceTest(node: SyntaxNode): ((value: unknown) => boolean) | null {
  const [type] = node.children
  if (type?.name === 'ListType') {
    const inner = type.children.find(({ name }) => name === 'Type')
    const test = inner && instanceTest(inner)
    return test ? value => Array.isArray(value) && value.every(test) : null
  }
  return TYPES.get(node.text.replace(/\s+/g, ' ')) ?? null
}
