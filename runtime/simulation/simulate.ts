import type { Actor, Context, Office } from '../../engine/context.ts'
import { CommandRefused } from '../../engine/errors.ts'
import type { ElementId, ProcessGraph } from '../../engine/graph.ts'
import type { Command, Event } from '../../engine/messages.ts'
import { barredFrom } from '../../engine/people.ts'
import type { ProcessInstance, Token, Wait } from '../../engine/state.ts'
import { step } from '../../engine/step.ts'
import { localDate } from '../../engine/time.ts'
import { placeOf } from '../../engine/views.ts'
import { DataInMemory } from '../data-stores.ts'
import { variablesAt } from '../rows.ts'
import { RuleFailed } from '../rulebook.ts'
import { Agenda } from './agenda.ts'
import { Choices } from './choices.ts'
import { Decisions } from './decisions.ts'
import { Desk } from './desk.ts'
import { Events } from './events.ts'
import type { Figures } from './figures.ts'
import { gapOf, hoursFrom, instantOf, momentOf, OpeningClock } from './hours.ts'
import { filled, Materials } from './material.ts'
import { Diagrams } from './odds.ts'
import { type Dice, draw, exponential, seeded } from './random.ts'
import type { ElementScenario, Scenario } from './scenario.ts'
import { type Officer, Staff, type Task } from './staff.ts'
import { Tally } from './tally.ts'
import {
  type Happening,
  type Instance,
  own,
  type Place,
  type Simulated,
  SYSTEM,
  type World
} from './world.ts'

/** No run goes on for longer than this: what still waits then never comes. */
const MOST_DAYS = 366 * 20
/** How much may happen; more is a loop. */
const MOST_HAPPENINGS = 20_000_000

/**
 * Lets many instances of a process come in and be worked on by officers in their opening hours, with the
 * engine, the forms and the rules as they stand. The same input gives the same figures.
 *
 * @throws CalendarMissing when it runs into a year that the office's calendar does not have
 */
export function simulate(given: Simulated): Promise<Figures> {
  return new Simulation(given).run()
}

class Simulation implements World {
  readonly #given: Simulated
  readonly scenario: Scenario
  readonly clock: OpeningClock
  readonly agenda = new Agenda<Happening>()
  readonly tally: Tally
  now: number
  readonly #staff: Staff
  readonly #materials: Materials
  readonly #desk: Desk
  readonly #events: Events
  readonly #choices = new Choices(this)
  readonly #diagrams: Diagrams
  readonly #running = new Map<number, Instance>()
  readonly #decisions: Decisions
  readonly #office: Office
  readonly #data = new DataInMemory()
  readonly #origin: number
  /** The dice of the instance that is being stepped. */
  #dice: Dice = seeded('')
  /** When something was last done. */
  #last = 0

  constructor(given: Simulated) {
    this.#given = given
    this.scenario = given.scenario
    const { office, scenario } = given
    this.#origin = momentOf(given.from, office.timeZone)
    this.now = this.#origin
    this.clock = new OpeningClock(
      hoursFrom(scenario.hours, given.from, office),
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
    this.#decisions = new Decisions(given.rulebook)
    this.#events = new Events(this, this.#diagrams.all)
    this.#desk = new Desk(this, this.#staff, (officer, task, instance) =>
      this.#finishTask(officer, task, instance)
    )
    this.tally = new Tally(given, this.clock, this.#staff, this.#materials.names)
  }

  async run(): Promise<Figures> {
    const { instances, onProgress } = this.#given
    const last = this.#origin + MOST_DAYS * 86_400_000
    let happened = 0
    this.#arrive(0, seeded(`${this.#given.seed}/arrivals`), 0)
    for (let next = this.agenda.take(); next !== null; next = this.agenda.take()) {
      if (next.at > last) break
      this.now = next.at
      const pending = next.item()
      if (pending !== undefined) await pending
      happened += 1
      if (happened > MOST_HAPPENINGS)
        throw new Error(`expected the simulation to end within ${MOST_HAPPENINGS} happenings`)
      if (happened % 20_000 === 0) onProgress?.(this.tally.ended, instances)
    }
    onProgress?.(this.tally.ended, instances)
    const resting = [...this.#running.values()]
    const stuck = resting.filter(each => each.stuck).length
    return this.tally.figures(this.#last, { stuck, open: resting.length - stuck })
  }

  // coming in ///////////////////////////////////////////////////////////////

  /** Puts down one arrival after another, in opening time since the beginning. */
  #arrive(n: number, dice: Dice, before: number): void {
    if (n >= this.#given.instances) return
    const gap = gapOf(this.scenario.arrivals, this.clock)
    const evenly = this.scenario.arrivals?.evenly ?? false
    const worked = before + (evenly ? gap : exponential(gap, dice))
    this.agenda.put(this.clock.open(this.clock.moment(worked)), () => {
      if (n + 1 === this.#given.instances) this.tally.lastArrival(this.now)
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
      startedAt: this.now,
      visits: new Map(),
      tasks: new Map(),
      choices: new Map(),
      retried: new Set(),
      state: null,
      stuck: false
    }
    const element = material.start.element
    const start = element ?? graph.starts.find(id => graph.nodes[id]?.type === 'startEvent') ?? ''
    const form = this.#given.findForm(graph.id, start)
    const around = { variables: {}, today: this.#today() }
    const found = filled(form, [material.start.variables], around, dice)
    if ('problems' in found) {
      this.tally.refuse(start, found.problems.map(({ message }) => message).join('; '))
      return
    }
    this.#running.set(n, instance)
    const ofCase = { caseNumber: instance.id.toUpperCase(), submitted: this.#today() }
    return this.execute(instance, {
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
  async execute(instance: Instance, command: Command, actor: Actor = SYSTEM): Promise<void> {
    if (!this.#step(instance, command, actor)) return
    for (;;) {
      const decision = decisionOf(instance.state)
      if (decision === null) break
      await this.#decide(instance, decision)
    }
    if (instance.choices.size > 0) this.#choices.goOn(instance)
    this.#desk.dispatch()
  }

  /** One step of the engine; false when the command did not fit any more. */
  #step(instance: Instance, command: Command, actor: Actor): boolean {
    this.#dice = instance.dice
    this.#last = this.now
    const context: Context = {
      now: instantOf(this.now),
      office: this.#office,
      actor,
      findProcess: this.#findProcess,
      extension: point => this.#given.rulebook?.extension(this.#office.id, point) ?? null,
      dataStores: this.#data
    }
    try {
      const graph = this.#diagrams.find(this.#given.graph.id) as ProcessGraph
      const { state, events, effects } = step(graph, instance.state, command, context)
      instance.state = state
      this.#data.take(events)
      for (const event of events) this.#follow(instance, event)
      for (const effect of effects) this.#events.carry(instance, effect)
      if (state.status !== 'running') this.#end(instance)
      return true
    } catch (error) {
      if (!(error instanceof CommandRefused)) throw error
      const at = 'token' in command ? (instance.state?.tokens[command.token]?.at ?? '') : ''
      if (command.type === 'start') this.#running.delete(instance.n)
      if (command.type === 'start') this.tally.refuse(this.#given.graph.id, error.message)
      else this.tally.note(at, error.message)
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
        this.#desk.leave(instance, event.token)
        if (event.type === 'elementCompleted') this.tally.complete(event.element)
        return
      case 'subscriptionKeyed':
        return this.#events.listenAgain(instance, event.subscription)
      case 'subscriptionOpened':
        return this.#events.listen(instance, event.subscription)
      default:
        return
    }
  }

  #wait(instance: Instance, tokenId: string, element: ElementId, wait: Wait): void {
    // what waits and goes on in the same step needs nobody
    if (instance.state?.tokens[tokenId]?.wait?.for !== wait.for) return
    if (wait.for === 'user') {
      const state = instance.state as ProcessInstance
      const place = { ...this.placed(instance, tokenId), state, wait }
      const not = barredFrom({ ...place, findProcess: this.#findProcess })
      return this.#desk.enqueue(instance, tokenId, element, wait, not)
    }
    if (wait.for === 'selection') return this.#choices.begin(instance, tokenId)
    if (wait.for === 'job') {
      const { jobs = {} } = this.scenario
      const minutes = (own(jobs, element) ?? own(jobs, wait.kind))?.minutes ?? 0
      const length = draw(minutes, this.#spread, instance.dice) * 60_000
      const { job, kind } = wait
      this.agenda.put(this.now + length, () => this.#finishJob(instance, element, job, kind))
      this.tally.work(this.placed(instance, tokenId), 'job', 0, length, instance.n)
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
      this.tally.note(element, message)
      instance.stuck = true
    }
  }

  #end(instance: Instance): void {
    this.#running.delete(instance.n)
    this.tally.end(instance.startedAt, this.now, instance.n)
    this.#desk.leaveAll(instance)
  }

  // tasks ///////////////////////////////////////////////////////////////////

  #finishTask(officer: Officer, task: Task, instance: Instance): Promise<void> | undefined {
    const token = instance.state?.tokens[task.token]
    if (token === undefined) return
    const { graph, node } = this.placed(instance, task.token)
    const visit = instance.visits.get(node.id) ?? 0
    instance.visits.set(node.id, visit + 1)
    const state = instance.state as ProcessInstance
    const around = { variables: variablesAt(state, token), today: this.#today() }
    const form = this.#given.findForm(graph.id, node.id)
    const found = filled(form, instance.material.fill(node.id, visit), around, instance.dice)
    this.tally.done(task, this.placed(instance, task.token), this.now, instance.n)
    if ('problems' in found) {
      const said = found.problems.map(({ path, message }) => `${path} ${message}`).join('; ')
      this.tally.note(node.id, `the form takes nothing that is known: ${said}`)
      instance.stuck = true
      this.#desk.leave(instance, task.token)
      this.#desk.dispatch()
      return
    }
    const actor: Actor = {
      id: officer.id,
      name: officer.id,
      kind: 'person',
      unit: task.unit,
      roles: officer.roles
    }
    return this.execute(
      instance,
      { type: 'completeUserTask', token: task.token, variables: found.values },
      actor
    )
  }

  // rules and jobs //////////////////////////////////////////////////////////

  async #decide(instance: Instance, token: Token): Promise<void> {
    const { wait } = token
    if (wait?.for !== 'decision') return
    const { release } = instance.state as ProcessInstance
    const { rule, facts, date } = wait
    try {
      const decision = await this.#decisions.decide(
        { rule, office: this.#office.id, facts, date, release, at: instantOf(this.now) },
        this.#today()
      )
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
    return this.execute(
      instance,
      error === undefined
        ? { type: 'completeJob', job, variables: result }
        : { type: 'throwJobError', job, code: error, variables: result }
    )
  }

  // what is assumed /////////////////////////////////////////////////////////

  /** The conditions of an element cannot be read from the data: its flows get equal odds. */
  #assumeOdds(instance: Instance, token: Token): boolean {
    const { graph, node } = this.placed(instance, token.id)
    const even = instance.retried.has(token.id) ? null : this.#diagrams.even(graph, node)
    if (even === null) return false
    instance.retried.add(token.id)
    if (even === 'new') this.tally.assumeOdds(node)
    const reason = 'equal odds'
    this.agenda.put(this.now, () => {
      if (instance.state?.tokens[token.id]?.wait?.for !== 'incident') return
      return this.execute(instance, {
        type: 'resolveIncident',
        token: token.id,
        variables: {},
        reason
      })
    })
    return true
  }

  isRunning(instance: Instance): boolean {
    return this.#running.has(instance.n)
  }

  // looking up //////////////////////////////////////////////////////////////

  get #spread() {
    return this.scenario.spread ?? 'triangular'
  }

  #elementOf(element: ElementId): ElementScenario | undefined {
    return own(this.scenario.elements, element)
  }

  #today() {
    return localDate(instantOf(this.now), this.#office.timeZone)
  }

  placed(instance: Instance, token: string) {
    const state = instance.state as ProcessInstance
    const root = this.#diagrams.find(this.#given.graph.id) as ProcessGraph
    return placeOf(root, state, state.tokens[token] as Token, this.#findProcess)
  }

  /** Where the element of a subscription stands, in whichever process. */
  placeOf(instance: Instance, element: ElementId, token: string | null): Place | null {
    const around = token === null ? [] : [this.placed(instance, token).graph]
    for (const graph of [...around, ...this.#diagrams.all]) {
      const node = graph.nodes[element]
      if (node !== undefined) return { graph, node }
    }
    return null
  }
}

function decisionOf(state: ProcessInstance | null): Token | null {
  for (const id in state?.tokens) {
    const token = state?.tokens[id]
    if (token?.wait?.for === 'decision') return token
  }
  return null
}
