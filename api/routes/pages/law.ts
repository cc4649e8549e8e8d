import { type Request, type Response, Router } from 'express'
import type { Actor } from '../../../engine/context.ts'
import type { Problem } from '../../../engine/errors.ts'
import { CommandRefused, InvalidData } from '../../../engine/errors.ts'
import { RulesPage } from '../../../web/pages/rules.tsx'
import { ConfirmTariffPage, TariffsPage } from '../../../web/pages/tariffs.tsx'
import { localDate } from '../../../web/parts/dates.tsx'
import { type Posted, typed } from '../../../web/parts/form-values.ts'
import { atFields, statementIn } from '../../../web/parts/statement.ts'
import { who } from '../../session.ts'
import { frameOf, type PageOptions, postedIn, queryText, sendPage, zoneOf } from './frame.ts'
import { problemsOf } from './work.ts'

/** Local law: what holds where, and stating a tariff. */
export function lawPages(options: PageOptions): Router {
  const { services } = options
  const app = Router()

  app.get('/rules', async (request, response) => {
    const actor = who(response)
    const frame = frameOf(options, request, response)
    const office = queryText(request, 'office') || (actor.unit ?? '')
    const asked = queryText(request, 'date')
    const date = /^\d{4}-\d{2}-\d{2}$/.test(asked)
      ? asked
      : localDate(frame.clock.now, zoneOf(frame))
    const rules = await services.rules(actor, { office, date })
    sendPage(response, RulesPage({ frame, rules, offices: services.offices(actor), office, date }))
  })

  app.get('/tariffs', async (request, response) => {
    await showTariffs(request, response, null, [])
  })

  app.post('/tariffs', async (request, response) => {
    const actor = who(response)
    const posted = postedIn(request)
    const { statement, problems } = statementIn(posted, actor.unit ?? '')
    const step = typed(posted, '_step')
    if (statement === null || step === 'change') {
      return showTariffs(request, response, posted, problems)
    }
    if (step !== 'state') {
      mayState(actor)
      const rule = services.stateable().rules.find(({ key }) => key === statement.key)
      const label = rule?.label ?? { id: statement.key, en: '' }
      const frame = frameOf(options, request, response)
      return sendPage(response, ConfirmTariffPage({ frame, statement, label, posted }))
    }
    try {
      await services.proposeStatement(actor, statement)
    } catch (error) {
      const found = error instanceof InvalidData ? error.problems : problemsOf(error)
      if (found === null) throw error
      return showTariffs(request, response, posted, atFields(found, posted))
    }
    response.redirect(303, '/tariffs?done=stated')
  })

  async function showTariffs(
    request: Request,
    response: Response,
    posted: Posted | null,
    problems: readonly Problem[]
  ): Promise<void> {
    const actor = who(response)
    mayState(actor)
    const page = TariffsPage({
      frame: frameOf(options, request, response),
      statements: services.statements(actor),
      stateable: services.stateable(),
      chosen: queryText(request, 'key'),
      posted,
      problems
    })
    sendPage(response, page, problems.length === 0 ? 200 : 422)
  }

  return app
}

/** @throws CommandRefused `not-allowed` */
function mayState({ id, roles }: Actor): void {
  if (roles.includes('tariff-owner')) return
  throw new CommandRefused('not-allowed', `expected the owner of tariffs, found <${id}>`)
}
