import type { ProcessGraph } from '../engine/graph.ts'
import type { Rulebook } from './rulebook.ts'
import type { ServiceFacts } from './rules/invariants.ts'

/** What the diagrams in use say of services: the standard minutes of their steps and who does each. */
export function serviceFacts(
  rulebook: Pick<Rulebook, 'bound'>,
  graphs: () => readonly ProcessGraph[]
): ServiceFacts {
  let read: readonly ProcessGraph[] = []
  let byId = new Map<string, Facts>()
  return (office, service) => {
    const now = graphs()
    if (now !== read) {
      read = now
      byId = new Map(now.map(graph => [graph.id, factsOf(graph)]))
    }
    return byId.get(rulebook.bound(office, service) ?? '') ?? null
  }
}
type Facts = NonNullable<ReturnType<ServiceFacts>>

function factsOf(graph: ProcessGraph): Facts {
  const nodes = Object.values(graph.nodes)
  const minutes = nodes.flatMap(node =>
    'standard' in node && node.standard?.minutes != null ? [node.standard.minutes] : []
  )
  const roles = nodes.flatMap(node =>
    (node.type === 'userTask' || node.type === 'manualTask') && node.role !== null
      ? [[node.id, node.role] as const]
      : []
  )
  return {
    minutes: minutes.length > 0 ? minutes.reduce((sum, one) => sum + one, 0) : null,
    roles: Object.fromEntries(roles)
  }
}
