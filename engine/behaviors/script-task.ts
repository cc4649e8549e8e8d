import { Stuck } from '../errors.ts'
import type { ScriptTask } from '../graph.ts'
import type { Variables } from '../state.ts'
import type { Behavior } from './behavior.ts'

/**
 * Evaluates its FEEL script at once. BPMN 2.0.2, 13.3.3. Without a result variable the script gives a
 * context, whose entries become variables.
 */
export const scriptTask: Behavior<ScriptTask> = {
  activate(run, node, token) {
    const value = run.evaluate(node.script, run.lookup(token.id), `script of <${node.id}>`)
    if (node.result !== null) return run.finish(token, { [node.result]: value })
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      throw new Stuck(
        'expression',
        `script of <${node.id}>: expected a context, or a result variable, found ${JSON.stringify(value)}`
      )
    }
    run.finish(token, value as Variables)
  }
}
