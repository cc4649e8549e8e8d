import { expect } from 'chai'
import { addressKey, limitOf } from '../../api/limits.ts'
import { RequestRefused } from '../../api/refusals.ts'

describe('a limit', () => {
  const at = (seconds: number) => seconds * 1000

  it('lets through as many as it says within its window, then refuses and says when again', () => {
    let now = at(0)
    const limit = limitOf(3, at(60), () => now)
    for (const second of [0, 10, 20]) {
      now = at(second)
      limit.check('a')
      limit.count('a')
    }
    now = at(25)
    expect(() => limit.check('a'))
      .to.throw(RequestRefused)
      .that.includes({ code: 'too-many', retryAfter: 35 })
    limit.check('b')
    now = at(61)
    limit.check('a')
  })

  it('forgets what a success makes good', () => {
    const limit = limitOf(1, at(60), () => 0)
    limit.count('a')
    limit.forget('a')
    limit.check('a')
  })

  it('takes the last count back, and no other', () => {
    const limit = limitOf(2, at(60), () => 0)
    limit.count('a')
    limit.count('a')
    limit.uncount('a')
    limit.check('a')
    limit.count('a')
    expect(() => limit.check('a')).to.throw(RequestRefused)
  })

  it('takes an IPv6 network for one address', () => {
    expect(addressKey('2001:db8:1:2:aaaa::1')).to.equal(addressKey('2001:DB8:1:2:bbbb:0:0:2'))
    expect(addressKey('2001:db8:1:3::1')).to.not.equal(addressKey('2001:db8:1:2::1'))
    expect(addressKey('::ffff:10.0.0.1')).to.equal('10.0.0.1')
    expect(addressKey('::1')).to.equal('0:0:0:0')
  })
})
