import { Router } from 'express'
import type { Services } from '../services.ts'
import { who } from '../session.ts'
import { textIn } from './query.ts'

/** Local law: what holds where, who said so, and what was published. */
export function rules(services: Services): Router {
  const app = Router()

  app.get('/api/rules', async ({ query }, response) => {
    const where = { ...textIn(query, 'office'), ...textIn(query, 'date') }
    response.json(await services.rules(who(response), where))
  })
  app.get('/api/rules/statements', (_request, response) => {
    response.json(services.statements(who(response)))
  })
  app.get('/api/rules/:key', async ({ params, query }, response) => {
    const where = { ...textIn(query, 'office'), ...textIn(query, 'date') }
    response.json(await services.rule(who(response), params.key, where))
  })
  return app
}
