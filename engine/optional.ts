import { Stuck } from './errors.ts'
import { type Activity, isActivity } from './graph.ts'
import type { Decision } from './messages.ts'
import type { Run } from './run.ts'
import type { Token, Variables } from './state.ts'

/** Whether a token must be told first if its activity is done here: an instance of several is not asked again. */
export function isToBeAsked(node: Activity, { index }: Token): boolean {
  return node.optional !== null && index === null
}

/**
 * Rests until the parameter of the office is read, within the same commit, by the law that the case goes by: the
 * decision is logged and explained like that of a rule.
 */
export function askWhetherDone(run: Run, node: Activity, token: Token): void {
  const submitted = run.lookup(token.scope)('submitted')
  const facts: Variables = typeof submitted === 'string' ? { submitted } : {}
  run.wait(token, { for: 'decision', rule: node.optional as string, facts, date: null })
}

/** Whether what a token rests for is the parameter that says whether its activity is done. */
export function isAsked(run: Run, token: Token): boolean {
  const node = run.nodeOf(token)
  return isActivity(node) && token.wait?.for === 'decision' && token.wait.rule === node.optional
}

/** Does the activity, or passes it over, as the office says. @throws Stuck when it says neither */
export function doOrSkip(run: Run, token: Token, { rule, outcome }: Decision): void {
  if (outcome === true) return run.beginAsked(token, {})
  if (outcome === false) return run.skip(token)
  const found = JSON.stringify(outcome)
  run.stuck(
    token,
    new Stuck('no-value', `expected <${rule}> to be true or false, found ${found}`),
    'begin'
  )
}
