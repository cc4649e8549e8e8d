import type { Problem } from '../errors.ts'
import {
  definitionsOf,
  type FlowNode,
  type MessageDefinition,
  type ProcessGraph
} from '../graph.ts'
import { words } from './checks.ts'

/** The standard's word for work of which a diagram does not say who does it; here also for a message without a name. */
export const UNSPECIFIED = '##unspecified'

/**
 * What a drawing leaves open that the standard lets it leave open: it can be played, but not deployed, where
 * a token would take a way that nobody has stated. Jobs and rules that are not stated are found among those
 * that nobody knows.
 */
export function unfinishedIn(graph: ProcessGraph): readonly Problem[] {
  const problems: Problem[] = []
  const add = ({ id, name }: { readonly id: string; readonly name: string }, message: string) =>
    problems.push({ path: id, message: name === '' ? message : `«${name}»: ${message}` })
  for (const node of Object.values(graph.nodes)) {
    if (messagesOf(node).some(({ message }) => message === UNSPECIFIED)) {
      add(node, 'expected a message (messageRef) with a name')
    }
    if (node.type !== 'exclusiveGateway' && node.type !== 'inclusiveGateway') continue
    if (node.outgoing.length < 2) continue
    for (const id of node.outgoing) {
      const flow = graph.flows[id]
      if (flow === undefined || flow.condition !== null || id === node.defaultFlow) continue
      add(
        flow,
        `expected a condition on each flow out of the ${words(node.type)} <${node.id}>, or the mark of its default flow`
      )
    }
  }
  return problems
}

function messagesOf(node: FlowNode): readonly MessageDefinition[] {
  if ('on' in node) return definitionsOf(node.on).filter(on => on.kind === 'message')
  if ('message' in node && node.message !== null) return [node.message]
  return []
}
