import type { FormSchema } from '../engine/forms.ts'
import type { ElementId } from '../engine/graph.ts'
import type { Instant } from '../engine/state.ts'

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
