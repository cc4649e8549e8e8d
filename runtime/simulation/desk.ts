import type { ElementId } from '../../engine/graph.ts'
import type { UserWait } from '../../engine/state.ts'
import { draw } from './random.ts'
import { ANYONE, type Officer, type Staff, type Task } from './staff.ts'
import { type Instance, own, type World } from './world.ts'

/** Hands tasks to officers while the office is open, and takes them back when they are done or gone. */
export class Desk {
  readonly #world: World
  readonly #staff: Staff
  readonly #finish: (officer: Officer, task: Task, instance: Instance) => Promise<void> | undefined
  /** When it is looked at again because the office opens. */
  #opening = -1

  constructor(
    world: World,
    staff: Staff,
    finish: (officer: Officer, task: Task, instance: Instance) => Promise<void> | undefined
  ) {
    this.#world = world
    this.#staff = staff
    this.#finish = finish
  }

  /** Puts a task in its line. */
  enqueue(
    instance: Instance,
    token: string,
    element: ElementId,
    wait: UserWait,
    not: readonly string[]
  ): void {
    const { now, clock } = this.#world
    const task: Task = {
      instance,
      token,
      process: this.#world.placed(instance, token).graph.id,
      element,
      role: wait.owners?.[0] ?? wait.role ?? ANYONE,
      unit: wait.unit,
      since: now,
      dueAt: wait.dueAt === null ? null : Date.parse(wait.dueAt),
      not: new Set(not),
      officer: null,
      begun: 0,
      gone: false
    }
    instance.tasks.set(token, task)
    const line = this.#staff.line(task.role)
    line.add(task)
    line.waiting.change(1, clock.worked(now))
  }

  /** Gives every free officer the oldest task that waits, when the office is open. */
  dispatch(): void {
    const { now, clock, agenda } = this.#world
    const opens = clock.open(now)
    if (opens > now) {
      if (this.#opening === opens) return
      this.#opening = opens
      agenda.put(opens, () => this.dispatch())
      return
    }
    for (const officer of this.#staff.officers) {
      if (officer.task !== null) continue
      const task = this.#staff.next(officer)
      if (task !== null) this.#work(officer, task)
    }
  }

  /** A token has gone: nobody works on its task any more. */
  leave(instance: Instance, token: string): void {
    const task = instance.tasks.get(token)
    if (task === undefined) return
    instance.tasks.delete(token)
    this.#drop(task)
  }

  /** An instance has ended. */
  leaveAll(instance: Instance): void {
    for (const task of instance.tasks.values()) this.#drop(task)
  }

  #work(officer: Officer, task: Task): void {
    const { now, clock, agenda } = this.#world
    const worked = clock.worked(now)
    const line = this.#staff.line(task.role)
    line.waiting.change(-1, worked)
    line.working.change(1, worked)
    officer.working.change(1, worked)
    officer.task = task
    task.officer = officer
    task.begun = now
    const length = this.#lengthOf(task) * 60_000
    agenda.put(clock.after(now, length), () => {
      if (!task.gone) return this.#finish(officer, task, task.instance)
    })
  }

  #lengthOf({ instance, token, element }: Task): number {
    const { scenario, tally } = this.#world
    const { node } = this.#world.placed(instance, token)
    const stated = own(scenario.elements, element)?.minutes
    const standard = 'standard' in node ? (node.standard?.minutes ?? null) : null
    const assumed = scenario.defaultMinutes ?? 10
    if (stated === undefined && standard === null) tally.assumeMinutes(element, assumed)
    const spread = scenario.spread ?? 'triangular'
    return draw(stated ?? standard ?? assumed, spread, instance.dice)
  }

  #drop(task: Task): void {
    if (task.gone) return
    task.gone = true
    const line = this.#staff.line(task.role)
    const worked = this.#world.clock.worked(this.#world.now)
    if (task.officer === null) return line.waiting.change(-1, worked)
    line.working.change(-1, worked)
    task.officer.working.change(-1, worked)
    task.officer.task = null
  }
}
