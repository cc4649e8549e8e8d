import { expect } from 'chai'
import {
  completeJob,
  failJob,
  incidentAt,
  lines,
  play,
  refusalOf,
  resolveIncident,
  resting,
  send,
  since,
  start,
  throwJobError
} from '../play.ts'

const applicant = { name: 'Sakura', email: 's@example.jp' }

describe('service task', () => {
  it('asks for its job with the in-mapped data, and nothing else', async () => {
    const { effects, trace } = await play('service-task', start({ applicant, secret: 1 }))

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Assign_Number
      wait Assign_Number for job
    `)
    expect(effects).to.deep.equal([
      {
        type: 'runJob',
        id: 'i1.3',
        kind: 'assign-register-number',
        job: 'j3',
        element: 'Assign_Number',
        input: { register: 'itk', applicant }
      }
    ])
  })

  it('takes over the whole result when nothing is mapped', async () => {
    const { state } = await play(
      'service-task',
      start({ applicant }),
      completeJob('Assign_Number', { registration: { number: 7 } })
    )

    expect(state.status).to.equal('completed')
    expect(state.variables).to.deep.equal({ applicant, registration: { number: 7 } })
  })

  it('takes over only what is mapped out of the result', async () => {
    const { state } = await play(
      'service-task-out',
      start({ fee: { amount: 300000 }, billing: { amount: 300000 } }),
      completeJob('Bill', { code: '8201', token: 'secret' })
    )

    expect(state.variables).to.deep.equal({
      fee: { amount: 300000 },
      billing: { amount: 300000, code: '8201' }
    })
  })

  it('that failed for good rests with an incident, and asks for a new job when it is resolved', async () => {
    const stuck = await play(
      'service-task',
      start({ applicant }),
      failJob('Assign_Number', 'no network')
    )
    expect(resting(stuck)).to.deep.equal(['Assign_Number: incident job-failed'])
    expect(incidentAt(stuck, 'Assign_Number')).to.contain('no network')

    const mended = await play(
      'service-task',
      start({ applicant }),
      failJob('Assign_Number'),
      resolveIncident('Assign_Number', { applicant: { name: 'Sakura S.' } })
    )
    expect(since(mended.trace, 'resolve Assign_Number')).to.equal(lines`
      resolve Assign_Number
      wait Assign_Number for job
    `)
    const jobs = mended.effects.filter(effect => effect.type === 'runJob')
    expect(jobs.map(({ job }) => job)).to.deep.equal(['j3', 'j4'])
    expect(jobs[1]?.input).to.deep.equal({ register: 'itk', applicant: { name: 'Sakura S.' } })
  })

  it('refuses the result of a job that it no longer waits for', async () => {
    const late = send({ type: 'completeJob', job: 'j3', variables: {} })
    const { code, message } = await refusalOf(
      play(
        'service-task',
        start({ applicant }),
        failJob('Assign_Number'),
        resolveIncident('Assign_Number'),
        late
      )
    )

    expect(code).to.equal('not-waiting')
    expect(message).to.contain('<j3>')
  })

  it('leaves by the boundary event that names the error of its job', async () => {
    const played = await play(
      'service-task-error',
      start(),
      throwJobError('Pay', 'BILLING_EXPIRED', { billing: null })
    )

    expect(since(played.trace, 'throw BILLING_EXPIRED at Pay')).to.equal(lines`
      throw BILLING_EXPIRED at Pay
      terminate Pay
      activate Pay_Expired
      complete Pay_Expired
      activate Bill_Again
      wait Bill_Again for user
    `)
    expect(played.state.variables).to.deep.equal({ billing: null, errorCode: 'BILLING_EXPIRED' })
  })

  it('leaves by the boundary event for every error otherwise', async () => {
    const played = await play('service-task-error', start(), throwJobError('Pay', 'NTPN_INVALID'))

    expect(resting(played)).to.deep.equal(['Look_Into: user'])
  })

  it('rests with an incident when nobody catches the error, and asks again', async () => {
    const played = await play(
      'service-task',
      start({ applicant }),
      throwJobError('Assign_Number', 'FULL')
    )
    expect(resting(played)).to.deep.equal(['Assign_Number: incident uncaught-error'])

    const again = await play(
      'service-task',
      start({ applicant }),
      throwJobError('Assign_Number', 'FULL'),
      resolveIncident('Assign_Number'),
      completeJob('Assign_Number')
    )
    expect(again.state.status).to.equal('completed')
  })

  it('does not ask for its job while its in-mappings cannot be had', async () => {
    const stuck = await play('service-task', start())

    expect(resting(stuck)).to.deep.equal(['Assign_Number: incident expression'])
    expect(incidentAt(stuck, 'Assign_Number'))
      .to.contain('<Assign_Number>')
      .and.to.contain('applicant')
    expect(stuck.effects).to.deep.equal([])
  })
})
