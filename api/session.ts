import type { CookieOptions, Request, RequestHandler, Response } from 'express'
import type { Actor } from '../engine/context.ts'
import { RequestRefused } from './refusals.ts'
import type { Services, SignedIn } from './services.ts'

/** The session cookie; over HTTPS the prefix keeps other hosts from setting it. */
const COOKIE = 'alur-session'
const SECURE_COOKIE = '__Host-alur-session'

/** Finds out who is signed in, once per request; `findSignedIn` and `who` read it. */
export function readSession(services: Pick<Services, 'session'>): RequestHandler {
  return async (request, response, next) => {
    const token = sessionToken(request)
    response.locals.signedIn = token === null ? null : await services.session(token)
    next()
  }
}

/** Who is signed in, or null. */
export function findSignedIn(response: Response): SignedIn | null {
  return (response.locals.signedIn as SignedIn | null | undefined) ?? null
}

/** Who is signed in. @throws RequestRefused `not-signed-in` */
export function signedIn(response: Response): SignedIn {
  const found = findSignedIn(response)
  if (found === null) throw new RequestRefused('not-signed-in', 'expected somebody to be signed in')
  return found
}

/** The actor of a request. @throws RequestRefused `not-signed-in` */
export function who(response: Response): Actor {
  return signedIn(response).actor
}

/** The session token that the browser sent, or null. */
export function sessionToken(request: Request): string | null {
  const name = request.secure ? SECURE_COOKIE : COOKIE
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return null
}

/** Gives the browser a session; whatever token it had before is ended, never taken over. */
export async function beginSession(
  services: Pick<Services, 'signIn' | 'signOut'>,
  request: Request,
  response: Response,
  person: string,
  password: string
): Promise<SignedIn> {
  const { token, ...session } = await services.signIn(person, password, request.ip ?? '')
  const before = sessionToken(request)
  if (before !== null) await services.signOut(before)
  response.cookie(request.secure ? SECURE_COOKIE : COOKIE, token, cookieOptions(request))
  return session
}

/** Ends the session, here and in the browser. */
export async function endSession(
  services: Pick<Services, 'signOut'>,
  request: Request,
  response: Response
): Promise<void> {
  const token = sessionToken(request)
  if (token !== null) await services.signOut(token)
  response.clearCookie(request.secure ? SECURE_COOKIE : COOKIE, cookieOptions(request))
}

function cookieOptions(request: Request): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: request.secure }
}
