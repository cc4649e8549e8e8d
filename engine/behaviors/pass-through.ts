import { subscribeTo } from '../event-definitions/index.ts'
import type { BoundaryEvent, StartEvent } from '../graph.ts'
import type { Behavior } from './behavior.ts'

/**
 * An event that has happened already when its token appears: it takes over what it brought and goes
 * on at once. Only the start of a process that wants several events waits for the others here. BPMN 2.0.2, 13.5.1 (start) and 13.5.3 (boundary).
 */
export const passThrough: Behavior<StartEvent | BoundaryEvent> = {
  activate(run, node, token, payload) {
    const all = node.on.kind === 'multiple' && node.on.parallel
    if (!(all && node.type === 'startEvent' && node.parent === null)) {
      return run.finish(token, payload)
    }
    subscribeTo(run, node.on, { element: node.id, token: token.id, scope: token.scope, part: null })
    run.wait(token, { for: 'event' })
  }
}
