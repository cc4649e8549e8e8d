import { openEventSubProcesses } from '../event-sub-process.ts'
import type { SubProcess, Transaction } from '../graph.ts'
import type { Behavior } from './behavior.ts'

/**
 * Is the scope of what it holds: starts it, and goes on when nothing is left inside. BPMN 2.0.2,
 * 13.3.4; an event sub-process is the same, begun by its start event (13.5.4), and so is a transaction (10.3.5).
 */
export const subProcess: Behavior<SubProcess | Transaction> = {
  activate(run, node, token, payload) {
    run.wait(token, { for: 'children' })
    openEventSubProcesses(run, node.eventSubProcesses, token.id)
    run.startScope(token.id, node.starts, payload)
  },
  ended(run, _node, token) {
    run.finish(token, {})
  }
}
