import { expect } from 'chai'
import {
  completeJob,
  completeUserTask,
  lines,
  person,
  play,
  resting,
  since,
  start,
  throwJobError
} from '../play.ts'

const begun = [start(), completeJob('Pay')]
const decide = (approved: boolean) =>
  completeUserTask('Decide', { approved }, person('sari', 'counter'))

describe('transaction', () => {
  it('that is cancelled ends what runs in it, undoes what it did, and goes on at its cancel event', async () => {
    const { trace, state } = await play(
      'transaction-cancel',
      ...begun,
      decide(false),
      completeJob('Pay_Back')
    )

    expect(since(trace, 'activate Refused')).to.equal(lines`
      activate Refused
      terminate Watch
      throw compensation at Refused
      wait Refused for compensation
      activate Pay
      compensate Pay
      wait Pay for compensation
      activate Pay_Back
      wait Pay_Back for job
      complete Pay_Back
      complete Pay
      activate Reserve
      compensate Reserve
      wait Reserve for compensation
      activate Release
      complete Release
      complete Reserve
      complete Refused
      terminate Order
      activate Cancelled
      complete Cancelled
      activate Told
      complete Told
      complete instance
    `)
    expect(state.status).to.equal('completed')
  })

  it('waits at its cancel end event until all is undone', async () => {
    const played = await play('transaction-cancel', ...begun, decide(false))

    expect(resting(played)).to.deep.equal([
      'Order: children',
      'Refused: compensation',
      'Pay: compensation',
      'Pay_Back: job'
    ])
  })

  it('that is not cancelled is a sub-process', async () => {
    const { trace } = await play(
      'transaction-cancel',
      ...begun,
      decide(true),
      completeUserTask('Watch', {}, person('sari', 'counter'))
    )

    expect(since(trace, 'complete Watched')).to.equal(lines`
      complete Watched
      complete Order
      activate Done
      complete Done
      complete instance
    `)
  })

  it('that meets a fault in undoing goes on where the fault is caught', async () => {
    const { trace } = await play(
      'transaction-cancel',
      ...begun,
      decide(false),
      throwJobError('Pay_Back', 'BROKEN')
    )

    expect(trace).to.contain('activate Hazard').and.to.contain('complete Reported')
    expect(trace).not.to.contain('activate Cancelled')
  })

  it('without a cancel event on its boundary ends there', async () => {
    const { trace, state } = await play('transaction-cancel-without-boundary', start())

    expect(since(trace, 'complete Refused')).to.equal(lines`
      complete Refused
      terminate Order
      complete instance
    `)
    expect(state.completions).to.deep.equal([])
  })

  it('that is cancelled lets no event sub-process of its own catch a fault in undoing', async () => {
    const { trace } = await play(
      'transaction-hazard-beside',
      start(),
      throwJobError('Pay_Back', 'BROKEN')
    )

    expect(trace).to.contain('terminate Order\nactivate Hazard').and.not.to.contain('On_Error')
  })

  it('that runs several times is over with the first that is cancelled, which is undone', async () => {
    const { trace } = await play(
      'transaction-of-several',
      start(),
      completeUserTask('Decide', { approved: true }),
      completeUserTask('Decide', { approved: false })
    )

    expect(trace.match(/activate Pay_Back/g)).to.have.length(1)
    expect(since(trace, 'complete Refused')).to.equal(lines`
      complete Refused
      terminate Order
      terminate Order
      activate Cancelled
      complete Cancelled
      activate Told
      complete Told
      complete instance
    `)
  })

  it('that is cancelled after undoing one activity undoes the others as well', async () => {
    const { trace } = await play('transaction-undone-then-cancelled', start())

    expect(since(trace, 'activate Refused')).to.equal(lines`
      activate Refused
      throw compensation at Refused
      wait Refused for compensation
      activate Reserve
      compensate Reserve
      wait Reserve for compensation
      activate Release
      complete Release
      complete Reserve
      throw compensation at Refused
      wait Refused for compensation
      activate Pay
      compensate Pay
      wait Pay for compensation
      activate Pay_Back
      complete Pay_Back
      complete Pay
      complete Refused
      terminate Order
      activate Cancelled
      complete Cancelled
      activate Told
      complete Told
      complete instance
    `)
  })
})
