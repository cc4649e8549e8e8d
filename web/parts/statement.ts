import type { Problem } from '../../engine/errors.ts'
import type { Citation, Text } from '../../engine/messages.ts'
import type { LocalDate, OfficeId, Value } from '../../engine/state.ts'
import { type Posted, typed } from './form-values.ts'

/** What an owner of tariffs states: one value, or one row of a table. */
export interface StatedTariff {
  readonly scope: OfficeId
  readonly key: string
  readonly kind: 'value' | 'row'
  readonly from: LocalDate
  readonly to: LocalDate | null
  readonly content: Value
  readonly cites: readonly Citation[]
  readonly reason: Text
}

/** How many conditions and how many parts of an outcome one form takes. */
export const MOST_PARTS = 4
const LISTS = ['in', 'notIn', 'between']

/** Reads the form of the tariffs page; null with the problems when something is missing. */
export function statementIn(
  posted: Posted,
  scope: OfficeId
): { readonly statement: StatedTariff | null; readonly problems: readonly Problem[] } {
  const text = (path: string) => (typed(posted, path) ?? '').trim()
  const problems = REQUIRED.filter(([path]) => text(path) === '').map(([path, message]) => ({
    path,
    message
  }))
  const kind = text('/kind') === 'value' ? 'value' : 'row'
  const conditions = conditionsIn(text)
  const outcome = outcomeIn(text)
  if (kind === 'value' && text('/value') === '')
    problems.push({ path: '/value', message: 'Isi nilainya / Give the value' })
  if (kind === 'row' && text('/id') === '')
    problems.push({ path: '/id', message: 'Beri nama barisnya / Name the row' })
  if (kind === 'row' && outcome.length === 0) {
    problems.push({ path: '/outcome/0/value', message: 'Isi hasilnya / Give the outcome' })
  }
  if (problems.length > 0) return { statement: null, problems }

  const row = {
    id: text('/id'),
    ...(text('/before') === '' ? {} : { before: text('/before') }),
    conditions: conditions.length === 0 ? null : { all: conditions },
    outcome: Object.fromEntries(outcome)
  }
  const statement: StatedTariff = {
    scope,
    key: text('/key'),
    kind,
    from: text('/from'),
    to: text('/to') === '' ? null : text('/to'),
    content: kind === 'value' ? scalar(text('/value')) : row,
    cites: [{ instrument: text('/instrument'), pin: text('/pin') === '' ? null : text('/pin') }],
    reason: { id: text('/reason-id'), en: text('/reason-en') }
  }
  return { statement, problems: [] }
}

const REQUIRED: readonly (readonly [string, string])[] = [
  ['/key', 'Pilih aturannya / Choose the rule'],
  ['/from', 'Isi tanggal mulai berlaku / Give the date from which it holds'],
  ['/instrument', 'Sebutkan dasar hukumnya / Cite the legal instrument'],
  ['/reason-id', 'Isi alasannya dalam bahasa Indonesia / Give the reason in Indonesian'],
  ['/reason-en', 'Isi alasannya dalam bahasa Inggris / Give the reason in English']
]

function conditionsIn(
  text: (path: string) => string
): readonly { readonly [name: string]: Value }[] {
  return indexes().flatMap(index => {
    const fact = text(`/conditions/${index}/fact`)
    const operator = text(`/conditions/${index}/operator`) || 'equal'
    const value = text(`/conditions/${index}/value`)
    if (fact === '') return []
    return [
      {
        fact,
        operator,
        value: LISTS.includes(operator) ? value.split(',').map(scalar) : scalar(value)
      }
    ]
  })
}

function outcomeIn(text: (path: string) => string): readonly (readonly [string, Value])[] {
  return indexes().flatMap(index => {
    const name = text(`/outcome/${index}/name`)
    const value = text(`/outcome/${index}/value`)
    return name === '' || value === '' ? [] : [[name, scalar(value)] as const]
  })
}

function indexes(): readonly number[] {
  return Array.from({ length: MOST_PARTS }, (_, index) => index)
}

/** A number, yes or no, nothing, or else a text. Amounts may have dots between the thousands. */
function scalar(text: string): Value {
  const trimmed = text.trim()
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true'
  if (trimmed === 'null') return null
  if (/^-?\d{1,3}(\.\d{3})+$/.test(trimmed)) return Number(trimmed.replaceAll('.', ''))
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed
}
