import type { Problem } from '../errors.ts'
import type { Value } from '../state.ts'
import type { Condition, FactType, Group, Operator, Test } from './definitions.ts'
import { faultOf } from './facts.ts'

const ORDERED: readonly FactType['type'][] = ['integer', 'number', 'money', 'date']
const LISTED: readonly FactType['type'][] = ['set', 'flags']
const ORDERING: readonly Operator[] = [
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
  'between'
]

/**
 * What is wrong with conditions: facts that the table does not declare, operators that do not fit
 * their types, values of another type, and an order asked of what may be null.
 */
export function conditionProblems(
  group: Group,
  facts: Readonly<Record<string, FactType>>,
  path: string
): readonly Problem[] {
  return problemsIn(group, facts, path, new Set())
}

function problemsIn(
  condition: Condition,
  facts: Readonly<Record<string, FactType>>,
  path: string,
  guarded: ReadonlySet<string>
): readonly Problem[] {
  if ('fact' in condition) return testProblems(condition, facts, path, guarded)
  if ('not' in condition) return problemsIn(condition.not, facts, `${path}/not`, guarded)

  const [name, members] =
    'all' in condition ? (['all', condition.all] as const) : (['any', condition.any] as const)
  const guard = name === 'all' ? 'notEqual' : 'equal'
  const inside = new Set(guarded)
  for (const member of members) {
    if ('fact' in member && member.operator === guard && member.value === null)
      inside.add(member.fact)
  }
  return members.flatMap((member, index) =>
    problemsIn(member, facts, `${path}/${name}/${index}`, inside)
  )
}

function testProblems(
  { fact, operator, value }: Test,
  facts: Readonly<Record<string, FactType>>,
  path: string,
  guarded: ReadonlySet<string>
): readonly Problem[] {
  const type = Object.hasOwn(facts, fact) ? facts[fact] : undefined
  if (!type) {
    const known = Object.keys(facts).join(', ')
    return [
      {
        path: `${path}/fact`,
        message: `expected a fact that the table declares (${known}), found <${fact}>`
      }
    ]
  }
  const problems: Problem[] = []
  const refuse = (at: string, message: string): void => {
    problems.push({ path: `${path}/${at}`, message })
  }
  const ordering = ORDERING.includes(operator)
  const listing = operator === 'contains' || operator === 'doesNotContain'
  if (ordering && !ORDERED.includes(type.type))
    refuse('operator', `<${operator}> does not fit fact <${fact}> of type ${type.type}`)
  if (listing !== LISTED.includes(type.type))
    refuse('operator', `<${operator}> does not fit fact <${fact}> of type ${type.type}`)
  if (ordering && type.nullable && !guarded.has(fact)) {
    refuse(
      'operator',
      `fact <${fact}> may be null: put <${fact} notEqual null> beside <${operator}>`
    )
  }
  if (listing && type.nullable)
    refuse('operator', `<${operator}> expects a list, and fact <${fact}> may be null`)
  if (problems.length > 0) return problems

  for (const one of valuesOf(operator, value)) {
    const fault = listing ? listedFault(type, one) : faultOf(free(type, operator), one)
    if (fault) refuse('value', `expected ${fault} for fact <${fact}>, found ${JSON.stringify(one)}`)
  }
  const many = operator === 'in' || operator === 'notIn'
  if (many && !(Array.isArray(value) && value.length > 0))
    refuse('value', `<${operator}> expects a list`)
  if (!many && operator !== 'between' && Array.isArray(value))
    refuse('value', `<${operator}> expects one value`)
  if (operator === 'between') {
    const pair = Array.isArray(value) && value.length === 2
    if (!pair) refuse('value', '<between> expects the first and the last value')
    else if (String(value[0]).length > 0 && value[0]! > value[1]!)
      refuse('value', '<between> ends before it starts')
  }
  return problems
}

function valuesOf(operator: Operator, value: Value): readonly Value[] {
  const many = operator === 'in' || operator === 'notIn' || operator === 'between'
  return many && Array.isArray(value) ? value : Array.isArray(value) ? [] : [value]
}

/** A bound may lie outside the range of a fact: `extension greaterThan 0`. */
function free(type: FactType, operator: Operator): FactType {
  if (!ORDERING.includes(operator)) return type
  const { min: _, max: __, nullable: ___, ...rest } = type
  return rest
}

function listedFault({ choices }: FactType, value: Value): string | null {
  if (typeof value === 'string' && (choices?.includes(value) ?? true)) return null
  return choices ? `one of ${choices.join(', ')}` : 'a text'
}
