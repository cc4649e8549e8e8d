import { type Request, type Response, Router } from 'express'
import type { Actor } from '../../../engine/context.ts'
import type { Problem } from '../../../engine/errors.ts'
import type { LocalDate } from '../../../engine/state.ts'
import { ChangePage } from '../../../web/pages/law/change.tsx'
import { ChangesPage } from '../../../web/pages/law/changes.tsx'
import { ImpactPage, MeasuringPage } from '../../../web/pages/law/impact.tsx'
import { isDay, localDate } from '../../../web/parts/dates.tsx'
import { all, type Posted, typed } from '../../../web/parts/form-values.ts'
import { STATES } from '../../../web/parts/law/change-state.tsx'
import type { ChangeSetState, ChangeSetView } from '../../law.ts'
import { who } from '../../session.ts'
import { problemsOfChange, said } from './change-problems.ts'
import { frameOf, type PageOptions, param, postedIn, queryText, sendPage, zoneOf } from './frame.ts'
import { editsOf } from './law.ts'

/** Changes of local law: the list, each one's page, and every step of its way. */
export function changePages(options: PageOptions): Router {
  const { services } = options
  const app = Router()
  /** Measurements that are running, by change set. */
  const measuring = new Map<string, Promise<readonly Problem[] | null>>()

  app.get('/changes', async (request, response) => {
    const actor = who(response)
    const state = stateIn(queryText(request, 'state'))
    const cursor = queryText(request, 'cursor')
    const page = await services.changeSets(actor, {
      ...(state === '' ? {} : { state }),
      cursor: cursor === '' ? null : cursor
    })
    sendPage(
      response,
      ChangesPage({
        frame: frameOf(options, request, response),
        changes: page.rows,
        state,
        next: page.next,
        mayDraft: editsOf(actor) !== null
      })
    )
  })

  app.get('/changes/:id', async (request, response) => {
    await show(request, response, null, null, [])
  })

  app.get('/changes/:id/impact', async (request, response) => {
    const actor = who(response)
    const id = param(request, 'id')
    const change = await services.changeSet(actor, id)
    const frame = frameOf(options, request, response)
    const progress = await services.impactProgress(actor, id)
    if (progress !== null || measuring.has(id)) {
      const { done, total } = progress ?? { done: 0, total: null }
      return sendPage(response, MeasuringPage({ frame, change, done, total }))
    }
    const report = await services.impact(actor, id)
    if (report === null) return response.redirect(303, `/changes/${id}`)
    const today = localDate(frame.clock.now, zoneOf(frame))
    sendPage(
      response,
      ImpactPage({ frame, change, report, period: { from: report.from, to: report.to }, today })
    )
  })

  app.post('/changes/:id/impact', async (request, response) => {
    const actor = who(response)
    const id = param(request, 'id')
    const posted = postedIn(request)
    const [from, to] = [textIn(posted, '/from'), textIn(posted, '/to')]
    const problems = periodProblems(from, to)
    if (problems.length > 0) return show(request, response, 'impact', posted, problems)
    const running =
      measuring.get(id) ??
      services.measureImpact(actor, { id, from, to }).then(
        () => null,
        error => {
          const found = problemsOfChange(error)
          if (found === null) throw error
          return found
        }
      )
    measuring.set(id, running)
    running
      .catch(() => undefined)
      .finally(() => {
        measuring.delete(id)
      })
    const found = await Promise.race([running, pause(PATIENCE)])
    if (found !== null && found !== undefined) {
      return show(request, response, 'impact', posted, found)
    }
    response.redirect(303, `/changes/${id}/impact${found === null ? '?done=measured' : ''}`)
  })

  app.post('/changes/:id/rebind', async (request, response) => {
    const posted = postedIn(request)
    const reason = textIn(posted, '/rebind-reason')
    const instances = all(posted, '/instances')
    const id = param(request, 'id')
    if (reason === '' || instances.length === 0) {
      return show(request, response, 'rebind', posted, [
        said('', {
          id: 'Pilih berkasnya dan isi alasannya',
          en: 'Choose the cases and give the reason'
        })
      ])
    }
    const { refused } = await services.rebindCases(who(response), { instances, reason })
    if (refused.length === 0) return response.redirect(303, `/changes/${id}?done=rebound`)
    await show(
      request,
      response,
      'rebind',
      posted,
      refused.map(({ instance, message }) =>
        said('', { id: `Berkas ${instance.slice(0, 8)} tidak dapat`, en: message })
      )
    )
  })

  for (const action of ACTIONS) {
    app.post(`/changes/:id/${action}`, async (request, response) => {
      const posted = postedIn(request)
      const missing = missingFor(action, posted)
      if (missing.length > 0) return show(request, response, action, posted, missing)
      try {
        const change = await take(who(response), action, param(request, 'id'), posted)
        response.redirect(303, `/changes/${change.id}?done=change-${action}`)
      } catch (error) {
        const problems = problemsOfChange(error)
        if (problems === null) throw error
        await show(request, response, action, posted, problems)
      }
    })
  }

  async function take(
    actor: Actor,
    action: Action,
    id: string,
    posted: Posted
  ): Promise<ChangeSetView> {
    const version = Number(textIn(posted, '/version'))
    const reason = textIn(posted, `/${action}-reason`)
    switch (action) {
      case 'check':
        return services.checkChange(actor, id)
      case 'cases':
        return services.proposeCases(actor, { id, version })
      case 'submit':
        return services.submitChange(actor, { id, version })
      case 'approve':
        return services.approveChange(actor, {
          id,
          contentHash: textIn(posted, '/contentHash'),
          impactHash: textIn(posted, '/impactHash')
        })
      case 'reject':
        return services.rejectChange(actor, { id, reason })
      case 'withdraw':
        return services.withdrawChange(actor, { id, reason })
      case 'emergency':
        return services.publishEmergency(actor, { id, reason })
      case 'revert':
        return services.revertChange(actor, {
          id,
          from: textIn(posted, '/revert-from'),
          reason: { id: reason, en: reason }
        })
      case 'about': {
        const { scope, edits, reverts } = await services.changeSet(actor, id)
        const title = bothIn(posted, '/title')
        const content = { scope, title, reason: bothIn(posted, '/reason'), edits, reverts }
        return services.editChange(actor, { id, version, content })
      }
      default:
        return action satisfies never
    }
  }

  async function show(
    request: Request,
    response: Response,
    failed: string | null,
    posted: Posted | null,
    problems: readonly Problem[]
  ): Promise<void> {
    const actor = who(response)
    const frame = frameOf(options, request, response)
    const change = await services.changeSet(actor, param(request, 'id'))
    const today = localDate(frame.clock.now, zoneOf(frame))
    const asked = queryText(request, 'affected') !== ''
    const affected =
      asked && change.may.includes('revert') ? await services.affectedBy(actor, change.id) : null
    const page = ChangePage({
      frame,
      change,
      filling: { posted, problems },
      failed,
      period: { from: yearBefore(today), to: today },
      today,
      affected
    })
    sendPage(response, page, problems.length === 0 ? 200 : 422)
  }

  return app
}

/** How long the answer waits for a measurement before it shows that it runs. */
const PATIENCE = 3000

const ACTIONS = [
  'check',
  'cases',
  'submit',
  'approve',
  'reject',
  'withdraw',
  'emergency',
  'revert',
  'about'
] as const
type Action = (typeof ACTIONS)[number]

function missingFor(action: Action, posted: Posted): readonly Problem[] {
  const empty = (path: string) => textIn(posted, path) === ''
  const reason = { id: 'Isi alasannya', en: 'Give the reason' }
  if (action === 'about') {
    return [
      ...(empty('/title/id')
        ? [said('/title/id', { id: 'Isi judulnya', en: 'Give the title' })]
        : []),
      ...(empty('/reason/id') ? [said('/reason/id', reason)] : [])
    ]
  }
  const reasoned = ['reject', 'withdraw', 'emergency', 'revert'].includes(action)
  const path = `/${action}-reason`
  return [
    ...(action === 'revert' && !isDay(textIn(posted, '/revert-from'))
      ? [said('/revert-from', { id: 'Isi tanggalnya', en: 'Give the date' })]
      : []),
    ...(reasoned && empty(path) ? [said(path, reason)] : [])
  ]
}

function periodProblems(from: string, to: string): readonly Problem[] {
  const date = { id: 'Isi tanggal yang ada', en: 'Give a date that exists' }
  if (!isDay(from) || !isDay(to)) {
    return [
      ...(isDay(from) ? [] : [said('/from', date)]),
      ...(isDay(to) ? [] : [said('/to', date)])
    ]
  }
  const turned = { id: 'Masa ini berakhir sebelum mulai', en: 'This period ends before it starts' }
  return to < from ? [said('/to', turned)] : []
}

function stateIn(text: string): ChangeSetState | '' {
  return Object.hasOwn(STATES, text) ? (text as ChangeSetState) : ''
}

function textIn(posted: Posted, path: string): string {
  return (typed(posted, path) ?? '').trim()
}

/** Both languages; without English, the Indonesian stands for it. */
function bothIn(posted: Posted, path: string) {
  const id = textIn(posted, `${path}/id`)
  return { id, en: textIn(posted, `${path}/en`) || id }
}

function yearBefore(date: LocalDate): LocalDate {
  const before = `${Number(date.slice(0, 4)) - 1}${date.slice(4)}`
  return before.endsWith('-02-29') ? `${before.slice(0, 4)}-02-28` : before
}

function pause(milliseconds: number): Promise<undefined> {
  return new Promise(resolve => {
    setTimeout(() => resolve(undefined), milliseconds).unref()
  })
}
