import { Router } from 'express'
import type { Services } from '../services.ts'
import { who } from '../session.ts'

/** What needs a look in local law, and where people are missing. */
export function lawLists(services: Services): Router {
  const app = Router()

  app.get('/api/law/reviews', (_request, response) => {
    response.json(services.reviews(who(response)))
  })
  app.get('/api/law/staffing/:office', async ({ params }, response) => {
    response.json(await services.staffing(who(response), params.office))
  })
  return app
}
