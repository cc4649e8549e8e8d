import type { Problem } from '../errors.ts'
import {
  type Activity,
  type ElementId,
  type FlowNode,
  isActivity,
  type ProcessGraph
} from '../graph.ts'
import { repeats } from '../loop.ts'
import type { Completion, ProcessInstance, Token, TokenId } from '../state.ts'
import type { MigrationPlan } from './commands.ts'
import { alike } from './mapping.ts'
import { routesOf } from './routes.ts'

/** What a plan says of one process of an instance. */
export interface Part {
  /** The token of the call activity that called it; null: the process of the instance. */
  readonly call: TokenId | null
  readonly tokens: readonly Token[]
}

/** The processes of an instance that a plan is about. */
export function partsOf(state: ProcessInstance, { process, from }: MigrationPlan): readonly Part[] {
  const calls: (TokenId | null)[] = []
  if (state.process === process && state.processVersion === from) calls.push(null)
  for (const { id, called } of Object.values(state.tokens)) {
    if (called?.process === process && called.version === from) calls.push(id)
  }
  return calls.map(call => ({
    call,
    tokens: Object.values(state.tokens).filter(token => callOf(state, token) === call)
  }))
}

/** The call activity whose process a token is in; null: the process of the instance. */
export function callOf({ tokens }: ProcessInstance, token: Token): TokenId | null {
  for (let id = token.scope; id !== null; ) {
    const scope = tokens[id] as Token
    if (scope.called !== null) return id
    id = scope.scope
  }
  return null
}

/** What was completed in a part and can still be undone; what was called has a version of its own. */
export function completionsIn(state: ProcessInstance, { call }: Part): readonly Completion[] {
  const partOf = ({ scope }: Completion): TokenId | null => {
    if (scope === null) return null
    const token = state.tokens[scope]
    if (token !== undefined) return token.called !== null ? token.id : callOf(state, token)
    const around = state.completions.find(({ id }) => id === scope)
    return around === undefined || around.called !== null ? scope : partOf(around)
  }
  return state.completions.filter(each => partOf(each) === call)
}

/** Everything that keeps the tokens of a part from going over. */
export function misfits(
  state: ProcessInstance,
  { call, tokens }: Part,
  { map }: MigrationPlan,
  from: ProcessGraph,
  to: ProcessGraph
): readonly Problem[] {
  const problems: Problem[] = []
  for (const { element } of completionsIn(state, { call, tokens })) {
    if (to.nodes[map[element] ?? ''] !== undefined) continue
    const message = `it was completed and could no longer be undone in version ${to.version}`
    problems.push({ path: element, message })
  }
  for (const token of tokens) {
    const say = (message: string) => problems.push({ path: token.at, message })
    if (token.wait?.for === 'compensation' || token.undoneFor !== undefined) {
      say('it is being undone: wait until that is over')
      continue
    }
    const old = from.nodes[token.at] as FlowNode
    const now = Object.hasOwn(map, old.id) ? to.nodes[map[old.id] as ElementId] : undefined
    if (now === undefined) {
      say(`expected the plan to say where <${old.id}> goes in version ${to.version}`)
      continue
    }
    if (!alike(old, now)) {
      say(`expected a ${old.type}, found the ${now.type} <${now.id}>`)
      continue
    }
    const scope = token.scope === call ? null : (state.tokens[token.scope as TokenId] as Token)
    const around = scope === null ? null : token.index === null ? (map[scope.at] ?? '') : now.parent
    if (now.parent !== around) {
      say(
        `<${now.id}> is in another scope: <${now.parent ?? to.id}> instead of <${around ?? to.id}>`
      )
    }
    problems.push(...unlike(token, old, now))
    const joins = token.wait?.for === 'join' || token.wait?.for === 'reset'
    if (joins && viaIn(token, map, from, to) === null) {
      say(`its flow <${token.via}> leads to <${now.id}> no longer`)
    }
    for (const task of jumped(state, old, now, map, from, to)) {
      say(`the token would jump past <${task}>, which needs a second person: move it first`)
    }
  }
  return problems
}

function unlike(token: Token, old: FlowNode, now: FlowNode): readonly Problem[] {
  const problems: Problem[] = []
  const say = (message: string) => problems.push({ path: old.id, message })
  if (isActivity(old) && isActivity(now)) {
    const running = token.loop !== null || token.index !== null
    if (running && loopOf(old) !== loopOf(now)) {
      say(`<${now.id}> repeats in another way: ${loopOf(now)} instead of ${loopOf(old)}`)
    }
    if (!running && !repeats(old) && repeats(now)) say(`<${now.id}> repeats: ${loopOf(now)}`)
  }
  if (old.type === 'callActivity' && now.type === 'callActivity' && token.called !== null) {
    if (old.calls !== now.calls) say(`<${now.id}> calls <${now.calls}> instead of <${old.calls}>`)
  }
  if (old.type === 'subProcess' && now.type === 'subProcess') {
    if (old.triggeredByEvent !== now.triggeredByEvent) say(`<${now.id}> is begun in another way`)
  }
  return problems
}

function loopOf({ multiInstance, standardLoop }: Activity): string {
  if (multiInstance !== null) return multiInstance.sequential ? 'one by one' : 'all at once'
  return standardLoop === null ? 'not at all' : 'in a loop'
}

/** The flow of the new version that answers to the one by which a token has come. */
export function viaIn(
  { via }: Token,
  map: MigrationPlan['map'],
  from: ProcessGraph,
  to: ProcessGraph
): ElementId | null {
  const old = via === null ? undefined : from.flows[via]
  if (old === undefined) return null
  const [source, target] = [map[old.source], map[old.target]]
  const same = to.flows[old.id]
  if (same !== undefined && same.target === target && same.source === source) return same.id
  const fits = Object.values(to.flows).filter(
    flow => flow.source === source && flow.target === target
  )
  return fits.length === 1 ? (fits[0]?.id ?? null) : null
}

/** Tasks under separation of duties that stand before the new element and did not before the old one. */
function jumped(
  { performers }: ProcessInstance,
  old: FlowNode,
  now: FlowNode,
  map: MigrationPlan['map'],
  from: ProcessGraph,
  to: ProcessGraph
): readonly ElementId[] {
  if (old.id === now.id) return []
  const pairs = Object.values(to.nodes).flatMap(node =>
    'notSameAs' in node && node.notSameAs.length > 0
      ? [node.id, ...node.notSameAs.filter(id => Object.hasOwn(to.nodes, id))]
      : []
  )
  if (pairs.length === 0) return []
  const [ahead, before] = [routesOf(to), routesOf(from)]
  const known = new Set([
    ...Object.keys(performers[from.id] ?? {}).map(id => map[id] ?? id),
    ...Object.keys(from.nodes)
      .filter(id => before.ahead(id).has(old.id))
      .map(id => map[id] ?? id)
  ])
  return [...new Set(pairs)].filter(id => !known.has(id) && ahead.ahead(id).has(now.id))
}
