import { expect } from 'chai'
import { CommandRefused } from '../engine/index.ts'
import { Player, type PlayMove } from '../runtime/player.ts'
import { load, office } from './play.ts'

async function played(diagram: string, variables: object, ...moves: readonly PlayMove[]) {
  const [graph] = await load(diagram)
  if (graph === undefined) throw new Error(`expected a process in ${diagram}`)
  const player = new Player(graph, { graphs: [graph], office, now: '2015-12-03T02:00:00.000Z' })
  await player.start(variables as Record<string, never>)
  for (const move of moves) await player.move(move)
  return player
}

describe('playing a diagram', () => {
  it('begins activities of an ad-hoc sub-process and ends it', async () => {
    const { state, events } = await played(
      'ad-hoc-parallel',
      {},
      { begin: 'Visit' },
      { complete: 'Visit', by: 'sari' },
      { end: 'Examine', by: 'sari' }
    )

    const done = events.flatMap(({ event }) =>
      event.type === 'elementCompleted' ? [event.element] : []
    )
    expect(done).to.deep.equal(['Received', 'Visit', 'Report', 'Examine', 'Done'])
    expect(state.status).to.equal('completed')
  })

  it('refuses to begin what nobody may begin', async () => {
    try {
      await played('ad-hoc-parallel', {}, { begin: 'Report' })
    } catch (error) {
      expect(error).to.be.instanceOf(CommandRefused)
      expect((error as Error).message).to.contain('in which <Report> can be started')
      return
    }
    throw new Error('expected a refusal')
  })
})
