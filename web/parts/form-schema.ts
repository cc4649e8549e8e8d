import type { JsonSchema } from '../../api/schemas.ts'
import type { Text } from '../../engine/messages.ts'
import type { Value } from '../../engine/state.ts'

interface Common {
  /** Where the value stands in the form: `/applicant/name`. It is the name of the control as well. */
  readonly pointer: string
  readonly key: string
  readonly label: Text
  readonly hint: Text | null
  readonly required: boolean
  /** Required in some cases only, which its hint says. */
  readonly conditional?: boolean
  readonly readOnly: boolean
  /** An empty control means null, not "not given". */
  readonly nullable: boolean
  /** What a control starts with when the case says nothing. */
  readonly initial: Value | undefined
}
export interface Option {
  readonly value: Value
  readonly label: Text
}
export interface ChecklistItem {
  readonly code: string
  readonly label: Text
  readonly required: boolean
}
export interface GroupField extends Common {
  readonly kind: 'group' | 'mrz'
  readonly fields: readonly Field[]
  /** Properties that are not drawn may stand in the value and are kept. */
  readonly open: boolean
}
export interface InputField extends Common {
  readonly kind: 'text' | 'textarea' | 'date' | 'email' | 'number' | 'money' | 'boolean' | 'lines'
  readonly maxLength: number | null
  /** Lines of an array hold numbers. */
  readonly numbers: boolean
  /** Only capital letters fit, so small ones are taken as such. */
  readonly capitals: boolean
}
export interface ChoiceField extends Common {
  readonly kind: 'choice' | 'choices'
  readonly options: readonly Option[]
}
export interface ChecklistField extends Common {
  readonly kind: 'checklist'
  readonly items: readonly ChecklistItem[]
}
export interface RowsField extends Common {
  readonly kind: 'rows'
  /** The row with a given number. */
  readonly row: (index: number) => Field
}
/** One property of a form, ready to be drawn and to be read. */
export type Field = GroupField | InputField | ChoiceField | ChecklistField | RowsField

/** What a JSON Schema asks a person for. */
export function formOf(schema: JsonSchema): GroupField {
  const form = field(schema, schema, '', '', true)
  return form.kind === 'group'
    ? form
    : { ...common(schema, '', '', true), kind: 'group', fields: [], open: false }
}

/** The id of a property's control, for links from the error summary. */
export function controlId(pointer: string): string {
  return `f${pointer}`
}

/** The property at a pointer, or the nearest one around it; null for the form itself. */
export function fieldAt(form: GroupField, pointer: string): Field | null {
  let found: Field | null = null
  let fields: readonly Field[] = form.fields
  for (;;) {
    const next = fields.find(
      each => pointer === each.pointer || pointer.startsWith(`${each.pointer}/`)
    )
    if (next === undefined) return found
    found = next
    if (next.kind === 'rows') {
      const index = Number(pointer.slice(next.pointer.length + 1).split('/')[0])
      fields = Number.isInteger(index) ? [next.row(index)] : []
    } else {
      fields = next.kind === 'group' || next.kind === 'mrz' ? next.fields : []
    }
  }
}

function field(
  root: JsonSchema,
  given: JsonSchema,
  pointer: string,
  key: string,
  required: boolean
): Field {
  const { schema, nullable } = unfold(root, given)
  const base = { ...common({ ...schema, ...labels(given) }, pointer, key, required), nullable }
  const widget = schema['x-widget']
  if (widget === 'checklist') return { ...base, kind: 'checklist', items: checklist(schema) }

  const options = optionsOf(schema)
  if (options !== null) return { ...base, kind: 'choice', options }

  const type = typeOf(schema)
  if (type === 'array') {
    const items = unfold(root, record(schema.items) ?? {}).schema
    const choices = optionsOf(items)
    if (choices !== null) return { ...base, kind: 'choices', options: choices }
    if (typeOf(items) === 'object') {
      return {
        ...base,
        kind: 'rows',
        row: index => ({
          ...field(root, items, `${pointer}/${index}`, String(index), true),
          label: { id: `${base.label.id} ${index + 1}`, en: `${base.label.en} ${index + 1}` }
        })
      }
    }
    const numbers = typeOf(items) === 'number' || typeOf(items) === 'integer'
    return { ...base, kind: 'lines', maxLength: null, numbers, capitals: false }
  }
  if (type === 'object') {
    const wanted = Array.isArray(schema.required) ? schema.required : []
    const properties = Object.entries(record(schema.properties) ?? {})
    const sometimes = [schema.then, schema.else].flatMap(each => record(each)?.required ?? [])
    return {
      ...base,
      kind: widget === 'mrz' || 'x-mrz' in schema ? 'mrz' : 'group',
      open: schema.additionalProperties !== false,
      fields: properties.map(([name, each]) => ({
        ...field(
          root,
          record(each) ?? {},
          `${pointer}/${escapePointer(name)}`,
          name,
          wanted.includes(name)
        ),
        conditional: sometimes.includes(name)
      }))
    }
  }
  const maxLength = typeof schema.maxLength === 'number' ? schema.maxLength : null
  const { pattern } = schema
  const capitals = typeof pattern === 'string' && /\[A-Z/.test(pattern) && !/[a-z]/.test(pattern)
  return { ...base, kind: inputKind(schema, type, maxLength), maxLength, numbers: false, capitals }
}

function inputKind(schema: JsonSchema, type: string, maxLength: number | null): InputField['kind'] {
  const widget = schema['x-widget']
  if (type === 'boolean') return 'boolean'
  if (type === 'integer' || type === 'number') return widget === 'money' ? 'money' : 'number'
  if (schema.format === 'date') return 'date'
  if (schema.format === 'email') return 'email'
  return widget === 'textarea' || (maxLength !== null && maxLength > 200) ? 'textarea' : 'text'
}

function common(schema: JsonSchema, pointer: string, key: string, required: boolean): Common {
  return {
    pointer,
    key,
    label: text(schema.title, schema['x-title-en']) ?? { id: key, en: '' },
    hint: text(schema.description, schema['x-description-en']),
    required,
    readOnly: schema.readOnly === true,
    nullable: false,
    initial: schema.default as Value | undefined
  }
}

/** Follows a reference inside the form, and takes null out of the alternatives. */
function unfold(root: JsonSchema, schema: JsonSchema): { schema: JsonSchema; nullable: boolean } {
  if (typeof schema.$ref === 'string' && schema.$ref.startsWith('#/')) {
    const target = schema.$ref
      .slice(2)
      .split('/')
      .reduce<JsonSchema | null>((at, step) => record(at?.[unescapePointer(step)]), root)
    const { $ref: _, ...beside } = schema
    return unfold(root, { ...target, ...beside })
  }
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const all = schema[keyword]
    if (!Array.isArray(all)) continue
    const rest = all.filter(each => record(each)?.type !== 'null')
    if (rest.length === 1 && rest.length < all.length) {
      const { [keyword]: _, ...beside } = schema
      return {
        schema: { ...unfold(root, record(rest[0]) ?? {}).schema, ...beside },
        nullable: true
      }
    }
  }
  const nullable = Array.isArray(schema.type) && schema.type.includes('null')
  return { schema, nullable }
}

function typeOf(schema: JsonSchema): string {
  const { type } = schema
  if (typeof type === 'string') return type
  if (Array.isArray(type)) return String(type.find(each => each !== 'null') ?? 'string')
  return schema.properties === undefined ? 'string' : 'object'
}

function optionsOf(schema: JsonSchema): readonly Option[] | null {
  const all = schema.oneOf ?? schema.anyOf
  if (
    Array.isArray(all) &&
    all.length > 0 &&
    all.every(each => record(each)?.const !== undefined)
  ) {
    return all.map(each => {
      const option = record(each) ?? {}
      const value = option.const as Value
      return {
        value,
        label: text(option.title, option['x-title-en']) ?? { id: String(value), en: '' }
      }
    })
  }
  if (Array.isArray(schema.enum)) {
    return (schema.enum as Value[])
      .filter(value => value !== null)
      .map(value => ({ value, label: { id: String(value), en: '' } }))
  }
  return null
}

function checklist(schema: JsonSchema): readonly ChecklistItem[] {
  const list = schema['x-item-list']
  if (!Array.isArray(list)) return []
  return list.flatMap(each => {
    const item = record(each)
    if (item === null || typeof item.code !== 'string') return []
    const label = record(item.label)
    return {
      code: item.code,
      label: text(label?.id, label?.en) ?? { id: item.code, en: '' },
      required: item.required !== false
    }
  })
}

function labels(schema: JsonSchema): JsonSchema {
  const own = ['title', 'x-title-en', 'description', 'x-description-en', 'readOnly']
  return Object.fromEntries(Object.entries(schema).filter(([name]) => own.includes(name)))
}

function text(id: unknown, en: unknown): Text | null {
  return typeof id === 'string' ? { id, en: typeof en === 'string' ? en : '' } : null
}

function record(value: unknown): JsonSchema | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonSchema)
    : null
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

function unescapePointer(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}
