import { messageFrom } from '../event-definitions/message.ts'
import type { SendTask } from '../graph.ts'
import type { Behavior } from './behavior.ts'

/** Sends its message to other instances, or asks for a job that sends. BPMN 2.0.2, 13.3.3. */
export const sendTask: Behavior<SendTask> = {
  activate(run, node, token) {
    if (node.job !== null) return run.runJob(token, node.job, run.inputOf(node, token))
    if (node.message === null) throw new Error(`expected <${node.id}> to have a job or a message`)
    const data = run.inputOf(node, token)
    run.publish(token, messageFrom(run, token, node.message, token.id, data))
    run.finish(token, {})
  }
}
