import fc from 'fast-check'
import { expectJoinsAllowed } from './clause-13-4-3.ts'
import { expectAllowed, expectNoneRests } from './clause-13-4-5.ts'
import { definitions, graphsOf } from './diagram.ts'
import { Playing } from './playing.ts'
import { numRuns, seed } from './seed.ts'
import { tangle } from './tangles.ts'

describe(`random processes of any shape (SEED=${seed})`, function () {
  this.timeout(240_000)

  it('leave no inclusive join waiting that 13.4.3 lets go on, loops included', async () => {
    await fc.assert(
      fc.asyncProperty(
        tangle(),
        fc.array(fc.nat(1000), { maxLength: 25 }),
        async (content, numbers) => {
          const playing = new Playing(await graphsOf(definitions([content])))
          for (const number of numbers) {
            if (playing.choices({}).length === 0 || playing.state.status !== 'running') break
            playing.pick(number)
          }
          expectJoinsAllowed(playing)
        }
      ),
      { seed, numRuns: numRuns * 2 }
    )
  })

  it('activate and reset their complex gateways just as 13.4.5 says', async () => {
    const enough = [1, 2, 3]
    const wanted = (gateway: string) => enough[Number(gateway.at(-1))] as number
    await fc.assert(
      fc.asyncProperty(
        tangle(enough),
        fc.array(fc.nat(1000), { maxLength: 25 }),
        async (content, numbers) => {
          const playing = new Playing(await graphsOf(definitions([content])))
          expectNoneRests(playing, wanted)
          for (const number of numbers) {
            if (playing.choices({}).length === 0 || playing.state.status !== 'running') break
            playing.pick(number)
            expectNoneRests(playing, wanted)
          }
          expectAllowed(playing, wanted)
        }
      ),
      { seed, numRuns: numRuns * 2 }
    )
  })
})
