import { expect } from 'chai'
import { ENGINE_LIMITS } from '../../engine/limits.ts'
import {
  completeUserTask,
  lines,
  play,
  resolveIncident,
  resting,
  since,
  start,
  trigger
} from '../play.ts'

describe('start quantity', () => {
  it('waits for its tokens and consumes them together', async () => {
    const moves = [start(), completeUserTask('Sign_B')]
    const waiting = await play('start-quantity', ...moves)
    expect(resting(waiting)).to.deep.equal(['Sign_A: user', 'Sign_C: user', 'File: join'])
    expect(waiting.state.subscriptions, 'its boundary events').to.deep.equal({})

    const { trace } = await play('start-quantity', ...moves, completeUserTask('Sign_A'))
    expect(since(trace, 'complete Sign_A')).to.equal(lines`
      complete Sign_A
      activate File
      consume File
      wait File for user
    `)
  })

  it('keeps a token that is left over for the next time', async () => {
    const played = await play(
      'start-quantity',
      start(),
      completeUserTask('Sign_A'),
      completeUserTask('Sign_B'),
      completeUserTask('Sign_C'),
      completeUserTask('File')
    )

    expect(resting(played)).to.deep.equal(['File: join'])
  })

  it('keeps the tokens that wait when a boundary event ends the activity', async () => {
    const played = await play(
      'start-quantity',
      start(),
      completeUserTask('Sign_A'),
      completeUserTask('Sign_B'),
      completeUserTask('Sign_C'),
      trigger('Late')
    )

    expect(resting(played)).to.deep.equal(['File: join', 'Remind: user'])
  })

  it('gathers once when what follows gets stuck', async () => {
    const stuck = await play('start-quantity-bad-timer', start())
    expect(resting(stuck)).to.deep.equal(['File: incident expression'])

    const mended = await play(
      'start-quantity-bad-timer',
      start(),
      resolveIncident('File', { limit: 'P1D' })
    )
    expect(resting(mended)).to.deep.equal(['File: user'])
  })

  it('is not asked again when the activity is undone', async () => {
    const undoing = await play('start-quantity-compensated', start())
    expect(resting(undoing)).to.deep.equal([
      'Undo: compensation',
      'Pay: compensation',
      'Return: user'
    ])

    const { state } = await play('start-quantity-compensated', start(), completeUserTask('Return'))
    expect(state.status).to.equal('completed')
  })

  it('of a multi-instance activity is for the whole', async () => {
    const played = await play('start-quantity-multi-instance', start())
    expect(resting(played)).to.deep.equal([
      'Sign: children',
      'Sign: children',
      'Sign: user',
      'Sign: user',
      'Sign: user',
      'Sign: user'
    ])

    const { trace } = await play(
      'start-quantity-multi-instance',
      start(),
      completeUserTask('Sign'),
      completeUserTask('Sign')
    )
    expect(trace.match(/activate Done/g)).to.have.length(3)
  })

  it('holds an inclusive join that its tokens can still reach', async () => {
    const moves = [start(), completeUserTask('A'), completeUserTask('C')]
    const held = await play('start-quantity-inclusive', ...moves)
    expect(resting(held)).to.deep.equal(['B: user', 'Pair: join', 'Join: join'])

    const { state, trace } = await play('start-quantity-inclusive', ...moves, completeUserTask('B'))
    expect(state.status).to.equal('completed')
    expect(trace.match(/activate Done/g)).to.have.length(1)
  })
})

describe('completion quantity', () => {
  it('sends as many tokens along each flow that is taken', async () => {
    const one = await play(
      'completion-quantity',
      start(),
      completeUserTask('Split', { filed: false })
    )
    expect(resting(one)).to.deep.equal(['Check: user', 'Check: user'])

    const both = await play(
      'completion-quantity',
      start(),
      completeUserTask('Split', { filed: true })
    )
    expect(resting(both)).to.deep.equal([
      'Check: user',
      'Check: user',
      'Archive: user',
      'Archive: user'
    ])
  })

  it('that multiplies without end stops with incidents', async () => {
    const { state } = await play('completion-quantity-multiplied', start())

    const waits = Object.values(state.tokens).map(({ at, wait }) => `${at}: ${wait?.for}`)
    expect(waits.length).to.be.below(2 * ENGINE_LIMITS.activations)
    const stuck = Object.values(state.tokens).find(({ at }) => at === 'More')
    expect(JSON.stringify(stuck?.wait)).to.contain(
      'expected at most 10000 tokens to be on their way at once, found <More> to add 1000'
    )
  })

  it('meets a start quantity', async () => {
    const { trace, state } = await play(
      'completion-quantity',
      start(),
      completeUserTask('Split', { filed: false }),
      completeUserTask('Check'),
      completeUserTask('Check')
    )

    expect(since(trace, 'wait Join for join')).to.equal(lines`
      wait Join for join
      complete Check
      activate Join
      consume Join
      complete Join
      activate Done
      complete Done
      complete instance
    `)
    expect(state.status).to.equal('completed')
  })
})
