import { expect } from 'chai'
import { incidentAt, lines, play, resolveIncident, resting, start } from '../play.ts'

describe('script task', () => {
  it('sets its result, or the entries of a context', async () => {
    const { trace, state } = await play('script-task', start({ base: 8, extra: 2 }))

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Add_Up
      complete Add_Up
      activate Split
      complete Split
      activate Done
      complete Done
      complete instance
    `)
    expect(state.variables).to.deep.equal({ base: 8, extra: 2, total: 10, half: 5, double: 20 })
  })

  it('rests with an incident on a missing fact, and runs again when it is stated', async () => {
    const stuck = await play('script-task', start({ base: 8 }))
    expect(resting(stuck)).to.deep.equal(['Add_Up: incident expression'])
    expect(incidentAt(stuck, 'Add_Up')).to.contain('extra')

    const mended = await play(
      'script-task',
      start({ base: 8 }),
      resolveIncident('Add_Up', { extra: 4 })
    )
    expect(mended.state.variables).to.include({ total: 12, half: 6 })
  })

  it('rests with an incident when it gives no context and has no result', async () => {
    const stuck = await play('script-task-number', start())

    expect(incidentAt(stuck, 'Add_Up')).to.contain('expected a context').and.to.contain('found 2')
  })
})
