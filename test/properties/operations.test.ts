import fc from 'fast-check'
import { CommandRefused } from '../../engine/index.ts'
import { Chance } from '../fuzz/chance.ts'
import { anyCommand } from '../fuzz/commands.ts'
import { anyBlocks } from './blocks.ts'
import { Diagram, graphsOf } from './diagram.ts'
import { Playing } from './playing.ts'
import { numRuns, seed } from './seed.ts'

describe(`officers, jobs, events and operators at random (SEED=${seed})`, function () {
  this.timeout(240_000)

  it('leave every token a reason to wait, and end every scope once', async () => {
    await fc.assert(
      fc.asyncProperty(anyBlocks, fc.nat(), async (block, where) => {
        const diagram = new Diagram()
        diagram.whole(block)
        const playing = new Playing(await graphsOf(diagram.xml))
        const chance = new Chance(where)
        for (let n = 0; n < 40; n++) {
          const { command, actor } = anyCommand(playing.state, playing.graphs, chance)
          try {
            playing.state = playing.do(playing.state, command, actor)
          } catch (error) {
            // the step itself was refused, and nothing was changed
            if (!(error instanceof CommandRefused)) throw error
          }
        }
      }),
      { seed, numRuns }
    )
  })
})
