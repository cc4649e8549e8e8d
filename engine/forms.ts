import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type Problem, Stuck } from './errors.ts'
import { compileExpression, ExpressionInvalid } from './expression.ts'
import { readMrz } from './mrz.ts'
import type { LocalDate, Value, Variables } from './state.ts'

/** A form: JSON Schema 2020-12 of an object, with the keywords of `processes/README.md`. */
export type FormSchema = { readonly [keyword: string]: unknown }

/** What a form is filled in beside: the variables of the case and the office's date. */
export interface FormSurroundings {
  readonly variables: Variables
  readonly today: LocalDate
}

/** A rule of a form; it is broken when its `if` is true. */
interface Rule {
  readonly if: string
  readonly code: string
  readonly path: string
  readonly message: { readonly id: string; readonly en: string }
}

/** An item of a checklist. */
export interface ChecklistItem {
  readonly code: string
  readonly label: { readonly id: string; readonly en: string }
  readonly required: boolean
}

const KEYWORDS = [
  'x-title-en',
  'x-description-en',
  'x-widget',
  'x-rules',
  'x-mrz',
  'x-items',
  'x-require-all'
]
const WIDGETS = ['textarea', 'mrz', 'checklist', 'money', 'file']

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false })
addFormats.default(ajv)
for (const keyword of KEYWORDS) ajv.addKeyword(keyword)

const compiled = new WeakMap<FormSchema, ValidateFunction>()

/**
 * Holds what a person filled in to its form: types and formats, check digits, rules, checklists. Gives
 * all problems, each with a JSON pointer and a message in both languages. A value that the form only
 * shows (`readOnly`) is never taken over.
 */
export function validateForm(
  schema: FormSchema,
  given: Variables,
  around: FormSurroundings
): { readonly values: Variables; readonly problems: readonly Problem[] } {
  const unsafe = unsafeKeys(given, '')
  if (unsafe.length > 0) return { values: {}, problems: unsafe }
  const shown = Object.entries(propertiesOf(schema)).filter(([, property]) => property.readOnly === true)
  const values: Record<string, Value> = { ...given }
  for (const [name] of shown) {
    if (Object.hasOwn(around.variables, name)) values[name] = around.variables[name] as Value
    else delete values[name]
  }
  const validate = validatorOf(schema)
  validate(values)
  const problems = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(problemOf)
  problems.push(...mrzProblems(schema, values, values, '', around.today))
  problems.push(...checklistProblems(schema, values, around))
  problems.push(...ruleProblems(schema, values, around, problems.length > 0))
  for (const [name] of shown) delete values[name]
  return { values, problems }
}

/** The items of a checklist, from the case variable that the property names. */
export function checklistItems(property: FormSchema, variables: Variables): readonly ChecklistItem[] {
  const path = property['x-items']
  if (typeof path !== 'string') return []
  let value: Value | undefined = variables as Value
  for (const name of path.split('.')) {
    value =
      value !== null && typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, name)
        ? (value as Variables)[name]
        : undefined
  }
  return Array.isArray(value) ? (value as unknown as readonly ChecklistItem[]) : []
}

/** What is wrong with a form itself, for whoever wrote it. */
export function checkForm(schema: FormSchema): readonly Problem[] {
  const problems: Problem[] = []
  if (schema.type !== 'object') problems.push({ path: '/type', message: 'expected the form to be of type object' })
  try {
    validatorOf(schema)
  } catch (error) {
    problems.push({ path: '', message: (error as Error).message })
  }
  for (const [index, rule] of rulesOf(schema).entries()) {
    const path = `/x-rules/${index}`
    for (const name of ['if', 'code', 'path'] as const) {
      if (typeof rule[name] !== 'string') problems.push({ path: `${path}/${name}`, message: 'expected a text' })
    }
    if (!rule.message?.id || !rule.message?.en) {
      problems.push({ path: `${path}/message`, message: 'expected a message in both languages (id, en)' })
    }
    problems.push(...feelProblems(`${path}/if`, rule.if))
  }
  return [...problems, ...titleProblems(schema, '')]
}

function titleProblems(schema: FormSchema, path: string): readonly Problem[] {
  const problems: Problem[] = []
  for (const [name, property] of Object.entries(propertiesOf(schema))) {
    const at = `${path}/properties/${name}`
    if (typeof property.title !== 'string') problems.push({ path: `${at}/title`, message: 'expected a title in Indonesian' })
    if (typeof property['x-title-en'] !== 'string') {
      problems.push({ path: `${at}/x-title-en`, message: 'expected a title in English' })
    }
    const widget = property['x-widget']
    if (widget !== undefined && !WIDGETS.includes(widget as string)) {
      problems.push({ path: `${at}/x-widget`, message: `expected one of ${WIDGETS.join(', ')}, found <${widget}>` })
    }
    if (widget === 'checklist' && typeof property['x-items'] !== 'string') {
      problems.push({ path: `${at}/x-items`, message: 'expected the case variable that holds the items' })
    }
    if (property['x-require-all'] !== undefined) {
      problems.push(...feelProblems(`${at}/x-require-all`, property['x-require-all']))
    }
    problems.push(...titleProblems(property, at))
  }
  return problems
}

function feelProblems(path: string, text: unknown): readonly Problem[] {
  if (typeof text !== 'string') return [{ path, message: 'expected an expression in FEEL' }]
  try {
    compileExpression(text)
    return []
  } catch (error) {
    if (!(error instanceof ExpressionInvalid)) throw error
    return error.problems.map(({ path: place, message }) => ({ path, message: `${message} (at ${place})` }))
  }
}

// checks //////////////////////////////////////////////////////////////////////

function validatorOf(schema: FormSchema): ValidateFunction {
  const known = compiled.get(schema)
  if (known !== undefined) return known
  const { $schema: _dialect, $id: _id, ...rest } = schema
  const validate = ajv.compile(rest)
  compiled.set(schema, validate)
  return validate
}

function propertiesOf(schema: FormSchema): Readonly<Record<string, FormSchema>> {
  return (schema.properties as Record<string, FormSchema> | undefined) ?? {}
}

function rulesOf(schema: FormSchema): readonly Rule[] {
  return (schema['x-rules'] as readonly Rule[] | undefined) ?? []
}

const UNSAFE = new Set(['__proto__', 'constructor', 'prototype'])

function unsafeKeys(value: Value, path: string): readonly Problem[] {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(UNSAFE.has(key) ? [{ path: `${path}/${key}`, message: `nama tidak diizinkan / name not allowed` }] : []),
    ...unsafeKeys(inner as Value, `${path}/${key}`)
  ])
}

/** What ajv found, in words. */
function problemOf({ instancePath, keyword, params, message }: ErrorObject): Problem {
  const words: Readonly<Record<string, () => readonly string[]>> = {
    required: () => ['wajib diisi', 'required'],
    type: () => [`harus ${TYPES[String(params.type)]?.[0] ?? params.type}`, `expected ${TYPES[String(params.type)]?.[1] ?? params.type}`],
    format: () => [`format ${params.format} salah`, `expected the format ${params.format}`],
    enum: () => ['pilihan tidak dikenal', 'not one of the choices'],
    const: () => ['nilai tidak sesuai', `expected ${JSON.stringify(params.allowedValue)}`],
    oneOf: () => ['pilihan tidak dikenal', 'not one of the choices'],
    pattern: () => ['bentuk tidak sesuai', `expected the form ${params.pattern}`],
    minLength: () => [`minimal ${params.limit} huruf`, `expected at least ${params.limit} characters`],
    maxLength: () => [`maksimal ${params.limit} huruf`, `expected at most ${params.limit} characters`],
    minimum: () => [`minimal ${params.limit}`, `expected at least ${params.limit}`],
    maximum: () => [`maksimal ${params.limit}`, `expected at most ${params.limit}`],
    additionalProperties: () => ['isian tidak dikenal', 'not part of this form']
  }
  const [id, en] = words[keyword]?.() ?? [message ?? keyword, message ?? keyword]
  const inner =
    keyword === 'required' ? params.missingProperty : keyword === 'additionalProperties' ? params.additionalProperty : null
  const path = inner === null ? instancePath : `${instancePath}/${inner}`
  return { path, message: `${id} / ${en}` }
}

const TYPES: Readonly<Record<string, readonly [string, string]>> = {
  string: ['teks', 'text'],
  integer: ['bilangan bulat', 'a whole number'],
  number: ['angka', 'a number'],
  boolean: ['ya atau tidak', 'yes or no'],
  object: ['isian', 'an object'],
  array: ['daftar', 'a list']
}

/** Check digits, and whether the zone agrees with what was typed. ICAO 9303. */
function mrzProblems(
  schema: FormSchema,
  value: Value,
  whole: Variables,
  path: string,
  today: LocalDate
): readonly Problem[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return []
  return Object.entries(propertiesOf(schema)).flatMap(([name, property]) => {
    const inner = (value as Variables)[name]
    if (inner === undefined) return []
    const at = `${path}/${name}`
    const zone = property['x-mrz'] as { readonly matches?: Readonly<Record<string, string>> } | undefined
    if (zone === undefined) return mrzProblems(property, inner, whole, at, today)
    const { line1, line2 } = (inner ?? {}) as { readonly line1?: Value; readonly line2?: Value }
    if (typeof line1 !== 'string' || typeof line2 !== 'string') return []
    const { mrz, problems } = readMrz({ line1, line2 }, today)
    const found = problems.map(({ line, message }) => ({ path: `${at}/${line}`, message: `${message.id} / ${message.en}` }))
    if (mrz === null) return found
    for (const [field, pointer] of Object.entries(zone.matches ?? {})) {
      const typed = valueAt(whole, pointer)
      const read = (mrz as unknown as Record<string, string>)[field]
      if (typed === undefined || String(typed).toUpperCase() === read?.toUpperCase()) continue
      found.push({ path: pointer, message: `MRZ menyebut ${read} / the MRZ says ${read}` })
    }
    return found
  })
}

function valueAt(value: Value, pointer: string): Value | undefined {
  let found: Value | undefined = value
  for (const name of pointer.split('/').slice(1)) {
    if (found === null || typeof found !== 'object' || Array.isArray(found)) return undefined
    found = Object.hasOwn(found, name) ? (found as Variables)[name] : undefined
  }
  return found
}

/** Every required item of a checklist is ticked, and none that the list does not have. */
function checklistProblems(
  schema: FormSchema,
  values: Variables,
  around: FormSurroundings
): readonly Problem[] {
  return Object.entries(propertiesOf(schema)).flatMap(([name, property]) => {
    if (property['x-widget'] !== 'checklist' || property.readOnly === true) return []
    const items = checklistItems(property, around.variables)
    const ticked = (values[name] ?? {}) as Variables
    const known = new Set(items.map(({ code }) => code))
    const foreign = Object.keys(ticked)
      .filter(code => !known.has(code))
      .map(code => ({ path: `/${name}/${code}`, message: 'dokumen ini tidak diminta / this document is not asked for' }))
    const all = property['x-require-all']
    if (typeof all === 'string' && !holds(all, values, around)) return foreign
    const missing = items
      .filter(({ code, required }) => required && ticked[code] !== true)
      .map(({ code, label }) => ({ path: `/${name}/${code}`, message: `belum ada: ${label.id} / missing: ${label.en}` }))
    return [...foreign, ...missing]
  })
}

/** A rule that meets a value which is wrong anyway has nothing to add. */
function ruleProblems(
  schema: FormSchema,
  values: Variables,
  around: FormSurroundings,
  wrongAlready: boolean
): readonly Problem[] {
  return rulesOf(schema).flatMap(({ if: text, path, code, message }) => {
    try {
      return holds(text, values, around) ? [{ path, message: `${message.id} / ${message.en} (${code})` }] : []
    } catch (error) {
      if (!(error instanceof Stuck)) throw error
      if (wrongAlready) return []
      return [{ path, message: `tidak dapat diperiksa / cannot be checked (${code}): ${error.message}` }]
    }
  })
}

function holds(text: string, values: Variables, { variables, today }: FormSurroundings): boolean {
  const value = compileExpression(text).evaluate(name => {
    if (Object.hasOwn(values, name)) return values[name]
    if (Object.hasOwn(variables, name)) return variables[name]
    return name === 'today' ? today : undefined
  })
  if (typeof value === 'boolean') return value
  throw new Stuck('expression', `${text}: expected true or false, found ${JSON.stringify(value)}`)
}
