import { Router } from 'express'
import type { Services } from '../services.ts'
import { who } from '../session.ts'
import { pageIn, textIn } from './query.ts'

/** What there is to do, and doing it. */
export function tasks(services: Services): Router {
  const app = Router()

  app.get('/api/offices/:office/tasks', async ({ params, query }, response) => {
    const page = await services.taskList(who(response), {
      unit: params.office,
      ...textIn(query, 'role'),
      ...pageIn(query)
    })
    response.json(page)
  })
  app.get('/api/offices/:office/services', (request, response) => {
    response.json(services.services(who(response), request.params.office))
  })
  app.get('/api/instances/:instance/tasks/:token', async ({ params }, response) => {
    response.json(await services.taskView(who(response), params.instance, params.token))
  })
  app.post('/api/instances/:instance/tasks/:token/complete', async ({ params, body }, response) => {
    const { instance, token } = params
    const { variables } = body
    response.json(await services.completeTask(who(response), { instance, token, variables }))
  })
  return app
}
