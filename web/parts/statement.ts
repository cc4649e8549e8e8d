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

/** What the fields of the form are called, by path. */
export const STATEMENT_LABELS: Readonly<Record<string, Text>> = {
  '/key': { id: 'Aturan', en: 'Rule' },
  '/id': { id: 'Nama baris', en: 'Name of the row' },
  '/before': { id: 'Sebelum baris', en: 'Before the row' },
  '/value': { id: 'Nilai', en: 'Value' },
  '/from': { id: 'Berlaku dari', en: 'Holds from' },
  '/to': { id: 'Sampai dan termasuk', en: 'To and including' },
  '/instrument': { id: 'Dasar hukum', en: 'Legal instrument' },
  '/reason-id': { id: 'Alasan (Indonesia)', en: 'Reason (Indonesian)' },
  '/reason-en': { id: 'Alasan (Inggris)', en: 'Reason (English)' },
  ...Object.fromEntries(
    indexes().flatMap(index => [
      [`/conditions/${index}/fact`, { id: `Fakta ${index + 1}`, en: `Fact ${index + 1}` }],
      [
        `/conditions/${index}/operator`,
        { id: `Perbandingan ${index + 1}`, en: `Comparison ${index + 1}` }
      ],
      [
        `/conditions/${index}/value`,
        { id: `Nilai fakta ${index + 1}`, en: `Value of fact ${index + 1}` }
      ],
      [`/outcome/${index}/value`, { id: `Hasil ${index + 1}`, en: `Outcome ${index + 1}` }]
    ])
  )
}

/** What the rulebook says of a statement, at the fields of the form and in both languages. */
export function atFields(problems: readonly Problem[], posted: Posted): readonly Problem[] {
  return problems.map(({ path, message }) => ({
    path: fieldFor(path.replace(/^\/content/, ''), posted),
    message: inWords(message)
  }))
}

function fieldFor(path: string, posted: Posted): string {
  const filled = (part: string) =>
    indexes().filter(index => (typed(posted, part.replace('#', String(index))) ?? '').trim() !== '')
  const condition = /^\/conditions\/all\/(\d+)\/(fact|operator|value)/.exec(path)
  if (condition !== null) {
    const index = filled('/conditions/#/fact')[Number(condition[1])] ?? 0
    return `/conditions/${index}/${condition[2]}`
  }
  if (path.startsWith('/outcome')) {
    const name = path.split('/')[2]
    const index = indexes().find(each => typed(posted, `/outcome/${each}/name`) === name) ?? 0
    return `/outcome/${index}/value`
  }
  if (path.startsWith('/cites')) return '/instrument'
  if (path.startsWith('/reason')) return path.startsWith('/reason/en') ? '/reason-en' : '/reason-id'
  if (path === '') return typed(posted, '/kind') === 'value' ? '/value' : '/id'
  return Object.hasOwn(STATEMENT_LABELS, path) ? path : ''
}

/** The common ones in both languages; another one keeps its words after a sentence that says so. */
function inWords(message: string): string {
  for (const [pattern, words] of WORDS) {
    if (pattern.test(message)) return message.replace(pattern, words)
  }
  return `tidak dapat diterima (${message}) / not accepted: ${message}`
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [
    /^.*expected an instrument of the register, found <(.*)>.*$/,
    'tidak ada <$1> dalam daftar dasar hukum / <$1> is not in the register of instruments'
  ],
  [
    /^.*expected a fact that the table declares \((.*)\), found <(.*)>.*$/,
    'tabel ini tidak mengenal <$2>; pilih salah satu: $1 / the table does not know <$2>; choose one of: $1'
  ],
  [
    /^.*expected a key that is defined, found <(.*)>.*$/,
    'tidak ada nilai tunggal bernama <$1> / there is no single value named <$1>'
  ],
  [
    /^.*expected a day, a month or a year that exists, found <(.*)>.*$/,
    'tanggal <$1> tidak ada / the date <$1> does not exist'
  ],
  [
    /^.*must match pattern.*$/,
    'bentuk tidak sesuai; pakai huruf kecil, angka dan tanda hubung / not in the right form; use lower case, digits and hyphens'
  ],
  [
    /^.*twice at once.*$/,
    'sudah ada pernyataan untuk masa yang sama / something is stated for the same dates already'
  ],
  [/^.*expected one of (.*?)(, found .*)?$/, 'pilih salah satu: $1 / choose one of: $1'],
  [/^.*expected <([\w.]+)>$/, 'wajib diisi: $1 / required: $1'],
  [/^.*key <(.*)> is not known here.*$/, 'nama <$1> tidak dikenal / the name <$1> is not known'],
  [/^.*must be (integer|number).*$/, 'harus angka / expected a number'],
  [/^.*must be string.*$/, 'harus teks / expected a text']
]

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
