import { expect } from 'chai'
import type { Decision } from '../../engine/messages.ts'
import { openTimelines } from '../../engine/rules/timeline.ts'
import type { OpenLaw } from '../../runtime/rules/laws.ts'
import type { OpenRelease } from '../../runtime/rules/releases.ts'
import { releasesOf } from '../../runtime/rules/releases.ts'
import { isReproduced, replayDecision } from '../../runtime/rules/replay.ts'
import { createRulebook } from '../../runtime/rules/rulebook.ts'
import { Check, lawsOf } from '../../runtime/rules/self-check.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import { RULES } from './folder.ts'

const AT = '2026-01-05T02:00:00.000Z'
const LATER = '2027-02-01T02:00:00.000Z'
const OFFICE = 'kanim-tju'

describe('a decision made again', () => {
  let decide: (
    rule: string,
    facts: Decision['facts'],
    release?: string,
    at?: string
  ) => Promise<Decision>
  let openRelease: OpenRelease
  let publish: (classification: string) => Promise<string>
  let newest: () => string

  before(async () => {
    const statements = sqliteStatements(openDatabase(':memory:'))
    const rulebook = await createRulebook({ folder: RULES, statements })
    openRelease = releasesOf(statements)
    newest = () => rulebook.release(OFFICE)
    decide = (rule, facts, release, at = AT) =>
      rulebook.decide({ rule, office: OFFICE, facts, date: null, release: release ?? null, at })
    publish = async classification => {
      await rulebook.publish(
        {
          ...{
            scope: OFFICE,
            key: 'letter.classification',
            kind: 'value',
            content: classification
          },
          ...{ from: '2027-01-01', to: null, cites: [{ instrument: 'pp-45-2024', pin: null }] },
          reason: { id: 'Contoh', en: 'Sample' }
        },
        'tarif',
        AT
      )
      return rulebook.release(OFFICE)
    }
  })

  const lawOf = async (release: string): Promise<OpenLaw> => (await openRelease(release)) as OpenLaw
  const intake = {
    ...{ submitted: '2026-01-05', extension: 1, origin: 'visit-visa', days: 60, totalDays: 60 },
    ...{ arrival: '2025-12-01', expires: '2026-01-29', passportExpiry: '2027-12-01' }
  }

  it('comes out as it was recorded, by its release', async () => {
    const decisions = [
      await decide('itk.extension.intake', intake),
      await decide('itk.extension.approver', { extension: 2, submitted: '2020-06-01' }),
      await decide('itk.extension.fee', { extension: 1, days: 30, origin: 'visit-visa' }),
      await decide('itk.regime', { submitted: '2015-12-03' })
    ]
    for (const decision of decisions) {
      const law = await lawOf(decision.release)
      expect(
        isReproduced(
          decision,
          replayDecision(decision, () => law)
        )
      ).to.equal(true)
    }
  })

  it('notes which facts came from law, and by which calendar', async () => {
    const { derived, calendar } = await decide('itk.extension.intake', intake)
    expect(derived).to.include.members(['regime', 'lastDay', 'daysExpired'])
    expect(derived).not.to.include('submitted')
    expect(calendar).to.equal((await lawOf(newest())).calendar.version)
  })

  it('takes what came from law from the law that it is made again by', async () => {
    const decision = await decide('itk.extension.approver', {
      ...{ extension: 2, submitted: '2020-06-01' }
    })
    const law = await lawOf(decision.release)
    const other = withValue(law, 'itk.regime', 'permen-11-2024')
    const [recorded, changed] = [law, other].map(each => replayDecision(decision, () => each))
    expect(recorded).to.deep.include({ facts: decision.facts })
    expect(changed).to.have.nested.property('facts.regime', 'permen-11-2024')
  })

  it('keeps a fact that the case gave, though law could have given it', async () => {
    const given = { extension: 2, submitted: '2020-06-01', regime: 'permen-11-2024' }
    const decision = await decide('itk.extension.approver', given)
    const law = await lawOf(decision.release)
    expect(decision.derived).to.equal(undefined)
    expect(replayDecision(decision, () => law)).to.have.nested.property(
      'facts.regime',
      'permen-11-2024'
    )
  })

  it('says why it fails', async () => {
    const decision = await decide('itk.regime', { submitted: '2015-12-03' })
    const law = await lawOf(decision.release)
    const none = withValue(law, 'itk.regime', null)
    expect(replayDecision(decision, () => none))
      .to.have.property('failed')
      .that.includes('key <itk.regime> has no value on 2015-12-03')
  })

  it('goes by the release that a key which rebinds was read from', async () => {
    const pinned = newest()
    const before = await decide('letter.classification', {}, pinned, LATER)
    await publish('GR.99.99')
    const after = await decide('letter.classification', {}, pinned, LATER)
    expect([before.outcome, after.outcome]).to.deep.equal(['GR.04.02', 'GR.99.99'])
    const check = new Check()
    const laws = await lawsOf([before, after], openRelease)
    for (const decision of [before, after])
      check.add({ instance: 'case-1', element: 'Read', at: AT, decision }, laws)
    expect(check.result()).to.deep.equal({
      ...{ replayed: 2, reproduced: 2, differing: [], failing: [] }
    })
  })

  it('is told of when it does not come out again, or its release is not kept', async () => {
    const decision = await decide('itk.regime', { submitted: '2015-12-03' })
    const check = new Check()
    for (const false_ of [
      { ...decision, outcome: 'permen-11-2024' },
      { ...decision, release: 'lost' }
    ]) {
      const laws = await lawsOf([false_], openRelease)
      check.add({ instance: 'case-1', element: 'Decide', at: AT, decision: false_ }, laws)
    }
    const { replayed, reproduced, differing, failing } = check.result()
    expect({ replayed, reproduced, failing }).to.deep.equal({
      ...{ replayed: 2, reproduced: 0 },
      failing: [{ reason: 'expected release <lost>, found none', count: 1 }]
    })
    expect(differing[0]).to.deep.include({ expected: 'permen-11-2024', rule: 'itk.regime' })
  })
})

/** The law with another value of a key, or none. */
function withValue(law: OpenLaw, key: string, value: string | null): OpenLaw {
  return {
    ...law,
    timelines: {
      ...law.timelines,
      valueAt: (asked, date) =>
        asked === key ? (value ?? undefined) : law.timelines.valueAt(asked, date),
      resolve: (definition, date) =>
        openTimelines(
          { ...law, parts: [{ ...law.parts[0]!, values: [] }] },
          law.definitions,
          law.tables
        ).resolve(definition, date)
    }
  }
}
