import { askWhetherOver } from './behaviors/ad-hoc-sub-process.ts'
import type { Behavior } from './behaviors/behavior.ts'
import { behaviors } from './behaviors/index.ts'
import { beginUndoing, calledWhileUndone, endUndoing, keepCompletion } from './compensation.ts'
import { fireComplex } from './complex-join.ts'
import type { Context } from './context.ts'
import { followKeys } from './correlation.ts'
import {
  brought,
  checkOutputs,
  followed,
  followsInputs,
  madeBy,
  missingInputs,
  missingOf,
  outward,
  unset
} from './data.ts'
import { Stuck } from './errors.ts'
import { checkConditions } from './event-definitions/conditional.ts'
import { subscribeTo } from './event-definitions/index.ts'
import {
  type Activity,
  type BoundaryEvent,
  type ComplexGateway,
  type ElementId,
  type FlowNode,
  type InclusiveGateway,
  isActivity,
  type ProcessGraph,
  type SequenceFlow
} from './graph.ts'
import { mayFire } from './inclusive-join.ts'
import { Ledger, NOTHING } from './ledger.ts'
import { ENGINE_LIMITS, type EngineLimits } from './limits.ts'
import { advanceLoop, instanceVariables, repeats, startLoop } from './loop.ts'
import type { Event } from './messages.ts'
import type {
  Completion,
  Loop,
  ProcessInstance,
  Resume,
  Subscription,
  Token,
  TokenId,
  Trigger,
  Variables,
  Wait
} from './state.ts'

/** What a token rests for that goes on only when another one does. */
const STARVED: ReadonlySet<string> = new Set(['data', 'join', 'reset', 'children', 'compensation'])

/** A token that is on its way to an element. */
interface Arrival {
  readonly at: ElementId
  readonly via: ElementId | null
  readonly scope: TokenId | null
  readonly index: number | null
  readonly variables: Variables | null
  readonly payload: Variables
  /** The event that the element would wait for has happened already. */
  readonly happened: boolean
  /** What keeps the token from going on as soon as it has arrived. */
  readonly stuck: Stuck | null
  /** What was completed and is now undone, and the token that asked for it. */
  readonly undoes: { readonly completion: Completion; readonly asked: TokenId } | null
}

/**
 * The scratchpad of one step: it lives for one call and is the only place in the engine where
 * something is mutated. Its verbs are all that a behavior may say.
 */
export class Run extends Ledger {
  readonly #queue: (Arrival | (() => void))[] = []
  #head = 0
  /** How many tokens and arrivals are inside each scope. */
  readonly #inside = new Map<TokenId | null, number>()
  readonly #joins = new Set<TokenId>()
  readonly #activations = new Map<ElementId, number>()
  #activated = 0
  readonly limits: EngineLimits

  constructor(root: ProcessGraph, state: ProcessInstance | null, context: Context) {
    super(root, state, context)
    this.limits = context.limits ?? ENGINE_LIMITS
    for (const token of Object.values(this.state.tokens)) {
      this.#count(token.scope, 1)
      if (joins(token.wait)) this.#joins.add(token.id)
    }
  }

  // going on ////////////////////////////////////////////////////////////////

  /** Puts a token on its way to an element; it arrives behind all that is already ready. */
  send(
    at: ElementId,
    scope: TokenId | null,
    more: Partial<Omit<Arrival, 'at' | 'scope'>> = {}
  ): void {
    this.#queue.push({
      at,
      scope,
      via: more.via ?? null,
      index: more.index ?? null,
      variables: more.variables ?? null,
      payload: more.payload ?? NOTHING,
      happened: more.happened ?? false,
      stuck: more.stuck ?? null,
      undoes: more.undoes ?? null
    })
    this.#count(scope, 1)
  }

  /** Puts a token back on an activity that was completed, to undo it. */
  sendBack(completion: Completion, asked: TokenId): void {
    const { element, scope, variables } = completion
    this.send(element, scope, { variables, undoes: { completion, asked } })
  }

  /** Does something of a token behind all that is already ready, if the token still lives then. */
  later(token: Token, act: (token: Token) => void): void {
    this.#queue.push(() => {
      const now = this.token(token.id)
      if (now !== null) this.#guard(now, 'activate', () => act(now))
    })
  }

  /** Does something behind all that is already ready. */
  afterwards(act: () => void): void {
    this.#queue.push(act)
  }

  /** Keeps one element after another from multiplying tokens without end. @throws Stuck when there are too many */
  mustHold({ at }: Token, more: number): void {
    const { activations } = this.limits
    const ready = this.#queue.length - this.#head
    if (more <= 1 || ready + more <= activations) return
    throw new Stuck(
      'loop',
      `expected at most ${activations} tokens to be on their way at once, found <${at}> to add ${more} to ${ready}`
    )
  }

  /** Puts a token on each start inside a scope. */
  startScope(scope: TokenId | null, starts: readonly ElementId[], payload = NOTHING): void {
    for (const start of starts) this.send(start, scope, { payload })
    if (starts.length === 0) this.closeWhenEmpty(scope)
  }

  /** Ends an activity's own work: takes over its results, then goes on. */
  finish(token: Token, given: Variables, by: string | null = null): void {
    const node = this.nodeOf(token)
    const mappings = 'outputs' in node ? node.outputs : []
    const results = brought(node, given)
    try {
      checkOutputs(this, node, token, results)
      if (mappings.length > 0) {
        this.map(token, mappings, results)
        // what a loop collects is read from its instance
        if (collects(node, token)) this.declare(token.id, madeBy(node, results))
      } else this.set(collects(node, token) ? token.id : token.scope, outward(node, given))
    } catch (error) {
      if (!(error instanceof Stuck)) throw error
      // kept with the token, so that nobody is asked again
      if (Object.keys(results).length > 0) {
        this.emit({ type: 'variablesSet', scope: token.id, variables: results })
      }
      return this.stuck(token, error, 'complete', by)
    }
    this.goOn(token, by)
  }

  /** Leaves an element whose results are taken over. */
  goOn(token: Token, by: string | null = null): void {
    // a reset that got stuck is tried again with the others that it waits with
    if (this.nodeOf(token).type === 'complexGateway') return this.wait(token, { for: 'reset' })
    try {
      this.complete(token, this.#leavingFlows(this.nodeOf(token), token), by)
    } catch (error) {
      if (!(error instanceof Stuck)) throw error
      this.stuck(token, error, 'leave', by)
    }
  }

  /** Goes on along the given flows; with none the token ends here. */
  complete(token: Token, flows: readonly ElementId[], by: string | null = null): void {
    if (token.index !== null) return advanceLoop(this, token, by)
    const missing = flows.length === 0 ? this.#missingAtEnd(token.scope) : null
    if (missing !== null) return this.stuck(token, missing, 'leave', by)
    this.leave(token, { type: 'elementCompleted', token: token.id, element: token.at, by })
    for (const via of flows) this.take(via, token.scope)
    if (token.scope !== null) this.#askAround(token, token.scope)
    if (flows.length === 0) this.closeWhenEmpty(token.scope)
  }

  /** An ad-hoc sub-process is asked whether it is over after each activity inside. */
  #askAround({ at }: Token, scope: TokenId): void {
    const around = this.token(scope)
    if (around?.wait?.for === 'selection' && isActivity(this.node(at, scope))) {
      askWhetherOver(this, around)
    }
  }

  /** Takes a token out of the state, with the subscriptions that it held. */
  leave(token: Token, event: Event): void {
    if (event.type === 'elementCompleted') keepCompletion(this, token, this.nodeOf(token))
    this.unsubscribe(token.id)
    this.emit(event)
    this.#count(token.scope, -1)
    this.#joins.delete(token.id)
  }

  /** Merges a token into another one at a join. */
  consume(token: Token): void {
    this.leave(token, { type: 'tokenConsumed', token: token.id, element: token.at })
  }

  /** Ends a token and everything inside it. */
  terminate(token: Token): void {
    this.terminateInside(token.id)
    this.leave(token, { type: 'elementTerminated', token: token.id, element: token.at })
  }

  /** Ends everything inside a scope but one token, also what is still on its way. */
  terminateInside(scope: TokenId | null, but: TokenId | null = null): void {
    for (const token of this.tokensIn(scope)) if (token.id !== but) this.terminate(token)
    for (let i = this.#queue.length - 1; i >= this.#head; i--) {
      const arrival = this.#queue[i]
      if (arrival === undefined || typeof arrival === 'function' || arrival.scope !== scope)
        continue
      this.#queue.splice(i, 1)
      this.#count(scope, -1)
    }
  }

  /** Ends a scope early, as a terminate end event does. */
  closeScope(scope: TokenId | null): void {
    this.terminateInside(scope)
    this.closeWhenEmpty(scope)
  }

  /** Puts a token on a flow. */
  take(flow: ElementId, scope: TokenId | null): void {
    const { target } = this.graphIn(scope).flows[flow] as SequenceFlow
    this.send(target, scope, { via: flow })
  }

  /** The flows that an element leaves by: every unconditional one, the conditional ones that hold. */
  #leavingFlows(node: FlowNode, token: Token): readonly ElementId[] {
    if (!isActivity(node) || token.index !== null) return node.outgoing
    const flows = this.conditionalFlows(node, node.defaultFlow, token.scope)
    const { completionQuantity: quantity } = node
    this.mustHold(token, flows.length * quantity)
    return quantity === 1 ? flows : flows.flatMap(flow => Array<ElementId>(quantity).fill(flow))
  }

  /** Ends a scope in which nothing is left. */
  closeWhenEmpty(scope: TokenId | null): void {
    if ((this.#inside.get(scope) ?? 0) > 0) return
    if (scope === null) {
      if (this.state.status !== 'running') return
      this.unsubscribe(null)
      this.emit({ type: 'instanceCompleted' })
      return
    }
    const token = this.token(scope)
    if (token === null || token.loop !== null) return
    if (token.undoneFor !== undefined && token.wait?.for === 'compensation') {
      return endUndoing(this, token)
    }
    if (token.wait?.for !== 'children') return
    const node = this.nodeOf(token)
    this.#unsubscribeInside(node, token)
    this.#guard(token, 'complete', () => behaviorOf(node).ended?.(this, node, token))
  }

  /** How many tokens are inside a scope or on their way in it. */
  countIn(scope: TokenId | null): number {
    return this.#inside.get(scope) ?? 0
  }

  #count(scope: TokenId | null, by: number): void {
    this.#inside.set(scope, (this.#inside.get(scope) ?? 0) + by)
  }

  // waiting /////////////////////////////////////////////////////////////////

  wait(token: Token, wait: Wait): void {
    this.emit({ type: 'elementWaiting', token: token.id, element: token.at, wait })
    if (joins(wait)) this.#joins.add(token.id)
    else this.#joins.delete(token.id)
  }

  /** Rests with an incident that a person sees, mends and resolves. */
  stuck(token: Token, { code, message }: Stuck, resume: Resume, by: string | null = null): void {
    const { now } = this.context
    this.wait(token, { for: 'incident', code, message, since: now, resume, by })
  }

  subscribe(token: TokenId | null, element: ElementId, on: Trigger, part: number | null): void {
    this.reopen({ token, element, on, ...(part === null ? {} : { part }) })
  }

  /** Opens a subscription anew, with what has arrived for it. */
  reopen({ on, ...more }: Omit<Subscription, 'id'>): void {
    const number = this.state.counter + 1
    const subscription = { ...more, id: `s${number}`, on }
    this.emit({ type: 'subscriptionOpened', subscription })
    if (on.kind === 'timer') {
      const id = `${this.state.id}.${number}`
      this.effects.push({ type: 'scheduleTimer', id, subscription: `s${number}`, dueAt: on.dueAt })
    }
  }

  /** Closes what a token, or with null the whole process, waits for. */
  unsubscribe(token: TokenId | null, which: (open: Subscription) => boolean = () => true): void {
    for (const id in this.state.subscriptions) {
      const open = this.state.subscriptions[id] as Subscription
      if (open.token !== token || !which(open)) continue
      this.emit({ type: 'subscriptionClosed', subscription: id })
    }
  }

  /** Closes all that a token waits for but its boundary events. */
  #unsubscribeInside(node: FlowNode, token: Token): void {
    this.unsubscribe(token.id, ({ element }) => !node.boundary.includes(element))
  }

  /** Waits for a job, and asks for it. */
  runJob(token: Token, kind: string, input: Variables): void {
    const number = this.state.counter + 1
    const job = `j${number}`
    this.emit({ type: 'jobRequested', token: token.id, job, kind })
    this.wait(token, { for: 'job', job, kind })
    const id = `${this.state.id}.${number}`
    this.effects.push({ type: 'runJob', id, kind, job, element: token.at, input })
  }

  /** Asks for a signal to be carried to other instances. */
  broadcast(token: Token, signal: string, variables: Variables): void {
    const number = this.state.counter + 1
    this.emit({ type: 'signalThrown', element: token.at, signal, number })
    this.effects.push({ type: 'broadcast', id: `${this.state.id}.${number}`, signal, variables })
  }

  /** Carries a message to whoever waits for it. */
  publish(
    token: Token,
    { message, key, timeToLive }: { message: string; key: string; timeToLive: string | null },
    variables: Variables
  ): void {
    this.#checkPayload(token, message, variables)
    const number = this.state.counter + 1
    this.emit({ type: 'messageThrown', element: token.at, message, key, number })
    const id = `${this.state.id}.${number}`
    this.effects.push({ type: 'publish', id, message, key, variables, timeToLive })
  }

  /** Lets a token go on whose event has been thrown and has done what it was to do. */
  proceed(token: Token): void {
    this.#guard(token, 'leave', () => {
      const node = this.nodeOf(token)
      behaviorOf(node).proceed?.(this, node, token)
    })
  }

  /** @throws Stuck when what a message carries does not fit its schema */
  #checkPayload(token: Token, message: string, variables: Variables): void {
    const { checkPayload } = this.context
    if (checkPayload === undefined) return
    const problems = checkPayload(this.graphIn(token.scope), message, variables)
    if (problems.length === 0) return
    const all = problems.map(({ path, message }) => `${path || '/'}: ${message}`).join('; ')
    throw new Stuck(
      'data',
      `<${token.at}> sends <${message}>, which does not fit its schema: ${all}`
    )
  }

  // the loop ////////////////////////////////////////////////////////////////

  /** Runs until every token rests. */
  settle(): void {
    for (;;) {
      const arrival = this.#queue[this.#head]
      if (arrival !== undefined) {
        this.#head += 1
        if (typeof arrival === 'function') arrival()
        else this.#arrive(arrival)
        if (this.#head > 1024) {
          this.#queue.splice(0, this.#head)
          this.#head = 0
        }
      }
      if (this.#joins.size > 0 && this.#fireJoin()) continue
      if (arrival !== undefined || this.#checkConditions()) continue
      return this.#starve()
    }
  }

  /** A process ends with one of its output sets whole: what it lacks is told at its last token. */
  #missingAtEnd(scope: TokenId | null): Stuck | null {
    if (scope !== null && this.token(scope)?.called == null) return null
    const { id, io } = this.graphIn(scope)
    if (io === null || this.#inside.get(scope) !== 1) return null
    const { variables } = scope === null ? this.state : (this.token(scope) as Token)
    const missing = missingOf(io.outputs, variables ?? NOTHING)
    if (missing === null) return null
    const names = missing.map(name => `<${name}>`).join(', ')
    return new Stuck('data', `process <${id}> ends without its data: expected a value of ${names}`)
  }

  /** Everything rests: an activity begins whose data is there now, and inputs follow their sources. */
  #bringData(): boolean {
    for (const token of Object.values(this.state.tokens)) {
      const { wait } = token
      if (wait === null || wait.for === 'incident') continue
      if (wait.for !== 'data' && !followsInputs(this.graphIn(token.scope))) continue
      const node = this.nodeOf(token)
      if (!isActivity(node) || node.io === null) continue
      if (wait.for === 'data') {
        let missing: readonly string[] | null = null
        const known = this.#guard(token, 'activate', () => {
          missing = missingInputs(this, node, token)
        })
        if (known && missing !== null) continue
        if (known) this.activate(token, NOTHING)
        return true
      }
      const values = followed(this, node, token, this.#outside(node, token))
      if (values !== null) this.emit({ type: 'variablesSet', scope: token.id, variables: values })
    }
    return false
  }

  /** Everything rests for good: data that nothing is left to bring is an incident, never waited for in silence. */
  #starve(): void {
    const { tokens, subscriptions, suspended } = this.state
    const resting = Object.values(tokens)
    if (suspended !== null || !resting.some(({ wait }) => wait?.for === 'data')) return
    for (const _ in subscriptions) return
    if (!resting.every(({ wait }) => wait !== null && STARVED.has(wait.for))) return
    for (const token of resting) {
      if (token.wait?.for !== 'data') continue
      const names = token.wait.missing.map(name => `<${name}>`).join(', ')
      const what = `<${token.at}> waits for data that nothing is left to bring: ${names}`
      this.stuck(token, new Stuck('data', what), 'activate')
    }
  }

  /** Everything rests: conditions that variables have made true now happen, one after another. */
  #checkConditions(): boolean {
    if (!this.changed || this.state.suspended !== null) return false
    this.changed = false
    followKeys(this)
    this.changed = this.#bringData() || checkConditions(this) || this.changed
    return this.changed
  }

  #arrive(arrival: Arrival): void {
    const { at, via, scope, index, variables, payload, happened, stuck, undoes } = arrival
    const id = `t${this.state.counter + 1}`
    const token: Token = {
      id,
      at,
      scope,
      via,
      wait: null,
      variables,
      index,
      loop: null,
      called: undoes === null ? null : calledWhileUndone(this.graphIn(scope), undoes.completion),
      ...(undoes === null ? {} : { undoneFor: undoes.asked })
    }
    this.emit({ type: 'elementActivated', token })
    this.#activated += 1
    this.#activations.set(at, (this.#activations.get(at) ?? 0) + 1)
    if (undoes === null && !this.#gathered(token)) return this.wait(token, { for: 'join' })
    if (this.#activated > this.limits.activations) {
      this.stuck(token, new Stuck('loop', this.#cycle()), happened ? 'complete' : 'begin')
      return
    }
    if (stuck !== null) this.stuck(token, stuck, 'activate')
    else if (undoes !== null) beginUndoing(this, token, undoes.completion)
    else if (happened) this.finish(token, payload)
    else this.begin(token, payload)
  }

  /** Whether as many tokens as an activity needs have arrived; they go on as one. BPMN 2.0.2, 13.3.2. */
  #gathered(token: Token): boolean {
    const node = this.nodeOf(token)
    if (!isActivity(node) || node.startQuantity === 1 || token.index !== null) return true
    const others = this.tokensIn(token.scope)
      .filter(({ at, wait }) => at === node.id && wait?.for === 'join')
      .slice(0, node.startQuantity - 1)
    if (others.length + 1 < node.startQuantity) return false
    for (const other of others) this.consume(other)
    return true
  }

  /** Puts a token on an element without running it: for whoever opens a scope around others. */
  place(at: ElementId, scope: TokenId | null): Token {
    const id = `t${this.state.counter + 1}`
    const token: Token = {
      id,
      at,
      scope,
      via: null,
      wait: null,
      variables: null,
      index: null,
      loop: null,
      called: null
    }
    this.emit({ type: 'elementActivated', token })
    this.#count(scope, 1)
    return token
  }

  /** Opens what the boundary events of an element wait for, and runs it. */
  begin(token: Token, payload: Variables): void {
    const watched = this.#guard(token, 'begin', () => {
      if (token.index !== null) return
      for (const id of this.nodeOf(token).boundary) {
        const { on } = this.node(id, token.scope) as BoundaryEvent
        subscribeTo(this, on, { element: id, token: token.id, scope: token.scope, part: null })
      }
    })
    if (watched) this.activate(token, payload)
  }

  /** Runs an element's behavior for a token that rests on it. */
  activate(token: Token, payload: Variables): void {
    this.#guard(token, 'activate', () => {
      const node = this.nodeOf(token)
      if (!isActivity(node)) {
        if ('declares' in node) this.declare(token.id, unset(node.declares))
        return behaviorOf(node).activate(this, node, token, payload)
      }
      const begins = token.index === null && token.loop === null
      const missing = begins ? missingInputs(this, node, token) : null
      if (missing !== null) return this.wait(token, { for: 'data', missing })
      if (token.index === null && repeats(node)) return startLoop(this, node, token)
      if (node.inputs.length > 0 || node.declares.length > 0) {
        const values = this.mapped(node.inputs, this.#outside(node, token), token)
        this.declare(token.id, { ...unset(node.declares), ...values })
      }
      behaviorOf(node).activate(this, node, this.token(token.id) as Token, payload)
    })
  }

  /** Gives variables to a token; they are seen from there inwards only. */
  declare(token: TokenId, variables: Variables): void {
    if (Object.keys(variables).length === 0) return
    this.emit({ type: 'variablesSet', scope: token, variables })
  }

  /** What in-mappings see: never what an earlier activation mapped in, so that trying again is the same. */
  #outside(node: Activity, token: Token): (name: string) => unknown {
    if (token.index === null) return this.lookup(token.scope)
    const { loop } = this.token(token.scope as TokenId) as Token
    return this.lookup(token.scope, instanceVariables(node, loop as Loop, token.index))
  }

  /** Whether an act went well; else its token rests, with nothing of the act left open. */
  #guard(token: Token, resume: Resume, act: () => void): boolean {
    try {
      act()
      return true
    } catch (error) {
      if (!(error instanceof Stuck)) throw error
      if (resume === 'begin') this.unsubscribe(token.id)
      if (resume === 'activate') this.#unsubscribeInside(this.nodeOf(token), token)
      this.stuck(token, error, resume)
      return false
    }
  }

  /** Lets one inclusive or complex join go on, if one may: after every change, not only on arrival. */
  #fireJoin(): boolean {
    for (const id of this.#joins) {
      const token = this.state.tokens[id] as Token
      const node = this.nodeOf(token)
      if (node.type !== 'inclusiveGateway' && node.type !== 'complexGateway') continue
      const under = this.#queue
        .slice(this.#head)
        .filter(
          each => typeof each !== 'function' && each.scope === token.scope && each.undoes === null
        ) as Arrival[]
      const others = this.tokensIn(token.scope)
      if (node.type === 'complexGateway') {
        if (others.find(({ at }) => at === node.id) !== token) continue
        if (this.#fireComplex(node, token, others, under)) return true
        continue
      }
      if (!mayFire(this.graphIn(token.scope), node, others, under)) continue
      this.#guard(token, 'activate', () => this.fireInclusive(node, token))
      return true
    }
    return false
  }

  /** Whether a complex gateway has gone on, or got stuck; the token is the first of those on it. */
  #fireComplex(
    node: ComplexGateway,
    token: Token,
    others: readonly Token[],
    under: readonly Arrival[]
  ): boolean {
    let fired = false
    const resume = token.wait?.for === 'reset' ? 'leave' : 'activate'
    const well = this.#guard(token, resume, () => {
      fired = fireComplex(this, node, token.scope, others, under)
    })
    return fired || !well
  }

  /** Consumes one token of each filled flow and goes on. BPMN 2.0.2, 13.4.3. */
  fireInclusive(node: InclusiveGateway, token: Token): void {
    const flows = this.conditionalFlows(node, node.defaultFlow, token.scope)
    const taken = new Set([token.via])
    for (const other of this.tokensIn(token.scope)) {
      if (other.at !== node.id || other.wait?.for !== 'join' || taken.has(other.via)) continue
      taken.add(other.via)
      this.consume(other)
    }
    this.complete(token, flows)
  }

  #cycle(): string {
    const most = Math.max(...this.#activations.values())
    const names = [...this.#activations].filter(([, n]) => n >= most / 2).map(([id]) => `<${id}>`)
    return `no rest after ${this.limits.activations} activations; the loop goes through ${names.join(', ')}`
  }
}

/** Whether a token waits for others at a gateway that is asked again after every change. */
function joins(wait: Wait | null): boolean {
  return wait?.for === 'join' || wait?.for === 'reset'
}

/** Whether the results stay inside: an instance of many hands over only what its loop collects. */
function collects(node: FlowNode, { index }: Token): boolean {
  return index !== null && isActivity(node) && node.multiInstance !== null
}

function behaviorOf(node: FlowNode): Behavior<FlowNode> {
  return behaviors[node.type] as Behavior<FlowNode>
}
