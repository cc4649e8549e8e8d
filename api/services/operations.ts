import { randomUUID } from 'node:crypto'
import type { Actor } from '../../engine/context.ts'
import { CommandRefused } from '../../engine/errors.ts'
import { type Proposal, proposePlan } from '../../engine/operate/mapping.ts'
import type { OfficeId } from '../../engine/state.ts'
import type { Batch, ItemResult, Progress } from '../../runtime/operations/batches.ts'
import type { BulkOperation } from '../../runtime/operations/operation.ts'
import type { Which } from '../../runtime/operations/operations.ts'
import type { Removal } from '../../runtime/store.ts'
import type { Access } from '../access.ts'
import { RequestRefused } from '../refusals.ts'
import type { Deps } from '../services.ts'

/** What an operator asks for, of one case or of many. */
export interface OperationRequest {
  readonly operation: BulkOperation
  readonly reason: string
}
export interface BulkRequest extends OperationRequest {
  /** Names the batch, so that asking again begins no other one. */
  readonly id?: string
  readonly instances?: readonly string[]
  readonly filter?: Omit<Extract<Which, { offices: unknown }>, 'offices'> & {
    readonly office?: OfficeId
  }
}

/** A batch, how far it has come, and a part of its results. */
export interface BatchView extends Omit<Batch, 'by'> {
  readonly by: string
  readonly progress: Progress
  readonly results: readonly ItemResult[]
}

/** What operators do to running instances; every one needs the role in the office, or above it. */
export interface OperationServices {
  operate(
    actor: Actor,
    instance: string,
    request: OperationRequest & { readonly dryRun: boolean }
  ): Promise<ItemResult>
  previewAll(actor: Actor, request: BulkRequest): Promise<readonly ItemResult[]>
  operateAll(actor: Actor, request: BulkRequest): Promise<BatchView>
  batch(actor: Actor, id: string, from: number, limit: number): Promise<BatchView>
  /** By default to the newest version, from the one before. */
  proposeMigration(actor: Actor, process: string, from: number | null, to: number | null): Proposal
  removals(actor: Actor): Promise<readonly Removal[]>
}

export function operationServices(
  { operations, batches, store, library }: Deps,
  access: Access
): OperationServices {
  const mustOperate = (actor: Actor): void => {
    if (actor.roles.includes('operator')) return
    throw new CommandRefused('not-allowed', `expected an operator, found <${actor.id}>`)
  }
  /** What another office has is not told apart from what does not exist. */
  const mustReach = async (actor: Actor, instance: string): Promise<void> => {
    const state = await store.load(instance)
    if (state !== null && access.readsAllOf(actor, state.office)) return
    throw new CommandRefused('unknown-instance', `no case <${instance}> is known here`)
  }

  const whichOf = async (actor: Actor, { instances, filter }: BulkRequest): Promise<Which> => {
    mustOperate(actor)
    if ((instances === undefined) === (filter === undefined)) {
      throw new RequestRefused('bad-request', 'expected either instances or a filter')
    }
    if (instances !== undefined) {
      for (const instance of instances) await mustReach(actor, instance)
      return { instances }
    }
    const { office, ...fits } = filter ?? {}
    const reach = access.reach(actor).map(({ id }) => id)
    if (office !== undefined && !reach.includes(office)) {
      throw new CommandRefused(
        'not-allowed',
        `expected an operator of <${office}>, found <${actor.id}>`
      )
    }
    return { ...fits, offices: office === undefined ? reach : [office] }
  }

  const view = async (batch: Batch, from: number, limit: number): Promise<BatchView> => ({
    ...batch,
    by: batch.by.id,
    progress: await batches.progress(batch.id),
    results: await batches.results(batch.id, from, limit)
  })

  const findBatch = async (actor: Actor, id: string): Promise<Batch> => {
    const batch = await batches.find(id)
    const unit = batch?.by.unit ?? null
    if (batch !== null && unit !== null && access.covers(access.unitOf(actor).id, unit))
      return batch
    throw new RequestRefused('unknown-operation', `no operation <${id}> is known here`)
  }

  return {
    async operate(actor, instance, { operation, reason, dryRun }) {
      await mustReach(actor, instance)
      mustOperate(actor)
      const order = { operation, reason, by: actor }
      if (!dryRun) return operations.one(instance, order)
      const [result] = await operations.preview({ ...order, which: { instances: [instance] } })
      return result as ItemResult
    },

    async previewAll(actor, request) {
      const { operation, reason } = request
      const which = await whichOf(actor, request)
      return operations.preview({ operation, reason, by: actor, which })
    },

    async operateAll(actor, request) {
      const { operation, reason, id = randomUUID() } = request
      const which = await whichOf(actor, request)
      if ((await batches.find(id)) !== null) await findBatch(actor, id)
      await operations.begin(id, { operation, reason, by: actor, which })
      return view(await findBatch(actor, id), 0, 100)
    },

    async batch(actor, id, from, limit) {
      mustOperate(actor)
      return view(await findBatch(actor, id), from, limit)
    },

    proposeMigration(actor, process, from, to) {
      mustOperate(actor)
      const find = (version: number | null) => {
        const graph = library.find(process, version)
        if (graph !== null && (version === null || graph.version === version)) return graph
        const message = `process <${process}> version ${version} is not deployed`
        throw new CommandRefused('unknown-process', message)
      }
      const now = find(to)
      return proposePlan(find(from ?? now.version - 1), now)
    },

    async removals(actor) {
      mustOperate(actor)
      const own = access.unitOf(actor).id
      return (await store.removals(1000)).filter(({ office }) => access.covers(own, office))
    }
  }
}
