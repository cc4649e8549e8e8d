import type { RuleResult, TopLevelCondition } from 'json-rules-engine'
import { Engine, Operator as EngineOperator } from 'json-rules-engine'
import type { Reason } from '../engine/messages.ts'
import type { CompiledTable } from '../engine/rules/compiled.ts'
import { compileTable } from '../engine/rules/compiled.ts'
import type { Table } from '../engine/rules/definitions.ts'
import { byHitPolicy, reasonsToKeep } from '../engine/rules/hit-policy.ts'
import { OPERATORS } from '../engine/rules/operators.ts'
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
      const key = `${release} ${table.rule} ${contentOf(rows)}`
      const engine = engines.get(key) ?? new TableEngine(rows)
      engines.delete(key)
      engines.set(key, engine)
      const [oldest] = engines.keys()
      if (engines.size > most && oldest !== undefined) engines.delete(oldest)
      const reasons = await engine.evaluate(facts)
      const fitting = rows.filter((_, index) => reasons[index]!.fits)
      return {
        fitting: byHitPolicy(table.hitPolicy, fitting, () => reasons),
        reasons: reasonsToKeep(table.hitPolicy, reasons)
      }
    }
  }
}

const contents = new WeakMap<readonly EffectiveRow[], string>()
/** A row keeps its id when it is changed from a day on, so that ids alone do not tell rows apart. */
function contentOf(rows: readonly EffectiveRow[]): string {
  const known = contents.get(rows)
  if (known !== undefined) return known
  const content = JSON.stringify(rows.map(({ id, conditions }) => [id, conditions]))
  contents.set(rows, content)
  return content
}

/** The same by compiled conditions, for many decisions in a row: the same rows, reasons and refusals. */
export function createCompiledDecider(): Decider {
  const compiled = new WeakMap<readonly EffectiveRow[], CompiledTable>()

  return {
    async decide(_release, table, rows, facts) {
      const made = compiled.get(rows) ?? compileTable(table, rows)
      compiled.set(rows, made)
      return { fitting: made.decide(facts), reasons: made.reasons(facts) }
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
