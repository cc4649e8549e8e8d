import type { ElementId, FlowNode } from '../../engine/graph.ts'
import type { Text } from '../../engine/messages.ts'
import {
  bottleneckOf,
  type Figures,
  type RoleFigures,
  rounded,
  Sample,
  type StepFigures
} from './figures.ts'
import { hoursFrom, hoursText, instantOf, type OpeningClock } from './hours.ts'
import type { Staff, Task } from './staff.ts'
import type { Place, Simulated } from './world.ts'

interface StepRecord {
  readonly place: Place
  readonly kind: StepFigures['kind']
  readonly role: string
  readonly unit: string
  readonly waiting: Sample
  readonly processing: Sample
  due: number
  late: number
}

/** Writes down what happens in a simulation, and makes figures of it in the end. */
export class Tally {
  readonly #given: Simulated
  readonly #clock: OpeningClock
  readonly #staff: Staff
  readonly #names: readonly string[]
  readonly #steps = new Map<string, StepRecord>()
  readonly #calendar = new Sample()
  readonly #opening = new Sample()
  readonly #ends = new Map<ElementId, number>()
  readonly #stuck = new Map<string, { element: ElementId; message: string; count: number }>()
  readonly #minutes = new Map<ElementId, number>()
  readonly #events = new Set<ElementId>()
  readonly #odds = new Map<ElementId, FlowNode>()
  #lastArrival = 0
  #completedInTime = 0
  #completed = 0
  #refused = 0
  #frozen = false

  constructor(given: Simulated, clock: OpeningClock, staff: Staff, names: readonly string[]) {
    this.#given = given
    this.#clock = clock
    this.#staff = staff
    this.#names = names
  }

  /** How many instances are over. */
  get ended(): number {
    return this.#completed + this.#refused
  }

  // what happens ////////////////////////////////////////////////////////////

  /** The last case comes in: figures over time count up to here. */
  lastArrival(now: number): void {
    this.#lastArrival = now
    this.#frozen = true
    const worked = this.#clock.worked(now)
    for (const { waiting, working } of this.#staff.lines.values()) {
      waiting.freeze(worked)
      working.freeze(worked)
    }
    for (const { working } of this.#staff.officers) working.freeze(worked)
  }

  refuse(element: ElementId, message: string): void {
    this.#refused += 1
    this.note(element, message)
  }

  note(element: ElementId, message: string): void {
    // the same trouble on another day is the same trouble
    const key = `${element} ${message.replace(/\d{4}-\d{2}-\d{2}[^\s>,]*/g, '…')}`
    const known = this.#stuck.get(key) ?? { element, message, count: 0 }
    known.count += 1
    this.#stuck.set(key, known)
  }

  complete(element: ElementId): void {
    this.#ends.set(element, (this.#ends.get(element) ?? 0) + 1)
  }

  end(startedAt: number, now: number, n: number): void {
    this.#completed += 1
    if (!this.#frozen) this.#completedInTime += 1
    if (!this.#counts(n)) return
    this.#calendar.add(now - startedAt)
    this.#opening.add(this.#clock.between(startedAt, now))
  }

  /** A task was done. */
  done(task: Task, place: Place, now: number, n: number): void {
    if (!this.#counts(n)) return
    const step = this.#step(place, 'task', task.role, task.unit)
    step.waiting.add(this.#clock.between(task.since, task.begun))
    step.processing.add(this.#clock.between(task.begun, now))
    if (task.dueAt === null) return
    step.due += 1
    if (now > task.dueAt) step.late += 1
  }

  work(place: Place, kind: 'job' | 'event', waiting: number, processing: number, n: number): void {
    if (!this.#counts(n)) return
    const step = this.#step(place, kind, '', '')
    step.waiting.add(waiting)
    step.processing.add(processing)
  }

  assumeMinutes(element: ElementId, minutes: number): void {
    this.#minutes.set(element, minutes)
  }

  assumeEvent(element: ElementId): void {
    this.#events.add(element)
  }

  assumeOdds(node: FlowNode): void {
    this.#odds.set(node.id, node)
  }

  #counts(n: number): boolean {
    return n >= (this.#given.scenario.warmUp ?? 0)
  }

  #step(place: Place, kind: StepRecord['kind'], role: string, unit: string): StepRecord {
    const key = `${place.graph.id} ${place.node.id} ${role} ${unit}`
    const known = this.#steps.get(key)
    if (known !== undefined) return known
    const step = {
      place,
      kind,
      role,
      unit,
      waiting: new Sample(),
      processing: new Sample(),
      due: 0,
      late: 0
    }
    this.#steps.set(key, step)
    return step
  }

  // figures /////////////////////////////////////////////////////////////////

  figures(
    until: number,
    { stuck: resting, open }: { readonly stuck: number; readonly open: number }
  ): Figures {
    const { graph, office, seed, instances, scenario } = this.#given
    const last = this.#lastArrival === 0 ? until : this.#lastArrival
    const from = this.#clock.moment(0)
    const worked = this.#clock.between(from, last)
    const days = worked / this.#clock.perDay
    const steps = [...this.#steps.values()].map(stepFigures)
    const roles = this.#roles(worked)
    const stuck = [...this.#stuck.values()].toSorted((a, b) => b.count - a.count)
    const ends = Object.values(graph.nodes).filter(
      ({ type, id }) => type === 'endEvent' && this.#ends.has(id)
    )
    return {
      process: graph.id,
      name: graph.name,
      english: graph.english,
      office: office.id,
      seed,
      from: instantOf(from),
      lastArrival: instantOf(last),
      until: instantOf(until),
      instances: {
        started: instances,
        completed: this.#completed,
        stuck: resting,
        open,
        refused: this.#refused
      },
      ends: Object.fromEntries(ends.map(({ id }) => [id, this.#ends.get(id) ?? 0])),
      throughputPerDay: days === 0 ? 0 : rounded(this.#completedInTime / days),
      arrivalsPerDay: days === 0 ? 0 : rounded(instances / days),
      openingMinutesPerDay: rounded(this.#clock.perDay / 60_000),
      cycle: { calendar: this.#calendar.summary(), opening: this.#opening.summary() },
      steps,
      roles,
      late: steps.reduce((sum, { late }) => sum + late, 0),
      bottleneck: bottleneckOf(steps, roles),
      stuck,
      assumptions: this.#assumptions(scenario.note)
    }
  }

  #roles(worked: number): readonly RoleFigures[] {
    return [...this.#staff.lines].map(([role, line]) => {
      const own = [...this.#steps.values()].filter(step => step.role === role)
      const staff = this.#staff.of(role)
      const officers = staff.length
      const waiting = Sample.of(own.map(step => step.waiting))
      const processing = Sample.of(own.map(step => step.processing))
      const all = staff.reduce((sum, { working }) => sum + working.mean(worked), 0)
      const share = (busy: number) => (officers === 0 ? 0 : rounded(busy / officers))
      return {
        role,
        unit: [...new Set(own.map(({ unit }) => unit))].join(', '),
        officers,
        utilisation: share(all),
        inRole: share(line.working.mean(worked)),
        queue: { mean: rounded(line.waiting.mean(worked)), most: line.waiting.most },
        waiting: waiting.summary(),
        processing: processing.summary()
      }
    })
  }

  #assumptions(note: Text | undefined): readonly Text[] {
    const { scenario, from, office } = this.#given
    const some: Text[] = note === undefined ? [] : [note]
    const add = (id: string, en: string) => some.push({ id, en })
    if (scenario.hours === undefined) {
      const hours = hoursText(hoursFrom(undefined, from, office))
      add(`Jam buka: ${hours}`, `Opening hours: ${hours}`)
    }
    if (scenario.arrivals === undefined)
      add('Satu permohonan per jam buka, acak', 'One case an hour of opening, at random')
    if (this.#staff.assumed.size > 0) {
      const roles = [...this.#staff.assumed].join(', ')
      add(`Satu petugas untuk: ${roles}`, `One officer each for: ${roles}`)
    }
    const spread = scenario.spread ?? 'triangular'
    if (spread === 'triangular')
      add(
        'Lama tugas: segitiga antara setengah dan satu setengah kali waktu baku',
        'Length of tasks: triangular between a half and one and a half of the standard time'
      )
    if (this.#minutes.size > 0) {
      const [minutes] = this.#minutes.values()
      const elements = [...this.#minutes.keys()].join(', ')
      add(
        `${minutes} menit untuk tugas tanpa waktu baku: ${elements}`,
        `${minutes} minutes for tasks without a standard time: ${elements}`
      )
    }
    if (this.#events.size > 0) {
      const elements = [...this.#events].join(', ')
      add(`Datang setelah satu jam buka: ${elements}`, `Come after an hour of opening: ${elements}`)
    }
    if (this.#odds.size > 0) {
      const elements = [...this.#odds.keys()].join(', ')
      add(
        `Setiap alur sama mungkin, sebab data tidak menentukannya: ${elements}`,
        `Every flow is equally likely, as the data do not say which: ${elements}`
      )
    }
    if (this.#names.length > 0) {
      const names = this.#names.join(', ')
      add(`Permohonan menurut contoh kasus: ${names}`, `Cases are those of the examples: ${names}`)
    }
    return some
  }
}

function stepFigures(step: StepRecord): StepFigures {
  const { graph, node } = step.place
  return {
    process: graph.id,
    element: node.id,
    name: node.name,
    english: node.english,
    kind: step.kind,
    role: step.role,
    unit: step.unit,
    waiting: step.waiting.summary(),
    processing: step.processing.summary(),
    due: step.due,
    late: step.late
  }
}
