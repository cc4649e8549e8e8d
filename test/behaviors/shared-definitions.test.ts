import { expect } from 'chai'
import { completeUserTask, play, resting, start, trigger } from '../play.ts'

describe('event definitions that events share by reference', () => {
  const begun = start({ caseNumber: 'A-1', enough: false })

  it('stand for each kind, wherever an event refers to them', async () => {
    const played = await play('shared-definitions', begun)

    expect(resting(played)).to.deep.equal([
      'Asked: event',
      'Closed: event',
      'Enough: event',
      'A_Day: event',
      'Remind: user',
      'Answer: user'
    ])
    expect(Object.values(played.state.subscriptions).map(({ on }) => on.kind)).to.deep.equal([
      'message',
      'signal',
      'conditional',
      'timer'
    ])
  })

  it('happen like definitions of their own', async () => {
    const { state } = await play(
      'shared-definitions',
      begun,
      trigger('Asked'),
      trigger('Closed'),
      trigger('A_Day'),
      completeUserTask('Remind', { enough: true }),
      completeUserTask('Answer')
    )
    expect(state.status).to.equal('completed')
  })
})
