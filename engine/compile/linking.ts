import { type ElementId, type FlowNode, linkedFrom, type ProcessGraph } from '../graph.ts'

/** The elements behind one: by its flows, its boundary events, its link and the activity that undoes it. */
export function behind(graph: ProcessGraph, node: FlowNode): readonly ElementId[] {
  const targets = node.outgoing.flatMap(flow => graph.flows[flow]?.target ?? [])
  const undone =
    node.type === 'boundaryEvent' && node.on.kind === 'compensation' ? node.on.handler : null
  const handler = undone === null ? [] : [undone]
  return [...targets, ...node.boundary, ...linkedFrom(graph, node), ...handler]
}
