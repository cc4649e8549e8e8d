import type { Problem } from '../../engine/errors.ts'
import type { OfficeId } from '../../engine/state.ts'
import type { Rulebook } from '../rulebook.ts'
import { runCases } from './case-runs.ts'
import type { ContentCheck } from './change-check.ts'
import { below, type Drafted } from './drafting.ts'
import type { Edit } from './edits.ts'
import { Findings, problemOf } from './findings.ts'
import type { OpenLaw } from './laws.ts'
import { coverageOf } from './rules-coverage.ts'
import { checkAnalysis } from './table-analysis.ts'

type Book = Pick<Rulebook, 'standing'>

/**
 * Decides the cases by the law that a draft makes, where that is another one. A case that failed before is
 * not the fault of the draft; one of a unit below does not bind those above and is a notice for them; a row or an override of it that no case reaches is a problem, unless it only
 * brings back what was there.
 */
export function casesCheck(rulebook: Book): ContentCheck {
  return async ({ set, drafted }) => {
    const standing = rulebook.standing()
    const { tree } = standing
    const ownCases = set.edits.some(({ kind }) => kind === 'case')
    const offices = ownCases
      ? below(tree, set.scope)
      : [...changedBy(standing.laws, drafted).keys()]
    const lawsIn = (laws: ReadonlyMap<OfficeId, OpenLaw>) =>
      new Map(offices.flatMap(office => (laws.has(office) ? [[office, laws.get(office)!]] : [])))
    const place = (one: object): string => placeOf(one, set.edits)
    const runs = await runCases({ tree, cases: drafted.cases }, lawsIn(drafted.laws), place)
    const before =
      runs.problems.length === 0
        ? []
        : (await runCases({ tree, cases: standing.cases }, lawsIn(standing.laws), place)).problems
    const { rows, overrides } = coverageOf(drafted.parts, runs.reached)
    const unreached = [...rows, ...overrides].filter(
      ({ stated, cases, unit }) =>
        unit === set.scope &&
        cases.length === 0 &&
        (stated as { readonly changeSet?: string }).changeSet === set.id
    )
    const uncovered = unreached.map(({ key, row }) => unreachedProblem(set.edits, key, row))
    const reverts = set.reverts !== null
    const fresh = withoutThose(runs.problems, before)
    const lower = new Set(below(tree, set.scope).filter(unit => unit !== set.scope))
    const isLower = (problem: Problem) => lower.has(runs.scopes.get(problem) ?? '')
    return {
      problems: [...fresh.filter(problem => !isLower(problem)), ...(reverts ? [] : uncovered)],
      notices: [...fresh.filter(isLower), ...(reverts ? uncovered : [])],
      cases: { decided: runs.decided, failed: runs.failed }
    }
  }
}

/** Analyses the tables where a draft changes the law; what was so before is not its fault. */
export function analysisCheck(rulebook: Book): ContentCheck {
  return async ({ drafted }) => {
    const { laws } = rulebook.standing()
    const changed = changedBy(laws, drafted)
    const found = await findingsOf(changed)
    if (found.length === 0) return { problems: [], notices: [] }
    const standing = new Map([...changed.keys()].map(office => [office, laws.get(office)!]))
    const before = (await findingsOf(standing)).map(problemOf)
    const said = (blocking: boolean) =>
      withoutThose(
        found.filter(({ kind }) => (kind === 'error') === blocking).map(problemOf),
        before
      ).map(problem => ({ ...problem, path: '/edits' }))
    return { problems: said(true), notices: said(false) }
  }
}

async function findingsOf(laws: ReadonlyMap<OfficeId, OpenLaw>): Promise<Findings['all']> {
  const findings = new Findings()
  await checkAnalysis(laws, findings, true)
  return findings.all
}

function changedBy(
  standing: ReadonlyMap<OfficeId, OpenLaw>,
  { laws }: Drafted
): ReadonlyMap<OfficeId, OpenLaw> {
  return new Map([...laws].filter(([office, law]) => standing.get(office)?.release !== law.release))
}

function withoutThose(
  problems: readonly Problem[],
  before: readonly Problem[]
): readonly Problem[] {
  const known = new Set(before.map(({ message }) => message))
  return problems.filter(({ message }) => !known.has(message))
}

/** A case of the change set by its edit; one of the files by its rule. */
function placeOf(one: object, edits: readonly Edit[]): string {
  const { name, rule } = one as { readonly name?: string; readonly rule?: string }
  const index = edits.findIndex(
    edit => edit.kind === 'case' && edit.case.name === name && edit.case.rule === rule
  )
  return index < 0 ? `/edits ${rule ?? ''}`.trim() : `/edits/${index}`
}

function unreachedProblem(edits: readonly Edit[], key: string, row: string | null): Problem {
  const index = edits.findIndex(edit =>
    row === null
      ? edit.kind === 'value' && edit.key === key
      : edit.kind === 'row' && edit.rule === key && edit.row === row
  )
  const what = row === null ? `<${key}>` : `row <${row}> of <${key}>`
  return {
    path: index < 0 ? '/edits' : `/edits/${index}`,
    message: `no case reaches ${what}`,
    text: {
      id: 'Belum ada contoh uji yang mencapai ketentuan ini; tambahkan contoh uji yang diusulkan',
      en: 'No test case reaches this; add the test cases that are proposed'
    }
  }
}
