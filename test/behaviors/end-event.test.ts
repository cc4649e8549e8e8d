import { expect } from 'chai'
import {
  completeUserTask,
  incidentAt,
  lines,
  play,
  resolveIncident,
  resting,
  since,
  start
} from '../play.ts'

describe('end event', () => {
  it('ends its own token only', async () => {
    const played = await play('parallel-second-arrival', start(), completeUserTask('Left_1'))

    expect(resting(played)).to.deep.equal([
      'Left_2: user',
      'Right_1: user',
      'Right_2: user',
      'Join: join'
    ])
  })

  describe('with terminate', () => {
    it('ends all that is left in a process', async () => {
      const { trace, state } = await play(
        'end-terminate-process',
        start(),
        completeUserTask('Withdraw')
      )

      expect(since(trace, 'complete Withdraw')).to.equal(lines`
        complete Withdraw
        activate Stop
        complete Stop
        terminate Review
        complete instance
      `)
      expect(state.status).to.equal('completed')
    })

    it('ends what is still on its way too', async () => {
      const { trace } = await play('end-terminate-at-once', start())

      expect(since(trace, 'complete Fork')).to.equal(lines`
        complete Fork
        activate Stop
        complete Stop
        complete instance
      `)
    })

    it('ends a sub-process and goes on behind it', async () => {
      const played = await play('end-terminate-sub-process', start(), completeUserTask('Withdraw'))

      expect(since(played.trace, 'complete Withdraw')).to.equal(lines`
        complete Withdraw
        activate Stop
        complete Stop
        terminate Review
        complete Handle
        activate Archive
        wait Archive for user
      `)
    })

    it('ends a called process and goes on behind the call', async () => {
      const played = await play('end-terminate-called', start(), completeUserTask('Withdraw'))

      expect(since(played.trace, 'complete Withdraw')).to.equal(lines`
        complete Withdraw
        activate Stop
        complete Stop
        terminate Review
        complete Ask
        activate Archive
        wait Archive for user
      `)
    })

    it('ends one instance of a multi-instance sub-process', async () => {
      const played = await play(
        'multi-instance-sub-process-sequential',
        start(),
        completeUserTask('One')
      )

      expect(since(played.trace, 'complete One')).to.equal(lines`
        complete One
        activate Stop
        complete Stop
        terminate Two
        complete Handle
        activate Handle
        wait Handle for children
        activate Handling
        complete Handling
        activate Fork
        complete Fork
        activate One
        wait One for user
        activate Two
        wait Two for user
      `)
    })
  })

  describe('with an error', () => {
    it('ends what the error interrupts, and hands its data to what catches it', async () => {
      const played = await play('end-error', start({ ground: 'no visa' }))

      expect(since(played.trace, 'complete Fork')).to.equal(lines`
        complete Fork
        activate Review
        wait Review for user
        activate Refused
        throw REFUSED at Refused
        terminate Review
        terminate Refused
        terminate Handle
        activate Handle_Refused
        complete Handle_Refused
        activate Tell
        wait Tell for user
      `)
      expect(played.state.variables).to.deep.equal({ ground: 'no visa', refusal: 'no visa' })
    })

    it('rests with an incident when nobody catches it', async () => {
      const played = await play('end-error-uncaught', start(), completeUserTask('Check'))

      expect(resting(played)).to.deep.equal(['Refused: incident uncaught-error'])
      expect(incidentAt(played, 'Refused')).to.contain('<REFUSED>').and.to.contain('<Refused>')
    })

    it('throws again when that incident is resolved', async () => {
      const played = await play(
        'end-error-uncaught',
        start(),
        completeUserTask('Check'),
        resolveIncident('Refused')
      )

      expect(since(played.trace, 'resolve Refused')).to.equal(lines`
        resolve Refused
        throw REFUSED at Refused
        wait Refused for incident uncaught-error
      `)
    })
  })

  it('with a message publishes it and ends', async () => {
    const { trace, effects, state } = await play(
      'end-message',
      start({ caseNumber: 'A-1', decision: 'approve' })
    )

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Sent
      throw Decision made at Sent
      complete Sent
      complete instance
    `)
    expect(effects).to.deep.equal([
      {
        type: 'publish',
        id: 'i1.3',
        message: 'Decision made',
        key: 'A-1',
        variables: { outcome: 'approve' },
        timeToLive: 'P1D'
      }
    ])
    expect(state.counter).to.equal(3)
  })
})
