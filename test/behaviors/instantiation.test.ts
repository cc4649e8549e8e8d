import { expect } from 'chai'
import {
  completeUserTask,
  lines,
  type Move,
  play,
  refusalOf,
  resting,
  since,
  start,
  system
} from '../play.ts'

/** Brings a message to the subscription that the instance opened first for it. */
function receive(message: string): Move {
  return state => {
    const open = Object.values(state?.subscriptions ?? {}).find(
      ({ on }) => on.kind === 'message' && on.message === message
    )
    if (open === undefined) throw new Error(`expected something to wait for ${message}`)
    return {
      command: { type: 'trigger', subscription: open.id, variables: {} },
      actor: system
    }
  }
}
const number = { permitNumber: 'P-7' }

describe('instantiating event-based gateway', () => {
  it('begins an instance at the event that happens, and waits for no other', async () => {
    const { trace, state } = await play('instantiate-exclusive', start({ text: 'x' }, 'Paid'))

    expect(trace).to.equal(lines`
      activate Paid
      complete Paid
      activate Book
      wait Book for user
    `)
    expect(state.subscriptions).to.deep.equal({})
    expect(resting(await play('instantiate-exclusive', start({}, 'New_Year')))).to.deep.equal([
      'Sweep: user'
    ])
  })

  it('is not begun without one of its events', async () => {
    const { code, message } = await refusalOf(play('instantiate-exclusive', start()))
    expect(code).to.equal('unknown-element')
    expect(message).to.contain('Applied, Paid, New_Year')
    const gateway = await refusalOf(play('instantiate-exclusive', start({}, 'Begin')))
    expect(gateway.code).to.equal('unknown-element')
  })

  it('that is parallel waits for the other events before it can end', async () => {
    const moves = [start(number, 'Applied'), completeUserTask('Read')]
    const waiting = await play('instantiate-parallel', ...moves)
    expect(resting(waiting)).to.deep.equal(['Paid: event', 'Both: join'])
    expect(waiting.state.status).to.equal('running')

    const { trace, state } = await play(
      'instantiate-parallel',
      ...moves,
      receive('Paid'),
      completeUserTask('Decide')
    )
    expect(since(trace, 'complete Paid')).to.equal(lines`
      complete Paid
      activate Both
      consume Both
      complete Both
      activate Decide
      wait Decide for user
      complete Decide
      activate Done
      complete Done
      complete instance
    `)
    expect(state.subscriptions).to.deep.equal({})
  })

  it('refuses an event that has come already in its conversation', async () => {
    const { code } = await refusalOf(
      play('instantiate-parallel', start(number, 'Applied'), receive('Applied'))
    )
    expect(code).to.equal('not-waiting')
  })

  it('is not begun while the key of its conversation is unknown', async () => {
    const { code, message } = await refusalOf(play('instantiate-parallel', start({}, 'Applied')))
    expect(code).to.equal('invalid-variables')
    expect(message).to.contain('permitNumber')
  })
})

describe('several groups of events that instantiate a process', () => {
  it('wait for one event each when a correlation key joins them', async () => {
    const begun = await play('instantiate-groups', start(number, 'Withdrawn'))
    expect(resting(begun)).to.deep.equal(['Paid: event', 'Refund: user'])

    const other = await play('instantiate-groups', start(number, 'Paid'))
    expect(resting(other)).to.deep.equal(['Begin: event', 'Book: user'])
    const both = await play('instantiate-groups', start(number, 'Paid'), receive('Applied'))
    expect(resting(both)).to.deep.equal(['Book: user', 'Read: user'])
  })

  it('refuse the event behind a gateway that has taken another', async () => {
    const moves = [start(number, 'Withdrawn'), receive('Applied')]
    expect((await refusalOf(play('instantiate-groups', ...moves))).code).to.equal('not-waiting')
  })

  it('begin instances of their own without a key', async () => {
    const { trace } = await play('instantiate-receive-task', start({ text: 'x' }, 'Paid'))
    expect(trace).to.equal(lines`
      activate Paid
      complete Paid
      activate Read
      wait Read for user
    `)
  })
})

describe('instantiating receive task', () => {
  it('has received its message when the instance begins', async () => {
    const { state } = await play('instantiate-receive-task', start({ text: 'x' }, 'Applied'))
    expect(state.variables).to.include({ application: 'x' })
    expect(state.subscriptions).to.deep.equal({})
  })

  it('waits behind a start event, and begins without it', async () => {
    const plain = await play('instantiate-behind-start', start())
    expect(resting(plain)).to.deep.equal(['Applied: event'])
    const by = await play('instantiate-behind-start', start({}, 'Applied'))
    expect(resting(by)).to.deep.equal(['Read: user'])
  })
})

describe('start events of one conversation', () => {
  it('put a token into the instance that the first of them has begun', async () => {
    const moves = [start(number, 'Paid'), receive('Applied')]
    expect(resting(await play('start-conversation', ...moves))).to.deep.equal([
      'Book: user',
      'Read: user'
    ])
  })

  it('need not all happen', async () => {
    const { state } = await play(
      'start-conversation',
      start(number, 'Paid'),
      completeUserTask('Book')
    )
    expect(state.status).to.equal('completed')
    expect(state.subscriptions).to.deep.equal({})
  })
})
