import type { Instant, OfficeId } from '../engine/state.ts'

/** The people who may sign in, and their sessions. */
export interface People {
  add(person: NewPerson): Promise<void>
  byId(id: string): Promise<Person | null>
  ofUnit(unit: OfficeId): Promise<readonly Person[]>
  /** The person when the password is right; takes the same time when not. */
  authenticate(id: string, password: string): Promise<Person | null>
  openSession(
    person: string,
    at: Instant
  ): Promise<{ readonly token: string; readonly csrf: string }>
  session(
    token: string,
    at: Instant
  ): Promise<{ readonly person: Person; readonly csrf: string } | null>
  closeSession(token: string): Promise<void>
}
export interface Person {
  /** The sign-in name: `loket.tju`. */
  readonly id: string
  readonly name: string
  readonly unit: OfficeId
  readonly roles: readonly string[]
  readonly demo: boolean
  /** 18 digits, or null; fictitious in samples. */
  readonly nip: string | null
}
export interface NewPerson extends Person {
  readonly password: string
}
