import type { Instant } from '../engine/state.ts'

/** Tells the time. Outside production it may be one that can be set. */
export interface Clock {
  now(): Instant
  /** Null for the clock of the machine. */
  readonly settable: SettableClock | null
}
export interface SettableClock {
  /** Moves the clock to a moment; it runs on from there. */
  set(at: Instant): void
  /** Back to the clock of the machine. */
  reset(): void
  /** Whether it shows another time than the machine. */
  isSet(): boolean
}

/** The clock of the machine. */
export const systemClock: Clock = { now: () => new Date().toISOString(), settable: null }

/** A clock that can be set, for samples and demonstrations. */
export function settableClock(start: Instant | null = null): Clock {
  let offset: number | null = start === null ? null : Date.parse(start) - Date.now()
  return {
    now: () => new Date(Date.now() + (offset ?? 0)).toISOString(),
    settable: {
      set: at => {
        offset = Date.parse(at) - Date.now()
      },
      reset: () => {
        offset = null
      },
      isSet: () => offset !== null
    }
  }
}
