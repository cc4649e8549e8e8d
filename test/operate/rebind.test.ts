import { expect } from 'chai'
import type { ProcessGraph } from '../../engine/index.ts'
import { person } from '../play.ts'
import { Case, versionOf } from './case.ts'

describe('giving an instance another release', () => {
  let graph: ProcessGraph
  let it1: Case
  before(async () => {
    graph = await versionOf('operate-case', 1)
  })
  beforeEach(() => {
    it1 = new Case([graph]).start().complete('Draft')
  })

  it('pins it, with the reason in the history', () => {
    it1.do({ type: 'rebind', release: 'r2', reason: 'a wrong fee' })
    expect(it1.state.release).to.equal('r2')
    expect(it1.events.at(-1)).to.deep.equal({
      type: 'releaseReplaced',
      from: null,
      to: 'r2',
      reason: 'a wrong fee'
    })
  })

  it('is for operators of the office, and to another release than it has', () => {
    const rebind = { type: 'rebind', release: 'r2', reason: 'x' } as const
    expect(it1.refusal(rebind, person('budi')).code).to.equal('not-allowed')
    it1.do(rebind)
    expect(it1.refusal(rebind).code).to.equal('impossible')
  })

  it('goes on while it is suspended', () => {
    it1.do({ type: 'suspend', reason: 'a rollback' })
    it1.do({ type: 'rebind', release: 'r2', reason: 'a wrong fee' })
    expect(it1.state.release).to.equal('r2')
  })
})
