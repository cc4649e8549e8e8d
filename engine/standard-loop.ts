import type { StandardLoop } from './graph.ts'
import type { Run } from './run.ts'
import type { Loop, Token } from './state.ts'

/**
 * Runs its activity again as long as its condition holds, one iteration after the other, asked before the
 * first one or only after it. BPMN 2.0.2, 13.3.6. The token on the activity is the body, and the scope of
 * the iterations; what an iteration gives is set around the activity, where the condition sees it.
 */
export function startStandardLoop(run: Run, loop: StandardLoop, body: Token): void {
  const begins = !loop.testBefore || goesOn(run, loop, body, 0)
  const started = begins ? 1 : 0
  const state: Loop = { total: loop.maximum, started, completed: 0, outputs: [], items: null }
  run.emit({ type: 'loopStarted', token: body.id, loop: state })
  if (!begins) return run.goOn(run.token(body.id) as Token)
  run.wait(body, { for: 'children' })
  sendIteration(run, body, 0)
}

/** Begins the next iteration, or ends the activity. */
export function advanceStandardLoop(
  run: Run,
  loop: StandardLoop,
  iteration: Token,
  by: string | null
): void {
  const body = run.token(iteration.scope as string) as Token
  const next = (body.loop as Loop).completed + 1
  const again = (loop.maximum === null || next < loop.maximum) && goesOn(run, loop, body, next)
  const { id, at, index } = iteration
  run.leave(iteration, { type: 'elementCompleted', token: id, element: at, by })
  run.emit({
    type: 'loopAdvanced',
    token: body.id,
    index: index as number,
    completed: true,
    output: null
  })
  if (!again) return run.goOn(run.token(body.id) as Token)
  run.emit({ type: 'loopAdvanced', token: body.id, index: next, completed: false, output: null })
  sendIteration(run, body, next)
}

/** `loopCounter` is here how many iterations there have been. */
function goesOn(run: Run, { condition }: StandardLoop, body: Token, loopCounter: number): boolean {
  return run.holds(
    condition,
    run.lookup(body.id, { loopCounter }),
    `loop condition of <${body.at}>`
  )
}

function sendIteration(run: Run, body: Token, index: number): void {
  run.send(body.at, body.id, { index, variables: { loopCounter: index + 1 } })
}
