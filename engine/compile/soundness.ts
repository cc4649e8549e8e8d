import type { Warning } from '../errors.ts'
import type { ElementId, FlowNode, ProcessGraph } from '../graph.ts'
import { groupBy } from './elements.ts'
import { explore } from './exploring.ts'
import { behind } from './linking.ts'
import { Net } from './net.ts'

/**
 * What a diagram may run into although it keeps every rule: elements that nothing reaches, loops without a
 * way out, joins that may wait for ever, and tokens that may pass where one is meant. BPMN 2.0.2, 13.4.
 *
 * Each process and each sub-process is looked at by itself, an activity as a whole, whatever its data: so a
 * warning says what the drawing allows, with the flows of an example.
 */
export function warningsOf(graph: ProcessGraph): readonly Warning[] {
  const warnings: Warning[] = []
  const warn = (id: ElementId, message: string) => {
    const name = (graph.nodes[id]?.name ?? '').replace(/\s+/g, ' ').trim()
    const path = id
    warnings.push({
      path,
      message: name === '' ? message : `«${name}»: ${message}`,
      severity: 'warning'
    })
  }
  const inside = groupBy(Object.values(graph.nodes), ({ parent }) => parent)
  const reached = reachedIn(graph, inside)
  for (const { id } of Object.values(graph.nodes)) {
    if (!reached.has(id)) warn(id, 'nothing leads here: no start event reaches this element')
  }
  for (const [scope, nodes] of inside) {
    const level = nodes.filter(({ id }) => reached.has(id))
    if (level.length === 0 || isAdHoc(scope === null ? null : graph.nodes[scope])) continue
    checkWayOut(graph, scope, level, warn)
    if (level.some(({ type }) => UNFORESEEN.has(type))) continue
    const starts = scope === null ? graph.starts : startsOf(graph.nodes[scope])
    for (const { element, message } of explore(new Net(graph, level, starts))) {
      warn(element, message)
    }
  }
  return warnings
}

/** What lets tokens pass by a count that only its data know. */
const UNFORESEEN: ReadonlySet<string> = new Set(['complexGateway'])

type Inside = ReadonlyMap<ElementId | null, readonly FlowNode[]>

function startsOf(node: FlowNode | undefined): readonly ElementId[] {
  return node !== undefined && 'starts' in node ? node.starts : []
}

/** In an ad-hoc sub-process anything may begin at any time. BPMN 2.0.2, 13.3.5. */
function isAdHoc(node: FlowNode | null | undefined): boolean {
  return node?.type.startsWith('adHoc') === true
}

// what is reached /////////////////////////////////////////////////////////////

function reachedIn(graph: ProcessGraph, inside: Inside): ReadonlySet<ElementId> {
  const reached = new Set<ElementId>()
  const open: ElementId[] = []
  const enter = (scope: ElementId | null, starts: readonly ElementId[]) => {
    open.push(...starts)
    for (const node of inside.get(scope) ?? []) {
      const apart =
        ('triggeredByEvent' in node && node.triggeredByEvent) ||
        (isAdHoc(scope === null ? null : graph.nodes[scope]) && node.incoming.length === 0)
      if (apart) open.push(node.id)
    }
  }
  enter(null, graph.starts)
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = graph.nodes[id]
    if (node === undefined || reached.has(id)) continue
    reached.add(id)
    open.push(...behind(graph, node))
    if (inside.has(id)) enter(id, startsOf(node))
  }
  return reached
}

// what ends ///////////////////////////////////////////////////////////////////

/** A loop that no flow leaves never ends, unless something interrupts what is around it. */
function checkWayOut(
  graph: ProcessGraph,
  scope: ElementId | null,
  level: readonly FlowNode[],
  warn: (id: ElementId, message: string) => void
): void {
  const around = scope === null ? undefined : graph.nodes[scope]
  const cutShort =
    around?.boundary.some(id => interrupts(graph.nodes[id])) === true ||
    level.some(
      node =>
        'triggeredByEvent' in node &&
        node.triggeredByEvent &&
        node.starts.some(start => interrupts(graph.nodes[start]))
    )
  if (cutShort) return
  const before = new Map<ElementId, ElementId[]>()
  const open: ElementId[] = []
  for (const node of level) {
    const next = behind(graph, node)
    if (next.length === node.boundary.length) open.push(node.id)
    for (const id of next) before.set(id, [...(before.get(id) ?? []), node.id])
  }
  const ends = new Set<ElementId>()
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (ends.has(id)) continue
    ends.add(id)
    open.push(...(before.get(id) ?? []))
  }
  const endless = level.filter(({ id }) => !ends.has(id)).map(({ id }) => id)
  const [first] = endless
  if (first === undefined) return
  const names = endless.slice(0, 8).map(id => `<${id}>`)
  const more = endless.length > names.length ? ' …' : ''
  warn(first, `no way leads from here to an end: it goes round through ${names.join(', ')}${more}`)
}

function interrupts(node: FlowNode | undefined): boolean {
  return node !== undefined && 'interrupting' in node && node.interrupting
}
