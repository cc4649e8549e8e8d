import { subscribeTo } from '../event-definitions/index.ts'
import type { IntermediateCatchEvent } from '../graph.ts'
import type { Behavior } from './behavior.ts'

/**
 * Waits until its event happens, then takes over what it brought. BPMN 2.0.2, 13.5.2. A link has happened when a
 * token comes to its catching end.
 */
export const catchEvent: Behavior<IntermediateCatchEvent> = {
  activate(run, node, token) {
    if (node.on.kind === 'link') return run.finish(token, {})
    subscribeTo(run, node.on, { element: node.id, token: token.id, scope: token.scope, part: null })
    run.wait(token, { for: 'event' })
  }
}
