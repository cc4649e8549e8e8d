import {
  type ComplexGateway,
  type ElementId,
  type FlowNode,
  type InclusiveGateway,
  linkedFrom,
  type ProcessGraph
} from './graph.ts'
import type { Token } from './state.ts'

/** For each incoming flow of a gateway, the nodes from which it can be reached around the gateway. */
type Reach = ReadonlyMap<ElementId, ReadonlySet<ElementId>>

const known = new WeakMap<ProcessGraph, Map<ElementId, Reach>>()

/**
 * Whether an inclusive gateway may be activated. BPMN 2.0.2, 13.4.3: it has a token, and each
 * token elsewhere that can still reach one of its empty incoming flows, without passing the gateway,
 * can also reach a filled one.
 *
 * `tokens` are those of the gateway's own scope, `arrivals` those still on their way in it.
 */
export function mayFire(
  graph: ProcessGraph,
  node: InclusiveGateway,
  tokens: readonly Token[],
  arrivals: readonly { readonly at: ElementId }[]
): boolean {
  const here = tokens.filter(({ at }) => at === node.id)
  const waiting = here.filter(({ wait }) => wait?.for === 'join')
  // a token that got stuck while leaving still joins with these when it is resolved
  if (waiting.length < here.length) return false
  const filled = new Set(waiting.map(({ via }) => via))
  if (arrivals.some(({ at }) => at === node.id)) return false
  return !expectsMore(graph, node, filled, [...tokens, ...arrivals])
}

/**
 * Whether a token elsewhere can still reach an incoming flow that is not among `filled`, and none that
 * is. Tokens that a complex gateway remembers have been consumed already and go nowhere, and nor do those
 * of activities that are being undone.
 */
export function expectsMore(
  graph: ProcessGraph,
  node: InclusiveGateway | ComplexGateway,
  filled: ReadonlySet<ElementId | null>,
  places: readonly Place[]
): boolean {
  if (node.incoming.every(flow => filled.has(flow))) return false
  const reach = reachOf(graph, node)
  const reaches = (from: ElementId, full: boolean) =>
    node.incoming.some(flow => filled.has(flow) === full && reach.get(flow)?.has(from))
  return places.some(
    ({ at, wait, undoneFor }) =>
      at !== node.id &&
      wait?.for !== 'reset' &&
      undoneFor === undefined &&
      reaches(at, false) &&
      !reaches(at, true)
  )
}

/** Where a token rests or is about to arrive. */
export type Place = Pick<Token, 'at'> & Partial<Pick<Token, 'wait' | 'undoneFor'>>

function reachOf(graph: ProcessGraph, node: InclusiveGateway | ComplexGateway): Reach {
  const perGraph = known.get(graph) ?? new Map<ElementId, Reach>()
  known.set(graph, perGraph)
  const found = perGraph.get(node.id)
  if (found !== undefined) return found
  const reach = new Map(node.incoming.map(flow => [flow, backwards(graph, node.id, flow)]))
  perGraph.set(node.id, reach)
  return reach
}

/** The nodes from which a flow can be reached without visiting the gateway. */
function backwards(graph: ProcessGraph, gateway: ElementId, flow: ElementId): Set<ElementId> {
  const found = new Set<ElementId>()
  const open = [graph.flows[flow]?.source as ElementId]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = graph.nodes[id]
    if (node === undefined || id === gateway || found.has(id)) continue
    found.add(id)
    for (const incoming of node.incoming) open.push(graph.flows[incoming]?.source as ElementId)
    open.push(...linkSources(graph, node))
    // a token on an activity may also leave by its boundary events
    if (node.type === 'boundaryEvent') open.push(node.attachedTo)
  }
  return found
}

/** The throwing ends of the link that a node is the catching end of. */
function linkSources(graph: ProcessGraph, { id, type, ...node }: FlowNode): readonly ElementId[] {
  if (type !== 'intermediateCatchEvent' || !('on' in node) || node.on.kind !== 'link') return []
  return Object.values(graph.nodes)
    .filter(each => linkedFrom(graph, each).includes(id))
    .map(each => each.id)
}
