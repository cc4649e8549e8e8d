import type { FlowNode, ProcessGraph } from '../graph.ts'
import { attribute, documentationOf, type Element, type Problems } from './elements.ts'
import { dataSetsOf, declaredBy } from './item-aware.ts'
import { nodeFrom, type Place } from './nodes.ts'

const GLOBAL_TASKS: readonly string[] = [
  'bpmn:GlobalTask',
  'bpmn:GlobalUserTask',
  'bpmn:GlobalManualTask',
  'bpmn:GlobalScriptTask',
  'bpmn:GlobalBusinessRuleTask'
]

export function isGlobalTask({ $type }: Element): boolean {
  return GLOBAL_TASKS.includes($type)
}

/** It stands alone: what is around it is known when it is called. */
const ALONE: Place = {
  parent: null,
  lane: null,
  lanes: {},
  incoming: [],
  outgoing: [],
  boundary: [],
  starts: [],
  eventSubProcesses: [],
  handler: null
}

/**
 * A global task as a process that consists of it, so that it is deployed and called as a process is. BPMN
 * 2.0.2, 10.3.7. Null, with its reasons among the problems, when it cannot run.
 */
export function globalTaskFrom(
  element: Element,
  version: number,
  problems: Problems
): ProcessGraph | null {
  if (element.id === undefined) {
    problems.add(element, 'expected a global task to have an id, by which it is called')
    return null
  }
  const node = nodeFrom(element, ALONE, problems)
  if (node === null) return null
  return {
    id: element.id,
    name: element.name ?? element.id,
    english: attribute(element, 'en') ?? '',
    documentation: documentationOf(element),
    version,
    variantOf: null,
    service: null,
    // its data is that of the callable element: the task inside sees it and has none of its own
    nodes: { [node.id]: { ...node, declares: [], io: null } as FlowNode },
    flows: {},
    lanes: {},
    starts: [node.id],
    eventSubProcesses: [],
    declares: declaredBy(element),
    payloads: [],
    correlations: [],
    io: dataSetsOf(element, { inputs: [], outputs: [] }, true),
    properties: {},
    subject: null,
    searchable: []
  }
}
