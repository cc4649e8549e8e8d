import { expect } from 'chai'
import { ENGINE_LIMITS } from '../../engine/limits.ts'
import {
  completeJob,
  completeUserTask,
  failJob,
  incidentAt,
  lines,
  person,
  play,
  resolveIncident,
  resting,
  since,
  start,
  throwJobError,
  trigger
} from '../play.ts'

const members = [{ name: 'Ani' }, { name: 'Budi' }]

describe('multi-instance activity', () => {
  describe('in parallel', () => {
    it('has an instance for each item and collects what they give, in their order', async () => {
      const { trace, state } = await play(
        'multi-instance-parallel',
        start({ members }),
        completeUserTask('Vote', { vote: 'no' }, person('budi'), 1),
        completeUserTask('Vote', { vote: 'yes' }, person('ani'))
      )

      expect(trace).to.equal(lines`
        activate Received
        complete Received
        activate Vote
        wait Vote for children
        activate Vote
        wait Vote for user
        activate Vote
        wait Vote for user
        complete Vote
        complete Vote
        complete Vote
        activate Count
        wait Count for user
      `)
      expect(state.variables.votes).to.deep.equal([
        { who: 'Ani', vote: 'yes' },
        { who: 'Budi', vote: 'no' }
      ])
    })

    it('completes at once without instances', async () => {
      const { trace, state } = await play('multi-instance-parallel', start({ members: [] }))

      expect(since(trace, 'activate Vote')).to.equal(lines`
        activate Vote
        complete Vote
        activate Count
        wait Count for user
      `)
      expect(state.variables).to.deep.equal({ members: [], votes: [] })
    })

    it('ends the other instances when its completion condition holds', async () => {
      const { trace, state } = await play(
        'multi-instance-completion',
        start(),
        completeUserTask('Vote', { vote: 'a' }),
        completeUserTask('Vote', { vote: 'c' }, person('cici'), 1)
      )

      expect(since(trace, 'terminate Vote')).to.equal(lines`
        terminate Vote
        complete Vote
        activate Count
        wait Count for user
      `)
      expect(state.variables.votes).to.deep.equal(['a', null, 'c'])
    })

    it('gives null for each instance that was ended', async () => {
      const { state } = await play(
        'multi-instance-completion',
        start(),
        completeUserTask('Vote', { vote: 'a' }),
        completeUserTask('Vote', { vote: 'b' })
      )

      expect(state.variables.votes).to.deep.equal(['a', 'b', null])
    })

    it('gives what an instance set, also over a variable of its own', async () => {
      const { state } = await play(
        'multi-instance-local-result',
        start(),
        completeUserTask('Vote', { vote: 'yes' }),
        completeUserTask('Vote')
      )

      expect(state.variables.votes).to.deep.equal(['yes', 'abstain'])
    })

    it('gives each job its own in-mapped data', async () => {
      const people = [{ name: 'Ani' }, { name: 'Budi' }]
      const { effects, state } = await play(
        'multi-instance-service',
        start({ people }),
        completeJob('Check_Name', { hit: false }),
        completeJob('Check_Name', { hit: true })
      )

      expect(effects.map(effect => effect.type === 'runJob' && effect.input)).to.deep.equal([
        { name: 'Ani' },
        { name: 'Budi' }
      ])
      expect(state.variables.hits).to.deep.equal([false, true])
    })

    it('tries one instance again with its own item', async () => {
      const { effects, state } = await play(
        'multi-instance-service',
        start({ people: [{ name: 'Ani' }, { name: 'Budi' }] }),
        completeJob('Check_Name', { hit: false }),
        failJob('Check_Name'),
        resolveIncident('Check_Name'),
        completeJob('Check_Name', { hit: true })
      )

      expect(effects.at(-1)).to.deep.include({ input: { name: 'Budi' } })
      expect(state.variables.hits).to.deep.equal([false, true])
    })
  })

  describe('one after the other', () => {
    it('starts an instance when the last one has completed', async () => {
      const once = await play(
        'multi-instance-sequential',
        start({ signatures: 3 }),
        completeUserTask('Sign')
      )
      expect(resting(once)).to.deep.equal(['Sign: children', 'Sign: user'])
      expect(Object.values(once.state.tokens)[1]?.index).to.equal(1)

      const { state } = await play(
        'multi-instance-sequential',
        start({ signatures: 3 }),
        completeUserTask('Sign'),
        completeUserTask('Sign'),
        completeUserTask('Sign')
      )
      expect(state.status).to.equal('completed')
      expect(state.variables.signed).to.deep.equal([1, 2, 3])
    })

    it('stops early when its completion condition holds', async () => {
      const { state, effects } = await play(
        'multi-instance-completion-sequential',
        start(),
        completeJob('Try', { reached: false }),
        completeJob('Try', { reached: true })
      )

      expect(state.status).to.equal('completed')
      expect(effects).to.have.length(2)
    })
  })

  describe('of a sub-process', () => {
    it('keeps apart what its instances set', async () => {
      const { state } = await play(
        'multi-instance-sub-process',
        start({ applicants: ['Ani', 'Budi'] }),
        completeUserTask('Grade', { grade: 3 }),
        completeUserTask('Grade', { grade: 8 }),
        completeUserTask('Praise')
      )

      expect(state.status).to.equal('completed')
      expect(state.variables).to.deep.equal({ applicants: ['Ani', 'Budi'], grades: [3, 8] })
    })
  })

  it('of a call activity calls once for each instance', async () => {
    const { state, trace } = await play(
      'multi-instance-call-activity',
      start(),
      completeUserTask('Decide', { answer: 'b' }, person('budi'), 1),
      completeUserTask('Decide', { answer: 'a' })
    )

    expect(trace.match(/call callee/g)).to.have.length(2)
    expect(state.variables).to.deep.equal({ answers: ['a', 'b'] })
  })

  it('ends with all instances when a boundary event interrupts it', async () => {
    const { trace, state } = await play(
      'multi-instance-boundary',
      start(),
      completeUserTask('Vote'),
      trigger('Vote_Late')
    )

    expect(since(trace, 'complete Vote')).to.equal(lines`
      complete Vote
      terminate Vote
      terminate Vote
      terminate Vote
      activate Vote_Late
      complete Vote_Late
      activate Cancel
      wait Cancel for user
    `)
    expect(state.subscriptions).to.deep.equal({})
  })

  it('opens its boundary events once, not for each instance', async () => {
    const { effects } = await play('multi-instance-boundary', start())

    expect(effects).to.have.length(1)
  })

  describe('in which an error is thrown', () => {
    it('ends as a whole when its own boundary event catches it', async () => {
      const { trace } = await play(
        'multi-instance-error',
        start(),
        throwJobError('Pay', 'PNBP_UNPAID')
      )

      expect(since(trace, 'throw PNBP_UNPAID at Pay')).to.equal(lines`
        throw PNBP_UNPAID at Pay
        terminate Pay
        terminate Handle
        terminate Pay
        terminate Handle
        terminate Handle
        activate Handle_Failed
        complete Handle_Failed
        activate Refuse
        wait Refuse for user
      `)
    })

    it('ends one instance when an event sub-process inside catches it', async () => {
      const played = await play(
        'multi-instance-error-inside',
        start(),
        throwJobError('Pay', 'PNBP_UNPAID')
      )

      expect(resting(played)).to.have.members([
        'Handle: children',
        'Handle: children',
        'Handle: children',
        'Pay: job',
        'Unpaid: children',
        'Tell: user'
      ])
    })

    it('by a job of its own leaves by its boundary event', async () => {
      const played = await play('multi-instance-of-job-error', start(), throwJobError('Pay', 'X'))

      expect(resting(played)).to.deep.equal(['Refuse: user'])
    })
  })

  describe('that cannot go on', () => {
    it('rests with an incident when its collection is no list', async () => {
      const stuck = await play('multi-instance-parallel', start({ members: 'Ani' }))
      expect(resting(stuck)).to.deep.equal(['Vote: incident multi-instance'])
      expect(incidentAt(stuck, 'Vote')).to.contain('expected a list, found "Ani"')

      const mended = await play(
        'multi-instance-parallel',
        start({ members: 'Ani' }),
        resolveIncident('Vote', { members })
      )
      expect(resting(mended)).to.deep.equal(['Vote: children', 'Vote: user', 'Vote: user'])
    })

    it('rests with an incident when its number is none', async () => {
      for (const signatures of [1.5, -1, '3', null]) {
        const stuck = await play('multi-instance-sequential', start({ signatures }))
        expect(resting(stuck), String(signatures)).to.deep.equal(['Sign: incident multi-instance'])
      }
    })

    it('rests with an incident when there are more instances than anyone means', async () => {
      const stuck = await play(
        'multi-instance-sequential',
        start({ signatures: ENGINE_LIMITS.instances + 1 })
      )
      expect(resting(stuck)).to.deep.equal(['Sign: incident multi-instance'])

      const full = Array.from({ length: ENGINE_LIMITS.instances }, (_, n) => ({ name: `P${n}` }))
      const running = await play('multi-instance-parallel', start({ members: full }))
      expect(resting(running).filter(each => each === 'Vote: user')).to.have.length(
        ENGINE_LIMITS.instances
      )
    })

    it('rests with an incident when instances have more instances than anyone means', async () => {
      const stuck = await play('multi-instance-multiplied', start())
      expect(Object.keys(stuck.state.tokens).length).to.be.below(2 * ENGINE_LIMITS.activations)
      const incident = Object.values(stuck.state.tokens).find(
        ({ at, wait }) => at === 'Sign' && wait?.for === 'incident'
      )
      expect(JSON.stringify(incident?.wait)).to.contain('found <Sign> to add 1000')
    })

    it('asks no instance again whose output fails, and takes what is stated instead', async () => {
      const moves = [start(), completeUserTask('Vote', { vote: 'yes' }, person('ani'))]
      const stuck = await play('multi-instance-bad-output', ...moves)
      expect(resting(stuck)).to.deep.equal([
        'Vote: children',
        'Vote: incident expression',
        'Vote: user'
      ])

      const mended = await play(
        'multi-instance-bad-output',
        ...moves,
        resolveIncident('Vote', { vote: 2 }),
        completeUserTask('Vote', { vote: 3 }, person('cici'))
      )
      expect(mended.state.status).to.equal('completed')
      expect(mended.state.variables.votes).to.deep.equal([4, 6])
    })

    it('only leaves again when just the flows out of it failed', async () => {
      const moves = [
        start(),
        completeUserTask('Vote', { vote: 1 }),
        completeUserTask('Vote', { vote: 2 })
      ]
      const stuck = await play('multi-instance-conditional', ...moves)
      expect(resting(stuck)).to.deep.equal(['Vote: incident expression'])

      const mended = await play(
        'multi-instance-conditional',
        ...moves,
        resolveIncident('Vote', { passed: true })
      )
      expect(resting(mended)).to.deep.equal(['Yes: user'])
      expect(mended.state.variables.votes).to.deep.equal([1, 2])
    })
  })
})
