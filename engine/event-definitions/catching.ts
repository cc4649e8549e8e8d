import {
  type BoundaryEvent,
  definitionsOf,
  type ElementId,
  type FlowNode,
  type ProcessGraph,
  type StartEvent,
  type SubProcess
} from '../graph.ts'
import type { Run } from '../run.ts'
import type { Subscription, Token, TokenId } from '../state.ts'

/** The event that catches what was thrown by code, and what it stands on. */
export type Catcher =
  | { readonly kind: 'boundary'; readonly event: BoundaryEvent; readonly host: Token }
  | {
      readonly kind: 'handler'
      readonly start: StartEvent
      readonly handler: SubProcess
      readonly scope: TokenId | null
    }
  /** What was thrown is one of several that an event waits for. */
  | { readonly kind: 'part'; readonly subscription: Subscription }

/**
 * The nearest event outwards from a token that catches an error or an escalation: first a boundary event
 * of an activity, then an event sub-process beside it, then the activity around both, also across a call.
 * One that names the code comes before one that takes every code. BPMN 2.0.2, 10.5.1.
 */
export function findCatcher(
  run: Run,
  token: Token,
  kind: 'error' | 'escalation',
  code: string
): Catcher | null {
  for (let from: Token | null = token; from !== null; ) {
    const graph = run.graphIn(from.scope)
    const node = graph.nodes[from.at] as FlowNode
    const scope: Token | null = from.scope === null ? null : run.token(from.scope)
    if (from.index === null) {
      // what is being undone is over: nothing of it catches any more
      const events =
        from.undoneFor === undefined
          ? node.boundary.map(id => graph.nodes[id] as BoundaryEvent)
          : []
      const event = best(events, kind, code)
      if (event !== null) return { kind: 'boundary', event, host: from }
      const part = kind === 'escalation' ? awaited(run, from.id, events, code) : null
      if (part !== null) return { kind: 'part', subscription: part }
      // what an event sub-process throws is not for those beside it
      const closed = scope?.undoneFor !== undefined || isInterrupted(run, graph, from.scope)
      if (!closed && !(node.type === 'subProcess' && node.triggeredByEvent)) {
        const starts = startsAround(graph, scope?.called != null ? null : (scope?.at ?? null))
        const beside = kind === 'escalation' ? awaited(run, from.scope, starts, code) : null
        if (beside !== null) return { kind: 'part', subscription: beside }
        const start = best(starts, kind, code)
        if (start !== null) {
          const handler = graph.nodes[start.parent as ElementId] as SubProcess
          return { kind: 'handler', start, handler, scope: from.scope }
        }
      }
    }
    from = scope
  }
  return null
}

/** Whether an event sub-process, or a cancel end event, has ended all else in a scope: none begins there any more. */
function isInterrupted(run: Run, graph: ProcessGraph, scope: TokenId | null): boolean {
  return run.tokensIn(scope).some(({ at, wait }) => {
    const node = graph.nodes[at] as FlowNode
    if (node.type === 'endEvent' && wait?.for === 'compensation') {
      return definitionsOf(node.on).some(({ kind }) => kind === 'cancel')
    }
    if (node.type !== 'subProcess' || !node.triggeredByEvent) return false
    return (graph.nodes[node.starts[0] as ElementId] as StartEvent).interrupting
  })
}

/** The start events of the event sub-processes of a scope. */
function startsAround(graph: ProcessGraph, parent: ElementId | null): readonly StartEvent[] {
  const around = parent === null ? graph : graph.nodes[parent]
  const ids = around !== undefined && 'eventSubProcesses' in around ? around.eventSubProcesses : []
  return ids.map(id => {
    const { starts } = graph.nodes[id] as SubProcess
    return graph.nodes[starts[0] as ElementId] as StartEvent
  })
}

function best<Event extends BoundaryEvent | StartEvent>(
  events: readonly Event[],
  kind: 'error' | 'escalation',
  code: string
): Event | null {
  const named = ({ on }: Event, wanted: string | null) =>
    !(on.kind === 'multiple' && on.parallel) &&
    definitionsOf(on).some(each => each.kind === kind && each.code === wanted)
  return (
    events.find(event => named(event, code)) ?? events.find(event => named(event, null)) ?? null
  )
}

/** A parallel multiple event among the given ones that still waits for this escalation. */
function awaited(
  run: Run,
  holder: TokenId | null,
  events: readonly { readonly id: ElementId }[],
  code: string
): Subscription | null {
  const open = Object.values(run.state.subscriptions).find(
    ({ token, element, on }) =>
      on.kind === 'escalation' &&
      token === holder &&
      (on.code === null || on.code === code) &&
      events.some(({ id }) => id === element)
  )
  return open ?? null
}
