import { join } from 'node:path'
import { InvalidData } from '../../engine/errors.ts'
import type { LawPart } from '../../engine/rules/release.ts'
import { canonicalText } from '../../engine/rules/release.ts'
import { differenceOf } from '../../runtime/rules/difference.ts'
import type { Edit } from '../../runtime/rules/edits.ts'
import { Findings } from '../../runtime/rules/findings.ts'
import { loadRules } from '../../runtime/rules/load.ts'
import { UsageError } from '../commands.ts'
import { read, type Verb } from './verbs.ts'

/** `alur rules diff`: how the rules of one folder differ from those of another, by meaning. */
export const diff: Verb = async args => {
  const { values, positionals } = read(args, { json: { type: 'boolean' } })
  const [before, after, ...rest] = positionals
  if (before === undefined || after === undefined || rest.length > 0)
    throw new UsageError('expected two folders of rules: the one of before and the one of after')
  const [old, now] = [partsIn(before), partsIn(after)]
  const lines: string[] = []
  for (const unit of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    lines.push(...unitLines(unit, old.get(unit), now.get(unit), values.json === true))
  }
  for (const line of lines) console.log(line)
  if (lines.length === 0) console.error('no differences')
  return 0
}

function partsIn(folder: string): ReadonlyMap<string, LawPart> {
  const findings = new Findings()
  const { parts } = loadRules(folder, findings)
  const problems = findings.errors()
  if (problems.length > 0) throw new InvalidData(`rules <${join(folder)}>`, problems)
  return parts
}

const WORDS = { id: 'Perbedaan berkas', en: 'Difference of files' }

function unitLines(
  unit: string,
  old: LawPart | undefined,
  now: LawPart | undefined,
  json: boolean
): readonly string[] {
  const either = (old ?? now) as LawPart
  const nothing = { ...either, ...NOTHING }
  const { edits, problems } = differenceOf(old ?? nothing, now ?? nothing, WORDS)
  if (json)
    return [
      ...edits.map(edit => JSON.stringify({ unit, edit })),
      ...problems.map(problem => JSON.stringify({ unit, problem }))
    ]
  return [
    ...(old === undefined ? [`${unit}: is new`] : now === undefined ? [`${unit}: is gone`] : []),
    ...governedLines(old ?? nothing, now ?? nothing),
    ...edits.map(sentence),
    ...problems.map(({ message }) => message)
  ].map(line => (line.startsWith(`${unit}:`) ? line : `${unit}: ${line}`))
}

const NOTHING = {
  definitions: [],
  tables: [],
  instruments: [],
  values: [],
  rows: [],
  calendars: {}
}

/** Definitions, tables and their rows, which only a nation has. */
function governedLines(old: LawPart, now: LawPart): readonly string[] {
  const tables = named(old.tables, now.tables, ({ rule }) => rule).flatMap(([rule, was, is]) => {
    if (was === undefined || is === undefined)
      return [`table <${rule}> is ${was === undefined ? 'new' : 'gone'}`]
    const rows = named(was.rows, is.rows, ({ id }) => id).map(
      ([id, one, other]) =>
        `row <${id}> of <${rule}> ${one === undefined ? 'is new' : other === undefined ? 'is gone' : 'changed'}`
    )
    const { rows: _, ...before } = was
    const { rows: __, ...after } = is
    return canonicalText(before) === canonicalText(after)
      ? rows
      : [`table <${rule}> changed`, ...rows]
  })
  const definitions = named(old.definitions, now.definitions, ({ key }) => key).map(
    ([key, was, is]) =>
      `parameter <${key}> ${was === undefined ? 'is new' : is === undefined ? 'is gone' : 'changed'}`
  )
  return [...definitions, ...tables]
}

/** Pairs by name of what is not the same. */
function named<Item>(
  before: readonly Item[],
  after: readonly Item[],
  name: (item: Item) => string
): readonly (readonly [name: string, before: Item | undefined, after: Item | undefined])[] {
  const names = [...new Set([...before, ...after].map(name))]
  return names
    .map(wanted => {
      const find = (items: readonly Item[]) => items.find(one => name(one) === wanted)
      return [wanted, find(before), find(after)] as const
    })
    .filter(([, was, is]) => canonicalText(was ?? null) !== canonicalText(is ?? null))
}

/** What an edit does, in one line. */
export function sentence(edit: Edit): string {
  switch (edit.kind) {
    case 'value':
      return `<${edit.key}> is ${JSON.stringify(edit.value)} ${during(edit)}${basis(edit)}`
    case 'row': {
      const how = edit.replaces ?? edit.before
      const where = how === undefined ? '' : edit.replaces ? ` for <${how}>` : ` before <${how}>`
      return `row <${edit.row}> of <${edit.rule}>${where} gives ${JSON.stringify(edit.outcome)} ${during(edit)}${basis(edit)}`
    }
    case 'remove':
      return `${edit.row === undefined ? '' : `row <${edit.row}> of `}<${edit.key}> is no longer stated ${during(edit)}`
    case 'instrument':
      return `instrument <${edit.instrument.id}> ${edit.instrument.short}`
    case 'bound':
      return `bound of <${edit.key}>: ${JSON.stringify(edit.bound)} ${during(edit)}`
    case 'calendar': {
      const closed = Object.entries(edit.closed).map(([day, name]) => `closed ${day} (${name})`)
      return [...closed, ...edit.opened.map(day => `opened ${day}`)].join(', ')
    }
    case 'case':
      return `case <${edit.case.name}> of <${edit.case.rule}>`
  }
}

function during({ from, to }: { readonly from: string; readonly to: string | null }): string {
  return to === null ? `from ${from}` : `from ${from} to ${to}`
}

function basis({ cites }: Extract<Edit, { readonly cites: unknown }>): string {
  const named = cites.map(({ instrument, pin }) => (pin ? `${instrument}, ${pin}` : instrument))
  return named.length === 0 ? '' : ` (${named.join('; ')})`
}
