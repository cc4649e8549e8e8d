import { expect } from 'chai'
import { completeUserTask, lines, play, resolveIncident, resting, since, start } from '../play.ts'

const members = ['Ani', 'Budi']
const vote = (vote: string, more = {}) => completeUserTask('Vote', { vote, ...more })

describe('data of a multi-instance activity', () => {
  for (const order of ['parallel', 'sequential']) {
    const diagram = `multi-instance-data-${order}`

    describe(`in ${order === 'parallel' ? order : 'sequence'}`, () => {
      it('goes from the list that is associated to an item each, and back as a list', async () => {
        const begun = await play(diagram, start({ members }))
        const [instance] = Object.values(begun.state.tokens).filter(({ index }) => index === 0)
        expect(instance?.variables).to.deep.equal({
          loopCounter: 1,
          member: 'Ani',
          voter: 'Ani',
          list: null,
          given: null
        })

        const { state } = await play(diagram, start({ members }), vote('yes'), vote('no'))
        expect(state.status).to.equal('completed')
        expect(state.variables.votes).to.deep.equal(['yes', 'no'])
      })

      it('completes at once with an empty list', async () => {
        const { trace, state } = await play(diagram, start({ members: [] }))

        expect(since(trace, 'activate Vote')).to.equal(lines`
          activate Vote
          complete Vote
          activate Done
          complete Done
          complete instance
        `)
        expect(state.variables.votes).to.deep.equal([])
      })

      it('keeps the list with which it began', async () => {
        const changed = { members: ['Cici', 'Dodi', 'Eka'] }
        const moves = [start({ members }), vote('yes', changed)]
        const once = await play(diagram, ...moves)
        const running = Object.values(once.state.tokens).find(({ index }) => index === 1)
        expect(running?.variables?.member).to.equal('Budi')
        expect(once.state.variables.members).to.deep.equal(changed.members)

        const { state } = await play(diagram, ...moves, vote('no'))
        expect(state.status).to.equal('completed')
        expect(state.variables.votes).to.deep.equal(['yes', 'no'])
      })
    })
  }

  describe('with a data store', () => {
    const votes = ['yes', 'no', 'yes'].map(each => vote(each))
    const begin = (place: string) => [
      start({ place }),
      completeUserTask('First', { members }),
      ...votes
    ]

    it('fills the list from it and takes the results there, once for all instances', async () => {
      const { state, dataStores, events } = await play(
        'multi-instance-data-store',
        ...begin('first')
      )

      expect(state.status).to.equal('completed')
      expect(dataStores.shelf).to.deep.equal({ first: 2 })
      expect(events.filter(({ type }) => type === 'dataStored')).to.have.length(2)
    })

    it('keeps what was given while the store is full', async () => {
      const full = await play('multi-instance-data-store', ...begin('second'))
      expect(resting(full)).to.deep.equal(['Vote: incident data'])

      const mended = await play(
        'multi-instance-data-store',
        ...begin('second'),
        resolveIncident('Vote', { place: 'first' })
      )
      expect(mended.state.status).to.equal('completed')
      expect(mended.dataStores.shelf).to.deep.equal({ first: 2 })
    })
  })

  it('shows the completion condition what was given so far', async () => {
    const all = { members: ['Ani', 'Budi', 'Cici', 'Dodi'] }
    const grade = (grade: number) => completeUserTask('Grade', { grade })
    const running = await play('multi-instance-data-objects', start(all), grade(7), grade(3))
    expect(resting(running)).to.include('Grade: user')

    const enough = await play(
      'multi-instance-data-objects',
      start(all),
      grade(7),
      grade(3),
      grade(8)
    )
    expect(enough.state.status).to.equal('completed')
    expect(enough.state.variables.grades).to.deep.equal([7, 3, 8, null])

    const none = await play('multi-instance-data-objects', start(all), grade(0))
    expect(none.state.variables.grades).to.deep.equal([0, null, null, null])
  })
})
