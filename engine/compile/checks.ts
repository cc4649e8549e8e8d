import {
  definitionsOf,
  type ElementId,
  type EventDefinition,
  type EventDefinitionKind,
  type FlowNode,
  isActivity,
  isContainer,
  type ProcessGraph,
  type StartEvent
} from '../graph.ts'
import { instantiates } from '../instantiating.ts'
import { repeats } from '../loop.ts'
import { groupBy, type Problems } from './elements.ts'
import { catchesLink, checkEvent } from './event-checks.ts'
import { checkInstantiation } from './instantiation.ts'
import { checkRepetition } from './loops.ts'

/** Checks the rules of the standard that concern execution. BPMN 2.0.2, clauses 8 and 10. */
export function checkStructure(graph: ProcessGraph, problems: Problems): void {
  const add = (node: { readonly id: ElementId; readonly name: string }, message: string) =>
    problems.add({ $type: '', id: node.id, name: node.name }, message)

  const nodes = Object.values(graph.nodes)
  for (const node of nodes) {
    checkFlows(graph, node, add)
    if (!problems.has(node.id)) checkEvent(graph, node, add)
    checkGateway(graph, node, add)
    checkTask(graph, node, add)
    checkRepetition(node, add)
  }
  checkInstantiation(graph, nodes, add)
  const inside = groupBy(nodes, ({ parent }) => parent)
  for (const scope of [null, ...nodes.filter(isContainer).map(({ id }) => id)]) {
    checkStarts(graph, scope, inside.get(scope) ?? [], add)
  }
}

const DECIDES: ReadonlySet<string> = new Set([
  'exclusiveGateway',
  'inclusiveGateway',
  'complexGateway'
])

export type Add = (node: { readonly id: ElementId; readonly name: string }, message: string) => void

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
  const undoes = node.type === 'boundaryEvent' && node.on.kind === 'compensation'
  if (undoes && node.outgoing.length > 0) {
    add(node, 'expected no sequence flow out of a compensation event, but an association')
  }
  if (node.type === 'boundaryEvent' && !undoes && node.outgoing.length === 0) {
    add(node, 'expected a boundary event to have an outgoing sequence flow')
  }
  if (isActivity(node) && node.forCompensation && node.incoming.length + node.outgoing.length > 0) {
    add(node, 'expected no sequence flow to or from an activity for compensation')
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
  if (starts.length > 0 || inside.some(instantiates)) {
    for (const node of inside) {
      const begins =
        node.type === 'startEvent' ||
        node.type === 'boundaryEvent' ||
        catchesLink(node) ||
        instantiates(node)
      const byEvent = node.type === 'subProcess' && node.triggeredByEvent
      const undoes = isActivity(node) && node.forCompensation
      if (node.incoming.length > 0 || begins || byEvent || undoes) continue
      const beside = starts.length > 0 ? 'a start event' : 'what instantiates the process'
      add(node, `expected an incoming sequence flow, as there is ${beside} beside it`)
    }
  } else if (inside.length > 0 && !inside.some(node => begins(node))) {
    add(place, 'expected a start event, or an element without incoming sequence flow')
  }
  if (around === null || around === undefined || !isContainer(around)) return
  if (around.type === 'adHocSubProcess') {
    for (const each of inside) {
      if (each.type !== 'startEvent' && each.type !== 'endEvent') continue
      add(each, `expected no ${words(each.type)} inside an ad-hoc sub-process`)
    }
    if (!inside.some(isActivity)) add(around, 'expected an ad-hoc sub-process to have an activity')
    return
  }
  if (around.type === 'subProcess' && around.triggeredByEvent) {
    if (repeats(around)) add(around, 'expected an event sub-process to have no loop of its own')
    if (starts.length !== 1)
      add(around, `expected an event sub-process to have one start event, found ${starts.length}`)
    for (const start of starts) {
      if (start.on.kind === 'none')
        add(start, 'expected the start of an event sub-process to have a trigger')
      if (isAbout(start, 'error') && !start.interrupting)
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
  return node.incoming.length === 0 && node.type !== 'boundaryEvent' && !catchesLink(node)
}

// events, gateways, tasks /////////////////////////////////////////////////////

function isAbout(node: FlowNode, kind: EventDefinitionKind): boolean {
  return 'on' in node && definitionsOf(node.on).some(each => each.kind === kind)
}

function checkGateway(graph: ProcessGraph, node: FlowNode, add: Add): void {
  const several = node.outgoing.length > 1
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
    if (target.type === 'intermediateCatchEvent' && isParallel(target.on)) {
      add(target, 'expected no parallel multiple event behind an event-based gateway')
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

/** Only the first event behind a gateway happens: never several together. BPMN 2.0.2, 10.6.6. */
function isParallel(on: EventDefinition): boolean {
  return on.kind === 'multiple' && on.parallel
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

/** The words of a type: `startEvent` is a `start event`. */
export function words(type: string): string {
  return type.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
}
