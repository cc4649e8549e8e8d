import { type Request, type Response, Router } from 'express'
import { CommandRefused, type Problem } from '../../../engine/errors.ts'
import type { Variables } from '../../../engine/state.ts'
import { CasePage } from '../../../web/pages/case.tsx'
import { CasesPage } from '../../../web/pages/cases.tsx'
import { IncidentsPage, ResolvePage } from '../../../web/pages/incidents.tsx'
import { LetterPage } from '../../../web/pages/letter.tsx'
import { type Posted, typed } from '../../../web/parts/form-values.ts'
import { RequestRefused, STATUS } from '../../refusals.ts'
import type { CaseSummary, CaseView } from '../../schemas.ts'
import { who } from '../../session.ts'
import { frameOf, type PageOptions, param, postedIn, queryText, sendPage } from './frame.ts'
import { refusalOf, wantedOf } from './operating.ts'

/** Cases, incidents and letters. */
export function recordPages(options: PageOptions): Router {
  const { services } = options
  const app = Router()

  app.get('/cases', async (request, response) => {
    const actor = who(response)
    const filter = {
      text: queryText(request, 'q'),
      status: queryText(request, 'status'),
      office: queryText(request, 'office')
    }
    const page = await services.caseSearch(actor, {
      ...(filter.text === '' ? {} : { text: filter.text }),
      ...(isStatus(filter.status) ? { status: filter.status } : {}),
      ...(filter.office === '' ? {} : { office: filter.office }),
      cursor: queryText(request, 'cursor') || null
    })
    const frame = frameOf(options, request, response)
    sendPage(response, CasesPage({ frame, filter, offices: services.offices(actor), page }))
  })

  app.get('/cases/:instance', async (request, response) => {
    const view = await services.caseView(who(response), param(request, 'instance'))
    sendPage(response, CasePage({ frame: frameOf(options, request, response), view }))
  })

  app.post('/cases/:instance/operations', async (request, response) => {
    const actor = who(response)
    const instance = param(request, 'instance')
    const posted = postedIn(request)
    const wanted = wantedOf(posted)
    const again = async (status: number, say: (view: CaseView) => readonly Problem[]) => {
      const view = await services.caseView(actor, instance)
      const asked = { posted, problems: say(view) }
      const frame = frameOf(options, request, response)
      sendPage(response, CasePage({ frame, view, asked }), status)
    }
    if ('problems' in wanted) return again(422, () => wanted.problems)
    try {
      const { outcome } = await services.operate(actor, instance, { ...wanted, dryRun: false })
      const done = outcome === 'did' ? 'operation' : 'unneeded'
      response.redirect(303, `/cases/${encodeURIComponent(instance)}?done=${done}`)
    } catch (error) {
      if (!(error instanceof CommandRefused)) throw error
      const say = refusalOf(error)
      if (say === null) throw error
      await again(STATUS[error.code], view => [say(view)])
    }
  })

  app.get('/incidents', async (request, response) => {
    const actor = who(response)
    const office = queryText(request, 'office')
    const page = await services.incidents(actor, {
      ...(office === '' ? {} : { office }),
      cursor: queryText(request, 'cursor') || null
    })
    const frame = frameOf(options, request, response)
    sendPage(response, IncidentsPage({ frame, page, offices: services.offices(actor), office }))
  })

  app.post('/cases/:instance/incidents/:token', async (request, response) => {
    const actor = who(response)
    const instance = param(request, 'instance')
    const token = param(request, 'token')
    const { reason, variables, problems } = resolutionIn(postedIn(request))
    if (problems.length > 0) return showAgain(request, response, problems)
    try {
      if (variables === null) await services.retry(actor, { instance, token, reason })
      else await services.resolveIncident(actor, { instance, token, variables, reason })
    } catch (error) {
      if (!(error instanceof CommandRefused) || error.code === 'not-waiting') throw error
      const say = refusalOf(error)
      if (say === null) throw error
      const view = await services.caseView(actor, instance)
      return showAgain(request, response, [say(view)])
    }
    const back = typed(postedIn(request), '_back') === 'incidents'
    response.redirect(
      303,
      back ? `/incidents?done=incident&case=${instance}` : `/cases/${instance}?done=incident`
    )
  })

  async function showAgain(
    request: Request,
    response: Response,
    problems: readonly Problem[]
  ): Promise<void> {
    const posted = postedIn(request)
    const { incidents } = await services.caseView(who(response), param(request, 'instance'))
    const incident = incidents.find(({ token }) => token === param(request, 'token'))
    if (incident === undefined)
      throw new RequestRefused('unknown-address', 'the incident is resolved already')
    const page = ResolvePage({
      frame: frameOf(options, request, response),
      incident,
      back: typed(posted, '_back') === 'incidents' ? 'incidents' : 'case',
      reason: typed(posted, 'reason') ?? '',
      variables: typed(posted, 'variables') ?? '',
      problems
    })
    sendPage(response, page, 422)
  }

  app.get('/letters/:letter', async (request, response) => {
    const letter = await services.letter(who(response), param(request, 'letter'))
    response.set(
      'content-security-policy',
      `${response.get('content-security-policy') ?? ''}; frame-src 'self'`
    )
    sendPage(response, LetterPage({ frame: frameOf(options, request, response), letter }))
  })

  app.get('/letters/:letter/letter.pdf', async (request, response) => {
    const { fileName, bytes } = await services.letterPdf(who(response), param(request, 'letter'))
    response
      .set({
        'content-security-policy':
          "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
        'x-frame-options': 'SAMEORIGIN',
        'content-disposition': `inline; filename="${fileName}"`
      })
      .type('application/pdf')
      .send(Buffer.from(bytes))
  })

  return app
}

interface Resolution {
  readonly reason: string
  readonly variables: Variables | null
  readonly problems: readonly Problem[]
}

function resolutionIn(posted: Posted): Resolution {
  const reason = (typed(posted, 'reason') ?? '').trim()
  const text = (typed(posted, 'variables') ?? '').trim()
  const variables = text === '' ? null : readVariables(text)
  const problems: Problem[] = []
  if (reason === '') problems.push({ path: '/reason', message: 'Isi alasannya / Give the reason' })
  if (text !== '' && variables === null) {
    problems.push({
      path: '/variables',
      message: 'Isi satu objek JSON yang benar / Enter one correct JSON object'
    })
  }
  return { reason, variables, problems }
}

function readVariables(text: string): Variables | null {
  try {
    const read: unknown = JSON.parse(text)
    const isObject = typeof read === 'object' && read !== null && !Array.isArray(read)
    const hostile = /"(__proto__|constructor|prototype)"\s*:/.test(text)
    return isObject && !hostile ? (read as Variables) : null
  } catch {
    return null
  }
}

function isStatus(text: string): text is CaseSummary['status'] {
  return ['running', 'suspended', 'completed', 'terminated', 'failed'].includes(text)
}
