import { expect } from 'chai'
import { completeUserTask, incidentAt, type Played, play, resting, start } from '../play.ts'

const called = ({ state }: Played) =>
  Object.values(state.tokens).find(({ at }) => at === 'Ask')?.called?.version

describe('binding of a call', () => {
  const versions = [
    'call-activity-bound',
    'call-activity-bound@2',
    'call-activity-bound@3'
  ] as const

  it('office calls what the office is bound to, as a call without one does', async () => {
    expect(called(await play(['call-activity-office', ...versions], start()))).to.equal(1)
  })

  it('latest calls the newest version', async () => {
    expect(called(await play(['call-activity-latest', ...versions], start()))).to.equal(3)
  })

  it('version calls the version of the number, and goes on in it', async () => {
    const played = await play(['call-activity-version', ...versions], start())
    expect(called(played)).to.equal(2)

    const { state } = await play(
      ['call-activity-version', ...versions],
      start(),
      completeUserTask('Answer')
    )
    expect(state.status).to.equal('completed')
  })

  it('deployment calls what was deployed together with the caller', async () => {
    const played = await play(['call-activity-deployment@2', ...versions], start())

    expect(called(played)).to.equal(2)
  })

  it('to what is not there rests with an incident that says what is missing', async () => {
    const cases = [
      ['call-activity-version', 'process <callee> version 2 is not deployed'],
      ['call-activity-latest', 'process <callee> is not deployed'],
      ['call-activity-deployment', 'process <callee> was not deployed together with its caller']
    ] as const
    for (const [diagram, message] of cases) {
      const stuck = await play(diagram, start())
      expect(resting(stuck)).to.deep.equal(['Ask: incident no-process'])
      expect(incidentAt(stuck, 'Ask')).to.equal(message)
    }
  })
})
