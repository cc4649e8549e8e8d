import { primitiveOf } from '../data-types.ts'
import type { DataSet, DataSets, Declared, Level, Mapping, StoreEntry } from '../graph.ts'
import { rootOf } from '../ledger.ts'
import { attribute, type Element, feel, groupBy, listOf, type Problems } from './elements.ts'

/**
 * The variable that an item-aware element stands for: its name when FEEL can read it, else its id. The
 * references to a data object are one variable; `__` begins a drawing tool's stand-in, which is none.
 */
export function variableOf(element: Element | undefined): string | null {
  if (element === undefined) return null
  const object = (element.dataObjectRef as Element | undefined) ?? element
  const name = object.name ?? referenceNames(object).get(object) ?? element.name
  if (name?.startsWith('__')) return null
  if (name !== undefined && NAME.test(name)) return name
  return object.id === undefined ? null : object.id.replace(/\W/g, '_')
}
const NAME = /^[A-Za-z_]\w*$/

/** Tools name the reference and not the object: the first name of a reference is the object's. */
function referenceNames(object: Element): ReadonlyMap<Element, string> {
  let root = object
  while (root.$parent !== undefined && root.$type !== 'bpmn:Process') root = root.$parent as Element
  const known = named.get(root)
  if (known) return known
  const names = new Map<Element, string>()
  const walk = (container: Element) => {
    for (const each of listOf(container, 'flowElements')) {
      const of = each.dataObjectRef as Element | undefined
      if (of !== undefined && each.name !== undefined && !names.has(of)) names.set(of, each.name)
      walk(each)
    }
  }
  walk(root)
  named.set(root, names)
  return names
}
const named = new WeakMap<Element, ReadonlyMap<Element, string>>()

/** The item-aware elements that live and end with an element, in the order of the diagram. */
export function declaredBy(element: Element): readonly Declared[] {
  const io = element.ioSpecification as Element | undefined
  const inside = listOf(element, 'flowElements')
  const all = [
    ...listOf(element, 'properties').map(each => declared(each, 'property')),
    ...inside
      .filter(({ $type }) => $type === 'bpmn:DataObject')
      .map(each => declared(each, 'dataObject')),
    ...inside
      .filter(each => each.$type === 'bpmn:DataObjectReference' && each.dataObjectRef === undefined)
      .map(each => declared(each, 'dataObject')),
    ...[...listOf(element, 'dataInputs'), ...(io ? listOf(io, 'dataInputs') : [])].map(each =>
      declared(each, 'dataInput')
    ),
    ...[...listOf(element, 'dataOutputs'), ...(io ? listOf(io, 'dataOutputs') : [])].map(each =>
      declared(each, 'dataOutput')
    )
  ].filter(each => each !== null)
  return [...groupBy(all, ({ name }) => name).values()].map(([first]) => first as Declared)
}

function declared(element: Element, kind: Declared['kind']): Declared | null {
  const name = variableOf(element)
  const item = element.itemSubjectRef as Element | undefined
  const type = primitiveOf(item?.structureRef as string | undefined)
  const collection = element.isCollection === true || item?.isCollection === true
  return name === null ? null : { name, kind, type, collection }
}

// input and output sets ///////////////////////////////////////////////////////

/**
 * The sets that must be whole. An input that nothing feeds is not waited for, and an output that nothing
 * takes is not asked for: tools write them as empty forms. With `bare` every one counts, as of a process.
 */
export function dataSetsOf(
  element: Element,
  mappings: { readonly inputs: readonly Mapping[]; readonly outputs: readonly Mapping[] },
  bare: boolean
): DataSets | null {
  const io = element.ioSpecification as Element | undefined
  if (io === undefined) return null
  const fed = new Set(mappings.inputs.map(({ target }) => rootOf(target)))
  const taken = new Set(mappings.outputs.flatMap(({ sources }) => sources ?? []))
  const namesOf = (set: Element, property: string) => listOf(set, property).map(variableOf)
  const required = (set: Element, kind: string, counts: (name: string) => boolean) => {
    const lenient = [
      ...namesOf(set, `optional${kind}Refs`),
      ...namesOf(set, `whileExecuting${kind}Refs`)
    ]
    return namesOf(set, `data${kind}Refs`).filter(
      (name): name is string => name !== null && !lenient.includes(name) && (bare || counts(name))
    )
  }
  const inputs = listOf(io, 'inputSets').map(
    (set): DataSet => ({
      id: String(set.id ?? ''),
      required: required(set, 'Input', name => fed.has(name)),
      goesWith: listOf(set, 'outputSetRefs').map(({ id }) => String(id))
    })
  )
  const outputs = listOf(io, 'outputSets').map(
    (set): DataSet => ({
      id: String(set.id ?? ''),
      required: required(set, 'Output', name => taken.has(name)),
      goesWith: listOf(set, 'inputSetRefs').map(({ id }) => String(id))
    })
  )
  const whileExecuting = listOf(io, 'inputSets')
    .flatMap(set => namesOf(set, 'whileExecutingInputRefs'))
    .filter((name): name is string => name !== null && fed.has(name))
  const asks = [...inputs, ...outputs].some(set => set.required.length > 0)
  if (!asks && whileExecuting.length === 0) return null
  const needed = new Set(inputs.flatMap(set => set.required))
  const feeds = mappings.inputs.filter(({ target }) => needed.has(rootOf(target)))
  return { inputs, outputs, feeds, whileExecuting }
}

// data stores /////////////////////////////////////////////////////////////////

/** The entry of a data store that a reference means; null when the element is no such reference. */
export function storeEntryOf(
  owner: Element,
  reference: Element | undefined,
  association: Element,
  problems: Problems
): StoreEntry | null {
  if (reference?.$type !== 'bpmn:DataStoreReference') return null
  const store = reference.dataStoreRef as Element | undefined
  const key = attribute(association, 'key') ?? attribute(reference, 'key')
  const level = attribute(reference, 'level') ?? (store && attribute(store, 'level')) ?? 'office'
  if (!['office', 'region', 'national'].includes(level)) {
    problems.add(
      reference,
      `expected alur:level to be office, region or national, found <${level}>`
    )
  }
  // a store with a capacity is limited, unless it says itself that it is not
  const unlimited = store && Object.hasOwn(store, 'isUnlimited') && store.isUnlimited === true
  const capacity = store?.capacity as number | undefined
  return {
    name: variableOf(reference) ?? '',
    store: store?.name ?? store?.id ?? reference.name ?? String(reference.id),
    level: level as Level,
    key: key === null ? null : feel(owner, key, 'alur:key', problems),
    capacity: unlimited || capacity === undefined ? null : Number(capacity)
  }
}
