import type { Mapping } from '../graph.ts'
import {
  attribute,
  type Element,
  extensions,
  feel,
  feelOf,
  listOf,
  type Problems
} from './elements.ts'

/** The variable that an item-aware element stands for: its name, or its id. */
export function nameOf(element: Element | undefined): string | null {
  if (element === undefined) return null
  const object = (element.dataObjectRef as Element | undefined) ?? element
  return element.name ?? object.name ?? object.id ?? null
}

/** `alur:in` and `alur:out`, and the data associations of the standard. BPMN 2.0.2, 10.4.2. */
export function mappingsOf(
  element: Element,
  problems: Problems
): { inputs: Mapping[]; outputs: Mapping[] } {
  return {
    inputs: [
      ...ours(element, 'in', problems),
      ...associations(element, 'dataInputAssociations', problems)
    ],
    outputs: [
      ...ours(element, 'out', problems),
      ...associations(element, 'dataOutputAssociations', problems)
    ]
  }
}

const NAME = /^[A-Za-z_]\w*$/
const PATH = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/

/** The attribute `alur:<name>` that names a variable, or null. */
export function variable(
  owner: Element,
  element: Element,
  name: string,
  problems: Problems
): string | null {
  const text = attribute(element, name)
  if (text === null || NAME.test(text)) return text
  problems.add(owner, `expected alur:${name} to be the name of a variable, found <${text}>`)
  return null
}

function ours(element: Element, name: 'in' | 'out', problems: Problems): Mapping[] {
  return extensions(element, name).flatMap(each => {
    const target = String(each.target ?? '')
    if (!PATH.test(target)) {
      problems.add(
        element,
        `alur:${name}: expected target to be a name or a path, found <${target}>`
      )
      return []
    }
    const source = feel(element, String(each.source ?? ''), `alur:${name} ${target}`, problems)
    return source === null ? [] : [{ source, target }]
  })
}

function associations(element: Element, property: string, problems: Problems): Mapping[] {
  return listOf(element, property).flatMap(association => {
    const assignments = listOf(association, 'assignment').flatMap(each => {
      const source = feelOf(element, each.from as Element, 'assignment from', problems)
      const to = String((each.to as Element | undefined)?.body ?? '')
        .trim()
        .replace(/^=/, '')
        .trim()
      const target = to === '' ? nameOf(association.targetRef as Element | undefined) : to
      if (source === null || target === null) return []
      if (PATH.test(target)) return [{ source, target }]
      problems.add(element, `assignment: expected to to be a name or a path, found <${target}>`)
      return []
    })
    if (assignments.length > 0) return assignments
    const target = variableOf(association.targetRef as Element | undefined)
    const [from] = listOf(association, 'sourceRef')
    const source =
      association.transformation === undefined
        ? variableOf(from)
        : feelOf(element, association.transformation as Element, 'transformation', problems)
    if (source === null || target === null || source === target) return []
    const read = feel(element, source, 'data association', problems)
    return read === null ? [] : [{ source: read, target }]
  })
}

/** A drawing tool's stand-in for a missing data input names no variable. */
function variableOf(element: Element | undefined): string | null {
  const name = nameOf(element)
  return name === null || name.startsWith('__') ? null : name
}
