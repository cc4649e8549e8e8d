import { type Request, type Response, Router } from 'express'
import type { Text } from '../../../engine/messages.ts'
import { RegisterPage } from '../../../web/pages/law/register.tsx'
import { ReviewsPage, StaffingPage } from '../../../web/pages/law/reviews.tsx'
import { localDate } from '../../../web/parts/dates.tsx'
import { CAPITAL } from '../../../web/parts/frame.ts'
import { who } from '../../session.ts'
import { frameOf, type PageOptions, queryText, sendPage } from './frame.ts'
import { editsOf, officeIn } from './law.ts'

/** What needs a look, who is missing where, and for everybody the register of deviations. */
export function lawListPages(options: PageOptions): Router {
  const { services } = options
  const app = Router()

  app.get('/rules/reviews', (request, response) => {
    const actor = who(response)
    const page = ReviewsPage({
      frame: frameOf(options, request, response),
      reviews: services.reviews(actor),
      offices: services.lawUnits(),
      labels: services.lawLabels(),
      edits: editsOf(actor)
    })
    sendPage(response, page)
  })

  app.get('/rules/staffing', async (request, response) => {
    const actor = who(response)
    const office = officeIn(request, actor)
    const page = StaffingPage({
      frame: frameOf(options, request, response),
      gaps: await services.staffing(actor, office),
      offices: services.offices(actor),
      office
    })
    sendPage(response, page)
  })

  app.get('/register', (request, response) => showRegister(request, response))

  function showRegister(request: Request, response: Response): void {
    const frame = frameOf(options, request, response)
    const office = queryText(request, 'office')
    const chosenKey = queryText(request, 'key')
    const all = services.publicOverrides({}, request.ip ?? '')
    const overrides = all.filter(
      each =>
        (office === '' || each.office === office) && (chosenKey === '' || each.key === chosenKey)
    )
    const offices = new Map(all.map(each => [each.office, each.officeName]))
    const keys = new Map<string, Text>(all.map(({ key, label }) => [key, label]))
    const page = RegisterPage({
      frame,
      overrides,
      offices: [...offices].map(([id, name]) => ({ id, name })),
      keys: [...keys].map(([key, label]) => ({ key, label })),
      office,
      chosenKey,
      today: localDate(frame.clock.now, CAPITAL)
    })
    sendPage(response, page)
  }

  return app
}
