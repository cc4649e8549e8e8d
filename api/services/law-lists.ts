import type { Actor } from '../../engine/context.ts'
import { CommandRefused } from '../../engine/errors.ts'
import type { Citation, Text } from '../../engine/messages.ts'
import type { OfficeId, Value } from '../../engine/state.ts'
import { localDate } from '../../engine/time.ts'
import { type Override, overridesOf } from '../../runtime/rules/overrides.ts'
import { reviewsOf } from '../../runtime/rules/reviews.ts'
import { staffingOf } from '../../runtime/staffing.ts'
import type { Access } from '../access.ts'
import type { LawServices, OverrideView } from '../law.ts'
import { addressKey, limitOf } from '../limits.ts'
import type { Deps } from '../services.ts'

const MINUTE = 60_000

export interface LawListServices extends Pick<LawServices, 'overrides' | 'reviews' | 'staffing'> {
  /** The same register for anyone, within what one address may ask. @throws RequestRefused `too-many` */
  publicOverrides(
    query: { readonly office?: OfficeId; readonly key?: string },
    address: string
  ): readonly OverrideView[]
}

/** Where local law differs, what must be looked at again, and what cannot be done for want of people. */
export function lawListServices(deps: Deps, access: Access): LawListServices {
  const { rulebook, clock, library } = deps
  const readings = limitOf(120, MINUTE)
  const dateAt = (unit: OfficeId | null) => {
    const zone = rulebook.offices().find(({ id }) => id === unit)?.timeZone ?? 'Asia/Jakarta'
    return localDate(clock.now(), zone)
  }
  const shown = (cites: readonly Citation[]) => cites.map(cite => rulebook.citation(cite))

  const overrides: LawServices['overrides'] = ({ office, key }) => {
    const { tree, parts } = rulebook.standing()
    const names = new Map(rulebook.offices().map(({ id, name }) => [id, name]))
    return overridesOf(tree, parts, dateAt(office ?? null))
      .filter(one => (office ?? one.unit) === one.unit && (key ?? one.key) === one.key)
      .map(({ unit, cites, ...rest }) => ({
        office: unit,
        officeName: names.get(unit) ?? unit,
        ...rest,
        ...servedBy(rest),
        cites: shown(cites)
      }))
  }

  const diagramName = (process: Value): Text | null => {
    const graph = library.processes.find(({ id }) => id === process)
    if (graph) return { id: graph.name, en: graph.english || graph.name }
    return typeof process === 'string' ? { id: process, en: process } : null
  }

  /** A service and its diagrams by their names. */
  const servedBy = ({ kind, key, value, instead, label }: Omit<Override, 'unit' | 'cites'>) => {
    if (kind !== 'process') return { label, served: null }
    const service = diagramName(key) ?? label
    return {
      label: { id: `Alur layanan: ${service.id}`, en: `Process of the service: ${service.en}` },
      served: { here: diagramName(value), above: diagramName(instead) }
    }
  }

  /** Within the own unit and those below it; local law is no secret, who works where is. */
  const mustReach = (actor: Actor, office: OfficeId): void => {
    const own = access.unitOf(actor).id
    if (!rulebook.offices().some(({ id }) => id === office))
      throw new CommandRefused('unknown-office', `no office <${office}> is known`)
    if (!access.covers(own, office))
      throw new CommandRefused('not-allowed', `expected an office of <${own}>, found <${office}>`)
  }

  return {
    overrides,

    publicOverrides(query, address) {
      const from = addressKey(address)
      readings.check(from)
      readings.count(from)
      return overrides(query)
    },

    reviews(actor) {
      const own = access.unitOf(actor).id
      return reviewsOf(rulebook.standing().parts, dateAt(own))
        .filter(({ unit }) => access.covers(own, unit))
        .map(({ cites, ...rest }) => ({ ...rest, cites: shown(cites) }))
    },

    async staffing(actor, office) {
      mustReach(actor, office)
      const graphs = () => new Map(library.processes.map(graph => [graph.id, graph]))
      const gaps = await staffingOf({ ...deps, graphs }, office, dateAt(office))
      return gaps.map(gap => ({ office, ...gap }))
    }
  }
}
