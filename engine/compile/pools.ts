import type { ElementId } from '../graph.ts'
import { type Element, listOf, type Problems } from './elements.ts'

/**
 * What stands between pools and in lanes. A message flow joins two pools, a process has one pool, and an element
 * stands in one lane of a set. BPMN 2.0.2, 9.3, 9.4 and 10.8.
 */
export function checkPools(roots: readonly Element[], problems: Problems): void {
  const processes = roots.filter(({ $type }) => $type === 'bpmn:Process')
  const processOf = new Map<Element, Element>()
  for (const process of processes) {
    for (const element of inside(process)) processOf.set(element, process)
    checkLanes(process, problems)
  }
  for (const collaboration of roots) {
    if (!listOf(collaboration, 'participants').length) continue
    const poolOf = new Map<Element, Element>()
    for (const pool of listOf(collaboration, 'participants')) {
      const process = pool.processRef as Element | undefined
      if (process === undefined) continue
      const other = poolOf.get(process)
      if (other !== undefined)
        problems.add(
          pool,
          `expected one pool of process <${process.id}>, found <${other.id}> as well`
        )
      else poolOf.set(process, pool)
    }
    for (const flow of listOf(collaboration, 'messageFlows')) {
      checkMessageFlow(flow, element => poolAround(element, processOf, poolOf), problems)
    }
  }
}

/** Every element of a process or a sub-process, with what is inside. */
function inside(container: Element): readonly Element[] {
  return listOf(container, 'flowElements').flatMap(each => [each, ...inside(each)])
}

// message flows ///////////////////////////////////////////////////////////////

function poolAround(
  element: Element,
  processOf: ReadonlyMap<Element, Element>,
  poolOf: ReadonlyMap<Element, Element>
): Element | null {
  if (element.$type === 'bpmn:Participant') return element
  const process = processOf.get(element)
  return process === undefined ? null : (poolOf.get(process) ?? process)
}

const ENDS = {
  source: ['bpmn:IntermediateThrowEvent', 'bpmn:EndEvent'],
  target: ['bpmn:StartEvent', 'bpmn:IntermediateCatchEvent', 'bpmn:BoundaryEvent']
} as const

function checkMessageFlow(
  flow: Element,
  around: (element: Element) => Element | null,
  problems: Problems
): void {
  const pools = (['source', 'target'] as const).map(end => {
    const element = flow[`${end}Ref`] as Element | undefined
    if (element === undefined) {
      problems.add(flow, `expected a message flow to have a ${end}`)
      return null
    }
    if (!mayEnd(element, end)) {
      const event = end === 'source' ? 'a throwing message event' : 'a catching message event'
      const kind = element.$type.replace('bpmn:', '')
      problems.add(
        flow,
        `expected the ${end} of a message flow to be a pool, an activity or ${event}, found ${kind} <${element.id}>`
      )
    }
    return around(element)
  })
  const [from, to] = pools
  if (from !== null && from === to)
    problems.add(
      flow,
      `expected a message flow to lead to another pool, found both ends in <${from?.id}>; inside a pool a sequence flow leads on`
    )
}

/** A pool, an activity, or an event that is about a message or, as drawing tools leave it open, about nothing. */
function mayEnd(element: Element, end: 'source' | 'target'): boolean {
  if (element.$type === 'bpmn:Participant') return true
  const events: readonly string[] = ENDS[end]
  if (events.includes(element.$type)) {
    const definitions = [
      ...listOf(element, 'eventDefinitions'),
      ...listOf(element, 'eventDefinitionRef')
    ]
    return definitions.length === 0 || definitions.some(each => /Message/.test(each.$type))
  }
  return /Task$|SubProcess$|Transaction$|CallActivity$/.test(element.$type)
}

// lanes ///////////////////////////////////////////////////////////////////////

/** The role of a person's task is that of its lane: two lanes side by side would leave it open. */
function checkLanes(process: Element, problems: Problems): void {
  for (const container of [process, ...inside(process)]) {
    for (const set of listOf(container, 'laneSets')) {
      const laneOf = new Map<Element, ElementId>()
      for (const lane of leaves(set)) {
        for (const element of new Set(listOf(lane, 'flowNodeRef'))) {
          const other = laneOf.get(element)
          if (other !== undefined)
            problems.add(
              element,
              `expected this element in one lane, found it in <${other}> and <${lane.id}>`
            )
          laneOf.set(element, String(lane.id))
        }
      }
    }
  }
}

/** The innermost lanes: those around them list the same elements again. */
function leaves(set: Element): readonly Element[] {
  return listOf(set, 'lanes').flatMap(lane =>
    lane.childLaneSet === undefined ? [lane] : leaves(lane.childLaneSet as Element)
  )
}
