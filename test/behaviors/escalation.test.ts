import { expect } from 'chai'
import { play, start } from '../play.ts'

describe('escalation event definition', () => {
  it('tells the activity around and lets it go on', async () => {
    const { trace, state } = await play('escalation-boundary', start())

    expect(trace).to.contain('throw LATE at Ring\ncomplete Ring\nactivate Late')
    expect(trace)
      .to.contain('complete Noted')
      .and.to.contain('complete Worked')
      .and.to.contain('complete Done')
    expect(state.variables).to.include({ escalationCode: 'LATE' })
  })

  it('ends the activity around when it interrupts, before anything inside goes on', async () => {
    const { trace } = await play('escalation-interrupting', start())

    expect(trace).to.contain('throw LATE at Ring\nterminate Ring\nterminate Work\nactivate Late')
    expect(trace).not.to.contain('Go_On')
    expect(trace).not.to.contain('complete Done')
  })

  it('that nobody catches lets the process go on', async () => {
    const { events, state } = await play('escalation-uncaught', start())

    expect(state.status).to.equal('completed')
    const thrown = events.find(({ type }) => type === 'escalationThrown')
    expect(thrown).to.include({ code: 'LATE', caught: false })
  })
})
