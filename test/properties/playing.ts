import { expect } from 'chai'
import {
  type Actor,
  type Command,
  type Context,
  type ElementId,
  type Event,
  type FlowNode,
  isActivity,
  type ProcessGraph,
  type ProcessInstance,
  replay,
  type Step,
  step,
  type Token,
  type Variables
} from '../../engine/index.ts'
import { office, person, system } from '../play.ts'
import { mayFire } from './clause-13-4-3.ts'

const MOST_NODES = 40

/** An instance that is played by numbers: each picks one of the things that may happen. */
export class Playing {
  state: ProcessInstance
  readonly events: Event[] = []
  /** What was done, and how many events there were afterwards. */
  readonly steps: { readonly command: Command; readonly after: number }[] = []
  readonly graph: ProcessGraph
  readonly #effects = new Set<string>()
  /** Tokens that have ended, each by one event. */
  readonly #ended = new Set<string>()
  readonly #nodes: Readonly<Record<ElementId, FlowNode>>
  readonly graphs: readonly ProcessGraph[]

  constructor(graphs: readonly ProcessGraph[]) {
    this.graph = graphs[0] as ProcessGraph
    this.graphs = graphs
    this.#nodes = Object.assign({}, ...graphs.map(({ nodes }) => nodes))
    this.state = this.do(null, {
      type: 'start',
      instance: 'i1',
      office: office.id,
      variables: { x: 0, done: false },
      element: null,
      release: null
    })
  }

  /** What may happen next: work first, then what people choose, then what happens by itself. */
  choices(variables: Variables): readonly Command[] {
    const { tokens, subscriptions } = this.state
    const all = Object.values(tokens)
    const work = all.flatMap(({ id, wait }): readonly Command[] => {
      switch (wait?.for) {
        case 'user':
          return [{ type: 'completeUserTask', token: id, variables }]
        case 'job':
          return [
            { type: 'completeJob', job: wait.job, variables },
            { type: 'failJob', job: wait.job, code: 'fault', message: 'it broke' },
            { type: 'throwJobError', job: wait.job, code: 'FAULT', variables }
          ]
        case 'incident':
          return [{ type: 'resolveIncident', token: id, variables: {}, reason: 'mended' }]
        default:
          return []
      }
    })
    const chosen = all.flatMap((token): readonly Command[] => {
      const node = this.#nodes[token.at]
      if (token.wait?.for !== 'selection' || node?.type !== 'adHocSubProcess') return []
      const { id } = token
      const busy = node.sequential && all.some(({ scope }) => scope === id)
      const starts = node.starts.filter(each => isActivity(this.#nodes[each] as FlowNode))
      return [
        ...(node.completion === null ? [{ type: 'endSelection', token: id } as const] : []),
        ...(busy ? [] : starts).map(
          (element): Command => ({ type: 'startActivity', token: id, element, variables: {} })
        )
      ]
    })
    const happens = Object.values(subscriptions).flatMap(({ id, on }): readonly Command[] =>
      on.kind === 'conditional' ? [] : [{ type: 'trigger', subscription: id, variables: {} }]
    )
    return [...work, ...chosen, ...happens]
  }

  pick(number: number): void {
    const choices = this.choices({ x: number % 4, done: number % 3 === 0 })
    this.state = this.do(this.state, choices[number % choices.length] as Command)
  }

  /** Picks as the numbers say until the instance is over; then nothing fails any more. */
  play(numbers: readonly number[], most = 500): void {
    for (const number of numbers) {
      if (this.state.status !== 'running') return
      this.pick(number)
    }
    for (let turn = 0; turn < most && this.state.status === 'running'; turn++) {
      const choices = this.choices({ x: 0, done: true })
      // events take turns: one that does not interrupt may happen for ever
      const next = choices.find(({ type }) => type !== 'trigger') ?? choices[turn % choices.length]
      this.state = this.do(this.state, next as Command)
    }
  }

  /** The command alone, without keeping what it did. */
  take(before: ProcessInstance | null, command: Command, by: Actor | null = null): Step {
    const context: Omit<Context, 'actor'> = {
      now: '2015-12-03T02:00:00.000Z',
      office,
      findProcess: id => this.graphs.find(each => each.id === id) ?? null
    }
    const byPeople = ['completeUserTask', 'startActivity', 'endSelection'].includes(command.type)
    return step(this.graph, before, command, {
      ...context,
      actor: by ?? (byPeople ? person('ani') : system)
    })
  }

  /** One step, with all that must hold after each. */
  do(before: ProcessInstance | null, command: Command, by: Actor | null = null): ProcessInstance {
    const was = JSON.stringify(before)
    const first = this.take(before, command, by)
    expect(this.take(before, command, by), 'the same step again').to.deep.equal(first)
    expect(JSON.stringify(before), 'the state before').to.equal(was)
    this.events.push(...first.events)
    this.steps.push({ command, after: this.events.length })
    for (const { id } of first.effects) {
      expect(this.#effects.has(id), `effect ${id} is asked for once`).to.equal(false)
      this.#effects.add(id)
    }
    for (const event of first.events) this.#endsOnce(event)

    const { state } = first
    const stored = JSON.parse(JSON.stringify(state)) as ProcessInstance
    expect(stored, 'through JSON').to.deep.equal(state)
    expect(replay(this.events), 'replayed').to.deep.equal(state)
    expect(state.version).to.equal(this.events.length)
    for (const token of Object.values(state.tokens)) this.#rests(state, token)
    for (const { token, element } of Object.values(state.subscriptions)) {
      expect(
        token === null || state.tokens[token] !== undefined,
        `who waits for ${element}`
      ).to.equal(true)
    }
    for (const { id, scope } of state.completions) {
      const kept = scope === null || state.tokens[scope] !== undefined
      const within = state.completions.some(each => each.id === scope)
      expect(kept || within, `the scope in which ${id} could be undone`).to.equal(true)
    }
    if (state.status !== 'running') {
      expect(state.tokens, 'what is left').to.deep.equal({})
      expect(state.subscriptions, 'what is still waited for').to.deep.equal({})
    }
    return stored
  }

  /** A token, and so every scope, ends by exactly one event, and nothing happens after the end. */
  #endsOnce(event: Event): void {
    if (event.type === 'operatorIntervened' && event.what === 'restart') {
      this.#ended.delete('instance')
    }
    expect(this.#ended.has('instance'), `nothing after the end, found ${event.type}`).to.equal(
      false
    )
    switch (event.type) {
      case 'elementActivated':
        this.#ended.delete(event.token.id)
        return
      case 'elementCompleted':
      case 'elementTerminated':
      case 'tokenConsumed':
        expect(this.#ended.has(event.token), `${event.token} ends once`).to.equal(false)
        this.#ended.add(event.token)
        return
      case 'instanceCompleted':
      case 'instanceTerminated':
      case 'instanceFailed':
        this.#ended.add('instance')
        return
      default:
        return
    }
  }

  /** A token has a reason to wait, its scope lives, and a scope holds something. */
  #rests(state: ProcessInstance, { id, at, scope, wait }: Token): void {
    expect(wait, `why ${id} rests on ${at}`).to.not.equal(null)
    const all = Object.values(state.tokens)
    if (scope !== null) {
      const around = state.tokens[scope]
      // what is ad hoc goes on inside while nobody can tell whether it is over
      const adHoc = this.#nodes[around?.at ?? '']?.type === 'adHocSubProcess'
      expect(around?.wait?.for, `the scope of ${id} on ${at}`).to.be.oneOf([
        'children',
        'compensation',
        ...(adHoc ? ['selection', 'incident'] : [])
      ])
    }
    const inside = all.filter(each => each.scope === id)
    if (wait?.for === 'children') expect(inside, `what is inside ${id} on ${at}`).to.not.be.empty
    if (wait?.for === 'compensation') {
      const undone = all.filter(({ undoneFor }) => undoneFor === id)
      expect([...inside, ...undone], `what is undone for ${id} on ${at}`).to.not.be.empty
    }
    const node = this.#nodes[at]
    if (wait?.for === 'join' && node?.type === 'inclusiveGateway' && node.incoming.length > 1) {
      const places = all.filter(token => token.scope === scope)
      const graph = this.graphs.find(({ nodes }) => nodes[at] === node) as ProcessGraph
      // every path is walked: too many in a large diagram
      if (Object.keys(graph.nodes).length > MOST_NODES) return
      expect(mayFire(graph, places, at), `${at} waits, and 13.4.3 lets it go on`).to.equal(false)
    }
  }

  completed(element: ElementId): number {
    return this.events.filter(
      event => event.type === 'elementCompleted' && event.element === element
    ).length
  }
}
