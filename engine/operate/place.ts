import { unset } from '../data.ts'
import { CommandRefused, Stuck } from '../errors.ts'
import { subscribeTo } from '../event-definitions/index.ts'
import { openEventSubProcesses } from '../event-sub-process.ts'
import {
  type BoundaryEvent,
  type ContainerNode,
  type ElementId,
  type FlowNode,
  isActivity,
  type ProcessGraph
} from '../graph.ts'
import { repeats } from '../loop.ts'
import type { Run } from '../run.ts'
import type { Token, TokenId } from '../state.ts'

/** The token of the call activity whose process a scope belongs to; null: the process of the instance. */
export function callAround(run: Run, scope: TokenId | null): TokenId | null {
  for (let id = scope; id !== null; ) {
    const token = run.token(id) as Token
    if (token.called !== null) return id
    id = token.scope
  }
  return null
}

/** The scopes around a token within its process, the outermost first. */
export function scopesAround(run: Run, scope: TokenId | null): readonly Token[] {
  const found: Token[] = []
  for (let id = scope; id !== null; ) {
    const token = run.token(id) as Token
    if (token.called !== null) break
    found.unshift(token)
    id = token.scope
  }
  return found
}

/** An element of a process on which a token may be put. @throws CommandRefused `impossible` */
export function targetIn(graph: ProcessGraph, element: ElementId): FlowNode {
  const node = graph.nodes[element]
  if (node === undefined) {
    throw new CommandRefused('unknown-element', `process <${graph.id}> has no element <${element}>`)
  }
  const parent = node.parent === null ? null : (graph.nodes[node.parent] as ContainerNode)
  const starts = (parent ?? graph).starts
  if (parent?.type === 'adHocSubProcess') {
    throw impossible(`<${element}> is inside <${parent.id}>, whose activities people start`)
  }
  if (node.type === 'boundaryEvent') {
    throw impossible(`<${element}> is a boundary event: it happens, no token is put on it`)
  }
  if (node.type === 'startEvent' && parent?.type === 'subProcess' && parent.triggeredByEvent) {
    throw impossible(`<${element}> starts an event sub-process: it happens, no token is put on it`)
  }
  if (node.type === 'subProcess' && node.triggeredByEvent) {
    throw impossible(`<${element}> is an event sub-process: only its event starts it`)
  }
  const linked = node.type === 'intermediateCatchEvent' && node.on.kind === 'link'
  if (node.incoming.length === 0 && !starts.includes(element) && !linked) {
    throw impossible(`no flow leads to <${element}>, and its scope does not start with it`)
  }
  return node
}

/**
 * The scope inside which a token on an element rests: the scopes around `near` as far as they fit, others
 * that are open, and new ones for the rest. A new scope opens its events, and starts nothing.
 */
export function scopeFor(
  run: Run,
  graph: ProcessGraph,
  node: FlowNode,
  base: TokenId | null,
  near: readonly Token[],
  /** The token that leaves: what is inside ends with it. */
  leaving: TokenId | null = null
): TokenId | null {
  let scope = base
  let rest = near
  for (const at of parentsOf(graph, node)) {
    const next = rest[0]
    if (next?.at === at) {
      const instance = next.loop === null ? undefined : rest[1]
      if (next.loop !== null && instance === undefined) throw insideOfMany(at)
      scope = (instance ?? next).id
      rest = rest.slice(instance === undefined ? 1 : 2)
      continue
    }
    rest = []
    scope = openedAt(run, at, scope, leaving) ?? newScope(run, graph, at, scope)
  }
  return scope
}

function openedAt(
  run: Run,
  at: ElementId,
  scope: TokenId | null,
  leaving: TokenId | null
): TokenId | null {
  const open = run.tokensIn(scope).filter(token => token.at === at && token.id !== leaving)
  if (open.some(({ loop }) => loop !== null)) throw insideOfMany(at)
  const scopes = open.filter(isOpen)
  if (scopes.length > 1) {
    const ids = scopes.map(({ id }) => `<${id}>`).join(', ')
    throw impossible(`<${at}> is open several times: say in which of the scopes ${ids}`)
  }
  return scopes[0]?.id ?? null
}

function newScope(run: Run, graph: ProcessGraph, at: ElementId, scope: TokenId | null): TokenId {
  const node = graph.nodes[at] as FlowNode
  if (node.type !== 'subProcess' && node.type !== 'transaction') {
    throw impossible(`<${at}> does not run, and cannot be opened around a token`)
  }
  if (repeats(node)) throw insideOfMany(at)
  if (node.type === 'subProcess' && node.triggeredByEvent) {
    throw impossible(`event sub-process <${at}> does not run: only its event starts it`)
  }
  const token = run.place(at, scope)
  try {
    for (const id of node.boundary) {
      const { on } = graph.nodes[id] as BoundaryEvent
      subscribeTo(run, on, { element: id, token: token.id, scope, part: null })
    }
    const variables = run.mapped(node.inputs, run.lookup(scope), token)
    run.declare(token.id, { ...unset(node.declares), ...variables })
    run.wait(token, { for: 'children' })
    openEventSubProcesses(run, node.eventSubProcesses, token.id)
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    throw impossible(`<${at}> cannot be opened: ${error.message}`)
  }
  return token.id
}

/** The flow by which a token arrives that is put on an element. */
export function arrivalAt(
  run: Run,
  graph: ProcessGraph,
  node: FlowNode,
  asked: ElementId | null,
  from: ElementId | null,
  scope: TokenId | null
): ElementId | null {
  if (asked !== null) {
    if (node.incoming.includes(asked)) return asked
    throw new CommandRefused(
      'unknown-element',
      `expected a flow into <${node.id}> (${node.incoming.join(', ')}), found <${asked}>`
    )
  }
  const [only, ...more] = node.incoming
  if (only === undefined || more.length === 0) return only ?? null
  if (isActivity(node) || node.type === 'exclusiveGateway' || node.type === 'eventBasedGateway') {
    return null
  }
  const filled = new Set(
    run.tokensIn(scope).flatMap(({ at, via }) => (at === node.id ? [via] : []))
  )
  const free = node.incoming.filter(id => !filled.has(id))
  const direct = free.find(id => graph.flows[id]?.source === from)
  if (direct !== undefined) return direct
  if (free.length === 1) return free[0] as ElementId
  throw impossible(
    `say by which flow the token arrives at <${node.id}>: ${node.incoming.join(', ')}`
  )
}

function parentsOf({ nodes }: ProcessGraph, { parent }: FlowNode): readonly ElementId[] {
  const found: ElementId[] = []
  for (let id = parent; id !== null; id = nodes[id]?.parent ?? null) found.unshift(id)
  return found
}

function insideOfMany(at: ElementId): CommandRefused {
  return impossible(
    `<${at}> has several instances: a token cannot be put into one that does not run; put it on <${at}> itself`
  )
}

export function impossible(message: string): CommandRefused {
  return new CommandRefused('impossible', message)
}

/** Whether other tokens may be put inside a token. */
export function isOpen({ wait, loop, undoneFor }: Token): boolean {
  return wait?.for === 'children' && loop === null && undoneFor === undefined
}
