import { expect } from 'chai'
import { lines, play, start, trigger } from '../play.ts'

describe('receive task', () => {
  it('waits for its message and takes over what it brings', async () => {
    const { trace, state } = await play(
      'receive-task',
      start({ caseNumber: 'A-1' }),
      trigger('Await_Answer', { answer: 'yes' })
    )

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Await_Answer
      wait Await_Answer for event
      complete Await_Answer
      activate Done
      complete Done
      complete instance
    `)
    expect(state.variables).to.deep.equal({ caseNumber: 'A-1', answer: 'yes' })
  })

  it("without a key waits for the instance's own id", async () => {
    const { state } = await play('receive-task-default-key', start())

    expect(Object.values(state.subscriptions).map(({ on }) => on)).to.deep.equal([
      { kind: 'message', message: 'Answer given', key: 'i1' }
    ])
  })

  it('maps the message out', async () => {
    const { state } = await play(
      'receive-task-default-key',
      start(),
      trigger('Await_Answer', { text: 'no', more: 1 })
    )

    expect(state.variables).to.deep.equal({ answer: 'no' })
  })
})
