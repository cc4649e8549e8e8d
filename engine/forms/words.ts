import type { ErrorObject } from 'ajv/dist/2020.js'
import type { Problem } from '../errors.ts'
import { isObject } from './schema.ts'

type Words = readonly [id: string, en: string]

const TYPES: Readonly<Record<string, Words>> = {
  string: ['teks', 'text'],
  integer: ['bilangan bulat', 'a whole number'],
  number: ['angka', 'a number'],
  boolean: ['ya atau tidak', 'yes or no'],
  object: ['isian', 'an object'],
  array: ['daftar', 'a list'],
  null: ['kosong', 'nothing']
}
const FORMATS: Readonly<Record<string, Words>> = {
  date: [
    'harus tanggal yang ada, misalnya 2015-12-03',
    'expected a date that exists, as 2015-12-03'
  ],
  email: ['harus alamat pos-el', 'expected an e-mail address']
}

/** What ajv found, in both languages; each thing once, and at the value that it is about. */
export function problemsOf(errors: readonly ErrorObject[]): readonly Problem[] {
  // each of several choices complains; that none of them fits is said once, by the choice itself
  const choices = errors.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf')
  const seen = new Set<string>()
  return errors
    .filter(error => error.keyword !== 'if')
    .filter(
      ({ schemaPath }) => !choices.some(choice => schemaPath.startsWith(`${choice.schemaPath}/`))
    )
    .map(error => {
      const [id, en] = wordsOf(error)
      return { path: pathOf(error), message: `${id} / ${en}` }
    })
    .filter(({ path, message }) => {
      const key = `${path} ${message}`
      return !seen.has(key) && seen.add(key)
    })
}

function pathOf({ instancePath, params }: ErrorObject): string {
  const inner: unknown =
    params.missingProperty ??
    params.additionalProperty ??
    params.unevaluatedProperty ??
    params.propertyName
  if (typeof inner !== 'string') return instancePath
  return `${instancePath}/${inner.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

function wordsOf({ keyword, params, parentSchema, message }: ErrorObject): Words {
  const limit = String(params.limit)
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
      return ['wajib diisi', 'required']
    case 'type':
      return typeWords(params.type as string | readonly string[])
    case 'format': {
      const format = String(params.format)
      return FORMATS[format] ?? [`format ${format} salah`, `expected the format ${format}`]
    }
    case 'enum':
    case 'oneOf':
    case 'anyOf':
      return ['pilihan tidak dikenal', 'not one of the choices']
    case 'const':
      return ['nilai tidak sesuai', `expected ${JSON.stringify(params.allowedValue)}`]
    case 'pattern':
      return patternWords(params.pattern as string, parentSchema)
    case 'minLength':
      return [`minimal ${limit} huruf`, `expected at least ${limit} characters`]
    case 'maxLength':
      return [`maksimal ${limit} huruf`, `expected at most ${limit} characters`]
    case 'minimum':
      return [`minimal ${limit}`, `expected at least ${limit}`]
    case 'maximum':
      return [`maksimal ${limit}`, `expected at most ${limit}`]
    case 'exclusiveMinimum':
      return [`harus lebih dari ${limit}`, `expected more than ${limit}`]
    case 'exclusiveMaximum':
      return [`harus kurang dari ${limit}`, `expected less than ${limit}`]
    case 'multipleOf':
      return [`harus kelipatan ${params.multipleOf}`, `expected a multiple of ${params.multipleOf}`]
    case 'minItems':
      return [`minimal ${limit} baris`, `expected at least ${limit} items`]
    case 'maxItems':
      return [`maksimal ${limit} baris`, `expected at most ${limit} items`]
    case 'uniqueItems':
      return ['ada yang tertulis dua kali', 'expected every item once']
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return ['isian tidak dikenal', 'not part of this form']
    default:
      return [`tidak sesuai (${keyword})`, message ?? keyword]
  }
}

function typeWords(type: string | readonly string[]): Words {
  const words = [type].flat().map(each => TYPES[each] ?? ([each, each] as const))
  return [
    `harus ${words.map(([id]) => id).join(' atau ')}`,
    `expected ${words.map(([, en]) => en).join(' or ')}`
  ]
}

/** A pattern says little to an officer; the description of the property says what is meant. */
function patternWords(pattern: string, schema: unknown): Words {
  const { description, 'x-description-en': english }: Readonly<Record<string, unknown>> = isObject(
    schema
  )
    ? schema
    : {}
  return [
    typeof description === 'string' ? `bentuk tidak sesuai: ${description}` : 'bentuk tidak sesuai',
    typeof english === 'string'
      ? `not in the right form: ${english}`
      : `expected the form ${pattern}`
  ]
}
