import type { Instant } from '../engine/state.ts'

/** The bills of the billing simulator. */
export interface Bills {
  /** Keeps a bill under its reference; gives the bill that has that reference already, if any. */
  add(bill: Bill): Promise<Bill>
  byCode(code: string): Promise<Bill | null>
  /** Marks a bill paid, once; a bill that is paid stays as it is. */
  pay(code: string, ntpn: string, at: Instant): Promise<Bill | null>
  /** Newest first. */
  list(limit: number): Promise<readonly Bill[]>
}
export interface Bill {
  /** 15 digits. */
  readonly code: string
  /** Whose bill it is: the id of the job that asked for it. */
  readonly reference: string
  /** Whole rupiah. */
  readonly amount: number
  readonly payer: string
  readonly purpose: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly paidAt: Instant | null
  /** 16 letters and digits; null until paid. */
  readonly ntpn: string | null
}
