import { compareProcesses } from '../engine/compare/compare.ts'
import type { Difference } from '../engine/compare/difference.ts'
import type { FormSchema } from '../engine/forms.ts'
import type { ElementId, ProcessGraph } from '../engine/graph.ts'
import type { Instant } from '../engine/state.ts'
import type { Deployment } from './deployments.ts'

/** A variant beside the national diagram, each in its newest version, and what the last deployment changed in that. */
export interface VariantComparison {
  readonly process: ElementId
  readonly version: number
  readonly national: ElementId
  readonly nationalVersion: number
  /** When the newer of the two was deployed. */
  readonly deployedAt: Instant
  readonly differences: readonly Difference[]
  /** Against the versions before that deployment; null when one of the two was not there then. */
  readonly since: {
    readonly version: number
    readonly nationalVersion: number
    readonly added: readonly Difference[]
    readonly gone: readonly Difference[]
  } | null
}

interface Versions {
  readonly all: readonly Deployment[]
  find(process: ElementId, version: number): ProcessGraph | null
}

/**
 * Compares a variant with the national diagram, as they are and as they were before either changed last. Every
 * version is kept and a comparison gives the same each time, so nothing more need be.
 */
export function compareVariant(
  { id, variantOf }: ProcessGraph,
  versions: Versions
): VariantComparison | null {
  if (variantOf === null) return null
  const [own, national] = [newest(versions.all, id), newest(versions.all, variantOf)]
  if (own === null || national === null) return null
  const differences = between(national, own, versions)
  if (differences === null) return null
  const [deployedAt = ''] = [own.deployedAt, national.deployedAt].sort().reverse()
  const earlier = versions.all.filter(each => each.deployedAt < deployedAt)
  const [ownBefore, nationalBefore] = [newest(earlier, id), newest(earlier, variantOf)]
  const before =
    ownBefore === null || nationalBefore === null
      ? null
      : between(nationalBefore, ownBefore, versions)
  return {
    process: id,
    version: own.version,
    national: variantOf,
    nationalVersion: national.version,
    deployedAt,
    differences,
    since:
      before === null || ownBefore === null || nationalBefore === null
        ? null
        : {
            version: ownBefore.version,
            nationalVersion: nationalBefore.version,
            added: without(differences, before),
            gone: without(before, differences)
          }
  }
}

function newest(all: readonly Deployment[], process: ElementId): Deployment | null {
  return all
    .filter(each => each.process === process)
    .reduce<Deployment | null>(
      (last, each) => (last === null || each.version > last.version ? each : last),
      null
    )
}

function between(
  national: Deployment,
  own: Deployment,
  { find }: Versions
): readonly Difference[] | null {
  const compared = ({ process, version, forms }: Deployment) => {
    const graph = find(process, version)
    return graph === null ? null : { graph, forms: forms as Record<ElementId, FormSchema> }
  }
  const [a, b] = [compared(national), compared(own)]
  return a === null || b === null ? null : compareProcesses(a, b)
}

function without(
  some: readonly Difference[],
  others: readonly Difference[]
): readonly Difference[] {
  const known = new Set(others.map(each => JSON.stringify(each)))
  return some.filter(each => !known.has(JSON.stringify(each)))
}
