import { interrupt } from './event-definitions/error.ts'
import {
  type CompensationDefinition,
  definitionsOf,
  type ElementId,
  type FlowNode,
  handlerOf,
  isActivity,
  isContainer,
  type ProcessGraph,
  undoingIn
} from './graph.ts'
import type { Run } from './run.ts'
import type { Completion, Token, TokenId } from './state.ts'

/**
 * Keeps what undoing an activity needs, when its token leaves it completed and something can undo it: an
 * activity that its boundary event names, an event sub-process inside, or what was completed inside. BPMN
 * 2.0.2, 10.7 and 13.5.5.
 */
export function keepCompletion(run: Run, token: Token, node: FlowNode): void {
  if (!isActivity(node) || token.undoneFor !== undefined || node.forCompensation) return
  const { id, at: element, scope, variables, called } = run.token(token.id) as Token
  const many = token.loop !== null
  const inside = run.state.completions.some(each => each.scope === id)
  if (!inside && (many || !canUndo(run, token, node))) return
  const completion = { id, element, scope, variables, called, many, by: null }
  run.emit({ type: 'completionKept', completion })
}

function canUndo(run: Run, token: Token, node: FlowNode): boolean {
  if (!isActivity(node)) return false
  if (node.boundary.length > 0 && handlerOf(run.graphIn(token.scope), node) !== null) return true
  const around = aroundOf(run, token, node)
  return around !== null && undoingIn(around.graph, around.of) !== null
}

/** The process or sub-process that a token is the scope of, and the graph of its elements. */
function aroundOf(run: Run, { id, called }: Token, node: FlowNode) {
  if (!isContainer(node) && called === null) return null
  const graph = run.graphIn(id)
  return { graph, of: isContainer(node) ? node : graph }
}

/**
 * Undoes the completed activities of the scope of a token, or the one that is named, one after another, the
 * last one first. A throw inside an event sub-process reaches what was completed around it as well.
 */
export function throwCompensation(
  run: Run,
  token: Token,
  { activity, wait }: Pick<CompensationDefinition, 'activity' | 'wait'>
): void {
  const scopes = new Set(scopesAround(run, token))
  const isMeant = ({ scope, element, by }: Completion) =>
    by === null && scopes.has(scope) && (activity === null || element === activity)
  undo(run, token, run.state.completions.filter(isMeant), wait)
}

function undo(run: Run, token: Token, which: readonly Completion[], wait: boolean): void {
  const completions = which.map(({ id }) => id)
  run.emit({ type: 'compensationThrown', token: token.id, element: token.at, completions })
  if (completions.length === 0) return
  if (wait) run.wait(token, { for: 'compensation' })
  undoNext(run, token.id)
}

/** The scope of a token, and as long as it is an event sub-process the one around. */
function scopesAround(run: Run, token: Token): readonly (TokenId | null)[] {
  const scopes: (TokenId | null)[] = []
  for (let scope = token.scope; ; ) {
    scopes.push(scope)
    const around = scope === null ? null : run.token(scope)
    if (around === null || around.called !== null) return scopes
    const node = run.nodeOf(around)
    if (!(node.type === 'subProcess' && node.triggeredByEvent)) return scopes
    scope = around.scope
  }
}

/** Undoes the next of what a token has asked for; when all is done the token goes on, if it waits. */
function undoNext(run: Run, asked: TokenId): void {
  // a scope that an operator has left takes nothing back
  const next = run.state.completions.findLast(
    ({ by, scope }) => by === asked && (scope === null || run.token(scope) !== null)
  )
  if (next !== undefined) return run.sendBack(next, asked)
  const token = run.token(asked)
  if (token?.wait?.for !== 'compensation' || token.undoneFor !== undefined) return
  run.proceed(token)
}

/** Whether something in a scope will still be undone for a token that did not wait for it. */
export function isToBeUndone(run: Run, scope: TokenId): boolean {
  return run.state.completions.some(
    each => each.scope === scope && each.by !== null && run.isUndoingFor(each.by)
  )
}

/** Begins to undo an activity whose token is there again: inside it runs what undoes it. */
export function beginUndoing(run: Run, token: Token, completion: Completion): void {
  const { id, at } = token
  run.emit({ type: 'compensationStarted', token: id, element: at, completion: completion.id })
  run.wait(token, { for: 'compensation' })
  const node = run.nodeOf(token)
  const handler = completion.many ? null : undoerOf(run, token, node)
  if (handler !== null) return run.send(handler, id)
  const inside = run.state.completions.filter(({ scope, by }) => scope === id && by === null)
  undo(run, run.token(id) as Token, inside, false)
}

function undoerOf(run: Run, token: Token, node: FlowNode): ElementId | null {
  if (!isActivity(node)) return null
  const handler = token.called === null ? handlerOf(run.graphIn(token.scope), node) : null
  if (handler !== null) return handler
  const around = aroundOf(run, token, node)
  return around === null ? null : undoingIn(around.graph, around.of)
}

/** The graph that a call's elements are looked up in while it is undone: none when its boundary names what undoes it. */
export function calledWhileUndone(graph: ProcessGraph, completion: Completion) {
  const node = graph.nodes[completion.element]
  const byBoundary = node !== undefined && isActivity(node) && handlerOf(graph, node) !== null
  return byBoundary ? null : completion.called
}

/** Goes on when what undoes an activity has come to its end. */
export function endUndoing(run: Run, token: Token): void {
  run.leave(token, { type: 'elementCompleted', token: token.id, element: token.at, by: null })
  undoNext(run, token.undoneFor as TokenId)
  run.closeWhenEmpty(token.scope)
}

// transactions ////////////////////////////////////////////////////////////////

/**
 * Cancels the transaction around a token: ends all that runs in it, undoes what was completed in it, and
 * when nothing is left to undo takes the cancel event on its boundary. BPMN 2.0.2, 10.3.5 and 13.5.5.
 */
export function cancelTransaction(run: Run, token: Token): void {
  interrupt(run, token.scope, token.id)
  const left = run.state.completions.filter(({ scope }) => scope === token.scope)
  if (left.length > 0) undo(run, token, left, true)
  else leaveCancelled(run, token)
}

/** Leaves a transaction by its cancel boundary event, if it has one. */
function leaveCancelled(run: Run, token: Token): void {
  run.leave(token, { type: 'elementCompleted', token: token.id, element: token.at, by: null })
  const transaction = run.token(token.scope as TokenId) as Token
  // one instance of several cancels them all
  const { index, scope } = transaction
  const host = index === null ? transaction : (run.token(scope as TokenId) as Token)
  const { nodes } = run.graphIn(host.scope)
  const event = run.nodeOf(host).boundary.find(id => {
    const node = nodes[id]
    return node?.type === 'boundaryEvent' && definitionsOf(node.on).some(is => is.kind === 'cancel')
  })
  run.terminate(host)
  if (event !== undefined) run.send(event, host.scope)
  else run.closeWhenEmpty(host.scope)
}
