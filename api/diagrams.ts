import { type FlowNode, isActivity, type ProcessGraph } from '../engine/graph.ts'
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

/** The diagrams of a case in the order they were entered: its process, then those it has called. */
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
  return [...byProcess.values()].map(viewOf)
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
        by: by.get(node.id) ?? ''
      }
    })
  }
}

/** The steps of a process in the order that the flows lead to them; gateways and nameless events are left out. */
export function outlineOf(graph: ProcessGraph): readonly FlowNode[] {
  const seen = new Set<string>()
  const steps: FlowNode[] = []
  const visit = (starts: readonly string[]): void => {
    const queue = [...starts]
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      const node = graph.nodes[id]
      if (node === undefined || seen.has(id)) continue
      seen.add(id)
      if (isStep(node)) steps.push(node)
      if (node.type === 'subProcess') visit([...node.starts, ...node.eventSubProcesses])
      for (const boundary of node.boundary) queue.push(boundary)
      for (const flow of node.outgoing) {
        const target = graph.flows[flow]?.target
        if (target !== undefined) queue.push(target)
      }
    }
  }
  visit([...graph.starts, ...graph.eventSubProcesses])
  return steps
}

function isStep(node: FlowNode): boolean {
  return isActivity(node) || ('on' in node && node.name !== '')
}
