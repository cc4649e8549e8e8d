import { expect } from 'chai'
import { checkRules } from '../../runtime/rules/check.ts'
import { createRulebook } from '../../runtime/rules/rulebook.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import type { SmallRules } from './folder.ts'
import { days, removeFolders, smallRules, stated, value } from './folder.ts'

const REGION_B = JSON.stringify({
  id: 'region-b',
  extends: 'nation',
  name: 'B',
  timeZone: 'Asia/Jakarta',
  place: 'B',
  province: 'B',
  exists: { from: '2010-01-01', to: null }
})

describe('the tree of offices', () => {
  it('holds an office to a region again that it came back to, and to its closed days only while it is there', async () => {
    const region = (nth: string, days: number) => ({
      id: `region-${nth}`,
      extends: 'nation',
      ...{ name: nth, timeZone: 'Asia/Jakarta', place: nth, province: nth },
      values: [stated('service.days', days)]
    })
    const closed = ['2014-06-02', '2016-06-02', '2018-06-01'].map(day => [day, 'Hari daerah'])
    const calendar = (scope: string, holidays: object) => ({
      ...{ scope, sample: true, cites: [], confidence: 'H', holidays, collectiveLeave: {} }
    })
    const years = [2014, 2016, 2018]
    const folder = smallRules({
      parameters: [days([value(9)])],
      region: { values: [stated('service.days', 3)] },
      office: {
        extends: [
          { unit: 'region-a', from: null, to: '2014-12-31' },
          { unit: 'region-b', from: '2015-01-01', to: '2016-12-31' },
          { unit: 'region-a', from: '2017-01-01', to: null }
        ]
      },
      calendars: years.map(year => ({ year, ...calendar('nation', {}) })),
      files: {
        'regions/region-b/region.json': JSON.stringify(region('b', 5)),
        ...Object.fromEntries(
          years.map(year => [
            `calendars/region-a-${year}.json`,
            JSON.stringify({
              year,
              ...calendar(
                'region-a',
                Object.fromEntries(closed.filter(([day]) => day!.startsWith(`${year}`)))
              )
            })
          ])
        )
      }
    })
    const statements = sqliteStatements(openDatabase(':memory:'))
    const rulebook = await createRulebook({ folder, statements })
    const on = (date: string) => rulebook.resolve('service.days', 'office-a', date, null).value
    expect(['2014-06-02', '2016-06-02', '2018-06-01'].map(on)).to.deep.equal([3, 5, 3])
    const { calendar: own } = rulebook.office('office-a', '2018-06-01T02:00:00.000Z')
    const shut = Object.values(own.years).flatMap(year => Object.keys(year.closed))
    expect(shut).to.deep.equal(['2014-06-02', '2018-06-01'])
  })

  after(removeFolders)
  const problems = async (rules: SmallRules) => {
    const files = { 'regions/region-b/region.json': REGION_B }
    const found = await checkRules(smallRules({ files, ...rules }))
    return found.problems.map(({ path, message }) => `${path}: ${message}`).join('\n')
  }
  const under = (unit: string, from: string | null, to: string | null) => ({ unit, from, to })

  it('takes an office that moved from one region to another', async () => {
    const office = {
      extends: [under('region-a', null, '2014-12-31'), under('region-b', '2015-01-01', null)]
    }
    expect(await problems({ office })).to.equal('')
  })

  const bad: readonly (readonly [string, object, string])[] = [
    [
      'an office that extends itself',
      { extends: 'office-a' },
      'offices/office-a/office.json:3 /extends: <office-a> extends itself'
    ],
    [
      'an office that extends itself for some days',
      { extends: [under('region-a', null, '2014-12-31'), under('office-a', '2015-01-01', null)] },
      '<office-a> extends itself'
    ],
    [
      'a level out of order',
      { extends: 'nation' },
      'expected a unit of level region, found <nation> of level national'
    ],
    ['a unit that is not there', { extends: 'region-z' }, 'expected a unit, found <region-z>'],
    [
      'two units above it at once',
      { extends: [under('region-a', null, '2015-01-01'), under('region-b', '2015-01-01', null)] },
      'two units above it at once: <region-a> until 2015-01-01 and <region-b> since 2015-01-01'
    ],
    [
      'days under no unit',
      { extends: [under('region-a', null, '2014-12-31'), under('region-b', '2015-02-01', null)] },
      'on 2015-01-01 it is under no unit'
    ],
    [
      'days after its last unit',
      { extends: [under('region-a', null, '2014-12-31')] },
      'on 2015-01-01 it is under no unit'
    ],
    [
      'a life outside of that of the unit above',
      { extends: 'region-b', exists: { from: '2005-01-01', to: null } },
      'on 2005-01-01 it is under <region-b>, which exists since 2010-01-01 only'
    ],
    [
      'an end before its start',
      { exists: { from: '2005-01-01', to: '2004-12-31' } },
      'ends before it starts: 2005-01-01 to 2004-12-31'
    ],
    [
      'two names at once',
      {
        name: [
          { name: 'One', from: null, to: '2018-01-01' },
          { name: 'Two', from: '2018-01-01', to: null }
        ]
      },
      'two names at once: <One> until 2018-01-01 and <Two> since 2018-01-01'
    ]
  ]
  for (const [name, office, message] of bad) {
    it(`refuses ${name}`, async () => {
      expect(await problems({ office })).to.include(message)
    })
  }

  it('refuses a circle, and tells it where each of its units stands', async () => {
    const found = await problems({ region: { extends: 'office-a' } })
    expect(found).to.include('<office-a> is above itself by way of region-a')
    expect(found).to.include('expected a unit of level national, found <office-a> of level office')
  })

  it('keeps both names where sources disagree and no day is known', async () => {
    const name = [
      { name: 'One', from: null, to: null, unknown: ['to'] },
      { name: 'Two', from: null, to: null, unknown: ['from'] }
    ]
    expect(await problems({ office: { name } })).to.equal('')
  })
})
