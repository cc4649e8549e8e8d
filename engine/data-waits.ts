import { followed, followsInputs, missingInputs, missingOf } from './data.ts'
import { Stuck } from './errors.ts'
import { isActivity } from './graph.ts'
import { NOTHING } from './ledger.ts'
import type { Run } from './run.ts'
import type { Token, TokenId } from './state.ts'

/** What a token rests for that goes on only when another one does. */
const STARVED: ReadonlySet<string> = new Set(['data', 'join', 'reset', 'children', 'compensation'])

/** A process ends with one of its output sets whole: what it lacks is told at its last token. */
export function missingAtEnd(run: Run, scope: TokenId | null): Stuck | null {
  if (scope !== null && run.token(scope)?.called == null) return null
  const { id, io } = run.graphIn(scope)
  if (io === null || run.countIn(scope) !== 1) return null
  const { variables } = scope === null ? run.state : (run.token(scope) as Token)
  const missing = missingOf(io.outputs, variables ?? NOTHING)
  if (missing === null) return null
  const names = missing.map(name => `<${name}>`).join(', ')
  return new Stuck('data', `process <${id}> ends without its data: expected a value of ${names}`)
}

/** Everything rests: an activity begins whose data is there now, and inputs follow their sources. */
export function bringData(run: Run): boolean {
  for (const token of Object.values(run.state.tokens)) {
    const { wait } = token
    if (wait === null || wait.for === 'incident') continue
    if (wait.for !== 'data' && !followsInputs(run.graphIn(token.scope))) continue
    const node = run.nodeOf(token)
    if (!isActivity(node) || node.io === null) continue
    if (wait.for === 'data') {
      let missing: readonly string[] | null = null
      const known = run.attempt(token, 'activate', () => {
        missing = missingInputs(run, node, token)
      })
      if (known && missing !== null) continue
      if (known) run.activate(token, NOTHING)
      return true
    }
    const values = followed(run, node, token)
    if (values !== null) run.emit({ type: 'variablesSet', scope: token.id, variables: values })
  }
  return false
}

/** Everything rests for good: data that nothing is left to bring is an incident, never waited for in silence. */
export function starve(run: Run): void {
  const { tokens, subscriptions, suspended } = run.state
  const resting = Object.values(tokens)
  if (suspended !== null || !resting.some(({ wait }) => wait?.for === 'data')) return
  for (const _ in subscriptions) return
  if (!resting.every(({ wait }) => wait !== null && STARVED.has(wait.for))) return
  for (const token of resting) {
    if (token.wait?.for !== 'data') continue
    const names = token.wait.missing.map(name => `<${name}>`).join(', ')
    const what = `<${token.at}> waits for data that nothing is left to bring: ${names}`
    run.stuck(token, new Stuck('data', what), 'activate')
  }
}
