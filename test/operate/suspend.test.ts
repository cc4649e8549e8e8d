import { expect } from 'chai'
import type { Command, ProcessGraph } from '../../engine/index.ts'
import { lines, person } from '../play.ts'
import { Case, oka, versionOf } from './case.ts'

const LATER = '2015-12-04T02:00:00.000Z'

describe('suspending an instance', () => {
  let graph: ProcessGraph
  let it1: Case
  before(async () => {
    graph = await versionOf('operate-case', 1)
  })
  beforeEach(() => {
    it1 = new Case([graph]).start().complete('Draft')
  })
  const suspended = () => it1.do({ type: 'suspend', reason: 'a court asks' })

  it('refuses what people do, with the reason', () => {
    suspended()
    const { id: token } = it1.token('Check_Site')
    const refused = it1.refusal({ type: 'completeUserTask', token, variables: {} }, person('budi'))
    expect(refused.code).to.equal('suspended')
    expect(refused.message).to.contain('a court asks')
    expect(it1.refusal({ type: 'suspend', reason: 'again' }).code).to.equal('suspended')
    expect(it1.state.suspended).to.include({ since: it1.now, reason: 'a court asks' })
  })

  it('keeps why the service clock stands still meanwhile, and refuses what is no reason', () => {
    const lunch = { type: 'suspend', reason: 'x', pauses: 'lunch' } as unknown as Command
    expect(it1.refusal(lunch).problems[0]?.message).to.contain('"lunch"')
    it1.do({ type: 'suspend', reason: 'listrik padam', pauses: 'outage' })
    expect(it1.state.suspended).to.include({ pauses: 'outage' })
    it1.do({ type: 'resume', reason: 'menyala lagi' })
    expect(it1.state.suspended).to.equal(null)
  })

  it('is for operators of the office', () => {
    const refused = it1.refusal({ type: 'suspend', reason: 'x' }, person('budi'))
    expect(refused.code).to.equal('not-allowed')
    suspended()
    expect(it1.refusal({ type: 'resume', reason: 'x' }, person('budi')).code).to.equal(
      'not-allowed'
    )
  })

  it('leaves timers the time that they had left, under a new schedule', () => {
    it1.now = LATER
    suspended()
    const timer = it1.event('Work_Late')
    it1.now = '2016-02-01T02:00:00.000Z'
    expect(it1.refusal(timer).code).to.equal('not-waiting')
    it1.do({ type: 'resume', reason: 'settled' })
    expect(it1.open).to.include('Work_Late 2016-02-03T02:00:00.000Z')
    expect(it1.refusal(timer).code, 'the old schedule').to.equal('not-waiting')
    expect(it1.effects.at(-1)).to.include({
      type: 'scheduleTimer',
      dueAt: '2016-02-03T02:00:00.000Z'
    })
  })

  it('lets a timer that was overdue already go off at once', () => {
    it1.now = '2015-12-09T02:00:00.000Z'
    suspended()
    it1.now = '2015-12-10T02:00:00.000Z'
    it1.do({ type: 'resume', reason: 'settled' })
    expect(it1.open).to.include('Work_Late 2015-12-10T02:00:00.000Z')
  })

  it('loses nothing that comes from outside, and carries it out in order', () => {
    suspended()
    const number = it1.job('Assign_Number', { registration: 7 })
    it1.do(it1.event('Noted', { note: 'first' }))
    it1.do(number)
    it1.do(it1.event('Noted', { note: 'second' }))
    expect(it1.refusal(number).code, 'answered already').to.equal('not-waiting')
    expect(it1.resting).to.deep.equal(['Work: children', 'Check_Site: user', 'Assign_Number: job'])

    it1.do({ type: 'resume', reason: 'settled' })
    expect(it1.trace).to.equal(lines`
      resume instance
      activate Note
      wait Note for children
      activate Noted
      complete Noted
      activate Read_Note
      wait Read_Note for user
      complete Assign_Number
      activate Join
      wait Join for join
      activate Note
      wait Note for children
      activate Noted
      complete Noted
      activate Read_Note
      wait Read_Note for user
    `)
    expect(it1.state.variables).to.include({ registration: 7, note: 'second' })
  })

  it('takes what interrupts once, so that a second message is kept for whoever comes', () => {
    it1.complete('Check_Site').do(it1.job('Assign_Number')).complete('Weigh').complete('Weigh')
    it1.complete('Approve', 'ani')
    suspended()
    const paid = it1.event('Paid', { amount: 1 })
    it1.do(paid)
    expect(it1.refusal(paid).code).to.equal('not-waiting')
    it1.do({ type: 'resume', reason: 'settled' })
    expect(it1.state.status).to.equal('completed')
  })

  it('says what was held and fits no longer', () => {
    it1.do(it1.event('Noted')).do({ type: 'suspend', reason: 'x' })
    it1.do({ type: 'signal', signal: 'Nobody_Waits', variables: {} })
    it1.do({ type: 'resume', reason: 'settled' })
    expect(it1.trace).to.equal('resume instance\ndrop signal')
    expect(it1.state.suspended).to.equal(null)
  })

  it('may be ended and its variables stated while it is suspended', () => {
    suspended().do({ type: 'setVariables', scope: null, variables: { x: 1 }, reason: 'typing' })
    expect(it1.state.variables.x).to.equal(1)
    expect(
      it1.refusal({ type: 'removeToken', token: it1.token('Check_Site').id, reason: 'x' }).code
    ).to.equal('suspended')
    it1.do({ type: 'terminate', reason: 'withdrawn' })
    expect(it1.state).to.include({ status: 'terminated', suspended: null })
    expect(it1.refusal({ type: 'resume', reason: 'x' }, oka).code).to.equal('not-running')
  })
})
