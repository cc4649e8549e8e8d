import { compileExpression } from '../expression.ts'
import type { Mapping, StoreEntry } from '../graph.ts'
import { type Element, extensions, feel, feelOf, listOf, type Problems } from './elements.ts'
import { storeEntryOf, variableOf } from './item-aware.ts'
import { unknownAlur } from './supported.ts'

/** `alur:in` and `alur:out`, and the data associations of the standard. BPMN 2.0.2, 10.4.2. */
export function mappingsOf(
  element: Element,
  problems: Problems
): { inputs: Mapping[]; outputs: Mapping[] } {
  return {
    inputs: [
      ...ours(element, 'in', problems),
      ...listOf(element, 'dataInputAssociations').flatMap(each =>
        associationOf(element, each, problems)
      )
    ],
    outputs: [
      ...ours(element, 'out', problems),
      ...listOf(element, 'dataOutputAssociations').flatMap(each =>
        associationOf(element, each, problems)
      )
    ]
  }
}

const PATH = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/

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

/**
 * What a data association sets: its assignments, else its transformation, else a copy of its source. Not
 * carried out while one of its sources has no value. BPMN 2.0.2, 10.4.2 and 13.3.2.
 */
function associationOf(element: Element, association: Element, problems: Problems): Mapping[] {
  unknownAlur(association, problems, element)
  const targetRef = association.targetRef as Element | undefined
  const sourceRefs = listOf(association, 'sourceRef')
  for (const end of [...sourceRefs, ...(targetRef ? [targetRef] : [])]) {
    checkEnd(element, end, problems)
  }
  const target = variableOf(targetRef)
  const reads = sourceRefs
    .map(each => storeEntryOf(element, each, association, problems))
    .filter(each => each !== null)
  const writes = storeEntryOf(element, targetRef, association, problems)
  const sources = sourceRefs.map(variableOf).filter(each => each !== null)
  const make = (source: string, path: string): Mapping => ({
    source,
    target: path,
    sources,
    ...(reads.length > 0 ? { reads: reads.filter(entry => isRead(entry, source)) } : {}),
    ...(writes === null ? {} : { writes })
  })

  const assigned = listOf(association, 'assignment').flatMap(each => {
    const source = feelOf(element, each.from as Element, 'assignment from', problems)
    const path = pathOf(each.to as Element | undefined, targetRef, target)
    if (source === null || path === null) return []
    if (PATH.test(path)) return [make(source, path)]
    problems.add(element, `assignment: expected to to be a name or a path, found <${path}>`)
    return []
  })
  if (assigned.length > 0) return assigned
  if (association.transformation !== undefined) {
    const { transformation } = association
    const source = feelOf(element, transformation as Element, 'transformation', problems)
    return source === null || target === null ? [] : [make(source, target)]
  }
  if (sourceRefs.length > 1) {
    problems.add(
      element,
      `expected the data association <${association.id ?? ''}> with ${sourceRefs.length} sources to have a transformation`
    )
    return []
  }
  const [source] = sources
  return source === undefined || target === null ? [] : [make(source, target)]
}

function isRead({ name }: StoreEntry, source: string): boolean {
  return compileExpression(source).names.includes(name)
}

/** Where an assignment puts its value: a path; the target's own id stands for it; nothing means the target. */
function pathOf(
  to: Element | undefined,
  targetRef: Element | undefined,
  target: string | null
): string | null {
  const text = String(to?.body ?? '')
    .trim()
    .replace(/^=/, '')
    .trim()
  return text === '' || text === targetRef?.id ? target : text
}

/** An association ends at data of the element itself, of what is around it, or at a data store. */
function checkEnd(owner: Element, end: Element, problems: Problems): void {
  const home = homeOf(end)
  if (home === undefined) {
    problems.add(
      owner,
      `expected a data association to end at data (a data object, a data store, a property, a data input or output), found <${end.id ?? end.$type}>`
    )
    return
  }
  for (let around: Element | undefined = owner; around; around = around.$parent as Element) {
    if (around === home) return
  }
  if (end.$type === 'bpmn:DataStoreReference') return
  problems.add(
    owner,
    `expected the data <${end.id ?? ''}> of <${home.id ?? ''}> to be of this element or around it`
  )
}

const ITEM_AWARE = [
  'bpmn:DataObject',
  'bpmn:DataObjectReference',
  'bpmn:DataStoreReference',
  'bpmn:Property',
  'bpmn:DataInput',
  'bpmn:DataOutput'
]

/** What has data of the element around it: its inputs and outputs, and the items of its loop. */
const PARTS = ['bpmn:InputOutputSpecification', 'bpmn:MultiInstanceLoopCharacteristics']

function homeOf(end: Element): Element | undefined {
  if (!ITEM_AWARE.includes(end.$type)) return undefined
  const of = end.dataObjectRef as Element | undefined
  const parent = (of ?? end).$parent as Element | undefined
  return PARTS.includes(parent?.$type ?? '') ? (parent?.$parent as Element) : parent
}
