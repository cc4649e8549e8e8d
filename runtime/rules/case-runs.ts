import type { Problem } from '../../engine/errors.ts'
import type { Decision } from '../../engine/messages.ts'
import { ancestorsOf } from '../../engine/offices/ancestors.ts'
import type { OfficeTree } from '../../engine/offices/resolve.ts'
import { same } from '../../engine/rules/bounds.ts'
import type { Interval } from '../../engine/rules/dates.ts'
import type { OfficeId, Value } from '../../engine/state.ts'
import { createCompiledDecider } from '../decide.ts'
import { RuleFailed } from '../rulebook.ts'
import { decideBy } from './deciding.ts'
import type { OpenLaw } from './laws.ts'
import type { RuleCase, RulesFolder } from './load.ts'
import { Turns } from './turns.ts'

/** Where a case does not hold, and why. */
interface Failure {
  readonly office: OfficeId
  readonly message: string
}

/** Where a part of the rules stands, in words. */
type Place = (part: object) => string

/** What came of running cases. */
export interface CaseRuns {
  /** Cases that do not hold, and those that cannot be run, each with its place. */
  readonly problems: readonly Problem[]
  /** The unit whose case a problem is about, where it is one that does not hold. */
  readonly scopes: ReadonlyMap<Problem, OfficeId>
  /** How often a case was decided: once at every office where it holds. */
  readonly decided: number
  /** How many cases do not hold somewhere. */
  readonly failed: number
  /** By `rowKey` and `valueKey`: the cases that reach a row, or a value that decides. */
  readonly reached: ReadonlyMap<string, ReadonlySet<RuleCase>>
}

/**
 * Decides cases by the law of each of the given offices: those of the units above it and its own. A unit
 * whose law is not given, as one that is no office, is left out. What is not the same law as in the files
 * (a draft) is given as laws that were made of it.
 */
export async function runCases(
  { tree, cases }: Pick<RulesFolder, 'tree' | 'cases'>,
  laws: ReadonlyMap<OfficeId, OpenLaw>,
  place: Place
): Promise<CaseRuns> {
  const decider = createCompiledDecider()
  const reached = new Map<string, Set<RuleCase>>()
  const failures = new Map<RuleCase, Failure[]>()
  const units = new Set<OfficeId>()
  const turns = new Turns()
  let decided = 0

  for (const [office, law] of laws) {
    for (const { unit } of ancestorsOf(tree, office)) units.add(unit.id)
    if (tree.units.get(office)?.level !== 'office') continue
    for (const one of casesAt(tree, cases, office)) {
      const message = await runCase(one, office, law, decider, reached)
      decided++
      if (message) failures.set(one, [...(failures.get(one) ?? []), { office, message }])
      await turns.give()
    }
  }
  const [law] = laws.values()
  const scopes = new Map<Problem, OfficeId>()
  for (const [one, list] of failures)
    for (const problem of failureProblems(one, list, place)) scopes.set(problem, one.scope)
  const problems = [...(law ? caseProblems(cases, units, tree, law, place) : []), ...scopes.keys()]
  return { problems, scopes, decided, failed: failures.size, reached }
}

/** The key of a row among what cases reach. */
export function rowKey(rule: string, row: string): string {
  return `row ${rule} ${row}`
}
/** The key of a value of a unit among what cases reach. */
export function valueKey(key: string, unit: OfficeId, { from, to }: Interval): string {
  return `value ${key} ${unit} ${from} ${to}`
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
  decider: ReturnType<typeof createCompiledDecider>,
  reached: Map<string, Set<RuleCase>>
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
  for (const key of reachedBy(law, decision)) {
    const before = reached.get(key)
    if (before) before.add(one)
    else reached.set(key, new Set([one]))
  }
  if (one.fails) return `expected ${one.fails}, found ${found(decision)}`
  const rows = typeof one.row === 'string' ? [one.row] : one.row
  if (rows && !same(rows, decision.rows))
    return `expected row ${rows.join(', ') || 'none'}, found ${found(decision)}`
  if (one.outcome !== undefined && !same(one.outcome, decision.outcome)) {
    return `expected outcome ${JSON.stringify(one.outcome)}, found ${found(decision)}`
  }
  return null
}

/** The rows that fit, and of each parameter that was read the value that holds. */
function reachedBy(law: OpenLaw, { rule, rows, trail }: Decision): readonly string[] {
  const names = rows.flatMap(row => [row, ...baseOf(law, rule, row)])
  const values = new Map<string, string>()
  for (const { status, scope, from, to, why } of trail) {
    const key = law.definitions.has(rule) ? rule : why.slice(0, Math.max(0, why.indexOf(': ')))
    if (status === 'applied' && law.definitions.has(key))
      values.set(key, valueKey(key, scope, { from, to }))
  }
  return [...names.map(row => rowKey(rule, row)), ...values.values()]
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
  units: ReadonlySet<OfficeId>,
  tree: OfficeTree,
  law: OpenLaw,
  place: Place
): readonly Problem[] {
  const names = new Set<string>()
  return cases.flatMap(one => {
    if (!units.has(one.scope)) return []
    const problem = (message: string): Problem => ({
      path: place(one),
      message: `case <${one.name}>: ${message}`
    })
    const name = `${one.rule} ${one.scope} ${one.name}`
    const twice = names.has(name)
    names.add(name)
    if (twice) return [problem('stands twice')]
    if (one.office !== undefined && tree.units.get(one.office)?.level !== 'office')
      return [problem(`expected an office, found <${one.office}>`)]
    if (!law.tables.has(one.rule) && !law.definitions.has(one.rule))
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
  place: Place
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
      path: place(one),
      message: `case <${one.name}> at ${shown}${more}: ${message}`
    }
  })
}
