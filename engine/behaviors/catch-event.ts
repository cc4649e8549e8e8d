import { subscribeTo } from '../event-definitions/index.ts'
import type { IntermediateCatchEvent } from '../graph.ts'
import type { Behavior } from './behavior.ts'

/** Waits until its event happens, then takes over what it brought. BPMN 2.0.2, 13.5.2. */
export const catchEvent: Behavior<IntermediateCatchEvent> = {
  activate(run, node, token) {
    subscribeTo(run, node.on, { element: node.id, token: token.id, scope: token.scope, part: null })
    run.wait(token, { for: 'event' })
  }
}
