import { randomUUID } from 'node:crypto'
import { type Request, type Response, Router } from 'express'
import { CommandRefused } from '../../../engine/errors.ts'
import type { Text } from '../../../engine/messages.ts'
import { ReceiptPage, ReportPage, ReportServicesPage } from '../../../web/pages/report.tsx'
import { TrackedPage, TrackPage } from '../../../web/pages/track.tsx'
import { formOf } from '../../../web/parts/form-schema.ts'
import { readForm, typed } from '../../../web/parts/form-values.ts'
import { type RequestCode, RequestRefused } from '../../refusals.ts'
import type { PublicServiceView } from '../../schemas.ts'
import type { TwoFacts } from '../../services.ts'
import { frameOf, type PageOptions, param, postedIn, sendPage } from './frame.ts'
import { problemsOf } from './work.ts'

/** Reporting online and tracking a case: for applicants, who have no account. */
export function applicantPages(options: PageOptions): Router {
  const { services } = options
  const app = Router()

  // reporting ///////////////////////////////////////////////////////////////

  app.get('/lapor', (request, response) => {
    const frame = frameOf(options, request, response)
    const offered = services.publicServices(request.ip ?? '')
    sendPage(response, ReportServicesPage({ frame, services: offered }))
  })

  app.get('/lapor/bukti/:instance', async (request, response) => {
    const view = await services.receipt(param(request, 'instance'), request.ip ?? '')
    const frame = frameOf(options, request, response)
    sendPage(response, ReceiptPage({ frame, view, host: request.get('host') ?? '' }))
  })

  app.get('/lapor/:office/:process', (request, response) => {
    const page = ReportPage({
      frame: frameOf(options, request, response),
      service: serviceIn(request),
      instance: randomUUID(),
      posted: null,
      problems: []
    })
    sendPage(response, page)
  })

  app.post('/lapor/:office/:process', async (request, response) => {
    const service = serviceIn(request)
    const posted = postedIn(request)
    const instance = typed(posted, '_instance') ?? ''
    if (!UUID.test(instance)) {
      throw new RequestRefused('bad-request', 'expected the form to name the case to be')
    }
    const variables = readForm(formOf(service.schema), posted, {})
    const { office, process } = service
    try {
      await services.startReport({ process, office, instance, variables }, request.ip ?? '')
    } catch (error) {
      const problems = problemsOf(error)
      if (problems === null) throw error
      const frame = frameOf(options, request, response)
      return sendPage(response, ReportPage({ frame, service, instance, posted, problems }), 422)
    }
    response.redirect(303, `/lapor/bukti/${instance}`)
  })

  function serviceIn(request: Request): PublicServiceView {
    const office = param(request, 'office')
    const process = param(request, 'process')
    const service = services
      .publicServices(request.ip ?? '')
      .find(each => each.office === office && each.process === process)
    if (service !== undefined) return service
    throw new CommandRefused('unknown-process', `<${process}> is not offered online here`)
  }

  // tracking ////////////////////////////////////////////////////////////////

  app.get('/lacak', (request, response) => {
    const frame = frameOf(options, request, response)
    sendPage(response, TrackPage({ frame, number: '', problem: null }))
  })

  app.post('/lacak', async (request, response) => {
    const facts = factsIn(request)
    try {
      const view = await services.track(facts, request.ip ?? '')
      const frame = frameOf(options, request, response)
      sendPage(response, TrackedPage({ frame, view, passport: facts.passport }))
    } catch (error) {
      showAgain(request, response, facts.number, error)
    }
  })

  app.post('/lacak/surat/:letter', async (request, response) => {
    const facts = factsIn(request)
    try {
      const asked = { ...facts, letter: param(request, 'letter') }
      const { fileName, bytes } = await services.trackedLetter(asked, request.ip ?? '')
      response
        .type('application/pdf')
        .set('content-disposition', `attachment; filename="${fileName}"`)
        .send(Buffer.from(bytes))
    } catch (error) {
      showAgain(request, response, facts.number, error)
    }
  })

  function showAgain(request: Request, response: Response, number: string, error: unknown): void {
    const problem = error instanceof RequestRefused ? PROBLEMS[error.code] : undefined
    if (problem === undefined || !(error instanceof RequestRefused)) throw error
    if (error.retryAfter !== null) response.set('retry-after', String(error.retryAfter))
    const frame = frameOf(options, request, response)
    const status = error.code === 'too-many' ? 429 : 404
    sendPage(response, TrackPage({ frame, number, problem }), status)
  }

  return app
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** The two numbers as they were typed, no longer than any real one. */
function factsIn(request: Request): TwoFacts {
  const posted = postedIn(request)
  const number = (typed(posted, 'number') ?? '').trim().slice(0, 60)
  const passport = (typed(posted, 'passport') ?? '').trim().slice(0, 30)
  return { number, passport }
}

const PROBLEMS: { readonly [Code in RequestCode]?: Text } = {
  'unknown-case': {
    id: 'Tidak ada permohonan dengan kedua nomor ini. Periksa keduanya',
    en: 'No application has these two numbers. Check both'
  },
  'unknown-letter': {
    id: 'Surat ini tidak dapat diunduh lagi',
    en: 'This letter can no longer be fetched'
  },
  'too-many': {
    id: 'Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi',
    en: 'Too many attempts. Wait 15 minutes and try again'
  }
}
