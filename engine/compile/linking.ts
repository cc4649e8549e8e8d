import type { ElementId, FlowNode, ProcessGraph } from '../graph.ts'

/** The elements behind one: by its flows, its boundary events and its link. */
export function behind(graph: ProcessGraph, node: FlowNode): readonly ElementId[] {
  const targets = node.outgoing.flatMap(flow => graph.flows[flow]?.target ?? [])
  return [...targets, ...node.boundary, ...linkedFrom(graph, node)]
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
