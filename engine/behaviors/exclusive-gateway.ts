import { Stuck } from '../errors.ts'
import type { ExclusiveGateway, SequenceFlow } from '../graph.ts'
import type { Behavior } from './behavior.ts'

/**
 * Passes every token that arrives along the first flow whose condition holds, else along the default
 * flow. BPMN 2.0.2, 13.4.2. No flow to go: an incident.
 */
export const exclusiveGateway: Behavior<ExclusiveGateway> = {
  activate(run, node, token) {
    const { flows } = run.graphIn(token.scope)
    const lookup = run.lookup(token.scope)
    const taken = node.outgoing.find(id => {
      const { condition } = flows[id] as SequenceFlow
      if (id === node.defaultFlow) return false
      return condition === null || run.holds(condition, lookup, `sequence flow <${id}>`)
    })
    const flow = taken ?? node.defaultFlow
    if (flow === null && node.outgoing.length > 0) {
      throw new Stuck(
        'no-flow',
        `no condition of the flows out of <${node.id}> holds, and it has no default flow`
      )
    }
    run.complete(token, flow === null ? [] : [flow])
  }
}
