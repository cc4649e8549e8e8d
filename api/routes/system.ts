import { Router } from 'express'
import { openapi } from '../openapi.ts'
import type { Services } from '../services.ts'
import { who } from '../session.ts'

/** Whether it is ready, what it is, and what time it goes by. */
export function system(services: Services): Router {
  const app = Router()

  app.get('/health', async (_request, response) => {
    const health = await services.health()
    response.status(health.ready ? 200 : 503).json(health)
  })
  app.get('/openapi.json', (_request, response) => {
    response.json(openapi)
  })
  app.get('/.well-known/alur-keys.json', async (_request, response) => {
    response.set('cache-control', 'public, max-age=3600').json(await services.keys())
  })
  app.get('/api/clock', (_request, response) => {
    response.json(services.clock())
  })
  app.put('/api/clock', (request, response) => {
    response.json(services.setClock(who(response), request.body.at))
  })
  return app
}
