import { answer, operation, path, query, word } from './openapi-operation.ts'
import { listOf, ref } from './openapi-schemas.ts'

/** Lists about local law: where it differs, what needs a look, and where people are missing. */
export const lawListPaths = {
  '/api/public/overrides': {
    get: operation('publicOverrides', {
      summary: 'every local deviation with its basis, level, bounds and status today, for anyone',
      parameters: [query('office', word), query('key', word)],
      open: true,
      answers: { 200: answer('deviations', listOf(ref('OverrideView'))) },
      refusals: [429]
    })
  },
  '/api/law/reviews': {
    get: operation('reviews', {
      summary:
        'what the own unit and those below it state past its review, on what has ended, or on dates that are not known to the day',
      answers: { 200: answer('to look at', listOf(ref('ReviewView'))) },
      refusals: [403]
    })
  },
  '/api/law/staffing/{office}': {
    get: operation('staffing', {
      summary:
        'steps of the services of an office that nobody can do, or that need different people',
      parameters: [path('office')],
      answers: { 200: answer('gaps', listOf(ref('StaffingGap'))) },
      refusals: [403, 404]
    })
  }
}
