import type { Actor } from '../../engine/context.ts'
import { CommandRefused, InvalidData } from '../../engine/errors.ts'
import type { Text } from '../../engine/messages.ts'
import type { Group } from '../../engine/rules/definitions.ts'
import type { LocalDate, OfficeId, Value } from '../../engine/state.ts'
import { localDate } from '../../engine/time.ts'
import { type Rulebook, RuleFailed, type Statement } from '../../runtime/rulebook.ts'
import type { Edit } from '../../runtime/rules/edits.ts'
import type { Access } from '../access.ts'
import { RequestRefused } from '../refusals.ts'
import type { RuleView } from '../schemas.ts'
import type { Deps, Services } from '../services.ts'
import type { ChangeServices } from './change-sets.ts'

type RuleServices = Pick<
  Services,
  'rule' | 'rules' | 'statements' | 'stateable' | 'proposeStatement'
>

export function ruleServices(
  { rulebook, clock }: Deps,
  access: Access,
  changes: Pick<ChangeServices, 'draftChange' | 'checkChange' | 'submitChange' | 'withdrawChange'>
): RuleServices {
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
      })),

    stateable: () => rulebook.stateable(),

    async proposeStatement(actor, statement) {
      const { scope, reason } = statement
      const content = { scope, title: titleOf(rulebook, statement), reason, reverts: null }
      const drafted = await changes.draftChange(actor, { ...content, edits: [editOf(statement)] })
      const checked = await changes.checkChange(actor, drafted.id)
      const problems = checked.check?.problems ?? []
      if (problems.length > 0) {
        await changes.withdrawChange(actor, { id: drafted.id, reason: 'the check found problems' })
        throw new InvalidData(
          'statement',
          problems.map(problem => ({ ...problem, path: pathInStatement(problem.path, statement) }))
        )
      }
      return changes.submitChange(actor, { id: drafted.id, version: checked.version })
    }
  }
}

function titleOf(rulebook: Pick<Rulebook, 'label'>, { key, from }: Statement): Text {
  const { id, en } = rulebook.label(key)
  return { id: `${id} mulai ${from}`, en: `${en} from ${from}` }
}

function editOf({ key, kind, from, to, content, cites, reason }: Statement): Edit {
  const common = { from, to, cites, reason }
  if (kind === 'value') return { kind, key, value: content, ...common }
  const {
    id,
    conditions = null,
    ...row
  } = (content ?? {}) as unknown as {
    readonly id: string
    readonly conditions?: Group | null
    readonly outcome: Value
  }
  return { kind, rule: key, row: id, conditions, ...row, ...common }
}

/** Where a problem of the edit stands in the statement that it was made from. */
function pathInStatement(path: string, { kind }: Statement): string {
  const inside = path.replace(/^\/edits\/0/, '')
  if (/^\/(key|from|to|cites|reason)(\/|$)/.test(inside)) return inside
  if (kind === 'value') return inside.replace(/^\/value/, '/content')
  if (inside === '/rule') return '/key'
  return inside === '' ? '' : `/content${inside.replace(/^\/row$/, '/id')}`
}
