import { Router } from 'express'
import type { Services } from '../services.ts'
import { who } from '../session.ts'

/** The demo mailbox and the billing simulator: outside production only. */
export function simulators(services: Services): Router {
  const app = Router()

  app.get('/api/mail', async (_request, response) => {
    response.json(await services.mailbox(who(response)))
  })
  app.get('/api/mail/:mail', async ({ params }, response) => {
    response.json(await services.mailView(who(response), params.mail))
  })
  app.get('/api/mail/:mail/attachments/:name', async ({ params }, response) => {
    const bytes = await services.mailAttachment(who(response), params.mail, params.name)
    response.attachment(params.name).type('application/octet-stream').send(Buffer.from(bytes))
  })
  app.get('/api/simulators/billing/:code', async ({ params }, response) => {
    response.json(await services.billView(who(response), params.code))
  })
  app.post('/api/simulators/billing/:code/pay', async ({ params }, response) => {
    response.json(await services.payBill(who(response), params.code))
  })
  return app
}
