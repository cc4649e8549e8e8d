import { expect } from 'chai'
import { runCases } from '../../runtime/rules/case-runs.ts'
import { Findings } from '../../runtime/rules/findings.ts'
import { makeReleases, openAll } from '../../runtime/rules/laws.ts'
import type { RuleCase } from '../../runtime/rules/load.ts'
import { loadRules } from '../../runtime/rules/load.ts'
import type { ProposedCase } from '../../runtime/rules/proposing.ts'
import { proposeCases } from '../../runtime/rules/proposing.ts'
import type { SmallRules } from './folder.ts'
import {
  approver,
  CITED,
  days,
  RULES,
  removeFolders,
  row,
  smallRules,
  stated,
  value
} from './folder.ts'

function open(folder: string, office: string) {
  const { tree, parts, cases } = loadRules(folder, new Findings())
  return { tree, cases, office, law: openAll(makeReleases(tree, parts)).get(office)! }
}
async function propose(rules: SmallRules, rule: string, rows?: readonly string[]) {
  const { law, cases, office } = open(smallRules(rules), 'office-a')
  return proposeCases({ law, office, rule, cases, ...(rows ? { rows } : {}) })
}
function brief(proposed: readonly ProposedCase[]): readonly string[] {
  return proposed.map(({ date, facts, row: one, outcome, fails }) => {
    const found = one ? String(one) : (fails ?? JSON.stringify(outcome))
    return `${date} ${JSON.stringify(facts)}: ${found}`
  })
}
function isAsked(fact: string, operator: string, of: unknown) {
  return { fact, operator, value: of }
}

describe('proposed cases', () => {
  after(removeFolders)

  it('stand beside and on every number of a condition, with what the rules give', async () => {
    const few = row('few', { all: [isAsked('extension', 'lessThanInclusive', 3)] }, 'head')
    const one = { name: 'four', date: '2020-01-01', facts: { extension: 4 }, row: 'rest' }
    const rules = (cases: readonly object[]): SmallRules => ({
      tables: [approver([few, row('rest', null, 'nation')], { cases })]
    })
    expect(brief(await propose(rules([]), 'extension.approver'))).to.deep.equal([
      '2024-01-02 {"extension":2}: few',
      '2024-01-02 {"extension":3}: few',
      '2024-01-02 {"extension":4}: rest'
    ])
    const [first, ...others] = await propose(rules([one]), 'extension.approver')
    expect(first).to.deep.equal({
      name: 'few-extension-2',
      rule: 'extension.approver',
      date: '2024-01-02',
      facts: { extension: 2 },
      row: 'few',
      outcome: { approver: 'head' },
      because: 'extension is 2, beside 3'
    })
    expect(brief(others)).to.deep.equal(['2024-01-02 {"extension":3}: few'])
  })

  it('stand around every day of a condition, and meet what else the row asks', async () => {
    const facts = { arrival: { type: 'date' }, late: { type: 'boolean' } }
    const conditions = {
      all: [isAsked('arrival', 'lessThan', '2024-03-01'), isAsked('late', 'equal', true)]
    }
    const table = approver([row('early', conditions, 'head'), row('rest', null, 'nation')], {
      facts
    })
    expect(brief(await propose({ tables: [table] }, 'extension.approver'))).to.deep.equal([
      '2024-01-02 {"arrival":"2024-02-29","late":true}: early',
      '2024-01-02 {"arrival":"2024-03-01","late":true}: rest',
      '2024-01-02 {"arrival":"2024-03-02","late":true}: rest'
    ])
  })

  it('find facts from which a number is worked out', async () => {
    const facts = {
      submitted: { type: 'date' },
      arrival: { type: 'date' },
      late: { type: 'integer', expression: '(date(submitted) - date(arrival)).days - 30' }
    }
    const conditions = { all: [isAsked('late', 'greaterThan', 0)] }
    const table = approver([row('late', conditions, 'nation')], { facts, hitPolicy: 'collect' })
    const proposed = await propose({ tables: [table] }, 'extension.approver')
    expect(proposed.map(({ name, row: rows }) => [name, rows])).to.deep.equal([
      ['late-late-minus-1', []],
      ['late-late-0', []],
      ['late-late-1', ['late']]
    ])
    expect(proposed.map(({ facts: given }) => Object.keys(given))).to.deep.equal(
      proposed.map(() => ['submitted', 'arrival'])
    )
  })

  it('stand around the days of rows and values, refusals among them', async () => {
    const late = row('late', null, 'head', { from: '2020-01-01', to: '2020-12-31' })
    const table = approver([late])
    expect(brief(await propose({ tables: [table] }, 'extension.approver'))).to.deep.equal([
      '2019-12-31 {"extension":1}: no-rule',
      '2020-01-01 {"extension":1}: late',
      '2020-01-02 {"extension":1}: late',
      '2020-12-30 {"extension":1}: late',
      '2020-12-31 {"extension":1}: late',
      '2021-01-01 {"extension":1}: no-rule'
    ])
    const rules: SmallRules = {
      parameters: [days([value(4, '2015-01-01')])],
      office: { values: [stated('service.days', 2, '2021')] }
    }
    expect(brief(await propose(rules, 'service.days'))).to.deep.equal([
      '2014-12-31 {}: no-value',
      '2015-01-01 {}: 4',
      '2015-01-02 {}: 4',
      '2020-12-31 {}: 4',
      '2021-01-01 {}: 2',
      '2021-12-30 {}: 2',
      '2021-12-31 {}: 2'
    ])
  })

  it('may be asked for the rows of a draft alone', async () => {
    const overlay = {
      rule: 'extension.approver',
      id: 'here',
      before: 'any',
      from: '2020-06-01',
      to: null,
      conditions: { all: [isAsked('extension', 'greaterThan', 3)] },
      outcome: { approver: 'nation' },
      ...CITED
    }
    const table = approver([row('any', null, 'head', { from: '2010-01-01' })])
    const rules: SmallRules = { tables: [table], office: { rows: [overlay] } }
    expect(brief(await propose(rules, 'extension.approver', ['here']))).to.deep.equal([
      '2020-06-01 {"extension":2}: any',
      '2020-06-01 {"extension":3}: any',
      '2020-06-01 {"extension":4}: here',
      '2020-05-31 {"extension":4}: any',
      '2020-06-02 {"extension":4}: here'
    ])
  })

  it('hold when they are pasted, and are not proposed again', async () => {
    const { law, tree, cases, office } = open(RULES, 'kanim-mre')
    for (const rule of ['itk.extension.fee', 'itk.extension.approver', 'itk.extension.intake']) {
      const proposed = await proposeCases({ law, office, rule, cases })
      expect(proposed).to.have.length.greaterThan(5)
      const pasted = proposed.map(({ because: _, ...one }): RuleCase => ({ ...one, scope: office }))
      const run = await runCases({ tree, cases: pasted }, new Map([[office, law]]), () => '')
      expect(run.problems).to.deep.equal([])
      expect(run.decided).to.equal(proposed.length)
      const again = await proposeCases({ law, office, rule, cases: [...cases, ...pasted] })
      expect(again.map(({ name }) => name)).to.deep.equal([])
    }
  }).timeout(60_000)
})
