import type { Task } from '../graph.ts'
import type { Behavior } from './behavior.ts'

/** An abstract task says nothing about its work and completes on activation. BPMN 2.0.2, 13.3.3. */
export const task: Behavior<Task> = {
  activate(run, _node, token) {
    run.finish(token, {})
  }
}
