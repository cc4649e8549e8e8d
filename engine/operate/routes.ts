import {
  type ElementId,
  type FlowNode,
  isContainer,
  linkedFrom,
  type ProcessGraph
} from '../graph.ts'

/** Where tokens of a process can go: every way, and the ways without going back in a loop. */
export interface Routes {
  /** The elements that a token can reach from an element without going back to where it has been. */
  ahead(from: ElementId): ReadonlySet<ElementId>
}

const START = ''

/**
 * The ways through a process with its sub-processes laid open: in by their starts and events, out by
 * what has no way on. A flow leads back when every way to its source passes its target.
 */
export function routesOf(graph: ProcessGraph): Routes {
  const all = waysOf(graph)
  const forward = new Map<string, string[]>()
  const reached = new Map<string, ReadonlySet<string>>()
  const without = (avoid: string) => {
    const known = reached.get(avoid)
    if (known !== undefined) return known
    const found = reach(all, START, avoid)
    reached.set(avoid, found)
    return found
  }
  for (const [source, targets] of all) {
    const on = targets.filter(
      target => source === START || !reach(all, target).has(source) || without(target).has(source)
    )
    forward.set(source, on)
  }
  return {
    ahead(from) {
      const found = new Set(reach(forward, from))
      found.delete(from)
      return found
    }
  }
}

function waysOf(graph: ProcessGraph): Map<string, string[]> {
  const { nodes, flows, starts, eventSubProcesses } = graph
  const ways = new Map<string, string[]>()
  const way = (from: string, to: string) => {
    const known = ways.get(from)
    if (known === undefined) ways.set(from, [to])
    else known.push(to)
  }
  for (const id of [...starts, ...eventSubProcesses]) way(START, id)
  for (const node of Object.values(nodes)) {
    if (isContainer(node)) {
      const free = node.type === 'adHocSubProcess' ? chosenIn(node, nodes) : []
      for (const id of [...node.starts, ...node.eventSubProcesses, ...free]) way(node.id, id)
      if (node.starts.length === 0) way(node.id, endOf(node))
    }
    for (const id of node.boundary) way(node.id, id)
    const targets = node.outgoing.map(id => flows[id]?.target).filter(id => id !== undefined)
    const linked = linkedFrom(graph, node)
    for (const target of [...targets, ...linked]) way(endOf(node), target)
    const parent = node.parent === null ? undefined : nodes[node.parent]
    if (targets.length + linked.length === 0 && parent !== undefined) {
      way(endOf(node), endOf(parent))
    }
  }
  return ways
}

/** A sub-process is left by another point than the one it is entered by. */
function endOf(node: FlowNode): string {
  return isContainer(node) ? `${node.id} ` : node.id
}

/** What people may start inside an ad-hoc sub-process: any of it, in any order. */
function chosenIn({ id }: FlowNode, nodes: ProcessGraph['nodes']): readonly ElementId[] {
  return Object.values(nodes).flatMap(node => (node.parent === id ? [node.id] : []))
}

function reach(
  ways: ReadonlyMap<string, readonly string[]>,
  from: string,
  avoid: string | null = null
): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [from]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next) || next === avoid) continue
    found.add(next)
    open.push(...(ways.get(next) ?? []))
  }
  return found
}
