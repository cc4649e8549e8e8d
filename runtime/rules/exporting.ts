import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CalendarYear } from '../../engine/context.ts'
import type { Overlay, StatedValue } from '../../engine/rules/definitions.ts'
import { canonicalText, type Instrument, type LawPart } from '../../engine/rules/release.ts'
import type { OfficeId } from '../../engine/state.ts'
import { contentOf } from './difference.ts'
import { hashOf } from './laws.ts'
import type { RuleCase } from './load.ts'

/** A file of an exported unit, its path below a folder of rules. */
export interface ExportedFile {
  readonly path: string
  readonly text: string
}

/** What a file of a unit holds, when its schema has been held to it before. */
interface UnitFile {
  readonly values?: readonly StatedValue[]
  readonly rows?: readonly Overlay[]
  readonly instruments?: readonly Instrument[]
  readonly cases?: readonly Omit<RuleCase, 'scope'>[]
}

/**
 * A region or an office as one folder: its files as they are, without what no longer stands, and what
 * has been published since beside them in `published.json`. A file in which nothing has changed keeps its
 * bytes, so that a review shows the change alone.
 *
 * @throws Error for a unit that has no folder
 */
export function exportUnit(
  rules: string,
  now: LawPart,
  cases: readonly RuleCase[] = []
): readonly ExportedFile[] {
  const folder = `${now.level === 'region' ? 'regions' : 'offices'}/${now.unit}`
  if (now.level === 'national' || !existsSync(join(rules, folder)))
    throw new Error(`expected a region or an office with a folder of its own, found <${now.unit}>`)
  const left = {
    values: byContent(now.values, contentOf),
    rows: byContent(now.rows, contentOf),
    instruments: byContent(now.instruments, canonicalText),
    cases: byContent(
      cases.filter(({ scope }) => scope === now.unit).map(({ scope: _, ...own }) => own),
      canonicalText
    )
  }
  const files = namesIn(join(rules, folder)).map(name => {
    const text = readFileSync(join(rules, folder, name), 'utf8')
    const file = JSON.parse(text) as UnitFile
    const kept = { ...file, ...keptOf(file, left) }
    const path = `${folder}/${name}`
    return { path, text: canonicalText(kept) === canonicalText(file) ? text : printed(kept) }
  })
  const published = publishedOf(left)
  return [
    ...files.filter(({ path }) => path !== `${folder}/${PUBLISHED}` || published === null),
    ...(published === null
      ? []
      : [{ path: `${folder}/${PUBLISHED}`, text: printed(withKept(files, folder, published)) }]),
    ...calendarFiles(rules, now)
  ]
}

const PUBLISHED = 'published.json'

type Left = {
  readonly values: Map<string, StatedValue>
  readonly rows: Map<string, Overlay>
  readonly instruments: Map<string, Instrument>
  readonly cases: Map<string, Omit<RuleCase, 'scope'>>
}

/** What of a file still stands; what is found here is not left for `published.json`. */
function keptOf(file: UnitFile, left: Left): UnitFile {
  const keep = <Item>(
    items: readonly Item[],
    still: Map<string, Item>,
    of: (item: Item) => string
  ) => items.filter(item => still.delete(of(item)))
  return {
    ...(file.values && { values: keep(file.values, left.values, contentOf) }),
    ...(file.rows && { rows: keep(file.rows, left.rows, contentOf) }),
    ...(file.instruments && {
      instruments: keep(file.instruments, left.instruments, canonicalText)
    }),
    ...(file.cases && { cases: keep(file.cases, left.cases, canonicalText) })
  }
}

function publishedOf(left: Left): UnitFile | null {
  const [values, rows, instruments, cases] = [
    [...left.values.values()].map(said),
    [...left.rows.values()].map(said),
    [...left.instruments.values()],
    [...left.cases.values()]
  ]
  if (values.length + rows.length + instruments.length + cases.length === 0) return null
  return {
    ...(instruments.length > 0 && { instruments }),
    ...(values.length > 0 && { values }),
    ...(rows.length > 0 && { rows }),
    ...(cases.length > 0 && { cases })
  }
}

/** What an earlier export had published stays in the file. */
function withKept(files: readonly ExportedFile[], folder: string, more: UnitFile): UnitFile {
  const there = files.find(({ path }) => path === `${folder}/${PUBLISHED}`)
  const kept = (there === undefined ? {} : JSON.parse(there.text)) as UnitFile
  const both = <Name extends keyof UnitFile>(name: Name) =>
    kept[name] === undefined && more[name] === undefined
      ? {}
      : { [name]: [...(kept[name] ?? []), ...(more[name] ?? [])] }
  return {
    $schema: '../../schema/statements.json',
    ...both('instruments'),
    ...both('values'),
    ...both('rows'),
    ...both('cases')
  } as UnitFile
}

function calendarFiles(rules: string, now: LawPart): readonly ExportedFile[] {
  const folder = join(rules, 'calendars')
  const own = new Map<string, { readonly path: string; readonly text: string }>()
  for (const name of existsSync(folder) ? namesIn(folder) : []) {
    const text = readFileSync(join(folder, name), 'utf8')
    const { scope, year } = JSON.parse(text) as { readonly scope: OfficeId; readonly year: number }
    if (scope === now.unit) own.set(String(year), { path: `calendars/${name}`, text })
  }
  return Object.entries(now.calendars).map(([year, calendar]) => {
    const there = own.get(year)
    const file = there === undefined ? null : (JSON.parse(there.text) as CalendarFile)
    if (there && file && sameDays(file, calendar)) return there
    const { collectiveLeave = {} } = file ?? {}
    const stillLeave = pick(collectiveLeave, day => calendar.closed[day] === collectiveLeave[day])
    return {
      path: there?.path ?? `calendars/${year}.${now.unit}.json`,
      text: printed({
        $schema: '../schema/calendar.json',
        ...(file ?? { year: Number(year), scope: now.unit, sample: calendar.sample, cites: [] }),
        holidays: pick(calendar.closed, day => !Object.hasOwn(stillLeave, day)),
        collectiveLeave: stillLeave
      })
    }
  })
}

interface CalendarFile {
  readonly holidays: CalendarYear['closed']
  readonly collectiveLeave: CalendarYear['closed']
}

function sameDays({ holidays, collectiveLeave }: CalendarFile, { closed }: CalendarYear): boolean {
  return hashOf({ ...collectiveLeave, ...holidays }) === hashOf(closed)
}

function pick(
  days: CalendarYear['closed'],
  keep: (day: string) => boolean
): CalendarYear['closed'] {
  return Object.fromEntries(Object.entries(days).filter(([day]) => keep(day)))
}

/** Without when and by what it was entered: in files the history of the files tells that. */
function said<Item extends object>(stated: Item): Item {
  return JSON.parse(contentOf(stated as Item & StatedValue)) as Item
}

function byContent<Item>(items: readonly Item[], of: (item: Item) => string): Map<string, Item> {
  return new Map(items.map(item => [of(item), item]))
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .sort()
}

function printed(content: unknown): string {
  return `${JSON.stringify(content, null, 2)}\n`
}
