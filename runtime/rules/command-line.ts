import { InvalidData } from '../../engine/errors.ts'
import type { Decision, Reason, TrailStep } from '../../engine/messages.ts'
import { isDay } from '../../engine/rules/dates.ts'
import type { Instant, Variables } from '../../engine/state.ts'
import type { Rulebook } from '../rulebook.ts'
import { RuleFailed, UnknownOffice } from '../rulebook.ts'
import { openDatabase } from '../stores/database.ts'
import { sqliteStatements } from '../stores/sqlite-statements.ts'
import { readJson } from './json.ts'
import { createRulebook } from './rulebook.ts'

export interface DecideOptions {
  /** The folder `rules/`. */
  readonly folder: string
  readonly rule: string
  readonly office: string
  /** The date whose law is used, or null for the one that the definition names. */
  readonly date: string | null
  /** The facts as JSON text, or as read. */
  readonly facts: string | Variables
  /** The moment of the decision. */
  readonly at: Instant
}

/** What the command line prints, and whether there was an outcome. */
export interface Printed {
  readonly ok: boolean
  readonly text: string
  readonly decision: Decision | null
}

/** Decides one rule from the files alone, as `npx alur decide` does. */
export async function decideFromCommandLine(options: DecideOptions): Promise<Printed> {
  const refuse = (text: string): Printed => ({ ok: false, text, decision: null })
  const { folder, rule, office, date, at } = options
  if (date !== null && !isDay(date))
    return refuse(`expected a date such as 2015-12-03, found <${date}>`)
  const facts = factsOf(options.facts)
  if (typeof facts === 'string') return refuse(facts)
  try {
    const statements = sqliteStatements(openDatabase(':memory:'))
    const rulebook = await createRulebook({ folder, statements })
    const decision = await rulebook.decide({ rule, office, date, facts, release: null, at })
    return { ok: true, text: printDecision(decision, rulebook), decision }
  } catch (error) {
    if (error instanceof InvalidData) {
      return refuse(error.problems.map(({ path, message }) => `${path}: ${message}`).join('\n'))
    }
    if (error instanceof RuleFailed) return refuse(`${error.code}: ${error.message}`)
    if (error instanceof UnknownOffice) return refuse(error.message)
    throw error
  }
}

function factsOf(facts: string | Variables): Variables | string {
  if (typeof facts !== 'string') return facts
  const read = readJson(facts)
  if ('length' in read) return `facts: ${read.map(({ message }) => message).join('; ')}`
  const { value } = read
  const object = typeof value === 'object' && value !== null && !Array.isArray(value)
  return object
    ? (value as Variables)
    : `expected facts such as {"extension": 2}, found ${JSON.stringify(value)}`
}

/** A decision in words: outcome, rows with their conditions, sources, remarks and levels. */
export function printDecision(decision: Decision, rulebook: Rulebook): string {
  const {
    rule,
    office,
    date,
    facts,
    outcome,
    reasons,
    trail,
    cites,
    confidence,
    remarks,
    release
  } = decision
  const { id, en } = rulebook.label(rule)
  return [
    `${rule}: ${id} (${en})`,
    `office ${office}, law of ${date}, release ${release.slice(0, 12)}`,
    ...(Object.keys(facts).length > 0 ? [`facts ${JSON.stringify(facts)}`] : []),
    `outcome ${JSON.stringify(outcome)}`,
    ...reasons.flatMap(printReason),
    `sources ${cites.map(cite => rulebook.citation(cite)).join('; ') || 'none'}; confidence ${confidence ?? 'not stated'}`,
    ...remarks.map(remark => `remark ${remark.id} (${remark.en})`),
    ...trail.map(printStep)
  ].join('\n')
}

function printReason({ row, fits, conditions }: Reason): readonly string[] {
  const tests = conditions.map(
    ({ fact, operator, expected, found, holds }) =>
      `    ${holds ? 'yes' : 'no '} ${fact} ${operator} ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`
  )
  return [`  row ${row} ${fits ? 'fits' : 'does not fit'}`, ...tests]
}

function printStep({ level, scope, status, why }: TrailStep): string {
  return `  ${level} ${scope} ${status}: ${why}`
}
