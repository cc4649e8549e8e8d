import { expect } from 'chai'
import { fuzzed } from './fuzz/run.ts'

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000)
const CASES = 2000

describe(`mutated diagrams and commands at random (SEED=${seed})`, function () {
  this.timeout(240_000)

  it('are refused clearly, rest with an incident, or run right; `npm run fuzz` plays more', async () => {
    const { outcomes, faults } = await fuzzed({
      from: seed,
      count: CASES,
      workers: 2,
      patience: 30_000
    })

    expect(faults).to.deep.equal([])
    expect(Object.values(outcomes).reduce((sum, each) => sum + each, 0)).to.equal(CASES)
    // enough of them come to run
    expect(outcomes.refused).to.be.below(CASES * 0.9)
  })
})
