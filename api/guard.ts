import { timingSafeEqual } from 'node:crypto'
import type { RequestHandler } from 'express'
import { RequestRefused } from './refusals.ts'
import { findSignedIn, who } from './session.ts'

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

type Paths = Readonly<
  Record<string, Readonly<Record<string, { readonly security?: readonly unknown[] }>>>
>

/**
 * Asks for a session wherever the document says so, before a body is read: whoever is unknown learns nothing of
 * what the body should be, and costs nothing more.
 */
export function askForSession({ paths }: { readonly paths: object }): RequestHandler {
  const operations = Object.entries(paths as Paths).flatMap(([path, methods]) => {
    const place = new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`, 'i')
    return Object.entries(methods)
      .filter(([, { security = [] }]) => security.length > 0)
      .map(([method]) => ({ place, method: method.toUpperCase() }))
  })
  return (request, response, next) => {
    const method = request.method === 'HEAD' ? 'GET' : request.method
    if (operations.some(one => one.method === method && one.place.test(request.path))) who(response)
    next()
  }
}

/**
 * Refuses what another site makes a browser send. Browsers say where a request comes from
 * (`Sec-Fetch-Site`, `Origin`); who is signed in also sends the token of the session, in the
 * header `x-csrf-token` or the form field `_csrf`.
 */
export const refuseForged: RequestHandler = (request, response, next) => {
  if (READING.has(request.method)) return next()

  const site = request.get('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new RequestRefused('forged-request', `expected a request from this site, found <${site}>`)
  }
  const origin = request.get('origin')
  if (origin !== undefined && origin !== `${request.protocol}://${request.get('host') ?? ''}`) {
    throw new RequestRefused(
      'forged-request',
      'expected a request from this site, found another origin'
    )
  }
  const session = findSignedIn(response)
  if (session !== null && !isSame(tokenIn(request), session.view.csrf) && !isSignIn(request)) {
    throw new RequestRefused('forged-request', 'expected the token of the session with the request')
  }
  next()
}

/** Signing in anew carries a name and a password, which is more than the token of an old session. */
function isSignIn({ method, path }: { readonly method: string; readonly path: string }): boolean {
  return method === 'POST' && (path === '/api/session' || path === '/sign-in')
}

function tokenIn(request: Parameters<RequestHandler>[0]): string {
  const header = request.get('x-csrf-token')
  if (header !== undefined) return header
  const body: unknown = request.body
  if (body === null || typeof body !== 'object' || !Object.hasOwn(body, '_csrf')) return ''
  const field: unknown = (body as { readonly _csrf: unknown })._csrf
  return typeof field === 'string' && request.is('urlencoded') ? field : ''
}

function isSame(found: string, expected: string): boolean {
  const a = Buffer.from(found)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
