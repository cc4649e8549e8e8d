import type { ElementId } from '../../engine/graph.ts'
import type { Decision } from '../../engine/messages.ts'
import type { InstanceId, Instant, OfficeId } from '../../engine/state.ts'
import type { CaseStatus, Page } from '../store.ts'

/** Every decision that cases have taken, as it was made: found by time, office, rule and release. */
export interface DecisionLog {
  /** Oldest first. What was decided in a case that was deleted has gone with it. */
  decisions(query: DecisionQuery): Promise<Page<LoggedDecision>>
  count(query: DecisionFilter): Promise<number>
}

export interface DecisionFilter {
  /** From this moment on; not given: from the first. */
  readonly from?: Instant
  /** Before this moment. */
  readonly until?: Instant
  /** Of these offices only. */
  readonly offices?: readonly OfficeId[]
  readonly rule?: string
  readonly release?: string
  readonly instance?: InstanceId
}
export interface DecisionQuery extends DecisionFilter {
  readonly limit: number
  readonly cursor: string | null
}

/** A decision with its case. */
export interface LoggedDecision {
  readonly instance: InstanceId
  /** The version of the case before the commit, and the place among its events. */
  readonly before: number
  readonly event: number
  readonly at: Instant
  readonly element: ElementId
  readonly decision: Decision
  readonly process: ElementId
  /** The case number. */
  readonly number: string
  readonly status: CaseStatus
  /** Of the case: its first and its latest commit. */
  readonly startedAt: Instant
  readonly changedAt: Instant
}

/** The whole of what a filter finds, page by page, so that memory stays small however long it is. */
export async function* streamDecisions(
  log: DecisionLog,
  filter: DecisionFilter,
  limit = 500
): AsyncGenerator<readonly LoggedDecision[]> {
  let cursor: string | null = null
  do {
    const page: Page<LoggedDecision> = await log.decisions({ ...filter, limit, cursor })
    if (page.rows.length > 0) yield page.rows
    cursor = page.next
  } while (cursor !== null)
}
