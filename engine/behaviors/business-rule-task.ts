import { Stuck } from '../errors.ts'
import type { BusinessRuleTask } from '../graph.ts'
import type { Behavior } from './behavior.ts'

/**
 * Rests until its rule is decided, within the same commit. BPMN 2.0.2, 13.3.3. The facts are the
 * in-mappings; deciding is the runtime's, so that a step stays pure.
 */
export const businessRuleTask: Behavior<BusinessRuleTask> = {
  activate(run, node, token) {
    const date =
      node.date === null
        ? null
        : run.evaluate(node.date, run.lookup(token.id), `date of <${node.id}>`)
    if (date !== null && typeof date !== 'string') {
      throw new Stuck(
        'expression',
        `date of <${node.id}>: expected a date, found ${JSON.stringify(date)}`
      )
    }
    run.wait(token, { for: 'decision', rule: node.rule, facts: run.inputOf(node, token), date })
  }
}
