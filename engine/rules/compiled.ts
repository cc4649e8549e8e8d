import type { Reason } from '../messages.ts'
import type { Value, Variables } from '../state.ts'
import { isDay } from './dates.ts'
import type { Condition, Group, Operator, Table, Test } from './definitions.ts'
import { byHitPolicy, reasonsToKeep } from './hit-policy.ts'
import { OPERATORS } from './operators.ts'
import type { EffectiveRow } from './table.ts'

/** A table whose conditions are closures: the same answers as json-rules-engine's, without its reports. */
export interface CompiledTable {
  /**
   * The rows that count by the hit policy.
   *
   * @throws Stuck when no row fits, more than the hit policy allows, or what cannot be compared is met
   */
  decide(facts: Variables): readonly EffectiveRow[]
  /** Why: of every row that was looked at, the conditions that held or failed. */
  reasons(facts: Variables): readonly Reason[]
}

/**
 * Compiles the rows of an effective table. Like json-rules-engine it looks at every condition of every
 * row: what cannot be compared is met even where another condition has already failed. Of several such
 * conditions it names the first of the first row.
 */
export function compileTable(
  { hitPolicy }: Pick<Table, 'hitPolicy'>,
  rows: readonly EffectiveRow[]
): CompiledTable {
  const holds = rows.map(({ conditions }) => compileConditions(conditions))
  const explain = (facts: Variables): readonly Reason[] =>
    rows.map(({ id, conditions }, index) => ({
      row: id,
      fits: holds[index]!(facts),
      conditions: conditions ? testsOf(conditions, facts, false) : []
    }))
  return {
    decide(facts) {
      const fitting: EffectiveRow[] = []
      for (let index = 0; index < holds.length; index++) {
        if (holds[index]!(facts)) fitting.push(rows[index]!)
      }
      return byHitPolicy(hitPolicy, fitting, () => explain(facts))
    },
    reasons: facts => reasonsToKeep(hitPolicy, explain(facts))
  }
}

type Holds = (facts: Variables) => boolean

/** Whether conditions hold; none at all always do. */
export function compileConditions(conditions: Group | null): Holds {
  return conditions ? compile(conditions) : () => true
}

function compile(condition: Condition): Holds {
  if ('fact' in condition) return compileTest(condition)
  if ('any' in condition) {
    const members = condition.any.map(compile)
    // as json-rules-engine has it, an empty group holds
    if (members.length === 0) return () => true
    return facts => {
      let one = false
      for (const member of members) one = member(facts) || one
      return one
    }
  }
  if ('all' in condition) {
    const members = condition.all.map(compile)
    return facts => {
      let every = true
      for (const member of members) every = member(facts) && every
      return every
    }
  }
  const member = compile(condition.not)
  return facts => !member(facts)
}

function compileTest(test: Test): Holds {
  const { fact, operator, value } = test
  const quick = shortcut(operator, value)
  return facts => {
    const found = facts[fact]
    if (found === undefined || !quick) return evaluate(test, facts)
    return quick(found) ?? evaluate(test, facts)
  }
}

function evaluate({ fact, operator, value }: Test, facts: Variables): boolean {
  const holds = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined
  if (!holds) throw new Error(`Unknown operator: ${operator}`)
  if (!Object.hasOwn(facts, fact)) throw new Error(`Undefined fact: ${fact}`)
  return holds(facts[fact]!, value)
}

/** The plain comparisons; null where only the operator itself can say. */
function shortcut(operator: Operator, value: Value): ((fact: Value) => boolean | null) | null {
  const type = typeof value
  switch (operator) {
    case 'equal':
    case 'notEqual': {
      const wanted = operator === 'equal'
      if (value === null || type === 'object') return null
      return fact => (typeof fact === type ? (fact === value) === wanted : null)
    }
    case 'in':
    case 'notIn': {
      const wanted = operator === 'in'
      if (!Array.isArray(value) || value.length === 0) return null
      const [first] = value as readonly Value[]
      const one = typeof first
      if (one === 'object' || value.some(other => typeof other !== one)) return null
      const listed = new Set<Value>(value)
      return fact => (typeof fact === one ? listed.has(fact) === wanted : null)
    }
    case 'lessThan':
      return inOrder(value, fact => fact < value!)
    case 'lessThanInclusive':
      return inOrder(value, fact => fact <= value!)
    case 'greaterThan':
      return inOrder(value, fact => fact > value!)
    case 'greaterThanInclusive':
      return inOrder(value, fact => fact >= value!)
    default:
      return null
  }
}

/** Numbers by size, days by the calendar; both compare as they are written. */
function inOrder(
  value: Value,
  holds: (fact: string | number) => boolean
): ((fact: Value) => boolean | null) | null {
  if (typeof value === 'number' && !Number.isNaN(value))
    return fact => (typeof fact === 'number' && !Number.isNaN(fact) ? holds(fact) : null)
  if (!isDay(value)) return null
  return fact => (typeof fact === 'string' && isDay(fact) ? holds(fact) : null)
}

function testsOf(
  condition: Condition,
  facts: Variables,
  negated: boolean
): readonly Reason['conditions'][number][] {
  if ('fact' in condition) {
    const { fact, operator, value } = condition
    return [
      {
        fact,
        operator: negated ? `not ${operator}` : operator,
        expected: value,
        found: facts[fact] ?? null,
        holds: evaluate(condition, facts) !== negated
      }
    ]
  }
  if ('not' in condition) return testsOf(condition.not, facts, !negated)
  const members = 'any' in condition ? condition.any : condition.all
  return members.flatMap(member => testsOf(member, facts, negated))
}
