import { expect } from 'chai'
import {
  completeJob,
  completeUserTask,
  failJob,
  incidentAt,
  lines,
  play,
  refusalOf,
  resolveIncident,
  resting,
  send,
  since,
  start,
  throwJobError,
  trigger
} from '../play.ts'

describe('boundary event', () => {
  describe('with a timer', () => {
    it('that interrupts ends the activity and goes its own way', async () => {
      const { trace, state } = await play('boundary-timer', start(), trigger('Check_Late'))

      expect(trace).to.equal(lines`
        activate Received
        complete Received
        activate Check
        wait Check for user
        terminate Check
        activate Check_Late
        complete Check_Late
        activate Escalate
        wait Escalate for user
      `)
      expect(state.subscriptions).to.deep.equal({})
    })

    it('asks for the timer once, and refuses it when the activity is over', async () => {
      const { effects } = await play('boundary-timer', start())
      expect(effects).to.deep.equal([
        { type: 'scheduleTimer', id: 'i1.3', subscription: 's3', dueAt: '2015-12-04T02:00:00.000Z' }
      ])

      const late = send({ type: 'trigger', subscription: 's3', variables: {} })
      const { code } = await refusalOf(
        play('boundary-timer', start(), completeUserTask('Check'), late)
      )
      expect(code).to.equal('not-running')
    })

    it('that does not interrupt goes its way beside the activity, once', async () => {
      const played = await play('boundary-timer-non-interrupting', start(), trigger('Check_Slow'))

      expect(resting(played)).to.deep.equal(['Check: user', 'Remind: user'])
      expect(played.state.subscriptions).to.deep.equal({})
    })

    it('comes as often as its cycle says, counted from the last due time', async () => {
      const once = await play('boundary-timer-cycle', start(), trigger('Every_Hour'))
      expect(Object.values(once.state.subscriptions)[0]?.on).to.deep.equal({
        kind: 'timer',
        dueAt: '2015-12-03T04:00:00.000Z',
        repeats: 2,
        cycle: 'PT1H'
      })

      const { trace, state } = await play(
        'boundary-timer-cycle',
        start(),
        trigger('Every_Hour'),
        trigger('Every_Hour'),
        trigger('Every_Hour')
      )
      expect(trace.match(/complete Remind$/gm)).to.have.length(3)
      expect(state.subscriptions).to.deep.equal({})
    })

    it('counts working days over a holiday, a week-end and a change of year', async () => {
      const { effects } = await play('boundary-timer-working-days', start())

      // 3 December 2015 is a Thursday; 25 December is closed; 1 January 2016 is not, in this calendar
      expect(effects).to.deep.equal([
        { type: 'scheduleTimer', id: 'i1.3', subscription: 's3', dueAt: '2016-01-01T02:00:00.000Z' }
      ])
    })

    it('in a year without a calendar is an incident that names the year', async () => {
      const moves = [start(), trigger('Every_200_Days')]
      const played = await play('boundary-timer-working-days-cycle', ...moves)

      expect(resting(played)).to.deep.equal(['Check: user', 'Every_200_Days: incident no-calendar'])
      expect(incidentAt(played, 'Every_200_Days'))
        .to.contain('<2017>')
        .and.to.contain('for the last time')

      const mended = await play(
        'boundary-timer-working-days-cycle',
        ...moves,
        resolveIncident('Every_200_Days')
      )
      expect(since(mended.trace, 'resolve Every_200_Days')).to.equal(lines`
        resolve Every_200_Days
        complete Every_200_Days
        activate Remind
        complete Remind
        activate Reminded
        complete Reminded
      `)
    })

    it('that has gone off does not begin again when a job is tried again', async () => {
      const played = await play(
        'boundary-timer-cycle-of-job',
        start(),
        trigger('Slow'),
        failJob('Ask_Registry'),
        resolveIncident('Ask_Registry')
      )

      expect(resting(played)).to.deep.equal(['Ask_Registry: job'])
      expect(played.state.subscriptions).to.deep.equal({})
    })

    it('goes on counting while the activity has an incident', async () => {
      const failed = [start(), failJob('Ask_Registry')]
      const played = await play(
        'boundary-timer-cycle-of-job',
        ...failed,
        resolveIncident('Ask_Registry')
      )
      expect(Object.keys(played.state.subscriptions)).to.deep.equal(['s3'])

      const beside = await play(
        'boundary-timer-cycle-of-job',
        ...failed,
        trigger('Slow'),
        resolveIncident('Ask_Registry'),
        completeJob('Ask_Registry')
      )
      expect(beside.state.status).to.equal('completed')
    })
  })

  it('waits for all of an activity or for nothing: its activity has not begun before', async () => {
    const stuck = await play('boundary-on-failed', start())
    expect(resting(stuck)).to.deep.equal(['Check: incident expression'])
    expect(incidentAt(stuck, 'Check')).to.contain('timer of <Check_Late>').and.to.contain('limit')
    expect(stuck.state.subscriptions).to.deep.equal({})

    const mended = await play(
      'boundary-on-failed',
      start(),
      resolveIncident('Check', { limit: 'P1D' })
    )
    expect(resting(mended)).to.deep.equal(['Check: user'])
    expect(Object.values(mended.state.subscriptions).map(({ element }) => element)).to.deep.equal([
      'Note_Arrived',
      'Check_Late'
    ])
  })

  describe('with a message', () => {
    it('that interrupts ends the activity and takes over what the message brings', async () => {
      const { trace, state } = await play(
        'boundary-message',
        start({ caseNumber: 'A-1' }),
        trigger('Withdrawn', { reason: 'left' })
      )

      expect(since(trace, 'wait Check for user')).to.equal(lines`
        wait Check for user
        terminate Check
        activate Withdrawn
        complete Withdrawn
        activate Close
        wait Close for user
      `)
      expect(state.variables).to.deep.equal({ caseNumber: 'A-1', ground: 'left' })
    })

    it('that does not interrupt comes as often as the message', async () => {
      const played = await play(
        'boundary-message-non-interrupting',
        start(),
        trigger('Note_Arrived'),
        trigger('Note_Arrived')
      )

      expect(resting(played)).to.deep.equal(['Check: user', 'Read: user', 'Read: user'])
    })
  })

  describe('with an error', () => {
    it('is taken by the innermost that catches it', async () => {
      const played = await play('boundary-error', start(), throwJobError('Pay', 'PNBP_UNPAID'))

      expect(resting(played)).to.deep.equal(['Handle: children', 'Pay_Again: user'])
    })

    it('is taken by the one that names the code before the one for every error', async () => {
      const played = await play('boundary-error', start(), throwJobError('Pay', 'BILLING_EXPIRED'))

      expect(resting(played)).to.deep.equal(['Bill_Again: user'])
    })

    it('is taken by the one for every error when none names the code', async () => {
      const played = await play(
        'boundary-error',
        start(),
        throwJobError('Pay', 'NTPN_INVALID', { ntpn: 'x' })
      )

      expect(resting(played)).to.deep.equal(['Look_Into: user'])
      expect(played.state.variables).to.deep.equal({ ntpn: 'x', errorCode: 'NTPN_INVALID' })
    })
  })
})
