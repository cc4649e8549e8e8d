import { expect } from 'chai'
import fc from 'fast-check'
import { apply, type Event, type ProcessInstance, replay } from '../../engine/index.ts'
import { anyBlocks } from './blocks.ts'
import { Diagram, graphsOf } from './diagram.ts'
import { Playing } from './playing.ts'
import { numRuns, picks, seed } from './seed.ts'

const throughJson = <Data>(data: Data): Data => JSON.parse(JSON.stringify(data)) as Data

describe(`a run that is cut and resumed (SEED=${seed})`, function () {
  this.timeout(240_000)

  it('gives the same end, whichever event it is cut at', async () => {
    await fc.assert(
      fc.asyncProperty(anyBlocks, picks, fc.nat(), async (block, numbers, where) => {
        const diagram = new Diagram()
        diagram.whole(block)
        const playing = new Playing(await graphsOf(diagram.xml))
        playing.play(numbers)
        const { events, state } = playing
        const cut = where % (events.length + 1)

        // what was made of the events before the cut takes the rest of them
        const before: ProcessInstance | null = cut === 0 ? null : replay(events.slice(0, cut))
        const rest = throughJson(events.slice(cut))
        const told = rest.reduce<ProcessInstance | null>(apply, throughJson(before))
        expect(told, `told again from event ${cut}`).to.deep.equal(state)

        // the step under way at the cut was not stored: it and the rest are done again
        const done = playing.steps.findLastIndex(({ after }) => after <= cut) + 1
        const stored = playing.steps[done - 1]?.after ?? 0
        let resumed = stored === 0 ? null : throughJson(replay(events.slice(0, stored)))
        const again: Event[] = events.slice(0, stored)
        for (const { command } of playing.steps.slice(done)) {
          const made = playing.take(resumed, command)
          again.push(...made.events)
          resumed = throughJson(made.state)
        }
        expect(resumed, `resumed at step ${done}`).to.deep.equal(state)
        expect(again, 'the history').to.deep.equal(events)
      }),
      { seed, numRuns }
    )
  })
})
