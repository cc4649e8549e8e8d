import { InvalidData } from '../errors.ts'
import type { ElementId, FlowNode, Lane, Level, ProcessGraph, SequenceFlow } from '../graph.ts'
import { checkStructure } from './checks.ts'
import { checkCorrelations, correlationsOf } from './correlations.ts'
import {
  attribute,
  documentationOf,
  type Element,
  EXPRESSION_LIMIT,
  extensions,
  feel,
  feelOf,
  groupBy,
  languageOf,
  listOf,
  Problems
} from './elements.ts'
import { isLinkTarget } from './events.ts'
import { globalTaskFrom, isGlobalTask } from './global-tasks.ts'
import { dataSetsOf, declaredBy } from './item-aware.ts'
import { nodeFrom } from './nodes.ts'
import { payloadsOf } from './payloads.ts'
import { checkPools } from './pools.ts'
import { onBehalfOf } from './stages.ts'
import { REFUSED, ROOT_ELEMENTS, unknownAlur } from './supported.ts'

/**
 * Makes frozen graphs of a parsed diagram, one for each process in it that may run, then one for each
 * global task.
 *
 * A process with `isExecutable="false"` is taken too when it is the only one: many tools write that
 * by default. A pool without a process, and everything that only explains, is passed over.
 *
 * @throws InvalidData with every problem of the diagram, each with its element
 */
export function compile(
  definitions: unknown,
  version: number,
  limits: { readonly expression: number } = { expression: EXPRESSION_LIMIT }
): readonly ProcessGraph[] {
  const root = definitions as Element
  const problems = new Problems(limits.expression, languageOf(root))
  const roots = listOf(root, 'rootElements')
  for (const element of roots) {
    const reason = ROOT_ELEMENTS[element.$type]
    unknownAlur(element, problems)
    if (reason === undefined) problems.add(element, `${element.$type} is not executed`)
    else if (reason !== null) problems.add(element, reason)
  }
  checkPools(roots, problems)
  checkCorrelations(root, problems)
  const payloads = payloadsOf(root, problems)
  const processes = roots.filter(
    each => each.$type === 'bpmn:Process' && listOf(each, 'flowElements').length > 0
  )
  const executable = processes.filter(each => each.isExecutable === true)
  const chosen = executable.length > 0 ? executable : processes.length === 1 ? processes : []
  const tasks = roots.filter(isGlobalTask)
  if (chosen.length === 0 && (processes.length > 0 || tasks.length === 0)) {
    problems.add(
      root,
      processes.length === 0
        ? 'expected a process with elements, found none'
        : 'expected one process to say isExecutable="true", found none'
    )
  }
  const graphs = [
    ...chosen.map(process => graphFrom(root, process, payloads, version, problems)),
    ...tasks.map(task => globalTaskFrom(task, version, problems))
  ]
  for (const graph of graphs) if (graph !== null) checkStructure(graph, problems)
  if (problems.all.length > 0) throw new InvalidData('the diagram cannot run', problems.all)
  return graphs.filter(graph => graph !== null).map(graph => deepFreeze(graph))
}

/** Elements with flow elements inside. */
const CONTAINERS: ReadonlySet<string> = new Set([
  'bpmn:SubProcess',
  'bpmn:Transaction',
  'bpmn:AdHocSubProcess'
])

function graphFrom(
  root: Element,
  process: Element,
  payloads: ProcessGraph['payloads'],
  version: number,
  problems: Problems
): ProcessGraph | null {
  if (process.id === undefined) problems.add(process, 'expected a process to have an id')
  for (const property of ['resources', 'ioBinding']) {
    if (listOf(process, property).length > 0) problems.add(process, `${property} is not executed`)
  }
  const lanes: Record<ElementId, Lane> = {}
  const laneOf = new Map<ElementId, ElementId>()
  const flows: Record<ElementId, SequenceFlow> = {}
  /** The same in a list: the values of so large a record take their time to be listed. */
  const drawn: SequenceFlow[] = []
  const elements: { readonly element: Element; readonly parent: ElementId | null }[] = []
  const taken = idsIn(process)
  const associated = new Map<ElementId, ElementId>()

  walk(process, null)
  const byId = new Map<ElementId, (typeof elements)[number]>()
  for (const each of elements) byId.set(each.element.id as ElementId, each)
  const inside = groupBy(elements, ({ parent }) => parent)
  const attached = groupBy(
    elements.filter(({ element }) => element.$type === 'bpmn:BoundaryEvent'),
    ({ element }) => element.attachedToRef?.id as ElementId | undefined
  )
  for (const { element, parent } of elements) {
    if (element.$type === 'bpmn:SequenceFlow') addFlow(element, parent)
  }
  const into = groupBy(drawn, ({ target }) => target)
  const outOf = groupBy(drawn, ({ source }) => source)
  const nodes: Record<ElementId, FlowNode> = {}
  for (const { element, parent } of elements) {
    if (element.$type === 'bpmn:SequenceFlow') continue
    const node = nodeFrom(element, place(element, parent), problems)
    if (node !== null) nodes[node.id] = node
  }
  return {
    id: String(process.id ?? ''),
    name: process.name ?? process.id ?? '',
    english: attribute(process, 'en') ?? '',
    documentation: documentationOf(process),
    version,
    variantOf: attribute(process, 'variantOf'),
    nodes,
    flows,
    lanes,
    starts: startsIn(null),
    eventSubProcesses: eventSubProcessesIn(null),
    declares: declaredBy(process),
    payloads,
    correlations: correlationsOf(root, process, problems),
    io: dataSetsOf(process, { inputs: [], outputs: [] }, true),
    properties: propertiesOf(process),
    service: attribute(process, 'service'),
    subject: optionalFeel(process, 'subject'),
    searchable: (attribute(process, 'search') ?? '').split(/\s+/).filter(path => path !== '')
  }

  /** Collects the elements of a process or a sub-process, lanes included. */
  function walk(container: Element, parent: ElementId | null): void {
    for (const set of listOf(container, 'laneSets')) addLanes(set)
    for (const { $type, sourceRef, targetRef } of listOf(container, 'artifacts')) {
      if ($type === 'bpmn:Association') associate(sourceRef, targetRef)
    }
    for (const element of listOf(container, 'flowElements')) {
      const reason = REFUSED[element.$type]
      if (reason === null) continue
      if (element.id === undefined) named(element)
      if (reason !== undefined) {
        problems.add(element, `${element.$type} ${reason}`)
        continue
      }
      unknownAlur(element, problems)
      elements.push({ element, parent })
      if (CONTAINERS.has(element.$type)) walk(element, element.id as ElementId)
    }
  }

  /** A compensation event names the activity that undoes by an association, drawn either way. */
  function associate(source: Element | undefined, target: Element | undefined): void {
    for (const [event, activity] of [
      [source, target],
      [target, source]
    ]) {
      const known = event?.id !== undefined && activity?.id !== undefined
      if (!known || activity.isForCompensation !== true) continue
      const other = associated.get(event.id as ElementId)
      if (other !== undefined && other !== activity.id && event.$type === 'bpmn:BoundaryEvent') {
        problems.add(
          event,
          `expected one association from the compensation event, found <${other}> and <${activity.id}>`
        )
      }
      associated.set(event.id as ElementId, activity.id as ElementId)
    }
  }

  /** The standard lets an id be left out; an element without one is named for what it is. */
  function named(element: Element): void {
    const { $type, sourceRef, targetRef } = element
    const kind = $type.slice($type.indexOf(':') + 1)
    const ends = [sourceRef?.id, targetRef?.id].filter(id => id !== undefined)
    const stem = [kind, ...ends].join('_')
    let id = stem
    for (let n = 2; taken.has(id); n++) id = `${stem}_${n}`
    taken.add(id)
    element.id = id
  }

  function addLanes(set: Element): void {
    for (const lane of listOf(set, 'lanes')) {
      unknownAlur(lane, problems)
      const id = String(lane.id)
      const level = attribute(lane, 'level') ?? 'office'
      if (!isLevel(level)) {
        problems.add(lane, `expected alur:level to be office, region or national, found <${level}>`)
        continue
      }
      lanes[id] = {
        id,
        name: lane.name ?? '',
        english: attribute(lane, 'en') ?? '',
        role: attribute(lane, 'role'),
        level,
        onBehalf: onBehalfOf(lane, problems)
      }
      for (const node of listOf(lane, 'flowNodeRef')) laneOf.set(String(node.id), id)
      if (lane.childLaneSet) addLanes(lane.childLaneSet as Element)
    }
  }

  function addFlow(flow: Element, parent: ElementId | null): void {
    const id = flow.id as ElementId
    const source = flow.sourceRef as Element | undefined
    const target = flow.targetRef as Element | undefined
    for (const [end, name] of [
      [source, 'source'],
      [target, 'target']
    ] as const) {
      const place = byId.get(end?.id ?? '')
      if (end?.id === undefined || place === undefined) {
        problems.add(
          flow,
          `expected the sequence flow to have a ${name} in this process, found ${end?.id ?? 'none'}`
        )
      } else if (place.parent !== parent) {
        problems.add(
          flow,
          `expected the ${name} <${end.id}> inside the same sub-process as the flow`
        )
      } else if (place.element.$type === 'bpmn:SequenceFlow') {
        problems.add(flow, `expected the ${name} <${end.id}> to be an element, found a flow`)
      }
    }
    const condition = feelOf(flow, flow.conditionExpression, 'condition', problems)
    if (flow.isImmediate === false) problems.add(flow, 'isImmediate="false" is not executed')
    const made: SequenceFlow = {
      id,
      name: flow.name ?? '',
      source: source?.id ?? '',
      target: target?.id ?? '',
      condition
    }
    flows[id] = made
    drawn.push(made)
  }

  function place(element: Element, parent: ElementId | null) {
    const id = element.id as ElementId
    return {
      parent,
      lane: laneIn(id, parent),
      lanes,
      incoming: (into.get(id) ?? NONE).map(({ id }) => id),
      outgoing: outgoingOf(element, id),
      handler: associated.get(id) ?? null,
      boundary: (attached.get(id) ?? []).map(({ element }) => element.id as ElementId),
      starts: startsIn(id),
      eventSubProcesses: eventSubProcessesIn(id)
    }
  }

  /** In the order in which the element lists them: an exclusive gateway asks in that order. */
  function outgoingOf(element: Element, id: ElementId): readonly ElementId[] {
    const all = (outOf.get(id) ?? NONE).map(({ id }) => id)
    if (all.length < 2) return all
    const listed = listOf(element, 'outgoing')
      .map(each => String(each.id))
      .filter(each => all.includes(each))
    return [...new Set([...listed, ...all])]
  }

  /** A node inside a sub-process stands in the sub-process's lane. */
  function laneIn(id: ElementId, parent: ElementId | null): ElementId | null {
    const own = laneOf.get(id)
    if (own !== undefined) return own
    if (parent === null) return null
    return laneIn(parent, byId.get(parent)?.parent ?? null)
  }

  /**
   * Start events, else what has no incoming flow (BPMN 2.0.2, 10.5.2), and of the process what instantiates it:
   * at its beginning, or directly behind its start event (10.3.3).
   */
  function startsIn(parent: ElementId | null): readonly ElementId[] {
    const here = inside.get(parent)?.map(({ element }) => element)
    if (here === undefined) return []
    const events = here.filter(({ $type }) => $type === 'bpmn:StartEvent')
    const instantiating = here.filter(
      element =>
        parent === null &&
        element.instantiate === true &&
        (into.get(element.id as ElementId) ?? []).every(({ source }) =>
          events.some(({ id }) => id === source)
        )
    )
    if (events.length > 0) {
      return [...events, ...instantiating].map(({ id }) => id as ElementId)
    }
    return here
      .filter(
        element =>
          element.$type !== 'bpmn:SequenceFlow' &&
          element.isForCompensation !== true &&
          element.$type !== 'bpmn:BoundaryEvent' &&
          element.triggeredByEvent !== true &&
          !into.has(element.id as ElementId) &&
          !isLinkTarget(element)
      )
      .map(({ id }) => id as ElementId)
  }

  function eventSubProcessesIn(parent: ElementId | null): readonly ElementId[] {
    const here = inside.get(parent)
    if (here === undefined) return []
    return here
      .filter(({ element }) => element.triggeredByEvent === true)
      .map(({ element }) => element.id as ElementId)
  }

  function optionalFeel(element: Element, name: string): string | null {
    const text = attribute(element, name)
    return text === null ? null : feel(element, text, `alur:${name}`, problems)
  }
}

const NONE: readonly SequenceFlow[] = []

/** The ids that a process and its sub-processes give to their elements. */
function idsIn(container: Element, ids = new Set<ElementId>()): Set<ElementId> {
  for (const element of listOf(container, 'flowElements')) {
    if (element.id !== undefined) ids.add(element.id)
    idsIn(element, ids)
  }
  return ids
}

function propertiesOf(process: Element): Record<string, string> {
  const properties: Record<string, string> = {}
  for (const each of extensions(process, 'property')) {
    if (each.name !== undefined) properties[each.name] = String(each.value ?? each.$body ?? '')
  }
  return properties
}

function isLevel(text: string): text is Level {
  return text === 'office' || text === 'region' || text === 'national'
}

function deepFreeze<Data>(data: Data): Data {
  if (data !== null && typeof data === 'object' && !Object.isFrozen(data)) {
    Object.freeze(data)
    for (const key in data) deepFreeze(data[key])
  }
  return data
}
