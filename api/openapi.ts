import { diagramPaths } from './openapi-diagrams.ts'
import { impactSchemas } from './openapi-impact.ts'
import { lawPaths, lawSchemas } from './openapi-law.ts'
import { lawListPaths } from './openapi-law-lists.ts'
import { operatingPaths } from './openapi-operating.ts'
import {
  answer,
  bytes,
  caseId,
  instance,
  object,
  operation,
  paged,
  path,
  query,
  token,
  uuid,
  where,
  word
} from './openapi-operation.ts'
import { deputyPaths, selectionPaths, taskHandling } from './openapi-people.ts'
import {
  enumOf,
  instant,
  integer,
  listOf,
  longText,
  orNull,
  pageOf,
  ref,
  schemas,
  variables
} from './openapi-schemas.ts'

const twoFacts = {
  number: { type: 'string', minLength: 1, maxLength: 60 },
  passport: { type: 'string', minLength: 1, maxLength: 30 }
}
const paths = {
  '/health': {
    get: operation('health', {
      summary: 'whether everything is ready',
      open: true,
      answers: {
        200: answer('ready', ref('HealthView')),
        503: answer('not ready', ref('HealthView'))
      }
    })
  },
  '/openapi.json': {
    get: operation('openapi', {
      summary: 'this document',
      open: true,
      answers: { 200: answer('OpenAPI 3.1', variables) }
    })
  },
  '/.well-known/alur-keys.json': {
    get: operation('keys', {
      summary: 'the public keys that letters are sealed with',
      open: true,
      answers: { 200: answer('keys', variables) }
    })
  },
  '/api/session': {
    get: operation('session', {
      summary: 'who is signed in',
      answers: { 200: answer('session', ref('SessionView')) }
    }),
    post: operation('signIn', {
      summary: 'sign in; the answer sets the session cookie',
      open: true,
      body: object(
        {
          person: { type: 'string', minLength: 1, maxLength: 120 },
          password: { type: 'string', minLength: 1, maxLength: 256 }
        },
        ['person', 'password']
      ),
      answers: { 200: answer('session', ref('SessionView')) },
      refusals: [401, 429]
    }),
    delete: operation('signOut', {
      summary: 'end the session',
      answers: { 204: { description: 'signed out' } },
      refusals: [403]
    })
  },
  '/api/demo-accounts': {
    get: operation('demoAccounts', {
      summary: 'the accounts to try out; empty outside demo mode',
      open: true,
      answers: { 200: answer('accounts', listOf(ref('AccountView'))) }
    })
  },
  '/api/offices': {
    get: operation('offices', {
      summary: 'the units that the signed-in person may look into, the own one first',
      answers: { 200: answer('offices', listOf(ref('OfficeView'))) }
    })
  },
  '/api/offices/{office}/tasks': {
    get: operation('taskList', {
      summary:
        'open tasks of the own unit and roles and of those whom one acts for, urgent ones first, then the nearest due time',
      parameters: [
        path('office'),
        query('role', word),
        query('who', enumOf('mine', 'free', 'unit')),
        query('due', enumOf('overdue')),
        query('followUp', enumOf('now', 'later')),
        ...paged
      ],
      answers: { 200: answer('tasks', pageOf('TaskSummary')) },
      refusals: [403]
    })
  },
  '/api/offices/{office}/services': {
    get: operation('services', {
      summary: 'what the own office offers, with the form that starts each',
      parameters: [path('office')],
      answers: { 200: answer('services', listOf(ref('ServiceView'))) },
      refusals: [403]
    })
  },
  '/api/processes/{process}/instances': {
    post: operation('startCase', {
      summary: 'start a case; the same id with the same content again gives the same answer',
      parameters: [path('process')],
      body: object({ instance: caseId, office: word, element: word, variables }, ['variables']),
      answers: {
        200: answer('had been started before by the same request', ref('CaseView')),
        201: answer('started', ref('CaseView'))
      },
      refusals: [404, 409, 422]
    })
  },
  '/api/processes/{process}/check': {
    post: operation('tryCases', {
      summary:
        'play example cases on a process, or on a draft of it, in memory and by a clock of their own; for operators',
      parameters: [path('process')],
      body: object(
        {
          cases: { type: 'array', maxItems: 200, items: variables },
          diagram: { type: 'string', maxLength: 2_000_000 },
          forms: { type: 'object', additionalProperties: variables }
        },
        ['cases']
      ),
      answers: { 200: answer('what came of each case, and what they cover', ref('TriedCases')) },
      refusals: [403, 404, 422, 429]
    })
  },
  '/api/processes/{process}/versions/{version}/diagram': {
    get: operation('diagram', {
      summary: 'the diagram as it was drawn',
      parameters: [path('process'), path('version', { type: 'integer', minimum: 1 })],
      answers: { 200: bytes('BPMN 2.0 XML', 'application/xml') },
      refusals: [404]
    })
  },
  '/api/instances': {
    get: operation('caseSearch', {
      summary: 'cases that the signed-in person may see, newest first',
      parameters: [
        query('text', { type: 'string', maxLength: 120 }),
        query('office', word),
        query('status', enumOf('running', 'suspended', 'completed', 'terminated', 'failed')),
        ...paged
      ],
      answers: { 200: answer('cases', pageOf('CaseSummary')) },
      refusals: [403]
    })
  },
  '/api/instances/{instance}': {
    get: operation('caseView', {
      summary: 'one case',
      parameters: [instance],
      answers: { 200: answer('case', ref('CaseView')) },
      refusals: [404]
    })
  },
  '/api/instances/{instance}/history': {
    get: operation('historyOf', {
      summary: 'what happened, in words, oldest first',
      parameters: [instance],
      answers: { 200: answer('history', listOf(ref('HistoryLine'))) },
      refusals: [403, 404]
    })
  },
  '/api/instances/{instance}/letters': {
    get: operation('letters', {
      summary: 'the letters of a case',
      parameters: [instance],
      answers: { 200: answer('letters', listOf(ref('LetterView'))) },
      refusals: [403, 404]
    })
  },
  '/api/instances/{instance}/tasks/{token}': {
    get: operation('taskView', {
      summary: 'one open task, with its form and its case',
      parameters: [instance, token],
      answers: { 200: answer('task', ref('TaskView')) },
      refusals: [403, 404, 409]
    })
  },
  '/api/instances/{instance}/tasks/{token}/complete': {
    post: operation('completeTask', {
      summary: 'complete a task; the answer is the case as this left it',
      parameters: [instance, token],
      body: object({ variables }, ['variables']),
      answers: { 200: answer('case', ref('CaseView')) },
      refusals: [404, 409, 422]
    })
  },
  ...taskHandling,
  ...selectionPaths,
  ...deputyPaths,
  ...lawPaths,
  '/api/instances/{instance}/incidents/{token}/resolve': {
    post: operation('resolveIncident', {
      summary: 'set the variables, if any, and try again',
      parameters: [instance, token],
      body: object({ variables, reason: { ...longText, minLength: 1 } }, ['reason']),
      answers: { 200: answer('case', ref('CaseView')) },
      refusals: [404, 409]
    })
  },
  '/api/incidents': {
    get: operation('incidents', {
      summary: 'what is stuck',
      parameters: [query('office', word), ...paged],
      answers: { 200: answer('incidents', pageOf('IncidentView')) },
      refusals: [403]
    })
  },
  ...operatingPaths,
  '/api/letters/{letter}': {
    get: operation('letter', {
      summary: 'one letter',
      parameters: [path('letter')],
      answers: { 200: answer('letter', ref('LetterView')) },
      refusals: [404]
    })
  },
  '/api/letters/{letter}/pdf': {
    get: operation('letterPdf', {
      summary: 'the sealed letter',
      parameters: [path('letter')],
      answers: { 200: bytes('PDF', 'application/pdf') },
      refusals: [404]
    })
  },
  '/api/verify/{letter}': {
    get: operation('verify', {
      summary: 'whether a letter is genuine, for anyone',
      parameters: [
        path('letter'),
        query('seal', { type: 'string', maxLength: 4000, pattern: '^[\\w.-]*$' })
      ],
      open: true,
      answers: { 200: answer('verification', ref('VerificationView')) },
      refusals: [429]
    })
  },
  '/api/public/services': {
    get: operation('publicServices', {
      summary: 'what applicants may report online, by office, with the form of each',
      open: true,
      answers: { 200: answer('services', listOf(ref('PublicServiceView'))) },
      refusals: [429]
    })
  },
  '/api/public/processes/{process}/instances': {
    post: operation('startReport', {
      summary: 'report online, without an account; the same again gives the same answer',
      parameters: [path('process')],
      open: true,
      body: object({ instance: uuid, office: word, variables }, [
        'instance',
        'office',
        'variables'
      ]),
      answers: {
        200: answer('had been started before by the same request', ref('PublicCaseView')),
        201: answer('started', ref('PublicCaseView'))
      },
      refusals: [404, 409, 422, 429]
    })
  },
  '/api/public/track': {
    post: operation('track', {
      summary: 'where a case stands, for whoever knows its number and the number of the passport',
      open: true,
      body: object(twoFacts, ['number', 'passport']),
      answers: { 200: answer('stages and dates', ref('TrackView')) },
      refusals: [404, 429]
    })
  },
  '/api/public/track/letters/{letter}': {
    post: operation('trackedLetter', {
      summary: 'a letter to the applicant, for whoever knows the same two numbers',
      parameters: [path('letter')],
      open: true,
      body: object(twoFacts, ['number', 'passport']),
      answers: { 200: bytes('PDF', 'application/pdf') },
      refusals: [404, 429]
    })
  },
  '/api/rules': {
    get: operation('rules', {
      summary: 'every rule of a unit and what holds there',
      parameters: where,
      answers: { 200: answer('rules', listOf(ref('RuleView'))) },
      refusals: [403, 404]
    })
  },
  ...diagramPaths,
  ...lawListPaths,
  '/api/rules/statements': {
    get: operation('statements', {
      summary: 'what has been published: every value and row, by whom and why',
      answers: { 200: answer('statements', listOf(ref('StatementView'))) }
    })
  },
  '/api/rules/{key}': {
    get: operation('rule', {
      summary: 'what a rule says at a unit on a date, and which level said so',
      parameters: [path('key'), ...where],
      answers: { 200: answer('rule', ref('RuleView')) },
      refusals: [403, 404]
    })
  },
  '/api/messages': {
    post: operation('publishMessage', {
      summary: 'publish a message to the cases, or the process, that wait for it',
      body: object(
        {
          name: { type: 'string', minLength: 1, maxLength: 120 },
          key: { type: 'string', maxLength: 200 },
          timeToLive: { type: 'string', maxLength: 40, pattern: '^P[0-9DTHMSWY.]+$' },
          office: word,
          variables
        },
        ['name', 'variables']
      ),
      answers: {
        200: answer(
          'how many took it, and whether it is kept for somebody to come',
          object({ taken: integer, kept: { type: 'boolean' } }, ['taken', 'kept'])
        )
      },
      refusals: [404, 422]
    })
  },
  '/api/clock': {
    get: operation('clock', {
      summary: 'the time that the system goes by',
      open: true,
      answers: { 200: answer('clock', ref('ClockView')) }
    }),
    put: operation('setClock', {
      summary: 'set the clock, outside production; null sets it back',
      body: object({ at: orNull(instant) }, ['at']),
      answers: { 200: answer('clock', ref('ClockView')) },
      refusals: [404]
    })
  },
  '/api/mail': {
    get: operation('mailbox', {
      summary: 'the demo mailbox, newest first',
      answers: { 200: answer('mails', listOf(ref('MailView'))) },
      refusals: [404]
    })
  },
  '/api/mail/{mail}': {
    get: operation('mailView', {
      summary: 'one mail of the demo mailbox',
      parameters: [path('mail')],
      answers: { 200: answer('mail', ref('MailView')) },
      refusals: [404]
    })
  },
  '/api/mail/{mail}/attachments/{name}': {
    get: operation('mailAttachment', {
      summary: 'a file that came with a mail',
      parameters: [path('mail'), path('name', { type: 'string', minLength: 1, maxLength: 200 })],
      answers: { 200: bytes('file', 'application/octet-stream') },
      refusals: [404]
    })
  },
  '/api/simulators/billing/{code}': {
    get: operation('billView', {
      summary: 'a bill of the billing simulator (no money moves)',
      parameters: [path('code')],
      answers: { 200: answer('bill', ref('BillView')) },
      refusals: [404]
    })
  },
  '/api/simulators/billing/{code}/pay': {
    post: operation('payBill', {
      summary: 'pay a bill at the billing simulator (no money moves)',
      parameters: [path('code')],
      answers: { 200: answer('payment', ref('PaymentView')) },
      refusals: [403, 404, 409]
    })
  }
}

/** What the JSON API takes and answers. Every request is held to it, and in tests every answer too. */
export const openapi = {
  openapi: '3.1.0',
  info: {
    title: 'Alur',
    version: '0.1.0',
    summary: 'procedures as diagrams, local law as JSON, task lists, jobs and sealed letters',
    description:
      'Sign in with `POST /api/session`. Every request that changes something carries the `csrf` of the session in the header `x-csrf-token`.'
  },
  webhooks: {},
  paths,
  components: {
    schemas: { ...schemas, ...lawSchemas, ...impactSchemas },
    securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'alur-session' } }
  }
} as const
