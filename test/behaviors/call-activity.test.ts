import { expect } from 'chai'
import { placeOf } from '../../engine/index.ts'
import { ENGINE_LIMITS } from '../../engine/limits.ts'
import {
  completeUserTask,
  incidentAt,
  lines,
  play,
  resolveIncident,
  resting,
  since,
  start,
  terminate,
  trigger
} from '../play.ts'

describe('call activity', () => {
  it('runs the called process inside the same instance', async () => {
    const { trace, state } = await play(
      'call-activity',
      start({ subject: 'Sakura', secret: 1 }),
      completeUserTask('Decide', { verdict: { text: 'yes' }, draft: 'x' })
    )

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Ask_Directorate
      call callee
      wait Ask_Directorate for children
      activate Asked
      complete Asked
      activate Decide
      wait Decide for user
      complete Decide
      activate Answered
      complete Answered
      complete Ask_Directorate
      activate Archive
      wait Archive for user
    `)
    expect(state.variables).to.deep.equal({ subject: 'Sakura', secret: 1, answer: 'yes' })
  })

  it('gives the called process its in-mapped variables and nothing else', async () => {
    const { state } = await play('call-activity', start({ subject: 'Sakura', secret: 1 }))

    const call = Object.values(state.tokens).find(({ at }) => at === 'Ask_Directorate')
    expect(call?.variables).to.deep.equal({ question: 'Sakura' })
    expect(call?.called).to.deep.equal({ process: 'callee', version: 1 })

    const blind = await play('call-activity-blind', start({ secret: 1 }))
    expect(resting(blind)).to.include('Peek: incident expression')
  })

  it('tells in which process a token rests', async () => {
    const { graph, state, graphs } = await play('call-activity', start({ subject: 'Sakura' }))

    const find = (id: string) => graphs.find(each => each.id === id) ?? null
    const token = Object.values(state.tokens).find(({ at }) => at === 'Decide')
    const place = placeOf(graph, state, token as NonNullable<typeof token>, find)
    expect([place.graph.id, place.node.id]).to.deep.equal(['callee', 'Decide'])
  })

  it('hands an error of the called process to its boundary event, with the data', async () => {
    const { trace, state } = await play(
      'call-activity-error',
      start(),
      completeUserTask('Decide', { ground: 'no visa' })
    )

    expect(since(trace, 'complete Decide')).to.equal(lines`
      complete Decide
      activate Refused
      throw REFUSED at Refused
      terminate Refused
      terminate Ask_Directorate
      activate Ask_Refused
      complete Ask_Refused
      activate Refuse
      wait Refuse for user
    `)
    expect(state.variables).to.deep.equal({ why: 'no visa' })
  })

  it('calls through several levels and brings the answer back', async () => {
    const { state } = await play(
      'call-activity-nested',
      start(),
      completeUserTask('Decide', { answer: 40 })
    )

    expect(state.status).to.equal('completed')
    expect(state.variables).to.deep.equal({ answer: 41 })
  })

  it('opens the event sub-processes of the called process, and closes them with it', async () => {
    const moves = [start(), trigger('Every_Day')]
    const running = await play('call-activity-events', ...moves)
    expect(running.trace).to.contain('complete Remind')
    expect(Object.values(running.state.subscriptions).map(({ element }) => element)).to.deep.equal([
      'Ask_Late',
      'Every_Day'
    ])

    const ended = await play('call-activity-events', ...moves, completeUserTask('Decide'))
    expect(ended.state.status).to.equal('completed')

    const late = await play('call-activity-events', ...moves, trigger('Ask_Late'))
    expect(resting(late)).to.deep.equal(['Refuse: user'])
    expect(late.state.subscriptions).to.deep.equal({})
  })

  it('refuses to confuse its events with those of the called process', async () => {
    const played = await play(['call-activity-same-ids', 'call-activity-same-ids-called'], start())

    expect(resting(played)).to.deep.equal(['Ask: incident no-process'])
    expect(incidentAt(played, 'Ask')).to.contain('<Late>').and.to.contain('<answers>')
  })

  it('rests with an incident while the process is not deployed', async () => {
    const played = await play('call-activity-same-ids', start())

    expect(resting(played)).to.deep.equal(['Ask: incident no-process'])
    expect(incidentAt(played, 'Ask')).to.contain('<answers>')
  })

  it('rests with an incident when the called process only starts by triggers', async () => {
    const played = await play('call-activity-no-plain-start', start({ subject: 'x' }))
    expect(resting(played)).to.deep.equal(['Ask: incident no-process'])

    const again = await play(
      'call-activity-no-plain-start',
      start({ subject: 'x' }),
      resolveIncident('Ask')
    )
    expect(resting(again), 'its in-mappings still see the caller').to.deep.equal([
      'Ask: incident no-process'
    ])
  })

  it('that could not open all events of the called process begins again as a whole', async () => {
    const stuck = await play('call-activity-working-days', start({ days: 999 }))
    expect(resting(stuck)).to.deep.equal(['Ask: incident no-calendar'])
    expect(stuck.state.subscriptions).to.deep.equal({})

    const mended = await play(
      'call-activity-working-days',
      start({ days: 999 }),
      resolveIncident('Ask', { days: 2 })
    )
    expect(resting(mended)).to.deep.equal(['Ask: children', 'Decide: user'])
    expect(Object.values(mended.state.subscriptions).map(({ element }) => element)).to.deep.equal([
      'Note_Arrived',
      'Too_Late'
    ])
  })

  it('may call itself as deep as it needs', async () => {
    const { state } = await play('call-activity-deep', start({ depth: ENGINE_LIMITS.calls }))

    expect(state.status).to.equal('completed')
    expect(state.variables).to.deep.equal({
      depth: ENGINE_LIMITS.calls,
      answer: ENGINE_LIMITS.calls
    })
  })

  it('that calls itself without end rests with an incident, and can be terminated', async () => {
    const stuck = await play('call-activity-recursion', start())
    const incidents = resting(stuck).filter(each => each.includes('incident'))
    expect(incidents).to.deep.equal(['Ask_Again: incident loop'])
    expect(
      Object.values(stuck.state.tokens).filter(({ called }) => called !== null)
    ).to.have.length(ENGINE_LIMITS.calls)

    const { state } = await play('call-activity-recursion', start(), terminate())
    expect(state.status).to.equal('terminated')
    expect(state.tokens).to.deep.equal({})
  })
})
