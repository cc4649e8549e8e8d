import { meaningOf } from '../compare/meaning.ts'
import {
  type ElementId,
  type FlowNode,
  isActivity,
  isContainer,
  linkedFrom,
  type ProcessGraph
} from '../graph.ts'

/** Finds a process that the nation owns; null for what offices bring, and for what is not there. */
export type FindNational = (process: ElementId) => ProcessGraph | null

/** An element where it lies: in the process itself or in one that it calls. */
export interface Spot {
  /** The calls on the way, then the element: `Regional_Approval/Decide_Region`. */
  readonly key: string
  readonly prefix: string
  readonly node: FlowNode
  readonly graph: ProcessGraph
  /** The sub-process or the call around it; null for the process itself. */
  readonly scope: string | null
  /** What begins inside it; null when nothing is inside that is known. */
  readonly inside: { readonly starts: readonly string[]; readonly events: readonly string[] } | null
}

/** The control flow of a process with everything that it calls, laid out flat. */
export interface Terrain {
  readonly spots: ReadonlyMap<string, Spot>
  readonly starts: readonly string[]
  readonly events: readonly string[]
  /** The conditions that are asked more than once: only what is learned of them can matter later. */
  readonly repeated: ReadonlySet<string>
}

const DEEPEST = 6

export function terrainOf(graph: ProcessGraph, find: FindNational): Terrain {
  const spots = new Map<string, Spot>()
  const lay = (
    of: ProcessGraph,
    prefix: string,
    around: string | null,
    path: readonly string[]
  ) => {
    for (const node of Object.values(of.nodes)) {
      const key = prefix + node.id
      const scope = node.parent === null ? around : prefix + node.parent
      const at = (ids: readonly ElementId[], inner = prefix) => ids.map(id => inner + id)
      let inside: Spot['inside'] = null
      if (isContainer(node)) {
        inside = { starts: at(node.starts), events: at(node.eventSubProcesses) }
      }
      const called = node.type === 'callActivity' ? calledBy(node, find) : null
      if (called !== null && !path.includes(called.id) && path.length < DEEPEST) {
        const inner = `${key}/`
        inside = { starts: at(called.starts, inner), events: at(called.eventSubProcesses, inner) }
        lay(called, inner, key, [...path, called.id])
      }
      spots.set(key, { key, prefix, node, graph: of, scope, inside })
    }
  }
  lay(graph, '', null, [graph.id])
  return {
    spots,
    starts: graph.starts,
    events: graph.eventSubProcesses,
    repeated: repeatedIn(spots)
  }
}

function repeatedIn(spots: ReadonlyMap<string, Spot>): ReadonlySet<string> {
  const byMeaning = new Map<string, string[]>()
  for (const { node, graph } of spots.values()) {
    for (const id of node.outgoing) {
      const condition = graph.flows[id]?.condition ?? null
      if (condition === null) continue
      const meaning = meaningOf(condition)
      byMeaning.set(meaning, [...(byMeaning.get(meaning) ?? []), condition])
    }
  }
  return new Set([...byMeaning.values()].filter(each => each.length > 1).flat())
}

/** An extension point is filled by offices: what happens there is not known. */
function calledBy(node: FlowNode, find: FindNational): ProcessGraph | null {
  if (node.type !== 'callActivity' || node.extensionPoint !== null) return null
  return find(node.calls)
}

/** Whether an activity may be passed without being done: it may have no instance, or be switched off. */
export function mayBeSkipped(node: FlowNode): boolean {
  if (!isActivity(node)) return false
  if (node.multiInstance !== null || node.optional !== null) return true
  return node.standardLoop?.testBefore === true || node.type === 'adHocSubProcess'
}

/** Where a spot leads without a flow: its links, and what undoes it. */
export function jumps({ node, graph, prefix }: Spot): readonly string[] {
  const handler =
    node.type === 'boundaryEvent' && node.on.kind === 'compensation' ? node.on.handler : null
  return [...linkedFrom(graph, node), ...(handler === null ? [] : [handler])].map(id => prefix + id)
}
