import {
  type ElementId,
  type FlowNode,
  isActivity,
  type ProcessGraph,
  type SequenceFlow
} from '../../engine/graph.ts'
import type { Dice } from './random.ts'

/** The name under which FEEL sees what was drawn: `office.drawn.f3`. */
const DRAWN = 'drawn'

/** The odds of the flows out of an element, by flow. */
export type Odds = Readonly<Record<ElementId, number>>

/**
 * Lets chance take the flows out of some elements instead of their conditions. The engine asks each flow
 * as it always does; the answer is a fact of the office that is drawn anew each time it is read.
 */
class DrawnFlows {
  readonly #dice: () => Dice
  readonly #facts: Record<string, boolean> = {}
  #named = 0

  constructor(dice: () => Dice) {
    this.#dice = dice
  }

  /** What the office's facts must have for the changed diagrams to run. */
  get facts(): Readonly<Record<string, Readonly<Record<string, boolean>>>> {
    return { [DRAWN]: this.#facts }
  }

  /** A process whose flows out of this element are taken by the odds. */
  changed(graph: ProcessGraph, node: FlowNode, odds: Odds): ProcessGraph {
    const usual = 'defaultFlow' in node ? node.defaultFlow : null
    const asked = node.outgoing.filter(flow => flow !== usual)
    const names =
      node.type === 'inclusiveGateway' || isActivity(node)
        ? this.#each(asked, odds, usual === null)
        : this.#oneOf(asked, odds, usual === null)
    const flows = Object.fromEntries(
      asked.map((id, n) => {
        const flow = graph.flows[id] as SequenceFlow
        return [id, { ...flow, condition: `office.${DRAWN}.${names[n]}` }]
      })
    )
    return { ...graph, flows: { ...graph.flows, ...flows } }
  }

  /** One flow after another is asked: each with its share of what those before it have left. */
  #oneOf(flows: readonly ElementId[], odds: Odds, must: boolean): readonly string[] {
    let left = 1
    return flows.map((flow, n) => {
      const share = odds[flow] ?? 0
      const last = must && n === flows.length - 1
      const chance = last ? 1 : left <= 0 ? 0 : Math.min(1, share / left)
      left -= share
      return this.#name(() => this.#dice().roll() < chance)
    })
  }

  /** Every flow is asked by itself; the last is taken when none was, and there is no default. */
  #each(flows: readonly ElementId[], odds: Odds, must: boolean): readonly string[] {
    let taken = false
    return flows.map((flow, n) =>
      this.#name(() => {
        if (n === 0) taken = false
        const hit = this.#dice().roll() < (odds[flow] ?? 0)
        taken ||= hit
        return hit || (must && n === flows.length - 1 && !taken)
      })
    )
  }

  #name(get: () => boolean): string {
    const name = `f${this.#named++}`
    Object.defineProperty(this.#facts, name, { get, enumerable: true })
    return name
  }
}

/** The same odds for every flow out of an element. */
function equalOdds(node: FlowNode): Odds {
  return Object.fromEntries(node.outgoing.map(flow => [flow, 1 / node.outgoing.length]))
}

/** The processes of a simulation, with the odds that are stated or had to be assumed. */
export class Diagrams {
  readonly #drawn: DrawnFlows
  readonly #graphs = new Map<ElementId, ProcessGraph>()
  readonly #even = new Set<string>()

  constructor(
    graphs: readonly ProcessGraph[],
    stated: (element: ElementId) => Odds | undefined,
    dice: () => Dice
  ) {
    this.#drawn = new DrawnFlows(dice)
    for (const graph of graphs) {
      this.#graphs.set(graph.id, graph)
      for (const node of Object.values(graph.nodes)) {
        const odds = stated(node.id)
        if (odds !== undefined) this.#change(graph.id, node, odds)
      }
    }
  }

  get all(): readonly ProcessGraph[] {
    return [...this.#graphs.values()]
  }

  /** What the office's facts must have for the diagrams to run. */
  get facts(): DrawnFlows['facts'] {
    return this.#drawn.facts
  }

  find(process: ElementId): ProcessGraph | null {
    return this.#graphs.get(process) ?? null
  }

  /**
   * Gives the flows out of an element equal odds from here on, when it has conditions that may go either way.
   * `new` when that was not so before.
   */
  even({ id }: ProcessGraph, node: FlowNode): 'new' | 'known' | null {
    if (this.#even.has(`${id} ${node.id}`)) return 'known'
    const conditions = node.outgoing.filter(flow => this.find(id)?.flows[flow]?.condition != null)
    if (node.outgoing.length < 2 || conditions.length === 0) return null
    this.#even.add(`${id} ${node.id}`)
    this.#change(id, node, equalOdds(node))
    return 'new'
  }

  #change(process: ElementId, node: FlowNode, odds: Odds): void {
    const graph = this.#graphs.get(process) as ProcessGraph
    this.#graphs.set(process, this.#drawn.changed(graph, node, odds))
  }
}
