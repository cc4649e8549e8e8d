import { expect } from 'chai'
import { completeUserTask, lines, play, resting, start, trigger } from '../play.ts'

describe('signal event definition', () => {
  it('reaches everybody who waits for it', async () => {
    const played = await play('signal-several', start())

    expect(played.trace).to.contain('complete Closed\ncomplete Closed_Too\ncomplete Close\n')
    expect(played.state.status).to.equal('completed')
  })

  it('reaches who waits for it in the same instance, before the thrower goes on', async () => {
    const { trace } = await play('signal-siblings', start())

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Fork
      complete Fork
      activate Closed
      wait Closed for event
      activate Close
      throw Office closed at Close
      complete Closed
      complete Close
      activate Heard
      complete Heard
      activate Told
      complete Told
      complete instance
    `)
  })

  it('asks once to be carried to other instances', async () => {
    const { effects } = await play('signal-siblings', start())

    expect(effects).to.deep.equal([
      { type: 'broadcast', id: effects[0]?.id, signal: 'Office closed', variables: {} }
    ])
  })

  it('ends the scope that throws it before anything of it goes on', async () => {
    const { trace } = await play('signal-ends-own-scope', start())

    expect(trace).to.contain('throw Office closed at Close\nterminate Close\nterminate Work')
    expect(trace).not.to.contain('Go_On')
    expect(trace).to.match(/complete Stopped\ncomplete instance$/)
  })

  it('comes as often as it is thrown to an event that does not interrupt', async () => {
    const closed = trigger('Closed_Meanwhile')
    const played = await play('signal-boundary', start(), closed, closed)

    expect(resting(played)).to.have.members([
      'Check: user',
      'Tell_Applicant: user',
      'Tell_Applicant: user'
    ])
  })

  it('is no longer awaited when the activity has completed', async () => {
    const played = await play('signal-boundary', start(), completeUserTask('Check'))

    expect(played.state.subscriptions).to.deep.equal({})
    expect(played.state.status).to.equal('completed')
  })
})
