import type { Actor, Office } from './context.ts'
import type { Lane } from './graph.ts'

/** The role of whoever applies, from outside the offices and without an account. */
export const APPLICANT = 'applicant'

/** Whether somebody acts for themselves, from outside the offices. */
export function isApplicant({ kind, unit, roles }: Actor): boolean {
  return kind === 'person' && unit === null && roles.includes(APPLICANT)
}

/**
 * Whether a person may start a process at a start event in this lane. The lane of the applicant is for
 * applicants, and for officers of the unit with the role that it names in `alur:onBehalf`; any other
 * lane is for officers of the unit with its role, and never for applicants.
 */
export function mayBegin(lane: Lane | null, actor: Actor, line: Office['line']): boolean {
  if (isApplicant(actor)) return lane?.role === APPLICANT
  const unit = unitOf(lane, line)
  if (unit === null || actor.unit !== unit.id) return false
  if (lane === null || lane.role === null) return true
  const role = officerRole(lane)
  return role !== null && actor.roles.includes(role)
}

/** Who may start in a lane, for those who may not. */
export function startersOf(lane: Lane | null, line: Office['line']): string {
  const unit = unitOf(lane, line)?.id ?? 'nobody'
  const role = lane === null ? null : officerRole(lane)
  const officer = `someone of <${unit}> with the role <${role ?? 'any'}>`
  if (lane?.role !== APPLICANT) return officer
  return role === null ? 'an applicant' : `an applicant, or ${officer}`
}

/** The role with which an officer starts in a lane; null: none is named. */
export function officerRole({ role, onBehalf }: Lane): string | null {
  return role === APPLICANT ? onBehalf : role
}

function unitOf(lane: Lane | null, line: Office['line']): Office['line'][number] | null {
  return line.find(({ level }) => level === (lane?.level ?? 'office')) ?? null
}
