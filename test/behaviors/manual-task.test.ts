import { expect } from 'chai'
import { completeUserTask, lines, person, play, refusalOf, start } from '../play.ts'

describe('manual task', () => {
  it('is work that a person of its role ticks off', async () => {
    const { trace, state } = await play(
      'manual-task',
      start(),
      completeUserTask('Stamp', {}, person('dewi', 'drafter'))
    )

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Stamp
      wait Stamp for user
      complete Stamp
      activate Done
      complete Done
      complete instance
    `)
    expect(state.performers).to.deep.equal({ ManualTask: { Stamp: ['dewi'] } })
  })

  it('refuses another role', async () => {
    const { code } = await refusalOf(
      play('manual-task', start(), completeUserTask('Stamp', {}, person('dewi')))
    )

    expect(code).to.equal('not-allowed')
  })

  it('has a due time', async () => {
    const { state } = await play('manual-task', start())

    const [token] = Object.values(state.tokens)
    expect(token?.wait).to.include({ dueAt: '2015-12-03T06:00:00.000Z' })
  })
})
