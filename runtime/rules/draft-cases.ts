import { ancestorsOf } from '../../engine/offices/ancestors.ts'
import type { OfficeTree } from '../../engine/offices/resolve.ts'
import { same } from '../../engine/rules/bounds.ts'
import type { OfficeId } from '../../engine/state.ts'
import { addDays } from '../../engine/time.ts'
import { createCompiledDecider } from '../decide.ts'
import type { ChangeSet } from './change-set.ts'
import { below, type Drafted } from './drafting.ts'
import type { CaseEdit } from './edits.ts'
import type { OpenLaw } from './laws.ts'
import type { RuleCase } from './load.ts'
import { expectedBy, proposeCases } from './proposing.ts'

/** What the names of proposed cases begin with; asked again, they take the place of those before. */
const PROPOSED = 'proposed-'

/** The edits of a draft without the cases that were proposed for it. */
export function withoutProposed(edits: ChangeSet['edits']): ChangeSet['edits'] {
  return edits.filter(edit => edit.kind !== 'case' || !edit.case.name.startsWith(PROPOSED))
}

/**
 * Cases at the bounds of what a draft states: on, before and after its days, and beside the numbers in the
 * conditions of its rows, each with what the draft would decide; and cases of the unit itself that expect what
 * it decided before, with what it decides now. `drafted` is the law by the edits without proposed cases. What a
 * case covers already is not proposed.
 */
export async function casesOfDraft(
  tree: OfficeTree,
  { scope, edits }: Pick<ChangeSet, 'scope' | 'edits'>,
  drafted: Drafted
): Promise<readonly CaseEdit[]> {
  const office = officeFor(tree, scope, drafted)
  const law = office === null ? undefined : drafted.laws.get(office)
  if (office === null || law === undefined) return []
  const line = new Set(ancestorsOf(tree, office).map(({ unit }) => unit.id))
  const cases = drafted.cases.filter(
    one => line.has(one.scope) && (one.office ?? office) === office
  )
  const found: CaseEdit[] = []
  const written = new Set(
    edits.flatMap(edit => (edit.kind === 'case' ? [`${edit.case.rule} ${edit.case.name}`] : []))
  )
  const own = cases.filter(
    one => one.scope === scope && one.kind !== 'mustHold' && !written.has(`${one.rule} ${one.name}`)
  )
  for (const [rule, rows] of statedBy(edits)) {
    found.push(
      ...(await renewed(
        own.filter(one => one.rule === rule),
        law,
        office
      ))
    )
    if (rows === null) continue
    const proposed = await proposeCases({
      law,
      office,
      rule,
      cases,
      ...(rows.length > 0 ? { rows } : {})
    })
    const days = daysOf(edits, rule)
    const wanted = rows.length > 0 ? proposed : proposed.filter(({ date }) => days.has(date))
    for (const { because: _, name, ...one } of wanted) {
      found.push({ kind: 'case', case: { ...one, kind: 'default', name: `${PROPOSED}${name}` } })
    }
  }
  return found
}

/** Rows by table; of a parameter none; null where something is only taken back. */
function statedBy(edits: ChangeSet['edits']): ReadonlyMap<string, readonly string[] | null> {
  const stated = new Map<string, readonly string[] | null>()
  for (const edit of edits) {
    if (edit.kind === 'value') stated.set(edit.key, [])
    if (edit.kind === 'row') stated.set(edit.rule, [...(stated.get(edit.rule) ?? []), edit.row])
    if (edit.kind === 'remove') stated.set(edit.key, stated.get(edit.key) ?? null)
  }
  return stated
}

/** Those of the cases that no longer hold, with what is decided now. */
async function renewed(
  cases: readonly RuleCase[],
  law: OpenLaw,
  office: OfficeId
): Promise<readonly CaseEdit[]> {
  const decider = createCompiledDecider()
  const found: CaseEdit[] = []
  for (const { scope: _, row, outcome, fails, says: __, ...one } of cases) {
    const now = await expectedBy({ law, office, ...one }, law.tables.get(one.rule), decider)
    const holds =
      fails === now.fails &&
      (row === undefined || same([row].flat(), [now.row ?? []].flat())) &&
      (outcome === undefined || now.outcome === undefined || same(outcome, now.outcome))
    if (!holds) found.push({ kind: 'case', case: { ...one, ...now } })
  }
  return found
}

/** The day before, on and after every first and last day of the values of a key in the draft. */
function daysOf(edits: ChangeSet['edits'], key: string): ReadonlySet<string> {
  const ends = edits.flatMap(edit =>
    edit.kind === 'value' && edit.key === key ? [edit.from, edit.to] : []
  )
  return new Set(
    ends.flatMap(day => (day === null ? [] : [-1, 0, 1].map(days => addDays(day, days))))
  )
}

/** The office itself, else the first one below at which a case can be decided. */
function officeFor(tree: OfficeTree, scope: OfficeId, { laws }: Drafted): OfficeId | null {
  const offices = below(tree, scope).filter(
    id => laws.has(id) && tree.units.get(id)?.level === 'office'
  )
  return offices[0] ?? null
}
