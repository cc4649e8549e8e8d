import { expect } from 'chai'
import {
  incidentAt,
  lines,
  play,
  refusalOf,
  resolveIncident,
  resting,
  send,
  start,
  trigger
} from '../play.ts'

describe('intermediate catch event', () => {
  it('waits for its message and takes over what it brings', async () => {
    const { trace, state } = await play(
      'catch-message',
      start({ caseNumber: 'A-1' }),
      trigger('Answered', { text: 'yes', secret: 'no' })
    )

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Answered
      wait Answered for event
      complete Answered
      activate Done
      complete Done
      complete instance
    `)
    expect(state.variables).to.deep.equal({ caseNumber: 'A-1', answer: 'yes' })
    expect(state.subscriptions).to.deep.equal({})
  })

  it('says which message and which key it waits for', async () => {
    const { state } = await play('catch-message', start({ caseNumber: 'A-1' }))

    expect(Object.values(state.subscriptions)).to.deep.equal([
      {
        id: 's3',
        token: 't2',
        element: 'Answered',
        on: { kind: 'message', message: 'Answer given', key: 'A-1' }
      }
    ])
  })

  it('rests with an incident while it has no key, and waits once the key is stated', async () => {
    const stuck = await play('catch-message', start())
    expect(resting(stuck)).to.deep.equal(['Answered: incident expression'])
    expect(incidentAt(stuck, 'Answered')).to.contain('<Answered>').and.to.contain('caseNumber')

    const mended = await play(
      'catch-message',
      start(),
      resolveIncident('Answered', { caseNumber: 'A-2' }),
      trigger('Answered', { text: 'yes' })
    )
    expect(mended.state.variables).to.deep.equal({ caseNumber: 'A-2', answer: 'yes' })
  })

  it('is triggered once', async () => {
    const twice = send({ type: 'trigger', subscription: 's3', variables: { text: 'yes' } })
    const { code } = await refusalOf(
      play(
        'event-sub-process-note',
        start(),
        send({ type: 'trigger', subscription: 's9', variables: {} })
      )
    )
    expect(code).to.equal('not-waiting')

    const ended = await refusalOf(play('catch-message', start({ caseNumber: 'A-1' }), twice, twice))
    expect(ended.code).to.equal('not-running')
  })
})
