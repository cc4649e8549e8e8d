import type { ElementId, FlowNode, ProcessGraph } from '../graph.ts'

/** The elements behind one: by its flows, its boundary events, its link and the activity that undoes it. */
export function behind(graph: ProcessGraph, node: FlowNode): readonly ElementId[] {
  const targets = node.outgoing.flatMap(flow => graph.flows[flow]?.target ?? [])
  const undone =
    node.type === 'boundaryEvent' && node.on.kind === 'compensation' ? node.on.handler : null
  const handler = undone === null ? [] : [undone]
  return [...targets, ...node.boundary, ...linkedFrom(graph, node), ...handler]
}

/** Where the throwing end of a link leads to. */
export function linkedFrom(graph: ProcessGraph, node: FlowNode): readonly ElementId[] {
  if (node.type !== 'intermediateThrowEvent' || node.on.kind !== 'link') return []
  const { link } = node.on
  return Object.values(graph.nodes).flatMap(other =>
    other.type === 'intermediateCatchEvent' &&
    other.on.kind === 'link' &&
    other.on.link === link &&
    other.parent === node.parent
      ? [other.id]
      : []
  )
}
