import { expect } from 'chai'
import type { Office } from '../../engine/context.ts'
import type { TimerDefinition } from '../../engine/graph.ts'
import { lastDue } from '../../runtime/timer-starts.ts'

describe('timer start events', () => {
  const office: Office = {
    id: 'kanim-jayapura',
    name: 'Kanim Jayapura',
    timeZone: 'Asia/Jayapura',
    calendar: {
      version: 'sample',
      years: { 2015: { closed: { '2015-12-25': 'Natal' }, sample: true } }
    },
    line: [],
    facts: { opens: '07:30' }
  }
  const timer = (
    kind: TimerDefinition['timer'],
    expression: string,
    more: Partial<TimerDefinition> = {}
  ): TimerDefinition => ({
    kind: 'timer',
    timer: kind,
    expression,
    feel: false,
    workingDays: false,
    ...more
  })
  const due = (on: TimerDefinition, now: string, deployedAt = '2015-12-01T00:00:00.000Z') =>
    lastDue(on, office, deployedAt, now)

  it('fire on their date, in the time of the office', () => {
    const date = timer('date', '2015-12-03T08:00:00')
    expect(due(date, '2015-12-02T22:59:59.999Z')).to.equal(null)
    expect(due(date, '2015-12-02T23:00:00.000Z')).to.equal('2015-12-02T23:00:00.000Z')
    expect(due(date, '2020-01-01T00:00:00.000Z')).to.equal('2015-12-02T23:00:00.000Z')
  })

  it('fire a duration after they were deployed', () => {
    expect(due(timer('duration', 'P1D'), '2015-12-01T23:59:00.000Z')).to.equal(null)
    expect(due(timer('duration', 'P1D'), '2015-12-02T00:00:00.000Z')).to.equal(
      '2015-12-02T00:00:00.000Z'
    )
  })

  it('go round a cycle from its start, and know the latest time only', () => {
    const daily = timer('cycle', 'R/2015-12-01T08:00:00/P1D')
    expect(due(daily, '2015-11-30T22:00:00.000Z')).to.equal(null)
    expect(due(daily, '2015-11-30T23:00:00.000Z')).to.equal('2015-11-30T23:00:00.000Z')
    expect(due(daily, '2015-12-05T22:59:00.000Z')).to.equal('2015-12-04T23:00:00.000Z')
    expect(due(daily, '2025-12-05T23:00:00.000Z')).to.equal('2025-12-05T23:00:00.000Z')
  })

  it('go round by calendar months, and every minute for years', () => {
    const monthly = timer('cycle', 'R/2015-01-31T08:00:00/P1M')
    expect(due(monthly, '2015-03-01T00:00:00.000Z')).to.equal('2015-02-27T23:00:00.000Z')
    expect(due(monthly, '2015-04-01T00:00:00.000Z')).to.equal('2015-03-30T23:00:00.000Z')
    const minutely = timer('cycle', 'R/PT1M')
    expect(due(minutely, '2026-12-01T00:00:30.000Z')).to.equal('2026-12-01T00:00:00.000Z')
  })

  it('stop after so many rounds', () => {
    const thrice = timer('cycle', 'R3/PT1H')
    expect(due(thrice, '2015-12-01T02:30:00.000Z')).to.equal('2015-12-01T02:00:00.000Z')
    expect(due(thrice, '2015-12-09T00:00:00.000Z')).to.equal('2015-12-01T03:00:00.000Z')
  })

  it('skip the days on which the office does not work', () => {
    const soon = timer('duration', 'P2D', { workingDays: true })
    const [thursday, monday] = ['2015-12-24T00:00:00.000Z', '2015-12-29T00:00:00.000Z']
    expect(due(soon, '2015-12-28T23:59:00.000Z', thursday)).to.equal(null)
    expect(due(soon, monday, thursday)).to.equal(monday)
  })

  it('may say their time in FEEL', () => {
    const opens = timer('date', '"2015-12-03T" + office.opens', { feel: true })
    expect(due(opens, '2015-12-03T00:00:00.000Z')).to.equal('2015-12-02T22:30:00.000Z')
  })

  it('raise what they cannot read', () => {
    expect(() => due(timer('cycle', 'every day'), '2015-12-03T00:00:00.000Z')).to.throw(
      /expected a cycle/
    )
  })
})
