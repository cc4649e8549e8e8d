import { PAUSE_REASONS } from '../engine/graph.ts'
import {
  answer,
  caseId,
  instance,
  object,
  operation,
  path,
  query,
  word
} from './openapi-operation.ts'
import {
  anything,
  enumOf,
  integer,
  listOf,
  longText,
  orNull,
  type Schema,
  text,
  variables
} from './openapi-schemas.ts'

const element: Schema = { type: 'string', minLength: 1, maxLength: 120 }
const version: Schema = { type: 'integer', minimum: 1 }
const reason: Schema = { ...longText, minLength: 1 }
const dryRun: Schema = { type: 'boolean', default: false }

const kind = (
  type: string,
  more: { readonly [name: string]: Schema } = {},
  needed: readonly string[] = []
) => object({ type: { const: type }, ...more }, ['type', ...needed])

const plan = object(
  {
    process: word,
    from: version,
    to: version,
    map: { type: 'object', additionalProperties: element }
  },
  ['process', 'from', 'to', 'map']
)

const bulkOperation: Schema = {
  oneOf: [
    kind('suspend', { pauses: enumOf(...PAUSE_REASONS) }),
    kind('resume'),
    kind('terminate'),
    kind('retry', { element, variables }),
    kind('skip', { element, variables }, ['element']),
    kind('moveToken', { element, to: element, via: element, variables }, ['element', 'to']),
    kind('addToken', { element, via: element, variables }, ['element']),
    kind('removeToken', { element }, ['element']),
    kind('setVariables', { variables }, ['variables']),
    kind('restart', { element, variables }, ['element']),
    kind('migrate', { plan }, ['plan']),
    kind('rebind', { releases: variables }, ['releases']),
    kind('revert'),
    kind('remove')
  ]
}

const happening = object(
  { what: text, becomes: text, element: text, to: orNull(text), note: text },
  ['what', 'becomes', 'element', 'to', 'note']
)
const itemResult = object(
  {
    instance: text,
    number: text,
    outcome: enumOf('would', 'did', 'nothing', 'refused'),
    problem: orNull(text),
    happens: listOf(happening)
  },
  ['instance', 'number', 'outcome', 'problem', 'happens']
)
const progress = object({ total: integer, did: integer, nothing: integer, refused: integer }, [
  'total',
  'did',
  'nothing',
  'refused'
])
const batch = object(
  {
    id: text,
    operation: anything,
    by: text,
    reason: text,
    createdAt: text,
    progress,
    results: listOf(itemResult)
  },
  ['id', 'operation', 'by', 'reason', 'createdAt', 'progress', 'results']
)
const removal = object(
  {
    instance: text,
    number: text,
    process: text,
    office: text,
    startedAt: text,
    endedAt: text,
    removedAt: text,
    by: text,
    reason: text,
    rule: text,
    letters: integer
  },
  [
    'instance',
    'number',
    'process',
    'office',
    'startedAt',
    'endedAt',
    'removedAt',
    'by',
    'reason',
    'rule',
    'letters'
  ]
)

/** What operators may do to running instances. */
export const operatingPaths = {
  '/api/instances/{instance}/operations': {
    post: operation('operate', {
      summary: 'suspend, resume, move, migrate … one case, or with `dryRun` say what would happen',
      parameters: [instance],
      body: object({ operation: bulkOperation, reason, dryRun }, ['operation', 'reason']),
      answers: { 200: answer('what happened, or would', itemResult) },
      refusals: [404, 409]
    })
  },
  '/api/operations': {
    post: operation('operateAll', {
      summary: 'the same for many cases: those that are named, or those that fit the filter',
      body: object(
        {
          id: caseId,
          operation: bulkOperation,
          instances: { type: 'array', minItems: 1, maxItems: 1000, items: caseId },
          filter: object(
            {
              office: word,
              process: word,
              version,
              status: enumOf('running', 'suspended', 'completed', 'terminated', 'failed'),
              element,
              incident: word
            },
            []
          ),
          reason,
          dryRun
        },
        ['operation', 'reason']
      ),
      answers: {
        200: answer(
          'what would happen to each',
          object({ results: listOf(itemResult) }, ['results'])
        ),
        202: answer('begun; the same `id` again only goes on with it', batch)
      },
      refusals: [404, 422]
    })
  },
  '/api/operations/{batch}': {
    get: operation('batch', {
      summary: 'how far a batch has come, and what happened to each case',
      parameters: [
        path('batch', caseId),
        query('from', { type: 'integer', minimum: 0, default: 0 }),
        query('limit', { type: 'integer', minimum: 1, maximum: 1000, default: 100 })
      ],
      answers: { 200: answer('batch', batch) },
      refusals: [403, 404]
    })
  },
  '/api/processes/{process}/migration': {
    get: operation('proposeMigration', {
      summary:
        'a plan that takes cases from one version to another, by default to the newest from the one before',
      parameters: [path('process'), query('from', version), query('to', version)],
      answers: {
        200: answer(
          'plan',
          object({ plan, unmapped: listOf(text), added: listOf(text) }, [
            'plan',
            'unmapped',
            'added'
          ])
        )
      },
      refusals: [403, 404]
    })
  },
  '/api/removals': {
    get: operation('removals', {
      summary: 'cases that were deleted because they need not be kept, without personal data',
      answers: { 200: answer('removals', listOf(removal)) },
      refusals: [403]
    })
  }
}
