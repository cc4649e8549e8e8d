import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import { RequestRefused } from './refusals.ts'

/** No script, style or frame but our own; nothing inline. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'"
].join('; ')

/** The headers that every answer carries. */
export const secureHeaders: RequestHandler = (request, response, next) => {
  response.set({
    'content-security-policy': POLICY,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-permitted-cross-domain-policies': 'none',
    'cache-control': 'no-store'
  })
  if (request.secure) {
    response.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
  }
  next()
}

/** Names every request, for the log and the answer. */
export const requestId: RequestHandler = (_request, response, next) => {
  const id = randomUUID()
  response.locals.requestId = id
  response.set('x-request-id', id)
  next()
}

/** Answers only under known host names, so that a foreign name pointed at this machine reaches nothing. */
export function knownHosts(hosts: readonly string[]): RequestHandler {
  const known = new Set(hosts.map(host => host.toLowerCase()))
  return (request, _response, next) => {
    if (known.has(request.hostname.toLowerCase())) return next()
    throw new RequestRefused(
      'bad-request',
      `expected a known host name, found <${request.hostname}>`
    )
  }
}
