import { expect } from 'chai'
import { completeUserTask, person, play, resting, send, start } from '../play.ts'

describe('conditional event definition', () => {
  it('happens when a variable makes its condition true', async () => {
    const { trace } = await play(
      'conditional-boundary',
      start(),
      completeUserTask('Weigh', { weight: 11 })
    )

    expect(trace).to.contain('terminate Check\nactivate Too_Heavy')
    expect(trace).to.match(/complete Refused\ncomplete instance$/)
  })

  it('does not happen while its condition is false, or cannot be read yet', async () => {
    const played = await play(
      'conditional-boundary',
      start(),
      completeUserTask('Weigh', { weight: 10 })
    )

    expect(resting(played)).to.deep.equal(['Check: user'])
    expect(resting(await play('conditional-catch', start()))).to.deep.equal(['Paid: event'])
  })

  it('happens at once when its condition holds already', async () => {
    const { state } = await play('conditional-catch', start({ paid: true }))

    expect(state.status).to.equal('completed')
  })

  it('happens wherever its condition becomes true by one change', async () => {
    const { trace, state } = await play(
      'conditional-several',
      start({ ready: false }),
      completeUserTask('Look')
    )

    expect(trace).to.contain('complete Get_Ready\ncomplete Ready\ncomplete Ready_Too')
    expect(state.status).to.equal('completed')
  })

  it('happens when an operator makes its condition true', async () => {
    const variables = { ready: true }
    const { trace } = await play(
      'conditional-for-a-moment',
      start({ ready: false }),
      send(
        { type: 'setVariables', scope: null, variables, reason: 'it is' },
        person('oka', 'operator')
      )
    )

    expect(trace).to.match(/operator setVariables\ncomplete Ready\nactivate Done\ncomplete Done$/)
  })

  it('happens when its condition is true for a moment only', async () => {
    const { trace, state } = await play(
      'conditional-for-a-moment',
      start({ ready: false }),
      completeUserTask('Look')
    )

    expect(trace).to.contain('complete Ready\nactivate Take_Back')
    expect(state.status).to.equal('completed')
  })
})
