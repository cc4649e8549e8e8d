import { expect } from 'chai'
import { completeUserTask, play, resolveIncident, resting, start, throwJobError } from '../play.ts'

describe('error event definition', () => {
  it('is caught by its code, and by what catches every error', async () => {
    const catches = async (code: string) =>
      resting(await play('boundary-error', start(), throwJobError('Pay', code)))

    expect(await catches('BILLING_EXPIRED')).to.deep.equal(['Bill_Again: user'])
    expect(await catches('billing_expired')).to.deep.equal(['Look_Into: user'])
    expect(await catches('')).to.deep.equal(['Look_Into: user'])
  })

  it('is not caught beside or inside the scope that throws it', async () => {
    const played = await play('error-beside', start(), throwJobError('Pay', 'FAILED'))

    expect(resting(played)).to.include('Pay: incident uncaught-error')
    expect(resting(played)).to.include('Review: user')
  })

  it('that was thrown in a boundary path is not caught by the same activity', async () => {
    const played = await play('error-behind-boundary', start(), throwJobError('Pay', 'FAILED'))

    expect(resting(played)).to.deep.equal(['Failed_Again: incident uncaught-error'])
  })

  it('says its code to what catches it', async () => {
    const { state } = await play('boundary-error', start(), throwJobError('Pay', 'NTPN_INVALID'))

    expect(state.variables).to.deep.equal({ errorCode: 'NTPN_INVALID' })
  })

  it('leaves the data that it cannot map with the incident until that is resolved', async () => {
    const moves = [start(), completeUserTask('Decide', { other: 1 })]
    const stuck = await play('call-activity-error', ...moves)
    expect(resting(stuck)).to.include('Refused: incident expression')

    const mended = await play(
      'call-activity-error',
      ...moves,
      resolveIncident('Refused', { ground: 'late' })
    )
    expect(mended.state.variables).to.deep.equal({ why: 'late' })
  })
})
