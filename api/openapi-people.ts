import { answer, instance, object, operation, path, token, word } from './openapi-operation.ts'
import { date, listOf, longText, orNull, ref, type Schema } from './openapi-schemas.ts'

const reason: Schema = { ...longText, minLength: 1 }
const priority: Schema = { type: 'number', minimum: 0, maximum: 100 }

const handling = (id: string, summary: string, body?: Schema) => ({
  post: operation(id, {
    summary: `${summary}; the answer is the case as this left it`,
    parameters: [instance, token],
    ...(body === undefined ? {} : { body }),
    answers: { 200: answer('case', ref('CaseView')) },
    refusals: [403, 404, 409, 422]
  })
})

/** What people do with a task besides completing it. */
export const taskHandling = {
  '/api/instances/{instance}/tasks/{token}/claim': handling(
    'claimTask',
    'take a task, so that nobody else completes it'
  ),
  '/api/instances/{instance}/tasks/{token}/unclaim': handling(
    'unclaimTask',
    'give a task back; for supervisors: take it away',
    object({ reason: longText }, ['reason'])
  ),
  '/api/instances/{instance}/tasks/{token}/assign': handling(
    'assignTask',
    'hand a task to a colleague who may do it, for supervisors of the unit',
    object({ to: word, reason }, ['to', 'reason'])
  ),
  '/api/instances/{instance}/tasks/{token}/delegate': handling(
    'delegateTask',
    'let a colleague who may do it do a task that one has, and go on answering for it',
    object({ to: word, reason }, ['to', 'reason'])
  ),
  '/api/instances/{instance}/tasks/{token}/return': handling(
    'returnTask',
    'give a delegated task back to whoever answers for it',
    object({ reason: longText }, ['reason'])
  ),
  '/api/instances/{instance}/tasks/{token}/prioritize': handling(
    'prioritizeTask',
    'give a task another priority, for supervisors of the unit',
    object({ priority, reason }, ['priority', 'reason'])
  )
} as const

/** What people do in an ad-hoc sub-process. */
export const selectionPaths = {
  '/api/instances/{instance}/selections/{token}/start': handling(
    'startActivity',
    'start an activity of an ad-hoc sub-process',
    object({ element: word }, ['element'])
  ),
  '/api/instances/{instance}/selections/{token}/end': handling(
    'endSelection',
    'say that an ad-hoc sub-process is over'
  )
} as const

const deputy = path('deputy')
const words = (most: number): Schema =>
  orNull({ type: 'array', maxItems: most, uniqueItems: true, items: word })

/** Who acts for whom. */
export const deputyPaths = {
  '/api/deputies': {
    get: operation('deputies', {
      summary: 'the deputies of the own unit, the latest to begin first',
      answers: { 200: answer('deputies', listOf(ref('DeputyView'))) },
      refusals: [403]
    }),
    post: operation('nameDeputy', {
      summary: 'name a deputy for a time, for oneself or, for administrators, for a colleague',
      body: object(
        {
          person: word,
          deputy: word,
          roles: words(50),
          processes: words(200),
          from: date,
          until: date,
          reason
        },
        ['deputy', 'roles', 'processes', 'from', 'until', 'reason']
      ),
      answers: { 201: answer('named; holds once the deputy accepts', ref('DeputyView')) },
      refusals: [422]
    })
  },
  '/api/deputies/choices': {
    get: operation('deputyChoices', {
      summary: 'the people and processes that a deputy may be named for',
      answers: { 200: answer('choices', ref('DeputyChoices')) },
      refusals: [403]
    })
  },
  '/api/deputies/{deputy}/accept': {
    post: operation('acceptDeputy', {
      summary: 'accept, as the deputy',
      parameters: [deputy],
      answers: { 200: answer('accepted', ref('DeputyView')) },
      refusals: [403, 404, 409]
    })
  },
  '/api/deputies/{deputy}/end': {
    post: operation('endDeputy', {
      summary: 'decline, or end before the last day',
      parameters: [deputy],
      answers: { 200: answer('ended', ref('DeputyView')) },
      refusals: [403, 404, 409]
    })
  }
} as const
