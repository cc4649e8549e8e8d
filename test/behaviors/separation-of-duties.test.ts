import { expect } from 'chai'
import { completeUserTask, type Move, person, play, refusalOf, resting, start } from '../play.ts'

const ani = person('ani')
const budi = person('budi')
const cici = person('cici')
const both = ['duties-caller', 'duties-called']

describe('separation of duties', () => {
  const refused = async (diagram: string | readonly string[], ...moves: readonly Move[]) =>
    (await refusalOf(play(diagram, start({ enough: true }), ...moves))).code

  it('tells the elements of a called process from those of the caller, also by the same id', async () => {
    const moves = [completeUserTask('Check', {}, ani), completeUserTask('Check', {}, budi)]
    const confirmed = await play(both, start(), ...moves, completeUserTask('Confirm', {}, ani))
    expect(resting(confirmed)).to.include('Sign: user')
    expect(confirmed.state.performers).to.deep.equal({
      DutiesCaller: { Check: ['ani'] },
      DutiesCalled: { Check: ['budi'], Confirm: ['ani'] }
    })
    expect(await refused(both, ...moves, completeUserTask('Confirm', {}, budi))).to.equal(
      'same-person'
    )
  })

  it('holds in a called process for what the caller has seen, and the other way round', async () => {
    const moves = [
      completeUserTask('Check', {}, ani),
      completeUserTask('Check', {}, budi),
      completeUserTask('Confirm', {}, cici)
    ]
    expect(await refused(both, ...moves, completeUserTask('Sign', {}, ani))).to.equal('same-person')
    for (const actor of [ani, budi]) {
      expect(
        await refused(
          both,
          ...moves,
          completeUserTask('Sign', {}, cici),
          completeUserTask('Approve', {}, actor)
        )
      ).to.equal('same-person')
    }
    const done = await play(
      both,
      start(),
      ...moves,
      completeUserTask('Sign', {}, cici),
      completeUserTask('Approve', {}, cici)
    )
    expect(done.state.status).to.equal('completed')
  })

  it('means the variant of an office where it names the national process', async () => {
    const variant = ['duties-caller', 'duties-called-variant']
    const moves = [completeUserTask('Check', {}, ani), completeUserTask('Check', {}, budi)]
    expect(await refused(variant, ...moves, completeUserTask('Approve', {}, budi))).to.equal(
      'same-person'
    )
    const done = await play(variant, start(), ...moves, completeUserTask('Approve', {}, cici))
    expect(done.state.status).to.equal('completed')
  })

  it('counts everybody who performed a repeated task, in every round', async () => {
    const rounds = [
      completeUserTask('Check', { enough: false }, ani),
      completeUserTask('Check', {}, budi),
      completeUserTask('Check', { enough: true }, cici),
      completeUserTask('Check', {}, ani)
    ]
    for (const actor of [ani, budi, cici]) {
      expect(
        await refused('duties-repeated', ...rounds, completeUserTask('Approve', {}, actor))
      ).to.equal('same-person')
    }
  })

  it('asks a task that names itself of different persons', async () => {
    const moves = [
      completeUserTask('Check', {}, ani),
      completeUserTask('Check', {}, ani),
      completeUserTask('Approve', {}, budi),
      completeUserTask('Seal', {}, budi)
    ]
    expect(await refused('duties-repeated', ...moves, completeUserTask('Seal', {}, budi))).to.equal(
      'same-person'
    )
    const done = await play(
      'duties-repeated',
      start({ enough: true }),
      ...moves,
      completeUserTask('Seal', {}, cici)
    )
    expect(done.state.status).to.equal('completed')
  })
})
