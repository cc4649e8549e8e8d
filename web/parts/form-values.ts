import type { Value, Variables } from '../../engine/state.ts'
import type { Field, GroupField, InputField } from './form-schema.ts'

/** What a browser posted: every control by its name. */
export type Posted = Readonly<Record<string, string | readonly string[]>>

/** Rows that a list of objects may grow to in one form. */
const MOST_ROWS = 100

/**
 * The values that a person typed, by the form's types. What does not fit its type stays as it was
 * typed, so that the check can name it.
 *
 * `start` is what the form started with: values that are shown only, or not drawn at all, come
 * from there and never from the browser.
 */
export function readForm(form: GroupField, posted: Posted, start: Variables): Variables {
  return readFields(form.fields, posted, start)
}

/** What stands in a control: the typed text, or null when the form was not posted. */
export function typed(posted: Posted | null, pointer: string): string | null {
  return posted === null ? null : (all(posted, pointer).at(-1) ?? '')
}

/** Everything that was posted under a name. */
export function all(posted: Posted, pointer: string): readonly string[] {
  const value = Object.hasOwn(posted, pointer) ? posted[pointer] : undefined
  return value === undefined ? [] : typeof value === 'string' ? [value] : value
}

/** How many rows of a list to draw: those there are, and one more. */
export function rowCount(pointer: string, posted: Posted | null, value: Value | undefined): number {
  return Math.min(
    MOST_ROWS,
    Math.max(filledRows(pointer, posted ?? {}), posted === null ? length(value) : 0) + 1
  )
}

function readFields(fields: readonly Field[], posted: Posted, start: Variables): Variables {
  const values: Record<string, Value> = {}
  for (const field of fields) {
    const before = Object.hasOwn(start, field.key) ? start[field.key] : undefined
    const value = field.readOnly ? before : read(field, posted, before)
    if (value !== undefined) values[field.key] = value
  }
  return values
}

function read(field: Field, posted: Posted, before: Value | undefined): Value | undefined {
  switch (field.kind) {
    case 'group':
    case 'mrz':
      return readGroup(field, posted, before)
    case 'checklist':
      return Object.fromEntries(
        field.items.map(({ code }) => [code, all(posted, field.pointer).includes(code)])
      )
    case 'choices':
      return field.options
        .filter(({ value }) => all(posted, field.pointer).includes(String(value)))
        .map(({ value }) => value)
    case 'choice': {
      const text = typed(posted, field.pointer) ?? ''
      if (text === '') return empty(field, before)
      return field.options.find(({ value }) => String(value) === text)?.value ?? text
    }
    case 'rows': {
      const rows: Value[] = []
      const count = filledRows(field.pointer, posted)
      for (let index = 0; index < count; index++) {
        const row = read(field.row(index), posted, undefined)
        if (row !== undefined && !isBlank(row)) rows.push(row)
      }
      return rows
    }
    default:
      return readInput(field, posted, before)
  }
}

function readGroup(
  field: GroupField,
  posted: Posted,
  before: Value | undefined
): Value | undefined {
  const prior = isRecord(before) ? before : {}
  const drawn = readFields(field.fields, posted, prior)
  if (isBlank(drawn) && !field.required) return field.nullable ? null : undefined
  if (!field.open) return drawn
  const names = new Set(field.fields.map(({ key }) => key))
  const kept = Object.entries(prior).filter(([name]) => !names.has(name))
  return { ...Object.fromEntries(kept), ...drawn }
}

function readInput(
  field: InputField,
  posted: Posted,
  before: Value | undefined
): Value | undefined {
  if (field.kind === 'boolean') return typed(posted, field.pointer) === 'true'
  const text = (typed(posted, field.pointer) ?? '').replaceAll('\r\n', '\n').trim()
  if (field.kind === 'lines') {
    const lines = text
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== '')
    return field.numbers ? lines.map(number) : lines
  }
  if (text === '') return empty(field, before)
  if (field.kind === 'money') return number(text.replace(/^Rp\.?\s*/i, '').replace(/[.\s]/g, ''))
  if (field.kind === 'number') return number(text)
  return field.capitals ? text.toUpperCase() : text
}

/** An emptied control must also empty what stood there before. */
function empty(field: Field, before: Value | undefined): Value | undefined {
  if (field.nullable) return null
  return typeof before === 'string' && !field.required ? '' : undefined
}

function number(text: string): Value {
  return /^-?\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : text
}

function filledRows(pointer: string, posted: Posted): number {
  let rows = 0
  for (const name of Object.keys(posted)) {
    if (!name.startsWith(`${pointer}/`) || all(posted, name).every(text => text.trim() === ''))
      continue
    const index = Number(name.slice(pointer.length + 1).split('/')[0])
    if (Number.isInteger(index) && index >= 0 && index < MOST_ROWS) rows = Math.max(rows, index + 1)
  }
  return rows
}

function isBlank(value: Value): boolean {
  if (value === null || value === false || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return isRecord(value) && Object.values(value).every(isBlank)
}

function length(value: Value | undefined): number {
  return Array.isArray(value) ? value.length : 0
}

function isRecord(value: Value | undefined): value is Variables {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
