import type { Actor } from '../engine/context.ts'
import { CommandRefused } from '../engine/errors.ts'
import type { OfficeId, ProcessInstance } from '../engine/state.ts'
import type { OfficeSummary } from '../runtime/rulebook.ts'
import type { CommitRecord } from '../runtime/store.ts'

/** How much of a case a person may read. */
export type Reading = 'all' | 'without-personal-data' | 'nothing'

/** Who may do what, by the office tree. */
export interface Access {
  /** The unit whose people the actor belongs to. @throws CommandRefused `not-allowed` when there is none */
  unitOf(actor: Actor): OfficeSummary
  /** Whether a unit is the office itself or stands above it. */
  covers(unit: OfficeId, office: OfficeId): boolean
  /** The units from which an actor may look for cases, the own one first. */
  reach(actor: Actor): readonly OfficeSummary[]
  reading(actor: Actor, state: ProcessInstance, history: readonly CommitRecord[]): Reading
  /** Whether the actor may read every case of an office without having had a task in it. */
  readsAllOf(actor: Actor, office: OfficeId): boolean
  mayResolve(actor: Actor, office: OfficeId): boolean
}

export function accessIn(offices: () => readonly OfficeSummary[]): Access {
  const find = (id: OfficeId | null) => offices().find(office => office.id === id) ?? null

  const covers = (unit: OfficeId, office: OfficeId): boolean => {
    for (let each = find(office); each !== null; each = find(each.parent)) {
      if (each.id === unit) return true
    }
    return false
  }

  const unitOf = (actor: Actor): OfficeSummary => {
    const unit = find(actor.unit)
    if (unit === null)
      throw new CommandRefused('not-allowed', `expected <${actor.id}> to belong to a unit`)
    return unit
  }

  const has = (actor: Actor, role: string) => actor.roles.includes(role)

  return {
    unitOf,
    covers,

    reach(actor) {
      const own = unitOf(actor)
      return [own, ...offices().filter(({ id }) => id !== own.id && covers(own.id, id))]
    },

    reading(actor, state, history) {
      const own = unitOf(actor)
      if (own.id === state.office) return 'all'
      if (!covers(own.id, state.office)) return 'nothing'
      if (has(actor, 'auditor') || hadTask(own.id, history)) return 'all'
      return has(actor, 'operator') ? 'without-personal-data' : 'nothing'
    },

    readsAllOf(actor, office) {
      const own = unitOf(actor)
      if (own.id === office) return true
      return covers(own.id, office) && (has(actor, 'auditor') || has(actor, 'operator'))
    },

    mayResolve(actor, office) {
      return has(actor, 'operator') && covers(unitOf(actor).id, office)
    }
  }
}

/** Whether a case has ever waited for the people of a unit. */
function hadTask(unit: OfficeId, history: readonly CommitRecord[]): boolean {
  return history.some(({ events }) =>
    events.some(
      event =>
        event.type === 'elementWaiting' && event.wait.for === 'user' && event.wait.unit === unit
    )
  )
}

/** Hides all but the last four characters of what looks like a passport number, for lists. */
export function masked(text: string): string {
  return text.replace(/\b[A-Z]{1,3}\d{5,9}\b/gi, number => `••••${number.slice(-4)}`)
}
