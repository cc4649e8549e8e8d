import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** The rules of the product. */
export const RULES = join(import.meta.dirname, '..', '..', 'rules')

export interface SmallRules {
  readonly parameters?: readonly object[]
  readonly tables?: readonly { readonly rule: string }[]
  readonly instruments?: readonly object[]
  readonly region?: object
  readonly office?: object
  readonly calendars?: readonly { readonly year: number }[]
  /** Any other file, as text, by its path. */
  readonly files?: Readonly<Record<string, string>>
}

const folders: string[] = []

/** Writes a nation, a region and an office with the given rules into a folder of their own. */
export function smallRules({
  parameters,
  tables = [],
  instruments,
  region,
  office,
  calendars = [],
  files = {}
}: SmallRules = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'alur-rules-'))
  folders.push(folder)
  cpSync(join(RULES, 'schema'), join(folder, 'schema'), { recursive: true })
  const write = (path: string, content: unknown): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(
      join(folder, path),
      typeof content === 'string' ? content : JSON.stringify(content, null, 2)
    )
  }
  const place = { timeZone: 'Asia/Jakarta', place: 'Contoh', province: 'Contoh' }
  write('national/nation.json', {
    id: 'nation',
    name: 'Nation',
    timeZone: 'Asia/Jakarta',
    place: 'Jakarta',
    processes: []
  })
  write('national/roles.json', {
    roles: [
      {
        id: 'kakanim',
        level: 'office',
        english: 'Head',
        names: [named('Kepala Kantor')],
        confidence: 'H'
      }
    ]
  })
  write('national/instruments.json', { instruments: instruments ?? [instrument('law')] })
  if (parameters) write('national/parameters/some.json', { parameters })
  for (const table of tables) write(`national/tables/${table.rule}.json`, table)
  for (const calendar of calendars) write(`calendars/${calendar.year}.json`, calendar)
  write('regions/region-a/region.json', {
    id: 'region-a',
    extends: 'nation',
    name: 'Region A',
    ...place,
    ...region
  })
  write('offices/office-a/office.json', {
    id: 'office-a',
    extends: 'region-a',
    name: 'Office A',
    ...place,
    ...office
  })
  for (const [path, text] of Object.entries(files)) write(path, text)
  return folder
}

/** Removes the folders that tests have written. */
export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

export function named(name: string) {
  return { name, from: null, to: null }
}

export function instrument(id: string) {
  return {
    id,
    kind: 'UU',
    short: id.toUpperCase(),
    title: id,
    inForce: { from: '2000-01-01', to: null },
    confidence: 'H'
  }
}

export const CITED = { cites: [{ instrument: 'law' }], confidence: 'H' } as const

/** A parameter of days that offices may shorten. */
export function days(values: readonly object[], more: object = {}) {
  return {
    key: 'service.days',
    label: { id: 'Hari', en: 'Days' },
    type: 'days',
    overridableAt: ['region', 'office'],
    bounds: [{ kind: 'range', min: 1 }, { kind: 'atMostParent' }],
    asOf: 'submitted',
    rebind: 'pinned',
    cites: { min: 1 },
    values,
    ...more
  }
}

export function value(value: unknown, from: string | null = null, to: string | null = null) {
  return { value, from, to, ...CITED }
}

/** A value as an office states it. */
export function stated(
  key: string,
  of: unknown,
  from: string | null = null,
  to: string | null = null
) {
  return { key, ...value(of, from, to) }
}

/** A table of one whole number, `extension`, and who approves. */
export function approver(rows: readonly object[], more: object = {}) {
  return {
    rule: 'extension.approver',
    label: { id: 'Penyetuju', en: 'Approver' },
    overridableAt: ['office'],
    bounds: [
      { kind: 'authorityAtLeastParent', path: 'approver', order: ['head', 'region', 'nation'] }
    ],
    asOf: 'submitted',
    rebind: 'pinned',
    cites: { min: 1 },
    facts: { extension: { type: 'integer', min: 1 } },
    outcome: {
      type: 'object',
      required: ['approver'],
      additionalProperties: false,
      properties: { approver: { enum: ['head', 'region', 'nation'] } }
    },
    hitPolicy: 'first',
    rows,
    cases: [],
    ...more
  }
}

export function row(id: string, conditions: object | null, approvedBy: string, more: object = {}) {
  return {
    id,
    from: null,
    to: null,
    conditions,
    outcome: { approver: approvedBy },
    ...CITED,
    ...more
  }
}

export function test(fact: string, operator: string, value: unknown) {
  return { fact, operator, value }
}
