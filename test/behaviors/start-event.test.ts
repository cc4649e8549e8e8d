import { expect } from 'chai'
import { by, completeUserTask, lines, person, play, refusalOf, resting, start } from '../play.ts'

const applicant = { ...person('applicant', 'applicant'), unit: null }

describe('start event', () => {
  it('goes on at once', async () => {
    const { trace, state } = await play(
      'start-none',
      start({ caseNumber: 'A-1' }),
      completeUserTask('Check')
    )

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Check
      wait Check for user
      complete Check
      activate Done
      complete Done
      complete instance
    `)
    expect(state.status).to.equal('completed')
    expect(state.tokens).to.deep.equal({})
    expect(state.variables).to.deep.equal({ caseNumber: 'A-1' })
  })

  it('is not needed: what has no incoming flow begins', async () => {
    const played = await play('start-without-event', start())

    expect(resting(played)).to.deep.equal(['Check: user'])
  })

  it('is the one that the command names, or the one without a trigger', async () => {
    expect(resting(await play('start-several', start()))).to.deep.equal(['Register: user'])
    expect(resting(await play('start-several', start({}, 'Received_By_Message')))).to.deep.equal([
      'Read: user'
    ])
    expect(resting(await play('start-several', start({}, 'Received_By_Clock')))).to.deep.equal([
      'Sweep: user'
    ])
  })

  it('is refused when the process has no such start', async () => {
    const { code, message } = await refusalOf(play('start-several', start({}, 'Register')))

    expect(code).to.equal('unknown-element')
    expect(message).to.contain('<Register>').and.to.contain('Received_By_Message')
  })

  it('is refused without a name when each start has a trigger', async () => {
    const { code } = await refusalOf(play('start-triggered-only', start()))

    expect(code).to.equal('unknown-element')
  })

  it('with a trigger is for its event, or for an operator of its lane', async () => {
    const byMessage = start({}, 'Received_By_Message')
    const played = await play('start-several', by(person('oka', 'operator'), byMessage))
    expect(resting(played)).to.deep.equal(['Read: user'])

    const { code, message } = await refusalOf(
      play('start-several', by(person('ani', 'counter'), byMessage))
    )
    expect(code).to.equal('not-allowed')
    expect(message).to.contain('<Received_By_Message>')
  })

  it('happens once for an instance', async () => {
    const { code } = await refusalOf(play('start-none', start(), start()))

    expect(code).to.equal('already-started')
  })

  it('is given to a person of its lane, in the own office', async () => {
    const allowed = await play('start-lane', by(person('ani', 'counter'), start()))
    expect(resting(allowed)).to.deep.equal(['Check: user'])

    const role = await refusalOf(play('start-lane', by(person('ani', 'treasurer'), start())))
    expect(role.code).to.equal('not-allowed')
    expect(role.message).to.contain('<counter>')

    const elsewhere = { ...person('ani', 'counter'), unit: 'kanim-bgl' }
    const office = await refusalOf(play('start-lane', by(elsewhere, start())))
    expect(office.code).to.equal('not-allowed')
  })

  it('is given to applicants in a lane of theirs, and to nobody of the office', async () => {
    const allowed = await play('start-applicant', by(applicant, start()))
    expect(resting(allowed)).to.deep.equal(['Check: user'])

    const officer = await refusalOf(play('start-applicant', by(person('ani', 'counter'), start())))
    expect(officer.code).to.equal('not-allowed')
    expect(officer.message).to.contain('an applicant to start')
    // an account with the word among its roles does not come from outside
    const posing = person('ani', 'counter', 'applicant')
    expect((await refusalOf(play('start-applicant', by(posing, start())))).code).to.equal(
      'not-allowed'
    )
  })

  it('is given to the officers as well whom the lane of the applicant names', async () => {
    for (const actor of [applicant, person('ani', 'counter')]) {
      const allowed = await play('start-applicant-on-behalf', by(actor, start()))
      expect(resting(allowed)).to.deep.equal(['Check: user'])
    }
    for (const actor of [
      person('ani', 'treasurer'),
      { ...person('ani', 'counter'), unit: 'kanim-bgl' },
      person('ani', 'applicant')
    ]) {
      const { code } = await refusalOf(play('start-applicant-on-behalf', by(actor, start())))
      expect(code).to.equal('not-allowed')
    }
  })

  it('is never given to an applicant in a lane of the office, or in none', async () => {
    for (const diagram of ['start-lane', 'start-none']) {
      const { code } = await refusalOf(play(diagram, by(applicant, start())))
      expect(code, diagram).to.equal('not-allowed')
    }
    const tasks = await refusalOf(
      play('start-applicant', by(applicant, start()), by(applicant, completeUserTask('Check')))
    )
    expect(tasks.code).to.equal('not-allowed')
  })
})
