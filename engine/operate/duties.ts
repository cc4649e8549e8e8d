import { suppliedFor } from '../behaviors/call-activity.ts'
import { CommandRefused } from '../errors.ts'
import {
  type CallActivity,
  type ElementId,
  type FlowNode,
  isActivity,
  type ProcessGraph
} from '../graph.ts'
import { collectedBy } from '../loop.ts'
import type { Run } from '../run.ts'
import { routesOf } from './routes.ts'

/** A task as `process:Element`; a variant counts as the process that it varies. */
export type TaskKey = string
/** Two tasks that the same person may not do (`alur:notSameAs`). */
type Pair = readonly [TaskKey, TaskKey]

/** @throws CommandRefused unless an operator of the office, or of a unit above it, acts */
export function mustOperate(run: Run, what: string): void {
  const { actor, office } = run.context
  if (actor.kind === 'system') return
  const inside = office.line.some(({ id }) => id === actor.unit)
  if (inside && actor.roles.includes('operator')) return
  throw new CommandRefused('not-allowed', `expected an operator of <${office.id}> to ${what}`)
}

/**
 * The tasks under separation of duties that an operator stands in for by leaving them out, or by stating
 * what they own. Whoever intervenes does none of the tasks of such a pair in the case, before or after,
 * and nobody stands in for both of a pair.
 *
 * @throws CommandRefused `same-person`
 */
export function standingIn(
  run: Run,
  what: string,
  leftOut: readonly TaskKey[],
  stated: readonly string[] = [],
  /** The element whose own results are stated. */
  own: TaskKey | null = null
): readonly TaskKey[] {
  mustOperate(run, what)
  const { actor } = run.context
  const graphs = graphsOf(run)
  const pairs = pairsIn(run, graphs)
  if (pairs.length === 0 || actor.kind === 'system') return []
  const tasks = new Set(pairs.flat())
  const owners = stated.flatMap(name => ownersOf(run, graphs, tasks, name, own))
  const standsInFor = [...new Set([...leftOut, ...owners])].filter(id => tasks.has(id))

  const before = run.state.operators[actor.id] ?? []
  const done = [...tasks].find(
    id => !before.includes(id) && performersOf(run, id).includes(actor.id)
  )
  if (done !== undefined) {
    throw new CommandRefused(
      'same-person',
      `expected another person to ${what} than the one who completed <${elementOf(done)}>`
    )
  }
  const all = new Set([...before, ...standsInFor])
  const both = pairs.find(pair => pair.every(id => all.has(id)))
  if (both !== undefined) {
    const [task, other] = both.map(elementOf)
    throw new CommandRefused(
      'same-person',
      `expected two persons to stand in for <${task}> and <${other}>; <${actor.id}> alone may not ${what}`
    )
  }
  return standsInFor
}

/** @throws CommandRefused when one of those who would have a hand in a task under separation of duties intervened in the case */
export function mustNotHaveIntervened(
  run: Run,
  graph: ProcessGraph,
  element: ElementId,
  hands: readonly string[]
): void {
  const who = hands.find(id => Object.hasOwn(run.state.operators, id))
  if (who === undefined) return
  const key = keyIn(graph, element)
  if (!pairsIn(run, graphsOf(run)).some(pair => pair.includes(key))) return
  throw new CommandRefused(
    'same-person',
    `expected another person to complete <${element}> than <${who}>, who intervened in the case as an operator`
  )
}

// what a jump leaves out //////////////////////////////////////////////////////

/** What a token could still have passed and, from where it is put, no longer can. */
export function leftOutByMove(
  run: Run,
  graph: ProcessGraph,
  from: ElementId,
  to: ElementId
): TaskKey[] {
  const routes = routesOf(graph)
  const still = routes.ahead(to)
  const passed = [from, ...routes.ahead(from)].filter(id => id !== to && !still.has(id))
  return withCalled(run, graph, passed)
}

/** What stands before an element and nobody has done. */
export function leftOutBefore(run: Run, graph: ProcessGraph, element: ElementId): TaskKey[] {
  const routes = routesOf(graph)
  const standIns = new Set(Object.values(run.state.operators).flat())
  const before = Object.keys(graph.nodes).filter(
    id => id !== element && routes.ahead(id).has(element)
  )
  return withCalled(run, graph, before).filter(
    id => !standIns.has(id) && performersOf(run, id).length === 0
  )
}

/** What nobody comes to any more when a token ends; other tokens may still pass it. */
export function leftOutByRemoval(
  run: Run,
  graph: ProcessGraph,
  from: ElementId,
  others: readonly ElementId[]
): TaskKey[] {
  const routes = routesOf(graph)
  const still = new Set(others.flatMap(id => [id, ...routes.ahead(id)]))
  const passed = [from, ...routes.ahead(from)].filter(id => !still.has(id))
  return withCalled(run, graph, passed)
}

/** What is inside an element, and the element itself. */
export function inside(run: Run, graph: ProcessGraph, element: ElementId): TaskKey[] {
  const within = (id: ElementId | null): boolean =>
    id === element || (id !== null && within(graph.nodes[id]?.parent ?? null))
  return withCalled(run, graph, Object.keys(graph.nodes).filter(within))
}

/** Elements with all that those among them that are call activities call. */
function withCalled(
  run: Run,
  graph: ProcessGraph,
  ids: readonly string[],
  seen: ReadonlySet<ElementId> = new Set([graph.id])
): TaskKey[] {
  return ids.flatMap(id => {
    const node = graph.nodes[id]
    if (node === undefined) return []
    const key = keyIn(graph, id)
    if (node.type !== 'callActivity') return [key]
    const called = calledBy(run, graph, node)
    if (called === null || seen.has(called.id)) return [key]
    const inside = new Set([...seen, called.id])
    return [key, ...withCalled(run, called, Object.keys(called.nodes), inside)]
  })
}

// the processes of a case /////////////////////////////////////////////////////

/** The process of a case and all that it has called or may call. */
function graphsOf(run: Run): readonly ProcessGraph[] {
  const found = new Map<string, ProcessGraph>()
  const add = (graph: ProcessGraph | null) => {
    if (graph === null || found.has(`${graph.id}@${graph.version}`)) return
    found.set(`${graph.id}@${graph.version}`, graph)
    for (const node of Object.values(graph.nodes)) {
      if (node.type === 'callActivity') add(calledBy(run, graph, node))
    }
  }
  add(run.graphIn(null))
  for (const { called } of Object.values(run.state.tokens)) {
    if (called !== null) add(run.context.findProcess(called.process, called.version))
  }
  return [...found.values()]
}

function calledBy(run: Run, graph: ProcessGraph, node: CallActivity) {
  const { id: process, version } = graph
  const { binding } = node
  const calls = suppliedFor(node, run.context) ?? node.calls
  if (binding === 'office') return run.context.findProcess(calls, null)
  if (binding !== 'deployment') return run.context.findProcess(calls, binding)
  return run.context.findProcess(calls, { deployedWith: { process, version } })
}

export function keyIn({ id, variantOf }: ProcessGraph, element: ElementId): TaskKey {
  return `${variantOf ?? id}:${element}`
}

function elementOf(key: TaskKey): ElementId {
  return key.slice(key.lastIndexOf(':') + 1)
}

/** Everybody who had a hand in a task. */
function performersOf(run: Run, key: TaskKey): readonly string[] {
  return Object.entries(run.state.performers).flatMap(([process, done]) =>
    Object.entries(done).flatMap(([element, persons]) =>
      `${national(run, process)}:${element}` === key ? persons : []
    )
  )
}

function national(run: Run, process: ElementId): ElementId {
  return run.context.findProcess(process, null)?.variantOf ?? process
}

function pairsIn(run: Run, graphs: readonly ProcessGraph[]): readonly Pair[] {
  return graphs.flatMap(graph =>
    Object.values(graph.nodes).flatMap(node =>
      'notSameAs' in node
        ? node.notSameAs.map((name): Pair => {
            const at = name.lastIndexOf(':')
            const element = name.slice(at + 1)
            const other = `${national(run, name.slice(0, at))}:${element}`
            return [keyIn(graph, node.id), at < 0 ? keyIn(graph, element) : other]
          })
        : []
    )
  )
}

/** The tasks under separation of duties that write a variable. @throws CommandRefused when a rule alone may decide it */
function ownersOf(
  run: Run,
  graphs: readonly ProcessGraph[],
  tasks: ReadonlySet<TaskKey>,
  name: string,
  own: TaskKey | null
): readonly TaskKey[] {
  const owners = graphs.flatMap(graph =>
    Object.values(graph.nodes).flatMap(node => {
      const key = keyIn(graph, node.id)
      if (!tasks.has(key) && node.type !== 'businessRuleTask' && key !== own) return []
      return (namesOf(run, graph, node)?.includes(name) ?? true) ? [{ key, node }] : []
    })
  )
  if (owners.some(({ key }) => key === own)) return []
  const rule = owners.find(({ node }) => node.type === 'businessRuleTask')
  if (rule === undefined) return owners.map(({ key }) => key)
  throw new CommandRefused(
    'not-allowed',
    `expected <${name}> to be decided by <${rule.node.id}>: put a token there, or skip it with its outcome`
  )
}

/** The variables that an element writes; null: nobody can tell. */
function namesOf(run: Run, graph: ProcessGraph, node: FlowNode): readonly string[] | null {
  const collected = isActivity(node) ? collectedBy(node) : []
  const names = ownNamesOf(run, graph, node)
  return names === null ? null : [...names, ...collected]
}

function ownNamesOf(run: Run, graph: ProcessGraph, node: FlowNode): readonly string[] | null {
  if ('outputs' in node && node.outputs.length > 0) {
    return node.outputs.map(({ target }) => target.split('.')[0] as string)
  }
  if (node.type === 'businessRuleTask') return node.result === null ? [] : [node.result]
  if (!('notSameAs' in node)) return []
  return run.context.formNames?.(graph.id, graph.version, node.id) ?? null
}
