import { Router } from 'express'
import type { Services } from '../services.ts'
import { who } from '../session.ts'
import { textIn } from './query.ts'

/** Letters that were issued, and whether one is genuine. */
export function letters(services: Services): Router {
  const app = Router()

  app.get('/api/instances/:instance/letters', async ({ params }, response) => {
    response.json(await services.letters(who(response), params.instance))
  })
  app.get('/api/letters/:letter', async ({ params }, response) => {
    response.json(await services.letter(who(response), params.letter))
  })
  app.get('/api/letters/:letter/pdf', async ({ params }, response) => {
    const { fileName, bytes } = await services.letterPdf(who(response), params.letter)
    response
      .type('application/pdf')
      .set('content-disposition', `inline; filename="${fileName}"`)
      .send(Buffer.from(bytes))
  })
  app.get('/api/verify/:letter', async ({ params, query, ip }, response) => {
    const { seal = null } = textIn(query, 'seal')
    response.json(await services.verify(params.letter, seal, ip ?? ''))
  })
  return app
}
