import { expect } from 'chai'
import {
  completeJob,
  completeUserTask,
  failJob,
  incidentAt,
  lines,
  person,
  play,
  refusalOf,
  resolveIncident,
  resting,
  since,
  start
} from '../play.ts'

describe('data mappings', () => {
  it('change a part of a variable by its path, and keep the rest', async () => {
    const { state } = await play(
      'data-out-paths',
      start({ permit: { number: 7, days: 30 }, payment: null }),
      completeUserTask('Check', { days: 60, kind: 'ITK', amount: 300000 })
    )

    expect(state.variables).to.deep.equal({
      permit: { number: 7, days: 60, kind: 'ITK' },
      payment: { amount: { value: 300000 } }
    })
  })

  it('in make variables that are seen from there inwards only', async () => {
    const { state } = await play('data-scopes', start({ mark: 'outer' }))

    expect(state.variables).to.deep.equal({ mark: 'outer', elsewhere: 'inner!?', seen: 'inner!' })
  })

  it('see the office, the moment and the performers', async () => {
    const { state } = await play(
      'data-context',
      start(),
      completeUserTask('Check', {}, person('ani'))
    )

    expect(state.variables.seen).to.deep.equal({
      office: 'kanim-tju',
      today: '2015-12-03',
      now: '2015-12-03T02:00:00.000Z',
      by: 'ani'
    })
  })

  it('in begin anew when an element is tried again', async () => {
    const { effects } = await play(
      'data-in-retry',
      start({ attempt: 0, applicant: { name: 'Sakura' } }),
      failJob('Try'),
      resolveIncident('Try'),
      failJob('Try'),
      resolveIncident('Try', { attempt: 8, applicant: { name: 'S.' } })
    )

    expect(effects.map(effect => effect.type === 'runJob' && effect.input)).to.deep.equal([
      { attempt: 1, applicant: { name: 'Sakura', attempt: 1 } },
      { attempt: 1, applicant: { name: 'Sakura', attempt: 1 } },
      { attempt: 9, applicant: { name: 'S.', attempt: 9 } }
    ])
  })

  describe('out that fail after a person has completed', () => {
    const completed = [start(), completeUserTask('Check', { amount: 'many' }, person('ani'))]

    it('are an incident that says what failed', async () => {
      const stuck = await play('data-out-fails', ...completed)

      expect(resting(stuck)).to.deep.equal(['Check: incident expression'])
      expect(incidentAt(stuck, 'Check')).to.contain('<Check> sets total').and.to.contain('amount')
    })

    it('do not ask the person again, who is remembered', async () => {
      const moves = [...completed, resolveIncident('Check', { amount: 4 })]
      const mended = await play('data-out-fails', ...moves)
      expect(since(mended.trace, 'resolve Check')).to.equal(lines`
        resolve Check
        complete Check
        activate Sign
        wait Sign for user
      `)
      expect(mended.state.variables).to.deep.equal({ total: 8 })
      expect(mended.state.performers).to.deep.equal({ DataOutFails: { Check: ['ani'] } })

      const { code } = await refusalOf(
        play('data-out-fails', ...moves, completeUserTask('Sign', {}, person('ani')))
      )
      expect(code).to.equal('same-person')
    })

    it('stay an incident while nothing is mended', async () => {
      const still = await play('data-out-fails', ...completed, resolveIncident('Check'))

      expect(resting(still)).to.deep.equal(['Check: incident expression'])
    })
  })

  it('out are made once, also when the flows behind them fail first', async () => {
    const { state } = await play(
      'data-out-then-flow',
      start({ count: 1 }),
      completeUserTask('Count'),
      resolveIncident('Count', { limit: 1 })
    )

    expect(state.variables).to.deep.equal({ count: 2, limit: 1 })
  })

  it('of the standard are read where a diagram has them', async () => {
    const { effects, state } = await play(
      'data-associations',
      start({ permit: { days: 30 } }),
      completeJob('Ask', { answer: 'yes', more: 1 })
    )

    expect(effects[0]).to.deep.include({ input: { permit_in: { days: 30 }, daysAsked: 60 } })
    expect(state.variables).to.deep.equal({ permit: { days: 30 }, reply: 'yes' })
  })
})
