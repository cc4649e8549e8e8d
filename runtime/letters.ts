import type { InstanceId, Instant, LocalDate, OfficeId, Variables } from '../engine/state.ts'

/** The letters that were issued. A letter is filed once and never changed. */
export interface Letters {
  /** Files a letter; filing the same id again changes nothing. */
  file(letter: IssuedLetter): Promise<void>
  byId(id: string): Promise<IssuedLetter | null>
  /** By the idempotency key of the job that issued it. */
  byJob(job: string): Promise<IssuedLetter | null>
  ofInstance(instance: InstanceId): Promise<readonly IssuedLetter[]>
  /** Deletes the letters of an instance; answers the files that no other letter has. */
  forget(instance: InstanceId): Promise<readonly string[]>
  setStatus(id: string, status: IssuedLetter['status'], reason: string, at: Instant): Promise<void>
}
export interface IssuedLetter {
  /** Unguessable, at least 80 bits; stands in the address of the verification page. */
  readonly id: string
  readonly job: string
  readonly instance: InstanceId
  readonly office: OfficeId
  /** The template: `itk-approval`. */
  readonly kind: string
  readonly title: string
  /** The number as printed. */
  readonly number: string
  readonly date: LocalDate
  readonly issuedAt: Instant
  /** SHA-256 of the PDF, in `Files`. */
  readonly sha256: string
  /** The signed facts, base64url of a COSE_Sign1. */
  readonly seal: string
  /** What the verification page shows. */
  readonly facts: Variables
  readonly status: 'valid' | 'replaced' | 'revoked'
  /** Made under a clock that was set, or with sample data. */
  readonly sample: boolean
}
