import { expect } from 'chai'
import type { Bound } from '../../engine/rules/bounds.ts'
import { breachOf, findBreach } from '../../engine/rules/bounds.ts'
import type { Value } from '../../engine/state.ts'
import { checkRules } from '../../runtime/rules/check.ts'
import { approver, CITED, days, removeFolders, row, smallRules, stated, value } from './folder.ts'

describe('a bound', () => {
  const order = ['head', 'region', 'nation']
  const examples: readonly (readonly [string, Bound, Value, Value | undefined, string | null])[] = [
    ['locked', { kind: 'locked' }, 3, 4, 'the key is locked'],
    ['locked where nothing stands above', { kind: 'locked' }, 3, undefined, 'the key is locked'],
    ['range inside', { kind: 'range', min: 1, max: 5 }, 5, 4, null],
    ['range outside', { kind: 'range', min: 1, max: 5 }, 6, 4, 'expected between 1 and 5, found 6'],
    [
      'range of a member',
      { kind: 'range', path: 'days', min: 1 },
      { days: 0 },
      undefined,
      'expected <days> between 1 and any, found 0'
    ],
    [
      'range of a text',
      { kind: 'range', min: 1 },
      'many',
      4,
      'expected between 1 and any, found "many"'
    ],
    ['at most, equal', { kind: 'atMostParent' }, 4, 4, null],
    ['at most, more', { kind: 'atMostParent' }, 5, 4, 'expected at most 4 as above, found 5'],
    ['at least, less', { kind: 'atLeastParent' }, 3, 4, 'expected at least 4 as above, found 3'],
    ['at least, with nothing above', { kind: 'atLeastParent' }, 3, undefined, null],
    ['ten per cent below', { kind: 'deltaPct', percent: 10 }, 90, 100, null],
    ['ten per cent above', { kind: 'deltaPct', percent: 10 }, 110, 100, null],
    [
      'more than ten per cent',
      { kind: 'deltaPct', percent: 10 },
      111,
      100,
      'expected at most 10% away from 100, found 111'
    ],
    [
      'a share of nothing',
      { kind: 'deltaPct', percent: 10 },
      1,
      0,
      'expected at most 10% away from 0, found 1'
    ],
    [
      'one of',
      { kind: 'oneOf', values: ['a', 'b'] },
      'c',
      'a',
      'expected one of ["a","b"], found "c"'
    ],
    ['a subset', { kind: 'subsetOfParent' }, ['a'], ['a', 'b'], null],
    [
      'beyond a subset',
      { kind: 'subsetOfParent' },
      ['c'],
      ['a', 'b'],
      'expected nothing beyond ["a","b"], found ["c"]'
    ],
    [
      'a superset',
      { kind: 'supersetOfParent' },
      ['a'],
      ['a', 'b'],
      'expected all of ["a","b"], found ["a"]'
    ],
    ['a higher authority', { kind: 'authorityAtLeastParent', order }, 'nation', 'region', null],
    [
      'a lower authority',
      { kind: 'authorityAtLeastParent', order },
      'head',
      'region',
      'expected an authority of at least "region", found "head"'
    ],
    [
      'an authority of nobody',
      { kind: 'authorityAtLeastParent', order },
      'king',
      'region',
      'expected one of head, region, nation, found "king"'
    ],
    [
      'an authority above that has no rank',
      { kind: 'authorityAtLeastParent', order },
      'nation',
      'king',
      'expected an authority of at least "king", found "nation"'
    ]
  ]
  for (const [name, bound, own, above, breach] of examples) {
    it(`of ${name} ${breach === null ? 'holds' : 'is broken'}`, () => {
      expect(findBreach([bound], own, above)).to.equal(breach)
    })
  }

  it('says in both languages what it wants', () => {
    expect(
      breachOf([{ kind: 'atMostParent', path: 'days' }], { days: 5 }, { days: 4 })
    ).to.deep.equal({
      id: 'diharapkan <days> paling banyak 4 seperti di atasnya, ditemukan 5',
      en: 'expected <days> at most 4 as above, found 5'
    })
  })
})

describe('the bounds of a rule', () => {
  after(removeFolders)
  const problems = async (rules: Parameters<typeof smallRules>[0]) =>
    (await checkRules(smallRules(rules))).problems.map(({ path, message }) => `${path}: ${message}`)

  const bad: readonly (readonly [string, object, string])[] = [
    [
      'that lock what is open',
      { bounds: [{ kind: 'locked' }] },
      'is locked, yet open to region and office'
    ],
    [
      'of an empty range',
      { bounds: [{ kind: 'range', min: 3, max: 2 }] },
      'bound <range> is empty: 3 to 2'
    ],
    [
      'of a list, for a number',
      { bounds: [{ kind: 'subsetOfParent' }] },
      'bound <subsetOfParent> does not fit type days'
    ],
    [
      'with a path into a number',
      { bounds: [{ kind: 'range', path: 'days', min: 1 }] },
      'bound <range> gives a <path>, yet the value is no record'
    ],
    ['of an unknown kind', { bounds: [{ kind: 'roughly' }] }, '/bounds/0'],
    [
      'of a share below nothing',
      { bounds: [{ kind: 'deltaPct', percent: -1 }] },
      '/bounds/0/percent: must be >= 0'
    ]
  ]
  for (const [name, more, message] of bad) {
    it(`${name} are refused`, async () => {
      const found = await problems({ parameters: [days([value(4)], more)] })
      expect(found.join('\n')).to.include(message)
    })
  }

  it('of every kind may have days', async () => {
    const kinds = [
      { kind: 'range', min: 1 },
      { kind: 'atMostParent' },
      { kind: 'deltaPct', percent: 10 },
      { kind: 'oneOf', values: [4] }
    ]
    const bounds = kinds.map(kind => ({ ...kind, from: '2020-01-01', to: '2020-12-31' }))
    expect(await problems({ parameters: [days([value(4)], { bounds })] })).to.deep.equal([])
  })

  it('name a member that the outcome has', async () => {
    const bounds = [{ kind: 'range', path: 'aprover', min: 1 }]
    const found = await problems({ tables: [approver([row('only', null, 'head')], { bounds })] })
    expect(found.join('\n')).to.include('bound <range>: the shape has no <aprover>')
  })

  it('hold a row of an office on each day on which the row above it changes', async () => {
    const overlay = {
      rule: 'extension.approver',
      id: 'a-head',
      before: 'first',
      conditions: null,
      outcome: { approver: 'head' },
      from: '2020-01-01',
      to: null,
      ...CITED
    }
    const rows = [
      row('first', null, 'head', { from: null, to: '2020-12-31' }),
      row('second', null, 'region', { from: '2021-01-01', to: null })
    ]
    const office = { rows: [{ ...overlay, before: 'second' }] }
    expect((await problems({ tables: [approver(rows)], office })).join('\n')).to.include(
      '/rows/0/outcome: on 2021-01-01: expected <approver> an authority of at least "region", found "head"'
    )
  })

  it('hold a value by a share of the one above, from the day on which that moves', async () => {
    const national = [value(100, null, '2020-12-31'), value(50, '2021-01-01')]
    const found = await problems({
      parameters: [days(national, { bounds: [{ kind: 'deltaPct', percent: 10 }] })],
      office: { values: [stated('service.days', 95, '2020-01-01')] }
    })
    expect(found).to.include(
      'offices/office-a/office.json:11 /values/0/value: on 2021-01-01: expected at most 10% away from 50, found 95'
    )
  })
})
