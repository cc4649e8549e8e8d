import { expect } from 'chai'
import {
  completeUserTask,
  incidentAt,
  lines,
  play,
  resolveIncident,
  resting,
  since,
  start,
  trigger
} from '../play.ts'

const [one, two, three] = [
  completeUserTask('One'),
  completeUserTask('Two'),
  completeUserTask('Three')
]

describe('complex gateway', () => {
  it('goes on with two of three, and takes the third in silence', async () => {
    const { trace, state } = await play(
      'complex-two-of-three',
      start(),
      two,
      one,
      three,
      completeUserTask('Sign')
    )

    expect(since(trace, 'complete Two')).to.equal(lines`
      complete Two
      activate Join
      wait Join for join
      complete One
      activate Join
      wait Join for join
      wait Join for reset
      wait Join for reset
      activate Sign
      wait Sign for user
      complete Three
      activate Join
      wait Join for join
      consume Join
      consume Join
      complete Join
      complete Sign
      activate Done
      complete Done
      complete instance
    `)
    expect(state.status).to.equal('completed')
  })

  it('waits for its reset as long as a token is expected, also when the work behind it is done', async () => {
    const moves = [start(), one, two, completeUserTask('Sign')]
    const waiting = await play('complex-two-of-three', ...moves)
    expect(resting(waiting)).to.deep.equal(['Three: user', 'Join: reset', 'Join: reset'])

    const { state } = await play('complex-two-of-three', ...moves, three)
    expect(state.status).to.equal('completed')
  })

  it('counts the tokens of a flow under its id, and asks the flows again at the reset', async () => {
    const moves = [start(), one, three]
    expect(resting(await play('complex-phases', ...moves))).to.deep.equal([
      'Two: user',
      'Join: reset',
      'Join: reset',
      'Sign: user'
    ])
    expect(resting(await play('complex-phases', ...moves, two))).to.deep.equal([
      'Sign: user',
      'File_The_Rest: user'
    ])
  })

  it('waits until several tokens stand on one flow, and consumes one at a time', async () => {
    const moves = [start(), completeUserTask('Left_2')]
    expect(resting(await play('complex-counts-tokens', ...moves))).to.include('Both: join')
    const { trace, state } = await play(
      'complex-counts-tokens',
      ...moves,
      completeUserTask('Left_1')
    )

    expect(since(trace, 'wait Both for reset')).to.equal(lines`
      wait Both for reset
      activate Sign
      wait Sign for user
      complete Both
    `)
    expect(Object.values(state.tokens).map(({ at }) => at)).to.deep.equal(['Both', 'Sign'])
  })

  it('loses no token: a second one of a flow stays for the next time', async () => {
    const played = await play(
      'complex-one-flow-twice',
      start(),
      completeUserTask('Left_1'),
      completeUserTask('Left_2'),
      completeUserTask('Right')
    )

    expect(resting(played)).to.deep.equal(['Join: join', 'Sign: user'])
  })

  it('takes the default flow when no condition holds, in both phases', async () => {
    const slow = await play('complex-default', start({ fast: false }), one)
    expect(resting(slow)).to.include('Look_Again: user')

    const again = await play('complex-default', start({ fast: true }), one, two, three)
    expect(resting(again)).to.deep.equal(['Sign: user', 'Look_Again: user'])
  })

  it('rests with an incident when an activation finds no flow; a reset needs none', async () => {
    const stuck = await play('complex-no-flow', start({ fast: false }), one)
    expect(resting(stuck)).to.deep.equal(['Two: user', 'Three: user', 'Join: incident no-flow'])

    const mended = await play(
      'complex-no-flow',
      start({ fast: false }),
      one,
      two,
      resolveIncident('Join', { fast: true }),
      three
    )
    expect(resting(mended)).to.deep.equal(['Sign: user'])
  })

  it('rests with an incident when its activation condition cannot be read', async () => {
    const stuck = await play('complex-data', start(), one)
    expect(resting(stuck)).to.include('Join: incident expression')
    expect(incidentAt(stuck, 'Join')).to.contain('activation condition of <Join>')

    const mended = await play('complex-data', start(), one, resolveIncident('Join', { quorum: 1 }))
    expect(resting(mended)).to.deep.equal(['Two: user', 'Three: user', 'Join: reset', 'Sign: user'])
  })

  it('asks again after every change of the data', async () => {
    const moves = [start({ quorum: 3 }), one]
    expect(resting(await play('complex-data', ...moves))).to.include('Join: join')

    const eased = completeUserTask('Two', { quorum: 2 })
    expect(resting(await play('complex-data', ...moves, eased))).to.include('Sign: user')
  })

  it('remembers what it has received when its reset gets stuck', async () => {
    const moves = [start(), one, two, three]
    const grade = (value: number) => resolveIncident('Join', { grade: value })
    const stuck = await play('complex-reset-fails', ...moves)
    expect(resting(stuck)).to.deep.equal([
      'Join: incident expression',
      'Sign: user',
      'Join: join',
      'Join: join'
    ])

    const good = await play('complex-reset-fails', ...moves, grade(8))
    expect(resting(good)).to.deep.equal(['Sign: user', 'Sign: user'])
    const poor = await play('complex-reset-fails', ...moves, grade(5))
    expect(resting(poor)).to.deep.equal(['Sign: user'])
  })

  it('without an activation condition splits each token', async () => {
    const both = await play('complex-split', start({ site: true, title: true }))
    expect(resting(both)).to.deep.equal(['Site: user', 'Title: user'])
    const none = await play('complex-split', start({ site: false, title: false }))
    expect(resting(none)).to.deep.equal(['Nothing: user'])
  })

  it('resets when the last other path disappears without a token arriving', async () => {
    const { trace } = await play('complex-path-leaves', start(), one, trigger('Two_Late'))

    expect(since(trace, 'terminate Two')).to.equal(lines`
      terminate Two
      activate Two_Late
      complete Two_Late
      complete First
      activate Remind
      wait Remind for user
      activate Close
      wait Close for user
    `)
  })

  it('begins anew on each turn of a loop', async () => {
    const [site, title, sign] = [
      completeUserTask('Site'),
      completeUserTask('Title'),
      completeUserTask('Sign')
    ]
    const begun = start({ enough: false })
    const calm = await play('complex-loop', begun, site, title, sign, title, site)
    expect(resting(calm)).to.deep.equal(['Sign: user'])

    // the next turn begins while the gateway still waits for the title of this one
    const hasty = await play('complex-loop', begun, site, sign, site)
    expect(resting(hasty)).to.deep.equal([
      'Title: user',
      'First: reset',
      'Title: user',
      'First: join'
    ])
    const reset = await play('complex-loop', begun, site, sign, site, title)
    expect(resting(reset)).to.deep.equal(['Title: user', 'First: reset', 'Sign: user'])

    const last = completeUserTask('Sign', { enough: true })
    const { state } = await play('complex-loop', begun, site, sign, site, title, last, title)
    expect(state.status).to.equal('completed')
  })

  it('looks at the tokens of its own scope, and ends with it', async () => {
    const moves = [start(), completeUserTask('Site'), completeUserTask('Sign')]
    const waiting = await play('complex-in-sub-process', ...moves)
    expect(resting(waiting)).to.deep.equal([
      'Outside: user',
      'Examine: children',
      'Title: user',
      'First: reset'
    ])
    const done = await play('complex-in-sub-process', ...moves, completeUserTask('Title'))
    expect(resting(done)).to.deep.equal(['Outside: user', 'Meet: join'])

    const late = await play('complex-in-sub-process', ...moves, trigger('Examine_Late'))
    expect(resting(late)).to.deep.equal(['Outside: user', 'Remind: user'])
  })

  it('holds no inclusive join up by what it remembers', async () => {
    const moves = [start(), one, completeUserTask('Other')]
    const played = await play('complex-before-inclusive', ...moves)
    expect(resting(played)).to.deep.equal(['Two: user', 'First: reset', 'Sign: user'])
  })
})
