import type { OfficeTree } from '../../engine/offices/resolve.ts'
import type { OfficeId } from '../../engine/state.ts'
import type { Rulebook } from '../rulebook.ts'
import type { ContentCheck } from './change-check.ts'
import type { Breach, ServiceFacts } from './invariants.ts'
import { breachesOf, invariantProblems } from './invariants.ts'
import type { OpenLaw } from './laws.ts'

/** Where the invariants of the nation do not hold, as the law stands. */
export function standingBreaches(
  rulebook: Pick<Rulebook, 'standing'>,
  factsOf: ServiceFacts
): readonly Breach[] {
  const { tree, laws, invariants } = rulebook.standing()
  return breachesOf(invariants, lawsOfOffices(tree, laws), factsOf)
}

/** A change set may not break an invariant that held; one that is broken already is a notice. */
export function invariantCheck(
  rulebook: Pick<Rulebook, 'standing'>,
  factsOf: ServiceFacts
): ContentCheck {
  return async ({ drafted }) => {
    const { tree, laws, invariants } = rulebook.standing()
    const changed = [...lawsOfOffices(tree, drafted.laws)].filter(
      law => laws.get(law.office)?.release !== law.release
    )
    const before = new Set(standingBreaches(rulebook, factsOf).map(nameOf))
    const breaches = breachesOf(invariants, changed, factsOf)
    const said = (some: readonly Breach[]) => invariantProblems(some, () => '/edits')
    return {
      problems: said(breaches.filter(one => !before.has(nameOf(one)))),
      notices: said(breaches.filter(one => before.has(nameOf(one))))
    }
  }
}

function nameOf({ invariant, office, date, values }: Breach): string {
  return JSON.stringify([invariant.id, office, date, values])
}

function lawsOfOffices(tree: OfficeTree, laws: ReadonlyMap<OfficeId, OpenLaw>): readonly OpenLaw[] {
  return [...laws.values()].filter(({ office }) => tree.units.get(office)?.level === 'office')
}
