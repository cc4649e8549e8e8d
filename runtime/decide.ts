import type { RuleResult, TopLevelCondition } from 'json-rules-engine'
import { Engine, Operator as EngineOperator } from 'json-rules-engine'
import { Stuck } from '../engine/errors.ts'
import type { Reason } from '../engine/messages.ts'
import { isDay } from '../engine/rules/dates.ts'
import type { Operator, Table } from '../engine/rules/definitions.ts'
import type { EffectiveRow } from '../engine/rules/table.ts'
import type { Value, Variables } from '../engine/state.ts'

/** Which rows of a table fit, and for every row that was looked at, why. */
export interface TableDecision {
  readonly fitting: readonly EffectiveRow[]
  readonly reasons: readonly Reason[]
}

/** Evaluates resolved tables with json-rules-engine. */
export interface Decider {
  /**
   * Decides by the hit policy of the table.
   *
   * `release` names the law that the rows come from; the engine that is made for them is kept.
   *
   * @throws Stuck when no row fits, or more than the hit policy allows
   */
  decide(
    release: string,
    table: Table,
    rows: readonly EffectiveRow[],
    facts: Variables
  ): Promise<TableDecision>
}

/** Makes a decider that keeps the given number of engines. */
export function createDecider(most = 500): Decider {
  const engines = new Map<string, TableEngine>()

  return {
    async decide(release, table, rows, facts) {
      const key = `${release} ${table.rule} ${rows.map(({ id }) => id).join(' ')}`
      const engine = engines.get(key) ?? new TableEngine(rows)
      engines.delete(key)
      engines.set(key, engine)
      const [oldest] = engines.keys()
      if (engines.size > most && oldest !== undefined) engines.delete(oldest)
      return byHitPolicy(table, rows, await engine.evaluate(facts))
    }
  }
}

/** One engine for one set of rows. */
class TableEngine {
  readonly #engine: Engine
  readonly #rows: readonly EffectiveRow[]
  #last: Promise<unknown> = Promise.resolve()

  constructor(rows: readonly EffectiveRow[]) {
    this.#rows = rows
    this.#engine = new Engine()
    for (const name of THEIR_OPERATORS) this.#engine.removeOperator(name)
    for (const name of THEIR_DECORATORS) this.#engine.removeOperatorDecorator(name)
    for (const [name, holds] of Object.entries(OPERATORS)) {
      this.#engine.addOperator(new EngineOperator<Value, Value>(name, holds))
    }
    rows.forEach((row, index) => {
      const conditions = (row.conditions ?? { all: [] }) as TopLevelCondition
      this.#engine.addRule({ name: String(index), conditions, event: { type: 'fits' } })
    })
  }

  /** The reason of every row. One run at a time: runs that overlap end each other without a word. */
  evaluate(facts: Variables): Promise<readonly Reason[]> {
    const run = this.#last.then(() => this.#run(facts))
    this.#last = run.catch(() => undefined)
    return run
  }

  async #run(facts: Variables): Promise<readonly Reason[]> {
    const { results, failureResults } = await this.#engine.run({ ...facts })
    const reasons: Reason[] = []
    for (const result of [...results, ...failureResults]) {
      const index = Number(result.name)
      reasons[index] = {
        row: this.#rows[index]!.id,
        fits: result.result === true,
        conditions: conditionsOf(result)
      }
    }
    if (reasons.filter(Boolean).length !== this.#rows.length) {
      throw new Error(`expected an answer for ${this.#rows.length} rows, found ${reasons.length}`)
    }
    return reasons
  }
}

function byHitPolicy(
  table: Table,
  rows: readonly EffectiveRow[],
  reasons: readonly Reason[]
): TableDecision {
  const fitting = rows.filter((_, index) => reasons[index]!.fits)
  const [first] = fitting
  if (table.hitPolicy === 'collect') return { fitting, reasons: reasons.map(onlyWhatMatters) }

  if (!first) throw new Stuck('no-rule', nearest(reasons))
  if (table.hitPolicy === 'unique') {
    if (fitting.length > 1)
      throw new Stuck('no-rule', `rows ${names(fitting)} fit, and only one may`)
    return { fitting, reasons: reasons.map(onlyWhatMatters) }
  }
  const rivals = fitting.filter(row => isRival(first, row))
  if (rivals.length > 0) {
    throw new Stuck('no-rule', `rows ${names([first, ...rivals])} fit and are of equal rank`)
  }
  const other = first.perhaps ? fitting.find(row => row !== first) : undefined
  if (other) {
    throw new Stuck(
      'no-rule',
      `row <${first.id}> fits, but whether it holds on this day is not known, and <${other.id}> would fit too`
    )
  }
  const seen = reasons.slice(0, rows.indexOf(first) + 1)
  return { fitting: [first], reasons: seen.map(onlyWhatMatters) }
}

/** Two exceptions of the same unit to the same row. */
function isRival(first: EffectiveRow, other: EffectiveRow): boolean {
  return (
    other !== first &&
    first.exceptionTo !== null &&
    other.exceptionTo === first.exceptionTo &&
    other.scope === first.scope
  )
}

function names(rows: readonly EffectiveRow[]): string {
  return rows.map(({ id }) => `<${id}>`).join(' and ')
}

/** Of a row that does not fit only the conditions that failed are kept. */
function onlyWhatMatters(reason: Reason): Reason {
  if (reason.fits) return reason
  return { ...reason, conditions: reason.conditions.filter(({ holds }) => !holds) }
}

/** The rows with what they lack, those that lack least first. */
function nearest(reasons: readonly Reason[]): string {
  if (reasons.length === 0) return 'no row holds on this day'
  const lacking = reasons
    .map(({ row, conditions }) => ({ row, failed: conditions.filter(({ holds }) => !holds) }))
    .sort((a, b) => a.failed.length - b.failed.length)
  const shown = lacking.slice(0, MOST_SHOWN).map(({ row, failed }) => {
    const [one] = failed
    const why = one
      ? `expected ${one.fact} ${one.operator} ${JSON.stringify(one.expected)}, found ${JSON.stringify(one.found)}`
      : 'its conditions do not hold together'
    return `row <${row}>: ${why}`
  })
  const more = lacking.length - shown.length
  return `no row fits; ${shown.join('; ')}${more > 0 ? `; and ${more} more rows` : ''}`
}
const MOST_SHOWN = 12

// reading json-rules-engine's results ////////

type Found = Reason['conditions'][number]
/** A condition after a run, as json-rules-engine leaves it. */
interface RunCondition {
  readonly all?: readonly RunCondition[]
  readonly any?: readonly RunCondition[]
  readonly not?: RunCondition
  readonly fact?: string
  readonly operator?: string
  readonly value?: Value
  readonly factResult?: Value
  readonly result?: boolean
}

function conditionsOf(result: RuleResult): readonly Found[] {
  return tests(result.conditions as unknown as RunCondition, false)
}

function tests(condition: RunCondition, negated: boolean): readonly Found[] {
  if (condition.not) return tests(condition.not, !negated)
  const group = condition.all ?? condition.any
  if (group) return group.flatMap(member => tests(member, negated))
  const { fact = '', operator = '', value = null, factResult = null, result = false } = condition
  const holds = result !== negated
  return [
    {
      fact,
      operator: negated ? `not ${operator}` : operator,
      expected: value,
      found: factResult,
      holds
    }
  ]
}

// operators ////////

const THEIR_OPERATORS = [
  'equal',
  'notEqual',
  'in',
  'notIn',
  'contains',
  'doesNotContain',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive'
]
const THEIR_DECORATORS = ['someFact', 'someValue', 'everyFact', 'everyValue', 'swap', 'not']

/** Ours never turn what they cannot compare into false. */
const OPERATORS: Readonly<Record<Operator, (fact: Value, value: Value) => boolean>> = {
  equal: equals,
  notEqual: (fact, value) => !equals(fact, value),
  in: (fact, value) => list(value).some(one => equals(fact, one)),
  notIn: (fact, value) => !list(value).some(one => equals(fact, one)),
  lessThan: (fact, value) => ordered(fact, value, order => order < 0),
  lessThanInclusive: (fact, value) => ordered(fact, value, order => order <= 0),
  greaterThan: (fact, value) => ordered(fact, value, order => order > 0),
  greaterThanInclusive: (fact, value) => ordered(fact, value, order => order >= 0),
  between: (fact, value) => {
    const [from = null, to = null] = list(value)
    return ordered(fact, from, order => order >= 0) && ordered(fact, to, order => order <= 0)
  },
  contains: (fact, value) => list(fact).some(one => equals(one, value)),
  doesNotContain: (fact, value) => !list(fact).some(one => equals(one, value))
}

function equals(fact: Value, value: Value): boolean {
  if (fact === null || value === null) return fact === value
  if (typeof fact !== typeof value || typeof fact === 'object') mismatch(fact, value)
  return fact === value
}

/** The checks of the rules see to it that null is asked for beside an order; here it simply has none. */
function ordered(fact: Value, value: Value, holds: (order: number) => boolean): boolean {
  if (fact === null) return false
  if (typeof fact === 'number' && typeof value === 'number') return holds(fact - value)
  if (isDay(fact) && isDay(value)) return holds(fact < value ? -1 : fact > value ? 1 : 0)
  return mismatch(fact, value)
}

function list(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : mismatch(value, [])
}

function mismatch(fact: Value, value: Value): never {
  throw new Stuck('no-rule', `cannot compare ${JSON.stringify(fact)} with ${JSON.stringify(value)}`)
}
