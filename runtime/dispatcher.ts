import type { PendingEffect } from './store.ts'

/** Carries effects to a worker, at least once each. */
export interface Dispatcher {
  /** Takes effects in; one that it holds already is not taken twice. */
  dispatch(effects: readonly PendingEffect[]): Promise<void>
  start(work: Work): Promise<void>
  /** Takes no further work and waits for what is under way. */
  stop(): Promise<void>
}

/** What a dispatcher is given to do. */
export interface Work {
  /** Does what an effect asks for. Throwing means: try again later. Attempts count from 1. */
  perform(pending: PendingEffect, attempt: number): Promise<void>
  /** Called once after the last attempt has failed. */
  giveUp(pending: PendingEffect, error: Error): Promise<void>
}
