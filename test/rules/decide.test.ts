import { expect } from 'chai'
import type { Table } from '../../engine/rules/definitions.ts'
import type { EffectiveRow } from '../../engine/rules/table.ts'
import type { Variables } from '../../engine/state.ts'
import { createDecider } from '../../runtime/decide.ts'
import { all, is, row } from './rows.ts'

function tableOf(hitPolicy: Table['hitPolicy']): Table {
  return { rule: 'some.rule', hitPolicy, rows: [] } as unknown as Table
}
async function decide(
  hitPolicy: Table['hitPolicy'],
  rows: readonly EffectiveRow[],
  facts: Variables
) {
  return createDecider().decide('r1', tableOf(hitPolicy), rows, facts)
}
async function message(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no error',
    (error: Error) => error.message
  )
}

describe('a decision', () => {
  const rows = [
    row('few', all(is('extension', 'lessThanInclusive', 2), is('regime', 'equal', 'legacy'))),
    row('some', all(is('extension', 'between', [2, 4]))),
    row('any', null)
  ]

  it('by hit policy first takes the first row that fits, and says why the earlier ones do not', async () => {
    const { fitting, reasons } = await decide('first', rows, { extension: 3, regime: 'legacy' })
    expect(fitting.map(({ id }) => id)).to.deep.equal(['some'])
    expect(reasons).to.deep.equal([
      {
        row: 'few',
        fits: false,
        conditions: [
          { fact: 'extension', operator: 'lessThanInclusive', expected: 2, found: 3, holds: false }
        ]
      },
      {
        row: 'some',
        fits: true,
        conditions: [
          { fact: 'extension', operator: 'between', expected: [2, 4], found: 3, holds: true }
        ]
      }
    ])
  })

  it('by hit policy unique refuses a second row that fits', async () => {
    expect(await message(decide('unique', rows, { extension: 9, regime: 'new' }))).to.equal(
      'no error'
    )
    expect(await message(decide('unique', rows, { extension: 2, regime: 'new' }))).to.equal(
      'rows <some> and <any> fit, and only one may'
    )
  })

  it('by hit policy collect takes every row that fits, in order, or none', async () => {
    const { fitting } = await decide('collect', rows, { extension: 2, regime: 'legacy' })
    expect(fitting.map(({ id }) => id)).to.deep.equal(['few', 'some', 'any'])
    expect(
      (await decide('collect', rows.slice(0, 2), { extension: 9, regime: 'legacy' })).fitting
    ).to.deep.equal([])
  })

  it('says what each row lacks when none fits, the nearest first', async () => {
    const found = await message(decide('first', rows.slice(0, 2), { extension: 5, regime: 'new' }))
    expect(found).to.equal(
      'no row fits; row <some>: expected extension between [2,4], found 5; row <few>: expected extension lessThanInclusive 2, found 5'
    )
    expect(await message(decide('first', [], {}))).to.equal('no row holds on this day')
  })

  it('refuses two exceptions of one office to the same row when both fit', async () => {
    const here = { level: 'office', scope: 'office-a', exceptionTo: 'any' } as const
    const rivals = [
      row('a', all(is('extension', 'equal', 3)), here),
      row('b', all(is('extension', 'greaterThan', 2)), here),
      row('any', null)
    ]
    expect(await message(decide('first', rivals, { extension: 3 }))).to.equal(
      'rows <a> and <b> fit and are of equal rank'
    )
    expect(await message(decide('first', rivals, { extension: 4 }))).to.equal('no error')
  })

  it('does not guess between a row that only perhaps holds and another', async () => {
    const unsure = [row('old', null, { perhaps: true }), row('any', null)]
    expect(await message(decide('first', unsure, {}))).to.contain(
      'row <old> fits, but whether it holds on this day is not known'
    )
    expect(await message(decide('first', unsure.slice(0, 1), {}))).to.equal('no error')
  })

  it('is the same when many are made at once', async () => {
    const decider = createDecider()
    const table = tableOf('first')
    const found = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        decider.decide('r1', table, rows, { extension: index % 6, regime: 'legacy' })
      )
    )
    expect(found.map(({ fitting }) => fitting[0]!.id)).to.deep.equal(
      Array.from({ length: 200 }, (_, index) =>
        index % 6 <= 2 ? 'few' : index % 6 <= 4 ? 'some' : 'any'
      )
    )
  })

  it('goes on after one that could not be made', async () => {
    const decider = createDecider()
    const [one] = rows
    expect(
      await message(
        decider.decide('r1', tableOf('first'), [one!], { extension: '9', regime: 'legacy' })
      )
    ).to.contain('cannot compare')
    expect(
      await message(
        decider.decide('r1', tableOf('first'), [one!], { extension: 1, regime: 'legacy' })
      )
    ).to.equal('no error')
  })
})

describe('an operator', () => {
  async function holds(fact: unknown, operator: string, value: unknown): Promise<boolean | string> {
    const decision = decide('collect', [row('it', all(is('it', operator, value)))], {
      it: fact
    } as Variables)
    return decision.then(
      ({ fitting }) => fitting.length === 1,
      (error: Error) => error.message
    )
  }

  it('compares numbers as numbers and dates as days', async () => {
    expect(await holds(9, 'lessThan', 10)).to.equal(true)
    expect(await holds('2015-12-03', 'lessThan', '2016-01-02')).to.equal(true)
    expect(await holds('2015-12-03', 'between', ['2015-12-03', '2015-12-31'])).to.equal(true)
    expect(await holds('2016-01-01', 'lessThan', '2015-12-31')).to.equal(false)
  })

  it('never turns what it cannot compare into false', async () => {
    expect(await holds('9', 'lessThan', 10)).to.equal('cannot compare "9" with 10')
    expect(await holds('2015', 'lessThan', '2016')).to.equal('cannot compare "2015" with "2016"')
    expect(await holds(true, 'equal', 'true')).to.equal('cannot compare true with "true"')
    expect(await holds('abc', 'contains', 'a')).to.contain('cannot compare')
  })

  it('knows lists and null', async () => {
    expect(await holds(3, 'in', [1, 2, 3])).to.equal(true)
    expect(await holds(null, 'equal', null)).to.equal(true)
    expect(await holds(null, 'notEqual', 'a')).to.equal(true)
    expect(await holds(['POA'], 'contains', 'POA')).to.equal(true)
    expect(await holds(['POA'], 'doesNotContain', 'TIKET')).to.equal(true)
  })

  it('is one of ours: the ones of json-rules-engine and their decorators are gone', async () => {
    expect(await holds([3], 'someFact:equal', 3)).to.contain('Unknown operator')
    expect(await holds(3, 'not:equal', 4)).to.contain('Unknown operator')
  })

  it('under not is reported the way round it was asked', async () => {
    const { reasons } = await decide('collect', [row('it', { not: is('n', 'equal', 3) })], { n: 3 })
    expect(reasons[0]!.conditions).to.deep.equal([
      { fact: 'n', operator: 'not equal', expected: 3, found: 3, holds: false }
    ])
  })
})
