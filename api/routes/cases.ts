import { Router } from 'express'
import type { CaseSummary } from '../schemas.ts'
import type { Services } from '../services.ts'
import { who } from '../session.ts'
import { pageIn, textIn } from './query.ts'

/** Cases: started, found, read. */
export function cases(services: Services): Router {
  const app = Router()

  app.post('/api/processes/:process/instances', async ({ params, body }, response) => {
    const start = { ...body, process: params.process }
    const { created, view } = await services.startCase(who(response), start)
    response.status(created ? 201 : 200).json(view)
  })
  app.get('/api/processes/:process/differences', async ({ params }, response) => {
    response.json(await services.differences(who(response), params.process))
  })
  app.post('/api/processes/:process/check', async ({ params, body }, response) => {
    response.json(await services.tryCases(who(response), { ...body, process: params.process }))
  })
  app.get('/api/processes/:process/versions/:version/diagram', async ({ params }, response) => {
    const xml = await services.diagram(who(response), params.process, Number(params.version))
    response.type('application/xml').send(xml)
  })
  app.get('/api/instances', async ({ query }, response) => {
    const found = await services.caseSearch(who(response), {
      ...textIn(query, 'office'),
      ...textIn(query, 'text'),
      ...(textIn(query, 'status') as { readonly status?: CaseSummary['status'] }),
      ...pageIn(query)
    })
    response.json(found)
  })
  app.get('/api/instances/:instance', async ({ params }, response) => {
    response.json(await services.caseView(who(response), params.instance))
  })
  app.get('/api/instances/:instance/history', async ({ params }, response) => {
    response.json(await services.historyOf(who(response), params.instance))
  })
  app.post('/api/messages', async ({ body }, response) => {
    response.json(await services.publishMessage(who(response), body))
  })
  return app
}
