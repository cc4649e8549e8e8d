import { answer, object, operation, path } from './openapi-operation.ts'
import { ref, type Schema } from './openapi-schemas.ts'

const file: Schema = { type: 'string', minLength: 1, maxLength: 200, pattern: '^[\\w. -]+$' }
const xml: Schema = { type: 'string', minLength: 1 }
const deleted: Schema = {
  type: 'array',
  maxItems: 1000,
  items: { type: 'string', minLength: 1, maxLength: 1000 }
}

/** What those who draw procedures ask. */
export const diagramPaths = {
  '/api/processes/{process}/differences': {
    get: operation('differences', {
      summary:
        'how a variant differs in meaning from the national process, and what the last deployment of either changed in that; for operators',
      parameters: [path('process')],
      answers: { 200: answer('differences', ref('VariantComparison')) },
      refusals: [403, 404]
    })
  },
  '/api/diagrams/check': {
    post: operation('checkDiagram', {
      summary: 'everything that keeps a diagram from being deployed, and what it may run into',
      body: object({ file, xml }, ['xml']),
      answers: { 200: answer('findings', ref('DiagramCheckView')) },
      refusals: [403]
    })
  },
  '/api/diagrams/save': {
    post: operation('saveDiagram', {
      summary:
        'a changed diagram in the text of its original; what would be lost refuses it, unless its path is among the deleted',
      body: object({ file, original: xml, changed: xml, deleted }, ['original', 'changed']),
      answers: { 200: answer('the diagram to be kept', ref('SavedDiagramView')) },
      refusals: [403, 422]
    })
  }
} as const
