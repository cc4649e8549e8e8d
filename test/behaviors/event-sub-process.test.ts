import { expect } from 'chai'
import {
  at,
  completeUserTask,
  incidentAt,
  lines,
  play,
  refusalOf,
  resolveIncident,
  resting,
  since,
  start,
  throwJobError,
  trigger
} from '../play.ts'

describe('event sub-process', () => {
  it('that interrupts ends what runs in its scope and takes its place', async () => {
    const { trace, state } = await play(
      'event-sub-process-message',
      start({ caseNumber: 'A-1' }),
      trigger('Withdrawn', { reason: 'left' }),
      completeUserTask('Close')
    )

    expect(since(trace, 'wait Check for user')).to.equal(lines`
      wait Check for user
      terminate Check
      activate Withdrawal
      wait Withdrawal for children
      activate Withdrawn
      complete Withdrawn
      activate Close
      wait Close for user
      complete Close
      activate Closed
      complete Closed
      complete Withdrawal
      complete instance
    `)
    expect(state.variables).to.deep.equal({ caseNumber: 'A-1', ground: 'left' })
  })

  it('that interrupts starts once', async () => {
    const { state } = await play(
      'event-sub-process-message',
      start({ caseNumber: 'A-1' }),
      trigger('Withdrawn', { reason: 'left' })
    )

    expect(state.subscriptions).to.deep.equal({})
  })

  it('waits only as long as its scope lives', async () => {
    const { state } = await play(
      'event-sub-process-message',
      start({ caseNumber: 'A-1' }),
      completeUserTask('Check')
    )

    expect(state.status).to.equal('completed')
    expect(state.subscriptions).to.deep.equal({})
  })

  it('that does not interrupt runs beside, as often as its message comes', async () => {
    const moves = [
      start(),
      trigger('Note_Arrived', { note: 1 }),
      trigger('Note_Arrived', { note: 2 })
    ]
    const played = await play('event-sub-process-note', ...moves)
    expect(resting(played)).to.deep.equal([
      'Check: user',
      'Note: children',
      'Read: user',
      'Note: children',
      'Read: user'
    ])

    const ended = await play(
      'event-sub-process-note',
      ...moves,
      completeUserTask('Check'),
      completeUserTask('Read'),
      completeUserTask('Read')
    )
    expect(since(ended.trace, 'complete Check')).to.equal(lines`
      complete Check
      activate Done
      complete Done
      complete Read
      activate Noted
      complete Noted
      complete Note
      complete Read
      activate Noted
      complete Noted
      complete Note
      complete instance
    `)
  })

  it('starts by a cycle, three times, without drifting', async () => {
    const late = '2015-12-04T09:30:00.000Z'
    const once = await play('event-sub-process-timer', start(), at(late, trigger('Every_Day')))
    const [next] = Object.values(once.state.subscriptions)
    expect(next?.on).to.include({ dueAt: '2015-12-05T02:00:00.000Z', repeats: 2 })

    const thrice = await play(
      'event-sub-process-timer',
      start(),
      trigger('Every_Day'),
      trigger('Every_Day'),
      trigger('Every_Day')
    )
    expect(thrice.state.subscriptions).to.deep.equal({})
    expect(resting(thrice)).to.deep.equal(['Check: user'])
    expect(thrice.trace.match(/complete Remind$/gm)).to.have.length(3)
  })

  it('catches an error thrown in its scope', async () => {
    const { trace, state } = await play(
      'event-sub-process-error',
      start(),
      throwJobError('Pay', 'PNBP_UNPAID', { amount: 300000 })
    )

    expect(since(trace, 'throw PNBP_UNPAID at Pay')).to.equal(lines`
      throw PNBP_UNPAID at Pay
      terminate Review
      terminate Pay
      activate Unpaid
      wait Unpaid for children
      activate Not_Paid
      complete Not_Paid
      activate Tell
      wait Tell for user
    `)
    expect(state.variables).to.deep.equal({ amount: 300000, errorCode: 'PNBP_UNPAID' })
  })

  it('lets its scope complete when it has handled the error', async () => {
    const played = await play(
      'event-sub-process-error',
      start(),
      throwJobError('Pay', 'PNBP_UNPAID'),
      completeUserTask('Tell')
    )

    expect(since(played.trace, 'complete Unpaid')).to.equal(lines`
      complete Unpaid
      complete Handle
      activate Archive
      wait Archive for user
    `)
  })

  it('does not catch another error', async () => {
    const played = await play(
      'event-sub-process-error',
      start(),
      throwJobError('Pay', 'BILLING_EXPIRED')
    )

    expect(resting(played)).to.include('Pay: incident uncaught-error')
  })

  it('does not catch what it throws itself', async () => {
    const played = await play(
      'event-sub-process-rethrows',
      start(),
      throwJobError('Pay', 'PNBP_UNPAID')
    )

    expect(resting(played)).to.deep.equal(['Refuse: user'])
    expect(since(played.trace, 'activate Give_Up')).to.equal(lines`
      activate Give_Up
      throw PNBP_UNPAID at Give_Up
      terminate Give_Up
      terminate Unpaid
      terminate Handle
      activate Handle_Unpaid
      complete Handle_Unpaid
      activate Refuse
      wait Refuse for user
    `)
  })

  it('that interrupts ends the ones that run beside, too', async () => {
    const played = await play(
      'event-sub-process-interrupting-timer',
      start(),
      trigger('Note_Arrived'),
      trigger('Too_Late')
    )

    expect(since(played.trace, 'wait Read for user')).to.equal(lines`
      wait Read for user
      terminate Review
      terminate Read
      terminate Note
      activate Overdue
      wait Overdue for children
      activate Too_Late
      complete Too_Late
      activate Escalate
      wait Escalate for user
    `)
    expect(played.state.subscriptions).to.deep.equal({})
  })

  it('of the process whose timer cannot be reckoned keeps the process from starting', async () => {
    const { code, message } = await refusalOf(play('event-sub-process-bad-timer', start()))

    expect(code).to.equal('invalid-variables')
    expect(message).to.contain('<Too_Late>').and.to.contain('limit')
  })

  it('whose cycle cannot go on shows it, and runs when that is resolved', async () => {
    const stuck = await play('event-sub-process-working-days', start(), trigger('Every_Half_Year'))
    expect(resting(stuck)).to.deep.equal(['Check: user', 'Reminder: incident no-calendar'])
    expect(incidentAt(stuck, 'Reminder')).to.contain('<2017>')

    const mended = await play(
      'event-sub-process-working-days',
      start(),
      trigger('Every_Half_Year'),
      resolveIncident('Reminder')
    )
    expect(resting(mended)).to.deep.equal(['Check: user'])
  })
})
