import { expect } from 'chai'
import {
  completeUserTask,
  incidentAt,
  lines,
  play,
  resolveIncident,
  resting,
  since,
  start
} from '../play.ts'

describe('exclusive gateway', () => {
  it('goes along the first flow whose condition holds', async () => {
    const { trace } = await play('exclusive-split', start({ amount: 5 }))

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate How_Much
      complete How_Much
      activate Small
      wait Small for user
    `)
  })

  it('asks in the order in which the gateway lists its flows', async () => {
    expect(resting(await play('exclusive-split', start({ amount: 50 })))).to.deep.equal([
      'Middle: user'
    ])
    expect(resting(await play('exclusive-listed-order', start({ amount: 5 })))).to.deep.equal([
      'Second: user'
    ])
  })

  it('goes along the default flow when no condition holds', async () => {
    expect(resting(await play('exclusive-split', start({ amount: 500 })))).to.deep.equal([
      'Large: user'
    ])
  })

  it('keeps the default flow for the end, wherever it is listed', async () => {
    expect(resting(await play('exclusive-default-first', start({ amount: 5 })))).to.deep.equal([
      'Small: user'
    ])
    expect(resting(await play('exclusive-default-first', start({ amount: 50 })))).to.deep.equal([
      'Large: user'
    ])
  })

  it('rests with an incident when there is no flow to take, and decides again when it is resolved', async () => {
    const stuck = await play('exclusive-no-default', start({ amount: 50 }))
    expect(resting(stuck)).to.deep.equal(['How_Much: incident no-flow'])
    expect(incidentAt(stuck, 'How_Much')).to.contain('<How_Much>')

    const still = await play(
      'exclusive-no-default',
      start({ amount: 50 }),
      resolveIncident('How_Much')
    )
    expect(since(still.trace, 'resolve How_Much')).to.equal(lines`
      resolve How_Much
      wait How_Much for incident no-flow
    `)

    const mended = await play(
      'exclusive-no-default',
      start({ amount: 50 }),
      resolveIncident('How_Much', { amount: 500 })
    )
    expect(since(mended.trace, 'resolve How_Much')).to.equal(lines`
      resolve How_Much
      complete How_Much
      activate Large
      wait Large for user
    `)
  })

  it('never takes a missing fact for false', async () => {
    const stuck = await play('exclusive-split', start())

    expect(resting(stuck)).to.deep.equal(['How_Much: incident expression'])
    expect(incidentAt(stuck, 'How_Much')).to.contain('<How_Much_to_Small>').and.to.contain('amount')
  })

  it('never takes null, or what is neither true nor false, for false', async () => {
    expect(resting(await play('exclusive-split', start({ amount: null })))).to.deep.equal([
      'How_Much: incident expression'
    ])

    const text = await play('exclusive-loop', start(), completeUserTask('Review', { good: 'yes' }))
    expect(resting(text)).to.deep.equal(['Good: incident expression'])

    const bare = await play('exclusive-bare-condition', start({ tell: 'yes' }))
    expect(incidentAt(bare, 'Which')).to.contain('expected true or false, found "yes"')
    const empty = await play('exclusive-bare-condition', start({ tell: null }))
    expect(incidentAt(empty, 'Which')).to.contain('expected true or false, found null')
  })

  it('passes every token that merges', async () => {
    const { trace } = await play(
      'exclusive-merge',
      start(),
      completeUserTask('Check_Site'),
      completeUserTask('Check_Title')
    )

    expect(since(trace, 'complete Check_Site')).to.equal(lines`
      complete Check_Site
      activate Merge
      complete Merge
      activate Sign
      wait Sign for user
      complete Check_Title
      activate Merge
      complete Merge
      activate Sign
      wait Sign for user
    `)
  })

  it('turns in a loop', async () => {
    const { trace } = await play(
      'exclusive-loop',
      start(),
      completeUserTask('Review', { good: false }),
      completeUserTask('Review', { good: true })
    )

    expect(since(trace, 'complete Again')).to.equal(lines`
      complete Again
      activate Review
      wait Review for user
      complete Review
      activate Good
      complete Good
      activate Done
      complete Done
      complete instance
    `)
  })
})
