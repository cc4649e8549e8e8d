import type { ElementId } from '../../engine/graph.ts'
import type { OfficeId } from '../../engine/state.ts'
import type { Instance } from './world.ts'

/** Someone who works on tasks, one after another. */
export interface Officer {
  readonly id: string
  readonly roles: readonly string[]
  /** One while at work. */
  readonly working: Gauge
  task: Task | null
}

/** A task that waits for an officer, or is worked on. */
export interface Task {
  readonly instance: Instance
  readonly token: string
  readonly process: ElementId
  readonly element: ElementId
  readonly role: string
  readonly unit: OfficeId
  readonly since: number
  readonly dueAt: number | null
  /** The ids of officers who may not do it. */
  readonly not: ReadonlySet<string>
  officer: Officer | null
  begun: number
  gone: boolean
}

/** The name of those who do tasks that no role is stated for. */
export const ANYONE = 'anyone'

/** A number that changes, and what it was on average and at most over opening time. */
export class Gauge {
  value = 0
  most = 0
  #area = 0
  #last = 0
  #frozen = false

  change(by: number, worked: number): void {
    this.#count(worked)
    this.value += by
  }

  /** Counts up to here and no further. */
  freeze(worked: number): void {
    this.#count(worked)
    this.#frozen = true
  }

  mean(over: number): number {
    return over === 0 ? 0 : this.#area / over
  }

  #count(worked: number): void {
    if (this.#frozen) return
    if (worked <= this.#last) return
    this.#area += this.value * (worked - this.#last)
    this.#last = worked
    // what comes and goes at the same moment was never in line
    this.most = Math.max(this.most, this.value)
  }
}

/** The tasks of a role that wait, oldest first, and its figures. */
export class Line {
  readonly waiting = new Gauge()
  readonly working = new Gauge()
  #tasks: Task[] = []
  #head = 0

  add(task: Task): void {
    this.#tasks.push(task)
  }

  /** The oldest task that this officer may do; it stays in line. */
  first(officer: Officer): Task | null {
    if (this.#head > 1000) {
      this.#tasks = this.#tasks.slice(this.#head)
      this.#head = 0
    }
    for (let n = this.#head; n < this.#tasks.length; n++) {
      const task = this.#tasks[n] as Task
      if (task.gone || task.officer !== null) {
        if (n === this.#head) this.#head += 1
        continue
      }
      if (!task.not.has(officer.id)) return task
    }
    return null
  }
}

/** The officers of a simulated office and what waits for them. */
export class Staff {
  readonly officers: Officer[] = []
  readonly lines = new Map<string, Line>()
  readonly #counts: Readonly<Record<string, number>>
  /** The roles that nobody was stated for, so that one officer was taken. */
  readonly assumed = new Set<string>()

  constructor(
    counts: Readonly<Record<string, number>>,
    people: readonly { readonly id: string; readonly roles: readonly string[] }[]
  ) {
    this.#counts = counts
    for (const { id, roles } of people)
      this.officers.push({ id, roles, task: null, working: new Gauge() })
    for (const [role, count] of Object.entries(counts)) this.#engage(role, count)
  }

  /** The line of a role; a role that nobody was stated for gets one officer. */
  line(role: string): Line {
    const known = this.lines.get(role)
    if (known !== undefined) return known
    const line = new Line()
    this.lines.set(role, line)
    const stated = role in this.#counts || this.officers.some(({ roles }) => roles.includes(role))
    if (!stated) {
      this.assumed.add(role)
      this.#engage(role, 1)
    }
    return line
  }

  of(role: string): readonly Officer[] {
    return this.officers.filter(({ roles }) => roles.includes(role))
  }

  /** The oldest of the tasks that an officer may do, of all the officer's roles. */
  next(officer: Officer): Task | null {
    let first: Task | null = null
    for (const role of officer.roles) {
      const task = this.lines.get(role)?.first(officer) ?? null
      if (task !== null && (first === null || task.since < first.since)) first = task
    }
    return first
  }

  #engage(role: string, count: number): void {
    for (let n = 1; n <= count; n++)
      this.officers.push({ id: `${role}-${n}`, roles: [role], task: null, working: new Gauge() })
  }
}
