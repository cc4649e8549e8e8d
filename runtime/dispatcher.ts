import type { Effect } from '../engine/messages.ts'
import type { InstanceId } from '../engine/state.ts'
import type { PendingEffect } from './store.ts'

/** Carries effects to a worker, at least once each. */
export interface Dispatcher {
  dispatch(effects: readonly PendingEffect[]): Promise<void>
  start(work: Work): Promise<void>
  /** Takes no further work and waits for what is under way. */
  stop(): Promise<void>
}

/** What a dispatcher is given to do. */
export interface Work {
  /** Does what an effect asks for. Throwing means: try again later. */
  perform(instance: InstanceId, effect: Effect, attempt: number): Promise<void>
  /** Called once after the last attempt has failed. */
  giveUp(instance: InstanceId, effect: Effect, error: Error): Promise<void>
}
