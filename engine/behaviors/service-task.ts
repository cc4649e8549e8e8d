import type { ServiceTask } from '../graph.ts'
import type { Behavior } from './behavior.ts'

/** Asks for a job with the data of its in-mappings and waits for the result. BPMN 2.0.2, 13.3.3. */
export const serviceTask: Behavior<ServiceTask> = {
  activate(run, node, token) {
    run.runJob(token, node.job, run.inputOf(node, token))
  }
}
