import type { Actor } from '../../engine/context.ts'
import { CommandRefused, InvalidData } from '../../engine/errors.ts'
import type { Text } from '../../engine/messages.ts'
import type { Instant, LocalDate, OfficeId } from '../../engine/state.ts'
import { addDays, localDate } from '../../engine/time.ts'
import type { Deputies } from '../deputies.ts'
import type { Rulebook } from '../rulebook.ts'
import type { ContentChecks } from './change-check.ts'
import { checkContent } from './change-check.ts'
import {
  actedFor,
  approvingUnit,
  deputiesOf,
  mustCheck,
  mustDiffer,
  mustWrite
} from './change-rights.ts'
import type { Approval, ChangeSet } from './change-set.ts'
import type { ChangeSets, ChangeSetWrite, KeptChangeSet } from './change-sets.ts'
import { ChangeConflict } from './change-sets.ts'
import { isUnconfirmed, stateOn, statesFrom } from './change-state.ts'
import {
  contentHashOf,
  emergencyProblems,
  mustBe,
  mustBeMeasured,
  mustBeRead,
  mustBeVersion,
  plain,
  publishedBy,
  revertedBy,
  UnknownChangeSet
} from './change-steps.ts'
import { endingBy, meet, subjectOf } from './edit-days.ts'
import type { ChangeContent, Edit } from './edits.ts'
import type { ImpactReport } from './impact.ts'
import { inverseEdits } from './reverting.ts'

export interface ChangingParts {
  readonly rulebook: Pick<Rulebook, 'standing' | 'draft' | 'enact' | 'publications' | 'before'>
  readonly changeSets: ChangeSets
  readonly deputies: Pick<Deputies, 'ofUnit'>
  /** What is checked beside the sense of the edits themselves. */
  readonly checks?: ContentChecks
}

/** An emergency lapses after this many days unless somebody else approves it. */
const EMERGENCY_DAYS = 7

/** The life of changes of local law, from a draft to what holds; every step looks anew at who may take it. */
export class Changing {
  readonly #parts: ChangingParts
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: ChangingParts) {
    this.#parts = parts
  }

  /** @throws UnknownChangeSet */
  async find(id: string): Promise<KeptChangeSet> {
    const kept = await this.#parts.changeSets.byId(id)
    if (!kept) throw new UnknownChangeSet(id)
    return kept
  }

  /** A change set as it is on the day of a moment. */
  on(set: ChangeSet, at: Instant): ChangeSet {
    const { parts } = this.#parts.rulebook.standing()
    const { state, by } = stateOn(set, this.today(set.scope, at), parts.get(set.scope))
    if (state === set.state) return set
    return {
      ...set,
      state,
      ended: by === null ? set.ended : { at, by, because: `superseded by <${by}>` }
    }
  }

  today(unit: OfficeId, at: Instant): LocalDate {
    const { tree } = this.#parts.rulebook.standing()
    return localDate(at, tree.units.get(unit)?.timeZone ?? 'Asia/Jakarta')
  }

  async draft(actor: Actor, content: ChangeContent, at: Instant): Promise<ChangeSet> {
    mustWrite(actor, content)
    const set = await this.#parts.changeSets.add(
      {
        ...plain(content),
        state: 'draft',
        version: 1,
        contentHash: contentHashOf(content),
        makers: [actor.id],
        createdAt: at,
        check: null,
        impact: null,
        submitted: null,
        approval: null,
        emergency: null,
        published: null,
        ended: null
      },
      at
    )
    await this.#parts.changeSets.bar(set.id, actedFor(actor))
    return set
  }

  async edit(
    actor: Actor,
    { id, version, content }: { id: string; version: number; content: ChangeContent },
    at: Instant
  ): Promise<ChangeSet> {
    const { set } = await this.find(id)
    mustBe(set, 'edited', 'draft', 'checked', 'submitted')
    mustWrite(actor, set)
    mustWrite(actor, content)
    mustBeVersion(set, version)
    if (content.scope !== set.scope) {
      throw new InvalidData('change set', [
        { path: '/scope', message: `expected <${set.scope}>, found <${content.scope}>` }
      ])
    }
    await this.#parts.changeSets.bar(id, actedFor(actor))
    return this.#write(set, at, {
      ...plain(content),
      state: 'draft',
      contentHash: contentHashOf(content),
      makers: [...new Set([...set.makers, actor.id])],
      check: null,
      impact: null,
      submitted: null,
      approval: null
    })
  }

  async check(actor: Actor, id: string, at: Instant): Promise<ChangeSet> {
    const { set } = await this.find(id)
    mustBe(set, 'checked', 'draft', 'checked', 'submitted')
    this.#mustHaveHand(actor, set, at)
    const check = await this.#check(set, at)
    const clean = check.problems.length === 0
    const state = !clean ? 'draft' : set.state === 'draft' ? 'checked' : set.state
    return this.#write(set, at, { check, state, ...(clean ? {} : { submitted: null }) })
  }

  /** Keeps a report that was made of this very content. @throws ChangeConflict when it has changed since */
  async keepImpact(id: string, report: ImpactReport, at: Instant): Promise<ChangeSet> {
    const { set } = await this.find(id)
    if (report.contentHash !== set.contentHash) {
      throw new ChangeConflict(`change set <${id}> has changed since its impact was measured`)
    }
    await this.#parts.changeSets.keepImpact(id, report)
    const { hash, from, to } = report
    return this.#write(set, at, { impact: { hash, from, to, at } })
  }

  async submit(
    actor: Actor,
    { id, version }: { id: string; version: number },
    at: Instant
  ): Promise<ChangeSet> {
    const { set } = await this.find(id)
    mustBe(set, 'submitted', 'checked')
    mustWrite(actor, set)
    mustBeVersion(set, version)
    mustBeMeasured(set)
    const makers = [...new Set([...set.makers, actor.id])]
    const today = this.today(set.scope, at)
    const acting = await deputiesOf(this.#parts.deputies, { ...set, makers }, today)
    await this.#parts.changeSets.bar(id, [...actedFor(actor), ...acting])
    return this.#write(set, at, {
      state: 'submitted',
      makers,
      submitted: { by: actor.id, name: actor.name, at }
    })
  }

  approve(
    actor: Actor,
    { id, contentHash, impactHash }: { id: string; contentHash: string; impactHash: string },
    at: Instant
  ): Promise<ChangeSet> {
    return this.#inTurn(async () => {
      const { set, barred } = await this.find(id)
      const now = this.on(set, at)
      if (!isUnconfirmed(now)) mustBe(now, 'approved', 'submitted')
      const today = this.today(set.scope, at)
      mustCheck(actor, approvingUnit(this.#parts.rulebook.standing(), set, today))
      mustDiffer(actor, set, barred, at)
      mustBeRead('content', contentHash, set.contentHash)
      mustBeRead('impact report', impactHash, mustBeMeasured(set).hash)
      await this.#parts.changeSets.bar(id, await deputiesOf(this.#parts.deputies, set, today))
      const checked = await this.#recheck(set, at)
      const { id: by, name } = actor
      const approval: Approval = { by, name, at, contentHash, impactHash }
      return this.#publish({ ...set, check: checked, approval }, set.edits, approval, at)
    })
  }

  async reject(
    actor: Actor,
    { id, reason }: { id: string; reason: string },
    at: Instant
  ): Promise<ChangeSet> {
    const { set } = await this.find(id)
    mustBe(set, 'rejected', 'submitted')
    const today = this.today(set.scope, at)
    mustCheck(actor, approvingUnit(this.#parts.rulebook.standing(), set, today))
    return this.#write(set, at, { state: 'rejected', ended: { at, by: actor.id, because: reason } })
  }

  async withdraw(
    actor: Actor,
    { id, reason }: { id: string; reason: string },
    at: Instant
  ): Promise<ChangeSet> {
    const { set } = await this.find(id)
    mustBe(set, 'withdrawn', 'draft', 'checked', 'submitted')
    mustWrite(actor, set)
    return this.#write(set, at, {
      state: 'withdrawn',
      ended: { at, by: actor.id, because: reason }
    })
  }

  /** Publishes at once what ends by itself after seven days, unless a second person approves it by then. */
  publishEmergency(
    actor: Actor,
    { id, reason }: { id: string; reason: string },
    at: Instant
  ): Promise<ChangeSet> {
    return this.#inTurn(async () => {
      const { set } = await this.find(id)
      mustBe(set, 'published as an emergency', 'draft', 'checked', 'submitted')
      if (actor.unit !== set.scope || !actor.roles.includes('rule-emergency')) {
        throw new CommandRefused(
          'not-allowed',
          `expected somebody of <${set.scope}> with the role <rule-emergency>, found <${actor.id}>`
        )
      }
      const today = this.today(set.scope, at)
      const until = addDays(today, EMERGENCY_DAYS - 1)
      const check = await this.#check(set, at)
      if (check.problems.length > 0) throw new InvalidData('change set', check.problems)
      const edits = endingBy(set.edits, until)
      const problems = emergencyProblems(set.edits, today, until)
      if (problems.length > 0) throw new InvalidData('emergency', problems)
      const makers = [...new Set([...set.makers, actor.id])]
      const acting = await deputiesOf(this.#parts.deputies, { ...set, makers }, today)
      await this.#parts.changeSets.bar(id, [...actedFor(actor), ...acting])
      const emergency = { by: actor.id, at, until, reason }
      return this.#publish({ ...set, check, makers, emergency }, edits, null, at)
    })
  }

  /** Drafts what brings back, from a day on, what the unit stated before a change set. */
  async revert(
    actor: Actor,
    { id, from, reason }: { id: string; from: LocalDate; reason: Text },
    at: Instant
  ): Promise<ChangeSet> {
    const { set } = await this.find(id)
    const { rulebook } = this.#parts
    if (set.published === null || set.state !== 'active') {
      throw new CommandRefused(
        'impossible',
        `expected a change set that is published, found <${id}>, which is ${set.state}`
      )
    }
    const first = rulebook.publications().find(({ changeSet }) => changeSet === id)
    const before = rulebook.before(first?.number ?? 1)
    const { scope, edits, title } = set
    const inverse = inverseEdits(
      { changeSet: id, scope, edits, before, now: rulebook.standing() },
      from,
      reason
    )
    return this.draft(
      actor,
      {
        scope,
        title: { id: `Pembatalan: ${title.id}`, en: `Rollback: ${title.en}` },
        reason,
        edits: inverse,
        reverts: { changeSet: id, from }
      },
      at
    )
  }

  // inside ////////

  #mustHaveHand(actor: Actor, set: ChangeSet, at: Instant): void {
    const unit = approvingUnit(this.#parts.rulebook.standing(), set, this.today(set.scope, at))
    if (actor.unit === unit && unit !== set.scope) return mustCheck(actor, unit)
    try {
      mustWrite(actor, set)
    } catch {
      mustCheck(actor, unit)
    }
  }

  #check(set: ChangeSet, at: Instant) {
    const { rulebook, checks = [] } = this.#parts
    return checkContent(rulebook, checks, set, at)
  }

  /** What was checked against a law that has moved on since is checked anew. */
  async #recheck(set: ChangeSet, at: Instant): Promise<ChangeSet['check']> {
    const { rulebook } = this.#parts
    const { check } = set
    if (check && check.contentHash === set.contentHash) {
      const since = rulebook.publications().slice(check.base)
      if (since.length === 0 && check.problems.length === 0) return check
      const line = new Set(
        rulebook
          .standing()
          .laws.get(set.scope)
          ?.parts.map(({ unit }) => unit) ?? [set.scope]
      )
      for (const { changeSet, edits, scope } of since) {
        if (changeSet === set.id || !line.has(scope)) continue
        const both = set.edits.find(edit => edits.some(other => meet(edit, other)))
        if (!both) continue
        throw new ChangeConflict(
          `change set <${changeSet}> has stated <${subjectOf(both)}> for the same days since this one was checked; check it again`
        )
      }
    }
    const again = await this.#check(set, at)
    if (again.problems.length > 0) throw new InvalidData('change set', again.problems)
    return again
  }

  async #publish(
    set: ChangeSet,
    edits: readonly Edit[],
    approval: Approval | null,
    at: Instant
  ): Promise<ChangeSet> {
    const { rulebook, changeSets } = this.#parts
    const { id, scope, makers, reverts } = set
    const reverted = reverts ? (await changeSets.byId(reverts.changeSet))?.set : undefined
    let published = set
    await rulebook.enact({ scope, edits, changeSet: id, by: makers[0]!, at }, async enacted => {
      published = {
        ...set,
        state: 'active',
        version: set.version + 1,
        published: publishedBy(set, enacted)
      }
      const writes: ChangeSetWrite[] = [{ set: published, at }]
      const part = [...enacted.law.parts.values()].find(({ unit }) => unit === scope)
      // what was drafted as a rollback may have been edited since, and then takes back nothing
      const undone = reverts && reverted && part && !statesFrom(reverted, reverts.from, part)
      if (undone) writes.push({ set: revertedBy(reverted, set, at), at })
      await changeSets.publish({ writes, approval, enacted })
    })
    return published
  }

  async #write(set: ChangeSet, at: Instant, change: Partial<ChangeSet>): Promise<ChangeSet> {
    const next = { ...set, ...change, version: set.version + 1 }
    const edited = next.contentHash !== set.contentHash || change.state === 'draft'
    await this.#parts.changeSets.write({ set: next, at, ...(edited ? { edited } : {}) })
    return next
  }

  #inTurn<Made>(work: () => Promise<Made>): Promise<Made> {
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => undefined)
    return turn
  }
}
