import { expect } from 'chai'
import fc from 'fast-check'
import { compileExpression } from '../../engine/expression.ts'
import type { Group, Layer, Overlay, Table } from '../../engine/rules/definitions.ts'
import { readFacts } from '../../engine/rules/facts.ts'
import { effectiveTable } from '../../engine/rules/table.ts'
import { approver, row } from './folder.ts'

const FROM_3: Group = { all: [{ fact: 'extension', operator: 'greaterThanInclusive', value: 3 }] }
const table = approver([
  row('late', FROM_3, 'region'),
  row('other', null, 'head')
]) as unknown as Table

function overlay(id: string, more: Partial<Overlay> & { readonly by: string }): Overlay {
  const { by, ...rest } = more
  return {
    rule: 'extension.approver',
    id,
    from: null,
    to: null,
    outcome: { approver: by },
    cites: [],
    confidence: 'H',
    ...rest
  }
}
function layers(...rows: Overlay[]): readonly Layer<Overlay>[] {
  return [
    { level: 'national', scope: 'nation', statements: [] },
    { level: 'region', scope: 'region-a', statements: [] },
    { level: 'office', scope: 'office-a', statements: rows }
  ]
}

describe('rows of an office', () => {
  it('replace the outcome of a named row and keep its conditions', () => {
    const { rows, trail } = effectiveTable(
      table,
      layers(overlay('late-here', { replaces: 'late', by: 'nation' })),
      '2020-01-01'
    )
    expect(rows.map(({ id, scope, outcome }) => [id, scope, outcome])).to.deep.equal([
      ['late-here', 'office-a', { approver: 'nation' }],
      ['other', 'nation', { approver: 'head' }]
    ])
    expect(rows[0]!.conditions).to.deep.equal(FROM_3)
    expect(trail.at(-1)).to.include({
      status: 'applied',
      why: 'row <late-here> replaces the outcome of <late>'
    })
  })

  it('stand before a row as an exception that is never wider', () => {
    const own: Group = { all: [{ fact: 'extension', operator: 'equal', value: 4 }] }
    const { rows } = effectiveTable(
      table,
      layers(overlay('fourth', { before: 'late', conditions: own, by: 'nation' })),
      '2020-01-01'
    )
    expect(rows.map(({ id }) => id)).to.deep.equal(['fourth', 'late', 'other'])
    expect(rows[0]!.conditions).to.deep.equal({ all: [own, FROM_3] })
  })

  it('are suspended below the authority of the row above', () => {
    const { rows, trail } = effectiveTable(
      table,
      layers(overlay('late-here', { replaces: 'late', by: 'head' })),
      '2020-01-01'
    )
    expect(rows.map(({ id }) => id)).to.deep.equal(['late', 'other'])
    expect(trail.at(-1)).to.include({
      status: 'suspended',
      why: 'row <late-here>: expected <approver> an authority of at least "region", found "head"'
    })
  })

  it('hold on their own days only', () => {
    const from = overlay('late-here', { replaces: 'late', by: 'nation', from: '2020-03-01' })
    expect(effectiveTable(table, layers(from), '2020-02-29').rows[0]!.id).to.equal('late')
    expect(effectiveTable(table, layers(from), '2020-03-01').rows[0]!.id).to.equal('late-here')
  })

  it('fail when two replace the same row', () => {
    const rivals = layers(
      overlay('a', { replaces: 'late', by: 'nation' }),
      overlay('b', { replaces: 'late', by: 'nation' })
    )
    expect(() => effectiveTable(table, rivals, '2020-01-01')).to.throw(
      '<office-a> replaces row <late> of rule <extension.approver> more than once'
    )
  })

  it('fail when two replace the same row under two names, its own and that of the region that replaces it', () => {
    const region = { level: 'region' as const, scope: 'region-a' }
    const here = overlay('here', { replaces: 'late', by: 'region' })
    const rivals = [
      { ...region, statements: [here] },
      ...layers(
        overlay('a', { replaces: 'late', by: 'nation' }),
        overlay('b', { replaces: 'here', by: 'region' })
      )
    ]
    const open = { ...table, overridableAt: ['region', 'office'] as const }
    expect(() => effectiveTable(open, rivals, '2020-01-01')).to.throw('more than once')
  })

  it('may both replace a row and stand before it', () => {
    const own: Group = { all: [{ fact: 'extension', operator: 'equal', value: 4 }] }
    const both = layers(
      overlay('a', { replaces: 'late', by: 'nation' }),
      overlay('b', { before: 'late', conditions: own, by: 'nation' })
    )
    expect(effectiveTable(table, both, '2020-01-01').rows.map(({ id }) => id)).to.deep.equal([
      'b',
      'a',
      'other'
    ])
  })

  it('are the same table in whatever order they were stated', () => {
    const some = fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        kind: fc.constantFrom('replaces', 'before'),
        row: fc.constantFrom('late', 'other', 'none'),
        by: fc.constantFrom('head', 'region', 'nation')
      }),
      { selector: ({ id }) => id, maxLength: 5 }
    )
    const outcome = (rows: readonly Overlay[]): string => {
      try {
        return JSON.stringify(effectiveTable(table, layers(...rows), '2020-01-01'))
      } catch (error) {
        return (error as Error).message
      }
    }
    fc.assert(
      fc.property(some, some => {
        const rows = some.map(({ id, kind, row, by }) =>
          overlay(id, { [kind]: row, by, ...(kind === 'before' ? { conditions: FROM_3 } : {}) })
        )
        expect(outcome([...rows].reverse())).to.equal(outcome(rows))
      })
    )
  })
})

describe('facts of a table', () => {
  const sources = {
    parameter: () => 5,
    lastWorkingDayBefore: () => '2026-05-13',
    expression: compileExpression
  }
  function facts(types: object, given: object) {
    const typed = { ...table, facts: types } as unknown as Table
    return readFacts(typed, given as never, '2026-01-02', sources)
  }

  it('are read by name and by path', () => {
    expect(
      facts(
        { extension: { type: 'integer' }, 'permit.expires': { type: 'date' } },
        { extension: 2, permit: { expires: '2026-01-02' }, other: 1 }
      )
    ).to.deep.equal({ extension: 2, 'permit.expires': '2026-01-02' })
  })

  const wrong: readonly (readonly [string, object, unknown, string])[] = [
    [
      'a text for a number',
      { type: 'integer' },
      '9',
      'expected fact <it> to be a whole number, found "9"'
    ],
    [
      'a part of a rupiah',
      { type: 'money' },
      0.5,
      'expected fact <it> to be whole rupiah, found 0.5'
    ],
    [
      'a year for a date',
      { type: 'date' },
      '2015',
      'expected fact <it> to be a date such as 2015-12-03, found "2015"'
    ],
    ['a day that no calendar has', { type: 'date' }, '2015-02-30', 'to be a date'],
    [
      'another choice',
      { type: 'choice', choices: ['a', 'b'] },
      'c',
      'to be one of a, b, found "c"'
    ],
    [
      'less than the least',
      { type: 'integer', min: 1 },
      0,
      'to be a whole number from 1 to any, found 0'
    ],
    ['null', { type: 'boolean' }, null, 'to be true or false, found null'],
    ['nothing', { type: 'boolean' }, undefined, 'expected fact <it>, found none'],
    ['text for flags', { type: 'flags' }, { TICKET: 'yes' }, 'to be an object of true and false']
  ]
  for (const [what, type, value, message] of wrong) {
    it(`refuse ${what}`, () => {
      expect(() => facts({ it: type }, value === undefined ? {} : { it: value })).to.throw(message)
    })
  }

  it('name every fault at once, with the path', () => {
    expect(() =>
      facts({ a: { type: 'integer' }, 'permit.expires': { type: 'date' } }, { permit: {} })
    ).to.throw('expected fact <a>, found none; expected fact <permit.expires>, found none')
  })

  it('do not reach into prototypes', () => {
    expect(() => facts({ 'permit.constructor': { type: 'text' } }, { permit: {} })).to.throw(
      'found none'
    )
  })

  it('come from parameters, expressions and the calendar when they are not given', () => {
    const types = {
      maximum: { type: 'integer', parameter: 'itk.extension.maximum' },
      extension: { type: 'integer' },
      left: { type: 'integer', expression: 'maximum - extension' },
      expires: { type: 'date' },
      last: { type: 'date', lastWorkingDayBefore: 'expires' }
    }
    expect(facts(types, { extension: 2, expires: '2026-05-16' })).to.include({
      maximum: 5,
      left: 3,
      last: '2026-05-13'
    })
    expect(facts(types, { extension: 2, maximum: 4, expires: '2026-05-16' })).to.include({
      left: 2
    })
  })

  it('list the flags that are ticked', () => {
    expect(
      facts(
        { documents: { type: 'flags' } },
        { documents: { POA: true, TIKET: false, FORM: true } }
      )
    ).to.deep.equal({ documents: ['FORM', 'POA'] })
  })
})
