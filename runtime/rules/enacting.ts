import type { OfficeId } from '../../engine/state.ts'
import type { Drafted } from './drafting.ts'
import type { OpenLaw } from './laws.ts'
import type { Publication, StoredLaw } from './statements.ts'

/** Edits to be published, by whom and by which change set. */
export type Enactment = Omit<Publication, 'number'>

/** What a publication comes to: the releases that are new with their new parts. */
export interface Enacted {
  readonly publication: Publication
  readonly law: StoredLaw
  /** The new release of every office that has one. */
  readonly heads: Readonly<Record<OfficeId, string>>
}

/** The releases of a draft that no office has yet, and the parts that they add. */
export function newLaw(
  { stored, laws }: Drafted,
  newest: ReadonlyMap<OfficeId, OpenLaw>
): Omit<Enacted, 'publication'> {
  const changed = [...laws.values()].filter(
    ({ office, release }) => newest.get(office)?.release !== release
  )
  const releases = new Map(changed.map(({ release }) => [release, stored.releases.get(release)!]))
  const names = new Set([...releases.values()].flatMap(({ parts }) => parts.map(one => one.part)))
  return {
    law: { releases, parts: new Map([...stored.parts].filter(([id]) => names.has(id))) },
    heads: Object.fromEntries(changed.map(({ office, release }) => [office, release]))
  }
}
