import { type Problem, Stuck } from './errors.ts'
import { compileExpression } from './expression.ts'
import {
  type ChecklistItem,
  compileForm,
  type FormField,
  type FormSchema,
  isObject,
  isTextarea,
  pathOf,
  pointerOf,
  RESERVED,
  rulesOf,
  valueAt
} from './forms/schema.ts'
import { problemsOf } from './forms/words.ts'
import { agrees, readMrz } from './mrz.ts'
import type { LocalDate, Value, Variables } from './state.ts'

export { checkForm, checkSchema } from './forms/check.ts'
export type { ChecklistItem, FormSchema } from './forms/schema.ts'

/** What a form is filled in beside: the variables of the case and the office's date. */
export interface FormSurroundings {
  readonly variables: Variables
  readonly today: LocalDate
}

/**
 * Holds what a person filled in to its form: types and formats, check digits, checklists, rules.
 * Gives all problems, each with a JSON pointer and a message `Indonesian / English`. A value that
 * the form only shows (`readOnly`) is never taken from the person; everything else is kept as it is.
 */
export function validateForm(
  schema: FormSchema,
  given: Variables,
  around: FormSurroundings
): { readonly values: Variables; readonly problems: readonly Problem[] } {
  const unfit = unfitValues(given)
  if (unfit.length > 0) return { values: {}, problems: unfit }

  const { validate, fields } = compileForm(schema)
  const shown = fields.filter(field => field.schema.readOnly === true)
  const values = shown.reduce(
    (filled, { path }) => replaced(filled, path, valueAt(around.variables, path)),
    given
  )
  validate(values)
  const problems = [
    ...problemsOf(validate.errors ?? []),
    ...fields.flatMap(field => lineProblems(field, values)),
    ...fields.flatMap(field => mrzProblems(field, values, around)),
    ...fields.flatMap(field => checklistProblems(field, values, around))
  ]
  const broken = ruleProblems(schema, values, around, problems.length > 0)
  const own = shown.filter(({ path }) => path.length === 1)
  return {
    values: own.reduce((rest, { path }) => replaced(rest, path, undefined), values),
    problems: [...problems, ...broken]
  }
}

/** The items of a checklist, from the case variable that its property names; none when there is no such list. */
export function checklistItems(
  property: FormSchema,
  variables: Variables
): readonly ChecklistItem[] {
  return findItems(property, variables) ?? []
}

function findItems(property: FormSchema, variables: Variables): readonly ChecklistItem[] | null {
  const path = property['x-items']
  const items = typeof path === 'string' ? valueAt(variables, path.split('.')) : undefined
  return Array.isArray(items) && items.every(isItem)
    ? (items as unknown as readonly ChecklistItem[])
    : null
}

function isItem(item: Value): boolean {
  return isObject(item) && typeof item.code === 'string' && isObject(item.label)
}

// checks //////////////////////////////////////////////////////////////////////

/** No form asks for more than this. */
const DEEPEST = 20
const LONGEST_TEXT = 20_000
const MOST_VALUES = 10_000
/** Controls other than line ends and tabs, and what turns the direction of the words that follow. */
const CONTROLS = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u
const LINE_ENDS = /[\t\n\r]/
const NO_CONTROLS = [
  'karakter kendali tidak diizinkan',
  'control characters are not allowed'
] as const

/** What no form takes, whatever its schema says. */
function unfitValues(given: Variables): readonly Problem[] {
  const problems: Problem[] = []
  const open: { readonly value: Value; readonly path: readonly string[] }[] = [
    { value: given, path: [] }
  ]
  for (let count = 0; open.length > 0; count++) {
    const { value, path } = open.pop()!
    const say = (id: string, en: string) =>
      problems.push({ path: pointerOf(path), message: `${id} / ${en}` })
    if (count > MOST_VALUES || path.length > DEEPEST) {
      say('isian terlalu banyak', 'too many values')
      return problems
    }
    if (typeof value === 'string' && value.length > LONGEST_TEXT) {
      say(`maksimal ${LONGEST_TEXT} huruf`, `expected at most ${LONGEST_TEXT} characters`)
    }
    if (typeof value === 'string' && CONTROLS.test(value)) say(...NO_CONTROLS)
    if (typeof value !== 'object' || value === null) continue
    for (const [name, inner] of Object.entries(value)) {
      const at = [...path, name]
      if (RESERVED.has(name)) {
        const message = 'nama tidak diizinkan / name not allowed'
        problems.push({ path: pointerOf(at), message })
      } else open.push({ value: inner as Value, path: at })
    }
  }
  return problems
}

/** Only a text of several lines may hold their ends. */
function lineProblems({ path, schema }: FormField, values: Variables): readonly Problem[] {
  const value = valueAt(values, path)
  const single = schema.readOnly !== true && !isTextarea(schema)
  if (!single || typeof value !== 'string' || !LINE_ENDS.test(value)) return []
  return [{ path: pointerOf(path), message: NO_CONTROLS.join(' / ') }]
}

/** The values with another one at the end of a path, or with none when it is undefined. */
function replaced(values: Variables, path: readonly string[], value: Value | undefined): Variables {
  const [name, ...inner] = path as [string, ...string[]]
  const { [name]: old, ...others } = values
  if (inner.length === 0) return value === undefined ? others : { ...values, [name]: value }
  return isObject(old) ? { ...values, [name]: replaced(old as Variables, inner, value) } : values
}

/** Check digits, and whether the zone agrees with what was typed. ICAO 9303. */
function mrzProblems(
  { path, schema }: FormField,
  values: Variables,
  { variables, today }: FormSurroundings
): readonly Problem[] {
  const { matches = {} } = (schema['x-mrz'] ?? {}) as { matches?: Readonly<Record<string, string>> }
  const zone = schema['x-mrz'] === undefined ? undefined : valueAt(values, path)
  if (!isObject(zone)) return []
  const { line1, line2 } = zone
  if (typeof line1 !== 'string' || typeof line2 !== 'string') return []

  const { mrz, problems } = readMrz({ line1, line2 }, today)
  const wrong = problems.map(({ line, message: { id, en } }) => ({
    path: pointerOf([...path, line]),
    message: `${id} / ${en}`
  }))
  if (mrz === null) return wrong
  const clashes = Object.entries(matches).flatMap(([field, pointer]) => {
    const read = (mrz as unknown as Readonly<Record<string, string | null>>)[field]
    const typed = valueAt(values, pathOf(pointer)) ?? valueAt(variables, pathOf(pointer))
    if (typeof typed !== 'string' || typeof read !== 'string' || agrees(field, typed, read))
      return []
    return [{ path: pointer, message: `MRZ menyebut ${read} / the MRZ says ${read}` }]
  })
  return [...wrong, ...clashes]
}

/** Every required item of a checklist is ticked, and none that the list does not have. */
function checklistProblems(
  { path, schema }: FormField,
  values: Variables,
  around: FormSurroundings
): readonly Problem[] {
  if (schema['x-items'] === undefined || schema.readOnly === true) return []
  const items = findItems(schema, around.variables)
  if (items === null) {
    const message = `daftar ${schema['x-items']} belum ada / there is no list ${schema['x-items']}`
    return [{ path: pointerOf(path), message }]
  }
  const found = valueAt(values, path)
  const ticked = isObject(found) ? found : {}
  const known = new Set(items.map(({ code }) => code))
  const foreign = Object.keys(ticked)
    .filter(code => !known.has(code))
    .map(code => ({
      path: pointerOf([...path, code]),
      message: 'dokumen ini tidak diminta / this document is not asked for'
    }))
  if (!mustBeComplete(schema, values, around)) return foreign
  const missing = items
    .filter(
      ({ code, required }) => required && !(Object.hasOwn(ticked, code) && ticked[code] === true)
    )
    .map(({ code, label }) => ({
      path: pointerOf([...path, code]),
      message: `belum ada: ${label.id} / missing: ${label.en}`
    }))
  return [...foreign, ...missing]
}

/** A condition that cannot be read does not excuse anybody. */
function mustBeComplete(schema: FormSchema, values: Variables, around: FormSurroundings): boolean {
  const condition = schema['x-require-all']
  if (typeof condition !== 'string') return true
  try {
    return holds(condition, values, around)
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    return true
  }
}

/** A rule that meets a value which is wrong anyway has nothing to add. */
function ruleProblems(
  schema: FormSchema,
  values: Variables,
  around: FormSurroundings,
  wrongAlready: boolean
): readonly Problem[] {
  return rulesOf(schema).flatMap(({ if: condition, path, code, message: { id, en } }) => {
    try {
      return holds(condition, values, around) ? [{ path, message: `${id} / ${en} (${code})` }] : []
    } catch (error) {
      if (!(error instanceof Stuck)) throw error
      if (wrongAlready) return []
      const why = `tidak dapat diperiksa / cannot be checked: ${error.message} (${code})`
      return [{ path, message: why }]
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
  throw new Stuck(
    'expression',
    `expected <${text}> to be true or false, found ${JSON.stringify(value)}`
  )
}
