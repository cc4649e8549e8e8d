import type { Text } from '../../engine/messages.ts'
import { same } from '../../engine/rules/bounds.ts'
import type { ClockContext, Moment } from '../../engine/service-clock.ts'
import type { InstanceId, Instant, LocalDate, OfficeId } from '../../engine/state.ts'
import { addDays, parseDateTime } from '../../engine/time.ts'
import type { Page } from '../store.ts'
import type { DecisionLog, LoggedDecision, Recorded } from './decision-log.ts'
import { streamRecorded } from './decision-log.ts'
import type { ImpactReport } from './impact.ts'
import { hashOf, type OpenLaw } from './laws.ts'
import { serviceTimeOf } from './outcomes.ts'
import type { OpenRelease } from './releases.ts'
import { isReproduced, type Replayed, replayDecision } from './replay.ts'
import { lawsOf, type Progress } from './self-check.ts'
import { type Due, serviceDue } from './service-due.ts'
import { byText, Tally } from './tally.ts'
import { pause, Turns } from './turns.ts'

/** What is measured, and what it is read from. */
export interface Measuring {
  readonly scope: OfficeId
  /** The offices whose law it is or may become: the scope and those below it. */
  readonly offices: readonly OfficeId[]
  /** Both days included, of the zone of the scope. */
  readonly from: LocalDate
  readonly to: LocalDate
  readonly contentHash: string
  /** The law as it stands, and as the draft makes it; what the draft leaves alone is the same object in both. */
  readonly before: ReadonlyMap<OfficeId, OpenLaw>
  readonly after: ReadonlyMap<OfficeId, OpenLaw>
  readonly log: DecisionLog
  readonly openRelease: OpenRelease
  readonly cases: OpenCases
  /** The diagrams that cases follow; not given: services run from their payment on. */
  readonly find?: ClockContext['find']
  readonly zoneOf: (office: OfficeId) => string
  readonly labelOf: (rule: string) => Text
  readonly onProgress?: Progress
}

/** Where the cases are read from. */
export interface OpenCases {
  /** The running cases of an office. */
  running(office: OfficeId, cursor: string | null): Promise<Page<{ readonly instance: InstanceId }>>
  history(instance: InstanceId): Promise<readonly Moment[]>
}

/**
 * Makes the decisions of a period and of the open cases again by a draft. Only what the draft itself changes
 * counts: what has become otherwise since by other changes is left alone. The report is the same, to the byte,
 * for the same law and the same log.
 */
export async function measureImpact(asked: Measuring): Promise<ImpactReport> {
  const { scope, from, to, contentHash, log, offices, labelOf } = asked
  const filter = { ...momentsOf(asked), offices }
  const total = await log.count(filter)
  asked.onProgress?.(0, total)
  const tally = new Tally()
  const comparing = new Comparing(asked)
  const failures = new Map<string, number>()
  const turns = new Turns()
  const counts = { replayed: 0, failing: 0, notReproduced: 0, newlyMissed: 0, newlyMet: 0 }
  for await (const page of streamRecorded(log, filter, PAGE)) {
    const lawOf = await lawsOf(
      page.map(({ decision }) => decision),
      asked.openRelease
    )
    for (const logged of page) {
      const { decision } = logged
      const recorded = lawOf(decision)
      if (!recorded || !isReproduced(decision, replayDecision(decision, recorded)))
        counts.notReproduced += 1
      const compared = comparing.compare(logged)
      if ('failed' in compared) {
        counts.failing += 1
        failures.set(compared.failed, (failures.get(compared.failed) ?? 0) + 1)
        continue
      }
      tally.add(compared)
      const lateness = await comparing.lateness(compared)
      if (lateness !== null) counts[lateness] += 1
      await turns.give()
    }
    counts.replayed += page.length
    asked.onProgress?.(counts.replayed, total)
    await pause()
  }
  const openCases = await lookAtOpenCases(asked, comparing)
  const { unchanged, changed, ...rest } = tally.report(labelOf)
  const { newlyMissed, newlyMet, ...decisions } = counts
  const report = {
    ...{ scope, from, to, contentHash },
    decisions: { ...decisions, unchanged, changed },
    failures: [...failures]
      .map(([reason, count]) => ({ reason, count }))
      .sort((a, b) => b.count - a.count || byText(a.reason, b.reason))
      .slice(0, MOST_REASONS),
    ...rest,
    deadlines: { newlyMissed, newlyMet, moved: openCases.moved },
    openCases: openCases.report
  }
  return { ...report, hash: hashOf(report) }
}
/** Few enough that others are answered between two pages. */
const PAGE = 100
const MOST_REASONS = 20

function momentsOf({ scope, from, to, zoneOf }: Measuring): {
  readonly from: Instant
  readonly until: Instant
} {
  const zone = zoneOf(scope)
  return { from: parseDateTime(from, zone), until: parseDateTime(addDays(to, 1), zone) }
}

type Compared = Parameters<Tally['add']>[0]

interface Failed {
  readonly failed: string
}

/** Compares what was decided with what the draft would decide. */
class Comparing {
  readonly #asked: Measuring

  constructor(asked: Measuring) {
    this.#asked = asked
  }

  compare(logged: LoggedDecision<Recorded>): Compared | Failed {
    const { before, after, zoneOf } = this.#asked
    const { office, outcome } = logged.decision
    const law = after.get(office)
    const standing = before.get(office)
    if (!law || !standing) return { failed: `expected an office of the tree, found <${office}>` }
    const common = { logged, law, zone: zoneOf(office), before: outcome }
    const is = law === standing ? null : this.#drafted(logged, standing, law)
    if (is === null) return { ...common, after: outcome, changed: false }
    if ('failed' in is) return is
    return { ...common, after: is.outcome, changed: !same(outcome, is.outcome) }
  }

  /** What the draft decides; null: the same as the law that stands. */
  #drafted(
    { decision }: LoggedDecision<Recorded>,
    standing: OpenLaw,
    law: OpenLaw
  ): Replayed | null {
    const is = replayDecision(decision, () => law)
    const was = replayDecision(decision, () => standing)
    if ('failed' in is || 'failed' in was) {
      return 'failed' in is && 'failed' in was && is.failed === was.failed ? null : is
    }
    return same(was.outcome, is.outcome) ? null : is
  }

  /** Whether a service that has ended would have been late, or in time, other than it was. */
  async lateness(compared: Compared): Promise<'newlyMissed' | 'newlyMet' | null> {
    const dues = await this.dues(compared)
    const ended = dues?.was.ended ?? null
    if (!dues || ended === null || dues.was.due === null || dues.is.due === null) return null
    const [wasLate, isLate] = [ended > dues.was.due, ended > dues.is.due]
    if (wasLate === isLate) return null
    return isLate ? 'newlyMissed' : 'newlyMet'
  }

  /** When a service is due before and after; null where neither its time nor the calendar changes. */
  async dues(compared: Compared): Promise<{ readonly was: Due; readonly is: Due } | null> {
    const { logged, before, after, changed, law, zone } = compared
    const { rule, office } = logged.decision
    const standing = this.#asked.before.get(office) ?? law
    if (!changed && standing.calendar.version === law.calendar.version) return null
    if (!serviceTimeOf(rule, before) || !serviceTimeOf(rule, after)) return null
    const { cases, find = null } = this.#asked
    const common = { history: await cases.history(logged.instance), find, zone }
    const was = serviceDue(logged, before, { ...common, calendar: standing.calendar })
    const is = serviceDue(logged, after, { ...common, calendar: law.calendar })
    return was && is && { was, is }
  }
}

/** Makes what open cases have decided again, each rule once, as it was decided last. */
async function lookAtOpenCases(
  { offices, before, after, cases, log }: Measuring,
  comparing: Comparing
): Promise<{ readonly report: ImpactReport['openCases']; readonly moved: number }> {
  const changed: InstanceId[] = []
  const turns = new Turns()
  let looked = 0
  let moved = 0
  for (const office of offices) {
    let cursor: string | null = null
    do {
      const page = await cases.running(office, cursor)
      cursor = page.next
      looked += page.rows.length
      // nothing of the office's law is otherwise
      if (before.get(office) === after.get(office)) continue
      for (const { instance } of page.rows) {
        const found = await lookAtCase(instance, log, comparing)
        if (found.changed) changed.push(instance)
        if (found.moved) moved += 1
        await turns.give()
      }
      await pause()
    } while (cursor !== null)
  }
  return {
    report: { looked, changed: changed.length, cases: changed.sort(byText).slice(0, MOST_CASES) },
    moved
  }
}
const MOST_CASES = 1000

async function lookAtCase(
  instance: InstanceId,
  log: DecisionLog,
  comparing: Comparing
): Promise<{ readonly changed: boolean; readonly moved: boolean }> {
  const latest = new Map<string, LoggedDecision<Recorded>>()
  for await (const page of streamRecorded(log, { instance })) {
    for (const logged of page) latest.set(logged.decision.rule, logged)
  }
  let changed = false
  let moved = false
  for (const logged of latest.values()) {
    const compared = comparing.compare(logged)
    if ('failed' in compared || compared.changed) changed = true
    if ('failed' in compared) continue
    const dues = await comparing.dues(compared)
    if (dues !== null && dues.was.due !== dues.is.due) moved = true
  }
  return { changed, moved }
}
