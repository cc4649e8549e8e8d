import type { Example } from './analysis-derived.ts'
import { derivedOf, exampleOf } from './analysis-derived.ts'
import { spaceOf } from './analysis-domains.ts'
import { Budget, everything, search, TooMany } from './analysis-search.ts'
import type { FactType, Group } from './definitions.ts'

/**
 * Facts with which all the given conditions hold, or null when there are none, or none were found among so
 * many boxes. Conditions must have passed their checks.
 */
export function findExample(
  facts: Readonly<Record<string, FactType>>,
  holding: readonly (Group | null)[],
  date: string,
  most = 2_000
): Example | null {
  const derived = derivedOf(facts)
  const whole = derived.finite ? new Set(derived.inputs) : new Set<string>()
  const space = spaceOf(facts, holding, whole, date)
  const goals = holding.map(conditions => ({ conditions, hold: true }))
  let found: Example | null = null
  try {
    search(space, everything(space), goals, new Budget(most), box => {
      const example = exampleOf(space, box, facts, derived, date)
      if (example && (found === null || example.assumed.length === 0)) found = example
      return example?.assumed.length === 0
    })
  } catch (error) {
    if (!(error instanceof TooMany)) throw error
  }
  return found
}
