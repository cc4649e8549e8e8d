import type { Instant, OfficeId, Variables } from '../engine/state.ts'

/**
 * Number registers: one row per number, unique by letter (or case) as well, so that claiming is
 * idempotent. Only inserts under a unique key are relied on.
 */
export interface Registers {
  /** Gives the next number of a register and year; the same number when `claimant` has one already. */
  claim(claim: Claim): Promise<number>
  /** A number that will not be issued stays in the book, with its reason. */
  void(claimant: string, reason: string, at: Instant): Promise<void>
  issued(claimant: string, facts: Variables): Promise<void>
  /** The claims of a register, of every office, that are neither issued nor void. */
  open(register: string): Promise<readonly Claim[]>
  book(office: OfficeId, register: string, year: number): Promise<readonly RegisterRow[]>
}
export interface Claim {
  readonly office: OfficeId
  /** `cases`, or the classification of a letter: `GR.04.02`. */
  readonly register: string
  /** Of the office's own date. */
  readonly year: number
  /** What takes the number: the id of a letter or of a case. */
  readonly claimant: string
  readonly at: Instant
}
export interface RegisterRow {
  readonly number: number
  readonly claimant: string
  readonly at: Instant
  readonly status: 'claimed' | 'issued' | 'void'
  readonly reason: string | null
  readonly facts: Variables
}
