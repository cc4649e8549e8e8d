import { expect } from 'chai'
import fc from 'fast-check'
import { anyBlocks, type Block, solidBlocks } from './blocks.ts'
import { Diagram, graphsOf } from './diagram.ts'
import { Playing } from './playing.ts'
import { numRuns, picks, seed } from './seed.ts'

async function played(block: Block, numbers: readonly number[]) {
  const diagram = new Diagram()
  diagram.whole(block)
  const playing = new Playing(await graphsOf(diagram.xml))
  playing.play(numbers)
  return { diagram, playing }
}

describe(`random processes of blocks (SEED=${seed})`, function () {
  this.timeout(240_000)

  it('always complete, whoever is faster', async () => {
    await fc.assert(
      fc.asyncProperty(anyBlocks, picks, async (block, numbers) => {
        const { diagram, playing } = await played(block, numbers)
        expect(playing.state.status).to.equal('completed')
        for (const [join, fork] of diagram.joins) {
          expect(playing.completed(join), `${join} fires once for ${fork} at most`).to.be.at.most(
            join.startsWith('exclusive') ? Infinity : playing.completed(fork)
          )
        }
      }),
      { seed, numRuns }
    )
  })

  it('join exactly what they forked when no token disappears', async () => {
    await fc.assert(
      fc.asyncProperty(solidBlocks, picks, async (block, numbers) => {
        const { diagram, playing } = await played(block, numbers)
        expect(playing.state.status).to.equal('completed')
        for (const [join, fork] of diagram.joins) {
          expect(playing.completed(join), join).to.equal(playing.completed(fork))
        }
      }),
      { seed, numRuns }
    )
  })
})
