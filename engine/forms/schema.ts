import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Text } from '../messages.ts'
import type { Value, Variables } from '../state.ts'

/** A form: JSON Schema 2020-12 of an object, with the keywords below. */
export type FormSchema = { readonly [keyword: string]: unknown }

/** A rule of a form (`x-rules`); it is broken when its `if` is true. */
export interface FormRule {
  /** FEEL over the values, the variables of the case and `today`. */
  readonly if: string
  readonly code: string
  /** A JSON pointer to the value that is wrong. */
  readonly path: string
  readonly message: Text
}

/** An item of a checklist. */
export interface ChecklistItem {
  readonly code: string
  readonly label: Text
  readonly required: boolean
}

/** A property of a form, however deep it stands, and the way to it. */
export interface FormField {
  readonly path: readonly string[]
  readonly schema: FormSchema
}

/** What a form says beyond JSON Schema. */
export const KEYWORDS = [
  'x-title-en',
  'x-description-en',
  'x-widget',
  'x-rules',
  'x-mrz',
  'x-items',
  'x-require-all'
] as const
export const WIDGETS: readonly unknown[] = ['textarea', 'mrz', 'checklist', 'money', 'file']

/** Names that JavaScript gives a meaning of its own. */
export const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** Checks schemas and values. Nothing is coerced, filled in or taken away. */
export const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  strict: true,
  // a condition states no type again, and may require what stands beside it
  strictTypes: false,
  strictRequired: false,
  logger: false
})
addFormats.default(ajv)
for (const keyword of KEYWORDS) ajv.addKeyword(keyword)

interface CompiledForm {
  readonly validate: ValidateFunction
  readonly fields: readonly FormField[]
}
const compiled = new WeakMap<FormSchema, CompiledForm>()

/** Compiles a form, once. */
export function compileForm(schema: FormSchema): CompiledForm {
  const known = compiled.get(schema)
  if (known) return known
  // two versions of a form may have one id, and ajv would keep what it compiled for ever
  const { $schema: _dialect, $id: _id, ...rest } = schema
  const validate = ajv.compile(rest)
  ajv.removeSchema(rest)
  const form = { validate, fields: fieldsOf(schema, []) }
  compiled.set(schema, form)
  return form
}

function fieldsOf(schema: FormSchema, path: readonly string[]): readonly FormField[] {
  return Object.entries(propertiesOf(schema)).flatMap(([name, property]) => {
    const field = { path: [...path, name], schema: property }
    return [field, ...fieldsOf(property, field.path)]
  })
}

export function propertiesOf(schema: FormSchema): Readonly<Record<string, FormSchema>> {
  return isObject(schema.properties) ? (schema.properties as Record<string, FormSchema>) : {}
}

export function rulesOf(schema: FormSchema): readonly FormRule[] {
  return Array.isArray(schema['x-rules']) ? (schema['x-rules'] as readonly FormRule[]) : []
}

/** A text that is typed in several lines. */
export function isTextarea({ 'x-widget': widget, maxLength }: FormSchema): boolean {
  return widget === 'textarea' || (typeof maxLength === 'number' && maxLength > 200)
}

/** What lies at the end of a path; undefined when it leads nowhere. */
export function valueAt(value: Value | undefined, path: readonly string[]): Value | undefined {
  let found = value
  for (const name of path) {
    if (Array.isArray(found)) found = found[Number(name)] as Value | undefined
    else if (!isObject(found) || !Object.hasOwn(found, name)) return undefined
    else found = (found as Variables)[name]
  }
  return found
}

/** A path as a JSON pointer (RFC 6901). */
export function pointerOf(path: readonly string[]): string {
  return path.map(name => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

export function pathOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(name => name.replaceAll('~1', '/').replaceAll('~0', '~'))
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
