import type { Instant, LocalDate } from '../state.ts'
import { addDays } from '../time.ts'
import { clip, mayMeet } from './dates.ts'
import type { Stated } from './definitions.ts'

/** Days in a row, the first and the last included; null: from ever, for ever. */
export interface Days {
  readonly from: LocalDate | null
  readonly to: LocalDate | null
}

/** What a unit states of one thing, and what it has withdrawn. */
export interface Stream<Statement extends Stated> {
  readonly live: readonly Statement[]
  readonly withdrawn: readonly Statement[]
}

/** By which change set, and when; the moment is later than that of every change before. */
export interface Authorship {
  readonly at: Instant
  readonly changeSet: string
}

/**
 * Puts a statement in place of what the same unit stated of the same thing for its days; null takes that back
 * without a successor. What gives way is withdrawn, and stated anew for the days before and after. Where the
 * first or last day of it is not fully known, what is left is as uncertain as before on every day.
 *
 * `statements` are all of one unit and one key, or of one row of one rule.
 */
export function splice<Statement extends Stated>(
  statements: readonly Statement[],
  days: Days,
  instead: Statement | null,
  { at, changeSet }: Authorship
): Stream<Statement> {
  const during = { from: days.from, to: days.to }
  const gone = statements.filter(stated => mayMeet(stated, during))
  const left = gone.flatMap(stated =>
    rest(stated, days).map(piece => ({ ...piece, recordedAt: at }))
  )
  return {
    live: [
      ...statements.filter(stated => !gone.includes(stated)),
      ...left,
      ...(instead ? [instead] : [])
    ],
    withdrawn: gone.map(stated => ({ ...stated, withdrawnAt: at, withdrawnBy: changeSet }))
  }
}

/** What is left of a statement before and after some days. */
export function rest<Statement extends Stated>(
  stated: Statement,
  { from, to }: Days
): readonly Statement[] {
  const before = from === null ? null : clip(stated, null, addDays(from, -1))
  const next = to === null ? null : dayBehind(to)
  const after = next === null ? null : clip(stated, next, null)
  return [before, after].filter(piece => piece !== null)
}

/** The next day; null: there is none that a date of law could name. */
export function dayBehind(day: LocalDate): LocalDate | null {
  return day >= '9999-12-31' ? null : addDays(day, 1)
}
