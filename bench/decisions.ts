import { replay } from '../engine/apply.ts'
import type { Actor } from '../engine/context.ts'
import type { Decision, Event } from '../engine/messages.ts'
import type { OfficeId } from '../engine/state.ts'
import { decisionsIn } from '../runtime/rows.ts'
import { type Rulebook, RuleFailed } from '../runtime/rulebook.ts'
import type { Commit, Store } from '../runtime/store.ts'

const SYSTEM: Actor = { id: 'system', name: 'Sistem', kind: 'system', unit: null, roles: [] }
const AT = '2026-01-05T02:00:00.000Z'
/** So many decisions a case has taken. */
const IN_A_CASE = 5

/** What the example cases of the tables decide at some offices. */
export async function exampleDecisions(
  rulebook: Rulebook,
  offices: readonly OfficeId[]
): Promise<readonly Decision[]> {
  const made: Decision[] = []
  for (const { rule, date, facts } of rulebook.standing().cases) {
    for (const office of offices) {
      try {
        const decision = await rulebook.decide({ rule, office, facts, date, release: null, at: AT })
        if (decision.reasons.length > 0) made.push(decision)
      } catch (error) {
        // an example of a failure
        if (!(error instanceof RuleFailed)) throw error
      }
    }
  }
  return made
}

/** Writes decisions into a store, over and over, as cases take them. */
export async function fillLog(
  store: Store,
  decisions: readonly Decision[],
  count: number
): Promise<void> {
  for (let done = 0; done < count; ) {
    const group: Promise<void>[] = []
    for (let n = 0; n < 200 && done < count; n++) {
      const few = Array.from(
        { length: Math.min(IN_A_CASE, count - done) },
        (_, index) => decisions[(done + index) % decisions.length] as Decision
      )
      group.push(store.commit(commitOf(`case-${done}`, few)))
      done += few.length
    }
    await Promise.all(group)
  }
}

function commitOf(id: string, decisions: readonly Decision[]): Commit {
  const office = decisions[0]?.office ?? ''
  const release = decisions[0]?.release ?? ''
  const events: readonly Event[] = [
    {
      type: 'instanceStarted',
      ...{ instance: id, process: 'bench', processVersion: 1, office, release, variables: {} }
    },
    ...decisions.map(
      (decision): Event => ({ type: 'ruleDecided', token: 't1', element: 'Decide', decision })
    )
  ]
  const row = { instance: id, process: 'bench', processName: 'Bench', office, number: id }
  return {
    ...{ before: 0, state: replay(events), events, effects: [], at: AT, by: SYSTEM },
    ...{ command: 'start', settles: [], receives: null, decisions: decisionsIn(events) },
    rows: {
      instance: {
        ...{ ...row, status: 'completed', subject: '', search: '', startedAt: AT, changedAt: AT },
        version: events.length
      },
      ...{ tasks: [], incidents: [], waits: [] }
    }
  }
}
