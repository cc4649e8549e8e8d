import { Router } from 'express'
import { CoveredPage, ProceduresPage } from '../../../web/pages/procedures.tsx'
import { who } from '../../session.ts'
import { frameOf, type PageOptions, param, sendPage } from './frame.ts'

/** The page carries its own style, and nothing else is let in. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"

/** What analysts look at: the procedures, and what their examples cover. */
export function procedurePages(options: PageOptions): Router {
  const { services } = options
  const app = Router()

  app.get('/procedures', async (request, response) => {
    const procedures = await services.procedures(who(response))
    const variants = await services.variants(who(response))
    const frame = frameOf(options, request, response)
    sendPage(response, ProceduresPage({ frame, procedures, variants }))
  })

  app.get('/procedures/:process/coverage', async (request, response) => {
    const covered = await services.coverage(who(response), param(request, 'process'))
    response.set('content-security-policy', POLICY)
    sendPage(response, CoveredPage({ covered }))
  })

  return app
}
