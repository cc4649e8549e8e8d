import type { Actor } from '../../engine/context.ts'
import { CommandRefused, InvalidData } from '../../engine/errors.ts'
import type { LocalDate, OfficeId } from '../../engine/state.ts'
import { approvingUnit, mayCheck, mayWrite } from '../../runtime/rules/change-rights.ts'
import type { ChangeSet, ChangeSetState } from '../../runtime/rules/change-set.ts'
import type { KeptChangeSet } from '../../runtime/rules/change-sets.ts'
import { isUnconfirmed } from '../../runtime/rules/change-state.ts'
import { UnknownChangeSet } from '../../runtime/rules/change-steps.ts'
import { Changing } from '../../runtime/rules/changing.ts'
import { casesOfDraft, withoutProposed } from '../../runtime/rules/draft-cases.ts'
import { draftImpact } from '../../runtime/rules/draft-impact.ts'
import { firstDay } from '../../runtime/rules/edit-days.ts'
import type { ImpactReport } from '../../runtime/rules/impact.ts'
import type { Progress } from '../../runtime/rules/self-check.ts'
import { pause } from '../../runtime/rules/turns.ts'
import type { Access } from '../access.ts'
import { sentenceOf, statedBefore } from '../change-sentences.ts'
import type { ChangeSetSummary, ChangeSetView, LawServices } from '../law.ts'
import { RequestRefused } from '../refusals.ts'
import type { Deps } from '../services.ts'
import { affectedServices } from './affected.ts'
import { mustBeDays, mustBeReckoned } from './change-input.ts'
import { Measurements } from './measurements.ts'

export type ChangeServices = Pick<
  LawServices,
  | 'changeSets'
  | 'changeSet'
  | 'draftChange'
  | 'editChange'
  | 'checkChange'
  | 'proposeCases'
  | 'measureImpact'
  | 'impact'
  | 'impactProgress'
  | 'submitChange'
  | 'approveChange'
  | 'rejectChange'
  | 'withdrawChange'
  | 'publishEmergency'
  | 'revertChange'
  | 'affectedBy'
  | 'rebindCases'
>

/** What of the whole house they need; the command line has no more. */
export type ChangeDeps = Pick<
  Deps,
  | 'rulebook'
  | 'changeSets'
  | 'clock'
  | 'decisions'
  | 'openRelease'
  | 'store'
  | 'deputies'
  | 'checks'
  | 'words'
  | 'operations'
  | 'library'
>

const MOST = 100

/** Changes of local law: who may see them, and every step of their way. */
export function changeServices(deps: ChangeDeps, access: Access): ChangeServices {
  const { rulebook, changeSets, clock, decisions, openRelease, store, library, words } = deps
  const changing = new Changing(deps)
  const measurements = new Measurements()
  const nameOf = (unit: OfficeId) => rulebook.offices().find(({ id }) => id === unit)?.name ?? unit

  const viewFor = (actor: Actor, kept: ChangeSet): ChangeSetView => {
    const set = changing.on(kept, clock.now())
    const first = rulebook.publications().find(({ changeSet }) => changeSet === set.id)
    const before = statedBefore(
      first ? rulebook.before(first.number) : rulebook.standing(),
      set.scope
    )
    return {
      ...set,
      scopeName: nameOf(set.scope),
      sentences: set.edits.map(edit => sentenceOf(edit, rulebook, before, words, set.edits)),
      may: mayDo(actor, set)
    }
  }

  const mayDo = (actor: Actor, set: ChangeSet): ChangeSetView['may'] => {
    const today = changing.today(set.scope, clock.now())
    const writes = mayWrite(actor, set)
    const checks =
      mayCheck(actor, approvingUnit(rulebook.standing(), set, today)) &&
      !set.makers.includes(actor.id)
    const open = ['draft', 'checked', 'submitted'].includes(set.state)
    const unconfirmed = isUnconfirmed(set)
    const published = ['scheduled', 'active', 'superseded', 'lapsed'].includes(set.state)
    const emergency = actor.unit === set.scope && actor.roles.includes('rule-emergency')
    return [
      ...(writes && open ? (['edit'] as const) : []),
      ...((writes || checks) && open ? (['check'] as const) : []),
      ...((writes || checks) && (open || unconfirmed) ? (['measure'] as const) : []),
      ...(writes && set.state === 'checked' && set.impact ? (['submit'] as const) : []),
      ...(checks && (set.state === 'submitted' || unconfirmed) ? (['approve'] as const) : []),
      ...(checks && set.state === 'submitted' ? (['reject'] as const) : []),
      ...(writes && open ? (['withdraw'] as const) : []),
      ...(emergency && open ? (['emergency'] as const) : []),
      ...(writes && published ? (['revert'] as const) : [])
    ]
  }

  /** What is published is law, and no secret; what is on its way is for the unit and those above it. */
  const find = async (actor: Actor, id: string): Promise<KeptChangeSet> => {
    const kept = await changeSets.byId(id)
    const own = access.unitOf(actor).id
    if (kept && (kept.set.published !== null || access.covers(own, kept.set.scope))) return kept
    throw new RequestRefused('unknown-change', `no change set <${id}> is known here`)
  }

  const measure = async (
    actor: Actor,
    { id, scope, edits, contentHash }: ChangeSet,
    period: { readonly from: LocalDate; readonly to: LocalDate },
    onProgress: Progress
  ): Promise<ImpactReport> => {
    const at = clock.now()
    const { problems } = rulebook.draft(scope, edits, { by: actor.id, at, changeSet: id })
    if (problems.length > 0) throw new InvalidData('change set', problems)
    // a draft of the whole nation is work for one turn
    await pause()
    const report = await draftImpact(
      { rulebook, log: decisions, openRelease, store, find: library.find },
      { scope, edits, contentHash, ...period, by: actor.id, at },
      onProgress
    )
    await changing.keepImpact(id, report, clock.now())
    return report
  }

  const step = async (
    actor: Actor,
    id: string,
    take: () => Promise<ChangeSet>
  ): Promise<ChangeSetView> => {
    await find(actor, id)
    try {
      return viewFor(actor, await take())
    } catch (error) {
      if (!(error instanceof UnknownChangeSet)) throw error
      throw new RequestRefused('unknown-change', error.message)
    }
  }

  return {
    async changeSets(actor, { scope, state, cursor = null, limit = 50 }) {
      const reach = access.reach(actor).map(({ id }) => id)
      if (scope !== undefined && !reach.includes(scope)) {
        throw new CommandRefused(
          'not-allowed',
          `expected a unit of <${actor.id}>, found <${scope}>`
        )
      }
      const query = {
        scopes: scope === undefined ? reach : [scope],
        states: state === undefined ? null : [storedAs(state)],
        limit: Math.min(limit, MOST)
      }
      // what is published is of one state in the store, and of several by the day
      let page = await changeSets.list({ ...query, cursor })
      const rows: ChangeSetSummary[] = []
      for (;;) {
        for (const { set, changedAt } of page.rows) {
          const now = changing.on(set, clock.now())
          if (state === undefined || now.state === state) rows.push(summary(now, changedAt))
        }
        if (rows.length >= query.limit / 2 || page.next === null) break
        page = await changeSets.list({ ...query, cursor: page.next })
      }
      return { rows, next: page.next }
    },

    async changeSet(actor, id) {
      return viewFor(actor, (await find(actor, id)).set)
    },

    async draftChange(actor, content) {
      mustBeReckoned(content)
      return viewFor(actor, await changing.draft(actor, content, clock.now()))
    },

    editChange: (actor, edit) => {
      mustBeReckoned(edit.content)
      return step(actor, edit.id, () => changing.edit(actor, edit, clock.now()))
    },

    checkChange: (actor, id) => step(actor, id, () => changing.check(actor, id, clock.now())),

    async proposeCases(actor, { id, version }) {
      const { set } = await find(actor, id)
      const { scope, title, reason, reverts } = set
      const edits = withoutProposed(set.edits)
      const by = { by: actor.id, at: clock.now(), changeSet: id }
      const drafted = rulebook.draft(scope, edits, by)
      if (drafted.problems.length > 0) throw new InvalidData('change set', drafted.problems)
      const cases = await casesOfDraft(rulebook.standing(), { scope, edits }, drafted)
      const content = { scope, title, reason, reverts, edits: [...edits, ...cases] }
      return step(actor, id, () => changing.edit(actor, { id, version, content }, clock.now()))
    },

    async measureImpact(actor, { id, from, to }) {
      const { set } = await find(actor, id)
      if (!mayDo(actor, changing.on(set, clock.now())).includes('measure')) {
        throw new CommandRefused(
          'not-allowed',
          `expected an editor or a checker of <${set.scope}>, and a change set on its way; found <${actor.id}> and <${id}>, which is ${set.state}`
        )
      }
      mustBeDays({ from, to })
      if (from > to) {
        const message = `expected a period that ends on its first day or later, found ${from} to ${to}`
        throw new InvalidData('period', [{ path: '/to', message }])
      }
      return measurements.join(id, { from, to }, onProgress =>
        measure(actor, set, { from, to }, onProgress)
      )
    },

    async impact(actor, id) {
      const { set } = await find(actor, id)
      const report = await changeSets.impact(id)
      return report?.hash === set.impact?.hash ? report : null
    },

    async impactProgress(actor, id) {
      await find(actor, id)
      return measurements.progress(id)
    },

    submitChange: (actor, asked) =>
      step(actor, asked.id, () => changing.submit(actor, asked, clock.now())),
    approveChange: (actor, asked) =>
      step(actor, asked.id, () => changing.approve(actor, asked, clock.now())),
    rejectChange: (actor, asked) =>
      step(actor, asked.id, () => changing.reject(actor, asked, clock.now())),
    withdrawChange: (actor, asked) =>
      step(actor, asked.id, () => changing.withdraw(actor, asked, clock.now())),
    publishEmergency: (actor, asked) =>
      step(actor, asked.id, () => changing.publishEmergency(actor, asked, clock.now())),
    revertChange: (actor, asked) => {
      mustBeReckoned({ reason: asked.reason })
      mustBeDays({ from: asked.from })
      return step(actor, asked.id, () => changing.revert(actor, asked, clock.now()))
    },

    ...affectedServices(deps, access, find)
  }

  function summary(set: ChangeSet, changedAt: string): ChangeSetSummary {
    const { id, scope, title, state, makers, edits } = set
    return {
      id,
      scope,
      scopeName: nameOf(scope),
      title,
      state,
      makers,
      from: firstDay(edits),
      changedAt
    }
  }
}

function storedAs(state: ChangeSetState): ChangeSetState {
  return ['scheduled', 'superseded', 'lapsed'].includes(state) ? 'active' : state
}
