import { Router } from 'express'
import type { ChangeSetState } from '../law.ts'
import type { Services } from '../services.ts'
import { who } from '../session.ts'
import { pageIn, textIn } from './query.ts'

/** Changes of local law on their way, what holds where, and trying it. */
export function law(services: Services): Router {
  const app = Router()
  const changes = '/api/law/changes'

  app.get(changes, async ({ query }, response) => {
    const { state } = query as { readonly state?: ChangeSetState }
    const asked = { ...pageIn(query), ...textIn(query, 'scope'), ...(state ? { state } : {}) }
    response.json(await services.changeSets(who(response), asked))
  })
  app.post(changes, async ({ body }, response) => {
    response.status(201).json(await services.draftChange(who(response), body))
  })
  app.get(`${changes}/:change`, async ({ params }, response) => {
    response.json(await services.changeSet(who(response), params.change))
  })
  app.put(`${changes}/:change`, async ({ params, body }, response) => {
    const edit = { id: params.change, version: body.version, content: body.content }
    response.json(await services.editChange(who(response), edit))
  })
  app.post(`${changes}/:change/check`, async ({ params }, response) => {
    response.json(await services.checkChange(who(response), params.change))
  })
  app.post(`${changes}/:change/cases`, async ({ params, body }, response) => {
    const asked = { id: params.change, version: body.version }
    response.json(await services.proposeCases(who(response), asked))
  })
  app.post(`${changes}/:change/impact`, async ({ params, body }, response) => {
    const { from, to } = body
    response.json(await services.measureImpact(who(response), { id: params.change, from, to }))
  })
  app.get(`${changes}/:change/impact`, async ({ params }, response) => {
    response.json(await services.impact(who(response), params.change))
  })
  app.get(`${changes}/:change/impact/progress`, async ({ params }, response) => {
    response.json({ running: await services.impactProgress(who(response), params.change) })
  })
  app.post(`${changes}/:change/submit`, async ({ params, body }, response) => {
    const asked = { id: params.change, version: body.version }
    response.json(await services.submitChange(who(response), asked))
  })
  app.post(`${changes}/:change/approve`, async ({ params, body }, response) => {
    const { contentHash, impactHash } = body
    const asked = { id: params.change, contentHash, impactHash }
    response.json(await services.approveChange(who(response), asked))
  })
  app.post(`${changes}/:change/reject`, async ({ params, body }, response) => {
    const asked = { id: params.change, reason: body.reason }
    response.json(await services.rejectChange(who(response), asked))
  })
  app.post(`${changes}/:change/withdraw`, async ({ params, body }, response) => {
    const asked = { id: params.change, reason: body.reason }
    response.json(await services.withdrawChange(who(response), asked))
  })
  app.post(`${changes}/:change/emergency`, async ({ params, body }, response) => {
    const asked = { id: params.change, reason: body.reason }
    response.json(await services.publishEmergency(who(response), asked))
  })
  app.post(`${changes}/:change/revert`, async ({ params, body }, response) => {
    const asked = { id: params.change, from: body.from, reason: body.reason }
    response.status(201).json(await services.revertChange(who(response), asked))
  })
  app.get(`${changes}/:change/affected`, async ({ params }, response) => {
    response.json(await services.affectedBy(who(response), params.change))
  })
  app.post('/api/law/rebind', async ({ body }, response) => {
    const { instances, reason } = body
    response.json(await services.rebindCases(who(response), { instances, reason }))
  })

  app.get('/api/law/effective', async ({ query }, response) => {
    const asked = {
      ...textIn(query, 'office'),
      ...textIn(query, 'date'),
      ...textIn(query, 'knownAt')
    }
    response.json(await services.effectiveLaw(who(response), asked))
  })
  app.get('/api/law/timeline/:key', async ({ params, query }, response) => {
    const asked = { key: params.key, ...textIn(query, 'office') }
    response.json(await services.timeline(who(response), asked))
  })
  app.post('/api/law/try/:rule', async ({ params, body }, response) => {
    response.json(await services.tryRule(who(response), { rule: params.rule, ...body }))
  })
  return app
}
