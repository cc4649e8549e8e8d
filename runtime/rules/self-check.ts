import type { Instant } from '../../engine/state.ts'
import type { DecisionFilter, DecisionLog, LoggedDecision, Recorded } from './decision-log.ts'
import { streamRecorded } from './decision-log.ts'
import type { OpenLaw } from './laws.ts'
import type { OpenRelease } from './releases.ts'
import type { LawFor, Replayed } from './replay.ts'
import { isReproduced, replayDecision } from './replay.ts'
import { pause, Turns } from './turns.ts'

/** Whether every decision of a log comes out again by the release that it recorded. */
export interface SelfCheck {
  readonly replayed: number
  readonly reproduced: number
  /** The first of those that did not come out again. */
  readonly differing: readonly Differing[]
  /** Why decisions could not be made again, and how often. */
  readonly failing: readonly { readonly reason: string; readonly count: number }[]
}
export interface Differing {
  readonly instance: string
  readonly element: string
  readonly at: Instant
  readonly rule: string
  readonly expected: Recorded['outcome']
  readonly found: Replayed
}

/** Told after every page, so that people see how far it is. */
export type Progress = (done: number, total: number) => void

/** Replays a log, or a part of it; memory stays small however long it is. */
export async function selfCheck(
  log: DecisionLog,
  openRelease: OpenRelease,
  filter: DecisionFilter = {},
  onProgress: Progress = () => {}
): Promise<SelfCheck> {
  const check = new Check()
  const total = await log.count(filter)
  for await (const page of streamRecorded(log, filter)) {
    const lawOf = await lawsOf(
      page.map(({ decision }) => decision),
      openRelease
    )
    for (const logged of page) check.add(logged, lawOf)
    onProgress(check.replayed, total)
    await pause()
  }
  return check.result()
}

/** Takes decisions one by one; the recorded laws are opened before. */
export class Check {
  replayed = 0
  #reproduced = 0
  readonly #differing: Differing[] = []
  readonly #failing = new Map<string, number>()

  add(
    logged: Pick<LoggedDecision<Recorded>, 'instance' | 'element' | 'at' | 'decision'>,
    lawOf: (decision: Recorded) => LawFor | null
  ): void {
    const { decision, instance, element, at } = logged
    this.replayed += 1
    const lawFor = lawOf(decision)
    const found: Replayed = lawFor
      ? replayDecision(decision, lawFor)
      : { failed: `expected release <${decision.release}>, found none` }
    if (isReproduced(decision, found)) {
      this.#reproduced += 1
      return
    }
    if ('failed' in found) {
      this.#failing.set(found.failed, (this.#failing.get(found.failed) ?? 0) + 1)
    }
    if (this.#differing.length < MOST_SHOWN) {
      const { rule, outcome: expected } = decision
      this.#differing.push({ instance, element, at, rule, expected, found })
    }
  }

  result(): SelfCheck {
    const failing = [...this.#failing].map(([reason, count]) => ({ reason, count }))
    return {
      replayed: this.replayed,
      reproduced: this.#reproduced,
      differing: this.#differing,
      failing: failing.sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))
    }
  }
}
const MOST_SHOWN = 20

/** Opens the releases that decisions recorded; a decision whose release is not kept has no law. */
export async function lawsOf(
  decisions: readonly Recorded[],
  openRelease: OpenRelease
): Promise<(decision: Recorded) => LawFor | null> {
  const ids = new Set(
    decisions.flatMap(({ release, releases }) => [release, ...Object.values(releases ?? {})])
  )
  const laws = new Map<string, OpenLaw | null>()
  const turns = new Turns()
  for (const id of ids) {
    laws.set(id, await openRelease(id))
    await turns.give()
  }
  const plain = new Map<string, LawFor>()
  return ({ release, releases }) => {
    const law = laws.get(release)
    if (!law) return null
    if (releases) return key => laws.get(releases[key] ?? release) ?? law
    const known = plain.get(release) ?? (() => law)
    plain.set(release, known)
    return known
  }
}
