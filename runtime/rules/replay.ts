import { Stuck } from '../../engine/errors.ts'
import { compileExpression } from '../../engine/expression.ts'
import { lastWorkingDayBefore } from '../../engine/offices/calendar.ts'
import { same } from '../../engine/rules/bounds.ts'
import type { CompiledTable } from '../../engine/rules/compiled.ts'
import { compileTable } from '../../engine/rules/compiled.ts'
import type { Table } from '../../engine/rules/definitions.ts'
import { deriveAgain } from '../../engine/rules/facts.ts'
import type { EffectiveRow } from '../../engine/rules/table.ts'
import type { LocalDate, Value, Variables } from '../../engine/state.ts'
import type { Recorded } from './decision-log.ts'
import type { OpenLaw } from './laws.ts'

/** What comes of a decision when it is made again: an outcome with its rows, or why there is none. */
export type Replayed =
  | { readonly outcome: Value; readonly rows: readonly string[]; readonly facts: Variables }
  | { readonly failed: string }

/** The law that a key is read from. */
export type LawFor = (key: string) => OpenLaw

/**
 * Makes a logged decision again: with the date that it used and the facts that the case gave; what came
 * from law comes from the given law. Conditions are evaluated in their compiled form.
 */
export function replayDecision(decision: Recorded, lawFor: LawFor): Replayed {
  try {
    return again(decision, lawFor)
  } catch (error) {
    if (error instanceof Stuck) return { failed: error.message }
    throw error
  }
}

/** Whether a decision came out as it was recorded: the same outcome by the same rows. */
export function isReproduced({ outcome, rows }: Recorded, replayed: Replayed): boolean {
  return (
    !('failed' in replayed) &&
    replayed.rows.length === rows.length &&
    rows.every((row, index) => replayed.rows[index] === row) &&
    same(outcome, replayed.outcome)
  )
}

function again(decision: Recorded, lawFor: LawFor): Replayed {
  const { rule, date } = decision
  const law = lawFor(rule)
  const table = law.tables.get(rule)
  if (!table) return { outcome: parameterAt(law, rule, date), rows: NONE, facts: decision.facts }

  const derived = derivedOf(decision, table)
  const facts = derived === null ? decision.facts : factsAgain(decision, table, derived, lawFor)
  const fitting = compiled(table, law.timelines.rowsAt(table, date)).decide(facts)
  return {
    outcome:
      table.hitPolicy === 'collect' ? fitting.map(({ outcome }) => outcome) : fitting[0]!.outcome,
    rows: fitting.map(({ id }) => id),
    facts
  }
}
const NONE: readonly string[] = []

function parameterAt(law: OpenLaw, key: string, date: LocalDate): Value {
  const value = law.timelines.valueAt(key, date)
  if (value !== undefined) return value
  const definition = law.definitions.get(key)
  if (!definition) throw new Stuck('no-value', `expected a rule or a parameter, found <${key}>`)
  // says why there is none
  return law.timelines.resolve(definition, date).value
}

function factsAgain(
  { facts, date, dates }: Recorded,
  table: Table,
  derived: readonly string[],
  lawFor: LawFor
): Variables {
  return deriveAgain(table, facts, derived, date, {
    parameter: key => {
      const law = lawFor(key)
      const asOf = law.definitions.get(key)?.asOf
      const own = asOf && dates && Object.hasOwn(dates, asOf) ? dates[asOf] : undefined
      return parameterAt(law, key, own ?? date)
    },
    lastWorkingDayBefore: day => lastWorkingDayBefore(day, lawFor(table.rule).calendar),
    expression: compileExpression
  })
}

/** The facts that came from law; null: none did, and what was read can be taken as it stands. */
function derivedOf({ derived, calendar, facts }: Recorded, table: Table): readonly string[] | null {
  const names = derived ?? (calendar === undefined ? sourced(table) : [])
  if (names.length > 0) return names
  const complete = Object.keys(table.facts).length === Object.keys(facts).length
  return complete ? null : names
}

/** Of a decision that did not note it: what has a source in law is taken to have come from there. */
function sourced({ facts }: Table): readonly string[] {
  return Object.entries(facts)
    .filter(([, type]) => type.parameter ?? type.expression ?? type.lastWorkingDayBefore)
    .map(([name]) => name)
}

const tables = new WeakMap<readonly EffectiveRow[], CompiledTable>()

function compiled(table: Table, rows: readonly EffectiveRow[]): CompiledTable {
  const known = tables.get(rows)
  if (known) return known
  const made = compileTable(table, rows)
  tables.set(rows, made)
  return made
}
