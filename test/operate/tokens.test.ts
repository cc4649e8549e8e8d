import { expect } from 'chai'
import type { ProcessGraph } from '../../engine/index.ts'
import { lines, person } from '../play.ts'
import { Case, omar, versionOf } from './case.ts'

const reason = 'mended by hand'

describe('moving the tokens of an instance', () => {
  let graph: ProcessGraph
  let it1: Case
  before(async () => {
    graph = await versionOf('operate-case', 1)
  })
  beforeEach(() => {
    it1 = new Case([graph]).start().complete('Draft')
  })
  const move = (element: string, to: string, variables = {}) =>
    ({ type: 'moveToken', token: it1.token(element).id, to, via: null, variables, reason }) as const
  const add = (element: string, scope: string | null = null, via: string | null = null) =>
    ({ type: 'addToken', element, scope, via, variables: {}, reason }) as const

  it('moves a token out of a sub-process, which ends when nothing is left inside', () => {
    it1.do(it1.job('Assign_Number'))
    it1.do({ type: 'removeToken', token: it1.token('Join').id, reason })
    it1.do(move('Check_Site', 'Weigh'))
    expect(it1.trace).to.equal(lines`
      operator moveToken Check_Site to Weigh
      terminate Check_Site
      terminate Work
      activate Weigh
      wait Weigh for children
      activate Weigh
      wait Weigh for user
      activate Weigh
      wait Weigh for user
    `)
    expect(it1.open, 'the boundary timer and the event sub-process of Work').to.deep.equal([])
  })

  it('leaves a scope open that others are in', () => {
    it1.do(move('Check_Site', 'Weigh'))
    expect(it1.resting).to.deep.equal([
      'Work: children',
      'Assign_Number: job',
      'Weigh: children',
      'Weigh: user',
      'Weigh: user'
    ])
  })

  it('opens the scopes around the new place, with their events and without their starts', () => {
    it1
      .do(move('Work', 'Weigh'))
      .complete('Weigh')
      .do(move('Weigh', 'Check_Site', { from: 'Weigh' }))
    expect(it1.trace).to.equal(lines`
      operator moveToken Weigh to Check_Site
      activate Work
      wait Work for children
      terminate Weigh
      terminate Weigh
      activate Check_Site
      wait Check_Site for user
    `)
    expect(it1.open).to.deep.equal(['Work_Late 2015-12-06T02:00:00.000Z', 'Noted'])
    expect(it1.state.variables.from).to.equal('Weigh')
  })

  it('uses the scope that is open already', () => {
    it1.do(add('Check_Site'))
    expect(it1.resting.filter(line => line.startsWith('Check_Site'))).to.have.length(2)
    expect(it1.resting.filter(line => line.startsWith('Work'))).to.have.length(1)
  })

  it('arrives at a join by the flow that is free, and asks when several are', () => {
    it1.do(it1.job('Assign_Number')).do(move('Check_Site', 'Join'))
    expect(it1.resting).to.deep.equal(['Weigh: children', 'Weigh: user', 'Weigh: user'])

    const other = new Case([graph]).start().complete('Draft')
    const scope = other.token('Work').id
    const refused = other.refusal(add('Join', scope))
    expect(refused.message).to.contain('say by which flow')
    other.do(add('Join', scope, 'Check_Site_to_Join'))
    expect(other.resting).to.include('Join: join')
    expect(other.refusal(add('Join', scope, 'Fork_to_Check_Site')).code).to.equal('unknown-element')
  })

  it('refuses a place where no token can be put, and says why', () => {
    const why = (to: string) => it1.refusal(move('Check_Site', to)).message
    expect(why('Nowhere')).to.contain('no element <Nowhere>')
    expect(why('Work_Late')).to.contain('boundary event')
    expect(why('Noted')).to.contain('starts an event sub-process')
    expect(why('Note')).to.contain('only its event starts it')
    expect(why('Read_Note')).to.contain('only its event starts it')
    expect(it1.refusal(add('Check_Site', it1.token('Check_Site').id)).message).to.contain('a scope')
    expect(it1.refusal(add('Weigh', it1.token('Work').id)).message).to.contain('not inside <Work>')
  })

  it('moves no single instance of several, and nothing in or out of them', () => {
    it1.do(move('Work', 'Weigh'))
    const one = it1.token('Weigh', 'user').id
    const command = {
      type: 'moveToken',
      token: one,
      to: 'Approve',
      via: null,
      variables: {},
      reason
    } as const
    expect(it1.refusal(command).message).to.contain('one of several instances')
    expect(it1.refusal({ type: 'removeToken', token: one, reason }).code).to.equal('impossible')
  })

  it('removes a token, but never the last one of a scope', () => {
    it1.do({ type: 'removeToken', token: it1.token('Assign_Number').id, reason })
    expect(it1.trace).to.equal('operator removeToken Assign_Number\nterminate Assign_Number')
    const last = it1.refusal({ type: 'removeToken', token: it1.token('Check_Site').id, reason })
    expect(last.message).to.contain('last token inside <Work>')
    const all = it1.refusal({ type: 'removeToken', token: it1.token('Work').id, reason })
    expect(all.message).to.contain('terminate the instance')
  })

  it('keeps who did it and why', () => {
    it1.do(move('Check_Site', 'Weigh', { weight: 2 }))
    expect(it1.events.find(({ type }) => type === 'operatorIntervened')).to.deep.equal({
      type: 'operatorIntervened',
      what: 'moveToken',
      token: 't8',
      element: 'Check_Site',
      to: 'Weigh',
      names: ['weight'],
      by: 'oka',
      standsInFor: [],
      reason
    })
    expect(it1.refusal(move('Weigh', 'Work'), person('budi')).code).to.equal('not-allowed')
  })
})

describe('skipping an element', () => {
  let graph: ProcessGraph
  let it1: Case
  before(async () => {
    graph = await versionOf('operate-case', 1)
  })
  beforeEach(() => {
    it1 = new Case([graph]).start().complete('Draft')
  })
  const skip = (element: string, variables = {}, wait?: string) =>
    ({ type: 'skip', token: it1.token(element, wait).id, variables, reason }) as const

  it('goes on behind an incident with the stated results', () => {
    const { wait } = it1.token('Assign_Number')
    const job = wait?.for === 'job' ? wait.job : ''
    it1.do({ type: 'failJob', job, code: 'down', message: 'no answer' })
    it1.do(skip('Assign_Number', { registration: 12 }))
    expect(it1.trace).to.equal(lines`
      operator skip Assign_Number
      complete Assign_Number
      activate Join
      wait Join for join
    `)
    expect(it1.state.variables.registration).to.equal(12)
  })

  it('leaves a sub-process with all that is inside', () => {
    it1.do(skip('Work'))
    expect(it1.resting).to.deep.equal(['Weigh: children', 'Weigh: user', 'Weigh: user'])
    expect(it1.open).to.deep.equal([])
  })

  it('skips one of several instances, and all of them', () => {
    it1.do(skip('Work')).do(skip('Weigh', {}, 'user'))
    expect(it1.resting).to.deep.equal(['Weigh: children', 'Weigh: user'])
    it1.do(skip('Weigh', {}, 'children'))
    expect(it1.resting).to.deep.equal(['Approve: user'])
  })

  it('does not choose the way for a gateway or fill a join', () => {
    it1.do(it1.job('Assign_Number'))
    expect(it1.refusal(skip('Join')).code).to.equal('impossible')
  })
})

describe('restarting an instance', () => {
  let graph: ProcessGraph
  before(async () => {
    graph = await versionOf('operate-case', 1)
  })
  const restart = (element: string, variables = {}) =>
    ({ type: 'restart', element, variables, reason }) as const

  it('ends what runs and begins at the element, in new scopes', () => {
    const it1 = new Case([graph])
      .start()
      .complete('Draft')
      .do(restart('Assign_Number', { again: false }))
    expect(it1.trace).to.equal(lines`
      terminate Check_Site
      terminate Assign_Number
      terminate Work
      operator restart to Assign_Number
      activate Work
      wait Work for children
      activate Assign_Number
      wait Assign_Number for job
    `)
  })

  it('lets a finished instance run again, the same case with the same data', () => {
    const it1 = new Case([graph]).start().do({ type: 'terminate', reason: 'by mistake' })
    expect(it1.refusal({ type: 'suspend', reason }).code).to.equal('not-running')
    it1.do(restart('Draft'))
    expect(it1.state.status).to.equal('running')
    expect(it1.resting).to.deep.equal(['Draft: user'])
    expect(it1.state.variables.caseNumber).to.equal('C-1')
  })
})

describe('operators and the separation of duties', () => {
  let graph: ProcessGraph
  let it1: Case
  before(async () => {
    graph = await versionOf('operate-case', 1)
  })
  beforeEach(() => {
    it1 = new Case([graph]).start()
  })
  const move = (element: string, to: string) =>
    ({
      type: 'moveToken',
      token: it1.token(element).id,
      to,
      via: null,
      variables: {},
      reason
    }) as const
  const set = (variables: Record<string, string>) =>
    ({ type: 'setVariables', scope: null, variables, reason }) as const
  const skip = (element: string, variables = {}) =>
    ({ type: 'skip', token: it1.token(element).id, variables, reason }) as const
  const okaAsOfficer = person('oka', 'operator', 'status-section')

  it('lets nobody jump past both tasks that two persons must do', () => {
    expect(it1.refusal(move('Draft', 'Paid')).code).to.equal('same-person')
    it1.do(move('Draft', 'Approve'))
    expect(it1.state.operators).to.deep.equal({ oka: ['operate-case:Draft'] })
    expect(it1.refusal(move('Approve', 'Paid')).code).to.equal('same-person')
    it1.do(move('Approve', 'Paid'), omar)
    expect(it1.resting).to.deep.equal(['Paid: event'])
  })

  it('lets whoever stood in for one half not do the other', () => {
    it1.do(skip('Draft')).do(skip('Work')).do(skip('Weigh'))
    const token = it1.token('Approve').id
    const complete = { type: 'completeUserTask', token, variables: {} } as const
    expect(it1.refusal(complete, okaAsOfficer).code).to.equal('same-person')
    it1.do(complete, person('ani'))
  })

  it('lets nobody skip one half after doing the other', () => {
    it1
      .complete('Draft', 'oka', ['operator', 'status-section'])
      .do({ type: 'terminate', reason }, omar)
    expect(it1.refusal({ type: 'restart', element: 'Paid', variables: {}, reason }).code).to.equal(
      'same-person'
    )
    it1.do({ type: 'restart', element: 'Approve', variables: {}, reason }, omar)
    expect(it1.refusal(skip('Approve')).code).to.equal('same-person')
    it1.do(skip('Approve'), omar)
  })

  it('holds whoever intervened in any way off the tasks of the pair', () => {
    it1.do(set({ colour: 'red' }))
    const token = it1.token('Draft').id
    const refused = it1.refusal({ type: 'completeUserTask', token, variables: {} }, okaAsOfficer)
    expect(refused.code).to.equal('same-person')
    const claim = { type: 'claimTask', token } as const
    expect(it1.refusal(claim, okaAsOfficer).code).to.equal('same-person')
    const to = { ...okaAsOfficer, unit: 'kanim-tju' }
    const assign = { type: 'assignTask', token, to, reason } as const
    expect(it1.refusal(assign, person('kepala', 'kakanim')).code).to.equal('same-person')
    it1.do(claim, person('ani', 'status-section'))
    const delegate = { type: 'delegateTask', token, to, reason } as const
    expect(it1.refusal(delegate, person('ani', 'status-section')).code).to.equal('same-person')
  })

  it('takes stating what a task of the pair writes for doing it', () => {
    it1.do(set({ draft: 'by oka' }))
    expect(it1.state.operators).to.deep.equal({ oka: ['operate-case:Draft'] })
    expect(it1.refusal(set({ decision: 'approve' })).code).to.equal('same-person')
    it1.do(set({ decision: 'approve' }), omar)
  })

  it('asks nothing of those who take a token back', () => {
    it1.complete('Draft').do(skip('Work'))
    it1.do(move('Weigh', 'Draft'), omar)
    expect(it1.state.operators).to.deep.equal({ oka: [], omar: [] })
  })
})
