import { expect } from 'chai'
import type { ProcessGraph } from '../engine/index.ts'
import { caseProblems } from '../runtime/case-check.ts'
import { Player, type PlayMove } from '../runtime/player.ts'
import { load, office } from './play.ts'

async function played(diagram: string, ...moves: readonly PlayMove[]): Promise<Player> {
  const graphs = await load(diagram)
  const supervised = { ...office, supervisors: ['chief'] }
  const player = new Player(graphs[0] as ProcessGraph, {
    graphs,
    office: supervised,
    now: '2015-12-03T02:00:00.000Z'
  })
  await player.start({ amount: 3 })
  for (const move of moves) await player.move(move)
  return player
}

describe('example cases', () => {
  it('are refused with all that is misspelt, each with its file, case and place', async () => {
    const graphs = await load('exclusive-default-first')
    const written = {
      process: 'ExclusiveDefaultFirst',
      cases: [
        {
          name: 'small',
          office: 'kanim-tj',
          at: '2015-13-03',
          start: { variables: {}, elment: 'Received' },
          jobs: { 'send-mail': {} },
          moves: [
            { complete: 'Smal' },
            { complet: 'Small' },
            { complete: 'Small', variable: {} },
            { incident: 'Small' }
          ],
          expect: { taks: [], end: 'Don', tasks: ['Small', 'Larg'], status: 'done' }
        },
        { name: 'small', office: 'kanim-tju', at: '2015-12-03', start: { variables: {} } }
      ]
    }
    const words = { graphs, offices: ['kanim-tju'], jobs: ['send-email'] }
    const problems = caseProblems('x.cases.json', written, words)
    expect(problems.map(({ path, message }) => `${path}: ${message}`)).to.deep.equal([
      'x.cases.json#small: office: expected an office, found <kanim-tj> (do you mean <kanim-tju>?)',
      'x.cases.json#small: at: expected a moment such as 2015-12-03T09:00:00+07:00, found <2015-13-03>',
      'x.cases.json#small: start.elment: is not known (do you mean <element>?)',
      'x.cases.json#small: jobs.send-mail: expected an element or a kind of job (do you mean <send-email>?)',
      'x.cases.json#small: moves[0]: expected an element of the diagrams, found <Smal> (do you mean <Small>?)',
      'x.cases.json#small: moves[1]: expected a move, found <complet> (do you mean <complete>?)',
      'x.cases.json#small: moves[2].variable: is not known (do you mean <variables>?)',
      'x.cases.json#small: moves[3]: expected what the incident says',
      'x.cases.json#small: expect.taks: is not known (do you mean <tasks>?)',
      'x.cases.json#small: expect.status: expected one of running, completed, terminated, failed, found <done>',
      'x.cases.json#small: expect.end: expected an element of the diagrams, found <Don> (do you mean <Done>?)',
      'x.cases.json#small: expect.tasks: expected an element of the diagrams, found <Larg> (do you mean <Large>?)',
      'x.cases.json#small: name: expected no other case <small>'
    ])
  })

  it('claim, hand out and delegate tasks, and complete them as who holds them', async () => {
    const player = await played(
      'exclusive-default-first',
      { claim: 'Small', by: 'ani' },
      { unclaim: 'Small' },
      { assign: 'Small', to: 'budi', reason: 'Ani sakit' },
      { delegate: 'Small', to: 'citra' },
      { complete: 'Small' }
    )
    expect(player.state.status).to.equal('completed')
    expect(player.events.flatMap(({ event }) => ('by' in event ? [event.by] : []))).to.deep.include(
      'citra'
    )
  })

  it('skip elements, move tokens, set variables, suspend and resume', async () => {
    const player = await played(
      'exclusive-default-first',
      { moveToken: 'Small', to: 'How_Much', variables: { amount: 30 } },
      { set: { remark: 'besar' } },
      { suspend: 'menunggu berkas' },
      { resume: 'berkas lengkap' },
      { skip: 'Large', variables: { checked: true }, reason: 'sudah dilakukan di luar' }
    )
    expect(player.state.status).to.equal('completed')
    expect(player.state.variables).to.deep.equal({ amount: 30, remark: 'besar', checked: true })
  })

  it('let a signal come from outside', async () => {
    const player = await played('signal-boundary', { signal: 'Office closed' })
    const came = player.events.flatMap(({ event }) =>
      event.type === 'elementActivated' ? [event.token.at] : []
    )
    expect(came).to.include('Closed_Meanwhile')
  })
})
