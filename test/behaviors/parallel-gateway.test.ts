import { expect } from 'chai'
import { completeUserTask, lines, play, resting, since, start } from '../play.ts'

describe('parallel gateway', () => {
  it('joins the tokens into one', async () => {
    const { trace } = await play(
      'parallel-join',
      start(),
      completeUserTask('Check_Site'),
      completeUserTask('Check_Title')
    )

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Fork
      complete Fork
      activate Check_Site
      wait Check_Site for user
      activate Check_Title
      wait Check_Title for user
      complete Check_Site
      activate Join
      wait Join for join
      complete Check_Title
      activate Join
      consume Join
      complete Join
      activate Done
      complete Done
      complete instance
    `)
  })

  it('joins in whatever order they come', async () => {
    const { state } = await play(
      'parallel-join',
      start(),
      completeUserTask('Check_Title'),
      completeUserTask('Check_Site')
    )

    expect(state.status).to.equal('completed')
  })

  it('joins and forks at once', async () => {
    const { trace } = await play('parallel-join-and-fork', start())

    expect(since(trace, 'wait Turn for join')).to.equal(lines`
      wait Turn for join
      activate Turn
      consume Turn
      complete Turn
      activate C
      complete C
      activate D
      complete D
      activate Join
      wait Join for join
      activate Join
      consume Join
      complete Join
      activate Done
      complete Done
      complete instance
    `)
  })

  it('keeps a second token on one flow for the next time', async () => {
    const moves = [
      start(),
      completeUserTask('Left_1'),
      completeUserTask('Left_2'),
      completeUserTask('Right_1')
    ]
    const once = await play('parallel-second-arrival', ...moves)
    expect(resting(once)).to.deep.equal(['Right_2: user', 'Join: join', 'Sign: user'])

    const twice = await play('parallel-second-arrival', ...moves, completeUserTask('Right_2'))
    expect(resting(twice)).to.deep.equal(['Sign: user', 'Sign: user'])

    const all = await play(
      'parallel-second-arrival',
      ...moves,
      completeUserTask('Right_2'),
      completeUserTask('Sign'),
      completeUserTask('Sign')
    )
    expect(all.state.status).to.equal('completed')
  })

  it('waits for ever for a flow that nothing comes along, and says so', async () => {
    const played = await play(
      'parallel-incomplete-join',
      start({ left: true }),
      completeUserTask('Left')
    )

    expect(resting(played)).to.deep.equal(['Join: join'])
    expect(played.state.status).to.equal('running')
  })
})
