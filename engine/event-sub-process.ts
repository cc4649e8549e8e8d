import { subscribeTo } from './event-definitions/index.ts'
import type { ElementId, StartEvent, SubProcess } from './graph.ts'
import type { Run } from './run.ts'
import type { TokenId } from './state.ts'

/** Opens what the event sub-processes of a scope wait for, as long as the scope lives. */
export function openEventSubProcesses(
  run: Run,
  ids: readonly ElementId[],
  scope: TokenId | null
): void {
  for (const id of ids) {
    const { starts } = run.node(id, scope) as SubProcess
    const start = run.node(starts[0] as ElementId, scope) as StartEvent
    subscribeTo(run, start.on, { element: start.id, token: scope, scope, part: null })
  }
}
