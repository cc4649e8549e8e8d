import { type Request, type Response, Router } from 'express'
import { Temporal } from 'temporal-polyfill'
import type { Problem } from '../../../engine/errors.ts'
import type { Text } from '../../../engine/messages.ts'
import { ClockPage } from '../../../web/pages/clock.tsx'
import { HelpPage } from '../../../web/pages/help.tsx'
import { MailboxPage, MailPage } from '../../../web/pages/mail.tsx'
import { PaymentPage } from '../../../web/pages/payment.tsx'
import { SignInPage } from '../../../web/pages/sign-in.tsx'
import { VerifyPage } from '../../../web/pages/verify.tsx'
import { typed } from '../../../web/parts/form-values.ts'
import { type RequestCode, RequestRefused } from '../../refusals.ts'
import { beginSession, endSession, findSignedIn, who } from '../../session.ts'
import { frameOf, type PageOptions, param, postedIn, queryText, sendPage, zoneOf } from './frame.ts'

/** Signing in and out, help, and the check of a letter: for anyone. */
export function publicPages(options: PageOptions): Router {
  const { services } = options
  const app = Router()

  app.get('/', (_request, response) => {
    response.redirect(303, findSignedIn(response) === null ? '/sign-in' : '/tasks')
  })

  app.get('/sign-in', async (request, response) => {
    await showSignIn(request, response, {
      person: '',
      next: safePath(queryText(request, 'next')),
      problem: null
    })
  })

  app.post('/sign-in', async (request, response) => {
    const posted = postedIn(request)
    const person = (typed(posted, 'person') ?? '').trim()
    const next = safePath(typed(posted, 'next') ?? '')
    try {
      await beginSession(services, request, response, person, typed(posted, 'password') ?? '')
    } catch (error) {
      const problem = error instanceof RequestRefused ? SIGN_IN_PROBLEMS[error.code] : undefined
      if (problem === undefined) throw error
      return showSignIn(request, response, { person, next, problem })
    }
    response.redirect(303, next)
  })

  async function showSignIn(
    request: Request,
    response: Response,
    shown: { readonly person: string; readonly next: string; readonly problem: Text | null }
  ): Promise<void> {
    const accounts = await services.demoAccounts()
    const page = SignInPage({ frame: frameOf(options, request, response), accounts, ...shown })
    sendPage(response, page, shown.problem === null ? 200 : 401)
  }

  app.post('/sign-out', async (request, response) => {
    await endSession(services, request, response)
    response.redirect(303, '/sign-in?done=signed-out')
  })

  app.get('/help', (request, response) => {
    sendPage(response, HelpPage({ frame: frameOf(options, request, response) }))
  })

  app.get(['/v/:letter', '/verify/:letter'], async (request, response) => {
    const verification = await services.verify(param(request, 'letter'), null, request.ip ?? '')
    const frame = frameOf(options, request, response)
    const page = VerifyPage({ frame, verification, host: request.get('host') ?? '' })
    sendPage(response, page, verification.status === 'unknown' ? 404 : 200)
  })

  return app
}

const SIGN_IN_PROBLEMS: { readonly [Code in RequestCode]?: Text } = {
  'wrong-password': {
    id: 'Nama akun atau kata sandi salah',
    en: 'The account name or the password is wrong'
  },
  'too-many': {
    id: 'Terlalu banyak percobaan; tunggu beberapa menit',
    en: 'Too many attempts; wait a few minutes'
  }
}

/** A path on this server, never an address elsewhere. */
function safePath(text: string): string {
  return /^\/(?![/\\])[^\\\s]*$/.test(text) && !text.startsWith('/sign-') ? text : '/tasks'
}

/** Mailbox, clock and payment simulator: outside production only. */
export function demoPages(options: PageOptions): Router {
  const { services } = options
  const app = Router()

  app.get('/mail', async (request, response) => {
    const mails = await services.mailbox(who(response))
    sendPage(response, MailboxPage({ frame: frameOf(options, request, response), mails }))
  })

  app.get('/mail/:mail', async (request, response) => {
    const mail = await services.mailView(who(response), param(request, 'mail'))
    sendPage(response, MailPage({ frame: frameOf(options, request, response), mail }))
  })

  app.get('/simulator/payments/:code', async (request, response) => {
    const bill = await services.billView(who(response), param(request, 'code'))
    sendPage(response, PaymentPage({ frame: frameOf(options, request, response), bill }))
  })

  app.post('/simulator/payments/:code', async (request, response) => {
    const { code } = await services.payBill(who(response), param(request, 'code'))
    response.redirect(303, `/simulator/payments/${encodeURIComponent(code)}?done=paid`)
  })

  app.get('/clock', (request, response) => {
    who(response)
    const frame = frameOf(options, request, response)
    const now = Temporal.Instant.from(frame.clock.now).toZonedDateTimeISO(zoneOf(frame))
    const time = now.toPlainTime().toString({ smallestUnit: 'minute' })
    showClock(request, response, now.toPlainDate().toString(), time, [])
  })

  app.post('/clock', (request, response) => {
    const actor = who(response)
    const posted = postedIn(request)
    if (typed(posted, 'reset') === 'true') {
      services.setClock(actor, null)
      return response.redirect(303, '/clock?done=clock')
    }
    const date = typed(posted, 'date') ?? ''
    const time = typed(posted, 'time') ?? ''
    const at = instantOf(date, time, zoneOf(frameOf(options, request, response)))
    if (at === null) {
      const problems = [
        { path: '/date', message: 'Isi tanggal dan jam yang benar / Enter a real date and time' }
      ]
      return showClock(request, response, date, time, problems)
    }
    services.setClock(actor, at)
    response.redirect(303, '/clock?done=clock')
  })

  function showClock(
    request: Request,
    response: Response,
    date: string,
    time: string,
    problems: readonly Problem[]
  ): void {
    const frame = frameOf(options, request, response)
    if (!frame.clock.settable)
      throw new RequestRefused('only-in-demo', 'the clock of this server cannot be set')
    sendPage(
      response,
      ClockPage({ frame, date, time, problems }),
      problems.length === 0 ? 200 : 422
    )
  }

  return app
}

function instantOf(date: string, time: string, zone: string): string | null {
  try {
    const local = Temporal.PlainDateTime.from(`${date}T${time}`)
    return local.toZonedDateTime(zone).toInstant().toString({ smallestUnit: 'millisecond' })
  } catch {
    return null
  }
}
