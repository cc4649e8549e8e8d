import type { Actor } from '../../engine/context.ts'
import { CommandRefused } from '../../engine/errors.ts'
import { parentOf } from '../../engine/offices/resolve.ts'
import type { Instant, LocalDate, OfficeId } from '../../engine/state.ts'
import type { Deputies } from '../deputies.ts'
import type { ChangeSet } from './change-set.ts'
import type { Barred } from './change-sets.ts'
import type { Standing } from './drafting.ts'
import type { Edit } from './edits.ts'

/** Those who approve changes of their unit's law by their office, beside those who are named for it. */
const APPROVERS: ReadonlySet<string> = new Set(['rule-approver', 'kakanim', 'kadiv', 'dirjen'])

/** Whether somebody may write changes of a unit's law: a rule editor of it; of fees also the owner of tariffs. */
export function mayWrite(
  actor: Actor,
  { scope, edits }: { readonly scope: OfficeId; readonly edits: readonly Edit[] }
): boolean {
  if (actor.unit !== scope) return false
  if (actor.roles.includes('rule-editor')) return true
  return actor.roles.includes('tariff-owner') && edits.every(isOfFees)
}

function isOfFees(edit: Edit): boolean {
  if (edit.kind === 'instrument') return true
  const { key, rule } = edit as { readonly key?: unknown; readonly rule?: unknown }
  const name = key ?? rule ?? (edit.kind === 'case' ? edit.case?.rule : undefined)
  return typeof name === 'string' && name.split('.').some(word => FEES.has(word))
}
const FEES: ReadonlySet<string> = new Set(['fee', 'fees', 'tariff'])

/** @throws CommandRefused `not-allowed` */
export function mustWrite(
  actor: Actor,
  content: { readonly scope: OfficeId; readonly edits: readonly Edit[] }
): void {
  if (mayWrite(actor, content)) return
  throw new CommandRefused(
    'not-allowed',
    `expected a rule editor of <${content.scope}>, found <${actor.id}>`
  )
}

/** The unit whose people approve a change: its own, or the one above where a definition says so. */
export function approvingUnit(
  { tree, laws }: Standing,
  { scope, edits }: Pick<ChangeSet, 'scope' | 'edits'>,
  today: LocalDate
): OfficeId {
  const law = laws.get(scope)
  const above = edits.some(edit => {
    const key = edit.kind === 'row' ? edit.rule : 'key' in edit ? edit.key : null
    if (key === null) return false
    return (law?.tables.get(key) ?? law?.definitions.get(key))?.approval?.at === 'above'
  })
  const unit = tree.units.get(scope)
  return (above && unit && parentOf(unit, today)) || scope
}

/** Whether somebody may approve for a unit, by the own roles or by those of somebody whom they act for. */
export function mayCheck(actor: Actor, unit: OfficeId): boolean {
  if (actor.unit !== unit) return false
  const roles = [
    ...actor.roles,
    ...(actor.deputyFor ?? [])
      .filter(({ processes }) => processes === null)
      .flatMap(one => one.roles)
  ]
  return roles.some(role => APPROVERS.has(role))
}

/** @throws CommandRefused `not-allowed` */
export function mustCheck(actor: Actor, unit: OfficeId): void {
  if (mayCheck(actor, unit)) return
  throw new CommandRefused(
    'not-allowed',
    `expected somebody of <${unit}> who approves changes of local law, found <${actor.id}>`
  )
}

/** Those who act for a maker on a day: they may not approve what the maker wrote. */
export async function deputiesOf(
  deputies: Pick<Deputies, 'ofUnit'>,
  { makers, scope }: Pick<ChangeSet, 'makers' | 'scope'>,
  today: LocalDate
): Promise<readonly Barred[]> {
  const holding = (await deputies.ofUnit(scope, today)).filter(
    ({ acceptedAt, endedAt, from }) => acceptedAt !== null && endedAt === null && from <= today
  )
  return holding.flatMap(({ person, deputy }) => [
    ...(makers.includes(person) ? [{ person: deputy, because: `acts for <${person}>` }] : []),
    ...(makers.includes(deputy) ? [{ person, because: `<${deputy}> acts for this person` }] : [])
  ])
}

/** Those for whom one who writes acts at this moment: they may not approve it either. */
export function actedFor(actor: Actor): readonly Barred[] {
  return (actor.deputyFor ?? []).map(({ person }) => ({
    person,
    because: `<${actor.id}> acts for this person`
  }))
}

/** @throws CommandRefused `same-person` when one who approves had a hand in it, or acts for one who had */
export function mustDiffer(
  actor: Actor,
  { makers }: Pick<ChangeSet, 'makers'>,
  barred: readonly Barred[],
  at: Instant
): void {
  if (makers.includes(actor.id)) {
    throw new CommandRefused(
      'same-person',
      `expected somebody other than those who wrote it, found <${actor.id}>`
    )
  }
  const bar = barred.find(({ person }) => person === actor.id)
  const deputy = (actor.deputyFor ?? []).find(({ person }) => makers.includes(person))
  const because = bar?.because ?? (deputy && `acts for <${deputy.person}>`)
  if (because === undefined) return
  throw new CommandRefused(
    'same-person',
    `expected somebody with no hand in it, found <${actor.id}> at ${at}: ${because}`
  )
}
