import { holdsOn, mayMeet } from '../../engine/rules/dates.ts'
import type { Stated } from '../../engine/rules/definitions.ts'
import type { LawPart } from '../../engine/rules/release.ts'
import type { LocalDate } from '../../engine/state.ts'
import type { ChangeSet, ChangeSetState } from './change-set.ts'
import { firstDay } from './edit-days.ts'

/**
 * The state of a change set on a day. What is published is scheduled until its first day, active while
 * something that it stated holds, and superseded once other change sets have taken the place of all of it;
 * none of this needs a job at midnight, for the days stand in the law.
 */
export function stateOn(
  set: ChangeSet,
  today: LocalDate,
  part: LawPart | undefined
): { readonly state: ChangeSetState; readonly by: string | null } {
  if (set.state !== 'active') return { state: set.state, by: null }
  if (set.emergency && !set.approval && today > set.emergency.until) {
    return { state: 'lapsed', by: null }
  }
  const first = firstDay(set.edits)
  if (first !== null && first > today) return { state: 'scheduled', by: null }
  if (!part) return { state: 'active', by: null }
  const own = ({ changeSet }: Stated) => changeSet === set.id
  const still = statesFrom(set, today, part)
  const withdrawn = [...(part.withdrawn?.values ?? []), ...(part.withdrawn?.rows ?? [])]
  const replaced = withdrawn.filter(
    stated => own(stated) && stated.withdrawnBy !== set.id && holdsOn(stated, today) !== 'no'
  )
  const by = replaced.at(-1)?.withdrawnBy ?? null
  return still || by === null ? { state: 'active', by: null } : { state: 'superseded', by }
}

/** Whether a unit still states, on some day from a date on, what a change set stated. */
export function statesFrom({ id }: ChangeSet, from: LocalDate, part: LawPart): boolean {
  const live = [...part.values, ...part.rows, ...part.tables.flatMap(({ rows }) => rows)]
  return live.some(stated => stated.changeSet === id && mayMeet(stated, { from, to: null }))
}

/** Whether an emergency still waits for its second person: it neither ended nor was taken back. */
export function isUnconfirmed({ emergency, approval, state }: ChangeSet): boolean {
  return emergency !== null && approval === null && (state === 'active' || state === 'scheduled')
}
