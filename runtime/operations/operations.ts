import type { Actor } from '../../engine/context.ts'
import { CommandRefused } from '../../engine/errors.ts'
import type { ElementId } from '../../engine/graph.ts'
import type { Command } from '../../engine/messages.ts'
import type { IncidentCode, InstanceId, OfficeId, ProcessInstance } from '../../engine/state.ts'
import type { Request } from '../door.ts'
import type { Log } from '../log.ts'
import type { Rehearsal } from '../runtime.ts'
import { type CaseStatus, StoreUnavailable } from '../store.ts'
import type { Batch, ItemResult, Outcome, Progress } from './batches.ts'
import { type Happening, happeningsOf } from './happenings.ts'
import { type BulkOperation, ordersFor } from './operation.ts'
import { expiryOf, type Keepers, mustDelete, removeCase } from './retention.ts'

/** Which instances an operation is for: those that are named, or those that fit all that is stated. */
export type Which =
  | { readonly instances: readonly InstanceId[] }
  | {
      readonly offices: readonly OfficeId[]
      readonly process?: ElementId
      readonly version?: number
      readonly status?: CaseStatus
      /** Where a token rests. */
      readonly element?: ElementId
      readonly incident?: IncidentCode | 'any'
    }

/** What is asked for, by whom and why. */
export interface Order {
  readonly operation: BulkOperation
  readonly which: Which
  readonly by: Actor
  readonly reason: string
}

/** The part of the runtime that carries out and rehearses. */
export interface Stage {
  execute(request: Request): Promise<ProcessInstance>
  rehearse(request: Request): Promise<Rehearsal>
}

const AT_ONCE = 100

/** What operators do to one instance or to many, tried first or carried out. */
export class Operations {
  readonly #keepers: Keepers
  readonly #stage: Stage
  readonly #log: Log
  #stopping = false
  #work: Promise<void> = Promise.resolve()

  constructor(keepers: Keepers, stage: Stage, log: Log) {
    this.#keepers = keepers
    this.#stage = stage
    this.#log = log
  }

  /** What would become of every instance; nothing is changed. */
  async preview({ operation, which, by, reason }: Order): Promise<readonly ItemResult[]> {
    const results: ItemResult[] = []
    for (const instance of await this.select(which)) {
      results.push(await this.#item(instance, { operation, by, reason }, true))
    }
    return results
  }

  /** Carries an operation out on one instance. @throws CommandRefused */
  async one(instance: InstanceId, order: Omit<Order, 'which'>): Promise<ItemResult> {
    return this.#attempt(instance, order, false)
  }

  /**
   * Keeps a batch and begins it behind those that are under way; the same id again only goes on with it.
   * What it does to an instance stands in its history with the batch's id.
   *
   * @throws CommandRefused when the id is that of a batch that does something else
   */
  async begin(id: string, order: Order): Promise<Progress> {
    const { operation, which, by, reason } = order
    const { batches, clock } = this.#keepers
    const batch = { id, operation, by, reason, createdAt: clock.now() }
    const known = await batches.find(id)
    if (known === null) await batches.add(batch, await this.select(which))
    else if (JSON.stringify(known.operation) !== JSON.stringify(operation)) {
      const words = `batch <${id}> is to ${known.operation.type} (${known.reason}): name another one`
      throw new CommandRefused('impossible', words)
    }
    this.#later(id)
    return batches.progress(id)
  }

  /** Goes on with what was under way when the process ended. */
  async carryOn(): Promise<void> {
    for (const { id } of await this.#keepers.batches.unfinished()) this.#later(id)
  }

  /** Waits until every batch that was begun has ended. */
  async settled(): Promise<void> {
    await this.#work
  }

  /** Begins no further instance and waits for the one under way. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#work
  }

  /** The instances that fit, in the order of their last change. */
  async select(which: Which): Promise<readonly InstanceId[]> {
    if ('instances' in which) return [...new Set(which.instances)]
    const { store } = this.#keepers
    const { offices, process, version, status = null } = which
    const found: InstanceId[] = []
    for (const office of offices) {
      for (let cursor: string | null = null; ; ) {
        const query = { office, status, text: null, limit: AT_ONCE, cursor }
        // a version is looked for in the processes that a case has called as well
        const narrow = process === undefined || version !== undefined ? {} : { process }
        const page = await store.instances({ ...query, ...narrow })
        for (const { instance } of page.rows) {
          if (await this.#fits(instance, which)) found.push(instance)
        }
        cursor = page.next
        if (cursor === null) break
      }
    }
    return found
  }

  async #fits(
    instance: InstanceId,
    { process, version, element, incident }: Exclude<Which, { instances: unknown }>
  ): Promise<boolean> {
    if (version === undefined && element === undefined && incident === undefined) return true
    const state = await this.#keepers.store.load(instance)
    if (state === null) return false
    const tokens = Object.values(state.tokens)
    const isOf = (id: ElementId, number: number) =>
      (process === undefined || id === process) && number === version
    const runs =
      version === undefined ||
      isOf(state.process, state.processVersion) ||
      tokens.some(({ called }) => called !== null && isOf(called.process, called.version))
    const stuck =
      incident === undefined ||
      tokens.some(
        ({ wait }) => wait?.for === 'incident' && (incident === 'any' || wait.code === incident)
      )
    return runs && stuck && (element === undefined || tokens.some(({ at }) => at === element))
  }

  // batches /////////////////////////////////////////////////////////////////

  #later(id: string): void {
    this.#work = this.#work
      .then(() => this.#run(id))
      .catch(error => this.#log.error('batch waits for the next start', error, { batch: id }))
  }

  async #run(id: string): Promise<void> {
    const { batches } = this.#keepers
    const batch = await batches.find(id)
    if (batch === null) return
    for (let next = await batches.open(id, 1); ; next = await batches.open(id, 1)) {
      const [instance] = next
      if (instance === undefined || this.#stopping) return
      await batches.settle(id, await this.#item(instance, orderOf(batch), false))
    }
  }

  async #item(
    instance: InstanceId,
    order: Omit<Order, 'which'> & { readonly batch?: boolean },
    dry: boolean
  ): Promise<ItemResult> {
    try {
      return await this.#attempt(instance, order, dry)
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error
      const problem = error instanceof CommandRefused ? error.message : 'it failed: see the log'
      if (!(error instanceof CommandRefused)) {
        this.#log.error('operation failed', error, { instance })
      }
      return this.#result(instance, await this.#load(instance), 'refused', problem)
    }
  }

  async #attempt(
    instance: InstanceId,
    { operation, by, reason, batch = false }: Omit<Order, 'which'> & { readonly batch?: boolean },
    dry: boolean
  ): Promise<ItemResult> {
    const state = await this.#load(instance)
    if (state === null) throw new CommandRefused('unknown-instance', `no instance <${instance}>`)
    if (operation.type === 'remove') return this.#removal(state, by, reason, dry)
    const history = await this.#keepers.store.history(instance)
    const orders = ordersFor(operation, state, history, { reason, batch })
    if ('nothing' in orders) return this.#result(instance, state, 'nothing', orders.nothing)
    const happens = await this.#carryOut(instance, orders.commands, by, dry)
    return this.#result(instance, state, dry ? 'would' : 'did', null, happens)
  }

  /** One command after another, each to what the last one left; only the first can be tried alone. */
  async #carryOut(
    instance: InstanceId,
    commands: readonly Command[],
    by: Actor,
    dry: boolean
  ): Promise<readonly Happening[]> {
    const happens: Happening[] = []
    for (const [index, command] of commands.entries()) {
      const made = await this.#rehearsed({ instance, command, by }, index)
      if (made === null) continue
      happens.push(...happeningsOf(made.before, made.events, made.state))
      if (!dry) await this.#stage.execute({ instance, command, by })
    }
    return happens
  }

  /** What a command would do; null for a token that a command before has taken along. */
  async #rehearsed(request: Request, index: number): Promise<Rehearsal | null> {
    try {
      return await this.#stage.rehearse(request)
    } catch (error) {
      const gone = error instanceof CommandRefused && error.code === 'not-waiting' && index > 0
      if (gone) return null
      throw error
    }
  }

  async #removal(
    state: ProcessInstance,
    by: Actor,
    reason: string,
    dry: boolean
  ): Promise<ItemResult> {
    mustDelete(this.#keepers, by, state)
    const expiry = await expiryOf(this.#keepers, state)
    if (!expiry.expired) return this.#result(state.id, state, 'nothing', expiry.why)
    const result = this.#result(state.id, state, dry ? 'would' : 'did', expiry.rule)
    if (!dry) await removeCase(this.#keepers, state, expiry, { by, reason })
    return result
  }

  #load(instance: InstanceId): Promise<ProcessInstance | null> {
    return this.#keepers.store.load(instance)
  }

  #result(
    instance: InstanceId,
    state: ProcessInstance | null,
    outcome: Outcome,
    problem: string | null,
    happens: readonly Happening[] = []
  ): ItemResult {
    const { caseNumber } = state?.variables ?? {}
    const number = typeof caseNumber === 'string' ? caseNumber : instance
    return { instance, number, outcome, problem, happens }
  }
}

/** The reason of a batch names it, so that what it did is found in the history of every instance. */
function orderOf({ id, operation, by, reason }: Batch) {
  return { operation, by, reason: `${reason} (${id})`, batch: true }
}
