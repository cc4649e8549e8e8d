import type { ClockContext } from '../../engine/service-clock.ts'
import type { Instant, LocalDate, OfficeId } from '../../engine/state.ts'
import type { Rulebook } from '../rulebook.ts'
import type { Page, Store } from '../store.ts'
import { backdated } from './backdating.ts'
import type { DecisionLog } from './decision-log.ts'
import { below } from './drafting.ts'
import type { Edit } from './edits.ts'
import type { ImpactReport } from './impact.ts'
import { measureImpact, type OpenCases } from './measuring.ts'
import type { OpenRelease } from './releases.ts'
import type { Progress } from './self-check.ts'

/** What a draft is tried on. */
export interface Trying {
  readonly rulebook: Rulebook
  readonly log: DecisionLog
  readonly openRelease: OpenRelease
  readonly store: Pick<Store, 'instances' | 'history'>
  /** The diagrams that cases follow. */
  readonly find?: ClockContext['find']
}

/** A draft, and the period whose decisions are made again. */
export interface DraftTried {
  readonly scope: OfficeId
  readonly edits: readonly Edit[]
  readonly contentHash: string
  readonly from: LocalDate
  readonly to: LocalDate
  readonly by: string
  readonly at: Instant
}

/**
 * Measures what edits of one unit would have done, had they begun on the first day of the period. What is wrong
 * with the draft is for its check to say: here it is tried as far as it holds.
 */
export function draftImpact(
  { rulebook, log, openRelease, store, find }: Trying,
  { edits, by, at, ...tried }: DraftTried,
  onProgress: Progress = () => {}
): Promise<ImpactReport> {
  const { tree, laws } = rulebook.standing()
  const { scope, from } = tried
  const zones = new Map(rulebook.offices().map(({ id, timeZone }) => [id, timeZone]))
  return measureImpact({
    ...tried,
    offices: below(tree, scope),
    before: laws,
    after: rulebook.draft(scope, backdated(edits, from), { by, at }).laws,
    log,
    openRelease,
    cases: casesOf(store),
    ...(find === undefined ? {} : { find }),
    zoneOf: office => zones.get(office) ?? 'Asia/Jakarta',
    labelOf: rule => rulebook.label(rule),
    onProgress
  })
}

/** The cases that run, and then those that are suspended. */
function casesOf(store: Trying['store']): OpenCases {
  const STATES = ['running', 'suspended'] as const
  return {
    async running(office, cursor): Promise<Page<{ readonly instance: string }>> {
      const [state = '0', after = ''] = cursor?.split(' ') ?? []
      const page = await store.instances({
        ...{ office, status: STATES[Number(state)] ?? 'running', text: null, limit: 200 },
        cursor: after === '' ? null : after
      })
      const next = page.next === null ? Number(state) + 1 : Number(state)
      const more = page.next !== null || next < STATES.length
      return { rows: page.rows, next: more ? `${next} ${page.next ?? ''}` : null }
    },
    history: instance => store.history(instance)
  }
}
