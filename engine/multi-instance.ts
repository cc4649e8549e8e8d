import { Stuck } from './errors.ts'
import type { MultiInstance } from './graph.ts'
import { eventsDue, throwInLoop } from './loop-events.ts'
import type { Run } from './run.ts'
import type { Loop, Token, Value, Variables } from './state.ts'

/**
 * Starts the instances of a multi-instance activity: all of them, or the first. The token on the
 * activity is the body, and the scope of the instances. BPMN 2.0.2, 13.3.7.
 */
export function startMultiInstance(run: Run, loop: MultiInstance, body: Token): void {
  // all that is left after an incident is to hand over what the instances gave
  if (body.loop !== null) return endLoop(run, loop, body)
  const items = itemsOf(run, loop, body)
  const total = items?.length ?? cardinalityOf(run, loop, body)
  const started = loop.sequential ? Math.min(1, total) : total
  run.mustHold(body, started)
  const outputs = loop.output === null ? [] : Array<Value>(total).fill(null)
  const state: Loop = { total, started, completed: 0, outputs, items }
  run.emit({ type: 'loopStarted', token: body.id, loop: state })
  if (total === 0) return endLoop(run, loop, run.token(body.id) as Token)
  run.wait(body, { for: 'children' })
  for (let index = 0; index < started; index++) sendInstance(run, loop, state, body, index)
}

/**
 * Takes over what one instance gave, and starts the next one or ends the activity. What the instance
 * throws is thrown first: an event that interrupts the activity ends the instance before it has completed.
 */
export function advanceMultiInstance(
  run: Run,
  loop: MultiInstance,
  instance: Token,
  by: string | null
): void {
  if (loop.events.length === 0) {
    return leaveInstance(run, loop, instance, completionOf(run, loop, instance), by)
  }
  let completion = null as Completion | null
  run.later(instance, now => {
    try {
      const made = completionOf(run, loop, now)
      const due = eventsDue(run, loop, now, made.seen, made.counts)
      completion = made
      throwInLoop(run, now, due)
    } catch (error) {
      if (!(error instanceof Stuck)) throw error
      run.stuck(now, error, 'leave', by)
    }
  })
  run.later(instance, now => {
    if (completion !== null) leaveInstance(run, loop, now, completion, by)
  })
}

/** What is known when an instance has done its work. */
interface Completion {
  readonly output: Value
  /** Whether the activity ends with it. */
  readonly last: boolean
  readonly counts: Variables
  /** What the conditions of the loop see. */
  readonly seen: (name: string) => unknown
}

function completionOf(run: Run, loop: MultiInstance, instance: Token): Completion {
  const body = run.token(instance.scope as string) as Token
  const { total, started, completed, outputs, items } = body.loop as Loop
  const index = instance.index as number
  const output: Value =
    loop.outputElement === null
      ? null
      : run.evaluate(loop.outputElement, run.lookup(instance.id), `<${body.at}> gives its output`)
  const active = run.countIn(body.id) - 1
  const counts: Variables = {
    loopCounter: index + 1,
    numberOfInstances: total,
    numberOfActiveInstances: active,
    numberOfCompletedInstances: completed + 1,
    numberOfTerminatedInstances: started - completed - 1 - active
  }
  const known = { ...itemVariables(loop, body.loop as Loop, index), ...counts }
  const outwards = run.lookup(body.id, known)
  const seen = (name: string) => {
    if (name === loop.output) return outputs.with(index, output)
    if (name === loop.collection) return items
    return name === loop.outputElement ? output : outwards(name)
  }
  const where = `completion condition of <${body.at}>`
  const last =
    (active === 0 && started === total) ||
    (loop.completion !== null && run.holds(loop.completion, seen, where))
  return { output, last, counts, seen }
}

function leaveInstance(
  run: Run,
  loop: MultiInstance,
  instance: Token,
  { output, last }: Completion,
  by: string | null
): void {
  const body = instance.scope as string
  const index = instance.index as number
  run.leave(instance, { type: 'elementCompleted', token: instance.id, element: instance.at, by })
  run.emit({ type: 'loopAdvanced', token: body, index, completed: true, output })
  const now = run.token(body) as Token
  if (last) {
    run.terminateInside(body)
    return endLoop(run, loop, now)
  }
  const { started } = now.loop as Loop
  if (!loop.sequential) return
  run.emit({ type: 'loopAdvanced', token: body, index: started, completed: false, output: null })
  sendInstance(run, loop, now.loop as Loop, now, started)
}

/** Hands over what the instances gave and goes on. */
function endLoop(run: Run, { output, takes }: MultiInstance, body: Token): void {
  try {
    const given: Variables = output === null ? {} : { [output]: body.loop?.outputs ?? [] }
    if (takes.length > 0) run.map(body, takes, given)
    else run.set(body.scope, given)
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    return run.stuck(body, error, 'activate')
  }
  run.goOn(body)
}

function sendInstance(
  run: Run,
  loop: MultiInstance,
  state: Loop,
  body: Token,
  index: number
): void {
  run.send(body.at, body.id, { index, variables: itemVariables(loop, state, index) })
}

/** The number of an instance, from 1, and its item. */
export function itemVariables(loop: MultiInstance, { items }: Loop, index: number): Variables {
  const item =
    loop.element === null || items === null ? {} : { [loop.element]: items[index] ?? null }
  return { loopCounter: index + 1, ...item }
}

function itemsOf(run: Run, loop: MultiInstance, body: Token): readonly Value[] | null {
  if (loop.collection === null) return null
  const filled = run.mapped(loop.fills, run.lookup(body.scope), body)
  const see = run.lookup(body.id, filled)
  const items = run.evaluate(loop.collection, see, `collection of <${body.at}>`)
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

function tooMany({ limits }: Run, body: Token, count: number): Stuck {
  return new Stuck(
    'multi-instance',
    `expected <${body.at}> to have at most ${limits.instances} instances, found ${count}`
  )
}
