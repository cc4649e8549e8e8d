import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Problem } from '../../engine/errors.ts'
import { ajv as ofForms } from '../../engine/forms/schema.ts'

export type Schemas = (name: string) => ValidateFunction

/** The schemas of a folder of rules, compiled, by file name without ending. */
export function readSchemas(folder: string): Schemas {
  const ajv = newAjv()
  for (const file of readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .sort()) {
    const schema = JSON.parse(readFileSync(join(folder, file), 'utf8')) as object
    mustBeSchema(schema)
    ajv.addSchema(schema)
  }
  return name => {
    const validate = ajv.getSchema(`${name}.json`)
    if (!validate) throw new Error(`expected a schema <${name}.json>`)
    return validate
  }
}

/** Compiles the JSON Schema of a record or an outcome. @throws Error when it is no schema */
export function compileShape(shape: object): ValidateFunction {
  mustBeSchema(shape)
  try {
    return ofShapes.compile(shape)
  } finally {
    // it would keep every shape of every draft
    ofShapes.removeSchema(shape)
  }
}

/** Held to JSON Schema by the compiler of forms: to make one such check takes as long as many schemas. */
function mustBeSchema(schema: object): void {
  void ofForms.validateSchema(schema, true)
}

/** What a schema says against a value, one problem per place, the deepest alternatives first. */
export function schemaProblems(validate: ValidateFunction, value: unknown): readonly Problem[] {
  if (validate(value)) return []
  const problems = new Map<string, Problem>()
  for (const error of validate.errors ?? []) {
    if (NOISE.has(error.keyword)) continue
    const message = messageOf(error)
    problems.set(`${error.instancePath} ${message}`, { path: error.instancePath, message })
  }
  if (problems.size === 0) return [{ path: '', message: 'does not fit its schema' }]
  return [...problems.values()]
}
/** These only say that something inside them failed. */
const NOISE = new Set(['if', 'allOf', 'anyOf', 'oneOf', '$ref'])

function messageOf(error: ErrorObject): string {
  const { keyword, params } = error
  if (keyword === 'additionalProperties')
    return `key <${params.additionalProperty}> is not known here`
  if (keyword === 'required') return `expected <${params.missingProperty}>`
  if (keyword === 'enum') return `expected one of ${(params.allowedValues as unknown[]).join(', ')}`
  if (keyword === 'const') return `expected ${JSON.stringify(params.allowedValue)}`
  if (keyword === 'false schema') return 'may not be given here'
  return error.message ?? keyword
}

/** Schemas are compiled at every start: what they compile to need not be the shortest. */
function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    allowUnionTypes: true,
    validateSchema: false,
    code: { optimize: false }
  })
  ;(formats as unknown as (ajv: Ajv2020) => void)(ajv)
  return ajv
}
const ofShapes = newAjv()
