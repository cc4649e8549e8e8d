import { expect } from 'chai'
import { overridesOf } from '../../runtime/rules/overrides.ts'
import { reviewLine, reviewsOf } from '../../runtime/rules/reviews.ts'
import { createRulebook } from '../../runtime/rules/rulebook.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import type { SmallRules } from './folder.ts'
import {
  approver,
  CITED,
  days,
  instrument,
  RULES,
  removeFolders,
  row,
  smallRules,
  stated,
  test,
  value
} from './folder.ts'

async function standing(rules: SmallRules | string) {
  const folder = typeof rules === 'string' ? rules : smallRules(rules)
  const rulebook = await createRulebook({
    folder,
    statements: sqliteStatements(openDatabase(':memory:'))
  })
  return rulebook.standing()
}

describe('the register of overrides', () => {
  after(removeFolders)
  const RULES_SMALL: SmallRules = {
    parameters: [days([value(4, null, '2020-12-31'), value(2, '2021-01-01')])],
    tables: [
      approver([
        row('late', { all: [test('extension', 'greaterThan', 2)] }, 'region'),
        row('other', null, 'head')
      ])
    ],
    region: { values: [stated('service.days', 3, '2019-01-01', '2019-12-31')] },
    office: {
      values: [stated('service.days', 3, '2020-01-01', null)],
      rows: [
        {
          rule: 'extension.approver',
          id: 'a-late',
          replaces: 'late',
          outcome: { approver: 'nation' },
          from: null,
          to: null,
          ...CITED
        }
      ]
    }
  }
  const at = async (on: string) => {
    const { tree, parts } = await standing(RULES_SMALL)
    return overridesOf(tree, parts, on).map(({ unit, key, row, value, instead, status, why }) => ({
      unit,
      key,
      row,
      value,
      instead,
      status,
      why
    }))
  }

  it('lists values and rows with what holds instead, and what became of them', async () => {
    expect(await at('2020-06-01')).to.deep.equal([
      {
        unit: 'region-a',
        key: 'service.days',
        row: null,
        value: 3,
        instead: 4,
        status: 'past',
        why: 'instead of 4'
      },
      {
        unit: 'office-a',
        key: 'service.days',
        row: null,
        value: 3,
        instead: 4,
        status: 'applied',
        why: 'instead of 4'
      },
      {
        unit: 'office-a',
        key: 'extension.approver',
        row: 'a-late',
        value: { approver: 'nation' },
        instead: { approver: 'region' },
        status: 'applied',
        why: 'row <a-late> replaces the outcome of <late>'
      }
    ])
    expect((await at('2018-06-01')).map(({ status }) => status)).to.deep.equal([
      'future',
      'future',
      'applied'
    ])
  })

  it('says that a value is suspended, and by which bound', async () => {
    const [, own] = await at('2021-01-01')
    expect(own).to.include({
      status: 'suspended',
      instead: 2,
      why: 'expected at most 2 as above, found 3'
    })
  })

  it('of the country names what its offices do otherwise', async () => {
    const { tree, parts } = await standing(RULES)
    const all = overridesOf(tree, parts, '2022-06-15')
    const named = all.map(({ unit, key, row, status }) => `${unit} ${row ?? key} ${status}`)
    expect(named).to.include('kanim-bnggai bnggai-fourth-and-fifth applied')
    expect(named).to.include('kanwil-jabar itas.service.days applied')
    expect(named).to.include('kanim-mre itk-extension applied')
    expect(all.every(({ kind, cites }) => kind === 'process' || cites.length > 0)).to.equal(true)
  }).timeout(20_000)
})

describe('what must be reviewed', () => {
  after(removeFolders)
  const inForce = (from: string | null, to: string | null, ...unknown: string[]) => ({
    from,
    to,
    ...(unknown.length > 0 && { unknown })
  })
  const laws = [
    { ...instrument('law'), inForce: inForce('2000-01-01', null) },
    { ...instrument('old'), inForce: inForce('2000-01-01', '2010-12-31') },
    { ...instrument('vague'), inForce: inForce('2000', null) },
    { ...instrument('lost'), inForce: inForce(null, null, 'from', 'to') }
  ]
  const found = async (one: object, today: string) => {
    const rules = { instruments: laws, parameters: [days([one], { reviewEvery: 'P1Y' })] }
    const { parts } = await standing(rules)
    return reviewsOf(parts, today).map(({ why, text }) => `${why}: ${text.en}`)
  }
  const on = (...cites: string[]) => cites.map(instrument => ({ instrument }))

  it('is what was not held against its source for a year', async () => {
    const one = { ...value(4, '2020-01-01'), cites: on('law') }
    expect(await found(one, '2021-01-01')).to.deep.equal([])
    expect(await found(one, '2021-01-02')).to.deep.equal([
      'review: Was to be held against its source by 2021-01-01'
    ])
    expect(await found({ ...one, verifiedAt: '2020-12-01' }, '2021-01-02')).to.deep.equal([])
    expect(await found({ ...value(4), cites: on('law') }, '2021-01-02')).to.deep.equal([
      'review: Never held against its source'
    ])
    expect(
      await found({ ...value(4, '2020-01-01', '2020-12-31'), cites: on('law') }, '2022-01-01')
    ).to.deep.equal([])
  })

  it('is what rests on a law that has ended, or whose dates are not known to the day', async () => {
    const one = {
      ...value(4, '2001-01-01'),
      verifiedAt: '2020-12-01',
      cites: on('old', 'vague', 'lost', 'law')
    }
    const said = await found(one, '2021-01-02')
    expect(said).to.deep.equal([
      'repealed: OLD is no longer in force (2000-01-01 to 2010-12-31)',
      'partial-dates: VAGUE: when it is in force is not known to the day (since 2000)',
      'unknown-dates: LOST: when it is in force is not known to the day (an unknown day to an unknown day)'
    ])
    const { parts } = await standing({
      instruments: laws,
      parameters: [days([one], { reviewEvery: 'P1Y' })]
    })
    expect(reviewLine(reviewsOf(parts, '2021-01-02'))).to.equal(
      'to review: 0 past their review, 1 on what is no longer in force, 1 on partial and 1 on unknown dates'
    )
  })
})
