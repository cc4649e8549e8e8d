import { date, ref, type Schema } from './openapi-schemas.ts'

/** Where a parameter stands, and what it may be. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required: boolean
  readonly schema: Schema
}

export const word: Schema = { type: 'string', minLength: 1, maxLength: 120, pattern: '^[\\w.@-]+$' }
export const caseId: Schema = { type: 'string', pattern: '^[\\w-]{1,100}$' }
/** An id that nobody can guess, chosen by the client. */
export const uuid: Schema = {
  type: 'string',
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'
}

export const path = (name: string, schema: Schema = word): Parameter => ({
  name,
  in: 'path',
  required: true,
  schema
})
export const query = (name: string, schema: Schema): Parameter => ({
  name,
  in: 'query',
  required: false,
  schema
})

export const instance = path('instance', caseId)
export const token = path('token', { type: 'string', pattern: '^t\\d{1,9}$' })
export const paged = [
  query('limit', { type: 'integer', minimum: 1, maximum: 100, default: 50 }),
  query('cursor', { type: 'string', maxLength: 500 })
]
export const where = [query('office', word), query('date', date)]

const json = (schema: Schema) => ({ 'application/json': { schema } })
export const answer = (description: string, schema: Schema) => ({
  description,
  content: json(schema)
})
const refusal = (description: string) => answer(description, ref('ErrorAnswer'))
export const bytes = (description: string, type: string) => ({
  description,
  content: { [type]: { schema: { type: 'string', format: 'binary' } } }
})

const REFUSALS: { readonly [status: string]: string } = {
  400: 'the request does not have the stated shape',
  401: 'nobody is signed in',
  403: 'not for this person, or not from this page',
  404: 'there is no such thing, or it is not for this person to know',
  409: 'the case has moved on',
  413: 'the request is too large',
  415: 'the request is not JSON',
  422: 'what was filled in does not hold; `problems` says where',
  429: 'too many attempts; `Retry-After` says when again',
  500: 'something went wrong here; the log has it under the `x-request-id`',
  503: 'it cannot be stored or read now; nothing was changed'
}

export interface Operation {
  readonly summary: string
  readonly parameters?: readonly Parameter[]
  readonly body?: Schema
  /** Answers without a refusal, by status. */
  readonly answers: { readonly [status: number]: object }
  /** For anyone, signed in or not. */
  readonly open?: boolean
  readonly refusals?: readonly number[]
}

export function operation(
  id: string,
  { summary, parameters = [], body, answers, open = false, refusals = [] }: Operation
) {
  const also = [
    400,
    ...(open ? [] : [401]),
    ...(body === undefined ? [] : [403, 413, 415]),
    ...refusals,
    500,
    503
  ]
  return {
    operationId: id,
    summary,
    parameters,
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(body) } }),
    security: open ? [] : [{ session: [] }],
    responses: {
      ...Object.fromEntries(also.map(status => [status, refusal(REFUSALS[status] as string)])),
      ...answers
    }
  }
}

export function object(
  properties: { readonly [name: string]: Schema },
  required: readonly string[]
): Schema {
  return { type: 'object', additionalProperties: false, required, properties }
}
