import { expect } from 'chai'
import { openRulebook } from '../../bin/rules.ts'
import { checkContent } from '../../runtime/rules/change-check.ts'
import type { ChangeSet } from '../../runtime/rules/change-set.ts'
import { analysisCheck, casesCheck } from '../../runtime/rules/draft-checks.ts'
import type { Edit } from '../../runtime/rules/edits.ts'

const AT = '2026-01-05T02:00:00.000Z'
const EDIT: Edit = {
  ...{ kind: 'value', key: 'overstay.perDay', value: 1_500_000, from: '2026-03-01', to: null },
  cites: [{ instrument: 'pp-45-2024', pin: null }],
  reason: { id: 'Contoh', en: 'A sample' }
}
const SET: ChangeSet = {
  ...{
    id: 'cs-1',
    version: 1,
    state: 'draft',
    scope: 'ditjen-imigrasi',
    edits: [EDIT],
    reverts: null
  },
  ...{ title: { id: 'Contoh', en: 'A sample' }, reason: { id: 'Contoh', en: 'A sample' } },
  ...{ contentHash: 'content', makers: ['ani'], createdAt: AT, check: null, impact: null },
  ...{ submitted: null, approval: null, emergency: null, published: null, ended: null }
}

/** How many turns of the event loop a request needs: its bytes, its handler, its answer, and some to spare. */
const REQUEST = 8

describe('a check of a change of the nation', () => {
  it('lets others have their turn, over and over, while it runs at all offices', async () => {
    const rulebook = await openRulebook()
    let turns = 0
    let running = true
    const count = () => {
      turns += 1
      if (running) setImmediate(count)
    }
    setImmediate(count)
    const checks = [casesCheck(rulebook), analysisCheck(rulebook)]
    const { cases, problems } = await checkContent(rulebook, checks, SET, AT)
    running = false
    expect(problems).to.deep.equal([])
    expect(cases.decided).to.be.greaterThan(1000)
    expect(turns).to.be.greaterThan(REQUEST)
  })
})
