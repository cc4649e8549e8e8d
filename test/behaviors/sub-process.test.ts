import { expect } from 'chai'
import {
  completeUserTask,
  lines,
  play,
  refusalOf,
  resolveIncident,
  resting,
  since,
  start,
  trigger
} from '../play.ts'

describe('sub-process', () => {
  it('goes on when nothing is left inside', async () => {
    const { trace, state } = await play(
      'sub-process',
      start({ outer: 1 }),
      completeUserTask('Check_Site'),
      completeUserTask('Check_Title')
    )

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Handle
      wait Handle for children
      activate Handling
      complete Handling
      activate Fork
      complete Fork
      activate Check_Site
      wait Check_Site for user
      activate Check_Title
      wait Check_Title for user
      complete Check_Site
      activate Checked
      complete Checked
      complete Check_Title
      activate Checked
      complete Checked
      complete Handle
      activate Done
      complete Done
      complete instance
    `)
    expect(state.variables).to.deep.equal({ outer: 1, result: 20 })
  })

  it('ends with all that it holds when a boundary event interrupts it', async () => {
    const { trace } = await play('sub-process-nested', start(), trigger('Outer_Late'))

    expect(since(trace, 'wait Check for user')).to.equal(lines`
      wait Check for user
      terminate Check
      terminate Inner
      terminate Middle
      terminate Outer
      activate Outer_Late
      complete Outer_Late
      activate Remind
      wait Remind for user
    `)
  })

  it('completes from the inside out', async () => {
    const { trace } = await play('sub-process-nested', start(), completeUserTask('Check'))

    expect(since(trace, 'complete Check')).to.equal(lines`
      complete Check
      activate Checked
      complete Checked
      complete Inner
      activate Inner_Done
      complete Inner_Done
      complete Middle
      activate Middle_Done
      complete Middle_Done
      complete Outer
      activate Done
      complete Done
      complete instance
    `)
  })

  describe('that has ended, but whose out-mapping fails', () => {
    const moves = [start(), completeUserTask('Review')]

    it('rests with an incident and only maps again when it is resolved', async () => {
      const stuck = await play('sub-process-out-fails', ...moves)
      expect(resting(stuck)).to.deep.equal(['Handle: incident expression'])

      const mended = await play(
        'sub-process-out-fails',
        ...moves,
        resolveIncident('Handle', { sum: 4 })
      )
      expect(since(mended.trace, 'resolve Handle')).to.equal(lines`
        resolve Handle
        complete Handle
        activate Done
        complete Done
        complete instance
      `)
      expect(mended.state.variables).to.deep.equal({ sum: 4, total: 8 })
    })

    it('starts no event sub-process any more', async () => {
      const { state } = await play('sub-process-out-fails', ...moves)

      expect(state.subscriptions).to.deep.equal({})
    })
  })

  it('begins whole or not at all', async () => {
    const stuck = await play('sub-process-event-fails', start())
    expect(resting(stuck)).to.deep.equal(['Handle: incident expression'])
    expect(stuck.state.subscriptions).to.deep.equal({})

    const mended = await play(
      'sub-process-event-fails',
      start(),
      resolveIncident('Handle', { limit: 'P1D' }),
      trigger('Note_Arrived')
    )
    expect(resting(mended)).to.deep.equal([
      'Handle: children',
      'Review: user',
      'Note: children',
      'Read: user'
    ])
    expect(Object.values(mended.state.subscriptions).map(({ element }) => element)).to.deep.equal([
      'Note_Arrived',
      'Too_Late'
    ])
  })

  it('is no task that a person completes', async () => {
    const { code } = await refusalOf(
      play('sub-process', start({ outer: 1 }), () => ({
        command: { type: 'completeUserTask', token: 't2', variables: {} }
      }))
    )

    expect(code).to.equal('not-waiting')
  })
})
