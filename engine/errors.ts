import type { Text } from './messages.ts'
import type { IncidentCode } from './state.ts'

/** Why a command was refused. Callers switch on it. */
export type RefusalCode =
  | 'unknown-instance'
  | 'unknown-process'
  | 'unknown-office'
  | 'unknown-element'
  | 'already-started'
  | 'not-running'
  | 'not-waiting'
  | 'not-allowed'
  | 'same-person'
  | 'claimed'
  | 'not-claimed'
  | 'suspended'
  | 'impossible'
  | 'invalid-variables'

/** One thing that is wrong, and where. */
export interface Problem {
  /** A JSON path, an element id or a file with its place. */
  readonly path: string
  readonly message: string
  /** The same in both languages, where people meet it on a page. */
  readonly text?: Text
}

/** Something that may go wrong; it blocks nothing. */
export interface Warning extends Problem {
  readonly severity: 'warning'
}

/** A command that does not fit the state; nothing was changed. */
export class CommandRefused extends Error {
  readonly code: RefusalCode
  readonly problems: readonly Problem[]
  constructor(code: RefusalCode, message: string, problems: readonly Problem[] = []) {
    super(message)
    this.name = 'CommandRefused'
    this.code = code
    this.problems = problems
  }
}

/** What a person wrote (a diagram, a rule, a template) does not hold; lists every problem. */
export class InvalidData extends Error {
  readonly problems: readonly Problem[]
  constructor(what: string, problems: readonly Problem[]) {
    super(`${what}: ${problems.map(({ path, message }) => `${path}: ${message}`).join('; ')}`)
    this.name = 'InvalidData'
    this.problems = problems
  }
}

/** Thrown inside a step by something that cannot go on; the step turns it into an incident. */
export class Stuck extends Error {
  readonly code: IncidentCode
  constructor(code: IncidentCode, message: string) {
    super(message)
    this.name = 'Stuck'
    this.code = code
  }
}
