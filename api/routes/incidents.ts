import { Router } from 'express'
import type { Services } from '../services.ts'
import { who } from '../session.ts'
import { pageIn, textIn } from './query.ts'

/** What is stuck, and mending it. */
export function incidents(services: Services): Router {
  const app = Router()

  app.get('/api/incidents', async ({ query }, response) => {
    const page = { ...textIn(query, 'office'), ...pageIn(query) }
    response.json(await services.incidents(who(response), page))
  })
  app.post(
    '/api/instances/:instance/incidents/:token/resolve',
    async ({ params, body }, response) => {
      const { instance, token } = params
      const { variables = {}, reason } = body
      const resolution = { instance, token, variables, reason }
      response.json(await services.resolveIncident(who(response), resolution))
    }
  )
  return app
}
