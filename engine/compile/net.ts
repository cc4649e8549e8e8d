import {
  type ElementId,
  type FlowNode,
  isActivity,
  linkedFrom,
  type ProcessGraph
} from '../graph.ts'

/** Where tokens may lie: a sequence flow, or the way to a boundary event or over a link. */
export interface Place {
  readonly number: number
  /** The flow that it stands for, or the element that it leads to. */
  readonly name: string
  /** The element that it leads to in the diagram. */
  readonly leadsTo: ElementId
  from: Transition | null
  to: Transition
}

/** Places that are filled together. */
export interface Way {
  readonly places: readonly Place[]
  /** The flows that are chosen on it, where others could have been. */
  readonly by: readonly string[]
}

/**
 * Takes tokens from places and gives tokens to others. `any` takes one wherever it lies, `all` one of each
 * place, `or` what is there once nothing more can come.
 */
export interface Transition {
  readonly element: ElementId
  readonly join: 'any' | 'all' | 'or'
  /** How many tokens it takes at once (`startQuantity`). */
  readonly needs: number
  readonly into: Place[]
  /** What it does one of. */
  ways: Way[]
  /** Something happens here that one token makes happen once. */
  acts: boolean
  /** Ends its scope with all that is in it. */
  readonly stops: boolean
}

/** With more conditional flows than this, each is looked at alone, and all together. */
const MOST_CHOICES = 5

/** The control flow of one level as places and transitions. */
export class Net {
  readonly transitions = new Set<Transition>()
  readonly first: Place
  /** The most tokens that an activity gives to a flow at once (`completionQuantity`). */
  most = 1
  #places = 0

  constructor(graph: ProcessGraph, level: readonly FlowNode[], starts: readonly ElementId[]) {
    const start = this.#transition(starts[0] ?? '', {})
    const byElement = new Map<ElementId, Transition>()
    for (const node of level) {
      const { type } = node
      byElement.set(
        node.id,
        this.#transition(node.id, {
          join: type === 'parallelGateway' ? 'all' : type === 'inclusiveGateway' ? 'or' : 'any',
          needs: quantityOf(node, 'startQuantity'),
          acts: isActivity(node) || ('on' in node && !['none', 'terminate'].includes(node.on.kind)),
          stops: 'on' in node && type === 'endEvent' && STOPS.has(node.on.kind)
        })
      )
    }
    const link = (name: string, from: Transition | null, id: ElementId): Place[] => {
      const to = byElement.get(id)
      return to === undefined ? [] : [this.#place(name, id, from, to)]
    }

    this.first = this.#place('', start.element, null, start)
    const begun = starts.flatMap(id => link(id, start, id))
    const alternatives = starts.every(id => startsAlone(graph.nodes[id]))
    start.ways = waysBy(alternatives ? begun.map(each => [each]) : [begun])
    for (const node of level) {
      const from = byElement.get(node.id) as Transition
      const flows = new Map(
        node.outgoing.flatMap(id =>
          link(id, from, graph.flows[id]?.target ?? '').map(place => [id, place] as const)
        )
      )
      // a flow out of what nothing reaches stays empty
      for (const id of node.incoming)
        if (!byElement.has(graph.flows[id]?.source ?? '')) link(id, null, node.id)
      const links = linkedFrom(graph, node).flatMap(id => link(id, from, id))
      const gives = quantityOf(node, 'completionQuantity')
      this.most = Math.max(this.most, gives)
      const ways = waysOf(graph, node, flows).map(way => [
        ...way.flatMap(place => Array<Place>(gives).fill(place)),
        ...links
      ])
      for (const id of node.boundary) {
        const event = graph.nodes[id]
        // undoing leaves the flow as it is
        if (event?.type !== 'boundaryEvent' || event.on.kind === 'compensation') continue
        const [place] = link(id, from, id)
        if (place === undefined) continue
        if (event.interrupting) ways.push([place])
        else ways.push(...ways.map(way => [...way, place]))
      }
      from.ways = waysBy(ways)
    }
  }

  #transition(element: ElementId, more: Partial<Transition>): Transition {
    const made: Transition = {
      element,
      join: 'any',
      needs: 1,
      into: [],
      ways: [{ places: [], by: [] }],
      acts: false,
      stops: false,
      ...more
    }
    this.transitions.add(made)
    return made
  }

  #place(name: string, leadsTo: ElementId, from: Transition | null, to: Transition): Place {
    const place = { number: this.#places++, name, leadsTo, from, to }
    to.into.push(place)
    return place
  }
}

/** Names what is chosen, where there is a choice. */
function waysBy(ways: readonly (readonly Place[])[]): Way[] {
  const choice = ways.length > 1
  return ways.map(places => ({
    places,
    by: choice && places.length > 0 ? [places.map(({ name }) => `<${name}>`).join(' and ')] : []
  }))
}

/** End events that end everything beside them, or leave the scope at once. */
const STOPS: ReadonlySet<string> = new Set(['terminate', 'error', 'cancel'])

/** Whether each of the starts of a process begins an instance of its own. */
function startsAlone(node: FlowNode | undefined): boolean {
  return (
    node?.type === 'startEvent' ||
    node?.type === 'eventBasedGateway' ||
    node?.type === 'receiveTask'
  )
}

function quantityOf(node: FlowNode, name: 'startQuantity' | 'completionQuantity'): number {
  const quantity: unknown = name in node ? Reflect.get(node, name) : 1
  return typeof quantity === 'number' && quantity > 1 ? quantity : 1
}

/** The sets of flows that may be taken out of a node together. */
function waysOf(
  graph: ProcessGraph,
  node: FlowNode,
  flows: ReadonlyMap<ElementId, Place>
): (readonly Place[])[] {
  const all = [...flows.values()]
  if (all.length === 0) return [[]]
  const chosen =
    node.type === 'exclusiveGateway' ||
    (node.type === 'eventBasedGateway' && !('parallel' in node && node.parallel === true))
  if (chosen) return all.map(each => [each])
  const byDefault = 'defaultFlow' in node && node.defaultFlow !== null ? node.defaultFlow : ''
  const open = [...flows].filter(
    ([id]) => id !== byDefault && (graph.flows[id]?.condition ?? null) !== null
  )
  const free = [...flows].filter(
    ([id, place]) => id !== byDefault && !open.some(([, other]) => other === place)
  )
  const always = free.map(([, place]) => place)
  const usual = flows.get(byDefault)
  if (open.length === 0) return [usual === undefined ? always : [...always, usual]]
  const ways = subsets(open.map(([, place]) => place)).map(some => [...always, ...some])
  if (usual !== undefined) ways.push([...always, usual])
  else if (always.length > 0) ways.push(always)
  return ways
}

/** Every choice of at least one. */
function subsets(places: readonly Place[]): Place[][] {
  if (places.length > MOST_CHOICES) return [...places.map(each => [each]), [...places]]
  const all: Place[][] = []
  for (const each of places) all.push(...all.map(some => [...some, each]), [each])
  return all
}
