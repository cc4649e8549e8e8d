import type { Context, Wanted } from '../context.ts'
import { checkCalled, unset } from '../data.ts'
import { Stuck } from '../errors.ts'
import { openEventSubProcesses } from '../event-sub-process.ts'
import type { CallActivity, ElementId, ProcessGraph, SubProcess } from '../graph.ts'
import { plainStarts } from '../instantiating.ts'
import type { Run } from '../run.ts'
import type { Token } from '../state.ts'
import type { Behavior } from './behavior.ts'

/**
 * Runs another process as its scope, inside the same instance: one history, one commit. BPMN 2.0.2,
 * 13.3.4. A global task is a process that consists of it. The called process sees the in-mappings alone;
 * the out-mappings read its variables.
 */
export const callActivity: Behavior<CallActivity> = {
  activate(run, node, token, payload) {
    const own = suppliedFor(node, run.context)
    const called = run.context.findProcess(own ?? node.calls, wanted(run, node, token))
    if (called === null) throw new Stuck('no-process', missing(node))
    if (run.callsAround(token.scope) >= run.limits.calls) {
      throw new Stuck(
        'loop',
        `expected at most ${run.limits.calls} calls inside one another, found <${node.id}> to call <${called.id}> again`
      )
    }
    apart(node, called)
    const { id: process, version } = called
    checkCalled(called, token.variables ?? {})
    run.emit({ type: 'processCalled', token: token.id, element: node.id, process, version })
    if (called.declares.length > 0)
      run.declare(token.id, { ...unset(called.declares), ...token.variables })
    run.wait(token, { for: 'children' })
    openEventSubProcesses(run, called.eventSubProcesses, token.id)
    run.startScope(token.id, startsOf(called), payload)
  },
  ended(run, _node, token) {
    run.finish(token, {})
  }
}

/** The process that the office calls here instead, in its newest version; null: none. */
export function suppliedFor(
  { extensionPoint }: CallActivity,
  { extension }: Pick<Context, 'extension'>
): ElementId | null {
  return extensionPoint === null ? null : (extension?.(extensionPoint) ?? null)
}

function wanted(run: Run, { binding }: CallActivity, token: Token): Wanted {
  if (binding === 'office') return null
  if (binding !== 'deployment') return binding
  const { id: process, version } = run.graphIn(token.scope)
  return { deployedWith: { process, version } }
}

function missing({ calls, binding }: CallActivity): string {
  if (typeof binding === 'number') return `process <${calls}> version ${binding} is not deployed`
  if (binding !== 'deployment') return `process <${calls}> is not deployed`
  return `process <${calls}> was not deployed together with its caller`
}

/** What a call and the called process wait for is told apart by the ids of the elements. */
function apart(node: CallActivity, { id, eventSubProcesses, nodes }: ProcessGraph): void {
  for (const event of eventSubProcesses) {
    const [start] = (nodes[event] as SubProcess).starts
    if (start !== node.id && !node.boundary.includes(start as ElementId)) continue
    throw new Stuck(
      'no-process',
      `expected the event <${start}> of process <${id}> to have an id of its own, found it at <${node.id}> too`
    )
  }
}

/** A called process begins at its starts without a trigger. */
function startsOf(called: ProcessGraph): readonly ElementId[] {
  const plain = plainStarts(called)
  if (plain.length > 0 || called.starts.length === 0) return plain
  throw new Stuck(
    'no-process',
    `process <${called.id}> has no start event without a trigger to be called by`
  )
}
