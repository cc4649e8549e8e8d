import type { ContentChecks } from '../runtime/rules/change-check.ts'
import { analysisCheck, casesCheck } from '../runtime/rules/draft-checks.ts'
import { invariantCheck } from '../runtime/rules/invariant-check.ts'
import { serviceFacts } from '../runtime/service-facts.ts'
import type { StaffingDeps } from '../runtime/staffing.ts'
import { staffingCheck } from '../runtime/staffing.ts'
import type { Deps } from './services.ts'

/**
 * What a change of local law is held to beside its own sense: cases, tables, the invariants of the nation,
 * and the people there are.
 */
export function lawChecks(
  parts: Pick<StaffingDeps, 'people' | 'deputies'> & Pick<Deps, 'rulebook' | 'library'>
): ContentChecks {
  const { rulebook, library } = parts
  const graphs = () => new Map(library.processes.map(graph => [graph.id, graph]))
  return [
    casesCheck(rulebook),
    analysisCheck(rulebook),
    invariantCheck(
      rulebook,
      serviceFacts(rulebook, () => library.processes)
    ),
    staffingCheck({ ...parts, graphs })
  ]
}
