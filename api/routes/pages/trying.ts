import { type Request, type Response, Router } from 'express'
import type { Actor } from '../../../engine/context.ts'
import type { Problem } from '../../../engine/errors.ts'
import { CommandRefused, InvalidData } from '../../../engine/errors.ts'
import type { Decision, Text } from '../../../engine/messages.ts'
import type { LocalDate, Variables } from '../../../engine/state.ts'
import { type ProposedCase, TryPage } from '../../../web/pages/law/try.tsx'
import { dateText, isDay, localDate } from '../../../web/parts/dates.tsx'
import { type Posted, typed } from '../../../web/parts/form-values.ts'
import { factPath, factsIn } from '../../../web/parts/law/facts.ts'
import { valueText } from '../../../web/parts/law/value-text.ts'
import { nameText } from '../../../web/parts/law/words.ts'
import type { TableSubject } from '../../law.ts'
import { who } from '../../session.ts'
import { frameOf, type PageOptions, postedIn, queryText, sendPage, zoneOf } from './frame.ts'

/** Trying a decision table without a case, by the law in force or by a draft. */
export function tryingPages(options: PageOptions): Router {
  const { services } = options
  const app = Router()

  app.get('/rules/try', async (request, response) => {
    const posted = factsOf(request)
    await show(
      request,
      response,
      wishIn(name => queryText(request, name)),
      posted
    )
  })

  app.post('/rules/try', async (request, response) => {
    const posted = postedIn(request)
    await show(
      request,
      response,
      wishIn(name => typed(posted, name) ?? ''),
      posted
    )
  })

  async function show(
    request: Request,
    response: Response,
    wish: Wish,
    posted: Posted | null
  ): Promise<void> {
    const actor = who(response)
    const frame = frameOf(options, request, response)
    const office = wish.office || (actor.unit ?? '')
    const date = wish.date || localDate(frame.clock.now, zoneOf(frame))
    const offices = services.lawUnits()
    const rules = await services.effectiveLaw(actor, { office, date })
    const tables = rules.filter(({ kind }) => kind === 'table')
    const rule = tables.find(({ key }) => key === wish.rule) ?? tables[0]
    const subject =
      rule === undefined ? null : services.subject(actor, { key: rule.key, office, date })
    const table = subject?.kind === 'table' ? subject : null
    const drafts = (await services.changeSets(actor, { limit: 20 })).rows.filter(({ state }) =>
      ['draft', 'checked', 'submitted'].includes(state)
    )

    let decision: Decision | null = null
    let failed: string | null = null
    let problems: readonly Problem[] = []
    if (table !== null && posted !== null) {
      const read = factsIn(table.facts, posted)
      problems = read.problems
      if (problems.length === 0) {
        try {
          decision = await services.tryRule(actor, {
            rule: table.key,
            office,
            date,
            facts: read.facts,
            ...(wish.changeSet === '' ? {} : { changeSet: wish.changeSet })
          })
        } catch (error) {
          failed = reasonOf(error)
        }
      }
    }
    const page = TryPage({
      frame,
      tables,
      offices,
      office,
      date,
      table,
      drafts: drafts.map(({ id, title }) => ({ id, title })),
      draft: wish.changeSet,
      posted,
      problems,
      decision,
      failed,
      proposed: table === null ? [] : await proposedFor(actor, table),
      units: Object.fromEntries(offices.map(({ id, name }) => [id, name])),
      cites: (decision?.cites ?? []).map(cite => services.citation(cite))
    })
    sendPage(response, page, problems.length === 0 ? 200 : 422)
  }

  /** The limits of the table as addresses of this page, those of the date first. */
  async function proposedFor(
    actor: Actor,
    { key, office, facts }: TableSubject
  ): Promise<readonly ProposedCase[]> {
    const cases = await services.proposedCases(actor, { rule: key, office })
    return cases.slice(0, MOST_PROPOSED).map(each => {
      const typed = Object.entries(each.facts).flatMap(([name, value]) =>
        typeof value === 'object' ? [] : [[factPath(name), String(value)]]
      )
      const query = new URLSearchParams([
        ['rule', key],
        ['office', office],
        ['date', each.date],
        ...typed
      ])
      return { name: caseText(each, facts), href: `/rules/try?${query}` }
    })
  }

  return app
}

/** Proposed cases that one page shows. */
const MOST_PROPOSED = 25

/** A date and facts in words: `3 Desember 2015; Perpanjangan ke-: 5`. */
function caseText(
  { date, facts }: { readonly date: LocalDate; readonly facts: Variables },
  types: TableSubject['facts']
): Text {
  const said = Object.entries(facts).map(([name, value]) => {
    const label = nameText(name, types[name]?.label)
    const text = valueText(value)
    return { id: `${label.id}: ${text.id}`, en: `${label.en}: ${text.en}` }
  })
  return {
    id: [dateText(date), ...said.map(({ id }) => id)].join('; '),
    en: [date, ...said.map(({ en }) => en)].join('; ')
  }
}

interface Wish {
  readonly rule: string
  readonly office: string
  readonly date: string
  readonly changeSet: string
}

function wishIn(text: (name: string) => string): Wish {
  const date = text('date')
  return {
    rule: text('rule'),
    office: text('office'),
    date: isDay(date) ? date : '',
    changeSet: text('changeSet')
  }
}

/** Facts that an address brings along, as proposed cases do; null: none. */
function factsOf(request: Request): Posted | null {
  const facts = Object.entries(request.query).flatMap(([name, value]) =>
    name.startsWith('/facts/') && typeof value === 'string' ? [[name, value] as const] : []
  )
  return facts.length === 0 ? null : Object.fromEntries(facts)
}

/** Why nothing was decided: an answer here, and no error of the page. */
function reasonOf(error: unknown): string {
  if (error instanceof InvalidData) return error.message
  if (error instanceof CommandRefused && error.code === 'invalid-variables') return error.message
  throw error
}
