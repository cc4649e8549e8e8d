import { expect } from 'chai'
import { incidentAt, play, resting, start } from '../play.ts'

describe('message event definition', () => {
  it('correlates by a key that is text or a number', async () => {
    const key = async (caseNumber: string | number) => {
      const { state } = await play('catch-message', start({ caseNumber }))
      const [open] = Object.values(state.subscriptions)
      return open?.on.kind === 'message' ? open.on.key : null
    }

    expect(await key('A-1')).to.equal('A-1')
    expect(await key(15)).to.equal('15')
  })

  it('never correlates by nothing', async () => {
    for (const caseNumber of ['', null, true, ['A-1']]) {
      const played = await play('catch-message', start({ caseNumber }))
      expect(resting(played)).to.deep.equal(['Answered: incident expression'])
      expect(incidentAt(played, 'Answered')).to.contain('correlation key of <Answered>')
    }
  })

  it('is not published while its key cannot be had', async () => {
    const { effects } = await play('end-message', start({ decision: 'approve' }))

    expect(effects).to.deep.equal([])
  })
})
