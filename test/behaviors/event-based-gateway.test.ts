import { expect } from 'chai'
import {
  lines,
  play,
  refusalOf,
  resolveIncident,
  resting,
  send,
  since,
  start,
  trigger
} from '../play.ts'

const begun = start({ caseNumber: 'A-1' })

describe('event-based gateway', () => {
  it('takes the message when it comes first, and forgets the timer', async () => {
    const { trace, state } = await play(
      'event-based-gateway',
      begun,
      trigger('Answered', { text: 'yes' })
    )

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Await
      wait Await for event
      complete Await
      activate Answered
      complete Answered
      activate Read
      wait Read for user
    `)
    expect(state.variables).to.deep.equal({ caseNumber: 'A-1', answer: 'yes' })
    expect(state.subscriptions).to.deep.equal({})
  })

  it('takes the timer when it comes first, and forgets the message', async () => {
    const { trace, state } = await play('event-based-gateway', begun, trigger('Too_Late'))

    expect(since(trace, 'complete Await')).to.equal(lines`
      complete Await
      activate Too_Late
      complete Too_Late
      activate Remind
      wait Remind for user
    `)
    expect(state.subscriptions).to.deep.equal({})
  })

  it('refuses the one that comes second', async () => {
    const waiting = await play('event-based-gateway', begun)
    const [message] = Object.values(waiting.state.subscriptions)
    const late = send({
      type: 'trigger',
      subscription: message?.id ?? '',
      variables: { text: 'yes' }
    })

    const { code } = await refusalOf(play('event-based-gateway', begun, trigger('Too_Late'), late))
    expect(code).to.equal('not-waiting')
  })

  it('may have receive tasks behind it', async () => {
    const { trace, state } = await play(
      'event-based-receive',
      start({ deadline: '2015-12-10' }),
      trigger('Await_Answer', { text: 'yes' })
    )

    expect(since(trace, 'complete Await')).to.equal(lines`
      complete Await
      activate Await_Answer
      complete Await_Answer
      activate Read
      wait Read for user
    `)
    expect(state.variables).to.include({ text: 'yes' })
  })

  it('waits for all of its events or for none', async () => {
    const stuck = await play('event-based-gateway-fails', start())
    expect(resting(stuck)).to.deep.equal(['Await: incident expression'])
    expect(stuck.state.subscriptions).to.deep.equal({})

    const mended = await play(
      'event-based-gateway-fails',
      start(),
      resolveIncident('Await', { limit: 'P1D' })
    )
    expect(Object.values(mended.state.subscriptions).map(({ element }) => element)).to.deep.equal([
      'Answered',
      'Too_Late'
    ])
  })
})
