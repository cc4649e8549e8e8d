import { expect } from 'chai'
import { checkRules } from '../../runtime/rules/check.ts'
import type { ServiceFacts } from '../../runtime/rules/invariants.ts'
import { breachesOf, invariantProblems } from '../../runtime/rules/invariants.ts'
import { createRulebook } from '../../runtime/rules/rulebook.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import { approver, days, removeFolders, row, smallRules, stated, value } from './folder.ts'

const label = { id: 'Wawancara dalam waktu layanan', en: 'Interview within the service time' }
const WITHIN = {
  id: 'interview-within',
  label,
  reads: { interview: { key: 'interview.days' }, service: { key: 'service.days' } },
  expression: 'interview <= service'
}
const INTERVIEW = days([value(2)], { key: 'interview.days', bounds: [{ kind: 'range', min: 1 }] })
const NOTHING: ServiceFacts = () => null

function rules(invariants: readonly object[], more: Parameters<typeof smallRules>[0] = {}) {
  return {
    parameters: [days([value(4)]), INTERVIEW],
    tables: [approver([row('late', null, 'region', { from: '2021-01-01' })])],
    files: { 'national/invariants.json': JSON.stringify({ invariants }) },
    ...more
  }
}
async function breaches(invariants: readonly object[], office: object, facts = NOTHING) {
  const folder = smallRules(rules(invariants, { office }))
  const statements = sqliteStatements(openDatabase(':memory:'))
  const { laws, invariants: read } = (await createRulebook({ folder, statements })).standing()
  return breachesOf(read, [laws.get('office-a')!], facts)
}

describe('an invariant between keys', () => {
  after(removeFolders)

  it('holds where its expression is true on every day', async () => {
    expect(await breaches([WITHIN], {})).to.deep.equal([])
  })

  it('is broken from the day on which one of its keys changes, and only then', async () => {
    const office = {
      values: [
        stated('service.days', 1, '2020-07-01', '2020-07-31'),
        stated('interview.days', 3, '2020-09-01', null)
      ]
    }
    const found = await breaches([WITHIN], office)
    expect(found.map(({ office, date, values }) => ({ office, date, values }))).to.deep.equal([
      { office: 'office-a', date: '2020-07-01', values: { interview: 2, service: 1 } }
    ])
    expect(invariantProblems(found, ({ id }) => id)[0]).to.deep.equal({
      path: 'interview-within',
      message:
        '<interview-within> at office-a on 2020-07-01: Interview within the service time; found interview 2, service 1',
      text: {
        id: '<interview-within> di office-a pada 2020-07-01: Wawancara dalam waktu layanan; ditemukan interview 2, service 1',
        en: '<interview-within> at office-a on 2020-07-01: Interview within the service time; found interview 2, service 1'
      }
    })
  })

  it('says nothing where an office has one of its keys not', async () => {
    const missing = {
      ...WITHIN,
      reads: { ...WITHIN.reads, service: { rule: 'extension.approver', outcome: 'approver' } },
      expression: 'interview > 100 and service = []'
    }
    expect((await breaches([missing], {})).map(({ date }) => date)).to.deep.equal([
      '1900-01-01',
      '2021-01-01'
    ])
    const steps = {
      id: 'steps',
      label,
      reads: { steps: { minutesOf: 'some' } },
      expression: 'steps < 0'
    }
    expect(await breaches([steps], {})).to.deep.equal([])
  })

  it('reads the outcomes of a table and what a diagram says', async () => {
    const facts: ServiceFacts = (_, service) =>
      service === 'some' ? { minutes: 83, roles: { Check: 'region' } } : null
    const apart = {
      id: 'apart',
      label,
      reads: {
        approvers: { rule: 'extension.approver', outcome: 'approver' },
        preparer: { roleIn: 'some', element: 'Check' }
      },
      expression: 'not(list contains(approvers, preparer))'
    }
    const steps = {
      id: 'steps',
      label,
      reads: { steps: { minutesOf: 'some' } },
      expression: 'steps <= 82'
    }
    const found = await breaches([apart, steps], {}, facts)
    expect(found.map(({ invariant, date, values }) => [invariant.id, date, values])).to.deep.equal([
      ['apart', '2021-01-01', { approvers: ['region'], preparer: 'region' }],
      ['steps', '1900-01-01', { steps: 83 }]
    ])
  })

  it('that cannot be reckoned is broken, and says why', async () => {
    const [found] = await breaches([{ ...WITHIN, expression: 'interview.days <= service' }], {})
    expect(found?.failure).to.contain('days')
    const [other] = await breaches([{ ...WITHIN, expression: 'interview + service' }], {})
    expect(other?.failure).to.equal('expected true or false, found 6')
  })

  const bad: readonly (readonly [string, object, string])[] = [
    [
      'a key that is not defined',
      { ...WITHIN, reads: { interview: { key: 'no.key' }, service: { key: 'service.days' } } },
      '/reads/interview/key: expected a key that is defined, found <no.key>'
    ],
    [
      'a name that it does not read',
      { ...WITHIN, expression: 'interview <= servise' },
      '/expression: expected a name under <reads>, found <servise>'
    ],
    ['an expression that is none', { ...WITHIN, expression: 'interview <=' }, '/expression: '],
    [
      'what it cannot read',
      { ...WITHIN, reads: { interview: { clock: 'now' } } },
      '/reads/interview'
    ]
  ]
  for (const [name, invariant, message] of bad) {
    it(`is refused with ${name}`, async () => {
      const { problems } = await checkRules(smallRules(rules([invariant], { tables: [] })))
      expect(problems.map(({ path, message }) => `${path}: ${message}`).join('\n')).to.include(
        message
      )
    })
  }
})
