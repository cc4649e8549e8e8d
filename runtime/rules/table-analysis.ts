import type { AnalysedTable, TableAnalysis, TableFinding } from '../../engine/rules/analysis.ts'
import { analyseTable } from '../../engine/rules/analysis.ts'
import { holdsOn, turnsOf } from '../../engine/rules/dates.ts'
import type {
  Definition,
  FactType,
  Overlay,
  Row,
  Stated,
  Table
} from '../../engine/rules/definitions.ts'
import { canonicalText } from '../../engine/rules/release.ts'
import type { EffectiveRow } from '../../engine/rules/table.ts'
import type { LocalDate, OfficeId } from '../../engine/state.ts'
import type { Findings } from './findings.ts'
import type { OpenLaw } from './laws.ts'
import { Turns } from './turns.ts'

/** How much was analysed: tables as they hold somewhere on some days, each kind once. */
export interface AnalysisSummary {
  readonly tables: number
  readonly boxes: number
}

/** Something that is to be known of a table, with where and when it is so. */
interface Met {
  readonly table: Table
  readonly finding: TableFinding
  readonly law: OpenLaw
  /** A row that only perhaps holds has a part in it. */
  readonly perhaps: boolean
  readonly offices: Set<OfficeId>
  readonly periods: Set<string>
}

/**
 * Analyses every table as it holds at every unit in every stretch of days in which its rows stay the same,
 * and says what is wrong: gaps that are not left open on purpose, rows between which the hit policy cannot
 * choose, and rows that never decide. What holds alike at many units is analysed and said once.
 */
export async function checkAnalysis(
  laws: ReadonlyMap<OfficeId, OpenLaw>,
  findings: Findings,
  /** A draft may state what was left open on purpose: that is then to be known and no more. */
  gapsMayClose = false
): Promise<AnalysisSummary> {
  const turns = new Turns()
  const known = new Map<string, TableAnalysis>()
  const met = new Map<string, Met>()
  const alike = new Map<string, Set<Met>>()
  let boxes = 0
  for (const [office, law] of fromTheTop(laws)) {
    for (const table of law.tables.values()) {
      const statedBy = `${table.rule} ${unitsThatState(law, table.rule)}`
      const before = alike.get(statedBy)
      for (const one of before ?? []) one.offices.add(office)
      if (before) continue
      const here = new Set<Met>()
      alike.set(statedBy, here)
      for (const stretch of stretchesOf(table, law)) {
        const analysed = tableOn(table, law, stretch.start)
        if (!analysed) continue
        const holding = analysed.gaps.map(({ holds }) => holds).join()
        const key = `${table.rule} ${holding} ${contentOf(analysed.rows)}`
        let analysis = known.get(key)
        if (!analysis) {
          analysis = analyseTable(analysed)
          boxes += analysis.boxes
          known.set(key, analysis)
        }
        await turns.give()
        const { rows } = analysed
        for (const finding of analysis.findings)
          here.add(note(met, { table, finding, law, office, period: stretch.name, rows }))
      }
    }
  }
  for (const one of met.values()) report(one, findings, gapsMayClose)
  return { tables: known.size, boxes }
}

/** The units whose rows make a table at an office what it is there, and when each counts. */
function unitsThatState(law: OpenLaw, rule: string): string {
  return law.parts
    .filter(({ level, rows }) => level === 'national' || rows.some(row => row.rule === rule))
    .map(part => `${part.unit} ${JSON.stringify(part.while)}`)
    .join()
}

/** The units above before those below: what holds for all is said of the one at the top. */
function fromTheTop(
  laws: ReadonlyMap<OfficeId, OpenLaw>
): readonly (readonly [OfficeId, OpenLaw])[] {
  return [...laws].sort(([, a], [, b]) => a.parts.length - b.parts.length)
}

function stretchesOf(
  table: Table,
  law: OpenLaw
): readonly { readonly start: LocalDate; readonly name: string }[] {
  const gaps = (table.gaps ?? []).flatMap(gap => turnsOf(intervalOf(gap)))
  const [, ...turns] = law.timelines.startsOf(table.rule)
  const starts = [FIRST, ...[...new Set([...turns, ...gaps])].sort()]
  return starts.map((start, index) => {
    const next = starts[index + 1]
    const until = next === undefined ? null : next
    const since = start === FIRST ? '' : `from ${start}`
    const before = until === null ? '' : `before ${until}`
    return { start, name: [since, before].filter(Boolean).join(' and ') || 'on every day' }
  })
}
/** Before every day that a law names. */
const FIRST = '0000-01-02'

function intervalOf({ from = null, to = null }: NonNullable<Table['gaps']>[number]) {
  return { from, to }
}

/** Null where it cannot be said which rows hold; that is reported by itself. */
function tableOn(table: Table, law: OpenLaw, date: LocalDate): AnalysedTable | null {
  let rows: readonly EffectiveRow[]
  try {
    rows = law.timelines.table(table, date).rows
  } catch {
    return null
  }
  const gaps = (table.gaps ?? []).map(gap => ({
    conditions: gap.conditions,
    holds: holdsOn(intervalOf(gap), date)
  }))
  return {
    hitPolicy: table.hitPolicy,
    facts: factsOf(table, law.definitions),
    rows,
    gaps,
    date: date === FIRST ? '2000-01-01' : date
  }
}

/** The facts of a table; one that is read from a parameter is what that may be. */
export function factsOf(
  table: Table,
  definitions: ReadonlyMap<string, Definition>
): Readonly<Record<string, FactType>> {
  const facts = Object.entries(table.facts).map(([name, type]): [string, FactType] => {
    const definition = type.parameter === undefined ? undefined : definitions.get(type.parameter)
    return [name, definition ? narrowed(type, definition) : type]
  })
  return Object.fromEntries(facts)
}

function narrowed(type: FactType, definition: Definition): FactType {
  const allowed = definition.bounds.find(bound => bound.kind === 'oneOf')?.values
  const choices = type.choices?.filter(
    one => (definition.choices?.includes(one) ?? true) && (allowed?.includes(one) ?? true)
  )
  const range = definition.bounds.find(bound => bound.kind === 'range' && bound.path === undefined)
  const least = ['days', 'workdays', 'money'].includes(definition.type) ? 0 : undefined
  const min = type.min ?? (range?.kind === 'range' ? range.min : undefined) ?? least
  const max = type.max ?? (range?.kind === 'range' ? range.max : undefined)
  const { nullable, ...rest } = type
  return {
    ...rest,
    ...(nullable && definition.nullable ? { nullable } : {}),
    ...(choices && choices.length > 0 ? { choices } : {}),
    ...(min !== undefined ? { min } : {}),
    ...(max !== undefined ? { max } : {})
  }
}

/** What tells rows apart; offices and stretches share what is alike, so most are seen again. */
function contentOf(rows: readonly EffectiveRow[]): string {
  let content = contents.get(rows)
  if (content === undefined) {
    content = canonicalText(
      rows.map(({ id, level, scope, conditions, outcome, perhaps, exceptionTo }) => [
        [id, level, scope, conditions],
        [outcome, perhaps, exceptionTo]
      ])
    )
    contents.set(rows, content)
  }
  return content
}
const contents = new WeakMap<readonly EffectiveRow[], string>()

function note(
  met: Map<string, Met>,
  found: {
    readonly table: Table
    readonly finding: TableFinding
    readonly law: OpenLaw
    readonly office: OfficeId
    readonly period: string
    readonly rows: readonly EffectiveRow[]
  }
): Met {
  const { table, finding, law, office, period, rows } = found
  const { kind, where, gap = '' } = finding
  const key = [table.rule, kind, gap, ...finding.rows, where].join('\n')
  const known = met.get(key)
  if (known) {
    known.offices.add(office)
    known.periods.add(period)
    return known
  }
  const perhaps = rows.some(row => row.perhaps && finding.rows.includes(row.id))
  const offices = new Set([office])
  const made = { table, finding, law, perhaps, offices, periods: new Set([period]) }
  met.set(key, made)
  return made
}

function report(met: Met, findings: Findings, gapsMayClose: boolean): void {
  const { table, finding, law, perhaps, offices, periods } = met
  const [id] = finding.rows
  const stated = [...table.rows, ...law.parts.flatMap(({ rows }) => rows.filter(isOf(table)))]
  const row = stated.find(one => one.id === id)
  const gap = finding.gap === undefined ? undefined : table.gaps?.[finding.gap]
  const [office] = offices
  const national = law.parts.length === 1
  const there = national ? '' : ` at <${office}>${more(offices.size - 1, 'office')}`
  const [period] = periods
  const when = ` (${period}${more(periods.size - 1, 'period')})`
  const own = row !== undefined && restsOnItsOwn(row, finding, stated)
  const message = `${wordsOf(finding, table, own)}${there}${when}`
  // what cannot be worked out, or rests on days that are not known, is to be known and no more
  const sure = finding.assumed.length === 0 && !perhaps
  const closes = gapsMayClose && finding.kind === 'no-gap'
  const kind = sure && !closes && PROBLEMS.has(finding.kind) ? 'error' : 'notice'
  findings.add(kind, gap ?? row ?? table, message)
}
const PROBLEMS: ReadonlySet<TableFinding['kind']> = new Set<TableFinding['kind']>([
  'gap',
  'overlap',
  'unreachable',
  'no-gap'
])

/** Whether a row that changes nothing cites what none of those that would decide instead cites. */
function restsOnItsOwn(
  row: Stated,
  { rows: [, ...others] }: TableFinding,
  stated: readonly (Row | Overlay)[]
): boolean {
  const cited = new Set(
    stated
      .filter(one => others.includes(one.id))
      .flatMap(({ cites }) => cites.map(one => one.instrument))
  )
  return row.cites.some(({ instrument }) => !cited.has(instrument))
}

function isOf({ rule }: Table): (row: Overlay) => boolean {
  return row => row.rule === rule
}

function wordsOf(finding: TableFinding, table: Table, own: boolean): string {
  const { kind, rows, example, assumed, where } = finding
  const [one, ...others] = rows.map(row => `<${row}>`)
  const unsure =
    assumed.length > 0 ? `, if ${assumed.map(name => `<${name}>`).join(' and ')} can be that` : ''
  const facts = example ? `, for example with ${JSON.stringify(example)}${unsure}` : ''
  const all = others.join(' and ')
  switch (kind) {
    case 'gap':
      return `no row of <${table.rule}> fits with ${where}${facts}; add a row, or say under <gaps> why it is left open`
    case 'overlap':
      return table.hitPolicy === 'unique'
        ? `rows ${all} and ${one} both fit with ${where}, and only one may${facts}`
        : `rows ${all} and ${one} are of equal rank and both fit with ${where}${facts}`
    case 'unreachable':
      return all
        ? `row ${one} is never reached: ${all} before it ${others.length > 1 ? 'take' : 'takes'} everything${facts}`
        : `row ${one} is never reached: ${where}`
    case 'superfluous':
      return own
        ? `row ${one} says what ${all} after it would say too, for a reason of its own, with ${where}${facts}`
        : `row ${one} changes nothing and can be left out: ${all} after it would give the same outcome with ${where}${facts}`
    case 'no-gap':
      return `this is left open, but row ${one} fits with ${where}${facts}`
    case 'not-analysed':
      return `<${table.rule}> is ${where}`
  }
}

function more(count: number, what: string): string {
  return count > 0 ? ` and ${count} more ${what}${count > 1 ? 's' : ''}` : ''
}
