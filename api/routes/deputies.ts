import { Router } from 'express'
import type { Services } from '../services.ts'
import { who } from '../session.ts'

/** Who acts for whom in the own unit. */
export function deputies(services: Services): Router {
  const app = Router()

  app.get('/api/deputies', async (_request, response) => {
    response.json(await services.deputies(who(response)))
  })
  app.get('/api/deputies/choices', async (_request, response) => {
    response.json(await services.deputyChoices(who(response)))
  })
  app.post('/api/deputies', async ({ body }, response) => {
    response.status(201).json(await services.nameDeputy(who(response), body))
  })
  app.post('/api/deputies/:deputy/accept', async ({ params }, response) => {
    response.json(await services.acceptDeputy(who(response), params.deputy))
  })
  app.post('/api/deputies/:deputy/end', async ({ params }, response) => {
    response.json(await services.endDeputy(who(response), params.deputy))
  })
  return app
}
