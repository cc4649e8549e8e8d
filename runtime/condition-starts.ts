import type { Office } from '../engine/context.ts'
import { Stuck } from '../engine/errors.ts'
import { compileExpression } from '../engine/expression.ts'
import { beginningsOf } from '../engine/instantiating.ts'
import type { Instant } from '../engine/state.ts'
import { localDate } from '../engine/time.ts'
import { type Door, type Parts, SYSTEM } from './door.ts'
import { idFrom, isTaken } from './publishing.ts'
import { officesOf } from './timer-starts.ts'

/**
 * Starts the processes that begin with a condition, in every office that offers them, once each time it
 * turns from false to true there. It is asked at every sweep; that it was true is stored, and the start is
 * named by how often it has been, so that neither a restart nor a crash in between doubles or loses one.
 */
export async function startMet(parts: Parts, door: Door): Promise<void> {
  const { library, rulebook, store, clock, log } = parts
  for (const graph of library.processes) {
    for (const { element, on } of beginningsOf(graph)) {
      if (on.kind !== 'conditional') continue
      for (const office of officesOf(rulebook, graph)) {
        const { id: process } = graph
        const now = clock.now()
        let met = false
        try {
          met = holds(on.condition, rulebook.office(office, now), now)
        } catch (error) {
          if (!(error instanceof Stuck)) throw error
          log.error('condition of a start event cannot be read', error, {
            process,
            element,
            office
          })
          continue
        }
        const times = await store.observe(JSON.stringify([process, element, office]), met)
        if (!met) continue
        const instance = idFrom('condition', process, element, office, String(times))
        if ((await store.load(instance)) !== null) continue
        const start = { process, office, element, variables: {}, by: SYSTEM, instance }
        await isTaken(door.start(start))
      }
    }
  }
}

/** Whether a condition over the office and the moment holds. @throws Stuck when it cannot be read */
function holds(condition: string, office: Office, now: Instant): boolean {
  const today = localDate(now, office.timeZone)
  const given: Record<string, unknown> = { office: office.facts, today, now }
  const value = compileExpression(condition).evaluate(name => given[name])
  if (typeof value === 'boolean') return value
  throw new Stuck(
    'expression',
    `${condition}: expected true or false, found ${JSON.stringify(value)}`
  )
}
