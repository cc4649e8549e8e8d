import { expect } from 'chai'
import fc from 'fast-check'
import type { Calendar, WeekHours } from '../engine/context.ts'
import { CalendarMissing, TimeInvalid } from '../engine/time.ts'
import {
  addPartsOfDays,
  addWorkingTime,
  HoursMissing,
  workingDays,
  workingTime
} from '../engine/working-time.ts'
import { seed } from './properties/seed.ts'

const HOURS: WeekHours = {
  'mon-thu': ['07:30-12:00', '13:00-16:00'],
  fri: ['07:30-11:30', '13:00-16:30']
}
const year = { closed: {}, sample: true }
const CALENDAR: Calendar = {
  version: 'test',
  years: {
    '2025': { closed: { '2025-12-25': 'Natal', '2025-12-26': 'Cuti bersama' }, sample: true },
    '2026': { closed: { '2026-01-01': 'Tahun Baru' }, sample: true },
    '2027': year
  },
  hours: [{ from: null, hours: HOURS }]
}
const [WIB, WITA, WIT] = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'] as const
const HOUR = 3_600_000
const hours = (from: string, to: string, zone: string = WIB, calendar = CALENDAR) =>
  workingTime(from, to, calendar, zone) / HOUR

describe('working time', () => {
  it('counts what lies inside the hours of working days, in the time of the zone', () => {
    // Monday 12 January 2026, 08.00 to 14.00 in each zone
    expect(hours('2026-01-12T01:00:00Z', '2026-01-12T07:00:00Z', WIB)).to.equal(5)
    expect(hours('2026-01-12T00:00:00Z', '2026-01-12T06:00:00Z', WITA)).to.equal(5)
    expect(hours('2026-01-11T23:00:00Z', '2026-01-12T05:00:00Z', WIT)).to.equal(5)
    // the same stretch of time is another part of the day further east
    const day = [WIB, WITA, WIT].map(zone =>
      hours('2026-01-12T01:00:00Z', '2026-01-12T09:00:00Z', zone)
    )
    expect(day).to.deep.equal([7, 6, 5])
  })

  it('counts a week as 37 hours 30 minutes, with the longer break of Friday', () => {
    expect(hours('2026-01-11T17:00:00Z', '2026-01-18T17:00:00Z')).to.equal(37.5)
    expect(hours('2026-01-16T04:00:00Z', '2026-01-16T06:30:00Z'), 'Friday 11.00-13.30').to.equal(1)
  })

  it('passes over week-ends, holidays and the turn of the year', () => {
    // Wednesday 24 December 2025, 15.00 to Friday 2 January 2026, 08.30
    expect(hours('2025-12-24T08:00:00Z', '2026-01-02T01:30:00Z')).to.equal(1 + 3 * 7.5 + 1)
    expect(hours('2026-01-02T01:30:00Z', '2025-12-24T08:00:00Z'), 'backwards').to.equal(-24.5)
  })

  it('takes hours that change on a day from that day on', () => {
    const ramadan: WeekHours = { 'mon-thu': ['08:00-12:00', '12:30-15:00'], fri: ['08:00-15:00'] }
    const calendar: Calendar = {
      ...CALENDAR,
      hours: [
        { from: null, hours: HOURS },
        { from: '2026-02-18', hours: ramadan },
        { from: '2026-03-20', hours: HOURS }
      ]
    }
    const day = (date: string) => hours(`${date}T00:00:00Z`, `${date}T14:00:00Z`, WIB, calendar)
    expect([day('2026-02-17'), day('2026-02-18'), day('2026-03-23')]).to.deep.equal([7.5, 6.5, 7.5])
  })

  it('is right where clocks are set forward and back', () => {
    const night: Calendar = {
      ...CALENDAR,
      hours: [{ from: null, hours: { 'mon-fri': ['01:00-04:00'], 'sat-sun': ['01:00-04:00'] } }]
    }
    // Egypt sets its clocks on a Friday (24 April 2026, 00.00) and on the night to one (30 October 2026)
    const allDay: Calendar = {
      ...night,
      hours: [{ from: null, hours: { 'mon-fri': ['00:00-24:00'] } }]
    }
    const friday = hours('2026-04-23T22:00:00Z', '2026-04-24T21:00:00Z', 'Africa/Cairo', allDay)
    expect(friday, 'a day of 23 hours').to.equal(23)
    const thursday = hours('2026-10-28T21:00:00Z', '2026-10-29T22:00:00Z', 'Africa/Cairo', allDay)
    expect(thursday, 'a day of 25 hours').to.equal(25)
    expect(
      workingDays('2026-10-28T21:00:00Z', '2026-10-29T22:00:00Z', allDay, 'Africa/Cairo')
    ).to.equal(1)
  })

  it('does not guess: no calendar of a year, no hours of a day', () => {
    expect(() => hours('2027-12-31T01:00:00Z', '2028-01-03T01:00:00Z')).to.throw(
      CalendarMissing,
      '<2028>'
    )
    const from2026: Calendar = { ...CALENDAR, hours: [{ from: '2026-01-01', hours: HOURS }] }
    expect(() => hours('2025-12-31T01:00:00Z', '2026-01-02T09:00:00Z', WIB, from2026)).to.throw(
      HoursMissing,
      '<2025-12-31>'
    )
    const { hours: _, ...without } = CALENDAR
    expect(() => hours('2026-01-12T01:00:00Z', '2026-01-12T07:00:00Z', WIB, without)).to.throw(
      HoursMissing
    )
    expect(() => addWorkingTime('2027-12-31T01:00:00Z', 40 * HOUR, CALENDAR, WIB)).to.throw(
      CalendarMissing
    )
  })

  it('is added inside the hours', () => {
    const add = (from: string, hours: number, zone: string = WIB) =>
      addWorkingTime(from, hours * HOUR, CALENDAR, zone)
    // Monday 11.30 and one hour: the break lies between
    expect(add('2026-01-12T04:30:00Z', 1)).to.equal('2026-01-12T06:30:00.000Z')
    expect(add('2026-01-12T03:30:00Z', 1, WITA)).to.equal('2026-01-12T05:30:00.000Z')
    expect(add('2026-01-12T02:30:00Z', 1, WIT)).to.equal('2026-01-12T04:30:00.000Z')
    // Friday 16.00 and one hour: half of it on Monday
    expect(add('2026-01-16T09:00:00Z', 1)).to.equal('2026-01-19T01:00:00.000Z')
    // Saturday: from Monday 07.30
    expect(add('2026-01-17T03:00:00Z', 2)).to.equal('2026-01-19T02:30:00.000Z')
    expect(add('2026-01-17T03:00:00Z', 0)).to.equal('2026-01-17T03:00:00Z')
    expect(() => add('2026-01-17T03:00:00Z', -1)).to.throw(TimeInvalid)
  })

  it('counts working days by their hours, and by the whole day where none are stated', () => {
    const days = (from: string, to: string, calendar = CALENDAR) =>
      workingDays(from, to, calendar, WIB)
    expect(
      days('2026-01-12T07:00:00Z', '2026-01-14T07:00:00Z'),
      'Monday to Wednesday, 14.00'
    ).to.equal(2)
    expect(days('2026-01-16T09:30:00Z', '2026-01-19T00:30:00Z'), 'over a week-end').to.equal(0)
    const { hours: _, ...without } = CALENDAR
    expect(days('2026-01-12T07:00:00Z', '2026-01-12T13:00:00Z', without)).to.equal(0.25)
  })
})

describe(`working time, whatever the moments (SEED=${seed})`, () => {
  const moment = fc
    .integer({ min: Date.parse('2025-12-01T00:00:00Z'), max: Date.parse('2026-05-01T00:00:00Z') })
    .map(at => new Date(at).toISOString())
  const zone = fc.constantFrom(WIB, WITA, WIT, 'Africa/Cairo', 'Asia/Jerusalem')
  const length = fc.integer({ min: 1, max: 80 * HOUR })

  it('adds up: from a to b and from b to c is from a to c', () => {
    const adds = fc.property(moment, moment, moment, zone, (a, b, c, zone) => {
      const of = (from: string, to: string) => workingTime(from, to, CALENDAR, zone)
      expect(of(a, b) + of(b, c)).to.equal(of(a, c))
    })
    fc.assert(adds, { seed, numRuns: 60 })
  })

  it('never runs back, nor faster than the clock', () => {
    const grows = fc.property(moment, moment, zone, (a, b, zone) => {
      const [from, to] = a <= b ? [a, b] : [b, a]
      const worked = workingTime(from, to, CALENDAR, zone)
      expect(worked).to.be.within(0, Date.parse(to) - Date.parse(from))
      expect(workingDays(from, to, CALENDAR, zone)).to.be.at.least(0)
    })
    fc.assert(grows, { seed, numRuns: 60 })
  })

  it('is what was added, and added later is reached later', () => {
    const inverse = fc.property(moment, length, zone, (from, length, zone) => {
      const to = addWorkingTime(from, length, CALENDAR, zone)
      expect(workingTime(from, to, CALENDAR, zone)).to.equal(length)
      expect(addWorkingTime(from, length + 1, CALENDAR, zone) > to).to.equal(true)
      const before = new Date(Date.parse(to) - 1).toISOString()
      expect(workingTime(from, before, CALENDAR, zone), 'and not sooner').to.equal(length - 1)
    })
    fc.assert(inverse, { seed, numRuns: 100 })
  })

  it('comes back as days, too', () => {
    const inverse = fc.property(
      moment,
      fc.integer({ min: 1, max: 1500 }),
      zone,
      (from, n, zone) => {
        const days = n / 100
        const to = addPartsOfDays(from, days, CALENDAR, zone)
        expect(workingDays(from, to, CALENDAR, zone)).to.be.closeTo(days, 1e-6)
      }
    )
    fc.assert(inverse, { seed, numRuns: 60 })
  })
})
