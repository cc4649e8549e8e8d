import type { Actor } from '../../engine/context.ts'
import type { InstanceId, Instant } from '../../engine/state.ts'
import type { Happening } from './happenings.ts'
import type { BulkOperation } from './operation.ts'

/** Keeps what operators do to many instances, and how far it has come. */
export interface Batches {
  /** Keeps a batch with its instances; the same id again changes nothing. Answers whether it is new. */
  add(batch: Batch, instances: readonly InstanceId[]): Promise<boolean>
  find(id: string): Promise<Batch | null>
  /** How many instances it has, and how many came to which end. */
  progress(id: string): Promise<Progress>
  /** The next instances that have come to no end yet, in order. */
  open(id: string, limit: number): Promise<readonly InstanceId[]>
  settle(id: string, result: ItemResult): Promise<void>
  /** The results from a place on, in order. */
  results(id: string, from: number, limit: number): Promise<readonly ItemResult[]>
  /** Drops what the results say of an instance, but its outcome. */
  forget(instance: InstanceId): Promise<void>
  /** Batches with instances that have come to no end. */
  unfinished(): Promise<readonly Batch[]>
}

/** An operation on many instances, who asked for it, and why. */
export interface Batch {
  readonly id: string
  readonly operation: BulkOperation
  readonly by: Actor
  readonly reason: string
  readonly createdAt: Instant
}

export interface ItemResult {
  readonly instance: InstanceId
  /** The case number; the id of the instance while there is none. */
  readonly number: string
  readonly outcome: Outcome
  /** Why nothing was done, or why it was refused. */
  readonly problem: string | null
  readonly happens: readonly Happening[]
}
/** `would`: nothing was changed, it was only tried. */
export type Outcome = 'would' | 'did' | 'nothing' | 'refused'

export interface Progress {
  readonly total: number
  readonly did: number
  readonly nothing: number
  readonly refused: number
}
