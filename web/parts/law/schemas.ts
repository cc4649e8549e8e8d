import type { TableSubject, ValueSubject } from '../../../api/law.ts'
import type { JsonSchema } from '../../../api/schemas.ts'
import type { Text } from '../../../engine/messages.ts'
import type { Value, Variables } from '../../../engine/state.ts'
import { formOf, type GroupField } from '../form-schema.ts'
import { codeText, nameText } from './words.ts'

/** The control of a value by the type of its key; it stands at `/value`. */
export function valueForm({ definition, label }: ValueSubject): GroupField {
  const { shape, nullable } = definition
  const schema = schemaOf(definition)
  return formOf({
    type: 'object',
    required: nullable === true ? [] : ['value'],
    properties: { value: titled(worded(schema), label) },
    ...(shape?.$defs === undefined ? {} : { $defs: definitionsOf(shape) })
  })
}

/** The controls of an outcome by the schema of its table; they stand below `/outcome`. */
export function outcomeForm({ outcome }: Pick<TableSubject, 'outcome'>): GroupField {
  return formOf({
    type: 'object',
    required: ['outcome'],
    properties: { outcome: titled(worded(withoutDocuments(outcome)), OUTCOME) },
    ...(outcome.$defs === undefined ? {} : { $defs: definitionsOf(outcome) })
  })
}

/** Whether an outcome has a list of documents, which are ticked instead of written. */
export function asksDocuments({ outcome }: Pick<TableSubject, 'outcome'>): boolean {
  const list = record(record(outcome.properties)?.documents)
  const members = record(record(list?.items)?.properties)
  return members !== null && 'code' in members && 'label' in members
}

const OUTCOME: Text = { id: 'Hasil', en: 'Outcome' }

function withoutDocuments(outcome: JsonSchema): JsonSchema {
  if (!asksDocuments({ outcome } as Pick<TableSubject, 'outcome'>)) return outcome
  const { documents: _, ...properties } = record(outcome.properties) ?? {}
  const required = (outcome.required as readonly string[] | undefined) ?? []
  return { ...outcome, properties, required: required.filter(name => name !== 'documents') }
}

function schemaOf({ type, choices = [], shape, unit }: ValueSubject['definition']): JsonSchema {
  switch (type) {
    case 'money':
      return { type: 'integer', 'x-widget': 'money' }
    case 'integer':
    case 'days':
    case 'workdays':
      return {
        type: 'integer',
        description: UNITS[unit ?? type]?.id ?? unit ?? '',
        'x-description-en': UNITS[unit ?? type]?.en ?? unit ?? ''
      }
    case 'boolean':
      return { oneOf: [option(true, YES), option(false, NO)] }
    case 'choice':
      return { enum: [...choices] }
    case 'set':
      return { type: 'array', items: { enum: [...choices] } }
    case 'record':
      return shape ?? { type: 'object' }
    default:
      return { type: 'string' }
  }
}

const YES: Text = { id: 'Ya', en: 'Yes' }
const NO: Text = { id: 'Tidak', en: 'No' }
const UNITS: Readonly<Record<string, Text>> = {
  hari: { id: 'Dalam hari kalender', en: 'In calendar days' },
  days: { id: 'Dalam hari kalender', en: 'In calendar days' },
  workdays: { id: 'Dalam hari kerja', en: 'In working days' },
  bulan: { id: 'Dalam bulan', en: 'In months' },
  menit: { id: 'Dalam menit', en: 'In minutes' }
}

/** The schema with the words of the dictionary for its members and choices. */
function worded(schema: JsonSchema): JsonSchema {
  const changed: Record<string, unknown> = { ...schema }
  // what is meant for those who write rules, in one language
  if (schema['x-description-en'] === undefined) delete changed.description
  if (Array.isArray(schema.enum)) {
    changed.oneOf = (schema.enum as Value[])
      .filter(value => value !== null)
      .map(value => option(value, codeText(String(value)) ?? plain(value)))
    delete changed.enum
  }
  if (schema.items !== undefined) changed.items = worded(record(schema.items) ?? {})
  const properties = record(schema.properties)
  if (properties !== null) {
    changed.properties = Object.fromEntries(
      Object.entries(properties).map(([name, each]) => [
        name,
        titled(worded(moneyed(name, record(each) ?? {})), nameText(name))
      ])
    )
  }
  return changed as JsonSchema
}

function moneyed(name: string, schema: JsonSchema): JsonSchema {
  return name === 'amount' && schema.type === 'integer'
    ? { ...schema, 'x-widget': 'money' }
    : schema
}

function titled(schema: JsonSchema, { id, en }: Text): JsonSchema {
  return { title: id, 'x-title-en': en, ...schema }
}

function option(value: Value, { id, en }: Text): JsonSchema {
  return { const: value, title: id, 'x-title-en': en }
}

function plain(value: Value): Text {
  return { id: String(value), en: '' }
}

function definitionsOf(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(
    Object.entries(record(schema.$defs) ?? {}).map(([name, each]) => [
      name,
      worded(record(each) ?? {})
    ])
  )
}

function record(value: unknown): Variables | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Variables)
    : null
}
