import { expect } from 'chai'
import fc from 'fast-check'
import type { Calendar } from '../engine/context.ts'
import {
  addDays,
  addDuration,
  addWorkingDays,
  addWorkingDuration,
  CalendarMissing,
  daysBetween,
  isWorkingDay,
  localDate,
  parseCycle,
  parseDateTime,
  parseDuration,
  TimeInvalid
} from '../engine/time.ts'

const WIB = 'Asia/Jakarta'
const WIT = 'Asia/Jayapura'

/** The end of 2026: 24 December is collective leave, 25 December a holiday. Both are weekdays. */
const calendar: Calendar = {
  version: 'test',
  years: {
    2026: {
      closed: { '2026-12-24': 'Cuti bersama', '2026-12-25': 'Natal', '2026-05-31': 'Waisak' },
      sample: true
    }
  }
}

describe('time', () => {
  describe('durations', () => {
    it('reads ISO 8601 with weeks and fractions of seconds', () => {
      expect(parseDuration('P1Y2M3W4DT5H6M7.08S')).to.deep.equal({
        negative: false,
        years: 1,
        months: 2,
        weeks: 3,
        days: 4,
        hours: 5,
        minutes: 6,
        seconds: 7,
        milliseconds: 80
      })
      expect(parseDuration('-P3D').negative).to.equal(true)
    })

    for (const text of [
      '',
      'P',
      'PT',
      'P3',
      '3D',
      'P1.5D',
      'PT1.5H',
      'P3DT',
      'P1D2H',
      'PT0.0001S',
      'P3d',
      'P99999999D'
    ]) {
      it(`refuses <${text}>`, () => {
        expect(() => parseDuration(text)).to.throw(TimeInvalid, /^expected a/)
      })
    }

    it('adds calendar days by the local clock, over weekends and holidays', () => {
      expect(addDuration('2026-12-23T02:15:00.000Z', 'P3D', WIB)).to.equal(
        '2026-12-26T02:15:00.000Z'
      )
      expect(addDuration('2026-12-23T02:15:00.000Z', 'P1W', WIB)).to.equal(
        '2026-12-30T02:15:00.000Z'
      )
      expect(addDuration('2026-12-23T02:15:00.000Z', 'PT36H0.5S', WIB)).to.equal(
        '2026-12-24T14:15:00.500Z'
      )
    })

    it('adds months by the local date, which may be another than in UTC', () => {
      // 31 January in Jayapura is still 30 January in UTC
      expect(addDuration('2026-01-30T16:00:00.000Z', 'P1M', WIT)).to.equal(
        '2026-02-27T16:00:00.000Z'
      )
      expect(addDuration('2026-01-30T16:00:00.000Z', 'P1M', 'UTC')).to.equal(
        '2026-02-28T16:00:00.000Z'
      )
    })

    it('keeps the time of day where clocks change', () => {
      expect(addDuration('2026-03-28T12:00:00.000Z', 'P1D', 'Europe/Paris')).to.equal(
        '2026-03-29T11:00:00.000Z'
      )
      expect(addDuration('2026-03-28T12:00:00.000Z', 'PT24H', 'Europe/Paris')).to.equal(
        '2026-03-29T12:00:00.000Z'
      )
    })

    it('refuses what no calendar holds, and a zone that is none', () => {
      expect(() => addDuration('2026-01-01T00:00:00.000Z', 'P999999Y', WIB)).to.throw(TimeInvalid)
      expect(() => addDuration('2026-01-01T00:00:00.000Z', 'P1D', 'Asia/Atlantis')).to.throw(
        TimeInvalid,
        'Asia/Atlantis'
      )
    })
  })

  describe('dates', () => {
    it('reads a date without an offset in the zone of the office', () => {
      expect(parseDateTime('2015-12-03', WIB)).to.equal('2015-12-02T17:00:00.000Z')
      expect(parseDateTime('2015-12-03', WIT)).to.equal('2015-12-02T15:00:00.000Z')
      expect(parseDateTime('2015-12-03T14:00', WIB)).to.equal('2015-12-03T07:00:00.000Z')
      expect(parseDateTime('2015-12-03T14:00:00.5', WIB)).to.equal('2015-12-03T07:00:00.500Z')
      expect(parseDateTime('2015-12-03T14:00:00Z', WIB)).to.equal('2015-12-03T14:00:00.000Z')
      expect(parseDateTime('2015-12-03T14:00:00+09:00', WIB)).to.equal('2015-12-03T05:00:00.000Z')
    })

    for (const text of [
      '',
      '03-12-2015',
      '2015-12-3',
      '2015-02-29',
      '2015-13-01',
      '2015-12-03T25:00',
      '2015-12-03T10:00:60',
      '2015-12-03 10:00',
      'tomorrow'
    ]) {
      it(`refuses <${text}>`, () => {
        expect(() => parseDateTime(text, WIB)).to.throw(TimeInvalid)
      })
    }

    it('tells the local date of a moment', () => {
      expect(localDate('2015-12-03T16:59:59.999Z', WIB)).to.equal('2015-12-03')
      expect(localDate('2015-12-03T17:00:00.000Z', WIB)).to.equal('2015-12-04')
      expect(localDate('2015-12-03T15:00:00.000Z', WIT)).to.equal('2015-12-04')
    })

    it('counts calendar days: arrival on 1 May and 30 days end on 31 May', () => {
      expect(addDays('2024-05-01', 30)).to.equal('2024-05-31')
      expect(daysBetween('2024-05-01', '2024-06-01')).to.equal(31)
      expect(daysBetween('2024-03-01', '2024-02-28')).to.equal(-2)
    })

    it('counts forth and back to the same day', () => {
      fc.assert(
        fc.property(fc.integer({ min: -40_000, max: 40_000 }), days => {
          const date = addDays('2000-01-01', days)
          expect(daysBetween('2000-01-01', date)).to.equal(days)
          expect(addDays(date, -days)).to.equal('2000-01-01')
        })
      )
    })
  })

  describe('cycles', () => {
    it('reads how often, from when and how long apart', () => {
      expect(parseCycle('R3/PT1H')).to.deep.equal({ repeats: 3, start: null, duration: 'PT1H' })
      expect(parseCycle('R/2015-01-01T00:00:00Z/P1D')).to.deep.equal({
        repeats: null,
        start: '2015-01-01T00:00:00Z',
        duration: 'P1D'
      })
    })

    for (const text of [
      'R',
      'R3',
      'R0/PT1H',
      'R3/PT0S',
      'R3/-PT1H',
      'R-1/PT1H',
      'R3/2015-13-01/P1D',
      '3/PT1H',
      'R3/P1D/2016-01-01'
    ]) {
      it(`refuses <${text}>`, () => {
        expect(() => parseCycle(text)).to.throw(TimeInvalid)
      })
    }
  })

  describe('working days', () => {
    const add = (now: string, days: number) => addWorkingDays(now, days, calendar, WIB)

    it('skip Saturdays, Sundays, holidays and collective leave, and keep the time of day', () => {
      // Tuesday 22 December; 24 and 25 are closed, 26 and 27 a weekend
      expect(add('2026-12-22T03:00:00.000Z', 1)).to.equal('2026-12-23T03:00:00.000Z')
      expect(add('2026-12-22T03:00:00.000Z', 2)).to.equal('2026-12-28T03:00:00.000Z')
      expect(add('2026-12-22T03:00:00.000Z', 3)).to.equal('2026-12-29T03:00:00.000Z')
    })

    it('begin with today, or with the next working day when today is none', () => {
      expect(add('2026-12-23T03:00:00.000Z', 0)).to.equal('2026-12-23T03:00:00.000Z')
      expect(add('2026-12-24T03:00:00.000Z', 0)).to.equal('2026-12-28T03:00:00.000Z')
      expect(add('2026-12-26T03:00:00.000Z', 2)).to.equal('2026-12-30T03:00:00.000Z')
    })

    it('go by the date of the office, not of UTC', () => {
      // Friday evening in UTC is Saturday in Jakarta
      expect(add('2026-12-18T18:00:00.000Z', 0)).to.equal('2026-12-20T18:00:00.000Z')
      expect(localDate('2026-12-20T18:00:00.000Z', WIB)).to.equal('2026-12-21')
    })

    it('count back when negative', () => {
      expect(add('2026-12-28T03:00:00.000Z', -1)).to.equal('2026-12-23T03:00:00.000Z')
    })

    it('never guess a year that the calendar does not have', () => {
      expect(() => add('2026-12-30T03:00:00.000Z', 2)).to.throw(
        CalendarMissing,
        'expected the calendar <test> to have the year <2027>, found 2026'
      )
      expect(() => isWorkingDay('2025-12-31', calendar)).to.throw(CalendarMissing, '<2025>')
      try {
        add('2026-12-30T03:00:00.000Z', 2)
      } catch (error) {
        expect(error).to.include({ year: '2027', code: 'no-calendar' })
      }
    })

    it('refuse what is no number of days', () => {
      for (const days of [1.5, Number.NaN, 100_000]) {
        expect(() => add('2026-12-01T03:00:00.000Z', days)).to.throw(TimeInvalid)
      }
    })

    it('are the days of a duration, and hours follow them', () => {
      expect(addWorkingDuration('2026-12-23T03:00:00.000Z', 'P1DT4H', calendar, WIB)).to.equal(
        '2026-12-28T07:00:00.000Z'
      )
      expect(() => addWorkingDuration('2026-12-23T03:00:00.000Z', 'P1M', calendar, WIB)).to.throw(
        TimeInvalid,
        'expected a duration in working days'
      )
    })

    it('lie between the calendar days: never earlier, and always on a working day', () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 330 }),
          fc.integer({ min: 0, max: 5 }),
          (day, days) => {
            const now = parseDateTime(`${addDays('2026-01-01', day)}T09:00`, WIB)
            const due = add(now, days)
            expect(due >= addDuration(now, `P${days}D`, WIB)).to.equal(true)
            expect(isWorkingDay(localDate(due, WIB), calendar)).to.equal(true)
          }
        )
      )
    })
  })
})
