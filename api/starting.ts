import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '../engine/context.ts'
import { CommandRefused } from '../engine/errors.ts'
import type { FlowNode, Lane, ProcessGraph } from '../engine/graph.ts'
import { plainStarts } from '../engine/instantiating.ts'
import type { Value, Variables } from '../engine/state.ts'
import type { Start } from '../runtime/door.ts'
import type { CommitRecord } from '../runtime/store.ts'
import type { Deps } from './services.ts'

/**
 * Starts a case once: false when this very case had been started by the same request before.
 *
 * @throws CommandRefused `already-started` when the id is that of another case
 */
export async function startOnce(
  { store, runtime, rulebook }: Pick<Deps, 'store' | 'runtime' | 'rulebook'>,
  start: Start & { readonly instance: string }
): Promise<boolean> {
  const { instance, office, process, variables, by } = start
  if ((await store.load(instance)) === null && (await tryStart(runtime, start))) return true
  const [first] = await store.history(instance)
  const bound = rulebook.bound(office, process)
  const processes = bound === null ? [process] : [process, bound]
  if (first !== undefined && isSameStart(first, { actor: by, office, variables, processes })) {
    return false
  }
  throw new CommandRefused('already-started', `instance <${instance}> is already there`)
}

/** False when the same request, sent twice at once, was faster. */
async function tryStart(runtime: Pick<Deps['runtime'], 'start'>, start: Start): Promise<boolean> {
  try {
    await runtime.start(start)
    return true
  } catch (error) {
    if (error instanceof CommandRefused && error.code === 'already-started') return false
    throw error
  }
}

/** Set by the runtime when a case starts, beside what the form gave. */
const SET_AT_START = new Set(['caseNumber', 'submitted', 'channel'])

/** Whether a case was started by this very request: same person, office, process and content. */
function isSameStart(
  { by, events }: CommitRecord,
  same: {
    readonly actor: Actor
    readonly office: string
    readonly variables: Variables
    readonly processes: readonly string[]
  }
): boolean {
  const [started] = events
  if (started?.type !== 'instanceStarted') return false
  const { office, process, variables } = started
  return (
    by.id === same.actor.id &&
    by.unit === same.actor.unit &&
    office === same.office &&
    same.processes.includes(process) &&
    isDeepStrictEqual(given(variables), given(same.variables))
  )
}

function given(variables: Variables): { readonly [name: string]: Value } {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !SET_AT_START.has(name)))
}

/** Whether a person may begin a process at all: one that only events begin has no start for people. */
export function hasPlainStart(graph: ProcessGraph): boolean {
  return plainStarts(graph).length > 0
}

/** The start event that a person uses. */
export function startOf(graph: ProcessGraph): FlowNode {
  const starts = graph.starts.map(id => graph.nodes[id] as FlowNode)
  const plain = starts.find(node => node.type === 'startEvent' && node.on.kind === 'none')
  const start = plain ?? starts[0]
  if (start === undefined) throw new Error(`expected process <${graph.id}> to have a start event`)
  return start
}

/** The lane of the start event that a person uses, or null. */
export function startLane(graph: ProcessGraph): Lane | null {
  const { lane } = startOf(graph)
  return lane === null ? null : (graph.lanes[lane] ?? null)
}
