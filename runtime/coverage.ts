import {
  type ElementId,
  type FlowNode,
  isActivity,
  type ProcessGraph,
  type SequenceFlow
} from '../engine/graph.ts'
import type { Event } from '../engine/messages.ts'
import type { TokenId } from '../engine/state.ts'

/** How often the cases of a process have taken what its diagram has. */
export interface ProcessCoverage {
  readonly process: ElementId
  /** How many played cases came through the process, also as a called one. */
  readonly cases: number
  readonly nodes: Part
  readonly flows: Part
  /** The two outcomes of every condition on a flow: `Flow_A` was taken, `Flow_A not` was asked and not taken. */
  readonly conditions: Part
}

/** One kind of thing to be covered. */
export interface Part {
  /** How often each was taken, by id; what was not has 0. */
  readonly counts: Readonly<Record<string, number>>
  readonly covered: number
  readonly total: number
  /** The ids of what no case has taken. */
  readonly missing: readonly string[]
}

/** Where a token rests, as far as it matters here. */
interface Place {
  readonly graph: ProcessGraph
  /** Inside it the elements of this process lie. */
  inside: ProcessGraph
  readonly at: ElementId
  readonly index: number | null
}

interface Taken {
  cases: number
  readonly nodes: Map<ElementId, number>
  readonly flows: Map<ElementId, number>
  /** How often an element was left as a whole, by each of its flows or not. */
  readonly left: Map<ElementId, number>
}

type FindProcess = (process: ElementId) => ProcessGraph | null

/**
 * Collects what played cases have taken. An activity counts when it was completed, an event or a gateway when
 * a token came to it, a sequence flow with every token that arrived by it: also where several merge.
 */
export class Coverage {
  readonly #findProcess: FindProcess
  readonly #taken = new Map<ElementId, Taken>()

  constructor(findProcess: FindProcess) {
    this.#findProcess = findProcess
  }

  /** Adds the events of one case. */
  add(root: ProcessGraph, events: Iterable<Event>): void {
    const places = new Map<TokenId, Place>()
    const came = new Set<ElementId>([root.id])
    for (const event of events) {
      if (event.type === 'elementActivated') {
        const { id, at, via, scope, index } = event.token
        const graph = scope === null ? root : (places.get(scope)?.inside ?? root)
        places.set(id, { graph, inside: graph, at, index })
        came.add(graph.id)
        const taken = this.#of(graph.id)
        if (via !== null) count(taken.flows, via)
        const node = graph.nodes[at]
        if (node !== undefined && !isActivity(node)) count(taken.nodes, at)
      } else if (event.type === 'processCalled') {
        const place = places.get(event.token)
        const called = this.#findProcess(event.process)
        if (place !== undefined && called !== null) place.inside = called
      } else if (event.type === 'elementCompleted') {
        const place = places.get(event.token)
        const node = place?.graph.nodes[event.element]
        if (place === undefined || node === undefined || place.index !== null) continue
        const taken = this.#of(place.graph.id)
        count(taken.left, event.element)
        if (isActivity(node)) count(taken.nodes, event.element)
      }
    }
    if (places.size === 0) return
    for (const id of came) this.#of(id).cases += 1
  }

  /** What was taken of a process; all zero when no case came through it. */
  of(graph: ProcessGraph): ProcessCoverage {
    const { cases, nodes, flows, left } = this.#of(graph.id)
    return {
      process: graph.id,
      cases,
      nodes: part(Object.keys(graph.nodes), id => nodes.get(id) ?? 0),
      flows: part(Object.keys(graph.flows), id => flows.get(id) ?? 0),
      conditions: conditionsOf(graph, flows, left)
    }
  }

  #of(process: ElementId): Taken {
    const known = this.#taken.get(process)
    if (known !== undefined) return known
    const taken = { cases: 0, nodes: new Map(), flows: new Map(), left: new Map() }
    this.#taken.set(process, taken)
    return taken
  }
}

/** A covered share in whole percents, never 100 while something is missing. */
export function percent({ covered, total }: Pick<Part, 'covered' | 'total'>): number {
  return total === 0 ? 100 : Math.floor((covered / total) * 100)
}

/**
 * Both outcomes of every condition. Where one flow is taken, those before it were asked in vain, and all were
 * before the default; where several may be taken, all are asked each time.
 */
function conditionsOf(
  graph: ProcessGraph,
  flows: ReadonlyMap<ElementId, number>,
  left: ReadonlyMap<ElementId, number>
): Part {
  const counts: Record<string, number> = {}
  for (const node of Object.values(graph.nodes)) {
    const usual = 'defaultFlow' in node ? node.defaultFlow : null
    const asked = node.outgoing.filter(
      id => id !== usual && (graph.flows[id] as SequenceFlow).condition !== null
    )
    for (const id of asked) {
      const times = flows.get(id) ?? 0
      counts[id] = times
      counts[`${id} not`] =
        node.type === 'exclusiveGateway'
          ? takenAfter(node, id, usual, flows)
          : Math.max(0, (left.get(node.id) ?? 0) - times)
    }
  }
  return part(Object.keys(counts), key => counts[key] ?? 0)
}

function takenAfter(
  node: FlowNode,
  flow: ElementId,
  usual: ElementId | null,
  flows: ReadonlyMap<ElementId, number>
): number {
  const later = node.outgoing.slice(node.outgoing.indexOf(flow) + 1)
  const then = usual === null || later.includes(usual) ? later : [...later, usual]
  return then.reduce((sum, id) => sum + (flows.get(id) ?? 0), 0)
}

function part(ids: readonly string[], times: (id: string) => number): Part {
  const counts = Object.fromEntries(ids.map(id => [id, times(id)]))
  const missing = ids.filter(id => counts[id] === 0)
  return { counts, covered: ids.length - missing.length, total: ids.length, missing }
}

function count(times: Map<string, number>, key: string): void {
  times.set(key, (times.get(key) ?? 0) + 1)
}
