import { Stuck } from './errors.ts'
import type { ComplexGateway, ElementId, SequenceFlow } from './graph.ts'
import { expectsMore, type Place } from './inclusive-join.ts'
import type { Run } from './run.ts'
import type { Token, Value } from './state.ts'

/**
 * Lets a complex gateway go on, if it may; false when it may not. BPMN 2.0.2, 13.4.5.
 *
 * The tokens that activated it stay on it and wait for its reset: that there are some is its state
 * "waiting for reset", and the flows that they came by are those from which it has consumed a token.
 * A second token on one of these flows stays for the next time.
 */
export function fireComplex(
  run: Run,
  node: ComplexGateway,
  scope: Token['scope'],
  tokens: readonly Token[],
  arrivals: readonly Place[]
): boolean {
  const here = tokens.filter(({ at }) => at === node.id)
  const kept = here.filter(({ wait }) => wait?.for === 'reset')
  const waiting = here.filter(({ wait }) => wait?.for === 'join')
  // one that got stuck here acts again with the others when it is resolved
  if (kept.length + waiting.length < here.length) return false
  if (arrivals.some(({ at }) => at === node.id)) return false
  if (kept.length > 0) return reset(run, node, kept, waiting, [...tokens, ...arrivals])

  const where = `activation condition of <${node.id}>`
  const names = namesOf(node, waiting, true)
  if (!run.holds(node.activation as string, run.lookup(scope, names), where)) return false
  const flows = activating(run, node, scope, waiting)
  for (const token of firstOfEach(waiting)) run.wait(token, { for: 'reset' })
  for (const flow of flows) run.take(flow, scope)
  return true
}

/** The flows that an activation takes; a flow without a condition is one of them. */
export function activating(
  run: Run,
  node: ComplexGateway,
  scope: Token['scope'],
  waiting: readonly Token[]
): readonly ElementId[] {
  const flows = flowsOf(run, node, scope, waiting, true)
  if (flows.length > 0 || node.outgoing.length === 0) return flows
  throw new Stuck(
    'no-flow',
    `no condition of the flows out of <${node.id}> holds, and it has no default flow`
  )
}

function reset(
  run: Run,
  node: ComplexGateway,
  kept: readonly Token[],
  waiting: readonly Token[],
  places: readonly Place[]
): boolean {
  const [first, ...others] = kept as [Token, ...Token[]]
  const received = new Set(kept.map(({ via }) => via))
  const filled = new Set([...received, ...waiting.map(({ via }) => via)])
  if (expectsMore(run.graphIn(first.scope), node, filled, places)) return false

  const flows = flowsOf(run, node, first.scope, waiting, false)
  const late = firstOfEach(waiting).filter(({ via }) => !received.has(via))
  for (const token of [...others, ...late]) run.consume(token)
  run.complete(first, flows)
  return true
}

/** The flows whose condition holds, else the default flow; none is no fault at a reset. */
function flowsOf(
  run: Run,
  node: ComplexGateway,
  scope: Token['scope'],
  waiting: readonly Token[],
  waitingForStart: boolean
): readonly ElementId[] {
  const { flows } = run.graphIn(scope)
  const lookup = run.lookup(scope, namesOf(node, waiting, waitingForStart))
  const taken = node.outgoing.filter(id => {
    const { condition } = flows[id] as SequenceFlow
    if (id === node.defaultFlow) return false
    if (condition === null) return waitingForStart
    return run.holds(condition, lookup, `sequence flow <${id}>`)
  })
  return taken.length > 0 || node.defaultFlow === null ? taken : [node.defaultFlow]
}

/** What the conditions of a complex gateway see beside the data: each flow's tokens by its id. */
function namesOf(
  { incoming }: ComplexGateway,
  waiting: readonly Token[],
  waitingForStart: boolean
): Readonly<Record<string, Value>> {
  const counts = incoming.map(flow => [flow, waiting.filter(({ via }) => via === flow).length])
  const activationCount = counts.filter(([, count]) => count !== 0).length
  return { ...Object.fromEntries(counts), activationCount, waitingForStart }
}

function firstOfEach(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter(({ via }, n) => tokens.findIndex(each => each.via === via) === n)
}
