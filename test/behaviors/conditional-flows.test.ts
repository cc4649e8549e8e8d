import { expect } from 'chai'
import { completeUserTask, incidentAt, play, resolveIncident, resting, start } from '../play.ts'

describe('flows out of a task', () => {
  it('are taken where their conditions hold, each with a token', async () => {
    const played = await play(
      'conditional-flows',
      start(),
      completeUserTask('Check', { tell: true, alert: true })
    )

    expect(resting(played)).to.deep.equal(['Tell_Applicant: user', 'Tell_Police: user'])
  })

  it('are taken by default only when no condition holds', async () => {
    const one = await play(
      'conditional-flows',
      start(),
      completeUserTask('Check', { tell: false, alert: true })
    )
    expect(resting(one)).to.deep.equal(['Tell_Police: user'])

    const none = await play(
      'conditional-flows',
      start(),
      completeUserTask('Check', { tell: false, alert: false })
    )
    expect(resting(none)).to.deep.equal(['File: user'])
  })

  it('without a condition are always taken', async () => {
    const played = await play(
      'conditional-and-plain-flow',
      start(),
      completeUserTask('Check', { tell: false })
    )

    expect(resting(played)).to.deep.equal(['File: user'])
  })

  it('that all fail are an incident; the person is not asked again', async () => {
    const moves = [start(), completeUserTask('Check', { tell: false, alert: false })]
    const stuck = await play('conditional-flows-no-default', ...moves)
    expect(resting(stuck)).to.deep.equal(['Check: incident no-flow'])
    expect(incidentAt(stuck, 'Check')).to.contain('<Check>')

    const mended = await play(
      'conditional-flows-no-default',
      ...moves,
      resolveIncident('Check', { alert: true })
    )
    expect(resting(mended)).to.deep.equal(['Tell_Police: user'])
    expect(mended.state.performers).to.deep.equal({
      ConditionalFlowsNoDefault: { Check: ['budi'] }
    })
  })
})
