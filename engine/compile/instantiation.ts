import { compileExpression, ExpressionInvalid } from '../expression.ts'
import type { ElementId, FlowNode, ProcessGraph } from '../graph.ts'
import { beginningsOf, instantiates, isKeyed } from '../instantiating.ts'

type Add = (node: { readonly id: ElementId; readonly name: string }, message: string) => void

/** What begins instances of a process stands at its beginning. BPMN 2.0.2, 10.3.3, 10.6.6 and 13.5.1. */
export function checkInstantiation(
  graph: ProcessGraph,
  nodes: readonly FlowNode[],
  add: Add
): void {
  for (const node of nodes) {
    if (node.type === 'eventBasedGateway' && node.parallel && !node.instantiate) {
      add(
        node,
        'expected a parallel event-based gateway to instantiate its process (instantiate="true"); in the midst of it a parallel gateway before the events does the same'
      )
    }
    if (!instantiates(node)) continue
    if (node.parent !== null) {
      add(node, 'expected what instantiates a process to stand directly in it')
    } else if (node.type === 'eventBasedGateway' && node.incoming.length > 0) {
      add(node, 'expected an instantiating gateway to have no incoming sequence flow')
    } else if (node.type === 'receiveTask' && !isFirst(graph, node)) {
      add(
        node,
        'expected an instantiating receive task to be the first element of the process, or to stand behind its start event or an instantiating gateway'
      )
    }
  }
  for (const { element, on, group } of beginningsOf(graph)) {
    const node = graph.nodes[element] as FlowNode
    const text =
      on.kind === 'conditional' ? on.condition : on.kind === 'timer' && on.feel ? on.expression : ''
    const unknown = namesIn(text).filter(name => !BEFORE_IT_BEGINS.includes(name))
    if (unknown.length > 0) {
      add(
        node,
        `expected what begins a process to see ${BEFORE_IT_BEGINS.join(', ')} alone, for no variables are there yet; found ${unknown.join(', ')}`
      )
    }
    if ('on' in node && node.on.kind === 'multiple' && node.on.parallel) {
      if (group.type !== 'startEvent') {
        add(node, 'expected no parallel multiple event behind an event-based gateway')
      } else if (!isKeyed(graph, on)) {
        add(
          node,
          'expected a parallel multiple start event of a process to be about messages with a correlation key, by which each finds the instance that the first has begun'
        )
      }
    }
    const shared = group.type === 'eventBasedGateway' && group.parallel
    if (shared && !isKeyed(graph, on)) {
      add(
        node,
        `expected a message with a correlation key, by which it finds the instance that another event of the parallel gateway has begun, found ${on.kind}`
      )
    }
  }
}

/** What FEEL sees while there is no instance yet. */
const BEFORE_IT_BEGINS = ['office', 'today', 'now']

/** The variables that a text reads; none when it cannot be read, which is a problem of its own. */
function namesIn(text: string): readonly string[] {
  try {
    return text === '' ? [] : compileExpression(text).names
  } catch (error) {
    if (error instanceof ExpressionInvalid) return []
    throw error
  }
}

function isFirst({ nodes, flows }: ProcessGraph, { incoming }: FlowNode): boolean {
  return incoming.every(flow => {
    const source = nodes[flows[flow]?.source as ElementId]
    if (source?.type === 'startEvent') return true
    return source?.type === 'eventBasedGateway' && source.instantiate
  })
}
