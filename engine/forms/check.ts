import type { Problem } from '../errors.ts'
import { compileExpression, ExpressionInvalid } from '../expression.ts'
import { MRZ_FIELDS } from '../mrz.ts'
import {
  ajv,
  compileForm,
  type FormSchema,
  isObject,
  pathOf,
  pointerOf,
  propertiesOf,
  RESERVED,
  WIDGETS
} from './schema.ts'

/** Where a schema stands: only a form and a property are drawn, a constraint is not. */
type Place = 'form' | 'property' | 'constraint'

const SINGLE = ['not', 'if', 'then', 'else', 'contains', 'propertyNames', 'unevaluatedProperties']
const LISTED = ['allOf', 'anyOf', 'oneOf', 'prefixItems']
const NAMED = ['patternProperties', '$defs', 'dependentSchemas']
/** What only the form as a whole, or only a property, may say. */
const FORM_ONLY = ['x-rules']
const PROPERTY_ONLY = ['x-mrz', 'x-items', 'x-require-all', 'x-widget']
/** A repeated group that repeats inside: such a pattern can take for ever. */
const SLOW_PATTERN = /\((?:[^()\\]|\\.)*[+*}](?:[^()\\]|\\.)*\)[+*{]/

/** All that is wrong with a form itself, for whoever wrote it; paths are JSON pointers into the schema. */
export function checkForm(schema: FormSchema): readonly Problem[] {
  const problems: Problem[] = []
  if (schema.type !== 'object') {
    problems.push({ path: '/type', message: 'expected the form to be of type object' })
  }
  problems.push(...check(schema, [], 'form'))
  problems.push(...rulesProblems(schema))
  problems.push(...schemaProblems(schema, problems.length === 0))
  return problems
}

/** All that is wrong with a schema that nobody fills in, as of what a message carries. */
export function checkSchema(schema: FormSchema): readonly Problem[] {
  if (!isObject(schema)) return [{ path: '', message: 'expected a JSON Schema' }]
  const problems: Problem[] = []
  if (schema.type !== 'object') {
    problems.push({
      path: '/type',
      message: 'expected what a message carries to be of type object'
    })
  }
  problems.push(...check(schema, [], 'constraint'))
  problems.push(...schemaProblems(schema, problems.length === 0))
  return problems
}

/** What JSON Schema itself finds; ajv's own words, because they are for whoever writes schemas. */
function schemaProblems(schema: FormSchema, fineSoFar: boolean): readonly Problem[] {
  const { $schema: dialect, $id: _id, ...rest } = schema
  const found: Problem[] = []
  if (dialect !== undefined && dialect !== 'https://json-schema.org/draft/2020-12/schema') {
    found.push({ path: '/$schema', message: 'expected JSON Schema 2020-12' })
  }
  if (ajv.validateSchema(rest) !== true) {
    const errors = (ajv.errors ?? []).map(({ instancePath, message }) => ({
      path: instancePath,
      message: message ?? 'expected a JSON Schema'
    }))
    return [...found, ...errors]
  }
  // the compiler stops at the first thing; what is listed already is not said again
  if (!fineSoFar) return found
  try {
    compileForm(schema)
    return found
  } catch (error) {
    return [...found, { path: '', message: (error as Error).message }]
  }
}

function check(schema: FormSchema, path: readonly string[], place: Place): Problem[] {
  const problems: Problem[] = []
  const say = (keyword: string, message: string) => {
    problems.push({ path: pointerOf([...path, keyword]), message })
  }
  for (const keyword of Object.keys(schema)) {
    if (keyword === '$schema' || keyword === '$id') continue
    if (!ajv.RULES.keywords[keyword]) say(keyword, `unknown keyword <${keyword}>`)
    if (FORM_ONLY.includes(keyword) && place !== 'form') say(keyword, 'may only stand on the form')
    if (PROPERTY_ONLY.includes(keyword) && place !== 'property') {
      say(keyword, 'may only stand on a property')
    }
  }
  // what is no object is no form, and no words help it
  const drawn = place === 'property' || (place === 'form' && schema.type === 'object')
  if (drawn) problems.push(...titleProblems(schema, path))
  if (place === 'property') problems.push(...widgetProblems(schema, path))
  if (typeof schema.pattern === 'string' && SLOW_PATTERN.test(schema.pattern)) {
    say('pattern', `expected a pattern without repetition inside repetition`)
  }
  return [...problems, ...innerProblems(schema, path, place)]
}

function innerProblems(schema: FormSchema, path: readonly string[], place: Place): Problem[] {
  const problems: Problem[] = []
  const look = (inner: unknown, at: readonly string[], where: Place) => {
    if (isObject(inner)) problems.push(...check(inner, [...path, ...at], where))
  }
  for (const [name, property] of Object.entries(propertiesOf(schema))) {
    if (RESERVED.has(name)) {
      problems.push({
        path: pointerOf([...path, 'properties', name]),
        message: `the name <${name}> may not be used`
      })
    }
    look(property, ['properties', name], place === 'constraint' ? 'constraint' : 'property')
  }
  // the rows of a list are drawn by their own properties, and need no title themselves
  if (isObject(schema.items) && place !== 'constraint') {
    problems.push(...innerProblems(schema.items, [...path, 'items'], 'property'))
  }
  for (const keyword of SINGLE) look(schema[keyword], [keyword], 'constraint')
  for (const keyword of LISTED) {
    const list: unknown = schema[keyword]
    if (!Array.isArray(list)) continue
    for (const [index, each] of list.entries()) look(each, [keyword, String(index)], 'constraint')
  }
  for (const keyword of NAMED) {
    const named: unknown = schema[keyword]
    if (!isObject(named)) continue
    for (const [name, each] of Object.entries(named)) look(each, [keyword, name], 'constraint')
  }
  return problems
}

/** Everything that a person sees has its words in both languages. */
function titleProblems(schema: FormSchema, path: readonly string[]): Problem[] {
  const problems = wordsMissing(schema, path)
  for (const keyword of ['oneOf', 'anyOf']) {
    const options: unknown = schema[keyword]
    if (!Array.isArray(options)) continue
    for (const [index, option] of options.entries()) {
      if (isObject(option) && 'const' in option && option.const !== null) {
        problems.push(...wordsMissing(option, [...path, keyword, String(index)]))
      }
    }
  }
  if ((schema.description === undefined) !== (schema['x-description-en'] === undefined)) {
    const message = 'expected a description in both languages, or in none'
    problems.push({ path: pointerOf([...path, 'description']), message })
  }
  return problems
}

function wordsMissing(schema: FormSchema, path: readonly string[]): Problem[] {
  const missing = (keyword: string) => typeof schema[keyword] !== 'string' || schema[keyword] === ''
  return [
    ['title', 'Indonesian'],
    ['x-title-en', 'English']
  ]
    .filter(([keyword]) => missing(keyword!))
    .map(([keyword, language]) => ({
      path: pointerOf([...path, keyword!]),
      message: `expected a title in ${language}`
    }))
}

function widgetProblems(schema: FormSchema, path: readonly string[]): Problem[] {
  const problems: Problem[] = []
  const say = (keyword: string, message: string) => {
    problems.push({ path: pointerOf([...path, keyword]), message })
  }
  const { 'x-widget': widget, 'x-items': items, 'x-mrz': mrz, 'x-require-all': all } = schema
  if (widget !== undefined && !WIDGETS.includes(widget)) {
    say('x-widget', `expected one of ${WIDGETS.join(', ')}, found <${String(widget)}>`)
  }
  if (widget === 'checklist' && items === undefined) {
    say('x-items', 'expected the case variable that holds the items')
  }
  if (widget === 'mrz' && mrz === undefined) say('x-mrz', 'expected what the MRZ is held against')
  if (items !== undefined && !(typeof items === 'string' && /^\w+(\.\w+)*$/.test(items))) {
    say('x-items', 'expected the path of a case variable, as checklist.documents')
  }
  if (items !== undefined && schema.type !== 'object') {
    say('x-items', 'expected the checklist to be of type object')
  }
  if (all !== undefined) {
    if (items === undefined) say('x-require-all', 'expected a checklist')
    problems.push(...feelProblems(all, [...path, 'x-require-all']))
  }
  if (mrz !== undefined) problems.push(...mrzProblems(mrz, schema, [...path, 'x-mrz']))
  return problems
}

function mrzProblems(mrz: unknown, schema: FormSchema, path: readonly string[]): Problem[] {
  const problems: Problem[] = []
  const properties = propertiesOf(schema)
  if (!properties.line1 || !properties.line2) {
    problems.push({ path: pointerOf(path), message: 'expected the properties line1 and line2' })
  }
  const matches = isObject(mrz) ? (mrz.matches ?? {}) : null
  if (!isObject(matches)) {
    return [...problems, { path: pointerOf(path), message: 'expected { "matches": { … } }' }]
  }
  for (const [field, pointer] of Object.entries(matches)) {
    const at = pointerOf([...path, 'matches', field])
    if (!MRZ_FIELDS.includes(field)) {
      const known = MRZ_FIELDS.join(', ')
      problems.push({ path: at, message: `expected one of ${known}, found <${field}>` })
    }
    if (typeof pointer !== 'string' || !pointer.startsWith('/')) {
      problems.push({ path: at, message: 'expected a JSON pointer such as /applicant/birthDate' })
    }
  }
  return problems
}

function rulesProblems(schema: FormSchema): Problem[] {
  const rules: unknown = schema['x-rules'] ?? []
  if (!Array.isArray(rules)) return [{ path: '/x-rules', message: 'expected a list of rules' }]
  return rules.flatMap((rule: unknown, index) => {
    const path = ['x-rules', String(index)]
    if (!isObject(rule)) return [{ path: pointerOf(path), message: 'expected a rule' }]
    const problems = feelProblems(rule.if, [...path, 'if'])
    const say = (keyword: string, message: string) => {
      problems.push({ path: pointerOf([...path, keyword]), message })
    }
    if (typeof rule.code !== 'string' || !/^[A-Z][A-Z0-9_]+$/.test(rule.code)) {
      say('code', 'expected a code such as PASSPORT_EXPIRED')
    }
    if (typeof rule.path !== 'string' || !leadsSomewhere(schema, rule.path)) {
      say('path', `expected a JSON pointer to a property of the form, found <${String(rule.path)}>`)
    }
    const { id, en } = isObject(rule.message) ? rule.message : {}
    if (typeof id !== 'string' || typeof en !== 'string' || id === '' || en === '') {
      say('message', 'expected a message in both languages (id, en)')
    }
    for (const keyword of Object.keys(rule)) {
      if (!['if', 'code', 'path', 'message'].includes(keyword)) {
        say(keyword, `unknown keyword <${keyword}>`)
      }
    }
    return problems
  })
}

/** Whether a pointer leads to the form, a property, a row of a list or an item of a checklist. */
function leadsSomewhere(schema: FormSchema, pointer: string): boolean {
  if (pointer !== '' && !pointer.startsWith('/')) return false
  let place: FormSchema = schema
  for (const name of pathOf(pointer)) {
    const properties = propertiesOf(place)
    if (Object.hasOwn(properties, name)) place = properties[name]!
    else if (isObject(place.items) && /^\d+$/.test(name)) place = place.items
    else return place['x-items'] !== undefined
  }
  return true
}

function feelProblems(text: unknown, path: readonly string[]): Problem[] {
  const at = pointerOf(path)
  if (typeof text !== 'string') return [{ path: at, message: 'expected an expression in FEEL' }]
  try {
    compileExpression(text)
    return []
  } catch (error) {
    if (!(error instanceof ExpressionInvalid)) throw error
    return error.problems.map(({ path: place, message }) => ({
      path: at,
      message: `${message} (at ${place})`
    }))
  }
}
