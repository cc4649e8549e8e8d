import { type FlowNode, isActivity, isContainer, type ProcessGraph } from '../engine/graph.ts'
import { targetIn } from '../engine/operate/place.ts'
import type { ProcessInstance } from '../engine/state.ts'
import type { CommitRecord } from '../runtime/store.ts'
import type { DiagramView } from './schemas.ts'
import { type FindProcess, placeOf, walk } from './walk.ts'

/** Where the XML of a process version is served. */
export function diagramUrl(process: string, version: number): string {
  return `/api/processes/${encodeURIComponent(process)}/versions/${version}/diagram`
}

interface Progress {
  readonly graph: ProcessGraph
  readonly done: Map<string, number>
  readonly by: Map<string, string>
  readonly taken: Set<string>
  readonly current: Set<string>
  readonly incidents: Set<string>
}

/**
 * The diagrams of a case in the order they were entered: its process, then those it has called. A global
 * task has no diagram of its own; where it is called shows it.
 */
export function diagramsOf(
  state: ProcessInstance,
  history: readonly CommitRecord[],
  findProcess: FindProcess
): readonly DiagramView[] {
  const byProcess = new Map<string, Progress>()
  const progressOf = (graph: ProcessGraph): Progress => {
    const key = `${graph.id} ${graph.version}`
    const known = byProcess.get(key)
    if (known !== undefined) return known
    const progress: Progress = {
      graph,
      done: new Map(),
      by: new Map(),
      taken: new Set(),
      current: new Set(),
      incidents: new Set()
    }
    byProcess.set(key, progress)
    return progress
  }

  for (const { record, event, place } of walk(history, findProcess)) {
    if (place === null) continue
    const progress = progressOf(place.graph)
    if (event.type === 'elementActivated' && event.token.via !== null)
      progress.taken.add(event.token.via)
    if (event.type === 'elementCompleted') {
      progress.done.set(event.element, (progress.done.get(event.element) ?? 0) + 1)
      if (event.by !== null) progress.by.set(event.element, record.by.name)
    }
  }
  if (state.status === 'running') {
    for (const token of Object.values(state.tokens)) {
      const place = placeOf(state, token.id, findProcess)
      if (place === null) continue
      const progress = progressOf(place.graph)
      progress.current.add(token.at)
      if (token.wait?.for === 'incident') progress.incidents.add(token.at)
    }
  }
  return [...byProcess.values()]
    .filter(({ graph: { id, nodes } }) => nodes[id] === undefined)
    .map(viewOf)
}

function viewOf({ graph, done, by, taken, current, incidents }: Progress): DiagramView {
  return {
    process: graph.id,
    name: graph.name,
    nameEnglish: graph.english,
    version: graph.version,
    url: diagramUrl(graph.id, graph.version),
    current: [...current],
    incidents: [...incidents],
    done: Object.fromEntries(done),
    taken: [...taken],
    outline: outlineOf(graph).map(node => {
      const lane = node.lane === null ? undefined : graph.lanes[node.lane]
      return {
        element: node.id,
        name: node.name,
        nameEnglish: node.english,
        lane: lane?.name ?? '',
        laneEnglish: lane?.english ?? '',
        status: incidents.has(node.id)
          ? 'incident'
          : current.has(node.id)
            ? 'current'
            : done.has(node.id)
              ? 'done'
              : 'open',
        by: by.get(node.id) ?? '',
        target: isTarget(graph, node.id)
      }
    })
  }
}

function isTarget(graph: ProcessGraph, element: string): boolean {
  try {
    targetIn(graph, element)
    return true
  } catch {
    return false
  }
}

/**
 * The steps of a process in the order of the work; gateways and nameless events are left out. A step
 * comes after all that lead to it; where the flow parts, the way that goes on comes before the ways
 * that end sooner, and refusals come last, before what boundary events lead to.
 */
export function outlineOf(graph: ProcessGraph): readonly FlowNode[] {
  const inside = (starts: readonly string[]): readonly FlowNode[] =>
    orderFrom(graph, starts).flatMap(node => [
      ...(isStep(node) ? [node] : []),
      ...(isContainer(node) ? inside([...node.starts, ...node.eventSubProcesses]) : [])
    ])
  return inside([...graph.starts, ...graph.eventSubProcesses])
}

function orderFrom(graph: ProcessGraph, starts: readonly string[]): readonly FlowNode[] {
  const seen = new Set<string>()
  const order = flowFrom(graph, starts, seen)
  for (const { boundary } of order) order.push(...flowFrom(graph, boundary, seen))
  return order
}

/** Depth first: what is left last stands first, so the way that goes on is taken last. */
function flowFrom(graph: ProcessGraph, starts: readonly string[], seen: Set<string>): FlowNode[] {
  const left: FlowNode[] = []
  const visit = (id: string): void => {
    const node = graph.nodes[id]
    if (node === undefined || seen.has(id)) return
    seen.add(id)
    for (const next of byWork(graph, node, seen).toReversed()) visit(next)
    left.push(node)
  }
  for (const start of starts.toReversed()) visit(start)
  const order = left.toReversed()
  const isBranch = (node: FlowNode) => isBranchEnd(graph, node)
  return [...order.filter(node => !isBranch(node)), ...order.filter(isBranch)]
}

/** An end that a gateway leads to, with no step of its own before it. */
function isBranchEnd(graph: ProcessGraph, { type, incoming }: FlowNode): boolean {
  const sources = incoming.map(flow => graph.nodes[graph.flows[flow]?.source ?? ''])
  return type === 'endEvent' && sources.every(source => source?.type.endsWith('Gateway') ?? false)
}

/** The elements after one, the way that goes on first. */
function byWork(graph: ProcessGraph, node: FlowNode, seen: ReadonlySet<string>): readonly string[] {
  const usual = 'defaultFlow' in node ? node.defaultFlow : null
  const ways = node.outgoing.flatMap(flow => {
    const target = graph.flows[flow]?.target
    if (target === undefined || seen.has(target)) return []
    return {
      target,
      refusal: leadsToRefusal(graph, target) ? 1 : 0,
      steps: stepsFrom(graph, target, seen),
      rank: flow === usual ? 0 : 1
    }
  })
  ways.sort((a, b) => a.refusal - b.refusal || b.steps - a.steps || a.rank - b.rank)
  return ways.map(({ target }) => target)
}

/** Whether the next thing that an applicant is told on this way is a refusal. */
function leadsToRefusal(graph: ProcessGraph, start: string): boolean {
  const seen = new Set<string>()
  for (let id: string | undefined = start; id !== undefined && !seen.has(id); ) {
    seen.add(id)
    const node: FlowNode | undefined = graph.nodes[id]
    if (node === undefined) return false
    if (node.stage !== null) return node.stage.name === 'refused'
    id = node.outgoing.length === 1 ? graph.flows[node.outgoing[0]!]?.target : undefined
  }
  return false
}

/** How many steps may follow on a way before it comes back to where it was. */
function stepsFrom(graph: ProcessGraph, start: string, before: ReadonlySet<string>): number {
  const seen = new Set(before)
  const open = [start]
  let steps = 0
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = graph.nodes[id]
    if (node === undefined || seen.has(id)) continue
    seen.add(id)
    if (isActivity(node)) steps++
    for (const flow of node.outgoing) open.push(graph.flows[flow]?.target ?? '')
  }
  return steps
}

function isStep(node: FlowNode): boolean {
  return isActivity(node) || ('on' in node && node.name !== '')
}
