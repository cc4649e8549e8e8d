import { Router } from 'express'
import type { Services } from '../services.ts'
import { textIn } from './query.ts'

/** The door of the applicants: reporting online and tracking, without an account. */
export function applicants(services: Services): Router {
  const app = Router()

  app.get('/api/public/services', ({ ip }, response) => {
    response.json(services.publicServices(ip ?? ''))
  })
  app.post('/api/public/processes/:process/instances', async ({ params, body, ip }, response) => {
    const start = { ...body, process: params.process }
    const { created, view } = await services.startReport(start, ip ?? '')
    response.status(created ? 201 : 200).json(view)
  })
  app.get('/api/public/overrides', ({ query, ip }, response) => {
    const asked = { ...textIn(query, 'office'), ...textIn(query, 'key') }
    response.json(services.publicOverrides(asked, ip ?? ''))
  })
  app.post('/api/public/track', async ({ body, ip }, response) => {
    response.json(await services.track(body, ip ?? ''))
  })
  app.post('/api/public/track/letters/:letter', async ({ params, body, ip }, response) => {
    const fetched = { ...body, letter: params.letter }
    const { fileName, bytes } = await services.trackedLetter(fetched, ip ?? '')
    response
      .type('application/pdf')
      .set('content-disposition', `attachment; filename="${fileName}"`)
      .send(Buffer.from(bytes))
  })
  return app
}
