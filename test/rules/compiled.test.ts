import { expect } from 'chai'
import fc from 'fast-check'
import { Stuck } from '../../engine/errors.ts'
import { compileTable } from '../../engine/rules/compiled.ts'
import { isDay } from '../../engine/rules/dates.ts'
import type { Condition, Group, Operator, Table, Test } from '../../engine/rules/definitions.ts'
import type { EffectiveRow } from '../../engine/rules/table.ts'
import type { Value, Variables } from '../../engine/state.ts'
import { createCompiledDecider, createDecider } from '../../runtime/decide.ts'
import { all, is, row } from './rows.ts'

type Policy = Table['hitPolicy']
interface Made {
  readonly policy: Policy
  readonly rows: readonly EffectiveRow[]
  readonly facts: Variables
}

/** By json-rules-engine itself. */
async function byTheEngine({ policy, rows, facts }: Made): Promise<unknown> {
  const table = { rule: 'it', hitPolicy: policy } as Table
  try {
    const { fitting, reasons } = await createDecider().decide('r', table, rows, facts)
    return { fitting: fitting.map(({ id }) => id), reasons }
  } catch (error) {
    return refusal(error)
  }
}
function compiled({ policy, rows, facts }: Made): unknown {
  try {
    const table = compileTable({ hitPolicy: policy }, rows)
    return { fitting: table.decide(facts).map(({ id }) => id), reasons: table.reasons(facts) }
  } catch (error) {
    return refusal(error)
  }
}
/** Of several conditions that cannot be compared json-rules-engine names the one that it met first. */
function refusal(error: unknown): string {
  const { message } = error as Error
  const kind = error instanceof Stuck ? error.code : 'error'
  return `${kind}: ${message.startsWith('cannot compare') ? 'cannot compare' : message}`
}

const ORDERING = [
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive'
] as const satisfies readonly Operator[]
const numbers = fc.integer({ min: -2, max: 3 })
const days = fc.constantFrom('2024-02-28', '2024-02-29', '2024-03-01')
const words = fc.constantFrom('a', 'b', 'c')

function test(fact: string, values: fc.Arbitrary<Value>, ordered: boolean): fc.Arbitrary<Test> {
  const one = (operators: readonly Operator[], value: fc.Arbitrary<Value>) =>
    fc.record({ fact: fc.constant(fact), operator: fc.constantFrom(...operators), value })
  const plain = [
    one(['equal', 'notEqual'], fc.option(values)),
    one(['in', 'notIn'], fc.array(fc.option(values, { freq: 20 }), { minLength: 1, maxLength: 3 }))
  ]
  if (!ordered) return fc.oneof(...plain)
  return fc.oneof(
    ...plain,
    one(ORDERING, values),
    one(['between'], fc.tuple(values, values) as fc.Arbitrary<Value>)
  )
}
const listed = fc.record({
  fact: fc.constant('set'),
  operator: fc.constantFrom<Operator>('contains', 'doesNotContain'),
  value: words
})
const typed = fc.oneof(
  test('n', numbers, true),
  test('day', days, true),
  test('word', words, false),
  test('flag', fc.boolean(), false),
  listed
)
/** Anything beside anything: most of it cannot be compared. */
const anything = fc.oneof(numbers, days, words, fc.boolean(), fc.constant(null), fc.array(words))
const wild = fc.record({
  fact: fc.constantFrom('n', 'day', 'word', 'flag', 'set', 'none'),
  operator: fc.constantFrom<Operator>(...ORDERING, 'equal', 'in', 'notIn', 'between', 'contains'),
  value: anything as fc.Arbitrary<Value>
})

function groups(tests: fc.Arbitrary<Test>): fc.Arbitrary<Group> {
  return fc.letrec<{ group: Group; condition: Condition }>(tie => ({
    condition: fc.oneof({ maxDepth: 3 }, { arbitrary: tests, weight: 3 }, tie('group')),
    group: fc.oneof(
      fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }),
      fc.record({ not: tie('condition') })
    )
  })).group
}
function made(tests: fc.Arbitrary<Test>): fc.Arbitrary<Made> {
  const one = fc.record({
    conditions: fc.option(groups(tests), { freq: 6 }),
    perhaps: fc.boolean(),
    exceptionTo: fc.constantFrom(null, null, 'base'),
    scope: fc.constantFrom('office-a', 'office-b')
  })
  return fc.record({
    policy: fc.constantFrom<Policy>('first', 'unique', 'collect'),
    rows: fc
      .array(one, { maxLength: 5 })
      .map(list => list.map(({ conditions, ...more }, at) => row(`r${at}`, conditions, more))),
    facts: fc.record({
      n: fc.option(numbers),
      day: fc.option(days),
      word: fc.option(words),
      flag: fc.boolean(),
      set: fc.uniqueArray(words)
    }) as fc.Arbitrary<Variables>
  })
}

describe('a compiled table', () => {
  it('gives the rows, reasons and refusals of json-rules-engine', async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(made(typed), async table => {
        const found = compiled(table)
        seen.add(
          typeof found === 'string' ? found.replace(/.*?(fit|holds|equal rank)/, '$1') : 'ok'
        )
        expect(found).to.deep.equal(await byTheEngine(table))
      }),
      { numRuns: 600 }
    )
    expect(seen.size).to.be.greaterThan(4)
  })

  it('refuses what cannot be compared wherever json-rules-engine does', async () => {
    let refused = 0
    await fc.assert(
      fc.asyncProperty(made(fc.oneof(typed, typed, wild)), async table => {
        const found = compiled(table)
        if (found === 'no-rule: cannot compare') refused++
        const expected = await byTheEngine(table)
        const either = [found, expected].every(one =>
          /cannot compare|Undefined fact/.test(`${one}`)
        )
        if (!either) expect(found).to.deep.equal(expected)
      }),
      { numRuns: 600 }
    )
    expect(refused).to.be.greaterThan(20)
  })

  it('decides many at once, and kept from one decision to the next', async () => {
    const decider = createCompiledDecider()
    const table = { rule: 'it', hitPolicy: 'first' } as Table
    const rows = [row('few', all(is('n', 'lessThan', 3))), row('many', null)]
    const decide = (n: number) => decider.decide('r', table, rows, { n })
    const found = await Promise.all([2, 3, 2].map(decide))
    expect(found.map(({ fitting: [one] }) => one!.id)).to.deep.equal(['few', 'many', 'few'])
    expect(found[1]).to.deep.equal(await createDecider().decide('r', table, rows, { n: 3 }))
  })

  it('looks at every condition, also where one has failed already', () => {
    const rows = [row('it', all(is('n', 'equal', 1), is('word', 'lessThan', 3)))]
    expect(() => compileTable({ hitPolicy: 'first' }, rows).decide({ n: 2, word: 'a' })).to.throw(
      'cannot compare "a" with 3'
    )
  })

  it('lets an empty group hold, as json-rules-engine does', async () => {
    const table: Made = {
      policy: 'collect',
      rows: [row('any', { any: [] }), row('all', { all: [] }), row('not', { not: { any: [] } })],
      facts: {}
    }
    expect(compiled(table)).to.deep.equal(await byTheEngine(table))
    expect(compiled(table)).to.have.property('fitting').that.deep.equals(['any', 'all'])
  })
})

describe('a day', () => {
  it('is one that the calendar has', () => {
    const days = [
      '2024-02-29',
      '2023-02-29',
      '1900-02-29',
      '2000-02-29',
      '2024-04-31',
      '2024-13-01'
    ]
    expect(days.map(isDay)).to.deep.equal([true, false, false, true, false, false])
  })
})
