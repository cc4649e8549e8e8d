import { Stuck } from './errors.ts'
import { isActivity, type MultiInstance } from './graph.ts'
import type { Run } from './run.ts'
import type { Loop, Token, Value, Variables } from './state.ts'

/**
 * Starts the instances of a multi-instance activity: all of them, or the first. The token on the
 * activity is the body, and the scope of the instances. BPMN 2.0.2, 13.3.7.
 */
export function startLoop(run: Run, loop: MultiInstance, body: Token): void {
  const items = itemsOf(run, loop, body)
  const total = items?.length ?? cardinalityOf(run, loop, body)
  const started = loop.sequential ? Math.min(1, total) : total
  const state: Loop = { total, started, completed: 0, outputs: Array(total).fill(null), items }
  run.emit({ type: 'loopStarted', token: body.id, loop: state })
  if (total === 0) return endLoop(run, loop, run.token(body.id) as Token)
  run.wait(body, { for: 'children' })
  for (let index = 0; index < started; index++) sendInstance(run, loop, state, body, index)
}

/** Takes over what one instance gave, and starts the next one or ends the activity. */
export function advanceLoop(run: Run, instance: Token, by: string | null): void {
  const body = run.token(instance.scope as string) as Token
  const node = run.nodeOf(body)
  if (!isActivity(node) || node.multiInstance === null || body.loop === null) {
    throw new Error(`expected <${node.id}> to be a multi-instance activity`)
  }
  const loop = node.multiInstance
  const index = instance.index as number
  const output: Value =
    loop.outputElement === null
      ? null
      : run.evaluate(loop.outputElement, run.lookup(instance.id), `<${node.id}> gives its output`)
  const counts: Variables = {
    numberOfInstances: body.loop.total,
    numberOfCompletedInstances: body.loop.completed + 1,
    numberOfActiveInstances: body.loop.started - body.loop.completed - 1,
    numberOfTerminatedInstances: 0
  }
  const done =
    body.loop.completed + 1 === body.loop.total ||
    (loop.completion !== null &&
      run.holds(
        loop.completion,
        run.lookup(body.id, counts),
        `completion condition of <${node.id}>`
      ))

  run.leave(instance, { type: 'elementCompleted', token: instance.id, element: instance.at, by })
  run.emit({ type: 'loopAdvanced', token: body.id, index, completed: true, output })
  const now = run.token(body.id) as Token
  if (done) {
    run.terminateInside(body.id)
    return endLoop(run, loop, now)
  }
  const { started, total } = now.loop as Loop
  if (loop.sequential && started < total) {
    run.emit({
      type: 'loopAdvanced',
      token: body.id,
      index: started,
      completed: false,
      output: null
    })
    sendInstance(run, loop, now.loop as Loop, body, started)
  }
}

/** Hands over what the instances gave and goes on. */
function endLoop(run: Run, loop: MultiInstance, body: Token): void {
  if (loop.output !== null) run.set(body.scope, { [loop.output]: body.loop?.outputs ?? [] })
  run.goOn(body)
}

function sendInstance(
  run: Run,
  loop: MultiInstance,
  state: Loop,
  body: Token,
  index: number
): void {
  run.send(body.at, body.id, { index, variables: instanceVariables(loop, state, index) })
}

/** What an instance sees of its loop: its number, from 1, and its item. */
export function instanceVariables(loop: MultiInstance, { items }: Loop, index: number): Variables {
  const item =
    loop.element === null || items === null ? {} : { [loop.element]: items[index] ?? null }
  return { loopCounter: index + 1, ...item }
}

function itemsOf(run: Run, loop: MultiInstance, body: Token): readonly Value[] | null {
  if (loop.collection === null) return null
  const items = run.evaluate(loop.collection, run.lookup(body.id), `collection of <${body.at}>`)
  if (!Array.isArray(items)) {
    throw new Stuck(
      'multi-instance',
      `collection of <${body.at}>: ${loop.collection}: expected a list, found ${JSON.stringify(items)}`
    )
  }
  if (items.length > run.limits.instances) throw tooMany(run, body, items.length)
  return items
}

function cardinalityOf(run: Run, loop: MultiInstance, body: Token): number {
  const text = loop.cardinality ?? '0'
  const count = run.evaluate(text, run.lookup(body.id), `cardinality of <${body.at}>`)
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) {
    throw new Stuck(
      'multi-instance',
      `cardinality of <${body.at}>: ${text}: expected a whole number from 0, found ${JSON.stringify(count)}`
    )
  }
  if (count > run.limits.instances) throw tooMany(run, body, count)
  return count
}

function tooMany(run: Run, body: Token, count: number): Stuck {
  return new Stuck(
    'multi-instance',
    `expected <${body.at}> to have at most ${run.limits.instances} instances, found ${count}`
  )
}
