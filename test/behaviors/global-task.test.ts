import { expect } from 'chai'
import {
  completeUserTask,
  decide,
  lines,
  type Played,
  person,
  play,
  resting,
  start
} from '../play.ts'

describe('global task', () => {
  const head = person('kepala', 'kakanim')
  const counter = person('loket', 'counter')
  const review = completeUserTask('Review', { verdict: 'yes' }, head)
  const file = completeUserTask('File_Away', {}, counter)

  it('is called as a process that consists of it', async () => {
    const { trace, state } = await play(
      'global-tasks',
      start({ subject: 'Sakura' }),
      review,
      file,
      decide('Set_Fee', { amount: 500 })
    )

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Ask_Review
      call Review
      wait Ask_Review for children
      activate Review
      wait Review for user
      complete Review
      complete Ask_Review
      activate Ask_Filing
      call File_Away
      wait Ask_Filing for children
      activate File_Away
      wait File_Away for user
      complete File_Away
      complete Ask_Filing
      activate Ask_Greeting
      call Greet
      wait Ask_Greeting for children
      activate Greet
      complete Greet
      complete Ask_Greeting
      activate Ask_Fee
      call Set_Fee
      wait Ask_Fee for children
      activate Set_Fee
      wait Set_Fee for decision
      decide Set_Fee
      complete Set_Fee
      complete Ask_Fee
      activate Ask_Nothing
      call Nothing
      wait Ask_Nothing for children
      activate Nothing
      complete Nothing
      complete Ask_Nothing
      activate Done
      complete Done
      complete instance
    `)
    expect(state.variables).to.deep.equal({
      subject: 'Sakura',
      verdict: 'yes',
      greeting: 'Dear Sakura',
      amount: 500
    })
  })

  it('waits for the role that it names, and is due as it says', async () => {
    const { state } = await play('global-tasks', start({ subject: 'Sakura' }))

    const task = Object.values(state.tokens).find(({ at }) => at === 'Review')
    expect(task?.wait).to.deep.include({
      for: 'user',
      role: 'kakanim',
      dueAt: '2015-12-06T02:00:00.000Z'
    })
  })

  it('that names nobody is for the lane of its call', async () => {
    const { state } = await play('global-task-lanes', start())
    const holderOf = (element: string) => {
      const wait = Object.values(state.tokens).find(({ at }) => at === element)?.wait
      return wait?.for === 'user' && [wait.role, wait.unit]
    }

    expect(holderOf('Review')).to.deep.equal(['kadiv', 'kanwil-kepri'])
    expect(holderOf('File_Away')).to.deep.equal(['counter', 'kanim-tju'])
  })

  it('is for those whom its call names, else for those whom it names itself', async () => {
    const ownersOf = ({ state }: Played) =>
      Object.values(state.tokens)
        .map(({ wait }) => wait)
        .flatMap(wait => (wait?.for === 'user' ? [wait.owners] : []))
    const moves = [start({ reviewers: ['ani', 'budi'] })]
    const each = await play('global-task-owners', ...moves)
    expect(ownersOf(each)).to.deep.equal([['ani'], ['budi']])

    const itself = await play(
      'global-task-owners',
      ...moves,
      completeUserTask('Review', {}, person('ani')),
      completeUserTask('Review', {}, person('budi'))
    )
    expect(ownersOf(itself)).to.deep.equal([['kakanim']])
  })

  it('gets the facts of its rule from what the call hands over', async () => {
    const { state } = await play('global-tasks', start({ subject: 'Sakura' }), review, file)

    const task = Object.values(state.tokens).find(({ at }) => at === 'Set_Fee')
    expect(task?.wait).to.deep.include({ for: 'decision', facts: { who: 'Sakura' } })
  })

  it('may be called several times', async () => {
    const both = await play('global-task-loop', start())
    expect(resting(both).filter(each => each === 'Review: user')).to.have.length(2)

    const { state } = await play(
      'global-task-loop',
      start(),
      completeUserTask('Review', { verdict: 'no' }, person('ani'), 1),
      completeUserTask('Review', { verdict: 'yes' }, person('budi'))
    )
    expect(state.variables.verdicts).to.deep.equal(['yes', 'no'])
  })
})
