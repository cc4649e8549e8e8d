import { expect } from 'chai'
import { type Clockwork, lastCron, nextCron, parseCron } from '../engine/cron.ts'
import { CalendarMissing, TimeInvalid } from '../engine/time.ts'
import { calendar } from './play.ts'

const clock = (zone: string, working: Clockwork['working'] = null): Clockwork => ({ zone, working })
const jakarta = clock('Asia/Jakarta')
const next = (text: string, after: string, clockwork = jakarta) =>
  nextCron(parseCron(text), after, clockwork)
/** The next moments, one after another. */
const run = (text: string, after: string, times: number, clockwork = jakarta) => {
  const found: string[] = []
  for (let n = 0; n < times; n++) found.push(next(text, found.at(-1) ?? after, clockwork))
  return found
}

describe('a cron', () => {
  it('comes at its time of day, in the time of the zone', () => {
    expect(next('30 7 * * *', '2015-12-04T00:00:00.000Z')).to.equal('2015-12-04T00:30:00.000Z')
    expect(next('30 7 * * *', '2015-12-04T00:30:00.000Z')).to.equal('2015-12-05T00:30:00.000Z')
    expect(next('30 7 * * *', '2015-12-04T00:30:00.000Z', clock('Asia/Jayapura'))).to.equal(
      '2015-12-04T22:30:00.000Z'
    )
  })

  it('reads lists, ranges, steps and names', () => {
    expect(run('*/20 8-9 * * *', '2015-12-03T17:00:00.000Z', 7)).to.deep.equal([
      '2015-12-04T01:00:00.000Z',
      '2015-12-04T01:20:00.000Z',
      '2015-12-04T01:40:00.000Z',
      '2015-12-04T02:00:00.000Z',
      '2015-12-04T02:20:00.000Z',
      '2015-12-04T02:40:00.000Z',
      '2015-12-05T01:00:00.000Z'
    ])
    expect(next('0 8 * JAN,jul Mon-Fri', '2015-12-04T00:00:00.000Z')).to.equal(
      '2016-01-01T01:00:00.000Z'
    )
    expect([...parseCron('5/20 * * * *').minutes]).to.deep.equal([5, 25, 45])
    expect([...parseCron('0 0 * * 5-7').weekdays]).to.have.members([5, 6, 0])
  })

  it('knows the names for what is usual', () => {
    const friday = '2015-12-04T05:00:00.000Z'
    expect(next('@hourly', friday)).to.equal('2015-12-04T06:00:00.000Z')
    expect(next('@daily', friday)).to.equal('2015-12-04T17:00:00.000Z')
    expect(next('@midnight', friday)).to.equal('2015-12-04T17:00:00.000Z')
    expect(next('@weekly', friday)).to.equal('2015-12-05T17:00:00.000Z')
    expect(next('@monthly', friday)).to.equal('2015-12-31T17:00:00.000Z')
    expect(next('@yearly', friday)).to.equal('2015-12-31T17:00:00.000Z')
  })

  it('takes a day of the month or a day of the week where both are stated', () => {
    expect(run('0 0 13 * FRI', '2015-11-01T00:00:00.000Z', 3, clock('UTC'))).to.deep.equal([
      '2015-11-06T00:00:00.000Z',
      '2015-11-13T00:00:00.000Z',
      '2015-11-20T00:00:00.000Z'
    ])
  })

  it('waits for a leap day', () => {
    expect(next('0 0 29 2 *', '2016-03-01T00:00:00.000Z', clock('UTC'))).to.equal(
      '2020-02-29T00:00:00.000Z'
    )
  })

  it('leaves out the days on which the office does not work', () => {
    const office = clock('Asia/Jakarta', calendar)
    expect(run('0 8 * * *', '2015-12-24T02:00:00.000Z', 2, office)).to.deep.equal([
      '2015-12-28T01:00:00.000Z',
      '2015-12-29T01:00:00.000Z'
    ])
    expect(() => next('0 8 * * *', '2016-12-31T00:00:00.000Z', office)).to.throw(CalendarMissing)
  })

  describe('where the clocks change', () => {
    const berlin = clock('Europe/Berlin')
    it('comes later in the hour that they skip', () => {
      expect(run('30 2 * * *', '2015-03-28T12:00:00.000Z', 2, berlin)).to.deep.equal([
        '2015-03-29T01:30:00.000Z',
        '2015-03-30T00:30:00.000Z'
      ])
    })

    it('comes once in the hour that they repeat', () => {
      expect(run('30 2 * * *', '2015-10-24T12:00:00.000Z', 2, berlin)).to.deep.equal([
        '2015-10-25T00:30:00.000Z',
        '2015-10-26T01:30:00.000Z'
      ])
    })

    it('comes every hour that passes when it states none', () => {
      expect(run('30 * * * *', '2015-10-24T23:45:00.000Z', 3, berlin)).to.deep.equal([
        '2015-10-25T00:30:00.000Z',
        '2015-10-25T01:30:00.000Z',
        '2015-10-25T02:30:00.000Z'
      ])
      expect(run('30 * * * *', '2015-03-29T00:15:00.000Z', 2, berlin)).to.deep.equal([
        '2015-03-29T00:30:00.000Z',
        '2015-03-29T01:30:00.000Z'
      ])
    })

    it('comes in the morning that begins late', () => {
      const havana = clock('America/Havana')
      expect(next('@daily', '2015-03-07T12:00:00.000Z', havana)).to.equal(
        '2015-03-08T05:00:00.000Z'
      )
    })
  })

  it('tells its last moment, between two others', () => {
    const last = (text: string, after: string, until: string) =>
      lastCron(parseCron(text), after, until, jakarta)
    const deployed = '2015-12-01T00:00:00.000Z'
    expect(last('0 8 * * *', deployed, '2015-12-01T00:59:59.999Z')).to.equal(null)
    expect(last('0 8 * * *', deployed, '2015-12-01T01:00:00.000Z')).to.equal(
      '2015-12-01T01:00:00.000Z'
    )
    expect(last('0 8 * * *', deployed, '2025-12-09T00:00:00.000Z')).to.equal(
      '2025-12-08T01:00:00.000Z'
    )
    expect(last('0 8 1 1 *', deployed, '2015-12-31T00:00:00.000Z')).to.equal(null)
  })

  it('is as quick when it comes every minute', () => {
    const begun = performance.now()
    run('* * * * *', '2015-12-04T00:00:00.000Z', 100)
    expect(performance.now() - begun).to.be.below(2000)
  })

  for (const text of [
    '@reboot',
    '0 8 * *',
    '60 8 * * *',
    '0 24 * * *',
    '0 0 0 * *',
    '0 0 30 2 *',
    '0 0 * 13 *',
    '0 0 * * 8',
    '5-1 * * * *',
    '*/0 * * * *',
    '1, * * * *',
    '*-5 * * * *',
    'a b c d e'
  ]) {
    it(`cannot be read: ${text}`, () => {
      expect(() => parseCron(text)).to.throw(TimeInvalid, text)
    })
  }
})
