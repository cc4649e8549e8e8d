import { expect } from 'chai'
import { by, completeUserTask, lines, person, play, refusalOf, resting, start } from '../play.ts'

describe('start event', () => {
  it('goes on at once', async () => {
    const { trace, state } = await play(
      'start-none',
      start({ caseNumber: 'A-1' }),
      completeUserTask('Check')
    )

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Check
      wait Check for user
      complete Check
      activate Done
      complete Done
      complete instance
    `)
    expect(state.status).to.equal('completed')
    expect(state.tokens).to.deep.equal({})
    expect(state.variables).to.deep.equal({ caseNumber: 'A-1' })
  })

  it('is not needed: what has no incoming flow begins', async () => {
    const played = await play('start-without-event', start())

    expect(resting(played)).to.deep.equal(['Check: user'])
  })

  it('is the one that the command names, or the one without a trigger', async () => {
    expect(resting(await play('start-several', start()))).to.deep.equal(['Register: user'])
    expect(resting(await play('start-several', start({}, 'Received_By_Message')))).to.deep.equal([
      'Read: user'
    ])
    expect(resting(await play('start-several', start({}, 'Received_By_Clock')))).to.deep.equal([
      'Sweep: user'
    ])
  })

  it('is refused when the process has no such start', async () => {
    const { code, message } = await refusalOf(play('start-several', start({}, 'Register')))

    expect(code).to.equal('unknown-element')
    expect(message).to.contain('<Register>').and.to.contain('Received_By_Message')
  })

  it('is refused without a name when each start has a trigger', async () => {
    const { code } = await refusalOf(play('start-triggered-only', start()))

    expect(code).to.equal('unknown-element')
  })

  it('happens once for an instance', async () => {
    const { code } = await refusalOf(play('start-none', start(), start()))

    expect(code).to.equal('already-started')
  })

  it('is given to a person of its lane, in the own office', async () => {
    const allowed = await play('start-lane', by(person('ani', 'counter'), start()))
    expect(resting(allowed)).to.deep.equal(['Check: user'])

    const role = await refusalOf(play('start-lane', by(person('ani', 'treasurer'), start())))
    expect(role.code).to.equal('not-allowed')
    expect(role.message).to.contain('<counter>')

    const elsewhere = { ...person('ani', 'counter'), unit: 'kanim-bgl' }
    const office = await refusalOf(play('start-lane', by(elsewhere, start())))
    expect(office.code).to.equal('not-allowed')
  })
})
