import { expect } from 'chai'
import {
  completeJob,
  completeUserTask,
  incidentAt,
  lines,
  play,
  resolveIncident,
  resting,
  since,
  start,
  throwJobError,
  trigger
} from '../play.ts'

const ask = (complete: boolean | string) => completeUserTask('Ask', { complete })

describe('standard loop', () => {
  it('runs, and again as long as its condition holds afterwards', async () => {
    const { trace, state } = await play('standard-loop', start(), ask(false), ask(true))

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Ask
      wait Ask for children
      activate Ask
      wait Ask for user
      complete Ask
      activate Ask
      wait Ask for user
      complete Ask
      complete Ask
      activate Done
      complete Done
      complete instance
    `)
    expect(state.variables).to.deep.equal({ complete: true })
  })

  it('does not run when its condition is asked before and does not hold', async () => {
    const { trace } = await play('standard-loop-test-before', start({ missing: [] }))

    expect(since(trace, 'activate Ask')).to.equal(lines`
      activate Ask
      complete Ask
      activate Done
      complete Done
      complete instance
    `)
  })

  it('asks its condition before each iteration', async () => {
    const moves = [start({ missing: ['photo'] }), completeUserTask('Ask', { missing: ['form'] })]
    const once = await play('standard-loop-test-before', ...moves)
    expect(resting(once)).to.deep.equal(['Ask: children', 'Ask: user'])

    const { state } = await play(
      'standard-loop-test-before',
      ...moves,
      completeUserTask('Ask', { missing: [] })
    )
    expect(state.status).to.equal('completed')
  })

  it('counts iterations from 1 inside, and in its condition those that there have been', async () => {
    const { state } = await play('standard-loop-counter', start({ after: [], before: [] }))

    expect(state.variables).to.deep.equal({ after: [1, 2, 3], before: [1, 2, 3] })
  })

  it('goes on after its maximum, whatever its condition says', async () => {
    const { state, effects } = await play(
      'standard-loop-maximum',
      start(),
      completeJob('Try', { reached: false }),
      completeJob('Try', { reached: false })
    )

    expect(state.status).to.equal('completed')
    expect(effects).to.have.length(2)
  })

  it('has its boundary events once, on the whole', async () => {
    const { trace, effects, state } = await play(
      'standard-loop-boundary',
      start(),
      ask(false),
      trigger('Late')
    )

    expect(effects).to.have.length(1)
    expect(since(trace, 'terminate Ask')).to.equal(lines`
      terminate Ask
      activate Late
      complete Late
      activate Close
      wait Close for user
    `)
    expect(state.subscriptions).to.deep.equal({})
  })

  it('of a sub-process gives each iteration variables of its own', async () => {
    const { state } = await play(
      'standard-loop-sub-process',
      start({ notes: [] }),
      completeUserTask('Propose', { agreed: false }),
      completeUserTask('Propose', { agreed: true })
    )

    expect(state.status).to.equal('completed')
    expect(state.variables).to.deep.equal({ notes: [10, 20], agreed: true })
  })

  it('of a call activity calls again', async () => {
    const { trace, state } = await play(
      ['standard-loop-call-activity', 'standard-loop-called'],
      start(),
      completeUserTask('Answer', { answer: 'no' }),
      completeUserTask('Answer', { answer: 'yes' })
    )

    expect(trace.match(/call Questioning/g)).to.have.length(2)
    expect(state.variables).to.deep.equal({ answer: 'yes' })
  })

  it('leaves as a whole by an error', async () => {
    const played = await play('standard-loop-maximum', start(), throwJobError('Try', 'X'))

    expect(resting(played)).to.deep.equal(['Try: children', 'Try: incident uncaught-error'])
  })

  it('undoes each of its iterations, the last one first', async () => {
    const undoing = await play('standard-loop-compensated', start())
    expect(undoing.trace.match(/activate Return/g)).to.have.length(1)

    const { trace, state } = await play(
      'standard-loop-compensated',
      start(),
      completeUserTask('Return'),
      completeUserTask('Return')
    )
    expect(trace.match(/activate Return/g)).to.have.length(2)
    expect(state.status).to.equal('completed')
  })

  it('of a transaction ends as a whole when an iteration is cancelled', async () => {
    const attempt = (hopeless: boolean) => completeUserTask('Try', { booked: false, hopeless })
    const again = await play('standard-loop-transaction', start(), attempt(false))
    expect(resting(again)).to.deep.equal(['Book: children', 'Book: children', 'Try: user'])

    const over = await play('standard-loop-transaction', start(), attempt(false), attempt(true))
    expect(resting(over)).to.deep.equal(['Refuse: user'])
  })

  it('that never rests stops with an incident that names it', async () => {
    const stuck = await play('standard-loop-endless', start())

    expect(resting(stuck)).to.deep.equal(['Spin: children', 'Spin: incident loop'])
    const spin = Object.values(stuck.state.tokens).find(({ index }) => index !== null)
    expect(JSON.stringify(spin?.wait)).to.contain('no rest after').and.to.contain('<Spin>')
  })

  it('keeps what was done when its condition cannot be answered', async () => {
    const stuck = await play('standard-loop', start(), ask('perhaps'))
    expect(resting(stuck)).to.deep.equal(['Ask: children', 'Ask: incident expression'])
    expect(incidentAt(stuck, 'Ask')).to.contain('loop condition of <Ask>: not(complete)')

    const { trace, state } = await play(
      'standard-loop',
      start(),
      ask('perhaps'),
      resolveIncident('Ask', { complete: true })
    )
    expect(state.status).to.equal('completed')
    expect(trace.match(/wait Ask for user/g)).to.have.length(1)
  })

  it('that cannot be asked before its first iteration is asked again', async () => {
    const stuck = await play('standard-loop-test-before', start())
    expect(resting(stuck)).to.deep.equal(['Ask: incident expression'])

    const mended = await play(
      'standard-loop-test-before',
      start(),
      resolveIncident('Ask', { missing: ['form'] })
    )
    expect(resting(mended)).to.deep.equal(['Ask: children', 'Ask: user'])
  })
})
