import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import type { Text } from '../../../engine/messages.ts'
import { ErrorPage } from '../../../web/pages/error.tsx'
import { instantText } from '../../../web/parts/dates.tsx'
import { replyTo } from '../../errors.ts'
import { RequestRefused } from '../../refusals.ts'
import { findSignedIn } from '../../session.ts'
import { frameOf, type PageOptions, param, sendPage, zoneOf } from './frame.ts'

/** Addresses under which no page stands: their errors are answered in JSON. */
export function isPage(path: string): boolean {
  return (
    !path.startsWith('/api/') &&
    !path.startsWith('/.well-known/') &&
    path !== '/health' &&
    path !== '/openapi.json'
  )
}

/** A page that is not there. */
export const unknownPage: RequestHandler = (request, _response, next) => {
  if (!isPage(request.path)) return next()
  throw new RequestRefused('unknown-address', `nothing is at <${request.method} ${request.path}>`)
}

/** Errors in words. Whoever is not signed in is asked to, and comes back to the page afterwards. */
export function errorPages(options: PageOptions): ErrorRequestHandler {
  return async (error, request, response, next) => {
    if (response.headersSent || !isPage(request.path)) return next(error)
    const reply = replyTo(error)
    if (reply?.body.code === 'not-signed-in') {
      return response.redirect(303, signInFor(request))
    }
    const requestId = String(response.locals.requestId)
    if (reply === null) options.report(error, requestId)
    const code = reply?.body.code ?? 'bug'
    const status = reply?.status ?? 500
    if (reply !== null && reply.retryAfter !== null)
      response.set('retry-after', String(reply.retryAfter))
    const detail =
      code === 'not-waiting'
        ? await whoWasFaster(options, request, response)
        : code === 'claimed'
          ? await whoHasIt(options, request, response)
          : null
    const frame = frameOf(options, request, response)
    sendPage(response, ErrorPage({ frame, status, code, detail, requestId }), status)
  }
}

/** Where to sign in and come back: to the page, or to the one whose form could not be taken. */
function signInFor({ method, originalUrl, path }: Request): string {
  if (method === 'GET') return `/sign-in?${new URLSearchParams({ next: originalUrl })}`
  const page = FORM_PAGES.exec(path)?.[0] ?? '/tasks'
  return `/sign-in?${new URLSearchParams({ done: 'ended', next: `${page}?done=ended` })}`
}
/** The addresses whose forms stand at the same address, or at that of the case. */
const FORM_PAGES =
  /^\/(tasks\/[^/]+\/[^/]+$|start\/[^/]+$|cases\/[^/]+(?=\/)|simulator\/payments\/[^/]+$|tariffs$|clock$)/

/** Who did the last task of the case, for someone who may read it. */
async function whoWasFaster(
  options: PageOptions,
  request: Request,
  response: Response
): Promise<Text | null> {
  const session = findSignedIn(response)
  const instance =
    param(request, 'instance') || (/^\/tasks\/([^/]+)\//.exec(request.path)?.[1] ?? '')
  if (session === null || instance === '') return null
  try {
    const history = await options.services.historyOf(session.actor, instance)
    const last = history.findLast(({ kind }) => kind === 'task')
    if (last === undefined) return null
    const when = instantText(last.at, zoneOf(frameOf(options, request, response)))
    return { id: `${last.by}, ${when}: ${last.text.id}`, en: last.text.en }
  } catch {
    // who may not read the case is not told who worked on it
    return null
  }
}

/** Who has the task, for someone who may read its case. */
async function whoHasIt(
  { services }: PageOptions,
  request: Request,
  response: Response
): Promise<Text | null> {
  const session = findSignedIn(response)
  const [, instance, token] = /^\/tasks\/([^/]+)\/([^/]+)/.exec(request.path) ?? []
  if (session === null || instance === undefined) return null
  try {
    const { tasks } = await services.caseView(session.actor, instance)
    const holder = tasks.find(each => each.token === token)?.assignee
    if (holder === undefined || holder === null) return null
    return { id: `Pemegang: ${holder.name}`, en: `Held by ${holder.name}` }
  } catch {
    return null
  }
}
