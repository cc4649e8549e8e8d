import type { FormSchema } from '../engine/forms.ts'
import type { ElementId } from '../engine/graph.ts'
import type { Called, Instant } from '../engine/state.ts'

/** Every version of every process that was ever deployed, for the instances that pinned it. */
export interface Deployments {
  /** By process and version. */
  all(): Promise<readonly Deployment[]>
  /** Keeps new versions, all of them or none. */
  add(deployments: readonly Deployment[]): Promise<void>
}

/** A version of a process with its forms, as they were when it was deployed. */
export interface Deployment {
  readonly process: ElementId
  readonly version: number
  /** Where it came from, below the folder of the processes. */
  readonly file: string
  /** Of the XML and the forms together. */
  readonly sha256: string
  readonly xml: string
  readonly forms: Readonly<Record<ElementId, FormSchema>>
  readonly deployedAt: Instant
}

/**
 * The version of a process that was the newest one when another process was deployed; null when there was
 * none. What did not change then was deployed before, and belongs to that deployment all the same.
 */
export function versionDeployedWith(
  all: readonly Deployment[],
  process: ElementId,
  other: Called
): number | null {
  const { deployedAt: at } =
    all.find(each => each.process === other.process && each.version === other.version) ?? {}
  if (at === undefined) return null
  const before = all.filter(each => each.process === process && each.deployedAt <= at)
  return before.length === 0 ? null : Math.max(...before.map(({ version }) => version))
}

/** A moment after every deployment so far, so that their order can be told even from a clock set back. */
export function momentAfter(all: readonly Deployment[], now: Instant): Instant {
  const last =
    all
      .map(({ deployedAt }) => deployedAt)
      .toSorted()
      .at(-1) ?? ''
  return now > last ? now : new Date(Date.parse(last) + 1).toISOString()
}
