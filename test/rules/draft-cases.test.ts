import { expect } from 'chai'
import { openRulebook } from '../../bin/rules.ts'
import type { Rulebook } from '../../runtime/rulebook.ts'
import { checkContent } from '../../runtime/rules/change-check.ts'
import type { ChangeSet } from '../../runtime/rules/change-set.ts'
import { casesOfDraft, withoutProposed } from '../../runtime/rules/draft-cases.ts'
import { casesCheck } from '../../runtime/rules/draft-checks.ts'
import type { Edit } from '../../runtime/rules/edits.ts'

const AT = '2026-12-01T02:00:00.000Z'
const words = { id: 'Uji', en: 'Trial' }
const grounds = { cites: [{ instrument: 'standar-tju', pin: null }], reason: words }
const DAYS: Edit = {
  ...{ kind: 'value', key: 'itk.service.days', from: '2027-01-04', to: null, ...grounds },
  value: { days: 2, workingDays: true, from: 'payment' }
}
const setOf = (edits: readonly Edit[], reverts: ChangeSet['reverts'] = null): ChangeSet => ({
  ...{ id: 'cs-1', version: 1, state: 'draft', scope: 'kanim-tju', edits, reverts },
  ...{ title: words, reason: words, contentHash: 'content', makers: ['ani'], createdAt: AT },
  ...{ check: null, impact: null, submitted: null, approval: null, emergency: null },
  ...{ published: null, ended: null }
})

describe('test cases that are proposed for a draft', () => {
  let rulebook: Rulebook
  before(async () => {
    rulebook = await openRulebook()
  })
  const check = (set: ChangeSet) => checkContent(rulebook, [casesCheck(rulebook)], set, AT)
  const propose = (edits: readonly Edit[]) => {
    const drafted = rulebook.draft('kanim-tju', edits, { by: 'ani', at: AT, changeSet: 'cs-1' })
    return casesOfDraft(rulebook.standing(), { scope: 'kanim-tju', edits }, drafted)
  }

  it('are the day before, on and after a date, and without them the check fails at the edit', async () => {
    const before = await check(setOf([DAYS]))
    expect(before.problems.map(({ path, message }) => [path, message])).to.deep.equal([
      ['/edits/0', 'no case reaches <itk.service.days>']
    ])
    const cases = await propose([DAYS])
    expect(cases.map(one => [one.case.name, one.case.date])).to.deep.equal([
      ['proposed-on-2027-01-03', '2027-01-03'],
      ['proposed-on-2027-01-04', '2027-01-04'],
      ['proposed-on-2027-01-05', '2027-01-05']
    ])
    expect(cases[1]?.case.outcome).to.deep.equal({ days: 2, workingDays: true, from: 'payment' })
    const after = await check(setOf([DAYS, ...cases]))
    expect([after.problems, after.notices]).to.deep.equal([[], []])
    expect(withoutProposed([DAYS, ...cases])).to.deep.equal([DAYS])
  })

  it('reach an exception, and leave alone what is not of the draft', async () => {
    const [table] = [...rulebook.standing().laws.get('kanim-tju')!.tables.values()].filter(
      ({ rule, overridableAt }) => rule.startsWith('itk.') && overridableAt.includes('office')
    )
    const first = table!.rows[0]!
    const edit: Edit = {
      ...{ kind: 'row', rule: table!.rule, row: 'tju-2027', before: first.id, ...grounds },
      ...{ conditions: first.conditions, outcome: first.outcome, from: '2027-01-04', to: null }
    }
    expect((await check(setOf([edit]))).problems.map(({ path }) => path)).to.deep.equal([
      '/edits/0'
    ])
    const cases = await propose([edit])
    expect(cases.some(one => [one.case.row].flat().includes('tju-2027'))).to.equal(true)
    expect(cases.every(one => one.case.rule === table!.rule)).to.equal(true)
    expect((await check(setOf([edit, ...cases]))).problems).to.deep.equal([])
  })

  it('replace at the office those of the nation that the draft makes untrue', async () => {
    const edit: Edit = {
      ...{ kind: 'value', key: 'itk.filing.earliestDays', from: '2015-12-03', to: null },
      ...{ value: 30, ...grounds }
    }
    const missing = (await check(setOf([edit]))).problems.map(({ message }) => message).join()
    expect(missing).to.contain('case <pp-31-a-day-too-early> at kanim-tju')
    const cases = await propose([edit])
    expect(cases.map(one => one.case)).to.deep.include({
      ...{ name: 'proposed-pp-31-a-day-too-early', replaces: 'pp-31-a-day-too-early' },
      ...{ rule: 'itk.extension.intake', date: '2015-12-03', row: [] },
      facts: rulebook.standing().cases.find(({ name }) => name === 'pp-31-a-day-too-early')?.facts
    })
    expect((await check(setOf([edit, ...cases]))).problems).to.deep.equal([])
  })

  it('of an office do not bind the nation: that they no longer hold is told', async () => {
    const bound: Edit = {
      ...{ kind: 'bound', key: 'itk.service.days', from: '2016-01-01', to: null, ...grounds },
      bound: { kind: 'range', path: 'days', min: 1, max: 5, from: '2016-01-01' }
    }
    const set = { ...setOf([bound]), scope: 'ditjen-imigrasi' }
    const { problems, notices } = await check(set)
    expect(problems).to.deep.equal([])
    expect(notices.map(({ message }) => message).join()).to.contain(
      'case <itk.service.days 2022-06-15> at kanim-dps'
    )
  })

  it('make a case of the office itself expect what the draft decides', async () => {
    const own = rulebook
      .standing()
      .cases.find(one => one.scope === 'kanim-tju' && one.rule === 'itk.service.days')!
    const edit: Edit = { ...DAYS, from: own.date, to: own.date }
    const found = await check(setOf([edit]))
    expect(found.problems.map(({ message }) => message).join()).to.contain(`case <${own.name}>`)
    const cases = await propose([edit])
    const renewed = cases.find(one => one.case.name === own.name)
    expect([renewed?.case.date, renewed?.case.outcome]).to.deep.equal([own.date, DAYS.value])
    expect((await check(setOf([edit, ...cases]))).problems).to.deep.equal([])
    expect(await propose([edit, ...cases])).to.deep.equal([])
  })

  it('are not asked of what only brings back what was there', async () => {
    const set = setOf([DAYS], { changeSet: 'cs-0', from: '2027-01-04' })
    const by = { by: 'ani', at: AT, changeSet: 'cs-1' }
    const drafted = rulebook.draft('kanim-tju', set.edits, by)
    const found = await casesCheck(rulebook)({ set, drafted, at: AT })
    expect(found.problems).to.deep.equal([])
    expect(found.notices.map(({ path }) => path)).to.deep.equal(['/edits/0'])
  })
})
