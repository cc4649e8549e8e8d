import { expect } from 'chai'
import {
  type MigrationPlan,
  type ProcessGraph,
  proposePlan,
  reversePlan
} from '../../engine/index.ts'
import { person } from '../play.ts'
import { Case, versionOf } from './case.ts'

const reason = 'a new decree'

describe('migrating an instance to another version', () => {
  let old: ProcessGraph
  let now: ProcessGraph
  let plan: MigrationPlan
  let it1: Case
  before(async () => {
    old = await versionOf('operate-case', 1)
    now = await versionOf('operate-case-2', 2)
    plan = proposePlan(old, now).plan
  })
  beforeEach(() => {
    it1 = new Case([old, now]).start()
  })
  const migrate = (given = plan, restore = [] as never[]) =>
    ({ type: 'migrate', plan: given, restore, reason }) as const

  it('proposes a plan: same ids, else the same type and name in the same scope', () => {
    const { plan, unmapped, added } = proposePlan(old, now)
    expect(plan).to.include({ process: 'operate-case', from: 1, to: 2 })
    expect(plan.map).to.include({ Draft: 'Draft', Check_Site: 'Examine_Site' })
    expect(unmapped).to.deep.equal(['Work_Late', 'Escalate', 'Escalated'])
    expect(added).to.deep.equal(['Approve_Late', 'Reminded'])
  })

  it('gives a task to whom the new version says, due as it says from when it began', () => {
    it1.now = '2015-12-04T02:00:00.000Z'
    it1.do(migrate())
    expect(it1.trace).to.equal('migrate to version 2\nwait Draft for user')
    expect(it1.token('Draft').wait).to.include({
      role: 'drafter',
      since: '2015-12-03T02:00:00.000Z',
      dueAt: '2015-12-08T02:00:00.000Z'
    })
    expect(it1.state.processVersion).to.equal(2)
  })

  it('takes tokens over inside scopes, keeps jobs and events, and closes what is gone', () => {
    it1.complete('Draft')
    const noted = it1.event('Noted')
    it1.do(migrate())
    expect(it1.resting).to.deep.equal([
      'Work: children',
      'Examine_Site: user',
      'Assign_Number: job'
    ])
    expect(it1.open).to.deep.equal(['Noted'])
    it1.do(noted).do(it1.job('Assign_Number')).complete('Examine_Site').complete('Read_Note')
    expect(it1.resting).to.include('Weigh: user')
  })

  it('keeps a token at a join on the flow that answers to its own', () => {
    it1.complete('Draft').complete('Check_Site').do(migrate())
    expect(it1.token('Join').via).to.equal('Examine_Site_to_Join')
    it1.do(it1.job('Assign_Number'))
    expect(it1.resting).to.include('Weigh: user')
  })

  it('takes over the instances of an activity, and opens events that are new', () => {
    const skip = (element: string) =>
      ({ type: 'skip', token: it1.token(element).id, variables: {}, reason }) as const
    it1.complete('Draft').do(skip('Work')).complete('Weigh').do(migrate())
    expect(it1.resting).to.deep.equal(['Weigh: children', 'Weigh: user'])
    it1.complete('Weigh')
    expect(it1.open).to.deep.equal(['Approve_Late 2015-12-05T02:00:00.000Z'])

    const other = new Case([old, now]).start().complete('Draft')
    other.do({ type: 'skip', token: other.token('Work').id, variables: {}, reason })
    other.complete('Weigh').complete('Weigh').do(migrate())
    expect(other.open, 'opened at once').to.deep.equal(['Approve_Late 2015-12-05T02:00:00.000Z'])
  })

  it('remembers who did what under the new names', () => {
    it1.complete('Draft').complete('Check_Site', 'cici').do(migrate())
    expect(it1.state.performers['operate-case']).to.include.keys('Draft', 'Examine_Site')
  })

  it('refuses as a whole, with everything that does not fit', () => {
    it1.complete('Draft')
    it1.now = '2015-12-06T02:00:00.000Z'
    it1.do(it1.event('Work_Late'))
    const { Check_Site: _, ...rest } = plan.map
    const refused = it1.refusal(migrate({ ...plan, map: { ...rest, Assign_Number: 'Join' } }))
    expect(refused.code).to.equal('impossible')
    expect(refused.problems.map(({ path }) => path)).to.have.members([
      'Check_Site',
      'Assign_Number',
      'Escalate'
    ])
    expect(it1.refusal(migrate({ ...plan, to: 7 })).code).to.equal('unknown-process')
    expect(it1.refusal(migrate(), person('budi')).code).to.equal('not-allowed')
  })

  it('does not carry a token past a task that needs a second person', () => {
    const map = { ...plan.map, Draft: 'Approve' }
    expect(it1.refusal(migrate({ ...plan, map })).message).to.contain('jump past <Draft>')
    const past = new Case([old, now]).start().complete('Draft')
    const jump = past.refusal(migrate({ ...plan, map: { ...plan.map, Check_Site: 'Approve' } }))
    expect(jump.message).to.contain('another scope')
  })

  it('is taken back: tokens, events with their times, and the version', () => {
    it1.complete('Draft')
    const before = it1.state
    it1.now = '2015-12-04T02:00:00.000Z'
    it1.do(migrate())
    const done = it1.events.findLast(event => event.type === 'instanceMigrated')
    if (done?.type !== 'instanceMigrated') throw new Error('expected it to be migrated')
    const back = reversePlan(plan) as MigrationPlan
    it1.do({ type: 'migrate', plan: back, restore: done.closed, reason: 'too early' })
    expect(it1.state.processVersion).to.equal(1)
    expect(it1.state.tokens).to.deep.equal(before.tokens)
    expect(it1.open).to.have.members(['Noted', 'Work_Late 2015-12-06T02:00:00.000Z'])
    expect(reversePlan({ ...plan, map: { A: 'C', B: 'C' } })).to.equal(null)
  })

  it('opens timers of a suspended instance as if its clock stood still', () => {
    it1.complete('Draft').do({ type: 'skip', token: it1.token('Work').id, variables: {}, reason })
    it1.complete('Weigh').complete('Weigh').do({ type: 'suspend', reason })
    it1.now = '2016-01-03T02:00:00.000Z'
    it1.do(migrate())
    it1.now = '2016-01-04T02:00:00.000Z'
    it1.do({ type: 'resume', reason })
    expect(it1.open).to.deep.equal(['Approve_Late 2016-01-06T02:00:00.000Z'])
  })

  it('takes over a process that another one has called', async () => {
    const [caller] = [await versionOf('operate-caller', 1)]
    const calling = new Case([caller, old, now]).start().complete('Draft', 'budi', ['drafter'])
    // the office is bound to version 2, so that the call is made to it: back first
    const back = reversePlan(plan) as MigrationPlan
    expect(calling.token('Call').called).to.include({ version: 2 })
    calling.do({ type: 'migrate', plan: back, restore: [], reason })
    expect(calling.token('Call').called).to.include({ version: 1 })
    expect(calling.state.processVersion).to.equal(1)
    expect(calling.resting).to.include('Check_Site: user')
    calling.do(migrate())
    expect(calling.resting).to.include('Examine_Site: user')
  })
})
