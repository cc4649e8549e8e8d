import type { ElementId, FlowNode, ProcessGraph } from '../graph.ts'
import type { MigrationPlan } from './commands.ts'

/** A plan that can be proposed without knowing what the people who drew the versions meant. */
export interface Proposal {
  readonly plan: MigrationPlan
  /** Elements of the old version that nothing in the new one answers to. */
  readonly unmapped: readonly ElementId[]
  /** Elements of the new version that come from nowhere. */
  readonly added: readonly ElementId[]
}

/**
 * Proposes where the elements of one version go in another: to the same id, else to the one element of the
 * same type and name in the same scope.
 */
export function proposePlan(from: ProcessGraph, to: ProcessGraph): Proposal {
  const map: Record<ElementId, ElementId> = {}
  const taken = new Set<ElementId>()
  const put = (old: ElementId, now: ElementId) => {
    map[old] = now
    taken.add(now)
  }
  for (const node of Object.values(from.nodes)) {
    const same = to.nodes[node.id]
    if (same !== undefined && alike(node, same)) put(node.id, same.id)
  }
  // outer elements first, so that what is inside finds its scope
  const rest = Object.values(from.nodes)
    .filter(({ id }) => !Object.hasOwn(map, id))
    .sort((a, b) => depthOf(from, a) - depthOf(from, b))
  for (const node of rest) {
    if (node.name === '') continue
    const fits = Object.values(to.nodes).filter(
      each =>
        !taken.has(each.id) &&
        alike(node, each) &&
        each.name === node.name &&
        each.parent === (node.parent === null ? null : (map[node.parent] ?? null))
    )
    if (fits.length === 1) put(node.id, (fits[0] as FlowNode).id)
  }
  return {
    plan: { process: from.id, from: from.version, to: to.version, map },
    unmapped: Object.keys(from.nodes).filter(id => !Object.hasOwn(map, id)),
    added: Object.keys(to.nodes).filter(id => !taken.has(id))
  }
}

/** The plan that takes a migration back. Null when two elements went to the same one. */
export function reversePlan({ process, from, to, map }: MigrationPlan): MigrationPlan | null {
  const back = Object.fromEntries(Object.entries(map).map(([old, now]) => [now, old]))
  if (Object.keys(back).length < Object.keys(map).length) return null
  return { process, from: to, to: from, map: back }
}

/** Whether tokens may go from one element to the other: a form may become a step to tick off. */
export function alike(a: FlowNode, b: FlowNode): boolean {
  const kind = ({ type }: FlowNode) => (type === 'manualTask' ? 'userTask' : type)
  return kind(a) === kind(b)
}

function depthOf({ nodes }: ProcessGraph, { parent }: FlowNode): number {
  const around = parent === null ? undefined : nodes[parent]
  return around === undefined ? 0 : 1 + depthOf({ nodes } as ProcessGraph, around)
}
