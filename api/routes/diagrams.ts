import { Router } from 'express'
import type { Services } from '../services.ts'
import { who } from '../session.ts'

/** What a diagram would run into, and a changed one in the text of its original. */
export function diagrams(services: Services): Router {
  const app = Router()

  app.post('/api/diagrams/check', async (request, response) => {
    const { file = 'diagram.bpmn', xml } = request.body
    response.json(await services.checkDiagram(who(response), { file, xml }))
  })
  app.post('/api/diagrams/save', async (request, response) => {
    const { file = 'diagram.bpmn', original, changed, deleted = [] } = request.body
    const diagram = { file, original, changed, deleted }
    response.json(await services.saveDiagram(who(response), diagram))
  })
  return app
}
