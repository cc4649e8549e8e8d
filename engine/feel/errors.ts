import type { Problem } from '../errors.ts'
import { InvalidData, Stuck } from '../errors.ts'

/** A FEEL text that may not be used; lists every problem with its line and column. */
export class ExpressionInvalid extends InvalidData {
  constructor(text: string, problems: readonly Problem[]) {
    super(`expression <${text.length > 200 ? `${text.slice(0, 200)}…` : text}>`, problems)
    this.name = 'ExpressionInvalid'
  }
}

/** An expression met a value that it cannot work with: missing, null, or of another type. */
export class ExpressionFailed extends Stuck {
  /** The part of the expression whose value it is: `applicant.birthDate`. */
  readonly path: string
  readonly expected: string
  readonly found: string
  constructor(path: string, expected: string, found: string) {
    super('expression', `expected <${path}> ${expected}, found ${found}`)
    this.name = 'ExpressionFailed'
    this.path = path
    this.expected = expected
    this.found = found
  }
}
