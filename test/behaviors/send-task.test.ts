import { expect } from 'chai'
import { completeJob, lines, play, start } from '../play.ts'

const applicant = { name: 'Sakura', email: 's@example.jp' }

describe('send task', () => {
  it('publishes its message, or asks for its job', async () => {
    const { trace, effects } = await play(
      'send-task',
      start({ caseNumber: 15, applicant }),
      completeJob('Write', { sent: { messageId: 'm1' } })
    )

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Tell
      throw Application received at Tell
      complete Tell
      activate Write
      wait Write for job
      complete Write
      activate Done
      complete Done
      complete instance
    `)
    expect(effects).to.deep.equal([
      {
        type: 'publish',
        id: 'i1.3',
        message: 'Application received',
        key: '15',
        variables: { name: 'Sakura' },
        timeToLive: null
      },
      {
        type: 'runJob',
        id: 'i1.5',
        kind: 'send-email',
        job: 'j5',
        element: 'Write',
        input: { to: 's@example.jp' }
      }
    ])
  })
})
