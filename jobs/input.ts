import type { Value, Variables } from '../engine/state.ts'
import type { Job } from './job.ts'
import { JobFault } from './job.ts'

/** Reads the input of a job and remembers what is wrong with it, so that one fault can name all of it. */
export class Input {
  readonly #job: Job
  readonly #problems: string[] = []

  constructor(job: Job) {
    this.#job = job
  }

  text(name: string): string {
    const value = this.#value(name)
    return typeof value === 'string' && value.trim() !== ''
      ? value
      : this.#wrong(name, 'a text', '')
  }

  /** A text that need not be there. */
  optionalText(name: string): string | null {
    const value = this.#value(name)
    if (value === null || value === '') return null
    return typeof value === 'string' ? value : this.#wrong(name, 'a text or nothing', null)
  }

  /** Whole rupiah. */
  amount(name: string): number {
    const value = this.#value(name)
    const fits = typeof value === 'number' && Number.isSafeInteger(value) && value > 0
    return fits ? value : this.#wrong(name, 'whole rupiah above 0', 0)
  }

  texts(name: string): readonly string[] {
    const value = this.#value(name) ?? []
    const fits =
      Array.isArray(value) && value.every((item): item is string => typeof item === 'string')
    return fits ? value : this.#wrong(name, 'a list of texts', [])
  }

  object(name: string): Variables {
    return this.optionalObject(name) ?? this.#wrong(name, 'an object', {})
  }

  optionalObject(name: string): Variables | null {
    const value = this.#value(name)
    if (value === null) return null
    return typeof value === 'object' && !Array.isArray(value)
      ? (value as Variables)
      : this.#wrong(name, 'an object', {})
  }

  /** @throws JobFault naming everything that was missing or unfit */
  done(): void {
    if (this.#problems.length > 0) {
      throw new JobFault(`job <${this.#job.kind}> cannot be done: ${this.#problems.join(', ')}`)
    }
  }

  #value(name: string): Value {
    return this.#job.input[name] ?? null
  }

  #wrong<Instead>(name: string, expected: string, instead: Instead): Instead {
    this.#problems.push(`expected <${name}> to be ${expected}`)
    return instead
  }
}
