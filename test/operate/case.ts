import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import { compile } from '../../engine/compile/compile.ts'
import {
  type Actor,
  type Command,
  CommandRefused,
  type Context,
  type Effect,
  type Event,
  type ProcessGraph,
  type ProcessInstance,
  replay,
  step,
  type Token
} from '../../engine/index.ts'
import { readDiagram } from '../../runtime/bpmn.ts'
import { office, person, traceOf } from '../play.ts'

export const START = '2015-12-03T02:00:00.000Z'
export const oka = person('oka', 'operator')
/** What the forms of the sample write. */
const formNames: NonNullable<Context['formNames']> = (_process, _version, element) =>
  ({ Draft: ['draft'], Approve: ['decision'] })[element] ?? []
export const omar = person('omar', 'operator')

/** A diagram of `test/diagrams`, as a version of its process. */
export async function versionOf(name: string, version: number): Promise<ProcessGraph> {
  const xml = await readFile(new URL(`../diagrams/${name}.bpmn`, import.meta.url), 'utf8')
  return compile(await readDiagram(xml, `${name}.bpmn`), version)[0] as ProcessGraph
}

/** One instance in the hands of a test: every command proves that replay gives the state. */
export class Case {
  readonly events: Event[] = []
  readonly effects: Effect[] = []
  readonly #graphs: readonly ProcessGraph[]
  now = START
  #state: ProcessInstance | null = null
  #mark = 0

  constructor(graphs: readonly ProcessGraph[]) {
    this.#graphs = graphs
  }

  get state(): ProcessInstance {
    return this.#state as ProcessInstance
  }

  do(command: Command, actor: Actor = oka): this {
    const made = step(this.#graph(), this.#state, command, this.#context(actor))
    this.#mark = this.events.length
    this.events.push(...made.events)
    this.effects.push(...made.effects)
    this.#state = JSON.parse(JSON.stringify(made.state)) as ProcessInstance
    expect(JSON.parse(JSON.stringify(replay(this.events)))).to.deep.equal(this.#state)
    for (const { at, wait } of Object.values(this.state.tokens)) {
      expect(wait, `why ${at} rests`).not.to.equal(null)
    }
    return this
  }

  start(variables = {}): this {
    const more = { element: null, release: null, office: 'kanim-tju', instance: 'i1' }
    return this.do({
      type: 'start',
      variables: { caseNumber: 'C-1', again: false, ...variables },
      ...more
    })
  }

  complete(element: string, by = 'budi', roles: readonly string[] = ['status-section']): this {
    const token = this.token(element, 'user').id
    return this.do({ type: 'completeUserTask', token, variables: {} }, person(by, ...roles))
  }

  job(element: string, variables = {}): Command {
    const { wait } = this.token(element, 'job')
    return { type: 'completeJob', job: wait?.for === 'job' ? wait.job : '', variables }
  }

  event(element: string, variables = {}): Command {
    const open = Object.values(this.state.subscriptions).find(each => each.element === element)
    if (open === undefined) throw new Error(`expected something to wait at <${element}>`)
    return { type: 'trigger', subscription: open.id, variables }
  }

  token(element: string, wait?: string): Token {
    const found = Object.values(this.state.tokens).find(
      token => token.at === element && (wait === undefined || token.wait?.for === wait)
    )
    if (found === undefined) throw new Error(`expected a token at <${element}>`)
    return found
  }

  refusal(command: Command, actor: Actor = oka): CommandRefused {
    try {
      step(this.#graph(), this.#state, command, this.#context(actor))
    } catch (error) {
      if (error instanceof CommandRefused) return error
      throw error
    }
    throw new Error(`expected <${command.type}> to be refused`)
  }

  /** The trace of the last command. */
  get trace(): string {
    return traceOf(this.events.slice(this.#mark))
  }

  get resting(): readonly string[] {
    return Object.values(this.state.tokens).map(({ at, wait }) => `${at}: ${wait?.for}`)
  }

  get open(): readonly string[] {
    return Object.values(this.state.subscriptions).map(({ element, on }) =>
      on.kind === 'timer' ? `${element} ${on.dueAt}` : element
    )
  }

  #graph(): ProcessGraph {
    const now = this.#state
    return (
      this.#graphs.find(
        ({ id, version }) => id === now?.process && version === now.processVersion
      ) ?? (this.#graphs[0] as ProcessGraph)
    )
  }

  #context(actor: Actor): Context {
    const findProcess: Context['findProcess'] = (process, version) =>
      this.#graphs.findLast(
        graph => graph.id === process && (version === null || graph.version === version)
      ) ?? null
    return { now: this.now, office, actor, findProcess, formNames }
  }
}
