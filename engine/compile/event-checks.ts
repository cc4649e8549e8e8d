import {
  type BoundaryEvent,
  type CompensationDefinition,
  definitionsOf,
  type ElementId,
  type EventDefinition,
  type FlowNode,
  isActivity,
  type MultipleDefinition,
  type ProcessGraph
} from '../graph.ts'
import { type Add, words } from './checks.ts'

/** The catching end of a link has its way in from the throwing ends. */
export function catchesLink(node: FlowNode): boolean {
  return node.type === 'intermediateCatchEvent' && node.on.kind === 'link'
}

/** Each link has one catching end beside its throwing ends. BPMN 2.0.2, 10.5.4. */
function checkLink(graph: ProcessGraph, node: FlowNode, add: Add): void {
  if (!('on' in node) || node.on.kind !== 'link') return
  const { link } = node.on
  const ends = Object.values(graph.nodes).filter(
    each =>
      'on' in each &&
      each.on.kind === 'link' &&
      each.on.link === link &&
      each.parent === node.parent
  )
  const catches = ends.filter(({ type }) => type === 'intermediateCatchEvent')
  if (catchesLink(node)) {
    if (node.incoming.length > 0)
      add(node, 'expected the catching end of a link to have no incoming sequence flow')
    if (ends.length === catches.length) add(node, `expected link <${link}> to have a throwing end`)
    if (catches.length > 1)
      add(node, `expected link <${link}> to have one catching end, found ${catches.length}`)
  } else {
    if (node.outgoing.length > 0)
      add(node, 'expected the throwing end of a link to have no outgoing sequence flow')
    if (catches.length === 0) {
      add(node, `expected link <${link}> to have a catching end beside it`)
    }
  }
}

/** Which definitions an event may have where. BPMN 2.0.2, 10.5.2 to 10.5.4. */
const WHERE = {
  startEvent: [
    'none',
    'timer',
    'message',
    'signal',
    'conditional',
    'error',
    'escalation',
    'compensation'
  ],
  intermediateCatchEvent: ['timer', 'message', 'signal', 'conditional', 'link'],
  intermediateThrowEvent: ['none', 'message', 'signal', 'escalation', 'compensation', 'link'],
  boundaryEvent: [
    'timer',
    'message',
    'signal',
    'conditional',
    'error',
    'escalation',
    'compensation',
    'cancel'
  ],
  endEvent: [
    'none',
    'terminate',
    'error',
    'escalation',
    'compensation',
    'cancel',
    'message',
    'signal'
  ]
} as const

/** Only the start of an event sub-process may be about these. */
const INWARD = ['error', 'escalation', 'compensation']

/** Checks what an event is about. BPMN 2.0.2, 10.5. */
export function checkEvent(graph: ProcessGraph, node: FlowNode, add: Add): void {
  if (!('on' in node)) return
  checkLink(graph, node, add)
  if (node.on.kind === 'multiple') checkMultiple(node, node.on, add)
  for (const on of definitionsOf(node.on)) checkDefinition(graph, node, on, add)
  if (node.type === 'boundaryEvent') checkBoundary(graph, node, add)
}

function checkDefinition(
  graph: ProcessGraph,
  node: Extract<FlowNode, { readonly on: EventDefinition }>,
  on: EventDefinition,
  add: Add
): void {
  const allowed: readonly string[] = WHERE[node.type]
  if (!allowed.includes(on.kind)) {
    add(node, `expected a ${words(node.type)} about ${allowed.join(', ')}, found ${on.kind}`)
  }
  if (node.type === 'startEvent' && node.parent === null) {
    if (INWARD.includes(on.kind)) {
      const article = /^[aeiou]/.test(on.kind) ? 'an' : 'a'
      add(node, `expected ${article} ${on.kind} start event inside an event sub-process`)
    }
  }
  const throws = node.type === 'endEvent' || node.type === 'intermediateThrowEvent'
  if (throws && (on.kind === 'error' || on.kind === 'escalation') && on.code === null) {
    add(node, `expected an event that throws an ${on.kind} to name it (${on.kind}Ref)`)
  }
  if (throws && on.kind === 'compensation') checkUndone(graph, node, on, add)
  if (node.type === 'endEvent' && on.kind === 'cancel') {
    const around = node.parent === null ? undefined : graph.nodes[node.parent]
    if (around?.type !== 'transaction') add(node, 'expected a cancel end event in a transaction')
  }
}

/** What is undone is an activity beside the event, or beside the event sub-process around it. */
function checkUndone(
  graph: ProcessGraph,
  node: FlowNode,
  { activity }: CompensationDefinition,
  add: Add
): void {
  if (activity === null) return
  const undone = graph.nodes[activity]
  const parents: (ElementId | null)[] = [node.parent]
  for (let id = node.parent; id !== null; ) {
    const around = graph.nodes[id]
    if (!(around?.type === 'subProcess' && around.triggeredByEvent)) break
    id = around.parent
    parents.push(id)
  }
  if (undone !== undefined && isActivity(undone) && parents.includes(undone.parent)) return
  add(node, `expected activityRef to name an activity beside the event, found <${activity}>`)
}

function checkMultiple(node: FlowNode, { parallel, of }: MultipleDefinition, add: Add): void {
  const kinds = of.map(({ kind }) => kind)
  for (const kind of ['none', 'link'] as const) {
    if (kinds.includes(kind)) add(node, `expected no ${kind} among several event definitions`)
  }
  const lasts = kinds.filter(kind => ['error', 'cancel', 'terminate'].includes(kind))
  if (node.type === 'endEvent' && lasts.length > 1) {
    add(
      node,
      `expected one of error, cancel and terminate in an end event, found ${lasts.join(', ')}`
    )
  }
  const caught = node.type !== 'endEvent' && node.type !== 'intermediateThrowEvent'
  if (caught && kinds.includes('compensation')) {
    add(node, 'expected an event that is about compensation to be about nothing else')
  }
  const alone = kinds.filter(kind => kind === 'error' || kind === 'cancel')
  if (caught && parallel && alone.length > 0) {
    add(
      node,
      `expected no ${alone[0]} in a parallel multiple event: it ends what the others wait for`
    )
  }
}

function checkBoundary(graph: ProcessGraph, node: BoundaryEvent, add: Add): void {
  const host = graph.nodes[node.attachedTo]
  if (host === undefined || !isActivity(host) || host.parent !== node.parent) {
    add(node, `expected a boundary event on an activity beside it, found <${node.attachedTo}>`)
    return
  }
  if (host.type === 'subProcess' && host.triggeredByEvent) {
    add(node, 'expected no boundary event on an event sub-process')
  }
  const kinds = definitionsOf(node.on).map(({ kind }) => kind)
  if (kinds.includes('error') && !node.interrupting) {
    add(node, 'expected an error boundary event to interrupt')
  }
  if (kinds.includes('cancel')) {
    if (host.type !== 'transaction') add(node, 'expected a cancel event on a transaction')
    if (!node.interrupting) add(node, 'expected a cancel boundary event to interrupt')
  }
  if (node.on.kind !== 'compensation') return
  const { handler } = node.on
  if (handler === null || graph.nodes[handler]?.parent !== node.parent) {
    add(
      node,
      'expected an association from the compensation event to an activity beside it that is for compensation'
    )
  }
  const others = host.boundary.filter(id => {
    const other = graph.nodes[id]
    return other?.type === 'boundaryEvent' && other.on.kind === 'compensation'
  })
  if (others.length > 1 && others[0] === node.id) {
    add(host, `expected one compensation event on an activity, found ${others.join(', ')}`)
  }
}
