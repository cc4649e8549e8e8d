import { expect } from 'chai'
import {
  completeJob,
  completeUserTask,
  incidentAt,
  lines,
  person,
  play,
  resolveIncident,
  resting,
  since,
  start
} from '../play.ts'

const vote = (variables = {}, nth = 0) => completeUserTask('Vote', variables, person('ani'), nth)

describe('multi-instance behavior', () => {
  it('none throws its event for each instance that completes', async () => {
    const { trace, state } = await play(
      'multi-instance-behavior-none',
      start(),
      vote(),
      vote(),
      vote()
    )

    expect(trace.match(/throw voted at Vote/g)).to.have.length(3)
    expect(trace.match(/activate Announce/g)).to.have.length(3)
    expect(state.variables).to.deep.equal({ voted: 3 })
  })

  it('throws before the instance has gone on, and is caught behind it', async () => {
    const { trace } = await play('multi-instance-behavior-none', start(), vote())

    expect(since(trace, 'throw voted at Vote')).to.equal(lines`
      throw voted at Vote
      complete Vote
      activate On_Vote
      complete On_Vote
      activate Announce
      wait Announce for user
    `)
  })

  it('one throws its event for the first instance alone', async () => {
    const { trace, state } = await play('multi-instance-behavior-one', start(), vote(), vote())

    expect(trace.match(/throw voted at Vote/g)).to.have.length(1)
    expect(state.variables).to.deep.equal({ voted: 1 })
  })

  it('ends every instance when the event on the boundary interrupts', async () => {
    const { trace, state } = await play('multi-instance-behavior-interrupts', start(), vote())

    expect(since(trace, 'throw voted at Vote')).to.equal(lines`
      throw voted at Vote
      terminate Vote
      terminate Vote
      terminate Vote
      terminate Vote
      activate On_Vote
      complete On_Vote
      activate Announce
      wait Announce for user
    `)
    expect(state.subscriptions).to.deep.equal({})
  })

  describe('complex', () => {
    it('throws each event whose condition holds, with the numbers and data of its own', async () => {
      const { trace, state } = await play(
        'multi-instance-behavior-complex',
        start(),
        vote({ vote: 'yes' }, 2),
        vote({ vote: 'yes' }, 1)
      )

      expect(trace.match(/throw half at Vote/g)).to.have.length(1)
      expect(state.variables).to.deep.include({ latest: 2, of: 3 })
    })

    it('sees what the instances gave so far', async () => {
      const played = await play(
        'multi-instance-behavior-complex',
        start(),
        vote({ vote: 'no' }),
        vote({ vote: 'no' })
      )

      expect(resting(played)).to.have.members(['Warn: user', 'Refuse: user'])
      expect(played.trace).to.contain('throw refused at Vote')
    })

    it('rests with an incident when its condition cannot be answered, and asks nobody again', async () => {
      const stuck = await play('multi-instance-behavior-stuck', start(), vote())
      expect(resting(stuck)).to.deep.equal([
        'Vote: children',
        'Vote: incident expression',
        'Vote: user',
        'Vote: user'
      ])

      const mended = await play(
        'multi-instance-behavior-stuck',
        start(),
        vote(),
        resolveIncident('Vote', { quorum: 4 }),
        vote(),
        vote()
      )
      expect(mended.state.status).to.equal('completed')
    })

    it('rests with an incident when nothing catches an error of it', async () => {
      const stuck = await play('multi-instance-behavior-stuck', start({ quorum: 1 }), vote())
      expect(resting(stuck)).to.deep.equal([
        'Vote: children',
        'Vote: incident uncaught-error',
        'Vote: user',
        'Vote: user'
      ])
      expect(incidentAt(stuck, 'Vote')).to.contain('no event catches error <refused>')

      const mended = await play(
        'multi-instance-behavior-stuck',
        start({ quorum: 1 }),
        vote(),
        resolveIncident('Vote', { quorum: 4 })
      )
      expect(resting(mended)).to.deep.equal(['Vote: children', 'Vote: user', 'Vote: user'])
    })
  })

  it('is caught further out when the activity does not catch it', async () => {
    const { trace } = await play('multi-instance-behavior-outwards', start())

    expect(trace.match(/throw half at Count/g)).to.have.length(2)
    expect(trace.match(/activate Warn/g)).to.have.length(2)
  })

  it('does not keep instances from being undone', async () => {
    const { trace, state } = await play(
      'multi-instance-behavior-compensated',
      start(),
      completeUserTask('Return'),
      completeUserTask('Return')
    )

    expect(trace.match(/throw paid at Pay/g)).to.have.length(2)
    expect(state.status).to.equal('completed')
  })

  it('sends a message with its key for each instance', async () => {
    const { effects } = await play(
      'multi-instance-behavior-message',
      start(),
      completeJob('Pay', { receipt: 'R1' }),
      completeJob('Pay', { receipt: 'R2' })
    )

    const published = effects.filter(effect => effect.type === 'publish')
    expect(published.map(({ key, variables }) => [key, variables])).to.deep.equal([
      [
        'R1',
        {
          loopCounter: 1,
          numberOfInstances: 2,
          numberOfActiveInstances: 0,
          numberOfCompletedInstances: 1,
          numberOfTerminatedInstances: 0
        }
      ],
      [
        'R2',
        {
          loopCounter: 2,
          numberOfInstances: 2,
          numberOfActiveInstances: 0,
          numberOfCompletedInstances: 2,
          numberOfTerminatedInstances: 0
        }
      ]
    ])
  })
})
