import { askWhetherOver } from './behaviors/ad-hoc-sub-process.ts'
import type { Behavior } from './behaviors/behavior.ts'
import { behaviors } from './behaviors/index.ts'
import {
  beginUndoing,
  calledWhileUndone,
  endUndoing,
  isToBeUndone,
  keepCompletion
} from './compensation.ts'
import type { Context } from './context.ts'
import { followKeys } from './correlation.ts'
import { brought, checkOutputs, madeBy, missingInputs, outward, unset } from './data.ts'
import { bringData, missingAtEnd, starve } from './data-waits.ts'
import { Stuck } from './errors.ts'
import { checkConditions } from './event-definitions/conditional.ts'
import { subscribeTo } from './event-definitions/index.ts'
import {
  type Activity,
  type BoundaryEvent,
  type ElementId,
  type FlowNode,
  isActivity,
  type ProcessGraph,
  type SequenceFlow
} from './graph.ts'
import { fireJoin } from './joining.ts'
import { NOTHING } from './ledger.ts'
import { ENGINE_LIMITS, type EngineLimits } from './limits.ts'
import { advanceLoop, instanceVariables, repeats, startLoop } from './loop.ts'
import type { Event } from './messages.ts'
import { askWhetherDone, isToBeAsked } from './optional.ts'
import type {
  Completion,
  Loop,
  ProcessInstance,
  Resume,
  Token,
  TokenId,
  Variables
} from './state.ts'
import { joins, Waits } from './waits.ts'

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
export class Run extends Waits {
  readonly #queue: (Arrival | (() => void))[] = []
  #head = 0
  /** How many tokens and arrivals are inside each scope. */
  readonly #inside = new Map<TokenId | null, number>()
  readonly #activations = new Map<ElementId, number>()
  #activated = 0
  readonly limits: EngineLimits

  constructor(root: ProcessGraph, state: ProcessInstance | null, context: Context) {
    super(root, state, context)
    this.limits = context.limits ?? ENGINE_LIMITS
    for (const token of Object.values(this.state.tokens)) {
      this.#count(token.scope, 1)
      if (joins(token.wait)) this.joins.add(token.id)
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
      if (now !== null) this.attempt(now, 'activate', () => act(now))
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
    const { id, at: element } = token
    this.#depart(token, flows, { type: 'elementCompleted', token: id, element, by }, by)
  }

  /** Passes over an activity that is not done here. */
  skip(token: Token): void {
    this.attempt(token, 'begin', () => {
      const flows = this.#leavingFlows(this.nodeOf(token), token)
      const { id, at: element } = token
      this.#depart(token, flows, { type: 'elementSkipped', token: id, element }, null)
    })
  }

  #depart(token: Token, flows: readonly ElementId[], event: Event, by: string | null): void {
    const missing = flows.length === 0 ? missingAtEnd(this, token.scope) : null
    if (missing !== null) return this.stuck(token, missing, 'leave', by)
    this.leave(token, event)
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
    this.joins.delete(token.id)
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
    if (token.wait?.for !== 'children' || isToBeUndone(this, scope)) return
    const node = this.nodeOf(token)
    this.unsubscribeInside(node, token)
    this.attempt(token, 'complete', () => behaviorOf(node).ended?.(this, node, token))
  }

  /** How many tokens are inside a scope or on their way in it. */
  countIn(scope: TokenId | null): number {
    return this.#inside.get(scope) ?? 0
  }

  #count(scope: TokenId | null, by: number): void {
    this.moved(scope)
    this.#inside.set(scope, (this.#inside.get(scope) ?? 0) + by)
  }

  /** Lets a token go on whose event has been thrown and has done what it was to do. */
  proceed(token: Token): void {
    this.attempt(token, 'leave', () => {
      const node = this.nodeOf(token)
      behaviorOf(node).proceed?.(this, node, token)
    })
  }

  // the loop ////////////////////////////////////////////////////////////////

  /** Whether something is being undone, or about to be, that a token has asked for. */
  isUndoingFor(asked: TokenId): boolean {
    const arrives = (each: Arrival | (() => void)) =>
      typeof each !== 'function' && each.undoes?.asked === asked
    return (
      Object.values(this.state.tokens).some(({ undoneFor }) => undoneFor === asked) ||
      this.#queue.slice(this.#head).some(arrives)
    )
  }

  /** What is on its way in a scope, but to be undone. */
  arrivalsIn(scope: TokenId | null): readonly Arrival[] {
    const isIt = (each: Arrival | (() => void)): each is Arrival =>
      typeof each !== 'function' && each.scope === scope && each.undoes === null
    return this.#queue.slice(this.#head).filter(isIt)
  }

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
      if (this.#askConditions()) continue
      if (this.joins.size > 0 && fireJoin(this, this.joins)) continue
      if (arrival !== undefined || this.#followData()) continue
      return starve(this)
    }
  }

  /** What variables have made true now happens, also when it is not for long. */
  #askConditions(): boolean {
    if (!this.asked || this.state.suspended !== null) return false
    this.asked = false
    checkConditions(this)
    return true
  }

  /** Everything rests: what waits for data follows what has changed. */
  #followData(): boolean {
    if (!this.changed || this.state.suspended !== null) return false
    this.changed = false
    followKeys(this)
    this.changed = bringData(this) || this.changed
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
    this.moved(scope)
    this.#activated += 1
    this.#activations.set(at, (this.#activations.get(at) ?? 0) + 1)
    // there is no end of doing, but of undoing
    if (undoes !== null) return beginUndoing(this, token, undoes.completion)
    if (!this.#gathered(token)) return this.wait(token, { for: 'join' })
    if (this.#activated > this.limits.activations) {
      this.stuck(token, new Stuck('loop', this.#cycle()), happened ? 'complete' : 'begin')
      return
    }
    if (stuck !== null) this.stuck(token, stuck, 'activate')
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

  /** Asks whether an activity is done here where that is open, else begins it. */
  begin(token: Token, payload: Variables): void {
    const node = this.nodeOf(token)
    if (!isActivity(node) || !isToBeAsked(node, token)) return this.beginAsked(token, payload)
    this.attempt(token, 'begin', () => askWhetherDone(this, node, token))
  }

  /** Opens what the boundary events of an element wait for, and runs it. */
  beginAsked(token: Token, payload: Variables): void {
    const watched = this.attempt(token, 'begin', () => {
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
    this.attempt(token, 'activate', () => {
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
        const values = this.mapped(node.inputs, this.outside(node, token), token)
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
  outside(node: Activity, token: Token): (name: string) => unknown {
    if (token.index === null) return this.lookup(token.scope)
    const { loop } = this.token(token.scope as TokenId) as Token
    return this.lookup(token.scope, instanceVariables(node, loop as Loop, token.index))
  }

  /** Whether an act went well; else its token rests, with nothing of the act left open. */
  attempt(token: Token, resume: Resume, act: () => void): boolean {
    try {
      act()
      return true
    } catch (error) {
      if (!(error instanceof Stuck)) throw error
      if (resume === 'begin') this.unsubscribe(token.id)
      if (resume === 'activate') this.unsubscribeInside(this.nodeOf(token), token)
      this.stuck(token, error, resume)
      return false
    }
  }

  #cycle(): string {
    const most = Math.max(...this.#activations.values())
    const names = [...this.#activations].filter(([, n]) => n >= most / 2).map(([id]) => `<${id}>`)
    return `no rest after ${this.limits.activations} activations; the loop goes through ${names.join(', ')}`
  }
}

/** Whether the results stay inside: an instance of many hands over only what its loop collects. */
function collects(node: FlowNode, { index }: Token): boolean {
  return index !== null && isActivity(node) && node.multiInstance !== null
}

function behaviorOf(node: FlowNode): Behavior<FlowNode> {
  return behaviors[node.type] as Behavior<FlowNode>
}
