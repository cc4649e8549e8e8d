import { subscribeTo } from '../event-definitions/index.ts'
import type { ReceiveTask } from '../graph.ts'
import type { Behavior } from './behavior.ts'

/**
 * Waits for its message and completes when it has come. BPMN 2.0.2, 13.3.3. One that instantiates its
 * process has received its message when the instance begins.
 */
export const receiveTask: Behavior<ReceiveTask> = {
  activate(run, node, token) {
    subscribeTo(run, node.message, {
      element: node.id,
      token: token.id,
      scope: token.id,
      part: null
    })
    run.wait(token, { for: 'event' })
  }
}
