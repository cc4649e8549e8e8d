import type { Problem, RefusalCode } from '../engine/errors.ts'

/** Why a request was refused before any command was given. */
export type RequestCode =
  | 'bad-request'
  | 'not-signed-in'
  | 'wrong-password'
  | 'forged-request'
  | 'unknown-address'
  | 'unknown-letter'
  | 'unknown-case'
  | 'unknown-mail'
  | 'unknown-rule'
  | 'unknown-deputy'
  | 'unknown-change'
  | 'deputy-closed'
  | 'unknown-bill'
  | 'unknown-operation'
  | 'bill-expired'
  | 'only-in-demo'
  | 'wrong-method'
  | 'too-large'
  | 'wrong-type'
  | 'invalid-data'
  | 'too-many'
  | 'not-ready'
  | 'unavailable'

/** A request that nobody may make, or not so. */
export class RequestRefused extends Error {
  readonly code: RequestCode
  readonly problems: readonly Problem[]
  /** Seconds after which it may be tried again, or null. */
  readonly retryAfter: number | null
  constructor(
    code: RequestCode,
    message: string,
    problems: readonly Problem[] = [],
    retryAfter: number | null = null
  ) {
    super(message)
    this.name = 'RequestRefused'
    this.code = code
    this.problems = problems
    this.retryAfter = retryAfter
  }
}

/** The HTTP status of every refusal. */
export const STATUS = {
  'unknown-instance': 404,
  'unknown-process': 404,
  'unknown-office': 404,
  'unknown-element': 404,
  'already-started': 409,
  'not-running': 409,
  'not-waiting': 409,
  'not-allowed': 403,
  'same-person': 403,
  claimed: 409,
  'not-claimed': 409,
  suspended: 409,
  impossible: 409,
  'invalid-variables': 422,
  'bad-request': 400,
  'not-signed-in': 401,
  'wrong-password': 401,
  'forged-request': 403,
  'unknown-address': 404,
  'unknown-letter': 404,
  'unknown-case': 404,
  'unknown-mail': 404,
  'unknown-rule': 404,
  'unknown-deputy': 404,
  'unknown-change': 404,
  'deputy-closed': 409,
  'unknown-bill': 404,
  'unknown-operation': 404,
  'bill-expired': 409,
  'only-in-demo': 404,
  'wrong-method': 405,
  'too-large': 413,
  'wrong-type': 415,
  'invalid-data': 422,
  'too-many': 429,
  'not-ready': 503,
  unavailable: 503
} satisfies Record<RefusalCode | RequestCode, number>
