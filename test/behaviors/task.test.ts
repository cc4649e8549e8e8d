import { expect } from 'chai'
import { lines, play, start } from '../play.ts'

describe('plain task', () => {
  it('completes on activation, with its out-mappings', async () => {
    const { trace, state } = await play('plain-task', start())

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Think
      complete Think
      activate Done
      complete Done
      complete instance
    `)
    expect(state.variables).to.deep.equal({ thought: 2 })
  })
})
