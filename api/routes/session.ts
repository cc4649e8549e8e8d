import { Router } from 'express'
import type { Services } from '../services.ts'
import { beginSession, endSession, signedIn, who } from '../session.ts'

/** Signing in and out, and where the person belongs. */
export function session(services: Services): Router {
  const app = Router()

  app.get('/api/session', (_request, response) => {
    response.json(signedIn(response).view)
  })
  app.post('/api/session', async (request, response) => {
    const { person, password } = request.body
    const { view } = await beginSession(services, request, response, person, password)
    response.json(view)
  })
  app.delete('/api/session', async (request, response) => {
    who(response)
    await endSession(services, request, response)
    response.status(204).end()
  })
  app.get('/api/demo-accounts', async (_request, response) => {
    response.json(await services.demoAccounts())
  })
  app.get('/api/offices', (_request, response) => {
    response.json(services.offices(who(response)))
  })
  return app
}
