import type { Actor } from '../../engine/context.ts'
import { CommandRefused, InvalidData, Stuck } from '../../engine/errors.ts'
import type { Text, TrailStep } from '../../engine/messages.ts'
import { boundsOn } from '../../engine/rules/bounds.ts'
import { isDay } from '../../engine/rules/dates.ts'
import type { Definition, Stated, Table } from '../../engine/rules/definitions.ts'
import type { Instant, LocalDate, OfficeId, Value } from '../../engine/state.ts'
import { addDays, localDate, parseDateTime } from '../../engine/time.ts'
import { createDecider } from '../../runtime/decide.ts'
import { RuleFailed } from '../../runtime/rulebook.ts'
import { decideBy, rowView } from '../../runtime/rules/deciding.ts'
import type { OpenLaw } from '../../runtime/rules/laws.ts'
import type { Access } from '../access.ts'
import type { EffectiveView, LawServices, TimelineView } from '../law.ts'
import { RequestRefused } from '../refusals.ts'
import type { Deps } from '../services.ts'

export type EffectiveServices = Pick<LawServices, 'effectiveLaw' | 'timeline' | 'tryRule'>

/** What holds where and when, and what would be decided. Local law is no secret: every unit may be asked about. */
export function effectiveServices(
  { rulebook, changeSets, clock, openRelease }: Deps,
  access: Access
): EffectiveServices {
  const decider = createDecider()

  const unitAsked = (office: OfficeId | undefined, own: OfficeId) => {
    const id = office ?? own
    const unit = rulebook.offices().find(each => each.id === id)
    if (unit === undefined) throw new CommandRefused('unknown-office', `no office <${id}> is known`)
    return unit
  }

  const lawOf = (office: OfficeId): OpenLaw => {
    const law = rulebook.standing().laws.get(office)
    if (law === undefined)
      throw new CommandRefused('unknown-office', `no office <${office}> is known`)
    return law
  }

  /** The release that an office had at a moment; what came with the files was there before all else. */
  const lawKnownAt = async (office: OfficeId, at: Instant): Promise<OpenLaw> => {
    const heads = await changeSets.heads(office)
    const later = heads.findIndex(head => head.at !== null && head.at > at)
    const head = heads[later < 0 ? heads.length - 1 : later - 1] ?? heads[0]
    return (head && (await openRelease(head.release))) ?? lawOf(office)
  }

  const governedIn = (law: OpenLaw, key: string): Definition | Table => {
    const governed = law.tables.get(key) ?? law.definitions.get(key)
    if (!governed) throw new RequestRefused('unknown-rule', `no rule <${key}> is known`)
    return governed
  }

  return {
    async effectiveLaw(actor, { office, date, knownAt }) {
      const unit = unitAsked(office, access.unitOf(actor).id)
      const on = date ?? localDate(clock.now(), unit.timeZone)
      const law =
        knownAt === undefined ? lawOf(unit.id) : await lawKnownAt(unit.id, inFull(knownAt))
      const samples = new Set(
        [...law.instruments.values()].filter(({ sample }) => sample).map(({ id }) => id)
      )
      const cited = (cite: Parameters<typeof rulebook.citation>[0]) => rulebook.citation(cite)
      const keys = [...law.definitions.keys(), ...law.tables.keys()].sort()
      return keys.map((key): EffectiveView => {
        const governed = governedIn(law, key)
        const found = holding(law, key, on)
        const { bounds, overridableAt, label } = governed
        return {
          key,
          kind: law.tables.has(key) ? 'table' : 'value',
          group: key.slice(0, key.indexOf('.')),
          label,
          unit: 'unit' in governed ? (governed.unit ?? null) : null,
          value: found.value,
          missing: found.missing,
          level: found.level,
          scope: found.scope,
          parent: aboveOf(found, unit.id),
          bounds: boundsOn(bounds, on),
          overridable:
            unit.level === 'national' || (overridableAt as readonly string[]).includes(unit.level),
          confidence: found.confidence,
          sample: found.sample || found.cites.some(({ instrument }) => samples.has(instrument)),
          cites: found.cites.map(cited),
          remarks: found.remarks,
          trail: found.trail
        }
      })
    },

    async timeline(actor, { key, office }) {
      const unit = unitAsked(office, access.unitOf(actor).id)
      const law = lawOf(unit.id)
      const { label } = governedIn(law, key)
      const starts = law.timelines.startsOf(key)
      const stretches = starts.map((start, index) => {
        const { value, missing, level, scope } = holding(law, key, start)
        const next = starts[index + 1]
        return {
          from: index === 0 ? null : start,
          to: next === undefined ? null : addDays(next, -1),
          value,
          missing,
          level,
          scope
        }
      })
      return {
        key,
        label,
        office: unit.id,
        effective: joined(stretches),
        stated: statedOf(law, key, localDate(clock.now(), unit.timeZone), cite =>
          rulebook.citation(cite)
        )
      }
    },

    async tryRule(actor, { rule, office, date = null, facts, changeSet }) {
      const unit = unitAsked(office, access.unitOf(actor).id)
      const today = localDate(clock.now(), unit.timeZone)
      const law =
        changeSet === undefined
          ? lawOf(unit.id)
          : ((await draftedLaws(actor, changeSet)).get(unit.id) ?? lawOf(unit.id))
      governedIn(law, rule)
      try {
        return await decideBy(() => law, decider, { rule, office: unit.id, facts, date, today })
      } catch (error) {
        if (!(error instanceof RuleFailed)) throw error
        throw new CommandRefused('invalid-variables', error.message, [
          { path: '/facts', message: error.message }
        ])
      }
    }
  }

  async function draftedLaws(actor: Actor, id: string): Promise<ReadonlyMap<OfficeId, OpenLaw>> {
    const kept = await changeSets.byId(id)
    const own = access.unitOf(actor).id
    if (!kept || (kept.set.published === null && !access.covers(own, kept.set.scope)))
      throw new RequestRefused('unknown-change', `no change set <${id}> is known here`)
    const { scope, edits, state } = kept.set
    if (state === 'active') return rulebook.standing().laws
    return rulebook.draft(scope, edits, { by: actor.id, at: clock.now(), changeSet: id }).laws
  }
}

interface Holding {
  readonly value: Value
  readonly missing: string | null
  readonly level: EffectiveView['level']
  readonly scope: OfficeId | null
  readonly confidence: EffectiveView['confidence']
  readonly cites: TrailStep['cites']
  readonly remarks: readonly Text[]
  readonly sample: boolean
  readonly trail: readonly TrailStep[]
}

const NOTHING: Omit<Holding, 'missing'> = {
  value: null,
  level: null,
  scope: null,
  confidence: null,
  cites: [],
  remarks: [],
  sample: false,
  trail: []
}

/** What holds of a key on a day; a table as the list of its rows. */
function holding(law: OpenLaw, key: string, on: LocalDate): Holding {
  try {
    const table = law.tables.get(key)
    if (table) {
      const { rows, trail } = law.timelines.table(table, on)
      const lowest = rows.findLast(({ level }) => level !== 'national')
      return {
        ...NOTHING,
        value: rows.map(rowView),
        missing: null,
        level: lowest?.level ?? 'national',
        scope: lowest?.scope ?? law.parts[0]?.unit ?? null,
        trail
      }
    }
    const resolved = law.timelines.resolve(law.definitions.get(key)!, on)
    const stated = law.parts
      .find(({ unit }) => unit === resolved.scope)
      ?.values.some(one => one.key === key && one.value === resolved.value && one.sample)
    return { ...resolved, sample: stated === true, missing: null }
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    return { ...NOTHING, missing: error.message }
  }
}

/** The last value that a unit above applied. */
function aboveOf({ trail }: Holding, unit: OfficeId): Value {
  return (
    trail.findLast(({ scope, status }) => scope !== unit && status === 'applied')?.value ?? null
  )
}

/** Stretches next to each other in which the same holds are one. */
function joined(stretches: TimelineView['effective']): TimelineView['effective'] {
  const made: TimelineView['effective'][number][] = []
  for (const stretch of stretches) {
    const last = made.at(-1)
    const { value, scope } = stretch
    const same =
      last && last.scope === scope && JSON.stringify(last.value) === JSON.stringify(value)
    if (same) made[made.length - 1] = { ...last, to: stretch.to }
    else made.push(stretch)
  }
  return made
}

function statedOf(
  law: OpenLaw,
  key: string,
  today: LocalDate,
  cited: (cite: TrailStep['cites'][number]) => string
): TimelineView['stated'] {
  return law.parts.flatMap(part => {
    const rows = [
      ...part.rows.filter(({ rule }) => rule === key),
      ...part.tables.filter(({ rule }) => rule === key).flatMap(table => table.rows)
    ]
    const live = [
      ...part.values
        .filter(one => one.key === key)
        .map(one => ({ stated: one as Stated, value: one.value })),
      ...rows.map(one => ({ stated: one as Stated, value: { row: one.id, outcome: one.outcome } }))
    ]
    const gone = [
      ...(part.withdrawn?.values ?? [])
        .filter(one => one.key === key)
        .map(one => ({ stated: one as Stated, value: one.value })),
      ...(part.withdrawn?.rows ?? [])
        .filter(({ rule }) => rule === key)
        .map(one => ({ stated: one as Stated, value: { row: one.id, outcome: one.outcome } }))
    ]
    return [...live, ...gone].map(({ stated, value }) => {
      const { from, to, cites, changeSet = null, withdrawnAt = null, cut } = stated
      const day = (isDay(from) ? from : null) ?? (isDay(to) && to < today ? to : today)
      const step = withdrawnAt
        ? null
        : holding(law, key, day).trail.find(
            one => one.scope === part.unit && one.from === from && one.to === to
          )
      return {
        level: part.level,
        scope: part.unit,
        from: cut?.from ?? from,
        to: cut?.to ?? to,
        value,
        status: step?.status ?? (withdrawnAt ? ('none' as const) : ('applied' as const)),
        why: withdrawnAt ? `withdrawn by <${stated.withdrawnBy}>` : (step?.why ?? ''),
        cites: cites.map(cited),
        changeSet,
        withdrawnAt
      }
    })
  })
}

/** A moment with its milliseconds, so that moments compare as their texts do. @throws InvalidData */
function inFull(moment: string): Instant {
  try {
    return parseDateTime(moment, 'UTC')
  } catch {
    const message = `expected a moment that exists, found <${moment}>`
    throw new InvalidData('moment', [{ path: '/knownAt', message }])
  }
}
