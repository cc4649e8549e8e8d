import { expect } from 'chai'
import { completeUserTask, incidentAt, play, resolveIncident, resting, start } from '../play.ts'

describe('a process that does not come to rest', () => {
  it('rests with an incident that names the loop', async () => {
    const played = await play('loop-without-wait', start({ count: 0 }))

    const [found] = resting(played)
    expect(found).to.match(/^(Again|Count|Enough): incident loop$/)
    expect(incidentAt(played, found?.split(':')[0] ?? '')).to.contain('<Again>, <Count>, <Enough>')
  })

  it('goes on when that is resolved, for as long again', async () => {
    const first = await play('loop-without-wait', start({ count: 0 }))
    const [where] = resting(first)
    const { state } = await play(
      'loop-without-wait',
      start({ count: 0 }),
      resolveIncident(where?.split(':')[0] ?? '', { count: 999_990 })
    )

    expect(state.status).to.equal('completed')
    expect(state.variables).to.deep.equal({ count: 1_000_000 })
  })

  it('leaves what runs beside the loop in peace', async () => {
    const played = await play('loop-in-parallel', start(), completeUserTask('Check'))

    expect(resting(played)).to.have.length(1)
    expect(resting(played)[0]).to.match(/^(Again|Turn): incident loop$/)
  })
})
