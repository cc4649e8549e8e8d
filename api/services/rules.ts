import type { Actor } from '../../engine/context.ts'
import { CommandRefused } from '../../engine/errors.ts'
import type { LocalDate, OfficeId } from '../../engine/state.ts'
import { localDate } from '../../engine/time.ts'
import { RuleFailed } from '../../runtime/rulebook.ts'
import type { Access } from '../access.ts'
import { RequestRefused } from '../refusals.ts'
import type { RuleView } from '../schemas.ts'
import type { Deps, Services } from '../services.ts'

type RuleServices = Pick<Services, 'rule' | 'rules' | 'statements'>

export function ruleServices({ rulebook, clock }: Deps, access: Access): RuleServices {
  /** Where and when a rule is asked for. Local law is no secret: every office of the tree may be asked about. */
  const placeOf = (actor: Actor, where: { readonly office?: OfficeId; readonly date?: string }) => {
    const id = where.office ?? access.unitOf(actor).id
    const office = rulebook.offices().find(each => each.id === id)
    if (office === undefined)
      throw new CommandRefused('unknown-office', `no office <${id}> is known`)
    return { office: id, date: where.date ?? localDate(clock.now(), office.timeZone) }
  }

  const explain = (key: string, office: OfficeId, date: LocalDate): RuleView => {
    const { value, level, cites, confidence, trail } = rulebook.resolve(key, office, date, null)
    return {
      key,
      label: rulebook.label(key),
      office,
      date,
      value,
      level,
      confidence,
      cites: cites.map(cite => rulebook.citation(cite)),
      trail: trail.map(step => ({
        ...step,
        cites: step.cites.map(cite => rulebook.citation(cite))
      }))
    }
  }

  return {
    async rule(actor, key, where) {
      const { office, date } = placeOf(actor, where)
      const known = rulebook.keys().some(each => each.key === key)
      if (!known) throw new RequestRefused('unknown-rule', `no rule <${key}> is known`)
      try {
        return explain(key, office, date)
      } catch (error) {
        if (!(error instanceof RuleFailed)) throw error
        throw new RequestRefused('unknown-rule', error.message)
      }
    },

    async rules(actor, where) {
      const { office, date } = placeOf(actor, where)
      return rulebook.keys().flatMap(({ key }) => {
        try {
          return [explain(key, office, date)]
        } catch (error) {
          // nothing holds there on that date
          if (error instanceof RuleFailed) return []
          throw error
        }
      })
    },

    statements: () =>
      rulebook.statements().map(statement => ({
        ...statement,
        cites: statement.cites.map(cite => rulebook.citation(cite))
      }))
  }
}
