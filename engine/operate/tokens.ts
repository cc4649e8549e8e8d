import { CommandRefused, Stuck } from '../errors.ts'
import { openEventSubProcesses } from '../event-sub-process.ts'
import { isActivity, type ProcessGraph } from '../graph.ts'
import type { Run } from '../run.ts'
import type { Token, TokenId, Variables } from '../state.ts'
import type { Operation, OperationEvent } from './commands.ts'
import {
  inside,
  keyIn,
  leftOutBefore,
  leftOutByMove,
  leftOutByRemoval,
  standingIn
} from './duties.ts'
import {
  arrivalAt,
  callAround,
  impossible,
  isOpen,
  scopeFor,
  scopesAround,
  targetIn
} from './place.ts'

type Of<Type extends Operation['type']> = Extract<Operation, { readonly type: Type }>
type Intervention = Extract<OperationEvent, { readonly type: 'operatorIntervened' }>

/** Goes on behind an element as if it had given these results. */
export function skip(run: Run, { token: id, variables, reason }: Of<'skip'>): void {
  const token = living(run, id)
  const node = run.nodeOf(token)
  const { wait } = token
  if (!isActivity(node) && !('on' in node)) {
    throw impossible(
      `<${node.id}> chooses the way: move the token to the element behind it instead`
    )
  }
  if (wait?.for === 'join' || wait?.for === 'decision') {
    throw impossible(`<${node.id}> waits for a ${wait.for}: it cannot be skipped`)
  }
  const names = Object.keys(variables)
  const graph = run.graphIn(token.scope)
  const left = inside(run, graph, node.id)
  const standsInFor = standingIn(run, `skip <${node.id}>`, left, names, keyIn(graph, node.id))
  intervened(run, { what: 'skip', token: id, element: node.id, names, standsInFor, reason })
  run.terminateInside(id)
  run.unsubscribe(id)
  const byHand = node.type === 'userTask' || node.type === 'manualTask'
  const { actor } = run.context
  run.finish(run.token(id) as Token, variables, byHand && actor.kind === 'person' ? actor.id : null)
}

/** Puts a token elsewhere in its process; scopes that it leaves empty end, those around its new place open. */
export function moveToken(
  run: Run,
  { token: id, to, via, variables, reason }: Of<'moveToken'>
): void {
  const token = living(run, id)
  if (token.index !== null) {
    throw impossible(
      `<${id}> is one of several instances of <${token.at}>: move the whole, <${token.scope}>`
    )
  }
  const graph = run.graphIn(token.scope)
  const node = targetIn(graph, to)
  const names = Object.keys(variables)
  const left = leftOutByMove(run, graph, token.at, to)
  const standsInFor = standingIn(run, `move a token from <${token.at}> to <${to}>`, left, names)
  const around = scopesAround(run, token.scope)
  intervened(run, {
    what: 'moveToken',
    token: id,
    element: token.at,
    to,
    names,
    standsInFor,
    reason
  })
  const scope = scopeFor(run, graph, node, callAround(run, token.scope), around, id)
  const kept = new Set([scope, ...scopesAround(run, scope).map(each => each.id)])
  const leaving = around.filter(each => !kept.has(each.id))
  const repeated = leaving.find(({ index, loop }) => index !== null || loop !== null)
  if (repeated !== undefined) {
    throw impossible(
      `<${id}> is inside one of several instances of <${repeated.at}>: move the whole`
    )
  }
  const undone = leaving.find(({ undoneFor }) => undoneFor !== undefined)
  if (undone !== undefined) {
    throw impossible(`<${token.at}> is part of undoing <${undone.at}>: a token cannot leave that`)
  }
  const arrival = arrivalAt(run, graph, node, via, token.at, scope)
  run.terminate(token)
  for (const each of leaving.toReversed()) {
    if (run.tokensIn(each.id).length === 0) run.terminate(run.token(each.id) as Token)
  }
  run.set(scope, variables)
  run.send(to, scope, { via: arrival })
}

/** Puts one more token into a process. */
export function addToken(
  run: Run,
  { element, scope: asked, via, variables, reason }: Of<'addToken'>
): void {
  const given = asked === null ? null : living(run, asked)
  if (given !== null && !isOpen(given)) {
    throw impossible(`expected token <${asked}> to be a scope that other tokens are in`)
  }
  const graph = run.graphIn(asked)
  const node = targetIn(graph, element)
  const names = Object.keys(variables)
  const left = leftOutBefore(run, graph, element)
  const standsInFor = standingIn(run, `put a token on <${element}>`, left, names)
  intervened(run, { what: 'addToken', element: null, to: element, names, standsInFor, reason })
  putOn(run, graph, node.id, asked, via)
  run.set(asked, variables)
}

/** Takes a token out; something else must be left in its scope. */
export function removeToken(run: Run, { token: id, reason }: Of<'removeToken'>): void {
  const token = living(run, id)
  const others = run.tokensIn(token.scope).filter(other => other.id !== id)
  if (token.index !== null) {
    throw impossible(`<${id}> is one of several instances of <${token.at}>: skip it instead`)
  }
  if (others.length === 0) {
    const around = token.scope === null ? null : run.token(token.scope)
    throw impossible(
      around === null
        ? `<${id}> is the last token of the instance: terminate the instance instead`
        : `<${id}> is the last token inside <${around.at}>: move, remove or skip that one instead`
    )
  }
  const graph = run.graphIn(token.scope)
  const still = others.map(({ at }) => at)
  const left = leftOutByRemoval(run, graph, token.at, still)
  const standsInFor = standingIn(run, `remove the token from <${token.at}>`, left)
  intervened(run, { what: 'removeToken', token: id, element: token.at, standsInFor, reason })
  run.terminate(token)
}

/** States variables of the process, or of one token. */
export function setVariables(run: Run, { scope, variables, reason }: Of<'setVariables'>): void {
  const token = scope === null ? null : living(run, scope)
  const names = Object.keys(variables)
  const standsInFor = standingIn(run, 'state variables', [], names)
  const element = token?.at ?? null
  intervened(run, { what: 'setVariables', token: scope, element, names, standsInFor, reason })
  run.emit({ type: 'variablesSet', scope, variables })
}

/**
 * Begins again at an element with the variables as they are; a finished instance runs again. It stays
 * the same case: its number, its letters and its history go on.
 */
export function restart(run: Run, { element, variables, reason }: Of<'restart'>): void {
  const graph = run.graphIn(null)
  targetIn(graph, element)
  const names = Object.keys(variables)
  const left = leftOutBefore(run, graph, element)
  const standsInFor = standingIn(run, `restart at <${element}>`, left, names)
  run.terminateInside(null)
  run.unsubscribe(null)
  intervened(run, { what: 'restart', element: null, to: element, names, standsInFor, reason })
  run.set(null, variables)
  try {
    openEventSubProcesses(run, graph.eventSubProcesses, null)
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    throw impossible(`<${graph.id}> cannot be restarted: ${error.message}`)
  }
  putOn(run, graph, element, null, null)
}

/** Keeps who stated variables to mend an incident; trying again without any needs no record of its own. */
export function stateForIncident(
  run: Run,
  token: Token,
  variables: Variables,
  reason: string
): void {
  const names = Object.keys(variables)
  if (names.length === 0) return
  const own = keyIn(run.graphIn(token.scope), token.at)
  const standsInFor = standingIn(run, `state variables at <${token.at}>`, [], names, own)
  const what = 'resolveIncident'
  intervened(run, { what, token: token.id, element: token.at, names, standsInFor, reason })
}

function putOn(
  run: Run,
  graph: ProcessGraph,
  element: string,
  asked: TokenId | null,
  via: string | null
): void {
  const node = targetIn(graph, element)
  const given = asked === null ? null : (run.token(asked) as Token)
  const called = given !== null && given.called !== null
  const base = callAround(run, asked)
  const near = given === null || called ? [] : scopesAround(run, asked)
  const scope = scopeFor(run, graph, node, base, near)
  if (given !== null && !called && scope !== asked) {
    const around = scopesAround(run, scope).map(({ id }) => id)
    if (!around.includes(given.id)) {
      throw impossible(`<${element}> is not inside <${given.at}>`)
    }
  }
  run.send(element, scope, { via: arrivalAt(run, graph, node, via, null, scope) })
}

function intervened(
  run: Run,
  {
    token = null,
    to = null,
    names = [],
    ...what
  }: Partial<Intervention> & Pick<Intervention, 'what' | 'element' | 'standsInFor' | 'reason'>
): void {
  const { actor } = run.context
  const by = actor.kind === 'person' ? actor.id : null
  run.emit({ ...what, type: 'operatorIntervened', token, to, names, by })
}

function living(run: Run, id: TokenId): Token {
  const token = run.token(id)
  if (token === null) {
    throw new CommandRefused('not-waiting', `instance <${run.state.id}> has no token <${id}>`)
  }
  if (token.wait?.for === 'compensation' || token.undoneFor !== undefined) {
    throw impossible(`<${token.at}> is being undone: wait until that is over`)
  }
  return token
}
