import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import { middleware as openApiValidator } from 'express-openapi-validator'
import { answerErrors, unknownAddress } from './errors.ts'
import { askForSession, refuseForged } from './guard.ts'
import { knownHosts, requestId, secureHeaders } from './headers.ts'
import { openapi } from './openapi.ts'
import { RequestRefused } from './refusals.ts'
import { cases } from './routes/cases.ts'
import { deputies } from './routes/deputies.ts'
import { diagrams } from './routes/diagrams.ts'
import { incidents } from './routes/incidents.ts'
import { law } from './routes/law.ts'
import { lawLists } from './routes/law-lists.ts'
import { letters } from './routes/letters.ts'
import { operations } from './routes/operations.ts'
import { applicants } from './routes/public.ts'
import { rules } from './routes/rules.ts'
import { session } from './routes/session.ts'
import { simulators } from './routes/simulators.ts'
import { system } from './routes/system.ts'
import { tasks } from './routes/tasks.ts'
import type { Services } from './services.ts'
import { readSession } from './session.ts'

export interface AppOptions {
  readonly services: Services
  /** The pages and how they say errors; null: the JSON API alone. */
  readonly pages: { readonly routes: RequestHandler; readonly errors: ErrorRequestHandler } | null
  /** Host names that the server answers under; null: any. */
  readonly hosts: readonly string[] | null
  /** Holds answers to the OpenAPI document too; for tests. */
  readonly validateAnswers: boolean
  /** How large a diagram that is sent may be. */
  readonly diagramBytes: number
  readonly report: (error: unknown, requestId: string) => void
}

/** The HTTP side of Alur: what every request goes through, the routes, and what is said to errors. */
export function createApp({
  services,
  pages,
  hosts,
  validateAnswers,
  diagramBytes,
  report
}: AppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', 'loopback')
  app.set('query parser', 'simple')

  app.use(requestId)
  app.use(secureHeaders)
  if (hosts !== null) app.use(knownHosts(hosts))
  app.use(readSession(services))
  app.use(askForSession(openapi))
  app.use(onlyJson)
  app.use(
    FOR_ANYONE,
    express.json({ limit: '32kb', reviver: refuseHostileKeys }),
    express.urlencoded({ limit: '32kb', extended: false, parameterLimit: 500 })
  )
  app.use(
    WITH_DIAGRAM,
    // two versions of a diagram, each sign of which may be written as six
    express.json({ limit: diagramBytes * 3, reviver: refuseHostileKeys })
  )
  app.use(express.json({ limit: '256kb', reviver: refuseHostileKeys }))
  app.use(express.urlencoded({ limit: '256kb', extended: false, parameterLimit: 2000 }))
  app.use(refuseForged)
  app.use(
    openApiValidator({
      // the document is frozen, and the validator wants to fill in what it resolves
      apiSpec: structuredClone(openapi) as never,
      ignorePaths: (path: string) => !isApi(path),
      validateRequests: { allErrors: true },
      validateResponses: validateAnswers,
      validateSecurity: false,
      validateApiSpec: validateAnswers
    })
  )

  app.use(system(services))
  app.use(session(services))
  app.use(tasks(services))
  app.use(deputies(services))
  app.use(cases(services))
  app.use(incidents(services))
  app.use(operations(services))
  app.use(letters(services))
  app.use(rules(services))
  app.use(law(services))
  app.use(lawLists(services))
  app.use(diagrams(services))
  app.use(applicants(services))
  app.use(simulators(services))
  if (pages !== null) app.use(pages.routes)

  app.use(unknownAddress)
  if (pages !== null) app.use(pages.errors)
  app.use(answerErrors(report))
  return app
}

/** Where anyone may send something without an account: less is taken there. */
const FOR_ANYONE = ['/api/public', '/lapor', '/lacak']

/** Where whole diagrams are sent; nobody else may send more than a form holds. */
const WITH_DIAGRAM = ['/api/diagrams', /^\/api\/processes\/[^/]+\/check$/]

function isApi(path: string): boolean {
  return path.startsWith('/api/') || path in openapi.paths
}

/** The JSON API takes JSON only; forms belong to the pages. */
const onlyJson: RequestHandler = (request, _response, next) => {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined ||
    Number(request.headers['content-length'] ?? 0) > 0
  if (isApi(request.path) && hasBody && !request.is('json')) {
    throw new RequestRefused('wrong-type', 'expected the body to be application/json')
  }
  next()
}

/** Names that mean something to JavaScript itself are not taken as names of data. */
function refuseHostileKeys(key: string, value: unknown): unknown {
  if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
    throw new SyntaxError(`<${key}> may not be a name`)
  }
  return value
}
