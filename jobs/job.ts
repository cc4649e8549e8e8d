import type { InstanceId, Instant, OfficeId, Variables } from '../engine/state.ts'

/** One attempt's worth of work outside the engine. It gets all it needs and decides nothing. */
export interface Job {
  /** `<instance>.<number>`: the idempotency key of whatever is sent into the world. */
  readonly id: string
  readonly kind: string
  readonly instance: InstanceId
  readonly office: OfficeId
  /** When the effect was committed: the same on every attempt. */
  readonly at: Instant
  readonly attempt: number
  readonly input: Variables
}

/** Does one kind of job; what it returns becomes variables of the activity that asked. */
export type Handler = (job: Job) => Promise<Variables>
export type Handlers = Readonly<Record<string, Handler>>

/** A business outcome that a diagram may catch with an error boundary event; never tried again. */
export class JobError extends Error {
  readonly code: string
  readonly variables: Variables
  constructor(code: string, message: string, variables: Variables = {}) {
    super(message)
    this.name = 'JobError'
    this.code = code
    this.variables = variables
  }
}

/** A fault that trying again cannot mend: straight to an incident. */
export class JobFault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'JobFault'
  }
}
