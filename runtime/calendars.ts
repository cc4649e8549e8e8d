import type { InstanceId, OfficeId } from '../engine/state.ts'
import { type Door, type Parts, SYSTEM } from './door.ts'
import { UnknownOffice } from './rulebook.ts'
import { StoreUnavailable } from './store.ts'

/** How many cases are reckoned anew side by side: their commits share a write to disk. */
const AT_ONCE = 100

/**
 * Lets the open cases of each office whose calendar has changed reckon their due dates and timers anew. A case
 * that rests on the newest calendar is not touched, so that a second time changes nothing.
 */
export async function takeNewCalendars(parts: Parts, door: Door): Promise<void> {
  const { store } = parts
  for (const use of await store.calendarsInUse()) {
    const newest = versionAt(parts, use.office)
    if (newest === null || newest === use.calendar) continue
    for (let after = ''; ; ) {
      const found = await store.restingOn(use, after, AT_ONCE)
      await Promise.all(found.map(instance => take(parts, door, instance)))
      if (found.length < AT_ONCE) break
      after = found.at(-1) as InstanceId
    }
  }
}

/** One case that cannot must not keep the sweep from all others. */
async function take({ log }: Parts, door: Door, instance: InstanceId): Promise<void> {
  try {
    await door.execute({ instance, command: { type: 'takeCalendar' }, by: SYSTEM })
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error
    log.error('reckoning due dates anew failed', error, { instance })
  }
}

/** The calendar that an office goes by now; null when the tree does not have the office any more. */
function versionAt({ rulebook, clock }: Parts, office: OfficeId): string | null {
  try {
    return rulebook.office(office, clock.now()).calendar.version
  } catch (error) {
    if (error instanceof UnknownOffice) return null
    throw error
  }
}
