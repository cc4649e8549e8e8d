import { applyTo, type Draft, draftOf } from './apply.ts'
import type { Context } from './context.ts'
import { placeIn, readStore, type StorePlace, seeing, writeStores } from './data-stores.ts'
import { Stuck } from './errors.ts'
import { compileExpression } from './expression.ts'
import type { Activity, ElementId, FlowNode, Mapping, ProcessGraph, SequenceFlow } from './graph.ts'
import type { Effect, Event } from './messages.ts'
import { lastPerformers } from './performers.ts'
import type { ProcessInstance, Token, TokenId, Value, Variables } from './state.ts'
import { localDate } from './time.ts'

/** Events after which data may be there, or read otherwise, than before. */
const CHANGING: ReadonlySet<Event['type']> = new Set([
  'variablesSet',
  'subscriptionOpened',
  'instanceResumed'
])

export const NOTHING: Variables = Object.freeze({})

/**
 * What a step knows and what it has written down: the state on its way to the next one, the events and
 * effects so far, and the variables as they are seen from inside the scopes. It moves no token.
 */
export class Ledger {
  readonly context: Context
  readonly events: Event[] = []
  readonly effects: Effect[] = []
  /** The entries of data stores that this step has written. */
  readonly stored = new Map<
    string,
    { readonly value: Value; readonly place: StorePlace; readonly wasThere: boolean }
  >()
  /** Whether something has come that others wait for or follow. */
  protected changed = false
  /** Whether conditional events are to be asked. */
  protected asked = false
  readonly #root: ProcessGraph
  readonly #draft: Draft

  constructor(root: ProcessGraph, state: ProcessInstance | null, context: Context) {
    this.#root = root
    this.#draft = draftOf(state)
    this.context = context
  }

  get state(): ProcessInstance {
    return this.#draft
  }

  /** Changes the state by an event and keeps the event. */
  emit(event: Event): void {
    applyTo(this.#draft, event)
    this.events.push(event)
    if (!CHANGING.has(event.type)) return
    this.changed = true
    if (event.type !== 'subscriptionOpened' || event.subscription.on.kind === 'conditional') {
      this.asked = true
    }
  }

  // looking /////////////////////////////////////////////////////////////////

  token(id: TokenId): Token | null {
    return this.#draft.tokens[id] ?? null
  }

  tokensIn(scope: TokenId | null): Token[] {
    return Object.values(this.#draft.tokens).filter(token => token.scope === scope)
  }

  /** The process whose elements the tokens inside a scope rest on. */
  graphIn(scope: TokenId | null): ProcessGraph {
    let id = scope
    while (id !== null) {
      const token = this.#draft.tokens[id] as Token
      if (token.called !== null) {
        const { process, version } = token.called
        const graph = this.context.findProcess(process, version)
        if (graph === null) {
          throw new Stuck('no-process', `process <${process}> version ${version} is not deployed`)
        }
        return graph
      }
      id = token.scope
    }
    return this.#root
  }

  /** How many calls a scope is inside of. */
  callsAround(scope: TokenId | null): number {
    let calls = 0
    for (let id = scope; id !== null; ) {
      const token = this.#draft.tokens[id] as Token
      if (token.called !== null) calls += 1
      id = token.scope
    }
    return calls
  }

  nodeOf(token: Token): FlowNode {
    return this.node(token.at, token.scope)
  }

  node(id: ElementId, scope: TokenId | null): FlowNode {
    const node = this.graphIn(scope).nodes[id]
    if (node === undefined) throw new Error(`expected process to have an element <${id}>`)
    return node
  }

  /** What FEEL sees from a scope: its variables outwards, then the office and the moment. */
  lookup(scope: TokenId | null, nearest: Variables = NOTHING): (name: string) => unknown {
    return name => {
      if (Object.hasOwn(nearest, name)) return nearest[name]
      for (let id = scope; id !== null; ) {
        const token = this.#draft.tokens[id] as Token
        if (token.variables !== null && Object.hasOwn(token.variables, name)) {
          return token.variables[name]
        }
        if (token.called !== null) return this.#given(name, token.called.process)
        id = token.scope
      }
      const { variables } = this.#draft
      return Object.hasOwn(variables, name)
        ? variables[name]
        : this.#given(name, this.#draft.process)
    }
  }

  #given(name: string, process: ElementId): unknown {
    switch (name) {
      case 'office':
        return this.context.office.facts
      case 'today':
        return localDate(this.context.now, this.context.office.timeZone)
      case 'now':
        return this.context.now
      case 'instanceId':
        return this.#draft.id
      case 'performers':
        return lastPerformers(this.#draft.performers, process)
      default:
        return undefined
    }
  }

  /** The value of a FEEL text. @throws Stuck when it cannot be had */
  evaluate(text: string, lookup: (name: string) => unknown, where: string): Value {
    try {
      return compileExpression(text).evaluate(lookup)
    } catch (error) {
      if (!(error instanceof Stuck)) throw error
      throw new Stuck(error.code, `${where}: ${text}: ${error.message}`)
    }
  }

  /** Whether a condition holds; what is neither true nor false is never taken for false. */
  holds(text: string, lookup: (name: string) => unknown, where: string): boolean {
    const value = this.evaluate(text, lookup, where)
    if (typeof value === 'boolean') return value
    throw new Stuck(
      'expression',
      `${where}: ${text}: expected true or false, found ${JSON.stringify(value)}`
    )
  }

  /** BPMN 2.0.2, 13.3.1 and 10.6.3: the default flow only when no other one is taken. */
  conditionalFlows(
    node: FlowNode,
    defaultFlow: ElementId | null,
    scope: TokenId | null
  ): readonly ElementId[] {
    const { flows } = this.graphIn(scope)
    if (defaultFlow === null && node.outgoing.every(id => flows[id]?.condition === null)) {
      return node.outgoing
    }
    const lookup = this.lookup(scope)
    const taken = node.outgoing.filter(id => {
      const { condition } = flows[id] as SequenceFlow
      if (id === defaultFlow) return false
      return condition === null || this.holds(condition, lookup, `sequence flow <${id}>`)
    })
    if (taken.length > 0) return taken
    if (defaultFlow !== null) return [defaultFlow]
    throw new Stuck(
      'no-flow',
      `no condition of the flows out of <${node.id}> holds, and it has no default flow`
    )
  }

  // data ////////////////////////////////////////////////////////////////////

  /** Sets variables where they live already, else at the process. */
  set(scope: TokenId | null, variables: Variables): void {
    const byHolder = new Map<TokenId | null, Record<string, Value>>()
    for (const [name, value] of Object.entries(variables)) {
      const holder = this.#holderOf(name, scope)
      const group = byHolder.get(holder) ?? {}
      group[name] = value
      byHolder.set(holder, group)
    }
    for (const [holder, group] of byHolder) {
      this.emit({ type: 'variablesSet', scope: holder, variables: group })
    }
  }

  #holderOf(name: string, scope: TokenId | null): TokenId | null {
    for (let id = scope; id !== null; ) {
      const token = this.#draft.tokens[id] as Token
      if (token.called !== null) return id
      if (token.variables !== null && Object.hasOwn(token.variables, name)) return id
      id = token.scope
    }
    return null
  }

  /** Evaluates data mappings seen from a token and sets their targets outside it. */
  map(token: Token, mappings: readonly Mapping[], results: Variables): void {
    const outside = this.lookup(token.scope)
    const inside = this.lookup(token.id, results)
    const variables = mappings.filter(({ writes }) => writes === undefined)
    const values = this.mapped(variables, inside, token, outside)
    // nothing is set or written before all of it is known
    writeStores(this, token, this.#writes(mappings, inside, token))
    this.set(token.scope, values)
  }

  #writes(mappings: readonly Mapping[], lookup: (name: string) => unknown, token: Token) {
    const where = `<${token.at}>`
    return mappings.flatMap(mapping => {
      const { writes: entry } = mapping
      if (entry === undefined) return []
      const place = placeIn(this, entry, lookup, where)
      const before = () => readStore(this, place)
      const values = this.mapped([mapping], lookup, token, before)
      return Object.values(values).map(value => ({ entry, place, value }))
    })
  }

  /** The values of data mappings, by target; a target `a.b` changes a part of what `a` was before. */
  mapped(
    mappings: readonly Mapping[],
    lookup: (name: string) => unknown,
    token: Token,
    before: (name: string) => unknown = lookup
  ): Variables {
    const values: Record<string, Value> = {}
    for (const { source, target, sources, reads } of mappings) {
      const see = seeing(this, reads, lookup, `<${token.at}>`)
      if (sources?.some(name => (see(name) ?? null) === null)) continue
      // a copy is no expression: a variable may have a name that means something else in FEEL
      const copied = sources?.length === 1 && sources[0] === source
      const where = `<${token.at}> sets ${target}`
      const value = copied ? (see(source) as Value) : this.evaluate(source, see, where)
      const [name, ...path] = target.split('.') as [string, ...string[]]
      const start = Object.hasOwn(values, name) ? values[name] : before(name)
      values[name] = placed(start as Value | undefined, path, value)
    }
    return values
  }

  /** The in-mapped data of an activity: what a job, a rule or a message is given. */
  inputOf(node: Activity, token: Token): Variables {
    const names = new Set(node.inputs.map(({ target }) => target.split('.')[0]))
    return Object.fromEntries(
      Object.entries(token.variables ?? {}).filter(([name]) => names.has(name))
    )
  }
}

/** The variable that a path begins with. */
export function rootOf(path: string): string {
  const dot = path.indexOf('.')
  return dot < 0 ? path : path.slice(0, dot)
}

/** `value` put at `path` inside `start`, with everything on the way copied. */
function placed(start: Value | undefined, path: readonly string[], value: Value): Value {
  const [name, ...rest] = path
  if (name === undefined) return value
  const record =
    start !== null && typeof start === 'object' && !Array.isArray(start)
      ? (start as { readonly [name: string]: Value })
      : {}
  return {
    ...record,
    [name]: placed(Object.hasOwn(record, name) ? record[name] : undefined, rest, value)
  }
}
