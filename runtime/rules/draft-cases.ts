import { ancestorsOf } from '../../engine/offices/ancestors.ts'
import type { OfficeTree } from '../../engine/offices/resolve.ts'
import { same } from '../../engine/rules/bounds.ts'
import type { OfficeId } from '../../engine/state.ts'
import { addDays } from '../../engine/time.ts'
import { createCompiledDecider } from '../decide.ts'
import type { ChangeSet } from './change-set.ts'
import { below, type Drafted, type Standing } from './drafting.ts'
import type { CaseEdit } from './edits.ts'
import type { OpenLaw } from './laws.ts'
import type { RuleCase } from './load.ts'
import { expectedBy, proposeCases } from './proposing.ts'
import { Turns } from './turns.ts'

/** What the names of proposed cases begin with; asked again, they take the place of those before. */
const PROPOSED = 'proposed-'

/** The edits of a draft without the cases that were proposed for it. */
export function withoutProposed(edits: ChangeSet['edits']): ChangeSet['edits'] {
  return edits.filter(edit => edit.kind !== 'case' || !edit.case.name.startsWith(PROPOSED))
}

/**
 * Cases at the bounds of what a draft states: on, before and after its days, and beside the numbers in the
 * conditions of its rows, each with what the draft would decide; and cases of the unit itself and of those
 * above that the draft makes untrue, with what it decides now: the own ones are stated anew, the others are
 * replaced at this unit. `drafted` is the law by the edits without proposed cases. What a case covers already is
 * not proposed.
 */
export async function casesOfDraft(
  { tree, laws: standing }: Pick<Standing, 'tree' | 'laws'>,
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
  const replaced = new Set(cases.map(one => `${one.rule} ${one.replaces}`))
  const open = cases.filter(({ kind, rule, name }) => {
    const known = `${rule} ${name}`
    return kind !== 'mustHold' && !written.has(known) && !replaced.has(known)
  })
  const before = standing.get(office)
  found.push(...(await renewed(open, scope, before === undefined ? [law] : [before, law], office)))
  for (const [rule, rows] of statedBy(edits)) {
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

/** Those of the cases that held by the law that stands and no longer do, with what is decided now. */
async function renewed(
  cases: readonly RuleCase[],
  scope: OfficeId,
  laws: readonly OpenLaw[],
  office: OfficeId
): Promise<readonly CaseEdit[]> {
  const decider = createCompiledDecider()
  const turns = new Turns()
  const found: CaseEdit[] = []
  for (const one of cases) {
    await turns.give()
    const decided = await Promise.all(
      laws.map(law => expectedBy({ law, office, ...one }, law.tables.get(one.rule), decider))
    )
    const now = decided.at(-1)
    const held = decided.slice(0, -1).every(outcome => holds(one, outcome))
    if (now === undefined || !held || holds(one, now)) continue
    const { scope: by, row: _, outcome: __, fails: ___, says: ____, office: _____, ...rest } = one
    const own = by === scope
    const name = own ? one.name : `${PROPOSED}${one.name}`
    found.push({
      kind: 'case',
      case: { ...rest, name, ...(own ? {} : { replaces: one.name }), ...now }
    })
  }
  return found
}

function holds(
  { row, outcome, fails }: RuleCase,
  now: Awaited<ReturnType<typeof expectedBy>>
): boolean {
  return (
    fails === now.fails &&
    (row === undefined || same([row].flat(), [now.row ?? []].flat())) &&
    (outcome === undefined || now.outcome === undefined || same(outcome, now.outcome))
  )
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
