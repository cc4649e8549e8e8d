/** Where a step stops at what looks endless; each is an incident that names what it met. */
export interface EngineLimits {
  /** A step that has not come to rest after this many activations is taken for a loop. */
  readonly activations: number
  /** More instances of one activity than this are taken for a mistake in the data. */
  readonly instances: number
  /** Calls deeper inside one another are taken for a process that calls itself without end. */
  readonly calls: number
}

/** What holds when nobody says otherwise. Generous: no procedure that is known comes near. */
export const ENGINE_LIMITS: EngineLimits = { activations: 10_000, instances: 1_000, calls: 100 }
