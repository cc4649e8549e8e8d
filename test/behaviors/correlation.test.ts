import { expect } from 'chai'
import {
  completeUserTask,
  incidentAt,
  type Played,
  play,
  refusalOf,
  resolveIncident,
  start,
  trigger
} from '../play.ts'

const keys = ({ state }: Played) =>
  Object.values(state.subscriptions).map(
    ({ element, on }) => `${element} ${on.kind === 'message' && on.key}`
  )

describe('correlation keys', () => {
  it('are read from a message that is sent, and begin its conversation', async () => {
    const played = await play('correlation-sent', start({ number: 7 }))

    expect(played.effects[0]).to.include({ type: 'publish', message: 'asked', key: '{"bill":7}' })
    expect(played.state.conversations).to.deep.equal({ Payment_Key: '{"bill":7}' })
    expect(keys(played)).to.deep.equal(['Paid {"bill":7}'])
  })

  it('that a message lacks are an incident that names the path', async () => {
    const stuck = await play('correlation-sent', start({ number: null }))
    expect(incidentAt(stuck, 'Ask')).to.equal(
      '<Ask> sends <asked> with the correlation property <bill>: demand.bill: expected a value, found none'
    )

    const mended = await play(
      'correlation-sent',
      start({ number: null }),
      resolveIncident('Ask', { number: 8 })
    )
    expect(keys(mended)).to.deep.equal(['Paid {"bill":8}'])
  })

  it('are taken from the first message of a conversation, for all others', async () => {
    const before = await play('correlation-received', start())
    expect(keys(before)).to.have.members(['Asked *bill', 'Paid *bill'])

    const asked = await play(
      'correlation-received',
      start(),
      trigger('Asked', { demand: { bill: 'B-1' } })
    )
    expect(keys(asked)).to.deep.equal(['Paid {"bill":"B-1"}'])
    expect(asked.state.conversations).to.deep.equal({ Payment_Key: '{"bill":"B-1"}' })
  })

  it('are those of a called process, each call for itself', async () => {
    const diagrams = ['correlation-called', 'correlation-received']
    const played = await play(diagrams, start(), trigger('Asked', { demand: { bill: 'B-1' } }))

    expect(keys(played)).to.have.members(['Paid {"bill":"B-1"}', 'Asked *bill', 'Paid *bill'])
    expect(played.state.conversations).to.equal(undefined)

    const over = await play(
      diagrams,
      start(),
      trigger('Asked', { demand: { bill: 'B-1' } }),
      trigger('Paid', { receipt: { bill: 'B-1' } }),
      trigger('Asked', { demand: { bill: 'B-2' } }),
      trigger('Paid', { receipt: { bill: 'B-2' } })
    )
    expect(over.state.status).to.equal('completed')
  })

  it('keep out a message of another conversation', async () => {
    const { code, message } = await refusalOf(
      play(
        'correlation-received',
        start(),
        trigger('Asked', { demand: { bill: 'B-1' } }),
        trigger('Paid', { receipt: { bill: 'B-2' } })
      )
    )

    expect(code).to.equal('not-waiting')
    expect(message).to.contain('{"bill":"B-1"}, not of {"bill":"B-2"}')
  })

  it('that are bound to data follow it', async () => {
    expect(keys(await play('correlation-bound', start()))).to.deep.equal(['Paid ?bill'])
    expect(keys(await play('correlation-bound', start({ number: 1 })))).to.deep.equal([
      'Paid {"bill":1}'
    ])
    const corrected = await play(
      'correlation-bound',
      start({ number: 1 }),
      completeUserTask('Correct', { number: 2 })
    )
    expect(keys(corrected)).to.deep.equal(['Paid {"bill":2}'])
  })
})
