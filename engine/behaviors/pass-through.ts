import type { BoundaryEvent, StartEvent } from '../graph.ts'
import type { Behavior } from './behavior.ts'

/**
 * An event that has happened already when its token appears: it takes over what it brought and goes
 * on at once. BPMN 2.0.2, 13.5.1 (start) and 13.5.3 (boundary).
 */
export const passThrough: Behavior<StartEvent | BoundaryEvent> = {
  activate(run, _node, token, payload) {
    run.finish(token, payload)
  }
}
