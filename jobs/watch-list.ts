import type { LocalDate } from '../engine/state.ts'
import { Input } from './input.ts'
import type { Handler } from './job.ts'
import type { JobServices } from './services.ts'

/** The list of persons who may not enter or leave (*cekal*), as far as jobs need it. */
export interface WatchList {
  check(person: WatchedFor): Promise<WatchResult>
  /** True when the list is made up; results say so. */
  readonly simulator: boolean
}
export interface WatchedFor {
  readonly name: string
  readonly birthDate: LocalDate | null
  readonly nationality: string | null
  readonly passportNumber: string | null
}
export interface WatchResult {
  /** `possible`: a person must look. */
  readonly outcome: 'none' | 'possible' | 'hit'
  readonly matches: readonly WatchMatch[]
}
export interface WatchMatch {
  /** The number of the decision. */
  readonly decision: string
  readonly name: string
  readonly kind: 'exit' | 'entry'
  readonly reason: string
  /** What agrees: `name`, `similar name`, `birth date`, `passport number`, `nationality`. */
  readonly agrees: readonly string[]
}

/** Looks a person up in the watch list. */
export function checkCekal({ watchList }: Pick<JobServices, 'watchList'>): Handler {
  return async job => {
    const input = new Input(job)
    const person = {
      name: input.text('name'),
      birthDate: input.optionalText('birthDate'),
      nationality: input.optionalText('nationality'),
      passportNumber: input.optionalText('passportNumber')
    }
    input.done()
    const { outcome, matches } = await watchList.check(person)
    const cekal = { outcome, matches: matches.map(match => ({ ...match })) }
    return { cekal: { ...cekal, ...(watchList.simulator && { simulator: 'SIMULATOR' }) } }
  }
}
