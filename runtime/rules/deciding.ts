import type { Calendar } from '../../engine/context.ts'
import { Stuck } from '../../engine/errors.ts'
import { compileExpression } from '../../engine/expression.ts'
import type { Citation, Decision, Text, TrailStep } from '../../engine/messages.ts'
import { lastWorkingDayBefore } from '../../engine/offices/calendar.ts'
import { isDay } from '../../engine/rules/dates.ts'
import type {
  AsOf,
  Confidence,
  Definition,
  Governed,
  Table
} from '../../engine/rules/definitions.ts'
import { atPath, brief, readFacts } from '../../engine/rules/facts.ts'
import type { Resolved } from '../../engine/rules/layers.ts'
import type { EffectiveRow } from '../../engine/rules/table.ts'
import type { LocalDate, OfficeId, Variables } from '../../engine/state.ts'
import type { Decider } from '../decide.ts'
import { RuleFailed } from '../rulebook.ts'
import type { OpenLaw } from './laws.ts'

/** What is asked of the law of an office. */
export interface Question {
  readonly rule: string
  readonly office: OfficeId
  readonly facts: Variables
  /** Null: the date that the definition names. */
  readonly date: LocalDate | null
  /** The day of the decision, in the zone of the office. */
  readonly today: LocalDate
}

/**
 * Decides a table or reads a parameter. `lawFor` gives the law that a key is read from: the one that
 * the case pinned, or for a key that rebinds the newest.
 *
 * @throws RuleFailed
 */
export async function decideBy(
  lawFor: (key: string) => OpenLaw,
  decider: Decider,
  question: Question
): Promise<Decision> {
  const { rule, office, facts, today } = question
  let date: LocalDate | null = null
  try {
    const law = lawFor(rule)
    const table = law.tables.get(rule)
    const definition = law.definitions.get(rule)
    const governed = table ?? definition
    if (!governed) throw new Stuck('no-rule', `expected a rule or a parameter, found <${rule}>`)
    date = question.date ?? dateOf(governed, rule, facts, today)
    if (!isDay(date))
      throw new Stuck('no-rule', `expected a date such as 2015-12-03, found <${date}>`)
    return table
      ? await decideTable(law, lawFor, decider, table, question, date)
      : readParameter(law, definition!, office, date)
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    const code = error.code === 'no-value' || error.code === 'no-calendar' ? error.code : 'no-rule'
    const on = date === null ? '' : ` on ${date}`
    throw new RuleFailed(code, `rule <${rule}> at office <${office}>${on}: ${error.message}`)
  }
}

/** The date whose law counts. */
function dateOf({ asOf }: Governed, rule: string, facts: Variables, today: LocalDate): LocalDate {
  const given = atPath(facts, asOf)
  if (isDay(given)) return given
  if (given !== undefined)
    throw new Stuck(
      'no-rule',
      `expected fact <${asOf}> to be a date such as 2015-12-03, found ${brief(given)}`
    )
  if (READ_FROM_FACTS.has(asOf)) {
    throw new Stuck(
      'no-rule',
      `expected fact <${asOf}>, the date whose law <${rule}> goes by, found none`
    )
  }
  return today
}
const READ_FROM_FACTS: ReadonlySet<AsOf> = new Set<AsOf>(['submitted', 'expiry', 'arrival'])

function readParameter(
  law: OpenLaw,
  definition: Definition,
  office: OfficeId,
  date: LocalDate
): Decision {
  const resolved = law.timelines.resolve(definition, date)
  return {
    rule: definition.key,
    office,
    release: law.release,
    date,
    facts: {},
    outcome: resolved.value,
    rows: [],
    reasons: [],
    trail: resolved.trail,
    cites: resolved.cites,
    confidence: resolved.confidence,
    remarks: unique([...resolved.remarks, ...sampleRemarks(law, resolved.cites)]),
    rebinds: definition.rebind === 'always',
    calendar: law.calendar.version
  }
}

async function decideTable(
  law: OpenLaw,
  lawFor: (key: string) => OpenLaw,
  decider: Decider,
  table: Table,
  { office, facts: given }: Question,
  date: LocalDate
): Promise<Decision> {
  const read = new Map<string, Resolved>()
  const dates: Record<string, LocalDate> = {}
  const releases: Record<string, string> = {}
  const derived: string[] = []
  const years = new Set<string>()
  const facts = readFacts(table, given, date, {
    parameter: key => {
      const source = lawFor(key)
      const own = ownDateOf(source, key, given)
      if (own !== null && own.date !== date) dates[own.name] = own.date
      if (source.release !== law.release) releases[key] = source.release
      const resolved = resolveParameter(source, key, own?.date ?? date)
      read.set(key, resolved)
      return resolved.value
    },
    derived: name => derived.push(name),
    lastWorkingDayBefore: day => {
      const last = lastWorkingDayBefore(day, law.calendar)
      years.add(last.slice(0, 4))
      return last
    },
    expression: compileExpression
  })
  const { rows, outside, trail } = law.timelines.table(table, date)
  const { fitting, reasons } = await decider
    .decide(law.release, table, rows, facts)
    .catch(error => fail(error, facts, outside))
  const parameters = [...read]
  const cites = uniqueCites(
    [...fitting, ...parameters.map(([, resolved]) => resolved)].flatMap(one => one.cites)
  )
  return {
    rule: table.rule,
    office,
    release: law.release,
    date,
    facts,
    outcome:
      table.hitPolicy === 'collect' ? fitting.map(({ outcome }) => outcome) : fitting[0]!.outcome,
    rows: fitting.map(({ id }) => id),
    reasons,
    trail: [
      ...trail,
      ...parameters.flatMap(([key, resolved]) => resolved.trail.map(step => ofParameter(key, step)))
    ],
    cites,
    confidence: least(
      [...fitting, ...parameters.map(([, resolved]) => resolved)].map(one => one.confidence)
    ),
    remarks: unique([
      ...fitting.flatMap(({ remarks }) => remarks),
      ...parameters.flatMap(([, { remarks }]) => remarks),
      ...sampleRemarks(law, cites),
      ...calendarRemarks(law.calendar, years)
    ]),
    rebinds: table.rebind === 'always',
    calendar: law.calendar.version,
    ...(derived.length > 0 ? { derived } : {}),
    ...(Object.keys(dates).length > 0 ? { dates } : {}),
    ...(Object.keys(releases).length > 0 ? { releases } : {})
  }
}

/** A parameter that a fact is read from goes by its own date when the facts give that. */
function ownDateOf(
  law: OpenLaw,
  key: string,
  given: Variables
): { readonly name: AsOf; readonly date: LocalDate } | null {
  const name = law.definitions.get(key)?.asOf
  const date = name && READ_FROM_FACTS.has(name) ? atPath(given, name) : undefined
  return name && isDay(date) ? { name, date } : null
}

function resolveParameter(law: OpenLaw, key: string, date: LocalDate): Resolved {
  const definition = law.definitions.get(key)
  if (!definition) throw new Stuck('no-value', `expected a parameter, found <${key}>`)
  return law.timelines.resolve(definition, date)
}

function ofParameter(key: string, step: TrailStep): TrailStep {
  return { ...step, why: `${key}: ${step.why}` }
}

function fail(error: unknown, facts: Variables, outside: readonly string[]): never {
  if (!(error instanceof Stuck)) throw error
  const met = Object.entries(facts)
    .map(([name, value]) => `${name} ${brief(value)}`)
    .join(', ')
  const other = outside.length > 0 ? `; on other days only: ${outside.join('; ')}` : ''
  throw new Stuck(error.code, `with ${met || 'no facts'}: ${error.message}${other}`)
}

/** The weakest confidence; null as soon as one is not stated, or when there is none. */
function least(confidences: readonly (Confidence | null)[]): Confidence | null {
  if (confidences.length === 0 || confidences.includes(null)) return null
  return (['L', 'M', 'H'] as const).find(one => confidences.includes(one)) ?? null
}

function sampleRemarks(law: OpenLaw, cites: readonly Citation[]): readonly Text[] {
  return cites
    .filter(({ instrument }) => law.instruments.get(instrument)?.sample)
    .map(({ instrument }) => {
      const { short } = law.instruments.get(instrument)!
      return { id: `Contoh: ${short} adalah fiktif`, en: `A sample: ${short} is fictitious` }
    })
}

function calendarRemarks({ years }: Calendar, used: ReadonlySet<string>): readonly Text[] {
  return [...used]
    .filter(year => years[year]?.sample)
    .map(year => ({
      id: `Kalender ${year} adalah contoh: tidak memuat semua hari libur`,
      en: `The calendar of ${year} is a sample: it does not have every holiday`
    }))
}

function unique(texts: readonly Text[]): readonly Text[] {
  return [...new Map(texts.map(text => [text.id, text])).values()]
}

function uniqueCites(cites: readonly Citation[]): readonly Citation[] {
  const plain = cites.map(({ instrument, pin }) => ({ instrument, pin: pin ?? null }))
  return [...new Map(plain.map(cite => [`${cite.instrument} ${cite.pin}`, cite])).values()]
}

/** A row as a list of what holds at an office shows it. */
export function rowView({
  id,
  level,
  scope,
  conditions,
  outcome,
  cites,
  confidence
}: EffectiveRow): Variables {
  return {
    id,
    level,
    scope,
    conditions: conditions as unknown as Variables | null,
    outcome,
    cites: cites.map(({ instrument, pin }) => ({ instrument, pin: pin ?? null })),
    confidence
  }
}
