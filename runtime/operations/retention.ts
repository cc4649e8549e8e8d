import type { Actor } from '../../engine/context.ts'
import { CommandRefused } from '../../engine/errors.ts'
import type { Instant, LocalDate, ProcessInstance } from '../../engine/state.ts'
import { addDays, localDate } from '../../engine/time.ts'
import type { Clock } from '../clock.ts'
import type { Files } from '../files.ts'
import type { Letters } from '../letters.ts'
import { type Rulebook, RuleFailed } from '../rulebook.ts'
import type { Removal, Store } from '../store.ts'
import type { Batches } from './batches.ts'

/** The parameter of an office that says how many days a case is kept after it has ended. */
export const RETENTION = 'case.retention'

/** What keeps something of a case. */
export interface Keepers {
  readonly store: Store
  readonly letters: Letters
  readonly files: Files
  readonly rulebook: Rulebook
  readonly batches: Batches
  readonly clock: Clock
}

/** Whether a case may be deleted, and by which rule; else why not. */
export type Expiry =
  | { readonly expired: true; readonly endedAt: Instant; readonly rule: string }
  | { readonly expired: false; readonly why: string }

/** Whether the time for which an office keeps a case is over. */
export async function expiryOf(
  { store, rulebook, clock }: Keepers,
  { id, status, office }: ProcessInstance
): Promise<Expiry> {
  if (status === 'running') return kept('it is running')
  const history = await store.history(id)
  const endedAt = history.at(-1)?.at ?? clock.now()
  const now = clock.now()
  const { timeZone } = rulebook.office(office, now)
  const today = localDate(now, timeZone)
  const days = await daysAt(rulebook, office, today, now)
  if (days === null) return kept(`<${office}> states no <${RETENTION}>: nothing is deleted`)
  const until = addDays(localDate(endedAt, timeZone), days)
  if (until >= today) return kept(`it is kept until ${until}`)
  return { expired: true, endedAt, rule: `${RETENTION} = ${days} days, on ${today}` }
}

/** Deletes a case: its letters and their files, then its state, history, rows and effects. */
export async function removeCase(
  keepers: Keepers,
  state: ProcessInstance,
  expiry: Extract<Expiry, { expired: true }>,
  { by, reason }: { readonly by: Actor; readonly reason: string }
): Promise<void> {
  const { store, letters, files, batches, clock } = keepers
  const history = await store.history(state.id)
  const { caseNumber } = state.variables
  const issued = await letters.ofInstance(state.id)
  const removal: Removal = {
    instance: state.id,
    number: typeof caseNumber === 'string' ? caseNumber : state.id,
    process: state.process,
    office: state.office,
    startedAt: history[0]?.at ?? expiry.endedAt,
    endedAt: expiry.endedAt,
    removedAt: clock.now(),
    by: by.id,
    reason,
    rule: expiry.rule,
    letters: issued.length
  }
  // the case itself goes last, so that what a crash leaves behind is found and deleted again
  for (const file of await letters.forget(state.id)) await files.remove(file)
  await batches.forget(state.id)
  await store.remove(removal)
}

/** @throws CommandRefused unless an operator of the office, or of a unit above it, acts */
export function mustDelete(
  { rulebook, clock }: Keepers,
  by: Actor,
  { office }: ProcessInstance
): void {
  if (by.kind === 'system') return
  const { line } = rulebook.office(office, clock.now())
  if (by.roles.includes('operator') && line.some(({ id }) => id === by.unit)) return
  throw new CommandRefused('not-allowed', `expected an operator of <${office}> to delete a case`)
}

async function daysAt(
  rulebook: Rulebook,
  office: string,
  date: LocalDate,
  at: Instant
): Promise<number | null> {
  try {
    const asked = { rule: RETENTION, office, facts: {}, date, release: null, at }
    const { outcome } = await rulebook.decide(asked)
    return typeof outcome === 'number' ? outcome : null
  } catch (error) {
    if (error instanceof RuleFailed) return null
    throw error
  }
}

function kept(why: string): Expiry {
  return { expired: false, why }
}
