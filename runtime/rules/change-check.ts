import type { Problem } from '../../engine/errors.ts'
import type { Instant } from '../../engine/state.ts'
import type { Rulebook } from '../rulebook.ts'
import type { ChangeSet, CheckResult } from './change-set.ts'
import type { Drafted } from './drafting.ts'

/** Something that is checked of a draft beside the sense of its edits, as cases, tables or staffing. */
export type ContentCheck = (asked: {
  readonly set: ChangeSet
  readonly drafted: Drafted
  readonly at: Instant
}) => Promise<{
  readonly problems: readonly Problem[]
  readonly notices: readonly Problem[]
  readonly cases?: CheckResult['cases']
}>
export type ContentChecks = readonly ContentCheck[]

/** Checks all that a change set states, and says everything that is wrong at once. */
export async function checkContent(
  rulebook: Pick<Rulebook, 'draft' | 'publications'>,
  checks: ContentChecks,
  set: ChangeSet,
  at: Instant
): Promise<CheckResult> {
  const { scope, edits, makers, contentHash } = set
  const base = rulebook.publications().length
  const drafted = rulebook.draft(scope, edits, { by: makers[0]!, at, changeSet: set.id })
  const own = [...wordProblems(set), ...revertProblems(set, rulebook), ...drafted.problems]
  // what does not hold by itself cannot be tried
  const found =
    own.length > 0 ? [] : await Promise.all(checks.map(check => check({ set, drafted, at })))
  const cases = found.flatMap(one => (one.cases ? [one.cases] : []))
  return {
    at,
    contentHash,
    base,
    problems: [...own, ...found.flatMap(({ problems }) => problems)],
    notices: [...drafted.notices, ...found.flatMap(({ notices }) => notices)],
    cases: {
      decided: cases.reduce((sum, one) => sum + one.decided, 0),
      failed: cases.reduce((sum, one) => sum + one.failed, 0)
    }
  }
}

function wordProblems({ title, reason, edits }: ChangeSet): readonly Problem[] {
  const missing = (path: string, id: string, en: string): Problem => ({
    path,
    message: en,
    text: { id, en }
  })
  return [
    ...(title.id.trim() && title.en.trim()
      ? []
      : [missing('/title', 'Judul belum diisi', 'expected a title in both languages')]),
    ...(reason.id.trim() && reason.en.trim()
      ? []
      : [missing('/reason', 'Alasan belum diisi', 'expected a reason in both languages')]),
    ...(edits.length > 0
      ? []
      : [missing('/edits', 'Belum ada perubahan', 'expected at least one edit')])
  ]
}

/** Only what the same unit has published can be taken back by it. */
function revertProblems(
  { scope, reverts }: ChangeSet,
  rulebook: Pick<Rulebook, 'publications'>
): readonly Problem[] {
  if (reverts === null) return []
  const { changeSet: id } = reverts
  const own = rulebook.publications().some(one => one.changeSet === id && one.scope === scope)
  if (own) return []
  const text = {
    id: `Yang dibatalkan harus perubahan yang sudah diterbitkan <${scope}>, ditemukan <${id}>`,
    en: `expected a change that <${scope}> has published to be taken back, found <${id}>`
  }
  return [{ path: '/reverts/changeSet', message: text.en, text }]
}
