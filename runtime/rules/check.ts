import type { Problem } from '../../engine/errors.ts'
import type { Decision } from '../../engine/messages.ts'
import { ancestorsOf } from '../../engine/offices/ancestors.ts'
import type { OfficeTree } from '../../engine/offices/resolve.ts'
import { same } from '../../engine/rules/bounds.ts'
import type { OfficeId, Value } from '../../engine/state.ts'
import { createDecider } from '../decide.ts'
import { RuleFailed } from '../rulebook.ts'
import { checkSense } from './assemble.ts'
import { decideBy } from './deciding.ts'
import { Findings, problemOf } from './findings.ts'
import type { OpenLaw } from './laws.ts'
import { makeReleases, openAll } from './laws.ts'
import type { RuleCase, RulesFolder } from './load.ts'
import { loadRules } from './load.ts'
import type { AnalysisSummary } from './table-analysis.ts'
import { checkAnalysis } from './table-analysis.ts'

export interface RulesReport {
  readonly problems: readonly Problem[]
  readonly summary: RulesSummary
}
export interface RulesSummary {
  readonly offices: number
  readonly parameters: number
  readonly tables: number
  readonly rows: number
  readonly cases: number
  /** How often a case was decided: every case of the nation at every office. */
  readonly decided: number
  /** How many tables were analysed, each as it holds somewhere on some days. */
  readonly analysed: AnalysisSummary
  /** What must be known and changes nothing, as a date of law that is not known to the day. */
  readonly notices: readonly Problem[]
}

/**
 * Reads and checks a folder of rules, and decides every case beside a table at every office. A row
 * that no case reaches is a problem.
 */
export async function checkRules(folder: string): Promise<RulesReport> {
  const findings = new Findings()
  const rules = loadRules(folder, findings)
  checkSense(rules.tree, rules.parts, findings)
  const nation = [...rules.parts.values()].find(({ level }) => level === 'national')
  const runnable = findings.errors().length === 0 && nation !== undefined
  const laws = runnable ? openAll(makeReleases(rules.tree, rules.parts)) : new Map()
  const analysed = checkAnalysis(laws, findings)
  const problems = findings.all.filter(({ kind }) => kind !== 'notice')
  const run = runnable ? await runCases(rules, laws, findings) : { problems: [], decided: 0 }

  const offices = [...rules.tree.units.values()].filter(({ level }) => level === 'office')
  const tables = nation?.tables ?? []
  return {
    problems: [...problems, ...run.problems].map(problemOf),
    summary: {
      offices: offices.length,
      parameters: nation?.definitions.length ?? 0,
      tables: tables.length,
      rows: tables.reduce((sum, table) => sum + table.rows.length, 0),
      cases: rules.cases.length,
      decided: run.decided,
      analysed,
      notices: findings.all.filter(({ kind }) => kind === 'notice').map(problemOf)
    }
  }
}

/** Where a case does not hold, and why. */
interface Failure {
  readonly office: OfficeId
  readonly message: string
}

async function runCases(
  { tree, parts, cases }: RulesFolder,
  laws: ReadonlyMap<OfficeId, OpenLaw>,
  findings: Findings
): Promise<{ readonly problems: readonly Problem[]; readonly decided: number }> {
  const decider = createDecider()
  const reached = new Set<string>()
  const failures = new Map<RuleCase, Failure[]>()
  let decided = 0

  for (const [office, law] of laws) {
    if (tree.units.get(office)!.level !== 'office') continue
    for (const one of casesAt(tree, cases, office)) {
      const message = await runCase(one, office, law, decider, reached)
      decided++
      if (message) failures.set(one, [...(failures.get(one) ?? []), { office, message }])
    }
  }
  const problems = [
    ...caseProblems(cases, laws, findings),
    ...[...failures].flatMap(([one, list]) => failureProblems(one, list, findings)),
    ...unreached(parts, reached, findings)
  ]
  return { problems, decided }
}

/** The cases of the nation, less those that the line of the office replaces, and those of the line. */
function casesAt(
  tree: OfficeTree,
  cases: readonly RuleCase[],
  office: OfficeId
): readonly RuleCase[] {
  const line = new Set(ancestorsOf(tree, office).map(({ unit }) => unit.id))
  const own = cases.filter(one => line.has(one.scope) && (one.office ?? office) === office)
  const replaced = new Set(
    own.filter(one => one.replaces).map(one => `${one.rule} ${one.replaces}`)
  )
  return own.filter(one => one.kind === 'mustHold' || !replaced.has(`${one.rule} ${one.name}`))
}

async function runCase(
  one: RuleCase,
  office: OfficeId,
  law: OpenLaw,
  decider: ReturnType<typeof createDecider>,
  reached: Set<string>
): Promise<string | null> {
  const { rule, facts, date } = one
  let decision: Decision
  try {
    decision = await decideBy(() => law, decider, { rule, office, facts, date, today: date })
  } catch (error) {
    if (!(error instanceof RuleFailed)) throw error
    const expected = one.fails === error.code && error.message.includes(one.says ?? '')
    return expected ? null : error.message
  }
  for (const row of decision.rows) reached.add(`${rule} ${row}`)
  for (const row of decision.rows)
    for (const name of baseOf(law, rule, row)) reached.add(`${rule} ${name}`)
  if (one.fails) return `expected ${one.fails}, found ${found(decision)}`
  const rows = typeof one.row === 'string' ? [one.row] : one.row
  if (rows && !same(rows, decision.rows))
    return `expected row ${rows.join(', ') || 'none'}, found ${found(decision)}`
  if (one.outcome !== undefined && !same(one.outcome, decision.outcome)) {
    return `expected outcome ${JSON.stringify(one.outcome)}, found ${found(decision)}`
  }
  return null
}

/** A row that replaces another is reached together with the conditions of that one. */
function baseOf(law: OpenLaw, rule: string, row: string): readonly string[] {
  return law.parts.flatMap(({ rows }) =>
    rows.flatMap(one => (one.rule === rule && one.id === row && one.replaces ? [one.replaces] : []))
  )
}

function found({ rows, outcome }: Decision): string {
  const text = JSON.stringify(outcome satisfies Value)
  return `${rows.length > 0 ? `row ${rows.join(', ')}: ` : ''}${text.length > 200 ? `${text.slice(0, 197)}...` : text}`
}

/** Cases that cannot be run at all: an unknown rule or office, or a name that stands twice. */
function caseProblems(
  cases: readonly RuleCase[],
  laws: ReadonlyMap<OfficeId, OpenLaw>,
  findings: Findings
): readonly Problem[] {
  const [law] = laws.values()
  const names = new Set<string>()
  return cases.flatMap(one => {
    const problem = (message: string): Problem => ({
      path: findings.place(one),
      message: `case <${one.name}>: ${message}`
    })
    const name = `${one.rule} ${one.scope} ${one.name}`
    const twice = names.has(name)
    names.add(name)
    if (twice) return [problem('stands twice')]
    if (one.office !== undefined && !laws.has(one.office))
      return [problem(`expected an office, found <${one.office}>`)]
    if (!law?.tables.has(one.rule) && !law?.definitions.has(one.rule))
      return [problem(`expected a rule, found <${one.rule}>`)]
    const national = cases.find(
      other => other.rule === one.rule && other.name === one.replaces && other.scope !== one.scope
    )
    if (one.replaces !== undefined && !national)
      return [problem(`expected a case of the nation, found <${one.replaces}>`)]
    if (national?.kind === 'mustHold')
      return [problem(`<${one.replaces}> must hold everywhere and cannot be replaced`)]
    return []
  })
}

/** One problem for all the offices at which a case fails in the same way. */
function failureProblems(
  one: RuleCase,
  failures: readonly Failure[],
  findings: Findings
): readonly Problem[] {
  const byMessage = new Map<string, OfficeId[]>()
  for (const { office, message } of failures) {
    const text = message.replaceAll(`<${office}>`, '<office>')
    byMessage.set(text, [...(byMessage.get(text) ?? []), office])
  }
  return [...byMessage].map(([message, offices]) => {
    const shown = offices.slice(0, 3).join(', ')
    const more = offices.length > 3 ? ` and ${offices.length - 3} more` : ''
    return {
      path: findings.place(one),
      message: `case <${one.name}> at ${shown}${more}: ${message}`
    }
  })
}

function unreached(
  parts: RulesFolder['parts'],
  reached: ReadonlySet<string>,
  findings: Findings
): readonly Problem[] {
  return [...parts.values()].flatMap(part => {
    const rows = [
      ...part.tables.flatMap(({ rule, rows }) => rows.map(row => ({ rule, row }))),
      ...part.rows.map(row => ({ rule: row.rule, row }))
    ]
    return rows
      .filter(({ rule, row }) => !reached.has(`${rule} ${row.id}`))
      .map(({ rule, row }) => ({
        path: findings.place(row),
        message: `no case of <${rule}> reaches row <${row.id}>`
      }))
  })
}
