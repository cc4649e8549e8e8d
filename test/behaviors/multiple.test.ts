import { expect } from 'chai'
import type { Variables } from '../../engine/index.ts'
import {
  completeUserTask,
  lines,
  type Move,
  person,
  play,
  resolveIncident,
  resting,
  send,
  since,
  start,
  throwJobError,
  trigger
} from '../play.ts'

const parts = (state: { subscriptions: object }) =>
  Object.values(state.subscriptions as Record<string, { on: { kind: string } }>).map(
    ({ on }) => on.kind
  )

describe('multiple event definitions', () => {
  for (const kind of ['message', 'timer', 'signal']) {
    it(`let a catch event happen by any of them: ${kind}`, async () => {
      const { state } = await play('multiple-catch', start(), trigger('Wait', { by: kind }, kind))

      expect(state.status).to.equal('completed')
      expect(state.variables).to.include({ by: kind })
      expect(state.subscriptions).to.deep.equal({})
    })
  }

  it('let a parallel catch event happen when all of them have, with what each brought', async () => {
    const some = [
      start(),
      trigger('Wait', { signalled: true }, 'signal'),
      trigger('Wait', {}, 'timer')
    ]
    const before = await play('parallel-multiple-catch', ...some)
    expect(resting(before)).to.deep.equal(['Wait: event'])
    expect(parts(before.state)).to.deep.equal(['message'])

    const { state } = await play(
      'parallel-multiple-catch',
      ...some,
      trigger('Wait', { answer: 'yes' }, 'message')
    )
    expect(state.status).to.equal('completed')
    expect(state.variables).to.include({ signalled: true, answer: 'yes' })
  })

  it('interrupt an activity by any of them', async () => {
    const { trace, state } = await play(
      'multiple-boundary',
      start(),
      trigger('Disturbed', {}, 'signal')
    )

    expect(trace).to.contain('terminate Work\nactivate Disturbed')
    expect(state.subscriptions).to.deep.equal({})
  })

  it('come again beside an activity, but a timer that is over', async () => {
    const { trace, state } = await play(
      'multiple-boundary-beside',
      start(),
      trigger('Disturbed', {}, 'timer'),
      trigger('Disturbed', {}, 'signal'),
      trigger('Disturbed', {}, 'signal')
    )

    expect(trace.match(/complete Noted/g)).to.have.length(3)
    expect(parts(state)).to.deep.equal(['signal'])
  })

  it('that are parallel beside an activity wait for all of them anew', async () => {
    const once = [trigger('Disturbed', {}, 'signal'), trigger('Disturbed', {}, 'message')]
    const { trace, state } = await play(
      'parallel-multiple-boundary-beside',
      start(),
      ...once,
      ...once,
      trigger('Disturbed', {}, 'message')
    )

    expect(trace.match(/complete Noted/g)).to.have.length(2)
    expect(parts(state)).to.deep.equal(['signal'])
  })

  it('catch an error among others', async () => {
    const { trace } = await play(
      'multiple-error-boundary',
      start(),
      throwJobError('Work', 'BROKEN')
    )

    expect(trace).to.contain('terminate Work\nactivate Disturbed')
  })

  it('count an escalation that was thrown before the others came', async () => {
    const before = await play('parallel-multiple-escalation', start())
    expect(parts(before.state)).to.deep.equal(['signal'])

    const { trace } = await play(
      'parallel-multiple-escalation',
      start(),
      trigger('Disturbed', {}, 'signal')
    )
    expect(trace).to.contain('terminate Work\nactivate Disturbed')
  })

  it('are all thrown, compensation last', async () => {
    const { trace } = await play('multiple-throw', start())

    expect(since(trace, 'activate Tell')).to.equal(lines`
      activate Tell
      throw Answer at Tell
      throw Alarm at Tell
      throw compensation at Tell
      wait Tell for compensation
      activate Book
      compensate Book
      wait Book for compensation
      activate Unbook
      complete Unbook
      complete Book
      complete Tell
      activate Done
      complete Done
      complete instance
    `)
  })

  it('are thrown before an end event ends its scope', async () => {
    const { trace } = await play('multiple-end', start())

    expect(since(trace, 'throw Alarm at Over')).to.equal(lines`
      throw Alarm at Over
      complete Over
      terminate Work
      complete instance
    `)
  })

  it('begin an event sub-process when all of them have come, again and again', async () => {
    const { trace, state } = await play(
      'multiple-event-sub-process',
      start(),
      trigger('Alarmed', {}, 'signal'),
      trigger('Alarmed', {}, 'message'),
      trigger('Alarmed', {}, 'message'),
      trigger('Alarmed', {}, 'signal'),
      completeUserTask('Work', {}, person('budi', 'counter'))
    )

    expect(trace.match(/complete Noted/g)).to.have.length(2)
    expect(state.status).to.equal('completed')
  })

  it('behind an event-based gateway take its branch by any of them', async () => {
    const { trace } = await play(
      'multiple-behind-gateway',
      start(),
      trigger('Answered', {}, 'signal')
    )

    expect(trace).to.contain('complete Which\nactivate Answered\ncomplete Answered')
  })

  describe('that begin a process', () => {
    const begun = (part: number): Move =>
      send({
        type: 'start',
        instance: 'i1',
        office: 'kanim-tju',
        variables: { permitNumber: 'P-1' },
        element: 'Both',
        part,
        release: 'r1'
      })

    for (const [part, other] of [
      [0, 'Paid'],
      [1, 'Applied']
    ] as const) {
      it(`wait for the other one: ${other}`, async () => {
        const before = await play('start-parallel-multiple', begun(part))
        expect(resting(before)).to.deep.equal(['Both: event'])

        const after = await play(
          'start-parallel-multiple',
          begun(part),
          triggerOf(other, { other })
        )
        expect(resting(after)).to.deep.equal(['Decide: user'])
        expect(after.state.variables).to.include({ other })
      })
    }

    it('are no longer waited for when somebody starts it by name', async () => {
      const played = await play('start-parallel-multiple', start({ permitNumber: 'P-1' }, 'Both'))

      expect(resting(played)).to.deep.equal(['Decide: user'])
    })
  })

  it('throw nothing before all of it is known, and nothing twice when an incident is resolved', async () => {
    const stuck = await play('multiple-throw-fails', start())
    expect(resting(stuck)).to.deep.equal(['Tell: incident expression'])
    expect(stuck.effects).to.deep.equal([])

    const { trace } = await play(
      'multiple-throw-fails',
      start(),
      resolveIncident('Tell', { permit: 'P-1' })
    )
    expect(since(trace, 'resolve Tell')).to.equal(lines`
      resolve Tell
      throw First at Tell
      throw Second at Tell
      throw Alarm at Tell
      complete Tell
      activate Done
      complete Done
      complete instance
    `)
  })

  it('throw once what they throw beside an error that nothing catches', async () => {
    const { trace } = await play('multiple-end-uncaught', start(), resolveIncident('Failed'))

    expect(since(trace, 'throw Note at Failed')).to.equal(lines`
      throw Note at Failed
      throw BROKEN at Failed
      wait Failed for incident uncaught-error
      resolve Failed
      throw BROKEN at Failed
      wait Failed for incident uncaught-error
    `)
  })
})

/** The message of a name comes, as a conversation brings it. */
function triggerOf(message: string, variables: Variables): Move {
  return state => {
    const open = Object.values(state?.subscriptions ?? {}).find(
      ({ on }) => on.kind === 'message' && on.message === message
    )
    if (open === undefined) throw new Error(`expected something to wait for ${message}`)
    return { command: { type: 'trigger', subscription: open.id, variables } }
  }
}
