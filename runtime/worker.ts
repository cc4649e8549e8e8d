import { CommandRefused } from '../engine/errors.ts'
import type { Command, Effect } from '../engine/messages.ts'
import type { OfficeId, ProcessInstance, Variables } from '../engine/state.ts'
import { type Handlers, type Job, JobError, JobFault } from '../jobs/job.ts'
import type { Work } from './dispatcher.ts'
import { type Door, type Parts, SYSTEM, TOO_LATE } from './door.ts'
import { broadcast, publish } from './publishing.ts'
import { type PendingEffect, StoreUnavailable } from './store.ts'

type JobEffect = Extract<Effect, { readonly type: 'runJob' }>

/** Does what effects ask for, and gives the commands that answer them. */
export class Worker implements Work {
  readonly #parts: Parts
  readonly #door: Door
  /** What came of jobs whose command could not be stored yet, by effect. */
  readonly #outcomes = new Map<string, Command>()

  constructor(parts: Parts, door: Door) {
    this.#parts = parts
    this.#door = door
  }

  async perform(pending: PendingEffect, attempt: number): Promise<void> {
    const { instance, effect, createdAt: at } = pending
    const { store } = this.#parts
    const state = await store.load(instance)
    if (state === null) return store.settle(effect.id)
    switch (effect.type) {
      case 'runJob':
        if (!awaits(state, effect.job)) return store.settle(effect.id)
        return this.#runJob(pending, effect, state.office, attempt)
      case 'scheduleTimer': {
        const { subscription } = effect
        return this.#answer(pending, { type: 'trigger', subscription, variables: {} })
      }
      case 'publish':
        await publish(this.#parts, this.#door, { ...effect, office: state.office, at })
        return
      case 'broadcast':
        await broadcast(this.#parts, this.#door, {
          ...effect,
          from: instance,
          office: state.office
        })
        return
      default:
        effect satisfies never
    }
  }

  async giveUp(pending: PendingEffect, error: Error): Promise<void> {
    const { effect } = pending
    // Not the job has failed but the disk; and timers and messages must happen some time.
    if (effect.type !== 'runJob' || error instanceof StoreUnavailable) {
      this.#parts.log.error('effect waits for the next sweep', error, { effect: effect.id })
      return
    }
    this.#outcomes.delete(effect.id)
    await this.#answer(pending, failure(effect.job, error.message))
  }

  async #runJob(
    pending: PendingEffect,
    effect: JobEffect,
    office: OfficeId,
    attempt: number
  ): Promise<void> {
    const { handlers, jobDeadline = 120 } = this.#parts
    const { instance, createdAt: at } = pending
    const { id, kind, input } = effect
    const job = { id, kind, instance, office, at, attempt, input }
    // What was done but could not be stored is not done again, only stored.
    const command =
      this.#outcomes.get(id) ?? (await commandOf(handlers, effect, job, jobDeadline * 1000))
    this.#outcomes.set(id, command)
    await this.#answer(pending, command)
    this.#outcomes.delete(id)
  }

  /** Gives the command that answers an effect; one that comes too late only settles it. */
  async #answer({ instance, effect }: PendingEffect, command: Command): Promise<void> {
    try {
      await this.#door.execute({ instance, command, by: SYSTEM, settles: [effect.id] })
    } catch (error) {
      if (!(error instanceof CommandRefused) || !TOO_LATE.has(error.code)) throw error
      await this.#parts.store.settle(effect.id)
    }
  }
}

/** Whether an instance still waits for a job; a timer or a person may have been faster. */
function awaits({ tokens }: ProcessInstance, job: string): boolean {
  return Object.values(tokens).some(({ wait }) => wait?.for === 'job' && wait.job === job)
}

/**
 * Runs a job's handler within its deadline; what came of it is the command to give.
 *
 * @throws any other error of the handler: the job may be tried again
 */
async function commandOf(
  handlers: Handlers,
  { kind, job }: JobEffect,
  work: Job,
  deadline: number
): Promise<Command> {
  const handler = Object.hasOwn(handlers, kind) ? handlers[kind] : undefined
  if (handler === undefined) return failure(job, `no handler for jobs of kind <${kind}>`)
  try {
    const result = await within(deadline, handler(work), `job <${work.id}> of kind <${kind}>`)
    return { type: 'completeJob', job, variables: plain(result, kind) }
  } catch (error) {
    if (error instanceof JobFault) return failure(job, error.message)
    if (!(error instanceof JobError)) throw error
    const { code, variables } = error
    return { type: 'throwJobError', job, code, variables: plain({ ...variables }, kind) }
  }
}

/** The command that makes a job an incident. */
function failure(job: string, message: string): Command {
  return { type: 'failJob', job, code: 'job-failed', message }
}

/** What a handler answers, as the store will hold it: JSON, without what JSON cannot hold. */
function plain(result: unknown, kind: string): Variables {
  if (result === null || typeof result !== 'object' || Array.isArray(result)) {
    throw new JobFault(
      `expected the handler of <${kind}> to give variables, found ${typeof result}`
    )
  }
  return JSON.parse(JSON.stringify(result)) as Variables
}

function within<Result>(
  milliseconds: number,
  work: Promise<Result>,
  what: string
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const alarm = setTimeout(() => {
      reject(new Error(`${what} did not answer within ${milliseconds / 1000} s`))
    }, milliseconds)
    work.then(resolve, reject).finally(() => clearTimeout(alarm))
  })
}
