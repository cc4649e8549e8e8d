import {
  answer,
  caseId,
  object,
  operation,
  paged,
  path,
  query,
  where,
  word
} from './openapi-operation.ts'
import {
  anything,
  date,
  enumOf,
  instant,
  integer,
  listOf,
  longText,
  orNull,
  ref,
  type Schema,
  text,
  variables
} from './openapi-schemas.ts'

const reason: Schema = { ...longText, minLength: 1 }
const hash: Schema = { type: 'string', maxLength: 64 }
const bilingual = object({ id: longText, en: longText }, ['id', 'en'])
const version: Schema = { type: 'integer', minimum: 1 }
const change = path('change', caseId)
/** As text: the validator would make a date of it. */
const moment: Schema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z$'
}

/** Only the frame: what an edit must say is checked with the draft, all at once, and kept as it is until then. */
const content = object(
  {
    scope: word,
    title: bilingual,
    reason: bilingual,
    edits: {
      type: 'array',
      maxItems: 500,
      items: {
        type: 'object',
        required: ['kind'],
        additionalProperties: true,
        properties: {
          kind: enumOf('value', 'row', 'remove', 'instrument', 'bound', 'calendar', 'case')
        }
      }
    },
    reverts: orNull(object({ changeSet: word, from: date }, ['changeSet', 'from']))
  },
  ['scope', 'title', 'reason', 'edits', 'reverts']
)

const state = enumOf(
  'draft',
  'checked',
  'submitted',
  'approved',
  'scheduled',
  'active',
  'superseded',
  'reverted',
  'rejected',
  'withdrawn',
  'lapsed'
)
const problems = listOf(ref('Problem'))

/** The shapes of changes of local law. */
export const lawSchemas: { readonly [name: string]: Schema } = {
  Problem: {
    type: 'object',
    additionalProperties: false,
    required: ['path', 'message'],
    properties: { path: text, message: text, text: ref('Text') }
  },
  ChangeSetSummary: object(
    {
      id: text,
      scope: text,
      scopeName: text,
      title: ref('Text'),
      state,
      makers: listOf(text),
      from: orNull(text),
      changedAt: instant
    },
    ['id', 'scope', 'scopeName', 'title', 'state', 'makers', 'from', 'changedAt']
  ),
  ChangeSetView: object(
    {
      scope: text,
      title: ref('Text'),
      reason: ref('Text'),
      edits: listOf(variables),
      reverts: orNull(object({ changeSet: text, from: date }, ['changeSet', 'from'])),
      id: text,
      state,
      version: integer,
      contentHash: text,
      makers: listOf(text),
      createdAt: instant,
      check: orNull(
        object(
          {
            at: instant,
            contentHash: text,
            base: integer,
            problems,
            notices: problems,
            cases: object({ decided: integer, failed: integer }, ['decided', 'failed'])
          },
          ['at', 'contentHash', 'base', 'problems', 'notices', 'cases']
        )
      ),
      impact: orNull(
        object({ hash: text, from: date, to: date, at: instant }, ['hash', 'from', 'to', 'at'])
      ),
      submitted: orNull(object({ by: text, name: text, at: instant }, ['by', 'name', 'at'])),
      approval: orNull(
        object({ by: text, name: text, at: instant, contentHash: text, impactHash: text }, [
          'by',
          'name',
          'at',
          'contentHash',
          'impactHash'
        ])
      ),
      emergency: orNull(
        object({ by: text, at: instant, until: date, reason: text }, [
          'by',
          'at',
          'until',
          'reason'
        ])
      ),
      published: orNull(object({ at: instant, releases: variables }, ['at', 'releases'])),
      ended: orNull(object({ at: instant, by: text, because: text }, ['at', 'by', 'because'])),
      scopeName: text,
      sentences: listOf(ref('Text')),
      may: listOf(
        enumOf(
          'edit',
          'check',
          'measure',
          'submit',
          'approve',
          'reject',
          'withdraw',
          'emergency',
          'revert'
        )
      )
    },
    [
      'scope',
      'title',
      'reason',
      'edits',
      'reverts',
      'id',
      'state',
      'version',
      'contentHash',
      'makers',
      'createdAt',
      'check',
      'impact',
      'submitted',
      'approval',
      'emergency',
      'published',
      'ended',
      'scopeName',
      'sentences',
      'may'
    ]
  )
}

const view = (description: string) => answer(description, ref('ChangeSetView'))
const step = (id: string, summary: string, body: Schema) => ({
  post: operation(id, {
    summary,
    parameters: [change],
    body,
    answers: { 200: view('the change set as this left it') },
    refusals: [403, 404, 409, 422]
  })
})

/** Changes of local law, what holds where, and trying it. */
export const lawPaths = {
  '/api/law/changes': {
    get: operation('changeSets', {
      summary: 'changes of local law of the own unit and those below it, the latest first',
      parameters: [query('scope', word), query('state', state), ...paged],
      answers: {
        200: answer(
          'changes',
          object({ rows: listOf(ref('ChangeSetSummary')), next: orNull(text) }, ['rows', 'next'])
        )
      },
      refusals: [403]
    }),
    post: operation('draftChange', {
      summary: 'draft a change of the law of the own unit, for its rule editors',
      body: content,
      answers: { 201: view('drafted') },
      refusals: [422]
    })
  },
  '/api/law/changes/{change}': {
    get: operation('changeSet', {
      summary: 'a change set with its checks, approval and what the one who asks may do',
      parameters: [change],
      answers: { 200: view('change set') },
      refusals: [403, 404]
    }),
    put: operation('editChange', {
      summary: 'replace the content of what was read; an approval of before becomes void',
      parameters: [change],
      body: object({ version, content }, ['version', 'content']),
      answers: { 200: view('a draft again') },
      refusals: [404, 409, 422]
    })
  },
  '/api/law/changes/{change}/check': step(
    'checkChange',
    'check it: schema, bounds, citations, tables, cases and staffing, every problem at once',
    object({}, [])
  ),
  '/api/law/changes/{change}/cases': step(
    'proposeCases',
    'put the cases into a draft that are proposed for what it states, in the place of those proposed before; those of the unit that it changes expect what it decides now',
    object({ version }, ['version'])
  ),
  '/api/law/changes/{change}/impact': {
    get: operation('impact', {
      summary: 'the report that was measured of this very content, or null',
      parameters: [change],
      answers: { 200: answer('report', orNull(ref('ImpactReport'))) },
      refusals: [403, 404]
    }),
    post: operation('measureImpact', {
      summary:
        'make the decisions of a period and of the open cases again by the draft, or wait for the measurement that runs',
      parameters: [change],
      body: object({ from: date, to: date }, ['from', 'to']),
      answers: { 200: answer('report', ref('ImpactReport')) },
      refusals: [404, 409, 422]
    })
  },
  '/api/law/changes/{change}/impact/progress': {
    get: operation('impactProgress', {
      summary: 'how far the measurement that runs has come; null while none runs',
      parameters: [change],
      answers: {
        200: answer('progress', object({ running: orNull(ref('ImpactProgress')) }, ['running']))
      },
      refusals: [403, 404]
    })
  },
  '/api/law/changes/{change}/submit': step(
    'submitChange',
    'submit what was checked for approval',
    object({ version }, ['version'])
  ),
  '/api/law/changes/{change}/approve': step(
    'approveChange',
    'approve what was read, as a second person; it is published with that',
    object({ contentHash: hash, impactHash: hash }, ['contentHash', 'impactHash'])
  ),
  '/api/law/changes/{change}/reject': step(
    'rejectChange',
    'reject it, with the reason',
    object({ reason }, ['reason'])
  ),
  '/api/law/changes/{change}/withdraw': step(
    'withdrawChange',
    'withdraw it, with the reason',
    object({ reason }, ['reason'])
  ),
  '/api/law/changes/{change}/emergency': step(
    'publishEmergency',
    'publish it at once, for those who may; it ends after seven days unless it is approved',
    object({ reason }, ['reason'])
  ),
  '/api/law/changes/{change}/revert': {
    post: operation('revertChange', {
      summary: 'draft what brings back, from a day on, what was stated before it',
      parameters: [change],
      body: object({ from: date, reason: bilingual }, ['from', 'reason']),
      answers: { 201: view('drafted') },
      refusals: [404, 409, 422]
    })
  },
  '/api/law/changes/{change}/affected': {
    get: operation('affectedBy', {
      summary: 'decisions that used what it stated, and open cases that pinned it',
      parameters: [change],
      answers: {
        200: answer(
          'affected',
          object(
            {
              decisions: listOf(
                object(
                  { instance: text, caseNumber: text, rule: text, at: instant, outcome: anything },
                  ['instance', 'caseNumber', 'rule', 'at', 'outcome']
                )
              ),
              openCases: listOf(
                object({ instance: text, caseNumber: text, office: text }, [
                  'instance',
                  'caseNumber',
                  'office'
                ])
              )
            },
            ['decisions', 'openCases']
          )
        )
      },
      refusals: [403, 404]
    })
  },
  '/api/law/rebind': {
    post: operation('rebindCases', {
      summary:
        'give open cases the newest release of their office, each with its event, for operators',
      body: object(
        { instances: { type: 'array', minItems: 1, maxItems: 1000, items: caseId }, reason },
        ['instances', 'reason']
      ),
      answers: {
        200: answer(
          'rebound',
          object(
            {
              rebound: listOf(text),
              refused: listOf(object({ instance: text, message: text }, ['instance', 'message']))
            },
            ['rebound', 'refused']
          )
        )
      }
    })
  },
  '/api/law/effective': {
    get: operation('effectiveLaw', {
      summary:
        'every key as it holds at a unit on a date, with its origin; also as it was known once',
      parameters: [...where, query('knownAt', moment)],
      answers: { 200: answer('law', listOf(variables)) },
      refusals: [403, 404]
    })
  },
  '/api/law/timeline/{key}': {
    get: operation('timeline', {
      summary: 'what holds of a key over time, and what each level has stated of it',
      parameters: [path('key'), query('office', word)],
      answers: { 200: answer('timeline', variables) },
      refusals: [403, 404]
    })
  },
  '/api/law/try/{rule}': {
    post: operation('tryRule', {
      summary: 'decide without a case, by what holds or by a draft',
      parameters: [path('rule')],
      body: object({ office: word, date, facts: variables, changeSet: word }, ['facts']),
      answers: { 200: answer('decision', ref('Decision')) },
      refusals: [404, 422]
    })
  }
} as const
