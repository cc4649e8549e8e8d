import {
  type ElementId,
  type FlowNode,
  isActivity,
  type ProcessGraph,
  type StartEvent
} from '../graph.ts'
import { repeats } from '../loop.ts'
import { groupBy, type Problems } from './elements.ts'
import { checkRepetition } from './loops.ts'

/** Checks the rules of the standard that concern execution. BPMN 2.0.2, clauses 8 and 10. */
export function checkStructure(graph: ProcessGraph, problems: Problems): void {
  const add = (node: { readonly id: ElementId; readonly name: string }, message: string) =>
    problems.add({ $type: '', id: node.id, name: node.name }, message)

  for (const node of Object.values(graph.nodes)) {
    checkFlows(graph, node, add)
    if (!problems.has(node.id)) checkEvent(graph, node, add)
    checkGateway(graph, node, add)
    checkTask(graph, node, add)
    checkRepetition(node, add)
  }
  const inside = groupBy(Object.values(graph.nodes), ({ parent }) => parent)
  for (const scope of [null, ...subProcessesOf(graph)]) {
    checkStarts(graph, scope, inside.get(scope) ?? [], add)
  }
}

const DECIDES: ReadonlySet<string> = new Set([
  'exclusiveGateway',
  'inclusiveGateway',
  'complexGateway'
])

type Add = (node: { readonly id: ElementId; readonly name: string }, message: string) => void

function subProcessesOf(graph: ProcessGraph): readonly ElementId[] {
  return Object.values(graph.nodes)
    .filter(({ type }) => type === 'subProcess')
    .map(({ id }) => id)
}

// flows ///////////////////////////////////////////////////////////////////////

function checkFlows(graph: ProcessGraph, node: FlowNode, add: Add): void {
  const unfit = node.type === 'subProcess' && node.triggeredByEvent ? 'an event sub-process' : null
  if (
    (node.type === 'startEvent' || node.type === 'boundaryEvent' || unfit) &&
    node.incoming.length > 0
  ) {
    add(node, `expected ${unfit ?? `a ${words(node.type)}`} to have no incoming sequence flow`)
  }
  if ((node.type === 'endEvent' || unfit) && node.outgoing.length > 0) {
    add(node, `expected ${unfit ?? 'an end event'} to have no outgoing sequence flow`)
  }
  if (node.type === 'boundaryEvent' && node.outgoing.length === 0) {
    add(node, 'expected a boundary event to have an outgoing sequence flow')
  }
  const defaultFlow = 'defaultFlow' in node ? node.defaultFlow : null
  if (defaultFlow !== null && !node.outgoing.includes(defaultFlow)) {
    add(node, `expected the default flow <${defaultFlow}> to leave this element`)
  }
  const decides = isActivity(node) || DECIDES.has(node.type)
  for (const id of node.outgoing) {
    const flow = graph.flows[id]
    if (flow === undefined) continue
    if (flow.condition !== null && !decides) {
      add(flow, `expected no condition on a sequence flow out of a ${words(node.type)}`)
    }
    if (flow.condition !== null && id === defaultFlow) {
      add(flow, 'expected no condition on a default flow')
    }
  }
}

/** Every start is a start event, or there is none. BPMN 2.0.2, 10.5.2. */
function checkStarts(
  graph: ProcessGraph,
  scope: ElementId | null,
  inside: readonly FlowNode[],
  add: Add
): void {
  const starts = inside.filter((node): node is StartEvent => node.type === 'startEvent')
  const around = scope === null ? null : graph.nodes[scope]
  const place = around ?? { id: graph.id, name: graph.name }
  if (inside.length === 0) add(place, 'expected a sub-process to have elements inside')
  if (starts.length > 0) {
    for (const node of inside) {
      const begins =
        node.type === 'startEvent' || node.type === 'boundaryEvent' || catchesLink(node)
      const byEvent = node.type === 'subProcess' && node.triggeredByEvent
      if (node.incoming.length > 0 || begins || byEvent) continue
      add(node, 'expected an incoming sequence flow, as there is a start event beside it')
    }
  } else if (inside.length > 0 && !inside.some(node => begins(node))) {
    add(place, 'expected a start event, or an element without incoming sequence flow')
  }
  if (around?.type !== 'subProcess') return
  if (around.triggeredByEvent) {
    if (repeats(around)) add(around, 'expected an event sub-process to have no loop of its own')
    if (starts.length !== 1)
      add(around, `expected an event sub-process to have one start event, found ${starts.length}`)
    for (const start of starts) {
      if (start.on.kind === 'none')
        add(start, 'expected the start of an event sub-process to have a trigger')
      if (start.on.kind === 'error' && !start.interrupting)
        add(start, 'expected an error start event to interrupt')
    }
  } else {
    if (starts.length > 1)
      add(around, `expected a sub-process to have one start event, found ${starts.length}`)
    for (const start of starts) {
      if (start.on.kind !== 'none')
        add(start, 'expected the start event of a sub-process to have no trigger')
    }
  }
}

function begins(node: FlowNode): boolean {
  return node.incoming.length === 0 && node.type !== 'boundaryEvent'
}

// events, gateways, tasks /////////////////////////////////////////////////////

/** The catching end of a link has its way in from the throwing ends. */
function catchesLink(node: FlowNode): boolean {
  return node.type === 'intermediateCatchEvent' && node.on.kind === 'link'
}

/** Each link has one catching end beside its throwing ends. BPMN 2.0.2, 10.5.4. */
function checkLink(graph: ProcessGraph, node: FlowNode, add: Add): void {
  if (!('on' in node) || node.on.kind !== 'link') return
  const { link } = node.on
  const ends = Object.values(graph.nodes).filter(
    each => 'on' in each && each.on.kind === 'link' && each.on.link === link
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
    if (!catches.some(({ parent }) => parent === node.parent)) {
      add(node, `expected link <${link}> to have a catching end beside it`)
    }
  }
}

/** Which definitions an event may have where. BPMN 2.0.2, 10.5.2 to 10.5.4. */
const WHERE = {
  startEvent: ['none', 'timer', 'message', 'signal', 'conditional', 'error', 'escalation'],
  intermediateCatchEvent: ['timer', 'message', 'signal', 'conditional', 'link'],
  intermediateThrowEvent: ['none', 'message', 'signal', 'escalation', 'link'],
  boundaryEvent: ['timer', 'message', 'signal', 'conditional', 'error', 'escalation'],
  endEvent: ['none', 'terminate', 'error', 'escalation', 'message', 'signal']
} as const

function checkEvent(graph: ProcessGraph, node: FlowNode, add: Add): void {
  if (!('on' in node)) return
  checkLink(graph, node, add)
  const allowed: readonly string[] = WHERE[node.type]
  if (!allowed.includes(node.on.kind)) {
    add(node, `expected a ${words(node.type)} about ${allowed.join(', ')}, found ${node.on.kind}`)
  }
  const inward = ['error', 'escalation', 'conditional'].includes(node.on.kind)
  if (node.type === 'startEvent' && node.parent === null && inward) {
    const article = node.on.kind === 'conditional' ? 'a' : 'an'
    add(node, `expected ${article} ${node.on.kind} start event inside an event sub-process`)
  }
  if (
    node.type === 'startEvent' &&
    node.parent === null &&
    node.on.kind === 'timer' &&
    node.on.feel
  ) {
    add(
      node,
      'expected the timer of a process to be a date, duration or cycle, for no variables are there yet'
    )
  }
  const throws = node.type === 'endEvent' || node.type === 'intermediateThrowEvent'
  if (
    throws &&
    (node.on.kind === 'error' || node.on.kind === 'escalation') &&
    node.on.code === null
  ) {
    add(node, `expected an event that throws an ${node.on.kind} to name it (${node.on.kind}Ref)`)
  }
  if (node.type !== 'boundaryEvent') return
  const host = graph.nodes[node.attachedTo]
  if (host === undefined || !isActivity(host) || host.parent !== node.parent) {
    add(node, `expected a boundary event on an activity beside it, found <${node.attachedTo}>`)
  } else if (host.type === 'subProcess' && host.triggeredByEvent) {
    add(node, 'expected no boundary event on an event sub-process')
  }
  if (node.on.kind === 'error' && !node.interrupting)
    add(node, 'expected an error boundary event to interrupt')
}

function checkGateway(graph: ProcessGraph, node: FlowNode, add: Add): void {
  const several = node.outgoing.length > 1
  if ((node.type === 'exclusiveGateway' || node.type === 'inclusiveGateway') && several) {
    for (const id of node.outgoing) {
      const flow = graph.flows[id]
      if (flow === undefined || flow.condition !== null || id === node.defaultFlow) continue
      add(
        flow,
        `expected a condition on each flow out of the ${words(node.type)} <${node.id}>, or the mark of its default flow`
      )
    }
  }
  if (node.type !== 'eventBasedGateway') return
  if (!several)
    add(node, 'expected an event-based gateway to have two or more outgoing sequence flows')
  const kinds = new Set<string>()
  for (const id of node.outgoing) {
    const target = graph.nodes[graph.flows[id]?.target ?? '']
    if (target?.type !== 'intermediateCatchEvent' && target?.type !== 'receiveTask') {
      add(
        node,
        `expected a catch event or a receive task behind <${id}>, found ${target?.type ?? 'nothing'}`
      )
      continue
    }
    if (catchesLink(target)) add(target, 'expected no link behind an event-based gateway')
    if (target.incoming.length > 1)
      add(target, 'expected no other way in than from the event-based gateway')
    if (target.type === 'receiveTask' && target.boundary.length > 0) {
      add(target, 'expected no boundary event on a receive task behind an event-based gateway')
    }
    if (target.type === 'receiveTask' && (repeats(target) || target.startQuantity > 1)) {
      add(
        target,
        'expected a receive task behind an event-based gateway to run once, for one token'
      )
    }
    kinds.add(target.type === 'receiveTask' ? 'receiveTask' : target.on.kind)
  }
  if (kinds.has('receiveTask') && kinds.has('message')) {
    add(
      node,
      'expected either receive tasks or message events behind an event-based gateway, not both'
    )
  }
}

function checkTask(graph: ProcessGraph, node: FlowNode, add: Add): void {
  if (node.type !== 'userTask' && node.type !== 'manualTask') return
  for (const id of node.notSameAs) {
    // the library looks at the elements of other processes
    if (id.includes(':') && !id.startsWith(`${graph.id}:`)) continue
    const other = graph.nodes[id.slice(id.lastIndexOf(':') + 1)]
    if (other?.type === 'userTask' || other?.type === 'manualTask') continue
    add(node, `expected alur:notSameAs to name user or manual tasks, found <${id}>`)
  }
}

function words(type: string): string {
  return type.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
}
