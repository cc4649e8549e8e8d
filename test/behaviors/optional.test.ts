import { expect } from 'chai'
import {
  completeUserTask,
  decide,
  failDecision,
  lines,
  play,
  resolveIncident,
  resting,
  start
} from '../play.ts'

const submitted = { submitted: '2015-12-01' }

describe('an optional step', () => {
  it('asks the office first, by the day of submission, before anything of it is opened', async () => {
    const { state } = await play('optional', start(submitted))

    expect(Object.values(state.tokens)[0]?.wait).to.deep.equal({
      for: 'decision',
      rule: 'survey.needed',
      facts: { submitted: '2015-12-01' },
      date: null
    })
    expect(state.subscriptions).to.deep.equal({})
  })

  it('is done where the office says so, with what stands on its boundary', async () => {
    const asked = await play('optional', start(submitted), decide('Survey', true))
    expect(Object.values(asked.state.subscriptions).map(({ element }) => element)).to.deep.equal([
      'Late'
    ])

    const { trace } = await play(
      'optional',
      start(submitted),
      decide('Survey', true),
      completeUserTask('Survey')
    )
    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Survey
      wait Survey for decision
      decide Survey
      wait Survey for user
      complete Survey
      activate Done
      complete Done
      complete instance
    `)
  })

  it('is passed over where the office says so, and the history says that it was', async () => {
    const { trace, events } = await play('optional', start(submitted), decide('Survey', false))
    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Survey
      wait Survey for decision
      decide Survey
      skip Survey
      activate Done
      complete Done
      complete instance
    `)
    const decided = events.find(({ type }) => type === 'ruleDecided')
    expect(decided).to.include({ type: 'ruleDecided', element: 'Survey' })
  })

  it('rests with an incident when no value holds, and is asked again when that is resolved', async () => {
    const failed = failDecision('Survey', 'no-value', 'no value of <survey.needed>')
    const stuck = await play('optional', start(submitted), failed)
    expect(resting(stuck)).to.deep.equal(['Survey: incident no-value'])

    const mended = await play(
      'optional',
      start(submitted),
      failed,
      resolveIncident('Survey'),
      decide('Survey', true)
    )
    expect(Object.values(mended.state.subscriptions)).to.have.lengthOf(1)
  })

  it('rests with an incident when the value is neither true nor false', async () => {
    const stuck = await play('optional', start(submitted), decide('Survey', 'yes'))
    expect(resting(stuck)).to.deep.equal(['Survey: incident no-value'])
  })
})
