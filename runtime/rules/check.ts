import type { Problem } from '../../engine/errors.ts'
import { checkSense } from './assemble.ts'
import type { CaseRuns } from './case-runs.ts'
import { runCases } from './case-runs.ts'
import { Findings, problemOf } from './findings.ts'
import { makeReleases, openAll } from './laws.ts'
import { loadRules } from './load.ts'
import type { RulesCoverage } from './rules-coverage.ts'
import { coverageOf, uncovered } from './rules-coverage.ts'
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
  /** What the cases reach of rows, and of what regions and offices state. */
  readonly coverage: RulesCoverage
  /** How many tables were analysed, each as it holds somewhere on some days. */
  readonly analysed: AnalysisSummary
  /** What must be known and changes nothing, as a date of law that is not known to the day. */
  readonly notices: readonly Problem[]
}

/**
 * Reads and checks a folder of rules, and decides every case at every office. A row
 * that no case reaches is a problem, and so is a value or a row of a region or an office.
 */
export async function checkRules(folder: string): Promise<RulesReport> {
  const findings = new Findings()
  const rules = loadRules(folder, findings)
  checkSense(rules.tree, rules.parts, findings, rules.invariants)
  const nation = [...rules.parts.values()].find(({ level }) => level === 'national')
  const runnable = findings.errors().length === 0 && nation !== undefined
  const laws = runnable ? openAll(makeReleases(rules.tree, rules.parts)) : new Map()
  const analysed = await checkAnalysis(laws, findings)
  const problems = findings.all.filter(({ kind }) => kind !== 'notice')
  const place = (part: object): string => findings.place(part)
  const run = runnable ? await runCases(rules, laws, place) : NONE
  const coverage = coverageOf(rules.parts, run.reached)
  const unreached = runnable ? uncovered(coverage, place) : []

  const offices = [...rules.tree.units.values()].filter(({ level }) => level === 'office')
  const tables = nation?.tables ?? []
  return {
    problems: [...problems, ...run.problems, ...unreached].map(problemOf),
    summary: {
      offices: offices.length,
      parameters: nation?.definitions.length ?? 0,
      tables: tables.length,
      rows: tables.reduce((sum, table) => sum + table.rows.length, 0),
      cases: rules.cases.length,
      decided: run.decided,
      coverage,
      analysed,
      notices: findings.all.filter(({ kind }) => kind === 'notice').map(problemOf)
    }
  }
}
const NONE: CaseRuns = {
  problems: [],
  scopes: new Map(),
  decided: 0,
  failed: 0,
  reached: new Map()
}
