import type { ElementId } from '../../engine/graph.ts'
import type { Decision } from '../../engine/messages.ts'
import type { InstanceId, Instant, OfficeId } from '../../engine/state.ts'
import type { CaseStatus, Page } from '../store.ts'

/** Every decision that cases have taken, as it was made: found by time, office, rule and release. */
export interface DecisionLog {
  /** Oldest first. What was decided in a case that was deleted has gone with it. */
  decisions(query: DecisionQuery): Promise<Page<LoggedDecision>>
  /** The same with what making them again needs, which is a fifth of them and read apart. */
  recorded(query: DecisionQuery): Promise<Page<LoggedDecision<Recorded>>>
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

/** What making a decision again needs: all but why it came out so. */
export type Recorded = Pick<
  Decision,
  | 'rule'
  | 'office'
  | 'release'
  | 'date'
  | 'facts'
  | 'outcome'
  | 'rows'
  | 'calendar'
  | 'derived'
  | 'dates'
  | 'releases'
>

/** A decision with its case. */
export interface LoggedDecision<Made extends Recorded = Decision> {
  readonly instance: InstanceId
  /** The version of the case before the commit, and the place among its events. */
  readonly before: number
  readonly event: number
  readonly at: Instant
  readonly element: ElementId
  readonly decision: Made
  readonly process: ElementId
  /** The case number. */
  readonly number: string
  readonly status: CaseStatus
  /** Of the case: its first and its latest commit. */
  readonly startedAt: Instant
  readonly changedAt: Instant
}

/** The whole of what a filter finds, page by page, so that memory stays small however long it is. */
export function streamDecisions(
  log: DecisionLog,
  filter: DecisionFilter,
  limit = PAGE
): AsyncGenerator<readonly LoggedDecision[]> {
  return stream(cursor => log.decisions({ ...filter, limit, cursor }))
}

/** The same with what making them again needs. */
export function streamRecorded(
  log: DecisionLog,
  filter: DecisionFilter,
  limit = PAGE
): AsyncGenerator<readonly LoggedDecision<Recorded>[]> {
  return stream(cursor => log.recorded({ ...filter, limit, cursor }))
}
const PAGE = 500

async function* stream<Row>(
  read: (cursor: string | null) => Promise<Page<Row>>
): AsyncGenerator<readonly Row[]> {
  let cursor: string | null = null
  do {
    const page: Page<Row> = await read(cursor)
    if (page.rows.length > 0) yield page.rows
    cursor = page.next
  } while (cursor !== null)
}
