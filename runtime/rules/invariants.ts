import type { Problem } from '../../engine/errors.ts'
import { InvalidData, Stuck } from '../../engine/errors.ts'
import type { Expression } from '../../engine/expression.ts'
import { compileExpression, ExpressionFailed } from '../../engine/expression.ts'
import type { Text } from '../../engine/messages.ts'
import type { LocalDate, OfficeId, Value, Variables } from '../../engine/state.ts'
import type { NationalLaw } from './checks.ts'
import type { Findings } from './findings.ts'
import type { OpenLaw } from './laws.ts'

/** What the nation asks of several keys together, at every office and on every day. */
export interface Invariant {
  readonly id: string
  readonly label: Text
  /** What the expression knows by which name; where an office lacks one, the invariant says nothing. */
  readonly reads: Readonly<Record<string, Read>>
  /** FEEL; true: it holds. */
  readonly expression: string
}
export type Read =
  | { readonly key: string }
  | { readonly rule: string; readonly outcome: string }
  | { readonly minutesOf: string }
  | { readonly roleIn: string; readonly element: string }

/** What a diagram says of a service at an office; given by who knows diagrams. Null: not offered, or not known. */
export type ServiceFacts = (
  office: OfficeId,
  service: string
) => {
  /** The sum of the standard minutes of its steps; null when none states any. */
  readonly minutes: number | null
  /** The role that does a step. */
  readonly roles: Readonly<Record<string, string>>
} | null

/** Where an invariant does not hold, from which day, and by which values. */
export interface Breach {
  readonly invariant: Invariant
  readonly office: OfficeId
  readonly date: LocalDate
  readonly values: Variables
  /** Why it could not be reckoned; null: it is false. */
  readonly failure: string | null
}

/** Checks that an invariant reads what is defined, by names that its expression knows. */
export function checkInvariants(
  invariants: readonly Invariant[],
  law: NationalLaw,
  findings: Findings
): void {
  const ids = new Set<string>()
  for (const invariant of invariants) {
    const { id, reads, expression } = invariant
    if (ids.has(id)) findings.error(invariant, `invariant <${id}> stands twice`, '/id')
    ids.add(id)
    for (const [name, read] of Object.entries(reads)) {
      if ('key' in read && !law.definitions.has(read.key))
        findings.error(
          invariant,
          `expected a key that is defined, found <${read.key}>`,
          `/reads/${name}/key`
        )
      if ('rule' in read && !law.tables.has(read.rule))
        findings.error(
          invariant,
          `expected a rule that is a table, found <${read.rule}>`,
          `/reads/${name}/rule`
        )
    }
    try {
      for (const name of compileExpression(expression).names) {
        if (!Object.hasOwn(reads, name))
          findings.error(invariant, `expected a name under <reads>, found <${name}>`, '/expression')
      }
    } catch (error) {
      if (!(error instanceof InvalidData)) throw error
      for (const { message } of error.problems) findings.error(invariant, message, '/expression')
    }
  }
}

/**
 * Where invariants do not hold: at every office among these laws, on the first day of each stretch in which
 * something that they read changes. The first stretch counts by the day before all others.
 */
export function breachesOf(
  invariants: readonly Invariant[],
  laws: Iterable<OpenLaw>,
  factsOf: ServiceFacts
): readonly Breach[] {
  const offices = [...laws]
  return invariants.flatMap(invariant => {
    const expression = compileExpression(invariant.expression)
    return offices.flatMap(law => breachesAt(invariant, expression, law, factsOf))
  })
}

function breachesAt(
  invariant: Invariant,
  expression: Expression,
  law: OpenLaw,
  factsOf: ServiceFacts
): readonly Breach[] {
  const reads = Object.entries(invariant.reads)
  const breaches: Breach[] = []
  let last: string | null = null
  for (const date of daysOf(reads, law)) {
    const values: Record<string, Value> = {}
    for (const [name, read] of reads) {
      const value = readValue(read, law, date, factsOf)
      if (value !== undefined) values[name] = value
    }
    const failure =
      reads.length === Object.keys(values).length ? failureOf(expression, values) : undefined
    const found = failure === undefined ? null : JSON.stringify(values)
    // the same values on later days are the same breach
    if (failure !== undefined && found !== last)
      breaches.push({ invariant, office: law.office, date, values, failure })
    last = found
  }
  return breaches
}

/** Undefined: it holds; null: it does not; a text: it cannot be reckoned. */
function failureOf({ evaluate }: Expression, values: Variables): string | null | undefined {
  try {
    const holds = evaluate(name => values[name])
    if (typeof holds === 'boolean') return holds ? undefined : null
    return `expected true or false, found ${JSON.stringify(holds)}`
  } catch (error) {
    if (!(error instanceof ExpressionFailed)) throw error
    return error.message
  }
}

function daysOf(reads: readonly (readonly [string, Read])[], law: OpenLaw): readonly LocalDate[] {
  const starts = reads.flatMap(([, read]) =>
    'key' in read
      ? law.timelines.startsOf(read.key)
      : 'rule' in read
        ? law.timelines.startsOf(read.rule)
        : []
  )
  return [...new Set([BEFORE_ALL, ...starts.filter(day => day > BEFORE_ALL)])].sort()
}
/** Before every law that is known. */
const BEFORE_ALL: LocalDate = '1900-01-01'

/** Undefined where the office has it not on that day. */
function readValue(
  read: Read,
  law: OpenLaw,
  date: LocalDate,
  factsOf: ServiceFacts
): Value | undefined {
  if ('key' in read) return law.timelines.valueAt(read.key, date)
  if ('minutesOf' in read) return factsOf(law.office, read.minutesOf)?.minutes ?? undefined
  if ('roleIn' in read) {
    const roles = factsOf(law.office, read.roleIn)?.roles ?? {}
    return Object.hasOwn(roles, read.element) ? roles[read.element] : undefined
  }
  const table = law.tables.get(read.rule)
  if (!table) return undefined
  try {
    const outcomes = law.timelines.rowsAt(table, date).map(({ outcome }) => outcome as Variables)
    return outcomes.map(outcome => outcome[read.outcome] ?? null)
  } catch (error) {
    // two rows are of equal rank, which is told elsewhere
    if (error instanceof Stuck) return undefined
    throw error
  }
}

/** Breaches as problems: the same one at several offices is told once. */
export function invariantProblems(
  breaches: readonly Breach[],
  placeOf: (invariant: Invariant) => string
): readonly Problem[] {
  const together = new Map<string, { breach: Breach; offices: OfficeId[] }>()
  for (const breach of breaches) {
    const name = JSON.stringify([breach.invariant.id, breach.date, breach.values, breach.failure])
    const known = together.get(name)
    if (known) known.offices.push(breach.office)
    else together.set(name, { breach, offices: [breach.office] })
  }
  return [...together.values()].map(({ breach, offices }) => {
    const { invariant, date, values, failure } = breach
    const shown = offices.slice(0, 3).join(', ')
    const more = offices.length - 3
    const found = Object.entries(values)
      .map(([name, value]) => `${name} ${plainly(value)}`)
      .join(', ')
    const reason = failure === null ? '' : `: ${failure}`
    const text = {
      id: `<${invariant.id}> di ${shown}${more > 0 ? ` dan ${more} lainnya` : ''} pada ${date}: ${invariant.label.id}; ditemukan ${found}${reason}`,
      en: `<${invariant.id}> at ${shown}${more > 0 ? ` and ${more} more` : ''} on ${date}: ${invariant.label.en}; found ${found}${reason}`
    }
    return { path: placeOf(invariant), message: text.en, text }
  })
}

/** A value as a sentence holds it: `days 3, from payment` for a record. */
function plainly(value: Value): string {
  if (Array.isArray(value)) return value.map(plainly).join(', ') || '-'
  if (typeof value !== 'object' || value === null) return String(value ?? '-')
  const parts = Object.entries(value).map(([name, one]) => `${name} ${plainly(one)}`)
  return `(${parts.join(', ')})`
}
