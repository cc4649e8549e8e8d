import { Stuck } from '../errors.ts'
import { openEventSubProcesses } from '../event-sub-process.ts'
import type { CallActivity } from '../graph.ts'
import type { Behavior } from './behavior.ts'

/**
 * Runs another process as its scope, inside the same instance: one history, one commit. BPMN 2.0.2,
 * 13.3.5. The called process sees the in-mappings alone; the out-mappings read its variables.
 */
export const callActivity: Behavior<CallActivity> = {
  activate(run, node, token, payload) {
    const called = run.context.findProcess(node.calls, null)
    if (called === null) throw new Stuck('no-process', `process <${node.calls}> is not deployed`)
    const { id: process, version } = called
    run.emit({ type: 'processCalled', token: token.id, element: node.id, process, version })
    run.wait(token, { for: 'children' })
    openEventSubProcesses(run, called.eventSubProcesses, token.id)
    run.startScope(token.id, startsOf(called.starts, called), payload)
  },
  ended(run, _node, token) {
    run.finish(token, {})
  }
}

/** A called process begins at its starts without a trigger. */
function startsOf(
  starts: readonly string[],
  { id, nodes }: { readonly id: string; readonly nodes: Readonly<Record<string, object>> }
): readonly string[] {
  const plain = starts.filter(start => {
    const node = nodes[start] as { type: string; on?: { kind: string } }
    return node.type !== 'startEvent' || node.on?.kind === 'none'
  })
  if (plain.length > 0 || starts.length === 0) return plain
  throw new Stuck('no-process', `process <${id}> has no start event without a trigger to be called by`)
}
