import { expect } from 'chai'
import { lines, play, start } from '../play.ts'

describe('intermediate throw event', () => {
  it('without a definition marks a point', async () => {
    const { trace, effects } = await play('intermediate-throw-none', start())

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Half_Way
      complete Half_Way
      activate Done
      complete Done
      complete instance
    `)
    expect(effects).to.deep.equal([])
  })

  it('with a message publishes it with its data and goes on', async () => {
    const { trace, effects } = await play('intermediate-throw-message', start())

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Report
      throw Progress made at Report
      complete Report
      activate Check
      wait Check for user
    `)
    expect(effects).to.deep.equal([
      {
        type: 'publish',
        id: 'i1.3',
        message: 'Progress made',
        key: 'i1',
        variables: { step: 2 },
        timeToLive: null
      }
    ])
  })
})
