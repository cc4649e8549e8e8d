import type { Decision } from '../../engine/messages.ts'
import { holdsOn } from '../../engine/rules/dates.ts'
import type { ChangeSet } from './change-set.ts'
import type { OpenLaw } from './laws.ts'

/** Whether a release holds anything that a change set stated or took back. */
export function holdsChange({ parts }: Pick<OpenLaw, 'parts'>, { id, scope }: ChangeSet): boolean {
  const part = parts.find(({ unit }) => unit === scope)
  if (!part) return false
  const withdrawn = [...(part.withdrawn?.values ?? []), ...(part.withdrawn?.rows ?? [])]
  const live = [...part.values, ...part.rows, ...part.tables.flatMap(({ rows }) => rows)]
  return live.some(one => one.changeSet === id) || withdrawn.some(one => one.withdrawnBy === id)
}

/**
 * Whether a decision used what a change set stated, or was made without what it took back. `law` is the release
 * of the decision.
 */
export function wasAffected(
  set: ChangeSet,
  { rule, date, rows, trail }: Decision,
  law: Pick<OpenLaw, 'parts'>
): boolean {
  if (!holdsChange(law, set)) return false
  if (trail.some(({ status, changeSet }) => status === 'applied' && changeSet === set.id)) {
    const fitting = new Set(rows)
    const others = set.edits.filter(edit => edit.kind !== 'row' || edit.rule !== rule)
    // of a table that is laid over, only a row that decided counts
    if (others.length > 0 || set.edits.some(edit => edit.kind === 'row' && fitting.has(edit.row)))
      return true
  }
  return set.edits.some(edit => {
    if (edit.kind === 'row') {
      return edit.rule === rule && rows.includes(edit.row) && holdsOn(edit, date) !== 'no'
    }
    return edit.kind === 'remove' && edit.key === rule && holdsOn(edit, date) !== 'no'
  })
}
