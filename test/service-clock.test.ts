import { expect } from 'chai'
import fc from 'fast-check'
import type { Calendar } from '../engine/context.ts'
import type { ProcessGraph } from '../engine/graph.ts'
import type { Decision } from '../engine/messages.ts'
import {
  type ClockContext,
  type Moment,
  serviceClock,
  serviceTimeOf
} from '../engine/service-clock.ts'
import type { Value } from '../engine/state.ts'
import { CalendarMissing } from '../engine/time.ts'
import { workingDays } from '../engine/working-time.ts'
import { Case, versionOf } from './operate/case.ts'
import { system } from './play.ts'
import { seed } from './properties/seed.ts'

const ZONE = 'Asia/Jakarta'
const CALENDAR: Calendar = {
  version: 'test',
  years: { '2015': { closed: {}, sample: true }, '2016': { closed: {}, sample: true } },
  hours: [
    {
      from: null,
      hours: { 'mon-thu': ['07:30-12:00', '13:00-16:00'], fri: ['07:30-11:30', '13:00-16:30'] }
    }
  ]
}
const FOUR_DAYS = { days: 4, workingDays: true, from: 'payment' }
/** Thursday 9.00, Friday 10.00, Monday 10.00, Wednesday 10.00 and 14.00, Thursday 14.00 in WIB. */
const TIMES = [
  '2015-12-03T02:00:00.000Z',
  '2015-12-04T03:00:00.000Z',
  '2015-12-07T03:00:00.000Z',
  '2015-12-09T03:00:00.000Z',
  '2015-12-09T07:00:00.000Z',
  '2015-12-10T07:00:00.000Z'
]
const STEPS = ['Pay', 'Examine', 'Approve', 'Interview', 'Issue']

describe('the service clock of a case', () => {
  let graphs: readonly ProcessGraph[]
  before(async () => {
    graphs = await Promise.all(
      ['service-clock', 'service-clock-region'].map(name => versionOf(name, 1))
    )
  })

  /** Decides the service time, then completes the steps, each at its time; as many as there are times. */
  function historyOf(outcome: Value, times: readonly string[] = TIMES): readonly Moment[] {
    const moments: Moment[] = []
    const it1 = new Case(graphs)
    const noted = (act: () => void) => {
      const from = it1.events.length
      act()
      moments.push({ at: it1.now, events: it1.events.slice(from) })
    }
    it1.now = times[0] as string
    noted(() => it1.start())
    noted(() => {
      const { id: token } = it1.token('Decide_Service')
      it1.do({ type: 'decide', token, decision: decisionOf(outcome) }, system)
    })
    times.slice(1).forEach((now, n) => {
      it1.now = now
      noted(() => it1.complete(STEPS[n] as string, 'budi'))
    })
    return moments
  }

  function clockOf(history: readonly Moment[], more: Partial<ClockContext> = {}) {
    const find: ClockContext['find'] = process => graphs.find(({ id }) => id === process) ?? null
    const context = { find, calendar: CALENDAR, zone: ZONE, now: '2015-12-20T00:00:00.000Z' }
    const clock = serviceClock(history, 'test.service.days', {
      ...context,
      otherwise: null,
      ...more
    })
    if (clock === null) throw new Error('expected a clock')
    return clock
  }
  const shown = ({ stretches }: ReturnType<typeof clockOf>) =>
    stretches.map(({ from, to, reason, days }) => [from, to, reason, Number(days.toFixed(3))])

  it('runs from the payment until the permit is issued, and stands still elsewhere', () => {
    const clock = clockOf(historyOf(FOUR_DAYS))
    expect(shown(clock)).to.deep.equal([
      [TIMES[1], TIMES[2], null, 1],
      [TIMES[2], TIMES[3], 'other-level', 2],
      [TIMES[3], TIMES[4], 'applicant', 0.4],
      [TIMES[4], TIMES[5], null, 1]
    ])
    expect(clock).to.deep.include({
      state: 'stopped',
      startedAt: TIMES[1],
      stoppedAt: TIMES[5],
      worked: 15 * 3_600_000,
      // Thursday 10.00, and 2.4 working days that did not count
      deadline: '2015-12-14T07:00:00.000Z',
      late: false
    })
    expect(clock.days).to.be.closeTo(2, 1e-9)
  })

  it('stands still only for the reasons that the law names, where it names some', () => {
    const clock = clockOf(historyOf({ ...FOUR_DAYS, pauses: ['other-level'] }))
    expect(shown(clock).map(([, , reason]) => reason)).to.deep.equal([null, 'other-level', null])
    expect(clock.deadline).to.equal('2015-12-14T03:00:00.000Z')
    const never = clockOf(historyOf({ ...FOUR_DAYS, pauses: [] }))
    expect(never.deadline, 'as due dates are reckoned').to.equal('2015-12-10T03:00:00.000Z')
    expect(never.late).to.equal(true)
  })

  it('begins with what the service time is counted from', () => {
    expect(clockOf(historyOf({ ...FOUR_DAYS, from: 'interview' })).startedAt).to.equal(TIMES[4])
    const received = clockOf(historyOf({ ...FOUR_DAYS, from: 'received' }))
    expect(received.startedAt).to.equal(TIMES[0])
    expect(shown(received)[0]).to.deep.equal([TIMES[0], TIMES[1], 'payment', 1.133])

    const waiting = clockOf(historyOf(FOUR_DAYS, TIMES.slice(0, 1)))
    expect(waiting).to.deep.include({ state: 'waiting', startedAt: null, deadline: null, days: 0 })
  })

  it('shows where it stands while the case goes on', () => {
    const now = '2015-12-08T03:00:00.000Z'
    const paused = clockOf(historyOf(FOUR_DAYS, TIMES.slice(0, 3)), { now })
    expect(paused).to.deep.include({ state: 'paused', deadline: '2015-12-11T03:00:00.000Z' })
    expect(paused.stretches.at(-1)).to.deep.include({ to: null, reason: 'other-level', days: 1 })

    const running = clockOf(historyOf(FOUR_DAYS, TIMES.slice(0, 2)), { now })
    expect(running).to.deep.include({ state: 'running', late: false })
    expect(clockOf(historyOf(FOUR_DAYS, TIMES.slice(0, 2))).late, 'two weeks later').to.equal(true)
  })

  it('counts calendar days as the clock on the wall does', () => {
    const clock = clockOf(historyOf({ ...FOUR_DAYS, workingDays: false, pauses: ['applicant'] }))
    // four days from Friday 10.00 are over on Tuesday: what stood still later changes nothing
    expect(clock).to.deep.include({ deadline: '2015-12-08T03:00:00.000Z', late: true })
    const paused = clockOf(historyOf({ ...FOUR_DAYS, workingDays: false }))
    expect(paused.deadline).to.equal('2015-12-10T07:00:00.000Z')
  })

  it('stands still while an operator has suspended the case for an outage, and for nothing else', () => {
    const suspended = (pauses: { readonly pauses?: 'outage' }) => {
      const moments = [...historyOf(FOUR_DAYS, TIMES.slice(0, 2))]
      const add = (at: string, event: Moment['events'][number]) =>
        moments.push({ at, events: [event] })
      add('2015-12-07T00:30:00.000Z', {
        type: 'instanceSuspended',
        at: '2015-12-07T00:30:00.000Z',
        reason: 'listrik padam',
        ...pauses
      })
      add('2015-12-08T00:30:00.000Z', { type: 'instanceResumed', reason: 'menyala lagi' })
      return clockOf(moments, { now: '2015-12-08T03:00:00.000Z' })
    }
    const outage = suspended({ pauses: 'outage' })
    expect(shown(outage)[1]).to.deep.equal([
      '2015-12-07T00:30:00.000Z',
      '2015-12-08T00:30:00.000Z',
      'outage',
      1
    ])
    expect(outage.deadline).to.equal('2015-12-11T03:00:00.000Z')
    expect(suspended({}).deadline).to.equal('2015-12-10T03:00:00.000Z')
  })

  it('takes what the office states when the case has not decided it', () => {
    const otherwise = serviceTimeOf(FOUR_DAYS)
    const [begun] = historyOf(FOUR_DAYS, TIMES.slice(0, 1)) as [Moment]
    expect(clockOf([begun], { otherwise }).service).to.deep.equal(otherwise)
    expect(serviceTimeOf('soon')).to.equal(null)
  })

  it('counts no hours where none are stated, and does not guess a year', () => {
    const { hours: _, ...without } = CALENDAR
    const clock = clockOf(historyOf(FOUR_DAYS), { calendar: without })
    expect(clock.worked).to.equal(null)
    expect(clock.days).to.be.closeTo(2, 1e-9)
    const empty = { version: 'empty', years: {} }
    expect(() => clockOf(historyOf(FOUR_DAYS), { calendar: empty })).to.throw(CalendarMissing)
  })

  it(`loses no time between its stretches, whenever things happen (SEED=${seed})`, () => {
    const [first, last] = [Date.parse('2015-12-01T00:00:00Z'), Date.parse('2016-01-20T00:00:00Z')]
    const times = fc.array(fc.integer({ min: first, max: last }), { minLength: 2, maxLength: 6 })
    const whole = fc.property(times, given => {
      const sorted = given.toSorted((a, b) => a - b).map(at => new Date(at).toISOString())
      const now = new Date(last).toISOString()
      const clock = clockOf(historyOf(FOUR_DAYS, sorted), { now })
      const sum = clock.stretches.reduce((all, { days }) => all + days, 0)
      const { startedAt, stoppedAt } = clock
      const all = workingDays(startedAt as string, stoppedAt ?? now, CALENDAR, ZONE)
      expect(sum).to.be.closeTo(all, 1e-6)
      expect(clock.days).to.be.at.most(all + 1e-6)
      expect(clock).to.deep.equal(clockOf(historyOf(FOUR_DAYS, sorted), { now }))
    })
    fc.assert(whole, { seed, numRuns: 25 })
  })
})

function decisionOf(outcome: Value): Decision {
  return {
    rule: 'test.service.days',
    office: 'kanim-tju',
    release: 'r1',
    date: '2015-12-03',
    facts: {},
    outcome,
    rows: [],
    reasons: [],
    trail: [],
    cites: [],
    confidence: null,
    remarks: [],
    rebinds: false
  }
}
