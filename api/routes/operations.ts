import { Router } from 'express'
import type { Services } from '../services.ts'
import { who } from '../session.ts'

/** What operators do to running instances, to one or to many. */
export function operations(services: Services): Router {
  const app = Router()

  app.post('/api/instances/:instance/operations', async ({ params, body }, response) => {
    const { operation, reason, dryRun = false } = body
    const request = { operation, reason, dryRun }
    response.json(await services.operate(who(response), params.instance, request))
  })
  app.post('/api/operations', async ({ body }, response) => {
    const { dryRun = false, ...request } = body
    if (dryRun) {
      response.json({ results: await services.previewAll(who(response), request) })
    } else response.status(202).json(await services.operateAll(who(response), request))
  })
  app.get('/api/operations/:batch', async ({ params, query }, response) => {
    const { from = 0, limit = 100 } = query
    const page = [Number(from), Number(limit)] as const
    response.json(await services.batch(who(response), params.batch, ...page))
  })
  app.get('/api/processes/:process/migration', ({ params, query }, response) => {
    const [from, to] = [query.from, query.to].map(each =>
      each === undefined ? null : Number(each)
    ) as [number | null, number | null]
    response.json(services.proposeMigration(who(response), params.process, from, to))
  })
  app.get('/api/removals', async (_request, response) => {
    response.json(await services.removals(who(response)))
  })
  return app
}
