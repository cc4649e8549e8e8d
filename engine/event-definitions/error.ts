import { Stuck } from '../errors.ts'
import type { BoundaryEvent, ElementId, FlowNode, ProcessGraph, SubProcess } from '../graph.ts'
import type { Run } from '../run.ts'
import type { Token, Variables } from '../state.ts'

/**
 * Throws an error: the nearest boundary event or event sub-process that catches it takes over, and
 * what it interrupts is terminated first. Nobody catches it: an incident. BPMN 2.0.2, 10.5.1 and 13.5.
 */
export function throwError(run: Run, token: Token, code: string, variables: Variables): void {
  run.emit({ type: 'errorThrown', token: token.id, element: token.at, code })
  let from: Token | null = token
  while (from !== null) {
    const graph = run.graphIn(from.scope)
    const node = graph.nodes[from.at] as FlowNode
    const boundary = from.index === null ? catching(graph, node.boundary, code) : null
    if (boundary !== null) {
      run.terminate(from)
      return run.send(boundary.id, from.scope, { payload: { ...variables, errorCode: code } })
    }
    const scope: Token | null = from.scope === null ? null : run.token(from.scope)
    const handler =
      node.type === 'subProcess' && node.triggeredByEvent
        ? null
        : handlerIn(graph, scope?.called != null ? null : (scope?.at ?? null), code)
    if (handler !== null && from.index === null) {
      interrupt(run, from.scope)
      return run.send(handler.id, from.scope, { payload: { ...variables, errorCode: code } })
    }
    from = scope
  }
  run.stuck(
    token,
    new Stuck('uncaught-error', `no event catches error <${code}> thrown at <${token.at}>`),
    'activate'
  )
}

/** Ends all that runs inside a scope, and closes what its event sub-processes wait for. */
export function interrupt(run: Run, scope: Token['scope']): void {
  run.terminateInside(scope)
  const inside = run.graphIn(scope).nodes
  run.unsubscribe(scope, ({ element }) => inside[element]?.type === 'startEvent')
}

/** The boundary event that catches a code: one that names it before one that takes every error. */
function catching(
  graph: ProcessGraph,
  boundary: readonly ElementId[],
  code: string
): BoundaryEvent | null {
  const events = boundary.map(id => graph.nodes[id] as BoundaryEvent)
  return best(events, ({ on }) => on, code)
}

/** The event sub-process of a scope that catches a code. */
function handlerIn(graph: ProcessGraph, parent: ElementId | null, code: string): SubProcess | null {
  const around = parent === null ? null : graph.nodes[parent]
  const ids =
    around === null
      ? graph.eventSubProcesses
      : around?.type === 'subProcess'
        ? around.eventSubProcesses
        : []
  const handlers = ids.map(id => graph.nodes[id] as SubProcess)
  return best(
    handlers,
    handler => {
      const start = graph.nodes[handler.starts[0] as ElementId]
      return start?.type === 'startEvent' ? start.on : { kind: 'none' }
    },
    code
  )
}

function best<Node>(
  nodes: readonly Node[],
  about: (node: Node) => BoundaryEvent['on'],
  code: string
): Node | null {
  const errors = nodes.filter(node => about(node).kind === 'error')
  const named = (node: Node) => {
    const on = about(node)
    return on.kind === 'error' ? on.code : null
  }
  return (
    errors.find(node => named(node) === code) ?? errors.find(node => named(node) === null) ?? null
  )
}
