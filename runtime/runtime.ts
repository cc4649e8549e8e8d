import { randomUUID } from 'node:crypto'
import type { Actor, Context } from '../engine/context.ts'
import { CommandRefused } from '../engine/errors.ts'
import type { FormSchema } from '../engine/forms.ts'
import type { ElementId, ProcessGraph } from '../engine/graph.ts'
import type { Command, Event } from '../engine/messages.ts'
import { isApplicant } from '../engine/starting.ts'
import type { InstanceId, OfficeId, ProcessInstance, Variables } from '../engine/state.ts'
import { type Step, step } from '../engine/step.ts'
import { localDate } from '../engine/time.ts'
import { takeNewCalendars } from './calendars.ts'
import { startMet } from './condition-starts.ts'
import { beganBy } from './correlating.ts'
import { DataSnapshot } from './data-stores.ts'
import { type Door, type Parts, type Request, type Start, SYSTEM, TOO_LATE } from './door.ts'
import { problemsOfPayload } from './payloads.ts'
import { correlate, type Delivery, type Publication, publish } from './publishing.ts'
import { decisionsIn, rowsOf } from './rows.ts'
import { RuleFailed } from './rulebook.ts'
import { type CommitRecord, Conflict } from './store.ts'
import { startDue } from './timer-starts.ts'
import { Turns } from './turns.ts'
import { filledIn, isAboutTask, whoWasFaster, withForm } from './user-tasks.ts'
import { Worker } from './worker.ts'

/** A race that is lost so often is no longer a coincidence. */
const MOST_CONFLICTS = 20
/** Decisions in one command; a process that needs more goes round in a circle. */
const MOST_DECISIONS = 1000
const SWEEP_EVERY = 60_000
/**
 * Opens the one door: a person, a job and a timer all change an instance through `execute`. What
 * waits in the store is taken up at once, and again every minute.
 */
export async function openRuntime(parts: Parts): Promise<Runtime> {
  const runtime = new Runtime(parts)
  await runtime.open()
  return runtime
}

export class Runtime implements Door {
  readonly #parts: Parts
  readonly #turns = new Turns()
  readonly #background = new Set<Promise<void>>()
  #timer: NodeJS.Timeout | null = null

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async open(): Promise<void> {
    await this.#parts.dispatcher.start(new Worker(this.#parts, this))
    await this.sweep()
    this.#timer = setInterval(() => this.#later('sweeping', this.sweep()), SWEEP_EVERY)
    this.#timer.unref()
  }

  /** Begins nothing more and waits for what is under way. The store stays open. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#parts.dispatcher.stop()
    await Promise.all(this.#background)
    await this.#turns.over()
  }

  // commands ////////////////////////////////////////////////////////////////

  /**
   * Carries out a command and answers with the state that it left; never waits for a job.
   *
   * @throws CommandRefused when the command does not fit; nothing was changed
   * @throws StoreUnavailable when it could not be stored; nothing was changed
   */
  execute(request: Request): Promise<ProcessInstance> {
    // Commands to one instance take turns here, so that only other processes can be faster.
    return this.#turns.take(request.instance, () => this.#execute(request))
  }

  inTurn<Result>(what: string, act: () => Promise<Result>): Promise<Result> {
    return this.#turns.take(what, act)
  }

  async #execute({
    instance,
    process,
    command,
    by,
    settles,
    receives
  }: Request): Promise<ProcessInstance> {
    const { store, dispatcher } = this.#parts
    for (let conflicts = 0; ; conflicts++) {
      const before = await store.load(instance)
      const graph = this.#graphOf(instance, before, process)
      const data = new DataSnapshot(store)
      const context = {
        ...this.#context(before?.office ?? officeOf(command), by),
        dataStores: data
      }
      const at = context.now
      const { state, events, effects } = await this.#stepAndDecide(
        graph,
        before,
        command,
        context,
        data
      )

      try {
        await store.commit({
          before: before?.version ?? 0,
          state,
          events,
          effects,
          at,
          by: recorded(by),
          command: command.type,
          settles: settles ?? [],
          receives: receives ?? null,
          rows: rowsOf(this.#graphOf(instance, state, graph), state, at, context.findProcess),
          decisions: decisionsIn(events),
          data: data.access,
          begins: command.type === 'start' ? beganBy(events, graph) : []
        })
      } catch (error) {
        if (error instanceof Conflict && conflicts < MOST_CONFLICTS) continue
        throw error
      }
      // committed: nothing from here on may fail the caller, the next sweep repeats it
      const pending = effects.map(effect => ({ instance, effect, createdAt: at }))
      await dispatcher.dispatch(pending).catch(error => this.#report('dispatching', error))
      if (events.some(opensMessage))
        this.#later('correlating', correlate(this.#parts, this, instance))
      return state
    }
  }

  /** Steps, and while a token waits for a decision: decides and steps again. No commit in between. */
  async #stepAndDecide(
    graph: ProcessGraph,
    before: ProcessInstance | null,
    command: Command,
    context: Context,
    data: DataSnapshot
  ): Promise<Step> {
    let made = await data.during(() => this.#firstStep(graph, before, command, context))
    const events = [...made.events]
    const effects = [...made.effects]
    for (let decisions = 0; ; decisions++) {
      data.take(made.events)
      const answer = await this.#nextDecision(made.state, context, decisions)
      if (answer === null) return { state: made.state, events, effects }
      const { state } = made
      const at = this.#graphOf(state.id, state, graph)
      made = await data.during(() => step(at, state, answer, { ...context, actor: SYSTEM }))
      events.push(...made.events)
      effects.push(...made.effects)
    }
  }

  async #firstStep(
    graph: ProcessGraph,
    before: ProcessInstance | null,
    command: Command,
    context: Context
  ): Promise<Step> {
    const { store, library } = this.#parts
    try {
      return step(graph, before, withForm(library, graph, before, command, context), context)
    } catch (error) {
      const late = error instanceof CommandRefused && TOO_LATE.has(error.code)
      if (!late || before === null || !isAboutTask(command)) throw error
      throw await whoWasFaster(error, store, before.id, command.token)
    }
  }

  /** The answer to the first token that waits for a decision, or null when none does. */
  async #nextDecision(
    { tokens, office, release, suspended }: ProcessInstance,
    { now }: Context,
    decisions: number
  ): Promise<Command | null> {
    if (suspended !== null) return null
    for (const { id: token, at, wait } of Object.values(tokens)) {
      if (wait?.for !== 'decision') continue
      const { rule, facts, date } = wait
      if (decisions >= MOST_DECISIONS) {
        const message = `<${at}> goes round in a circle: ${MOST_DECISIONS} decisions in one command`
        return { type: 'failDecision', token, code: 'no-rule', message }
      }
      try {
        const asked = { rule, office, facts, date, release, at: now }
        return { type: 'decide', token, decision: await this.#parts.rulebook.decide(asked) }
      } catch (error) {
        if (!(error instanceof RuleFailed)) throw error
        return { type: 'failDecision', token, code: error.code, message: error.message }
      }
    }
    return null
  }

  #graphOf(
    instance: InstanceId,
    before: ProcessInstance | null,
    starts: ProcessGraph | undefined
  ): ProcessGraph {
    if (starts !== undefined && (before === null || isOf(starts, before))) return starts
    if (before === null) throw new CommandRefused('unknown-instance', `no instance <${instance}>`)
    const { process, processVersion } = before
    const graph = this.#parts.library.find(process, processVersion)
    if (graph !== null) return graph
    const message = `process <${process}> version ${processVersion} is not deployed`
    throw new CommandRefused('unknown-process', message)
  }

  #context(office: OfficeId, actor: Actor): Context {
    const { rulebook, library, clock, limits } = this.#parts
    const now = clock.now()
    return {
      now,
      office: rulebook.office(office, now),
      actor,
      findProcess: (process, version) =>
        version === null
          ? library.find(rulebook.bound(office, process) ?? process, 'latest')
          : library.find(process, version),
      extension: point => rulebook.extension(office, point),
      checkPayload: (sender, message, payload) =>
        problemsOfPayload(library, sender, message, payload),
      formNames: (process, version, element) => namesOf(library.form(process, version, element)),
      ...(limits === undefined ? {} : { limits })
    }
  }

  /** What a command would do, without doing it. @throws CommandRefused when it does not fit */
  async rehearse({ instance, command, by }: Request): Promise<Rehearsal> {
    const before = await this.#parts.store.load(instance)
    const graph = this.#graphOf(instance, before, undefined)
    const data = new DataSnapshot(this.#parts.store)
    const context = { ...this.#context(before?.office ?? '', by), dataStores: data }
    const made = await this.#stepAndDecide(graph, before, command, context, data)
    return { before: before as ProcessInstance, ...made }
  }

  /** Every commit of an instance, oldest first. */
  historyOf(instance: InstanceId): Promise<readonly CommitRecord[]> {
    return this.#parts.store.history(instance)
  }

  // starting ////////////////////////////////////////////////////////////////

  /**
   * Starts a process at an office, under the next case number of the office's register.
   *
   * @throws CommandRefused also when the instance is there already (`already-started`)
   */
  async start(given: Start): Promise<ProcessInstance> {
    const { registers, rulebook, store } = this.#parts
    const { office, by, instance = randomUUID() } = given
    if (!/^[\w-]{1,100}$/.test(instance)) {
      const problem = { path: '/instance', message: 'expected letters, digits, _ and -' }
      throw new CommandRefused('invalid-variables', `id <${instance}> cannot be accepted`, [
        problem
      ])
    }
    // a timer, a condition or a message that comes again must not bring back what was deleted
    if (given.instance !== undefined && (await store.isRemoved(instance))) {
      const message = `instance <${instance}> was there and has been deleted`
      throw new CommandRefused('already-started', message)
    }
    if (!rulebook.offices().some(({ id }) => id === office)) {
      throw new CommandRefused('unknown-office', `no office <${office}>`)
    }
    const process = this.#processAt(office, given.process)
    const element = given.element ?? plainStart(process)
    const context = this.#context(office, by)
    const today = localDate(context.now, context.office.timeZone)
    const command = {
      type: 'start',
      instance,
      office,
      variables: given.variables,
      element,
      ...(given.part === undefined ? {} : { part: given.part }),
      release: rulebook.release(office)
    } as const

    // A start that is refused must not take a number: it would be missing from the book.
    const there = await store.load(instance)
    const data = new DataSnapshot(store)
    await data.during(() => step(process, there, command, { ...context, dataStores: data }))
    const asked = by.kind === 'person' && element !== null
    const variables = asked
      ? filledIn(this.#parts.library, process, element, given.variables, {}, context)
      : given.variables

    const year = Number(today.slice(0, 4))
    const number = await registers.claim({
      office,
      register: 'cases',
      year,
      claimant: instance,
      at: context.now
    })
    const caseNumber = [
      prefixOf(process),
      codeOf(office),
      year,
      String(number).padStart(6, '0')
    ].join('-')
    const known = { caseNumber, submitted: today, ...channelOf(by) }
    const full = { ...command, variables: { ...variables, ...known } }
    const state = await this.execute({ instance, process, command: full, by })
    await this.#book(state).catch(error => this.#report('booking a case', error))
    return state
  }

  /** Notes in the register that a number has its case. */
  async #book({ id, process, variables }: ProcessInstance): Promise<void> {
    await this.#parts.registers.issued(id, { caseNumber: variables.caseNumber ?? null, process })
  }

  /** The process that serves a service at an office, asked for by either name. */
  #processAt(office: OfficeId, asked: ElementId): ProcessGraph {
    const found = this.#parts.library.processes.find(
      ({ id }) => id === (this.#parts.rulebook.bound(office, asked) ?? asked)
    )
    if (found && this.#offers(office, found)) return found
    throw new CommandRefused('unknown-process', `office <${office}> does not offer <${asked}>`)
  }

  #offers(office: OfficeId, { id, variantOf }: ProcessGraph): boolean {
    return this.#parts.rulebook.bound(office, variantOf ?? id) === id
  }

  // messages ////////////////////////////////////////////////////////////////

  /**
   * Brings a message to whoever waits for it, and says how many took it.
   *
   * @throws CommandRefused `invalid-variables` when it does not fit its schema
   */
  async publish(publication: Publication): Promise<Delivery> {
    const { message, variables } = publication
    const problems = problemsOfPayload(this.#parts.library, null, message, variables)
    if (problems.length > 0) {
      const text = `message <${message}> does not fit its schema`
      throw new CommandRefused('invalid-variables', text, problems)
    }
    return publish(this.#parts, this, publication)
  }

  // sweeping ////////////////////////////////////////////////////////////////

  /**
   * Takes up what the store holds and nobody does: law that another process has published, effects after a crash, numbers whose case began just
   * before, kept messages that somebody waits for, processes whose timer is due or whose condition has come true,
   * and due dates that a calendar gave which has changed since.
   */
  async sweep(): Promise<void> {
    const { store, dispatcher, registers, rulebook } = this.#parts
    await rulebook.refresh()
    // first, or a timer would go off at the time that the old calendar gave it
    await takeNewCalendars(this.#parts, this)
    await dispatcher.dispatch(await store.pendingEffects())
    for (const { claimant } of await registers.open('cases')) {
      const state = await store.load(claimant)
      if (state !== null) await this.#book(state)
    }
    await correlate(this.#parts, this, null)
    await startDue(this.#parts, this)
    await startMet(this.#parts, this)
  }

  #later(what: string, work: Promise<void>): void {
    const done: Promise<void> = work
      .catch(error => this.#report(what, error))
      .finally(() => this.#background.delete(done))
    this.#background.add(done)
  }

  #report(what: string, error: unknown): void {
    this.#parts.log.error(`${what} failed`, error)
  }
}

/** What is kept of an actor; whom they stood in for is said by the events. */
function recorded({ deputyFor: _, ...actor }: Actor): Actor {
  return actor
}

/** A step that was made and not kept. */
export type Rehearsal = Step & { readonly before: ProcessInstance }

function isOf({ id, version }: ProcessGraph, state: ProcessInstance): boolean {
  return state.process === id && state.processVersion === version
}

/** The variables that a form writes; a task without a form writes none. */
function namesOf(form: FormSchema | null): readonly string[] {
  return Object.keys((form as { readonly properties?: object } | null)?.properties ?? {})
}

function officeOf(command: Command): OfficeId {
  return command.type === 'start' ? command.office : ''
}

function opensMessage(event: Event): boolean {
  if (event.type === 'instanceResumed' || event.type === 'subscriptionKeyed') return true
  return event.type === 'subscriptionOpened' && event.subscription.on.kind === 'message'
}

/** Which way an application came in; a message or a timer takes none. */
function channelOf(by: Actor): Variables {
  if (by.kind !== 'person') return {}
  return { channel: isApplicant(by) ? 'online' : 'counter' }
}

/** The start event without a trigger, when there is exactly one. */
function plainStart({ starts, nodes }: ProcessGraph): ElementId | null {
  const plain = starts.filter(id => {
    const node = nodes[id]
    return node?.type === 'startEvent' && node.on.kind === 'none'
  })
  return plain.length === 1 ? (plain[0] as ElementId) : null
}

/** `ITK` for `itk-extension`, unless the diagram states a `case.prefix`. */
function prefixOf({ id, properties }: ProcessGraph): string {
  return properties['case.prefix'] ?? (id.split(/[-.]/)[0] as string).toUpperCase()
}

/** `TJU` for `kanim-tju`: each office counts its own cases, so their numbers name it. */
function codeOf(office: OfficeId): string {
  return office.replace(/^kanim-/, '').toUpperCase()
}
