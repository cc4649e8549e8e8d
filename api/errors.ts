import type { ErrorRequestHandler, RequestHandler } from 'express'
import { CommandRefused, InvalidData } from '../engine/errors.ts'
import { ChangeConflict } from '../runtime/rules/change-sets.ts'
import { Conflict, StoreUnavailable } from '../runtime/store.ts'
import { type RequestCode, RequestRefused, STATUS } from './refusals.ts'
import type { ErrorAnswer } from './schemas.ts'

/** What is answered to an error, for JSON and for pages alike. */
export interface ErrorReply {
  readonly status: number
  readonly body: ErrorAnswer
  readonly retryAfter: number | null
}

/** The answer to an error; null when it is a bug, which nobody outside is told about. */
export function replyTo(error: unknown): ErrorReply | null {
  if (error instanceof CommandRefused || error instanceof RequestRefused) {
    const { code, message, problems } = error
    const retryAfter = error instanceof RequestRefused ? error.retryAfter : null
    return reply(STATUS[code], code, message, problems, retryAfter)
  }
  if (error instanceof InvalidData) {
    return reply(422, 'invalid-data', error.message, error.problems)
  }
  if (error instanceof Conflict || error instanceof ChangeConflict)
    return reply(409, 'conflict', error.message)
  if (error instanceof StoreUnavailable)
    return reply(STATUS.unavailable, 'unavailable', error.message, [], 30)
  return replyToLibrary(error)
}

/** The one error handler of the JSON API. */
export function answerErrors(
  report: (error: unknown, requestId: string) => void
): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    if (response.headersSent) {
      report(error, String(response.locals.requestId))
      response.destroy()
      return
    }
    const known = replyTo(error)
    if (known === null) report(error, String(response.locals.requestId))
    const { status, body, retryAfter } = known ?? BUG
    if (retryAfter !== null) response.set('retry-after', String(retryAfter))
    response.status(status).json(body)
  }
}

/** What nobody has a route for. */
export const unknownAddress: RequestHandler = request => {
  throw new RequestRefused('unknown-address', `nothing is at <${request.method} ${request.path}>`)
}

const BUG: ErrorReply = {
  status: 500,
  body: {
    code: 'bug',
    message: 'something went wrong here; the log has it under the x-request-id'
  },
  retryAfter: null
}

function reply(
  status: number,
  code: string,
  message: string,
  problems: ErrorAnswer['problems'] = [],
  retryAfter: number | null = null
): ErrorReply {
  return {
    status,
    body: problems.length === 0 ? { code, message } : { code, message, problems },
    retryAfter
  }
}

/** What the body parser and the OpenAPI validator throw: errors that carry a status of their own. */
interface LibraryError {
  readonly status: number
  readonly message: string
  readonly type?: string
  readonly errors?: readonly { readonly path?: string; readonly message: string }[]
}

const BY_STATUS: { readonly [status: number]: RequestCode } = {
  400: 'bad-request',
  404: 'unknown-address',
  405: 'wrong-method',
  413: 'too-large',
  415: 'wrong-type'
}

function replyToLibrary(error: unknown): ErrorReply | null {
  if (!isLibraryError(error)) return null
  const code = BY_STATUS[error.status]
  if (code === undefined) return null
  if (error.type === 'entity.parse.failed') return reply(400, code, 'the body is not valid JSON')
  const found = (error.errors ?? []).map(({ path = '', message }) => ({ path, message }))
  const problems = [...new Map(found.map(each => [`${each.path} ${each.message}`, each])).values()]
  return reply(error.status, code, withoutEchoes(error.message), problems)
}

/** What is said once for each alternative is said once; names keep their letters. */
function withoutEchoes(message: string): string {
  const said = [...new Set(message.split(', '))].join(', ')
  return said.slice(0, 1).toLowerCase() + said.slice(1)
}

function isLibraryError(error: unknown): error is LibraryError {
  return error instanceof Error && 'status' in error && typeof error.status === 'number'
}
