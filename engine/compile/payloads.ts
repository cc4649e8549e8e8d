import type { Payload } from '../graph.ts'
import { attribute, type Element, listOf, type Problems } from './elements.ts'

const SCHEMA = '.schema.json'

/**
 * The messages of a diagram, and where the schema of what each carries may lie: the file that it names
 * (`alur:schema`, or the `structureRef` of its item definition), else one that has its id or the item's.
 */
export function payloadsOf(root: Element, problems: Problems): readonly Payload[] {
  return listOf(root, 'rootElements')
    .filter(({ $type }) => $type === 'bpmn:Message')
    .map((message): Payload => {
      const item = message.itemRef as Element | undefined
      const named = namedBy(message, problems) ?? (item ? namedBy(item, problems) : null)
      const ids = [message.id, item?.id].filter(id => id !== undefined)
      return {
        message: message.name ?? message.id ?? '',
        id: String(message.id ?? ''),
        named,
        files: named === null ? ids.map(id => `${id}${SCHEMA}`) : [named]
      }
    })
}

function namedBy(element: Element, problems: Problems): string | null {
  const given = attribute(element, 'schema')
  if (given !== null && !given.endsWith(SCHEMA)) {
    problems.add(element, `expected alur:schema to name a file <….schema.json>, found <${given}>`)
  }
  const structure = element.structureRef as string | undefined
  return given ?? (structure?.endsWith(SCHEMA) ? structure : null)
}
