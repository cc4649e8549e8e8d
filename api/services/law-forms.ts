import { CommandRefused } from '../../engine/errors.ts'
import { boundsOn } from '../../engine/rules/bounds.ts'
import type { Group } from '../../engine/rules/definitions.ts'
import { LEVELS } from '../../engine/rules/definitions.ts'
import type { EffectiveRow } from '../../engine/rules/table.ts'
import type { LocalDate, OfficeId } from '../../engine/state.ts'
import { localDate } from '../../engine/time.ts'
import { proposeCases } from '../../runtime/rules/proposing.ts'
import type { Subject } from '../../runtime/rules/subjects.ts'
import type { Access } from '../access.ts'
import type { LawFormServices, RowView, SubjectView } from '../law.ts'
import { RequestRefused } from '../refusals.ts'
import type { Deps } from '../services.ts'

/** What forms of the rule editor are drawn from. Local law is no secret: every unit may be asked about. */
export function lawFormServices(
  { rulebook, clock }: Pick<Deps, 'rulebook' | 'clock'>,
  access: Access
): LawFormServices {
  const nameOf = (unit: OfficeId) => rulebook.offices().find(({ id }) => id === unit)?.name ?? unit

  const rowsOf = (subject: Extract<Subject, { kind: 'table' }>): readonly RowView[] => {
    const instruments = new Map(rulebook.instruments().map(each => [each.id, each]))
    return subject.rows.map(row => {
      const stated =
        subject.overlays.find(({ id }) => id === row.id) ??
        subject.governed.rows.find(({ id }) => id === row.id)
      const national = subject.governed.rows.find(({ id }) => id === row.replaces)
      const above = subject.above.find(
        ({ id, replaces }) => replaces === row.replaces || id === row.replaces
      )
      const instead = row.replaces === null ? undefined : (above ?? national)?.outcome
      return {
        id: row.id,
        level: row.level,
        scope: row.scope,
        scopeName: nameOf(row.scope),
        conditions: row.conditions,
        ownConditions: row.exceptionTo === null ? row.conditions : ownOf(row, stated?.conditions),
        outcome: row.outcome,
        instead,
        replaces: row.replaces,
        exceptionTo: row.exceptionTo,
        cites: row.cites.map(cite => rulebook.citation(cite)),
        confidence: row.confidence,
        remarks: row.remarks,
        sample: row.cites.some(({ instrument }) => instruments.get(instrument)?.sample === true),
        during: stated === undefined ? null : intervalOf(stated)
      }
    })
  }

  return {
    subject(actor, { key, office, date }): SubjectView {
      const unit = rulebook.offices().find(({ id }) => id === (office ?? access.unitOf(actor).id))
      if (unit === undefined) {
        throw new CommandRefused('unknown-office', `no office <${office}> is known`)
      }
      const on: LocalDate = date ?? localDate(clock.now(), unit.timeZone)
      const subject = rulebook.subject(key, unit.id, on)
      if (subject === null) throw new RequestRefused('unknown-rule', `no rule <${key}> is known`)
      const { label, description = null, overridableAt, bounds, asOf } = subject.governed
      const common = {
        key,
        label,
        description,
        office: unit.id,
        officeName: unit.name,
        level: unit.level,
        date: on,
        overridableAt,
        bounds: boundsOn(bounds, on),
        asOf
      }
      if (subject.kind === 'value') {
        const { governed: definition, value, missing, parent, national } = subject
        return { ...common, kind: 'value', definition, value, missing, parent, national }
      }
      const { facts, outcome, hitPolicy } = subject.governed
      const { outside } = subject
      return { ...common, kind: 'table', facts, outcome, hitPolicy, rows: rowsOf(subject), outside }
    },

    instruments: () => rulebook.instruments(),

    lawUnits: () =>
      LEVELS.flatMap(level =>
        rulebook
          .offices()
          .filter(each => each.level === level)
          .map(({ id, name }) => ({ id, name, level }))
          .sort((a, b) => a.name.localeCompare(b.name, 'id'))
      ),

    lawLabels: () =>
      Object.fromEntries(rulebook.keys().map(({ key }) => [key, rulebook.label(key)])),

    citation: cite => rulebook.citation(cite),

    async proposedCases(_actor, { rule, office }) {
      const law = rulebook.standing().laws.get(office)
      if (law === undefined || !law.tables.has(rule)) return []
      return proposeCases({ law, office, rule, cases: [] })
    }
  }
}

function ownOf(row: EffectiveRow, stated: Group | null | undefined): Group | null {
  return stated === undefined ? row.conditions : stated
}

function intervalOf({
  from,
  to,
  unknown
}: {
  readonly from: string | null
  readonly to: string | null
  readonly unknown?: readonly ('from' | 'to')[]
}): RowView['during'] {
  return { from, to, ...(unknown === undefined ? {} : { unknown }) }
}
