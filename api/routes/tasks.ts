import { Router } from 'express'
import type { Handling, Services, TaskNarrowing } from '../services.ts'
import { who } from '../session.ts'
import { pageIn, textIn } from './query.ts'

/** What there is to do, and doing it. */
export function tasks(services: Services): Router {
  const app = Router()

  app.get('/api/offices/:office/tasks', async ({ params, query }, response) => {
    const page = await services.taskList(who(response), {
      unit: params.office,
      ...textIn(query, 'role'),
      ...narrowing(query),
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
  app.post(
    '/api/instances/:instance/selections/:token/start',
    async ({ params, body }, response) => {
      const { instance, token } = params
      const { element } = body
      response.json(await services.startActivity(who(response), { instance, token, element }))
    }
  )
  app.post('/api/instances/:instance/selections/:token/end', async ({ params }, response) => {
    const { instance, token } = params
    response.json(await services.endSelection(who(response), { instance, token }))
  })
  for (const action of [
    'claim',
    'unclaim',
    'assign',
    'delegate',
    'return',
    'prioritize'
  ] as const) {
    const path = `/api/instances/:instance/tasks/:token/${action}`
    app.post(path, async ({ params, body }, response) => {
      const { instance, token } = params as { readonly instance: string; readonly token: string }
      // the OpenAPI document has held the body to what the action takes
      const handling = { ...body, instance, token, action } as Handling
      response.json(await services.handleTask(who(response), handling))
    })
  }
  return app
}

// the OpenAPI document names the values that each may have
function narrowing({ who, due, followUp }: Readonly<Record<string, unknown>>): TaskNarrowing {
  const given = Object.entries({ who, due, followUp }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as TaskNarrowing
}
