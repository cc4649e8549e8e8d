import { expect } from 'chai'
import type { Event } from '../../engine/index.ts'
import {
  completeUserTask,
  decide,
  failDecision,
  incidentAt,
  lines,
  play,
  refusalOf,
  resolveIncident,
  resting,
  send,
  since,
  start
} from '../play.ts'

const facts = { submitted: '2015-12-01', permit: { extension: 2, kind: 'ITK' } }

describe('business rule task', () => {
  it('rests for a decision about the in-mapped facts, then goes on with the outcome', async () => {
    const waiting = await play('business-rule-task', start(facts))
    expect(Object.values(waiting.state.tokens)[0]?.wait).to.deep.equal({
      for: 'decision',
      rule: 'itk.extension.approver',
      facts: { extension: 2 },
      date: '2015-12-01'
    })

    const { trace, state } = await play(
      'business-rule-task',
      start(facts),
      decide('Who_Approves', { approver: 'kakanim' }),
      completeUserTask('Approved_By')
    )
    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Who_Approves
      wait Who_Approves for decision
      decide Who_Approves
      complete Who_Approves
      activate Approved_By
      wait Approved_By for user
      complete Approved_By
      activate Done
      complete Done
      complete instance
    `)
    expect(state.variables.approval).to.deep.equal({ approver: 'kakanim' })
  })

  it('spreads an outcome without a result variable', async () => {
    const { state } = await play(
      'business-rule-task-spread',
      start(),
      decide('Fee', { amount: 300000, unit: 'case' })
    )

    expect(state.variables).to.deep.equal({ amount: 300000, unit: 'case' })
  })

  it('rests with an incident when no rule fits, and is asked again when it is resolved', async () => {
    const failed = failDecision(
      'Who_Approves',
      'no-rule',
      'no row of <itk.extension.approver> fits'
    )
    const stuck = await play('business-rule-task', start(facts), failed)
    expect(resting(stuck)).to.deep.equal(['Who_Approves: incident no-rule'])
    expect(incidentAt(stuck, 'Who_Approves')).to.equal('no row of <itk.extension.approver> fits')

    const mended = await play(
      'business-rule-task',
      start(facts),
      failed,
      resolveIncident('Who_Approves', { permit: { extension: 3 } })
    )
    expect(since(mended.trace, 'resolve Who_Approves')).to.equal(lines`
      resolve Who_Approves
      wait Who_Approves for decision
    `)
    expect(Object.values(mended.state.tokens)[0]?.wait).to.deep.include({ facts: { extension: 3 } })
  })

  it('tells in the history that a case took a newer release', async () => {
    const rebound = (events: readonly Event[]) =>
      events.filter(({ type }) => type === 'releaseRebound')
    const newer = await play(
      'business-rule-task-spread',
      start(),
      decide('Fee', {}, { release: 'r2', rebinds: true })
    )
    expect(rebound(newer.events)).to.deep.equal([
      { type: 'releaseRebound', from: 'r1', to: 'r2', rule: 'itk.extension.fee' }
    ])

    const same = await play(
      'business-rule-task-spread',
      start(),
      decide('Fee', {}, { rebinds: true })
    )
    expect(rebound(same.events)).to.deep.equal([])
  })

  it('keeps the decision whole in the history', async () => {
    const { events } = await play(
      'business-rule-task-spread',
      start(),
      decide(
        'Fee',
        { amount: 1 },
        { rows: ['general'], cites: [{ instrument: 'pp-45-2014', pin: 'II.A.1' }] }
      )
    )

    const decided = events.find(event => event.type === 'ruleDecided')
    expect(decided?.decision).to.deep.include({
      rule: 'itk.extension.fee',
      outcome: { amount: 1 },
      rows: ['general'],
      cites: [{ instrument: 'pp-45-2014', pin: 'II.A.1' }]
    })
  })

  it('is asked for each instance with the in-mapped facts alone', async () => {
    const played = await play('business-rule-task-several', start({ kinds: ['ITK', 'ITAS'] }))

    const facts = Object.values(played.state.tokens).flatMap(({ wait }) =>
      wait?.for === 'decision' ? [wait.facts] : []
    )
    expect(facts).to.deep.equal([{ kind: 'ITK' }, { kind: 'ITAS' }])
  })

  it('refuses a decision that nobody waits for', async () => {
    const { code } = await refusalOf(
      play(
        'start-none',
        start(),
        send({ type: 'failDecision', token: 't2', code: 'no-rule', message: 'no row fits' })
      )
    )

    expect(code).to.equal('not-waiting')
  })
})
