import type { Actor, Context, Office } from '../../engine/context.ts'
import { CommandRefused } from '../../engine/errors.ts'
import type { FormSchema } from '../../engine/forms.ts'
import { type ElementId, type FlowNode, isActivity, type ProcessGraph } from '../../engine/graph.ts'
import type { Command, Effect, Event } from '../../engine/messages.ts'
import { barredFrom } from '../../engine/people.ts'
import type { ProcessInstance, Subscription, Token, Variables, Wait } from '../../engine/state.ts'
import { step } from '../../engine/step.ts'
import { localDate } from '../../engine/time.ts'
import { placeOf } from '../../engine/views.ts'
import type { ExampleCase } from '../cases.ts'
import { DataInMemory } from '../data-stores.ts'
import { variablesAt } from '../rows.ts'
import { type Rulebook, RuleFailed } from '../rulebook.ts'
import { Agenda } from './agenda.ts'
import type { Figures } from './figures.ts'
import { instantOf, momentOf, OpeningClock, USUAL_HOURS } from './hours.ts'
import { Mail } from './mail.ts'
import { filled, type Material, Materials } from './material.ts'
import { Diagrams } from './odds.ts'
import { type Dice, draw, exponential, seeded } from './random.ts'
import type { Arrivals, ElementScenario, Scenario } from './scenario.ts'
import { ANYONE, type Officer, Staff, type Task } from './staff.ts'
import { Tally } from './tally.ts'

/** What a simulation is made of. */
export interface Simulated {
  readonly graph: ProcessGraph
  /** All processes that may be called. */
  readonly graphs: readonly ProcessGraph[]
  readonly findForm: (process: ElementId, element: ElementId) => FormSchema | null
  readonly examples: readonly ExampleCase[]
  readonly office: Office
  /** Decides business rule tasks; without it they are incidents. */
  readonly rulebook: Rulebook | null
  readonly scenario: Scenario
  /** The first day or moment. */
  readonly from: string
  readonly instances: number
  readonly seed: string
  readonly onProgress?: (done: number, all: number) => void
}

/** No run goes on for longer than this: what still waits then never comes. */
const MOST_DAYS = 366 * 20
/** How much may happen; more is a loop. */
const MOST_HAPPENINGS = 20_000_000

interface Instance {
  readonly n: number
  readonly id: string
  readonly dice: Dice
  readonly material: Material
  readonly startedAt: number
  readonly visits: Map<ElementId, number>
  readonly tasks: Map<string, Task>
  state: ProcessInstance | null
  stuck: boolean
}

interface Place {
  readonly graph: ProcessGraph
  readonly node: FlowNode
}
interface Listener {
  readonly instance: Instance
  readonly subscription: string
  readonly place: Place | null
}
type Happening = () => Promise<void> | void

const SYSTEM: Actor = { id: 'system', name: 'Sistem', kind: 'system', unit: null, roles: [] }

/**
 * Lets many instances of a process come in and be worked on by officers in their opening hours, with the
 * engine, the forms and the rules as they stand. The same input gives the same figures.
 *
 * @throws CalendarMissing when it runs into a year that the office's calendar does not have
 */
export function simulate(given: Simulated): Promise<Figures> {
  return new Simulation(given).run()
}

class Simulation {
  readonly #given: Simulated
  readonly #clock: OpeningClock
  readonly #agenda = new Agenda<Happening>()
  readonly #staff: Staff
  readonly #materials: Materials
  readonly #tally: Tally
  readonly #diagrams: Diagrams
  readonly #running = new Map<number, Instance>()
  readonly #decided = new Map<string, ReturnType<Rulebook['decide']>>()
  readonly #mail = new Mail<Listener>(
    ({ instance, subscription }) => instance.state?.subscriptions[subscription] !== undefined
  )
  readonly #published: ReadonlySet<string>
  readonly #office: Office
  readonly #data = new DataInMemory()
  readonly #origin: number
  /** The dice of the instance that is being stepped. */
  #dice: Dice = seeded('')
  #now: number
  #opening = -1
  /** When something was last done. */
  #last = 0

  constructor(given: Simulated) {
    this.#given = given
    const { office, scenario } = given
    this.#origin = momentOf(given.from, office.timeZone)
    this.#now = this.#origin
    this.#clock = new OpeningClock(
      scenario.hours ?? USUAL_HOURS,
      office.calendar,
      office.timeZone,
      this.#origin
    )
    this.#staff = new Staff(scenario.officers ?? {}, scenario.people ?? [])
    this.#materials = new Materials(scenario, given.examples, office.id)
    this.#diagrams = new Diagrams(
      [...given.graphs.filter(({ id }) => id !== given.graph.id), given.graph],
      element => this.#elementOf(element)?.flows,
      () => this.#dice
    )
    this.#office = { ...office, facts: { ...office.facts, ...this.#diagrams.facts } }
    this.#published = new Set(this.#diagrams.all.flatMap(published))
    this.#tally = new Tally(given, this.#clock, this.#staff, this.#materials.names)
  }

  async run(): Promise<Figures> {
    const { instances, onProgress } = this.#given
    const last = this.#origin + MOST_DAYS * 86_400_000
    let happened = 0
    this.#arrive(0, seeded(`${this.#given.seed}/arrivals`), 0)
    for (let next = this.#agenda.take(); next !== null; next = this.#agenda.take()) {
      if (next.at > last) break
      this.#now = next.at
      const pending = next.item()
      if (pending !== undefined) await pending
      happened += 1
      if (happened > MOST_HAPPENINGS)
        throw new Error(`expected the simulation to end within ${MOST_HAPPENINGS} happenings`)
      if (happened % 20_000 === 0) onProgress?.(this.#tally.ended, instances)
    }
    onProgress?.(this.#tally.ended, instances)
    const resting = [...this.#running.values()]
    const stuck = resting.filter(each => each.stuck).length
    return this.#tally.figures(this.#last, { stuck, open: resting.length - stuck })
  }

  // coming in ///////////////////////////////////////////////////////////////

  /** Puts down one arrival after another, in opening time since the beginning. */
  #arrive(n: number, dice: Dice, before: number): void {
    if (n >= this.#given.instances) return
    const gap = gapOf(this.#given.scenario.arrivals, this.#clock)
    const evenly = this.#given.scenario.arrivals?.evenly ?? false
    const worked = before + (evenly ? gap : exponential(gap, dice))
    this.#agenda.put(this.#clock.open(this.#clock.moment(worked)), () => {
      if (n + 1 === this.#given.instances) this.#tally.lastArrival(this.#now)
      this.#arrive(n + 1, dice, worked)
      return this.#begin(n)
    })
  }

  #begin(n: number): Promise<void> | undefined {
    const { seed, graph } = this.#given
    const dice = seeded(`${seed}/${n}`)
    const material = this.#materials.next(this.#today(), dice)
    const instance: Instance = {
      n,
      id: `simulated-${n}`,
      dice,
      material,
      startedAt: this.#now,
      visits: new Map(),
      tasks: new Map(),
      state: null,
      stuck: false
    }
    const element = material.start.element
    const start = element ?? graph.starts.find(id => graph.nodes[id]?.type === 'startEvent') ?? ''
    const form = this.#given.findForm(graph.id, start)
    const around = { variables: {}, today: this.#today() }
    const found = filled(form, [material.start.variables], around, dice)
    if ('problems' in found) {
      this.#tally.refuse(start, found.problems.map(({ message }) => message).join('; '))
      return
    }
    this.#running.set(n, instance)
    const ofCase = { caseNumber: instance.id.toUpperCase(), submitted: this.#today() }
    return this.#do(instance, {
      type: 'start',
      instance: instance.id,
      office: this.#office.id,
      variables: { ...ofCase, ...found.values },
      element,
      release: this.#given.rulebook?.release(this.#office.id) ?? null
    })
  }

  // going on ////////////////////////////////////////////////////////////////

  /** Carries out a command, all that follows from it at the same moment, and sets officers to work. */
  async #do(instance: Instance, command: Command, actor: Actor = SYSTEM): Promise<void> {
    if (!this.#step(instance, command, actor)) return
    for (;;) {
      const decision = decisionOf(instance.state)
      if (decision === null) break
      await this.#decide(instance, decision)
    }
    this.#dispatch()
  }

  /** One step of the engine; false when the command did not fit any more. */
  #step(instance: Instance, command: Command, actor: Actor): boolean {
    this.#dice = instance.dice
    this.#last = this.#now
    const context: Context = {
      now: instantOf(this.#now),
      office: this.#office,
      actor,
      findProcess: this.#findProcess,
      dataStores: this.#data
    }
    try {
      const graph = this.#diagrams.find(this.#given.graph.id) as ProcessGraph
      const { state, events, effects } = step(graph, instance.state, command, context)
      instance.state = state
      this.#data.take(events)
      for (const event of events) this.#follow(instance, event)
      for (const effect of effects) this.#carryOut(instance, effect)
      if (state.status !== 'running') this.#end(instance)
      return true
    } catch (error) {
      if (!(error instanceof CommandRefused)) throw error
      const at = 'token' in command ? (instance.state?.tokens[command.token]?.at ?? '') : ''
      if (command.type === 'start') this.#running.delete(instance.n)
      if (command.type === 'start') this.#tally.refuse(this.#given.graph.id, error.message)
      else this.#tally.note(at, error.message)
      return false
    }
  }

  readonly #findProcess: Context['findProcess'] = (id, version) => {
    const { rulebook } = this.#given
    const bound = version === null ? (rulebook?.bound(this.#office.id, id) ?? id) : id
    return this.#diagrams.find(bound)
  }

  #follow(instance: Instance, event: Event): void {
    switch (event.type) {
      case 'elementWaiting':
        return this.#wait(instance, event.token, event.element, event.wait)
      case 'elementCompleted':
      case 'elementTerminated':
        this.#leave(instance, event.token)
        if (event.type === 'elementCompleted') this.#tally.complete(event.element)
        return
      case 'subscriptionKeyed':
        return this.#listenAgain(instance, event.subscription)
      case 'subscriptionOpened':
        return this.#listen(instance, event.subscription)
      default:
        return
    }
  }

  #wait(instance: Instance, tokenId: string, element: ElementId, wait: Wait): void {
    // what waits and goes on in the same step needs nobody
    if (instance.state?.tokens[tokenId]?.wait?.for !== wait.for) return
    if (wait.for === 'user') return this.#enqueue(instance, tokenId, element, wait)
    if (wait.for === 'job') {
      const { jobs = {} } = this.#given.scenario
      const minutes = (own(jobs, element) ?? own(jobs, wait.kind))?.minutes ?? 0
      const length = draw(minutes, this.#spread, instance.dice) * 60_000
      const { job, kind } = wait
      this.#agenda.put(this.#now + length, () => this.#finishJob(instance, element, job, kind))
      this.#tally.work(this.#placed(instance, tokenId), 'job', 0, length, instance.n)
    }
    if (wait.for === 'incident') {
      const token = instance.state?.tokens[tokenId]
      const { code, message } = wait
      if (
        token &&
        (code === 'expression' || code === 'no-flow') &&
        this.#assumeOdds(instance, token)
      )
        return
      this.#tally.note(element, message)
      instance.stuck = true
    }
  }

  #end(instance: Instance): void {
    this.#running.delete(instance.n)
    this.#tally.end(instance.startedAt, this.#now, instance.n)
    for (const task of instance.tasks.values()) this.#drop(task)
  }

  // tasks ///////////////////////////////////////////////////////////////////

  #enqueue(
    instance: Instance,
    token: string,
    element: ElementId,
    wait: Extract<Wait, { for: 'user' }>
  ): void {
    const { graph, node } = this.#placed(instance, token)
    const state = instance.state as ProcessInstance
    const findProcess = this.#findProcess
    const task: Task = {
      instance: instance.n,
      token,
      process: graph.id,
      element,
      role: wait.owners?.[0] ?? wait.role ?? ANYONE,
      unit: wait.unit,
      since: this.#now,
      dueAt: wait.dueAt === null ? null : Date.parse(wait.dueAt),
      not: new Set(barredFrom({ state, graph, node, wait, findProcess })),
      officer: null,
      begun: 0,
      gone: false
    }
    instance.tasks.set(token, task)
    const line = this.#staff.line(task.role)
    line.add(task)
    line.waiting.change(1, this.#clock.worked(this.#now))
  }

  /** Gives every free officer the oldest task that waits, when the office is open. */
  #dispatch(): void {
    const opens = this.#clock.open(this.#now)
    if (opens > this.#now) {
      if (this.#opening === opens) return
      this.#opening = opens
      this.#agenda.put(opens, () => this.#dispatch())
      return
    }
    for (const officer of this.#staff.officers) {
      if (officer.task !== null) continue
      const task = this.#staff.next(officer)
      if (task !== null) this.#work(officer, task)
    }
  }

  #work(officer: Officer, task: Task): void {
    const instance = this.#running.get(task.instance) as Instance
    const worked = this.#clock.worked(this.#now)
    const line = this.#staff.line(task.role)
    line.waiting.change(-1, worked)
    line.working.change(1, worked)
    officer.working.change(1, worked)
    officer.task = task
    task.officer = officer
    task.begun = this.#now
    const length = this.#lengthOf(instance, task) * 60_000
    this.#agenda.put(this.#clock.after(this.#now, length), () => {
      if (!task.gone) return this.#finishTask(officer, task, instance)
    })
  }

  #lengthOf(instance: Instance, task: Task): number {
    const stated = this.#elementOf(task.element)?.minutes
    const node = this.#diagrams.find(task.process)?.nodes[task.element]
    const standard = node && 'standard' in node ? (node.standard?.minutes ?? null) : null
    const assumed = this.#given.scenario.defaultMinutes ?? 10
    if (stated === undefined && standard === null) this.#tally.assumeMinutes(task.element, assumed)
    return draw(stated ?? standard ?? assumed, this.#spread, instance.dice)
  }

  #finishTask(officer: Officer, task: Task, instance: Instance): Promise<void> | undefined {
    const token = instance.state?.tokens[task.token]
    if (token === undefined) return
    const { graph, node } = this.#placed(instance, task.token)
    const visit = instance.visits.get(node.id) ?? 0
    instance.visits.set(node.id, visit + 1)
    const state = instance.state as ProcessInstance
    const around = { variables: variablesAt(state, token), today: this.#today() }
    const form = this.#given.findForm(graph.id, node.id)
    const found = filled(form, instance.material.fill(node.id, visit), around, instance.dice)
    this.#tally.done(task, this.#placed(instance, task.token), this.#now, instance.n)
    if ('problems' in found) {
      const said = found.problems.map(({ path, message }) => `${path} ${message}`).join('; ')
      this.#tally.note(node.id, `the form takes nothing that is known: ${said}`)
      instance.stuck = true
      this.#leave(instance, task.token)
      this.#dispatch()
      return
    }
    const actor: Actor = {
      id: officer.id,
      name: officer.id,
      kind: 'person',
      unit: task.unit,
      roles: officer.roles
    }
    return this.#do(
      instance,
      { type: 'completeUserTask', token: task.token, variables: found.values },
      actor
    )
  }

  /** A token has gone: nobody works on its task any more. */
  #leave(instance: Instance, token: string): void {
    const task = instance.tasks.get(token)
    if (task === undefined) return
    instance.tasks.delete(token)
    this.#drop(task)
  }

  #drop(task: Task): void {
    if (task.gone) return
    task.gone = true
    const line = this.#staff.line(task.role)
    const worked = this.#clock.worked(this.#now)
    if (task.officer === null) return line.waiting.change(-1, worked)
    line.working.change(-1, worked)
    task.officer.working.change(-1, worked)
    task.officer.task = null
  }

  // rules and jobs //////////////////////////////////////////////////////////

  async #decide(instance: Instance, token: Token): Promise<void> {
    const { rulebook } = this.#given
    const { wait } = token
    if (wait?.for !== 'decision') return
    const { release } = instance.state as ProcessInstance
    const { rule, facts, date } = wait
    const request = {
      rule,
      office: this.#office.id,
      facts,
      date,
      release,
      at: instantOf(this.#now)
    }
    const key = JSON.stringify([rule, facts, date, release, this.#today()])
    if (this.#decided.size > 10_000) this.#decided.clear()
    try {
      if (rulebook === null) throw new RuleFailed('no-rule', `no rules are given for <${rule}>`)
      const decided = this.#decided.get(key) ?? rulebook.decide(request)
      this.#decided.set(key, decided)
      const decision = await decided
      this.#step(instance, { type: 'decide', token: token.id, decision }, SYSTEM)
    } catch (error) {
      if (!(error instanceof RuleFailed)) throw error
      const { code, message } = error
      this.#step(instance, { type: 'failDecision', token: token.id, code, message }, SYSTEM)
    }
  }

  #finishJob(
    instance: Instance,
    element: ElementId,
    job: string,
    kind: string
  ): Promise<void> | undefined {
    const waits = Object.values(instance.state?.tokens ?? {}).some(
      ({ wait }) => wait?.for === 'job' && wait.job === job
    )
    if (!waits || !this.#running.has(instance.n)) return
    const { result = {}, error } = instance.material.job(element, kind)
    return this.#do(
      instance,
      error === undefined
        ? { type: 'completeJob', job, variables: result }
        : { type: 'throwJobError', job, code: error, variables: result }
    )
  }

  // events //////////////////////////////////////////////////////////////////

  #listen(instance: Instance, { id, element, on, token }: Subscription): void {
    if (instance.state?.subscriptions[id] === undefined) return
    const place = this.#placeOf(instance, element, token)
    if (on.kind === 'timer') {
      this.#later(Math.max(this.#now, Date.parse(on.dueAt)), instance, id, {}, place)
      return
    }
    if (on.kind !== 'message' && on.kind !== 'signal') return
    const before = this.#mail.listen(on, { instance, subscription: id, place })
    if (before !== null) return this.#later(this.#now, instance, id, before, place)
    const said = on.kind === 'message' ? on.message : on.signal
    const stated = this.#elementOf(element)
    if (stated?.never === true) return
    if (stated?.minutes === undefined) {
      if (place === null || isAside(place.node) || this.#published.has(said)) return
      this.#tally.assumeEvent(element)
    }
    const length = draw(stated?.minutes ?? 60, this.#spread, instance.dice) * 60_000
    const values = instance.material.fill(element, 0)[0] ?? {}
    this.#later(this.#clock.after(this.#now, length), instance, id, values, place)
  }

  /** Lets happen later what a subscription waits for, if it still waits then. */
  #later(
    at: number,
    instance: Instance,
    subscription: string,
    variables: Variables,
    place: Place | null
  ): void {
    const since = this.#now
    this.#agenda.put(at, () => {
      if (instance.state?.subscriptions[subscription] === undefined) return
      if (!this.#running.has(instance.n)) return
      if (place !== null && !isAside(place.node))
        this.#tally.work(place, 'event', this.#now - since, 0, instance.n)
      return this.#do(instance, { type: 'trigger', subscription, variables })
    })
  }

  #carryOut(instance: Instance, effect: Effect): void {
    if (effect.type !== 'publish' && effect.type !== 'broadcast') return
    for (const { instance: other, subscription, place } of this.#mail.carry(effect)) {
      // a signal has reached those beside it in its own instance already
      if (effect.type === 'broadcast' && other === instance) continue
      this.#later(this.#now, other, subscription, effect.variables, place)
    }
  }

  /** A message that is waited for belongs to a conversation from now on: who listens is told by its key. */
  #listenAgain(instance: Instance, id: string): void {
    const open = instance.state?.subscriptions[id]
    if (open === undefined) return
    const place = this.#placeOf(instance, open.element, open.token)
    const before = this.#mail.listen(open.on, { instance, subscription: id, place })
    if (before !== null) this.#later(this.#now, instance, id, before, place)
  }

  // what is assumed /////////////////////////////////////////////////////////

  /** The conditions of an element cannot be read from the data: its flows get equal odds. */
  #assumeOdds(instance: Instance, token: Token): boolean {
    const { graph, node } = this.#placed(instance, token.id)
    const even = this.#diagrams.even(graph, node)
    if (even === null) return false
    if (even === 'new') this.#tally.assumeOdds(node)
    const reason = 'equal odds'
    this.#agenda.put(this.#now, () => {
      if (instance.state?.tokens[token.id]?.wait?.for !== 'incident') return
      return this.#do(instance, { type: 'resolveIncident', token: token.id, variables: {}, reason })
    })
    return true
  }

  // looking up //////////////////////////////////////////////////////////////

  get #spread() {
    return this.#given.scenario.spread ?? 'triangular'
  }

  #elementOf(element: ElementId): ElementScenario | undefined {
    return own(this.#given.scenario.elements ?? {}, element)
  }

  #today() {
    return localDate(instantOf(this.#now), this.#office.timeZone)
  }

  #placed(instance: Instance, token: string) {
    const state = instance.state as ProcessInstance
    const root = this.#diagrams.find(this.#given.graph.id) as ProcessGraph
    return placeOf(root, state, state.tokens[token] as Token, this.#findProcess)
  }

  /** Where the element of a subscription stands, in whichever process. */
  #placeOf(instance: Instance, element: ElementId, token: string | null): Place | null {
    const around = token === null ? [] : [this.#placed(instance, token).graph]
    for (const graph of [...around, ...this.#diagrams.all]) {
      const node = graph.nodes[element]
      if (node !== undefined) return { graph, node }
    }
    return null
  }
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** The mean opening time between two arrivals; one a working hour when nobody states it. */
function gapOf(arrivals: Arrivals | undefined, clock: OpeningClock): number {
  if (arrivals === undefined) return 60 * 60_000
  if ('perDay' in arrivals) return clock.perDay / arrivals.perDay
  if ('perHour' in arrivals) return (60 * 60_000) / arrivals.perHour
  return arrivals.everyMinutes * 60_000
}

function decisionOf(state: ProcessInstance | null): Token | null {
  for (const id in state?.tokens) {
    const token = state?.tokens[id]
    if (token?.wait?.for === 'decision') return token
  }
  return null
}

/** An event that need not come: on a boundary, or the start of an event sub-process. */
function isAside(node: FlowNode): boolean {
  return node.type === 'boundaryEvent' || node.type === 'startEvent'
}

/** The names of the messages and signals that a process throws. */
function published(graph: ProcessGraph): readonly string[] {
  return Object.values(graph.nodes).flatMap(node => {
    if (isActivity(node))
      return node.type === 'sendTask' && node.message ? [node.message.message] : []
    if (!('on' in node) || (node.type !== 'endEvent' && node.type !== 'intermediateThrowEvent'))
      return []
    if (node.on.kind === 'message') return [node.on.message]
    return node.on.kind === 'signal' ? [node.on.signal] : []
  })
}
