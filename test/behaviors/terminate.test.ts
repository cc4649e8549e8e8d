import { expect } from 'chai'
import {
  completeJob,
  completeUserTask,
  lines,
  person,
  play,
  refusalOf,
  resolveIncident,
  send,
  since,
  start,
  terminate
} from '../play.ts'

describe('terminating an instance', () => {
  it('ends all that runs and waits in it', async () => {
    const { trace, state, events } = await play(
      'terminate-command',
      start(),
      terminate('entered twice')
    )

    expect(since(trace, 'wait Review for user')).to.equal(lines`
      wait Review for user
      terminate Check
      terminate Review
      terminate Handle
      terminate Ask
      terminate instance
    `)
    expect(state).to.include({ status: 'terminated' })
    expect(state.tokens).to.deep.equal({})
    expect(state.subscriptions).to.deep.equal({})
    expect(events.at(-1)).to.deep.equal({ type: 'instanceTerminated', reason: 'entered twice' })
  })

  it('is refused to whoever is no operator of the office', async () => {
    const elsewhere = { ...person('oka', 'operator'), unit: 'kanim-bgl' }
    for (const actor of [person('ani', 'counter'), elsewhere]) {
      const { code } = await refusalOf(play('terminate-command', start(), terminate('', actor)))
      expect(code).to.equal('not-allowed')
    }
  })

  it('is open to an operator of the level above', async () => {
    const above = { ...person('oka', 'operator'), unit: 'kanwil-kepri' }

    expect((await play('terminate-command', start(), terminate('', above))).state.status).to.equal(
      'terminated'
    )
  })

  it('leaves nothing to be done', async () => {
    const over = [start(), terminate()]
    const commands = [
      send({ type: 'completeUserTask', token: 't4', variables: {} }, person('ani')),
      send({ type: 'completeJob', job: 'j9', variables: {} }),
      send({ type: 'trigger', subscription: 's5', variables: {} }),
      terminate()
    ]
    for (const command of commands) {
      const { code } = await refusalOf(play('terminate-command', ...over, command))
      expect(code).to.equal('not-running')
    }
  })
})

describe('resolving an incident', () => {
  it('is refused to whoever is no operator of the office', async () => {
    const resolve = resolveIncident('How_Much', { amount: 5 }, person('ani', 'counter'))
    const { code } = await refusalOf(play('exclusive-no-default', start({ amount: 50 }), resolve))

    expect(code).to.equal('not-allowed')
  })

  it('is refused where there is none', async () => {
    const resolve = send({ type: 'resolveIncident', token: 't2', variables: {}, reason: '' })
    const { code } = await refusalOf(play('start-none', start(), resolve))

    expect(code).to.equal('not-waiting')
  })

  it('keeps the reason in the history', async () => {
    const { events } = await play(
      'exclusive-no-default',
      start({ amount: 50 }),
      resolveIncident('How_Much', { amount: 5 })
    )

    const resolved = events.find(({ type }) => type === 'incidentResolved')
    expect(resolved).to.deep.equal({
      type: 'incidentResolved',
      token: 't2',
      element: 'How_Much',
      reason: 'mended'
    })
  })
})

describe('a command', () => {
  it('for an instance that is not there is refused', async () => {
    const complete = send({ type: 'completeUserTask', token: 't1', variables: {} }, person('ani'))

    expect((await refusalOf(play('start-none', complete))).code).to.equal('unknown-instance')
  })

  it('for an instance that has ended is refused', async () => {
    const again = send({ type: 'completeUserTask', token: 't2', variables: {} }, person('ani'))

    expect(
      (await refusalOf(play('start-none', start(), completeUserTask('Check'), again))).code
    ).to.equal('not-running')
  })

  it('that is refused changes nothing', async () => {
    const late = send({ type: 'completeJob', job: 'j99', variables: { amount: 1 } })
    await refusalOf(play('service-task-error', start(), late))

    const { state } = await play('service-task-error', start(), completeJob('Pay'))
    expect(state.variables).to.deep.equal({})
  })
})
