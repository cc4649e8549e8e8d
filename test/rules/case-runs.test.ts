import { expect } from 'chai'
import type { LawPart } from '../../engine/rules/release.ts'
import { runCases } from '../../runtime/rules/case-runs.ts'
import { checkRules } from '../../runtime/rules/check.ts'
import { Findings } from '../../runtime/rules/findings.ts'
import { makeReleases, openAll } from '../../runtime/rules/laws.ts'
import type { RuleCase } from '../../runtime/rules/load.ts'
import { loadRules } from '../../runtime/rules/load.ts'
import { coverageLine } from '../../runtime/rules/rules-coverage.ts'
import type { SmallRules } from './folder.ts'
import { approver, CITED, days, removeFolders, row, smallRules, value } from './folder.ts'

const EARLY = { all: [{ fact: 'extension', operator: 'lessThan', value: 3 }] }
const OVERLAY = {
  rule: 'extension.approver',
  id: 'here',
  before: 'any',
  from: '2020-01-01',
  to: null,
  conditions: EARLY,
  outcome: { approver: 'nation' },
  ...CITED
}
const FEWER = { key: 'service.days', ...value(2, '2021-01-01') }

function asked(name: string, date: string, more: object) {
  return { name, date, facts: { extension: 1 }, ...more }
}
function rulesWith(cases: readonly object[], national: readonly object[] = []): SmallRules {
  return {
    parameters: [days([value(4)])],
    tables: [approver([row('any', null, 'head')], { cases: national })],
    office: { values: [FEWER], rows: [OVERLAY], cases }
  }
}
const ANY = asked('any', '2019-12-31', { row: 'any' })
const HERE = { rule: 'extension.approver', ...asked('here', '2020-01-01', { row: 'here' }) }
const TWO = { rule: 'service.days', ...asked('two', '2021-01-01', { outcome: 2 }) }

describe('the cases of rules', () => {
  after(removeFolders)

  it('reach rows, and values and rows of an office, or the check fails where these stand', async () => {
    const none = await checkRules(smallRules(rulesWith([])))
    expect(
      none.problems.map(({ path, message }) => `${path.replace(/:\d+/, '')}: ${message}`)
    ).to.deep.equal([
      'national/tables/extension.approver.json /rows/0: no case of <extension.approver> reaches row <any>',
      'offices/office-a/office.json /rows/0: no case of <extension.approver> reaches row <here>',
      'offices/office-a/office.json /values/0: no case reaches the value of <service.days> that <office-a> states (since 2021-01-01)'
    ])
    expect(coverageLine(none.summary.coverage)).to.equal(
      'coverage of rules: cases reach 0 of 1 rows and 0 of 2 values and rows of regions and offices'
    )
    const all = await checkRules(smallRules(rulesWith([HERE, TWO], [ANY])))
    expect(all.problems).to.deep.equal([])
    expect(coverageLine(all.summary.coverage)).to.equal(
      'coverage of rules: cases reach 1 of 1 rows and 2 of 2 values and rows of regions and offices'
    )
    expect(
      all.summary.coverage.overrides.map(({ kind, key, unit, row: id, cases }) => [
        [kind, key, unit, id],
        cases
      ])
    ).to.deep.equal([
      [['row', 'extension.approver', 'office-a', 'here'], ['here']],
      [['value', 'service.days', 'office-a', null], ['two']]
    ])
  })

  it('reach the value of a parameter through a table that reads it as a fact', async () => {
    const facts = {
      extension: { type: 'integer', min: 1 },
      days: { type: 'integer', parameter: 'service.days' }
    }
    const before = asked('before', '2020-12-31', { row: 'any' })
    const since = asked('since', '2021-01-01', { row: 'any' })
    const overrides = async (cases: readonly object[]) => {
      const table = approver([row('any', null, 'head')], { facts, cases })
      const rules = { parameters: [days([value(4)])], tables: [table], office: { values: [FEWER] } }
      const { summary } = await checkRules(smallRules(rules))
      return summary.coverage.overrides.map(({ cases: names }) => names)
    }
    expect(await overrides([before])).to.deep.equal([[]])
    expect(await overrides([before, since])).to.deep.equal([['since']])
  })

  it('run on any laws that are given, those of a draft too', async () => {
    const findings = new Findings()
    const { tree, parts, cases } = loadRules(smallRules(rulesWith([HERE, TWO], [ANY])), findings)
    const run = (stating: ReadonlyMap<string, LawPart>, list: readonly RuleCase[]) => {
      const law = openAll(makeReleases(tree, stating)).get('office-a')!
      return runCases({ tree, cases: list }, new Map([['office-a', law]]), one =>
        findings.place(one)
      )
    }
    const now = await run(parts, cases)
    expect([now.problems, now.decided, now.failed]).to.deep.equal([[], 3, 0])

    const part = parts.get('office-a')!
    const draft = new Map(parts).set('office-a', { ...part, values: [], rows: [] })
    const then = await run(draft, cases)
    expect([then.decided, then.failed]).to.deep.equal([3, 2])
    expect(then.problems.map(({ message }) => message)).to.deep.equal([
      'case <here> at office-a: expected row here, found row any: {"approver":"head"}',
      'case <two> at office-a: expected outcome 2, found 4'
    ])
    expect(then.problems[0]!.path).to.match(/^offices\/office-a\/office\.json:\d+ \/cases\/0$/)

    const elsewhere: RuleCase = { ...cases[0]!, scope: 'region-b', name: 'elsewhere', rule: 'gone' }
    expect((await run(parts, [...cases, elsewhere])).problems).to.deep.equal([])
  })
})
