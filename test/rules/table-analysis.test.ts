import { expect } from 'chai'
import { checkRules } from '../../runtime/rules/check.ts'
import type { SmallRules } from './folder.ts'
import { approver, CITED, instrument, RULES, removeFolders, row, smallRules } from './folder.ts'

const UP_TO_4 = { all: [{ fact: 'extension', operator: 'lessThanInclusive', value: 4 }] }
const FROM_3 = { all: [{ fact: 'extension', operator: 'greaterThanInclusive', value: 3 }] }

async function check(rules: SmallRules): Promise<{ problems: string[]; notices: string[] }> {
  const { problems, summary } = await checkRules(smallRules(rules))
  const lines = (list: typeof problems) => list.map(({ path, message }) => `${path}: ${message}`)
  // cases are another matter
  return {
    problems: lines(problems).filter(one => !one.includes('no case of')),
    notices: lines(summary.notices)
  }
}

describe('the check of tables', () => {
  after(removeFolders)

  it('reports a gap with its place, an example and the days', async () => {
    const later = { from: '2020-01-01' }
    const tables = [approver([row('few', UP_TO_4, 'head'), row('all', null, 'nation', later)])]
    expect((await check({ tables })).problems).to.deep.equal([
      'national/tables/extension.approver.json:1: no row of <extension.approver> fits with extension ≥ 5, for example with {"extension":5}; add a row, or say under <gaps> why it is left open (before 2020-01-01)'
    ])
  })

  it('is silent about a gap that is left open, for the days for which it is', async () => {
    const gap = {
      to: '2019-12-31',
      conditions: { all: [{ fact: 'extension', operator: 'greaterThan', value: 4 }] },
      reason: { id: 'Tidak ditemukan', en: 'Not found' }
    }
    const later = { from: '2020-01-01' }
    const rows = [row('few', UP_TO_4, 'head'), row('all', null, 'nation', later)]
    const found = (gaps: readonly object[]) => check({ tables: [approver(rows, { gaps })] })
    expect((await found([gap])).problems).to.deep.equal([])
    const [always, ...more] = (await found([{ ...gap, to: null }])).problems
    expect(always).to.match(/^national\/tables\/extension\.approver\.json:\d+ \/gaps\/0: /)
    expect(always).to.contain(
      'this is left open, but row <all> fits with extension ≥ 5, for example with {"extension":5} (from 2020-01-01)'
    )
    expect(more).to.deep.equal([])
  })

  it('reports rows that overlap and rows that are never reached where they stand', async () => {
    const rows = [row('few', UP_TO_4, 'head'), row('many', FROM_3, 'nation')]
    const { problems } = await check({ tables: [approver(rows, { hitPolicy: 'unique' })] })
    expect(problems.join('\n')).to.contain(
      'rows <few> and <many> both fit with extension 3 to 4, and only one may, for example with {"extension":3} (on every day)'
    )
    const taken = [row('any', { any: [UP_TO_4, FROM_3] }, 'head'), row('few', UP_TO_4, 'nation')]
    expect((await check({ tables: [approver(taken)] })).problems.join('\n')).to.contain(
      'row <few> is never reached: <any> before it takes everything, for example with {"extension":'
    )
  })

  it('lists a row without which nothing would change, and goes on', async () => {
    const { problems, notices } = await check({
      tables: [approver([row('few', UP_TO_4, 'head'), row('any', null, 'head')])]
    })
    expect(problems).to.deep.equal([])
    expect(notices.join('\n')).to.contain(
      'row <few> changes nothing and can be left out: <any> after it would give the same outcome with extension ≤ 4'
    )
    const own = row('few', UP_TO_4, 'head', { cites: [{ instrument: 'other' }] })
    const rows = [own, row('any', null, 'head')]
    const instruments = [instrument('law'), instrument('other')]
    expect((await check({ tables: [approver(rows)], instruments })).notices.join('\n')).to.contain(
      'row <few> says what <any> after it would say too, for a reason of its own, with extension ≤ 4'
    )
  })

  it('looks at the table of every office, and blames the rows that the office states', async () => {
    const exception = (id: string, conditions: object) => ({
      rule: 'extension.approver',
      id,
      before: 'any',
      from: null,
      to: null,
      conditions,
      outcome: { approver: 'region' },
      ...CITED
    })
    const { problems } = await check({
      tables: [approver([row('any', null, 'head')])],
      office: { rows: [exception('here', UP_TO_4), exception('there', FROM_3)] }
    })
    expect(problems).to.have.length(1)
    expect(problems[0])
      .to.match(/^offices\/office-a\/office\.json:\d+ \/rows\/1: /)
      .and.contain(
        'rows <here> and <there> are of equal rank and both fit with extension 3 to 4, for example with {"extension":3} at <office-a> (on every day)'
      )
  })

  it('takes of a parameter only what it may be', async () => {
    const regime = {
      key: 'some.regime',
      label: { id: 'Rezim', en: 'Regime' },
      type: 'choice',
      choices: ['a', 'b', 'c'],
      overridableAt: ['office'],
      bounds: [{ kind: 'oneOf', values: ['a', 'b'] }],
      asOf: 'submitted',
      rebind: 'pinned',
      cites: { min: 0 },
      values: []
    }
    const facts = { regime: { type: 'choice', choices: ['a', 'b', 'c'], parameter: 'some.regime' } }
    const is = (value: string) => ({ all: [{ fact: 'regime', operator: 'equal', value }] })
    const rows = [row('a', is('a'), 'head'), row('b', is('b'), 'head')]
    const { problems } = await check({
      parameters: [regime],
      tables: [approver(rows, { facts })]
    })
    expect(problems).to.deep.equal([])
    const some = await check({ parameters: [regime], tables: [approver(rows.slice(1), { facts })] })
    expect(some.problems.join('\n')).to.contain('fits with regime a,')
  })

  it('finds nothing in the rules of the product', async () => {
    const { problems, summary } = await checkRules(RULES)
    expect(problems).to.deep.equal([])
    expect(summary.analysed.tables).to.be.greaterThan(20)
    expect(summary.notices.filter(({ message }) => message.includes('not analysed'))).to.deep.equal(
      []
    )
  }).timeout(60_000)
})
