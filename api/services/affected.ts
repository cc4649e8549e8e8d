import type { Actor } from '../../engine/context.ts'
import { CommandRefused } from '../../engine/errors.ts'
import { holdsChange, wasAffected } from '../../runtime/rules/affected.ts'
import type { ChangeSet } from '../../runtime/rules/change-set.ts'
import type { KeptChangeSet } from '../../runtime/rules/change-sets.ts'
import { streamDecisions } from '../../runtime/rules/decision-log.ts'
import { below } from '../../runtime/rules/drafting.ts'
import type { Access } from '../access.ts'
import type { AffectedView, LawServices } from '../law.ts'
import type { ChangeDeps } from './change-sets.ts'

/** More than a person looks through; the list is cut there. */
const MOST = 1000

/** What a change set has done already: decisions to look at again, and open cases to give another release. */
export function affectedServices(
  { rulebook, decisions, openRelease, store, operations }: ChangeDeps,
  access: Access,
  find: (actor: Actor, id: string) => Promise<KeptChangeSet>
): Pick<LawServices, 'affectedBy' | 'rebindCases'> {
  const decisionsBy = async (set: ChangeSet, offices: readonly string[]) => {
    const found: AffectedView['decisions'][number][] = []
    if (set.published === null) return found
    for await (const page of streamDecisions(decisions, { from: set.published.at, offices })) {
      for (const { instance, number, at, decision } of page) {
        const law = await openRelease(decision.release)
        if (law === null || !wasAffected(set, decision, law)) continue
        const { rule, outcome } = decision
        found.push({ instance, caseNumber: number, rule, at, outcome })
        if (found.length >= MOST) return found
      }
    }
    return found
  }

  const openCasesBy = async (set: ChangeSet, offices: readonly string[]) => {
    const found: AffectedView['openCases'][number][] = []
    for (const office of offices) {
      for (const status of ['running', 'suspended'] as const) {
        let cursor: string | null = null
        do {
          const asked = { office, status, text: null, limit: 200, cursor }
          const page: Awaited<ReturnType<typeof store.instances>> = await store.instances(asked)
          for (const { instance, number } of page.rows) {
            const state = await store.load(instance)
            const law = state?.release ? await openRelease(state.release) : null
            if (law && holdsChange(law, set)) found.push({ instance, caseNumber: number, office })
            if (found.length >= MOST) return found
          }
          cursor = page.next
        } while (cursor !== null)
      }
    }
    return found
  }

  return {
    async affectedBy(actor, id) {
      const { set } = await find(actor, id)
      const covered = below(rulebook.standing().tree, set.scope)
      const own = new Set(access.reach(actor).map(unit => unit.id))
      const offices = covered.filter(unit => own.has(unit))
      return {
        decisions: await decisionsBy(set, offices),
        openCases: await openCasesBy(set, offices)
      }
    },

    async rebindCases(actor, { instances, reason }) {
      const rebound: string[] = []
      const refused: { instance: string; message: string }[] = []
      for (const instance of instances) {
        try {
          const state = await store.load(instance)
          if (state === null || !access.mayResolve(actor, state.office)) {
            throw new CommandRefused('unknown-instance', `no case <${instance}> is known here`)
          }
          const operation = {
            type: 'rebind',
            releases: { [state.office]: rulebook.release(state.office) }
          } as const
          const { outcome, problem } = await operations.one(instance, {
            operation,
            by: actor,
            reason
          })
          if (outcome !== 'did') {
            refused.push({ instance, message: problem ?? outcome })
            continue
          }
          rebound.push(instance)
        } catch (error) {
          if (!(error instanceof CommandRefused)) throw error
          refused.push({ instance, message: error.message })
        }
      }
      return { rebound, refused }
    }
  }
}
