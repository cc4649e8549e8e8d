import { expect } from 'chai'
import type { Decision } from '../../engine/messages.ts'
import type { Variables } from '../../engine/state.ts'
import type { Rulebook } from '../../runtime/rulebook.ts'
import { draftImpact } from '../../runtime/rules/draft-impact.ts'
import type { Edit } from '../../runtime/rules/edits.ts'
import type { ImpactReport } from '../../runtime/rules/impact.ts'
import { hashOf } from '../../runtime/rules/laws.ts'
import { releasesOf } from '../../runtime/rules/releases.ts'
import { createRulebook } from '../../runtime/rules/rulebook.ts'
import type { Statements } from '../../runtime/rules/statements.ts'
import type { Store } from '../../runtime/store.ts'
import { type Database, openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStore } from '../../runtime/stores/sqlite.ts'
import { sqliteDecisionLog } from '../../runtime/stores/sqlite-decisions.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import { deciding } from '../contracts/decision-log.ts'
import { RULES } from './folder.ts'

const OFFICE = 'kanim-tju'
const MONDAY = '2026-01-05T02:00:00.000Z'
const FRIDAY = '2026-01-09T02:00:00.000Z'
const FROM = { from: '2026-03-01', to: null } as const
const GROUNDS = {
  cites: [{ instrument: 'standar-tju', pin: 'angka 5' }],
  reason: { id: 'Contoh', en: 'A sample' }
} as const
const perDay: Edit = {
  ...{ kind: 'value', key: 'overstay.perDay', value: 1_500_000, ...FROM, ...GROUNDS }
}
const service = (days: number): Edit => ({
  ...{ kind: 'value', key: 'itk.service.days', ...FROM, ...GROUNDS },
  value: { days, workingDays: false, from: 'payment' }
})
const higher: Edit = {
  ...{ kind: 'row', rule: 'itk.extension.approver', row: 'tju-1', ...FROM, ...GROUNDS },
  ...{ replaces: 'permen-11-office-head', conditions: null, outcome: { approver: 'kadiv' } }
}

describe('the impact of a draft', () => {
  let database: Database
  let statements: Statements
  let rulebook: Rulebook
  let store: Store

  before(async () => {
    statements = sqliteStatements(openDatabase(':memory:'))
    rulebook = await createRulebook({ folder: RULES, statements })
  })
  beforeEach(() => {
    database = openDatabase(':memory:')
    store = sqliteStore(database)
  })
  afterEach(() => store.close())

  const decide = (rule: string, facts: Variables, office = OFFICE, at = MONDAY) =>
    rulebook.decide({ rule, office, facts, date: null, release: null, at })
  const log = async (id: string, decisions: readonly Decision[], ended: string | null = null) =>
    store.commit(
      deciding(id, MONDAY, decisions, {
        number: `2026/TJU/${id}`,
        ...(ended === null ? {} : { status: 'completed', changedAt: ended })
      })
    )
  const submitted = '2026-01-05'

  async function measure(scope: string, edits: readonly Edit[]): Promise<ImpactReport> {
    const period = { from: '2026-01-01', to: '2026-01-31' }
    return draftImpact(
      {
        ...{ rulebook, store, log: sqliteDecisionLog(database) },
        openRelease: releasesOf(statements)
      },
      { scope, edits, ...period, contentHash: hashOf(edits), by: 'aturan', at: MONDAY }
    )
  }

  it('is none of a draft without edits, and every decision comes out as recorded', async () => {
    await log('1', [await decide('itk.regime', { submitted }), await decide('overstay.perDay', {})])
    const report = await measure(OFFICE, [])
    expect(report.decisions).to.deep.equal({
      ...{ replayed: 2, unchanged: 2, changed: 0, failing: 0, notReproduced: 0 }
    })
    expect(
      report.rules.map(({ rule, replayed, changed }) => [rule, replayed, changed])
    ).to.deep.equal([
      ['itk.regime', 1, 0],
      ['overstay.perDay', 1, 0]
    ])
    expect(report.openCases).to.deep.equal({ looked: 1, changed: 0, cases: [] })
  })

  it('counts rupiah over all offices of the nation', async () => {
    await log('1', [await decide('overstay.perDay', {})])
    await log('2', [await decide('overstay.perDay', {}, 'kanim-mre')])
    const { money, rules } = await measure('ditjen-imigrasi', [perDay])
    expect(money).to.deep.equal({
      ...{ before: 2_000_000, after: 3_000_000, difference: 1_000_000 },
      byRule: [{ rule: 'overstay.perDay', before: 2_000_000, after: 3_000_000 }]
    })
    expect(rules[0]).to.deep.include({
      ...{ rule: 'overstay.perDay', replayed: 2, changed: 2 },
      moves: [{ from: '1000000', to: '1500000', count: 2 }]
    })
  })

  it('tells services that would have been late, and open cases that would be due earlier', async () => {
    const decision = await decide('itk.service.days', { submitted })
    await log('1', [decision], FRIDAY)
    await log('2', [decision], '2026-01-07T02:00:00.000Z')
    await log('3', [decision])
    const sooner = await measure(OFFICE, [service(1)])
    expect(sooner.deadlines).to.deep.equal({ newlyMissed: 1, newlyMet: 0, moved: 1 })
    expect(sooner.openCases).to.deep.equal({ looked: 1, changed: 1, cases: ['3'] })
    const later = await measure(OFFICE, [service(5)])
    expect(later.deadlines).to.deep.equal({ newlyMissed: 0, newlyMet: 1, moved: 1 })
  })

  it('counts the tasks of each approver by week', async () => {
    const facts = { submitted, extension: 1 }
    await log('1', [await decide('itk.extension.approver', facts)])
    await log('2', [await decide('itk.extension.approver', facts)])
    const { approvers } = await measure(OFFICE, [higher])
    expect(approvers).to.deep.equal([
      { week: '2026-W02', role: 'kadiv', before: 0, after: 2 },
      { week: '2026-W02', role: 'kakanim', before: 2, after: 0 }
    ])
  })

  it('names documents that are newly asked for', async () => {
    const facts = { submitted, extension: 1, origin: 'visit-visa' }
    const decision = await decide('itk.extension.checklist', facts)
    await log('1', [decision])
    const [row] = decision.rows
    const { documents } = decision.outcome as { readonly documents: never[] }[] & Variables as never
    const more = { code: 'photo', label: { id: 'Foto', en: 'Photo' }, required: true }
    const edit = {
      ...{ kind: 'row', rule: 'itk.extension.checklist', row: 'tju-1', ...FROM, ...GROUNDS },
      ...{ replaces: row, conditions: null, outcome: { documents: [...documents, more] } }
    } as Edit
    expect((await measure(OFFICE, [edit])).documents).to.deep.equal([
      { code: 'photo', newlyAsked: 1, noLongerAsked: 0 }
    ])
  })

  it('shows at most ten examples, without the number of the case or free text', async () => {
    const facts = { submitted, extension: 1 }
    for (let n = 10; n < 22; n++) await log(`${n}`, [await decide('itk.extension.approver', facts)])
    const { examples, decisions } = await measure(OFFICE, [higher])
    expect(decisions.changed).to.equal(12)
    expect(examples).to.have.length(10)
    expect(examples[0]).to.deep.equal({
      ...{ case: '••••/•••/10', rule: 'itk.extension.approver', date: submitted },
      facts: { extension: 1, regime: 'permen-11-2024' },
      ...{ before: { approver: 'kakanim' }, after: { approver: 'kadiv' } }
    })
  })

  it('counts what the draft cannot decide, and why', async () => {
    await log('1', [await decide('itk.service.days', { submitted })])
    const gone: Edit = {
      ...{ kind: 'remove', key: 'itk.service.days', ...FROM, reason: GROUNDS.reason }
    }
    const { decisions, failures } = await measure(OFFICE, [gone])
    expect(decisions).to.deep.include({ replayed: 1, changed: 0, unchanged: 0, failing: 1 })
    expect(failures?.[0]?.reason).to.include('key <itk.service.days> has no value on 2026-01-05')
  })

  it('counts decisions that do not come out as they were recorded', async () => {
    await log('1', [{ ...(await decide('itk.regime', { submitted })), outcome: 'legacy-1995' }])
    expect((await measure(OFFICE, [])).decisions.notReproduced).to.equal(1)
  })

  it('leaves other offices and other days alone', async () => {
    await log('1', [await decide('itk.service.days', { submitted }, 'kanim-mre')])
    const before = '2025-12-31T02:00:00.000Z'
    const decision = await decide('itk.service.days', { submitted: '2025-12-31' }, OFFICE, before)
    await store.commit(deciding('2', before, [decision]))
    expect((await measure(OFFICE, [service(1)])).decisions.replayed).to.equal(0)
  })

  it('is the same report with the same hash every time', async () => {
    await log('1', [await decide('itk.service.days', { submitted })])
    const [one, other] = [await measure(OFFICE, [service(1)]), await measure(OFFICE, [service(1)])]
    expect(one).to.deep.equal(other)
    const { hash, ...rest } = one
    expect(hash).to.equal(hashOf(rest))
  })
})
