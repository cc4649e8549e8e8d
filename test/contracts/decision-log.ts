import { expect } from 'chai'
import { replay } from '../../engine/apply.ts'
import type { Actor } from '../../engine/context.ts'
import type { Decision, Event } from '../../engine/messages.ts'
import { decisionsIn } from '../../runtime/rows.ts'
import type { DecisionFilter, DecisionLog } from '../../runtime/rules/decision-log.ts'
import { streamDecisions } from '../../runtime/rules/decision-log.ts'
import type { Commit, Store } from '../../runtime/store.ts'

/** What every log of decisions must do. A driver passes when this suite passes. */
export function describeDecisionLog(
  name: string,
  open: () => Promise<{ readonly store: Store; readonly log: DecisionLog }>
): void {
  describe(`decision log: ${name}`, () => {
    let store: Store
    let log: DecisionLog
    beforeEach(async () => {
      ;({ store, log } = await open())
      await store.commit(deciding('case-1', '2015-12-01T02:00:00.000Z', [FEE, APPROVER]))
      await store.commit(
        deciding('case-2', '2015-12-02T02:00:00.000Z', [{ ...FEE, office: 'kanim-mre' }])
      )
      await store.commit(
        deciding('case-3', '2015-12-03T02:00:00.000Z', [{ ...FEE, release: 'r2' }])
      )
    })
    afterEach(() => store.close())

    const found = async (filter: DecisionFilter, limit = 500): Promise<readonly string[]> => {
      const all: string[] = []
      for await (const page of streamDecisions(log, filter, limit)) {
        all.push(...page.map(({ instance, decision }) => `${instance} ${decision.rule}`))
      }
      return all
    }

    it('gives each decision as it was made, with its case', async () => {
      const { rows } = await log.decisions({ instance: 'case-1', limit: 9, cursor: null })
      expect(rows[1]).to.deep.equal({
        instance: 'case-1',
        before: 0,
        event: 2,
        at: '2015-12-01T02:00:00.000Z',
        element: 'Decide',
        decision: APPROVER,
        process: 'itk-extension',
        number: 'P-case-1',
        status: 'running',
        startedAt: '2015-12-01T02:00:00.000Z',
        changedAt: '2015-12-01T02:00:00.000Z'
      })
      expect(rows).to.have.length(2)
    })

    it('gives what making each again needs, page by page', async () => {
      const seldom = {
        ...{ calendar: null, derived: ['amount'], dates: { arrival: '2015-11-01' } },
        releases: { 'fee.overstay': 'r0' }
      }
      const noted = { ...FEE, ...seldom }
      const { calendar: _, ...older } = FEE
      await store.commit(deciding('case-4', '2015-12-04T02:00:00.000Z', [noted, older]))
      const pages = [
        await log.recorded({ instance: 'case-4', limit: 1, cursor: null }),
        await log.decisions({ instance: 'case-4', limit: 9, cursor: null })
      ]
      const next = { instance: 'case-4', limit: 1, cursor: pages[0]!.next }
      const found = [...pages[0]!.rows, ...(await log.recorded(next)).rows]
      const { rule, office, release, date, facts, outcome, rows } = FEE
      const made = { rule, office, release, date, facts, outcome, rows }
      expect(found.map(({ decision }) => decision)).to.deep.equal([{ ...made, ...seldom }, made])
      const places = (rows: readonly object[]) => rows.map(row => ({ ...row, decision: null }))
      expect(places(found)).to.deep.equal(places(pages[1]!.rows))
    })

    it('goes from the oldest to the latest, page by page', async () => {
      const all = ['case-1 fee', 'case-1 approver', 'case-2 fee', 'case-3 fee']
      expect(await found({})).to.deep.equal(all)
      expect(await found({}, 1)).to.deep.equal(all)
      expect(await found({}, 3)).to.deep.equal(all)
    })

    it('is narrowed by time, office, rule and release', async () => {
      const [from, until] = ['2015-12-02T02:00:00.000Z', '2015-12-03T02:00:00.000Z']
      expect(await found({ from, until })).to.deep.equal(['case-2 fee'])
      expect(await found({ offices: ['kanim-tju', 'kanim-tpn'] })).to.deep.equal([
        ...['case-1 fee', 'case-1 approver', 'case-3 fee']
      ])
      expect(await found({ offices: [] })).to.deep.equal([])
      expect(await found({ rule: 'approver' })).to.deep.equal(['case-1 approver'])
      expect(await found({ release: 'r2' })).to.deep.equal(['case-3 fee'])
      expect(await log.count({ rule: 'fee' })).to.equal(3)
    })

    it('keeps nothing of a case that was deleted', async () => {
      await store.remove({
        instance: 'case-1',
        number: 'P-1',
        process: 'itk-extension',
        office: 'kanim-tju',
        startedAt: '2015-12-01T02:00:00.000Z',
        endedAt: '2015-12-01T02:00:00.000Z',
        removedAt: '2030-12-01T02:00:00.000Z',
        by: 'arsip',
        reason: 'retention',
        rule: '3650',
        letters: 0
      })
      expect(await found({})).to.deep.equal(['case-2 fee', 'case-3 fee'])
      expect(await log.count({})).to.equal(2)
    })
  })
}

const SYSTEM: Actor = { id: 'system', name: 'Sistem', kind: 'system', unit: null, roles: [] }
const FEE: Decision = {
  rule: 'fee',
  office: 'kanim-tju',
  release: 'r1',
  date: '2015-12-01',
  facts: { extension: 1 },
  outcome: { amount: 250_000 },
  rows: ['any'],
  reasons: [],
  trail: [],
  cites: [],
  confidence: 'H',
  remarks: [],
  rebinds: true,
  calendar: 'c1'
}
const APPROVER: Decision = { ...FEE, rule: 'approver', outcome: { approver: 'kakanim' } }

/** The first commit of a case, with its decisions. */
export function deciding(
  id: string,
  at: string,
  decisions: readonly Decision[],
  row: Partial<Commit['rows']['instance']> = {}
): Commit {
  const events: readonly Event[] = [
    {
      type: 'instanceStarted',
      instance: id,
      process: 'itk-extension',
      processVersion: 1,
      office: 'kanim-tju',
      release: 'r1',
      variables: {}
    },
    ...decisions.map(
      (decision): Event => ({ type: 'ruleDecided', token: 't1', element: 'Decide', decision })
    )
  ]
  return {
    before: 0,
    state: replay(events),
    events,
    effects: [],
    at,
    by: SYSTEM,
    command: 'start',
    settles: [],
    receives: null,
    decisions: decisionsIn(events),
    rows: {
      instance: {
        instance: id,
        process: 'itk-extension',
        processName: 'Perpanjangan ITK',
        office: 'kanim-tju',
        status: 'running',
        number: `P-${id}`,
        subject: 'Ali',
        search: '',
        startedAt: at,
        changedAt: at,
        version: events.length,
        ...row
      },
      tasks: [],
      incidents: [],
      waits: []
    }
  }
}
