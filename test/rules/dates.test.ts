import { expect } from 'chai'
import {
  endsBeforeItStarts,
  holdsOn,
  describe as inWords,
  surelyMeet
} from '../../engine/rules/dates.ts'

describe('dates of law', () => {
  it('hold from the first day to the last', () => {
    const interval = { from: '2019-05-03', to: '2024-12-16' }
    expect(holdsOn(interval, '2019-05-02')).to.equal('no')
    expect(holdsOn(interval, '2019-05-03')).to.equal('yes')
    expect(holdsOn(interval, '2024-12-16')).to.equal('yes')
    expect(holdsOn(interval, '2024-12-17')).to.equal('no')
  })

  it('hold perhaps inside a year that is all that is known', () => {
    const interval = { from: '2015', to: null }
    expect(holdsOn(interval, '2014-12-31')).to.equal('no')
    expect(holdsOn(interval, '2015-06-01')).to.equal('perhaps')
    expect(holdsOn(interval, '2015-12-31')).to.equal('yes')
    expect(holdsOn({ from: null, to: '2016-02' }, '2016-02-29')).to.equal('perhaps')
    expect(holdsOn({ from: null, to: '2016-02' }, '2016-03-01')).to.equal('no')
  })

  it('hold perhaps on every day when a bound was not found', () => {
    expect(holdsOn({ from: null, to: null, unknown: ['from'] }, '1990-01-01')).to.equal('perhaps')
    expect(holdsOn({ from: '2020-01-01', to: null, unknown: ['to'] }, '2019-12-31')).to.equal('no')
    expect(holdsOn({ from: null, to: null }, '1990-01-01')).to.equal('yes')
  })

  it('meet for sure only where both surely hold', () => {
    expect(surelyMeet({ from: null, to: '2013' }, { from: '2013', to: null })).to.equal(false)
    expect(surelyMeet({ from: null, to: '2013-05-01' }, { from: '2013-05-01', to: null })).to.equal(
      true
    )
    expect(surelyMeet({ from: null, to: '2013-05-01' }, { from: '2013-05-02', to: null })).to.equal(
      false
    )
  })

  it('know an end before the start', () => {
    expect(endsBeforeItStarts({ from: '2015', to: '2014' })).to.equal(true)
    expect(endsBeforeItStarts({ from: '2015', to: '2015' })).to.equal(false)
    expect(inWords({ from: null, to: null, unknown: ['to'] })).to.equal('until an unknown day')
  })
})
