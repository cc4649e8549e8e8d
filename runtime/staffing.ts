import type { Problem } from '../engine/errors.ts'
import type { Level, ProcessGraph } from '../engine/graph.ts'
import { lineOf } from '../engine/offices/resolve.ts'
import type { LocalDate, OfficeId, Variables } from '../engine/state.ts'
import { localDate } from '../engine/time.ts'
import type { Deputies } from './deputies.ts'
import type { People } from './people.ts'
import type { Rulebook } from './rulebook.ts'
import type { ContentCheck } from './rules/change-check.ts'
import type { OpenLaw } from './rules/laws.ts'
import type { Gap, Staff } from './rules/staffing.ts'
import { handsFor, staffingGaps } from './rules/staffing.ts'

/** What the check of the staff asks. */
export interface StaffingDeps {
  readonly rulebook: Pick<Rulebook, 'standing' | 'bound' | 'services'>
  readonly people: Pick<People, 'ofUnit'>
  readonly deputies: Pick<Deputies, 'ofUnit'>
  /** The diagrams in use, by their ids. */
  readonly graphs: () => ReadonlyMap<string, ProcessGraph>
}

/** The steps of all services of an office that its people, and those of the units above, cannot do on a date. */
export async function staffingOf(
  deps: StaffingDeps,
  office: OfficeId,
  on: LocalDate
): Promise<readonly Gap[]> {
  const { rulebook } = deps
  const units = lineOf(rulebook.standing().tree, office, on)
  const staff = new Map<OfficeId, readonly Staff[]>()
  for (const { id } of units) staff.set(id, await staffIn(deps, id, on))
  const unitAt: Partial<Record<Level, OfficeId>> = {}
  for (const { id, level } of units) unitAt[level] ??= id
  const found = new Map<string, Gap>()
  for (const service of rulebook.services(office)) {
    const graphs = processesOf(deps, office, service)
    for (const gap of staffingGaps({ graphs, unitAt, staffOf: unit => staff.get(unit) ?? [] }))
      found.set(`${gap.process} ${gap.element} ${gap.problem}`, gap)
  }
  return [...found.values()]
}

/** The diagram of a service at an office, and all that it calls. */
function processesOf(
  { rulebook, graphs }: StaffingDeps,
  office: OfficeId,
  service: string
): readonly ProcessGraph[] {
  const known = graphs()
  const found = new Map<string, ProcessGraph>()
  const add = (process: string): void => {
    const graph = known.get(rulebook.bound(office, process) ?? process)
    if (!graph || found.has(graph.id)) return
    found.set(graph.id, graph)
    for (const node of Object.values(graph.nodes)) if (node.type === 'callActivity') add(node.calls)
  }
  add(service)
  return [...found.values()]
}

async function staffIn(
  { people, deputies }: StaffingDeps,
  unit: OfficeId,
  on: LocalDate
): Promise<readonly Staff[]> {
  const persons = await people.ofUnit(unit)
  const deputations = await deputies.ofUnit(unit, on)
  return persons.map(({ id, roles }) => ({
    id,
    roles,
    deputyFor: deputations
      .filter(one => one.deputy === id && one.acceptedAt !== null && one.endedAt === null)
      .filter(one => one.from <= on && on <= one.until)
      .map(one => ({
        person: one.person,
        roles: one.roles ?? persons.find(each => each.id === one.person)?.roles ?? [],
        processes: one.processes
      }))
  }))
}

/**
 * A change set may not make a rule name an approver whose role nobody holds. What the people of an office
 * could not do before either is a notice.
 */
export function staffingCheck(deps: StaffingDeps): ContentCheck {
  return async ({ set, drafted, at }) => {
    const lacking: OfficeId[] = []
    const { tree, laws } = deps.rulebook.standing()
    const problems: Problem[] = []
    const notices: Problem[] = []
    for (const [office, law] of drafted.laws) {
      const unit = tree.units.get(office)
      const before = laws.get(office)
      if (unit?.level !== 'office' || !before || before.release === law.release) continue
      const on = localDate(at, unit.timeZone)
      const named = approversOf(before, on)
      const news = [...approversOf(law, on)].filter(([row]) => !named.has(row))
      for (const role of new Set(news.map(([, role]) => role))) {
        if (await isHeld(deps, office, role, on)) continue
        const text = {
          id: `Di <${office}> tidak ada yang memegang peran <${role}> yang ditunjuk sebagai penyetuju`,
          en: `Nobody holds the role <${role}> that is named as approver for <${office}>`
        }
        problems.push({ path: '/edits', message: text.en, text })
      }
      const gaps = await staffingOf(deps, office, on)
      if (office !== set.scope) lacking.push(...(gaps.length > 0 ? [office] : []))
      else
        for (const { process, element, text } of gaps)
          notices.push({ path: `${office} ${process} ${element}`, message: text.en, text })
    }
    if (lacking.length > 0) notices.push(lackingNotice(lacking))
    return { problems, notices }
  }
}

/** One notice for all the offices below that have steps which nobody can do. */
function lackingNotice(offices: readonly OfficeId[]): Problem {
  const shown = offices.slice(0, 5).join(', ')
  const more = offices.length - 5
  const text = {
    id: `Ada langkah tanpa pemegang peran di ${shown}${more > 0 ? ` dan ${more} lainnya` : ''}`,
    en: `There are steps for which nobody holds the role in ${shown}${more > 0 ? ` and ${more} more` : ''}`
  }
  return { path: '/edits', message: text.en, text }
}

/** The roles that rows of the tables of an office name as approver, from a day on, by row and role. */
function approversOf(law: OpenLaw, on: LocalDate): ReadonlyMap<string, string> {
  const named = new Map<string, string>()
  for (const table of law.tables.values()) {
    const later = law.timelines.startsOf(table.rule).filter(day => day > on)
    for (const day of [on, ...later]) {
      for (const { id, outcome } of law.timelines.rowsAt(table, day)) {
        const approver = (outcome as Variables | null)?.approver
        if (typeof approver === 'string') named.set(`${table.rule} ${id} ${approver}`, approver)
      }
    }
  }
  return named
}

async function isHeld(
  deps: StaffingDeps,
  office: OfficeId,
  role: string,
  on: LocalDate
): Promise<boolean> {
  const { tree } = deps.rulebook.standing()
  const level = tree.roles.get(role)?.level ?? 'any'
  for (const unit of lineOf(tree, office, on)) {
    if (level !== 'any' && unit.level !== level) continue
    const staff = await staffIn(deps, unit.id, on)
    if (handsFor(role, { id: '', variantOf: null }, staff).length > 0) return true
  }
  return false
}
