import { type Request, Router } from 'express'
import type { Actor } from '../../../engine/context.ts'
import type { LocalDate } from '../../../engine/state.ts'
import { TablePage } from '../../../web/pages/law/table.tsx'
import { TimelinePage } from '../../../web/pages/law/timeline.tsx'
import { type RulesFilter, RulesPage } from '../../../web/pages/rules.tsx'
import { isDay, localDate } from '../../../web/parts/dates.tsx'
import { unitOf } from '../../../web/parts/law/edit-form.tsx'
import { linkTo } from '../../../web/parts/law/sections.tsx'
import { who } from '../../session.ts'
import { frameOf, type PageOptions, param, queryText, sendPage, zoneOf } from './frame.ts'

/** What of local law holds where, since when and by whose word; changes and test runs stand elsewhere. */
export function lawPages(options: PageOptions): Router {
  const { services } = options
  const app = Router()

  app.get('/rules', async (request, response) => {
    const actor = who(response)
    const frame = frameOf(options, request, response)
    const zone = zoneOf(frame)
    const office = officeIn(request, actor)
    const date = dateIn(request, 'date') ?? localDate(frame.clock.now, zone)
    const knownOn = dateIn(request, 'knownOn')
    const level = queryText(request, 'level')
    const filter: RulesFilter = {
      office,
      date,
      knownOn: knownOn ?? '',
      text: queryText(request, 'q'),
      level: LEVELS.find(each => each === level) ?? '',
      deviations: queryText(request, 'deviations') === '1'
    }
    const rules = await services.effectiveLaw(actor, {
      office,
      date,
      ...(knownOn === null ? {} : { knownAt: endOf(knownOn) })
    })
    const offices = services.lawUnits()
    sendPage(response, RulesPage({ frame, rules, offices, filter, edits: editsOf(actor) }))
  })

  app.get('/rules/:key', (request, response) => {
    const actor = who(response)
    const frame = frameOf(options, request, response)
    const key = param(request, 'key')
    const office = officeIn(request, actor)
    const date = dateIn(request, 'date') ?? localDate(frame.clock.now, zoneOf(frame))
    const table = services.subject(actor, { key, office, date })
    if (table.kind === 'value') {
      return response.redirect(303, linkTo(`/rules/${key}/timeline`, { office }))
    }
    const offices = services.lawUnits()
    sendPage(response, TablePage({ frame, table, offices, edits: editsOf(actor) }))
  })

  app.get('/rules/:key/timeline', async (request, response) => {
    const actor = who(response)
    const frame = frameOf(options, request, response)
    const key = param(request, 'key')
    const office = officeIn(request, actor)
    const subject = services.subject(actor, { key, office })
    const { level, overridableAt } = subject
    const page = TimelinePage({
      frame,
      view: await services.timeline(actor, { key, office }),
      unit: subject.kind === 'value' ? unitOf(subject) : null,
      offices: services.lawUnits(),
      today: localDate(frame.clock.now, zoneOf(frame)),
      mayEdit: editsOf(actor) === office && (level === 'national' || overridableAt.includes(level))
    })
    sendPage(response, page)
  })

  return app
}

const LEVELS: readonly RulesFilter['level'][] = ['national', 'region', 'office']

/** The unit whose law somebody may write; null: none. The services decide, this only offers. */
export function editsOf({ roles, unit }: Actor): string | null {
  return roles.some(role => role === 'rule-editor' || role === 'tariff-owner') ? unit : null
}

/** The unit that is asked about, by default the own one. */
export function officeIn(request: Request, actor: Actor): string {
  return queryText(request, 'office') || (actor.unit ?? '')
}

/** A date of the query; null when there is none. */
export function dateIn(request: Request, name: string): LocalDate | null {
  const text = queryText(request, name)
  return isDay(text) ? text : null
}

/** The end of a day in the capital: what was published on it was known then. */
function endOf(date: LocalDate): string {
  return `${date}T16:59:59.999Z`
}
