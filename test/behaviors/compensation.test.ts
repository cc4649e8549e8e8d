import { expect } from 'chai'
import { type Command, type ProcessGraph, type ProcessInstance, step } from '../../engine/index.ts'
import { ENGINE_LIMITS } from '../../engine/limits.ts'
import {
  completeJob,
  completeUserTask,
  failJob,
  lines,
  load,
  office,
  person,
  play,
  refusalOf,
  resolveIncident,
  resting,
  since,
  start,
  system,
  throwJobError,
  traceOf,
  trigger
} from '../play.ts'

/** What was undone, in order. */
function undone(trace: string): readonly string[] {
  return trace
    .split('\n')
    .filter(line => line.startsWith('compensate '))
    .map(line => line.slice('compensate '.length))
}

describe('compensation event definition', () => {
  it('undoes what was completed, the last first, and goes on when all is undone', async () => {
    const { trace } = await play('compensation-throw', start())

    expect(since(trace, 'activate Give_Up')).to.equal(lines`
      activate Give_Up
      throw compensation at Give_Up
      wait Give_Up for compensation
      activate Book_Hotel
      compensate Book_Hotel
      wait Book_Hotel for compensation
      activate Cancel_Hotel
      complete Cancel_Hotel
      complete Book_Hotel
      activate Book_Flight
      compensate Book_Flight
      wait Book_Flight for compensation
      activate Cancel_Flight
      complete Cancel_Flight
      complete Book_Flight
      complete Give_Up
      activate Done
      complete Done
      complete instance
    `)
  })

  it('undoes the one activity that it names', async () => {
    const { trace, state } = await play('compensation-of-one', start())

    expect(undone(trace)).to.deep.equal(['Book_Flight'])
    expect(state.status).to.equal('completed')
  })

  it('has nothing to do before anything was completed', async () => {
    const { trace } = await play('compensation-of-nothing', start())

    expect(undone(trace)).to.deep.equal([])
    expect(trace).to.contain('complete Give_Up\nactivate Book_Flight')
  })

  it('waits for the work of undoing', async () => {
    const before = await play('compensation-waits', start())
    expect(resting(before)).to.deep.equal([
      'Give_Up: compensation',
      'Book_Flight: compensation',
      'Cancel_Flight: job'
    ])

    const after = await play('compensation-waits', start(), completeJob('Cancel_Flight'))
    expect(since(after.trace, 'complete Cancel_Flight')).to.equal(lines`
      complete Cancel_Flight
      complete Book_Flight
      complete Give_Up
      activate Done
      complete Done
      complete instance
    `)
  })

  it('that does not wait goes on at once; the scope ends when all is undone', async () => {
    const moves = [start(), completeJob('Cancel_Hotel')]
    const before = await play('compensation-does-not-wait', ...moves)
    expect(before.trace).to.contain('complete Done')
    expect(resting(before)).to.deep.equal(['Book_Flight: compensation', 'Cancel_Flight: job'])

    const { state } = await play(
      'compensation-does-not-wait',
      ...moves,
      completeJob('Cancel_Flight')
    )
    expect(state.status).to.equal('completed')
  })

  it('at an end event undoes before its token ends', async () => {
    const { trace } = await play('compensation-end', start())

    expect(since(trace, 'activate Cancel_Flight')).to.equal(lines`
      activate Cancel_Flight
      complete Cancel_Flight
      complete Book_Flight
      complete Done
      complete instance
    `)
  })

  it('undoes an activity as often as it was completed', async () => {
    const { trace } = await play('compensation-of-a-cycle', start({ times: 0 }))

    expect(undone(trace)).to.deep.equal(['Count', 'Count', 'Count'])
  })

  it('undoes each instance of a multi-instance activity, with the item that it had', async () => {
    const given = { rooms: ['red', 'green'], cancelled: [] }
    const { state, trace } = await play('compensation-of-instances', start(given))

    expect(undone(trace)).to.deep.equal(['Book_Room', 'Book_Room', 'Book_Room'])
    expect(state.variables.cancelled).to.deep.equal(['green', 'red'])
  })

  it('undoes what is inside a sub-process that says nothing itself, and in turn what was before it', async () => {
    const { trace } = await play('compensation-nested', start())

    expect(undone(trace)).to.deep.equal(['Trip', 'Book_Hotel', 'Book_Flight', 'Pay'])
  })

  it('undoes what a called process has completed', async () => {
    const { trace, state } = await play(['compensation-of-a-call', 'compensation-called'], start())

    expect(undone(trace)).to.deep.equal(['Trip', 'Book'])
    expect(trace).to.contain('complete Unbook\ncomplete Book\ncomplete Trip\ncomplete Give_Up')
    expect(state.status).to.equal('completed')
  })

  it('in an event sub-process sees its sub-process as it was, and undoes what is inside when it says so', async () => {
    const { state, trace } = await play(
      'compensation-event-sub-process',
      start({ destination: 'Batam', noted: [] })
    )

    expect(state.variables).to.deep.include({ destination: 'elsewhere', noted: ['Batam'] })
    expect(undone(trace)).to.deep.equal(['Trip', 'Book'])
    expect(trace).to.contain('complete Unbook\ncomplete Book\ncomplete Undo_Inside')
  })

  it('thrown in an event sub-process undoes what was completed around it', async () => {
    const { trace, state } = await play(
      'compensation-in-event-sub-process',
      start(),
      throwJobError('Pay', 'REFUSED')
    )

    expect(undone(trace)).to.deep.equal(['Book_Flight'])
    expect(state.status).to.equal('completed')
  })

  it('forgets what a terminated scope has completed', async () => {
    const { trace, state } = await play('compensation-after-termination', start(), trigger('Late'))

    expect(undone(trace)).to.deep.equal([])
    expect(state.completions).to.deep.equal([])
    expect(state.status).to.equal('completed')
  })

  it('passes an error of undoing to what catches it around', async () => {
    const { trace } = await play(
      'compensation-error',
      start(),
      throwJobError('Cancel_Flight', 'FAILED')
    )

    expect(since(trace, 'throw FAILED at Cancel_Flight')).to.equal(lines`
      throw FAILED at Cancel_Flight
      terminate Give_Up
      terminate Cancel_Flight
      terminate Book_Flight
      terminate Trip
      activate Failed
      complete Failed
      activate Noted
      complete Noted
      complete instance
    `)
  })

  it('keeps no inclusive join waiting for what is being undone', async () => {
    const { trace } = await play(
      'inclusive-join-beside-compensation',
      start({ joins: false }),
      completeUserTask('Ask', {}, person('budi', 'counter'))
    )

    expect(trace).to.contain('wait Unbook for job').and.to.contain('complete After')
  })

  it('goes on when an incident of undoing is resolved', async () => {
    const { state } = await play(
      'compensation-waits',
      start(),
      failJob('Cancel_Flight'),
      resolveIncident('Cancel_Flight'),
      completeJob('Cancel_Flight')
    )

    expect(state.status).to.equal('completed')
  })

  it('keeps an event sub-process open as long as something in it is to be undone', async () => {
    const moves = [
      start(),
      trigger('Changed'),
      completeUserTask('Ask'),
      completeUserTask('Pause'),
      completeJob('Cancel_Flight')
    ]
    const before = await play('compensation-does-not-wait-inside', ...moves)
    expect(undone(before.trace)).to.deep.equal(['Book_Flight', 'Book_Hotel'])
    expect(before.trace).not.to.contain('complete On_Change')

    const { trace } = await play(
      'compensation-does-not-wait-inside',
      ...moves,
      completeJob('Cancel_Hotel')
    )
    expect(trace).to.match(/complete Cancel_Hotel\ncomplete Book_Hotel\ncomplete On_Change$/)
  })

  it('passes an error of undoing to an event sub-process beside it, once', async () => {
    const failed = [start(), throwJobError('Cancel_Hotel', 'FAILED')]
    const { trace } = await play('compensation-error-beside', ...failed)
    expect(since(trace, 'throw FAILED at Cancel_Hotel')).to.contain(lines`
      terminate Give_Up
      terminate Cancel_Hotel
      terminate Book_Hotel
      activate On_Error
    `)
    expect(undone(trace)).to.deep.equal(['Book_Hotel', 'Book_Flight'])

    const again = await play(
      'compensation-error-beside',
      ...failed,
      throwJobError('Cancel_Flight', 'FAILED')
    )
    expect(resting(again)).to.include('Cancel_Flight: incident uncaught-error')
  })

  it('lets no operator take a token out of what is being undone, who may skip it', async () => {
    const oka = person('oka', 'operator')
    const handler = (what: object) => (state: ProcessInstance | null) => {
      const found = Object.values(state?.tokens ?? {}).find(({ at }) => at === 'Cancel_Flight')
      return { command: { ...what, token: found?.id } as Command, actor: oka }
    }
    const variables = {}
    const reason = 'done by telephone'
    const away = { type: 'moveToken', to: 'Done', via: null, variables, reason }
    const refused = await refusalOf(play('compensation-waits', start(), handler(away)))
    expect(refused.code).to.equal('impossible')
    expect(refused.message).to.contain('<Cancel_Flight> is part of undoing <Book_Flight>')

    const skip = handler({ type: 'skip', variables, reason })
    expect((await play('compensation-waits', start(), skip)).state.status).to.equal('completed')
  })

  it('undoes, and does nothing again, where a step has come to its limit', async () => {
    const [graph] = (await load('compensation-throw')) as [ProcessGraph]
    const limits = { ...ENGINE_LIMITS, activations: 5 }
    const { command, actor = system } = start()(null)
    const { state, events } = step(graph, null, command, {
      now: '2015-12-03T02:00:00.000Z',
      office,
      actor,
      findProcess: () => null,
      limits
    })

    expect(undone(traceOf(events))).to.deep.equal(['Book_Hotel'])
    expect(Object.values(state.tokens).map(({ at, wait }) => `${at}: ${wait?.for}`)).to.deep.equal([
      'Give_Up: compensation',
      'Book_Hotel: compensation',
      'Cancel_Hotel: incident'
    ])
  })
})
