import { openRules } from '../bin/rules.ts'
import type { OfficeId } from '../engine/state.ts'
import { draftLaw, type Standing } from '../runtime/rules/drafting.ts'
import type { Edit } from '../runtime/rules/edits.ts'
import { newLaw } from '../runtime/rules/enacting.ts'
import type { OpenLaw } from '../runtime/rules/laws.ts'
import { makeReleases, openAll } from '../runtime/rules/laws.ts'
import { openDatabase } from '../runtime/stores/database.ts'
import { sqliteStatements } from '../runtime/stores/sqlite-statements.ts'

/** A change of the nation's law. */
export const CHANGE = {
  scope: 'ditjen-imigrasi',
  at: '2026-01-05T02:00:00.000Z',
  edits: [
    {
      ...{ kind: 'value', key: 'overstay.perDay', value: 1_500_000, from: '2026-03-01', to: null },
      cites: [{ instrument: 'pp-45-2024', pin: null }],
      reason: { id: 'Contoh', en: 'A sample' }
    }
  ] satisfies readonly Edit[]
}

export interface House {
  readonly standing: Standing
  readonly laws: ReadonlyMap<OfficeId, OpenLaw>
  readonly offices: readonly OfficeId[]
}

/** The law of the product with as many offices: those that lack are copies of those that are there, as samples. */
export async function houseWith(count: number): Promise<House> {
  const { rulebook } = await openRules('rules')
  const standing = rulebook.standing()
  const units = new Map(standing.tree.units)
  const parts = new Map(standing.parts)
  const there = [...units.values()].filter(({ level }) => level === 'office')
  for (let n = there.length; n < count; n++) {
    const unit = there[n % there.length] as (typeof there)[number]
    const part = parts.get(unit.id)
    if (!part) throw new Error(`expected the law of <${unit.id}>`)
    const id = `sample-${n}`
    units.set(id, { ...unit, id, samples: ['unitCode'] })
    parts.set(id, { ...part, unit: id })
  }
  const tree = { ...standing.tree, units }
  const laws = openAll(makeReleases(tree, parts))
  const offices = [...units.values()].flatMap(({ id, level }) => (level === 'office' ? [id] : []))
  return { standing: { ...standing, tree, parts, laws }, laws, offices: offices.slice(0, count) }
}

/** Checks a change, makes every release anew and keeps them; the milliseconds that it took. */
export function publish({ standing, laws }: House): number {
  const statements = sqliteStatements(openDatabase(':memory:'))
  const { scope, edits, at } = CHANGE
  const start = performance.now()
  const draft = draftLaw(standing, scope, edits, { at, changeSet: 'cs-bench' })
  const { law } = newLaw(draft, laws)
  void statements.keep(law, null)
  if (draft.problems.length > 0) throw new Error(JSON.stringify(draft.problems))
  return performance.now() - start
}
