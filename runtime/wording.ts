import type { ElementId, ProcessGraph } from '../engine/graph.ts'

/** Says an id of a diagram in words: an element by its name, a flow by what it joins, `not` for a condition that fails. */
export function wordsOf(graph: ProcessGraph): (id: string) => string {
  const node = (id: ElementId) => {
    const name = graph.nodes[id]?.name ?? ''
    return name === '' ? id : `${name} (${id})`
  }
  return key => {
    const [id = '', not] = key.split(' ')
    const flow = graph.flows[id]
    if (flow === undefined) return node(id)
    const asked = flow.condition === null ? '' : `, ${flow.condition}`
    const way = `${node(flow.source)} → ${node(flow.target)}`
    return not === undefined ? `${id}: ${way}${asked}` : `${id}: ${way}, not (${flow.condition})`
  }
}
