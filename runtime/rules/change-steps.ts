import { CommandRefused } from '../../engine/errors.ts'
import type { Instant, LocalDate } from '../../engine/state.ts'
import type { ChangeSet, ChangeSetState } from './change-set.ts'
import { ChangeConflict } from './change-sets.ts'
import type { ChangeContent, Edit } from './edits.ts'
import type { Enacted } from './enacting.ts'
import { hashOf } from './laws.ts'

/** No change set has this id. */
export class UnknownChangeSet extends Error {
  constructor(id: string) {
    super(`no change set <${id}> is known`)
    this.name = 'UnknownChangeSet'
  }
}

/** SHA-256 of what is approved. */
export function contentHashOf(content: ChangeContent): string {
  return hashOf(plain(content))
}

/** Content without anything else. */
export function plain({ scope, title, reason, edits, reverts }: ChangeContent): ChangeContent {
  return { scope, title, reason, edits, reverts }
}

/** What a set notes of its publications; the moment is that of the first. */
export function publishedBy(
  set: ChangeSet,
  { publication, heads }: Enacted
): ChangeSet['published'] {
  return {
    at: set.published?.at ?? publication.at,
    releases: { ...set.published?.releases, ...heads }
  }
}

/** A change set that another has taken back. */
export function revertedBy(old: ChangeSet, by: ChangeSet, at: Instant): ChangeSet {
  return {
    ...old,
    state: 'reverted',
    version: old.version + 1,
    ended: { at, by: by.id, because: by.reason.en }
  }
}

/** An emergency states nothing for days after its end. */
export function emergencyProblems(edits: readonly Edit[], today: LocalDate, until: LocalDate) {
  return edits.flatMap((edit, index) => {
    const days =
      'from' in edit
        ? [edit.from]
        : edit.kind === 'calendar'
          ? [...Object.keys(edit.closed), ...edit.opened]
          : []
    return days
      .filter(day => day > until)
      .map(day => ({
        path: `/edits/${index}`,
        message: `expected a day from ${today} to ${until}, the days of an emergency, found ${day}`
      }))
  })
}

/** @throws CommandRefused `impossible` when it is in none of the states */
export function mustBe(set: ChangeSet, what: string, ...states: readonly ChangeSetState[]): void {
  if (states.includes(set.state)) return
  throw new CommandRefused(
    'impossible',
    `expected a change set that is ${states.join(' or ')} to be ${what}, found <${set.id}>, which is ${set.state}`
  )
}

/** @throws ChangeConflict when it has moved on */
export function mustBeVersion({ id, version }: ChangeSet, read: number): void {
  if (version === read) return
  throw new ChangeConflict(
    `change set <${id}> is at version ${version}, and version ${read} was read`
  )
}

/** The report that was made of the content as it is. @throws CommandRefused `impossible` when there is none */
export function mustBeMeasured({ id, impact }: ChangeSet): NonNullable<ChangeSet['impact']> {
  if (impact !== null) return impact
  throw new CommandRefused(
    'impossible',
    `expected an impact report of change set <${id}>, found none: measure its impact first`
  )
}

/** @throws ChangeConflict when what was read is no longer so */
export function mustBeRead(what: string, read: string, is: string): void {
  if (read === is) return
  throw new ChangeConflict(
    `the ${what} has changed since it was read: read it again before approving`
  )
}
