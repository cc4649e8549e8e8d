import type { Actor, Context, Office } from '../engine/context.ts'
import { CommandRefused } from '../engine/errors.ts'
import { type FormSchema, validateForm } from '../engine/forms.ts'
import type { ElementId, ProcessGraph } from '../engine/graph.ts'
import type { Command, Decision, Effect, Event } from '../engine/messages.ts'
import { payloadProblems } from '../engine/payloads.ts'
import type {
  Instant,
  LocalDate,
  ProcessInstance,
  Subscription,
  Token,
  UserWait,
  Value,
  Variables,
  Wait,
  WaitKind
} from '../engine/state.ts'
import { step } from '../engine/step.ts'
import { addDuration, localDate, parseDateTime } from '../engine/time.ts'
import { placeOf } from '../engine/views.ts'
import { readFrom } from './correlating.ts'
import { type DataContents, DataInMemory } from './data-stores.ts'
import { commandOf, owner, type PeopleMove } from './player-moves.ts'
import { variablesAt } from './rows.ts'
import { type Rulebook, RuleFailed } from './rulebook.ts'

/** One thing that happens while a diagram is played. It names elements; the player finds the tokens. */
export type PlayMove =
  | PeopleMove
  | { readonly complete: ElementId; readonly variables?: Variables; readonly by?: string }
  | { readonly job: ElementId; readonly result?: Variables }
  | { readonly failJob: ElementId; readonly code?: string; readonly because?: string }
  | { readonly throwError: ElementId; readonly code: string; readonly variables?: Variables }
  /** Lets what a catch, boundary or start event, or a receive task, waits for happen. */
  | { readonly trigger: ElementId; readonly variables?: Variables }
  | { readonly message: string; readonly key?: string; readonly variables?: Variables }
  /** Moves the clock on by a duration, or to a moment; every timer that falls due goes off in order. */
  | { readonly wait: string }
  | { readonly decide: ElementId; readonly outcome: Value }
  | { readonly resolve: ElementId; readonly variables?: Variables; readonly reason?: string }
  /** A person starts an activity of an ad-hoc sub-process. */
  | { readonly begin: ElementId; readonly variables?: Variables; readonly by?: string }
  /** A person says that an ad-hoc sub-process is over. */
  | { readonly end: ElementId; readonly by?: string }
  | { readonly terminate: string }

/** What the world outside answers when nobody plays it. */
export interface PlayOptions {
  readonly graphs: readonly ProcessGraph[]
  readonly office: Office
  readonly now: Instant
  /** Decides business rule tasks; without it they wait for a `decide` move. */
  readonly rulebook?: Rulebook
  /** What the data stores hold at first, by the name of the store and by key. */
  readonly dataStores?: DataContents
  /** Results by element id or kind of job, given as soon as a job is asked for. */
  readonly jobs?: Readonly<Record<string, Variables>>
  /** Forms that what a person fills in is held to; without it anything is taken. */
  readonly findForm?: (process: ElementId, element: ElementId) => FormSchema | null
  /** Schemas that messages are held to, which come and which go. */
  readonly findPayload?: (process: ElementId, message: string) => FormSchema | null
}

const SYSTEM: Actor = { id: 'system', name: 'Sistem', kind: 'system', unit: null, roles: [] }

type SelectionWait = Extract<Wait, { readonly for: 'selection' }>

/** A person who may do it: the named one, else one who is called as the role. */
function playedBy(
  by: string | undefined,
  { role, unit }: { readonly role: string | null; readonly unit: string }
): Actor {
  const id = by ?? role ?? 'player'
  return { id, name: id, kind: 'person', unit, roles: role === null ? [] : [role] }
}

/** The release of a decision that a move states and no law. */
export const PLAYED = 'play'

/**
 * Plays one instance of a diagram in memory, without a store, jobs or a real clock: for examples,
 * the command line and analysts' tests.
 */
export class Player {
  readonly events: { readonly at: Instant; readonly event: Event }[] = []
  readonly effects: Effect[] = []
  readonly #options: PlayOptions
  readonly #graph: ProcessGraph
  readonly #data: DataInMemory
  #state: ProcessInstance | null = null
  #now: Instant

  constructor(graph: ProcessGraph, options: PlayOptions) {
    this.#graph = graph
    this.#options = options
    this.#now = options.now
    this.#data = new DataInMemory(options.dataStores)
  }

  get state(): ProcessInstance {
    if (this.#state === null) throw new Error('expected the instance to be started')
    return this.#state
  }
  /** What the data stores hold, by the name of the store and by key. */
  get dataStores(): DataContents {
    return this.#data.contents
  }
  get now(): Instant {
    return this.#now
  }

  async start(variables: Variables, element: ElementId | null = null): Promise<void> {
    const { office } = this.#options
    const start =
      element ?? this.#graph.starts.find(id => this.#graph.nodes[id]?.type === 'startEvent')
    const given = this.#filledIn(this.#graph.id, start ?? '', variables, {})
    await this.#execute({
      type: 'start',
      instance: 'play',
      office: office.id,
      variables: { ...this.#ofCase(), ...given },
      element,
      release: this.#options.rulebook?.release(office.id) ?? null
    })
  }

  /** @throws CommandRefused when the move does not fit where the instance stands */
  async move(move: PlayMove): Promise<void> {
    const asked = commandOf(move, this.#finder)
    if (asked !== null) return this.#execute(asked.command, asked.actor ?? SYSTEM)
    return this.#play(move as Exclude<PlayMove, PeopleMove>)
  }

  async #play(move: Exclude<PlayMove, PeopleMove>): Promise<void> {
    if ('wait' in move) return this.#pass(move.wait)
    if ('message' in move)
      return this.#receive(move.message, move.key ?? null, move.variables ?? {})
    if ('trigger' in move) {
      const open = Object.values(this.state.subscriptions).find(
        each => each.element === move.trigger
      )
      if (open === undefined) throw refused(`expected something to wait at <${move.trigger}>`)
      return this.#happen(open, move.variables ?? {})
    }
    if ('complete' in move) {
      const token = this.#waiting(move.complete, 'user')
      const { wait } = token
      if (wait?.for !== 'user') return
      const actor = owner(move.by, wait)
      const { graph } = placeOf(this.#graph, this.state, token, this.#findProcess)
      const seen = variablesAt(this.state, token)
      const variables = this.#filledIn(graph.id, token.at, move.variables ?? {}, seen)
      return this.#execute({ type: 'completeUserTask', token: token.id, variables }, actor)
    }
    if ('begin' in move) {
      const token = this.#selecting(move.begin)
      const { begin: element, variables = {}, by } = move
      const command = { type: 'startActivity', token: token.id, element, variables } as const
      return this.#execute(command, playedBy(by, token.wait))
    }
    if ('end' in move) {
      const { id, wait } = this.#waiting(move.end, 'selection')
      if (wait?.for !== 'selection') return
      return this.#execute({ type: 'endSelection', token: id }, playedBy(move.by, wait))
    }
    if ('decide' in move) {
      const { id, wait } = this.#waiting(move.decide, 'decision')
      if (wait?.for !== 'decision') return
      return this.#execute({
        type: 'decide',
        token: id,
        decision: this.#stated(wait.rule, wait.facts, move.outcome)
      })
    }
    if ('resolve' in move) {
      const { id: token } = this.#waiting(move.resolve, 'incident')
      const reason = move.reason ?? 'resolved in play'
      return this.#execute({
        type: 'resolveIncident',
        token,
        variables: move.variables ?? {},
        reason
      })
    }
    if ('terminate' in move) return this.#execute({ type: 'terminate', reason: move.terminate })
    return this.#execute(this.#jobCommand(move))
  }

  #jobCommand(
    move: Extract<PlayMove, { job: unknown } | { failJob: unknown } | { throwError: unknown }>
  ): Command {
    const element = 'job' in move ? move.job : 'failJob' in move ? move.failJob : move.throwError
    const { wait } = this.#waiting(element, 'job')
    const job = wait?.for === 'job' ? wait.job : ''
    if ('job' in move) return { type: 'completeJob', job, variables: move.result ?? {} }
    if ('throwError' in move) {
      return { type: 'throwJobError', job, code: move.code, variables: move.variables ?? {} }
    }
    return {
      type: 'failJob',
      job,
      code: move.code ?? 'fault',
      message: move.because ?? 'failed in play'
    }
  }

  /** What the runtime gives every case of an office when it starts. */
  #ofCase(): Variables {
    const { rulebook, office } = this.#options
    if (rulebook === undefined) return {}
    return { caseNumber: 'PLAY-000001', submitted: localDate(this.#now, office.timeZone) }
  }

  /** What a person filled in, held to its form. @throws CommandRefused `invalid-variables` */
  #filledIn(process: ElementId, element: ElementId, given: Variables, seen: Variables): Variables {
    const form = this.#options.findForm?.(process, element) ?? null
    if (form === null) return given
    const today = localDate(this.#now, this.#options.office.timeZone)
    const { values, problems } = validateForm(form, given, { variables: seen, today })
    if (problems.length === 0) return values
    const all = problems.map(({ path, message }) => `${path}: ${message}`).join('; ')
    throw new CommandRefused('invalid-variables', `form of <${element}>: ${all}`, problems)
  }

  // steps ///////////////////////////////////////////////////////////////////

  readonly #findProcess: Context['findProcess'] = (id, version) => {
    const { graphs, rulebook, office } = this.#options
    const bound = version === null ? (rulebook?.bound(office.id, id) ?? id) : id
    const found = graphs.filter(each => each.id === bound)
    // a folder has each process once, in whatever version it would be deployed
    return found.find(each => each.version === version) ?? found[0] ?? null
  }

  async #execute(command: Command, actor: Actor = SYSTEM): Promise<void> {
    this.#step(command, actor)
    while ((await this.#decideNext()) || this.#jobNext());
  }

  readonly #checkPayload = (sender: ProcessGraph, message: string, payload: Variables) => {
    const schema = this.#options.findPayload?.(sender.id, message) ?? null
    return schema === null ? [] : payloadProblems(schema, payload)
  }

  #step(command: Command, actor: Actor): void {
    const { office } = this.#options
    const findProcess = this.#findProcess
    const result = step(this.#graph, this.#state, command, {
      now: this.#now,
      office,
      actor,
      findProcess,
      extension: point => this.#options.rulebook?.extension(office.id, point) ?? null,
      checkPayload: this.#checkPayload,
      dataStores: this.#data
    })
    this.#state = result.state
    this.#data.take(result.events)
    this.effects.push(...result.effects)
    for (const event of result.events) this.events.push({ at: this.#now, event })
  }

  async #decideNext(): Promise<boolean> {
    const { rulebook, office } = this.#options
    if (rulebook === undefined) return false
    const token = Object.values(this.state.tokens).find(({ wait }) => wait?.for === 'decision')
    if (token?.wait?.for !== 'decision') return false
    const { rule, facts, date } = token.wait
    try {
      const { release } = this.state
      const decision = await rulebook.decide({
        rule,
        office: office.id,
        facts,
        date,
        release,
        at: this.#now
      })
      this.#step({ type: 'decide', token: token.id, decision }, SYSTEM)
    } catch (error) {
      if (!(error instanceof RuleFailed)) throw error
      const { code, message } = error
      this.#step({ type: 'failDecision', token: token.id, code, message }, SYSTEM)
    }
    return true
  }

  #jobNext(): boolean {
    const { jobs = {} } = this.#options
    for (const { at, wait } of Object.values(this.state.tokens)) {
      if (wait?.for !== 'job') continue
      const result = jobs[at] ?? jobs[wait.kind]
      if (result === undefined) continue
      this.#step({ type: 'completeJob', job: wait.job, variables: result }, SYSTEM)
      return true
    }
    return false
  }

  // time and messages ///////////////////////////////////////////////////////

  async #pass(text: string): Promise<void> {
    const { timeZone } = this.#options.office
    const until = /^[+-]?P/.test(text)
      ? addDuration(this.#now, text, timeZone)
      : parseDateTime(text, timeZone)
    for (let next = this.#nextTimer(until); next !== null; next = this.#nextTimer(until)) {
      await this.#happen(next, {})
    }
    this.#now = until
  }

  #nextTimer(until: Instant): Subscription | null {
    const due = Object.values(this.state.subscriptions).filter(
      ({ on }) => on.kind === 'timer' && on.dueAt <= until
    )
    const dueAt = ({ on }: Subscription) => (on.kind === 'timer' ? on.dueAt : '')
    return due.reduce<Subscription | null>(
      (first, each) => (first === null || dueAt(each) < dueAt(first) ? each : first),
      null
    )
  }

  /** A timer goes off at its due time, even when that is still to come. */
  async #happen({ id, on }: Subscription, variables: Variables): Promise<void> {
    if (on.kind === 'timer' && on.dueAt > this.#now) this.#now = on.dueAt
    await this.#execute({ type: 'trigger', subscription: id, variables })
  }

  async #receive(name: string, key: string | null, variables: Variables): Promise<void> {
    const problems = this.#checkPayload(this.#graph, name, variables)
    if (problems.length > 0) {
      const text = `message <${name}> does not fit its schema`
      throw new CommandRefused('invalid-variables', text, problems)
    }
    const waiting = Object.values(this.state.subscriptions).filter(
      ({ on }) => on.kind === 'message' && on.message === name && (key === null || on.key === key)
    )
    // without a key, the conversation that the message belongs to
    const texts = readFrom(this.#graph, name, variables).map(({ text }) => text)
    const isIts = ({ on }: Subscription) => on.kind === 'message' && texts.includes(on.key)
    const open = waiting.find(isIts) ?? waiting[0]
    if (open === undefined)
      throw refused(
        `expected something to wait for message <${name}>${key === null ? '' : ` with key <${key}>`}`
      )
    await this.#happen(open, variables)
  }

  /** The ad-hoc sub-process in which people may start an activity. */
  #selecting(activity: ElementId): Token & { readonly wait: SelectionWait } {
    for (const token of Object.values(this.state.tokens)) {
      if (token.wait?.for !== 'selection') continue
      const { node } = placeOf(this.#graph, this.state, token, this.#findProcess)
      if (node.type === 'adHocSubProcess' && node.starts.includes(activity)) {
        return { ...token, wait: token.wait }
      }
    }
    throw refused(`expected an ad-hoc sub-process in which <${activity}> can be started`)
  }

  get #finder() {
    return {
      office: this.#options.office,
      task: (element: ElementId) => {
        const token = this.#waiting(element, 'user')
        return { token, wait: token.wait as UserWait }
      },
      resting: (element: ElementId) => {
        const token = Object.values(this.state.tokens).find(({ at }) => at === element)
        if (token !== undefined) return token
        throw refused(`expected a token at <${element}>`)
      }
    }
  }

  #waiting(element: ElementId, kind: WaitKind): Token {
    const tokens = Object.values(this.state.tokens)
    const token = tokens.find(({ at, wait }) => at === element && wait?.for === kind)
    if (token !== undefined) return token
    const found = tokens
      .filter(({ wait }) => wait?.for !== 'children')
      .map(
        ({ at, wait }) =>
          `<${at}> for ${wait?.for}${wait?.for === 'incident' ? ` (${wait.message})` : ''}`
      )
    throw refused(
      `expected <${element}> to wait for ${kind}; waiting: ${found.join(', ') || 'nothing'}`
    )
  }

  #stated(rule: string, facts: Variables, outcome: Value): Decision {
    const { office } = this.#options
    const date: LocalDate = localDate(this.#now, office.timeZone)
    return {
      rule,
      office: office.id,
      release: PLAYED,
      date,
      facts,
      outcome,
      rows: [],
      reasons: [],
      trail: [],
      cites: [],
      confidence: null,
      remarks: [],
      rebinds: false
    }
  }
}

function refused(message: string): CommandRefused {
  return new CommandRefused('not-waiting', message)
}
