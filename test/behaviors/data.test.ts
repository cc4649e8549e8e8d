import { expect } from 'chai'
import { typesOf } from '../../engine/data-types.ts'
import {
  completeJob,
  completeUserTask,
  incidentAt,
  lines,
  load,
  play,
  refusalOf,
  resolveIncident,
  resting,
  since,
  start,
  trigger
} from '../play.ts'

describe('properties and data objects', () => {
  it('have no value at first and are gone with their owner', async () => {
    const played = await play('data-declared', start(), completeUserTask('Read'))

    // the second time around nothing is left of the first
    expect(played.state.variables).to.deep.equal({ round: 2, kept: [null, null] })
    const [inside] = Object.values(played.state.tokens).filter(({ at }) => at === 'Examine')
    expect(inside?.variables).to.deep.equal({ note: null, draft: ['first line', 'second line'] })

    const { state } = await play(
      'data-declared',
      start(),
      completeUserTask('Read'),
      completeUserTask('Read')
    )
    expect(state.status).to.equal('completed')
    expect(state.variables).to.deep.equal({ round: 2, kept: [null, null] })
  })

  it('of the process may be given when it starts', async () => {
    const { state } = await play('data-declared', start({ round: 7 }))

    expect(state.variables.round).to.equal(8)
  })

  it('of a task stay with it', async () => {
    const { state } = await play(
      'data-property-of-task',
      start({ remark: 'of the case' }),
      completeUserTask('Check', { remark: 'of the task', result: 'fine' })
    )

    expect(state.variables).to.deep.equal({ remark: 'of the case', result: 'fine' })
  })

  it('say their types', async () => {
    const [graph] = await load('data-declared')
    const types = typesOf(graph!).map(({ name, scope, type, collection }) => [
      name,
      scope,
      type,
      collection
    ])

    expect(types).to.deep.equal([
      ['round', null, 'number', false],
      ['kept', null, null, false],
      ['note', 'Examine', null, false],
      ['draft', 'Examine', null, true],
      ['length', 'Write', null, false]
    ])
  })
})

describe('data stores', () => {
  it('are read under a key before an activity, and written when it completes', async () => {
    const played = await play(
      'data-store',
      start({ passport: 'A1' }),
      completeJob('Count', { after: 5 })
    )

    expect(played.effects[0]).to.deep.include({ input: { before: null } })
    expect(played.dataStores).to.deep.equal({ permits: { A1: { visits: 5 } }, watch: { '': 5 } })
    expect(since(played.trace, 'complete Count')).to.equal(lines`
      complete Count
      activate Look
      wait Look for user
    `)
    expect(played.trace).to.contain('store permits at Count\nstore watch at Count\ncomplete Count')
    const stored = played.events.filter(({ type }) => type === 'dataStored')
    expect(stored.map(event => event.type === 'dataStored' && event.unit)).to.deep.equal([
      'kanim-tju',
      'ditjen-imigrasi'
    ])
    const look = Object.values(played.state.tokens).find(({ at }) => at === 'Look')
    expect(look?.variables).to.deep.equal({ entry: { visits: 5 } })
  })

  it('that are full are an incident, and nothing is written', async () => {
    const moves = [
      start({ file: 'F1', other: 'F2' }),
      completeUserTask('First', { place: 'left' }),
      completeUserTask('Second', { place: 'right' })
    ]
    const full = await play('data-store-full', ...moves)

    expect(incidentAt(full, 'Second')).to.equal(
      '<Second> writes to data store <shelf> of <kanim-tju>, which is full: it takes 1 entries'
    )
    expect(full.dataStores).to.deep.equal({ shelf: { F1: 'left' } })

    const mended = await play(
      'data-store-full',
      ...moves,
      resolveIncident('Second', { place: 'right', other: 'F1' })
    )
    expect(mended.dataStores).to.deep.equal({ shelf: { F1: 'right' } })
    expect(mended.state.status).to.equal('completed')
  })
})

describe('input sets', () => {
  it('are waited for, and begin their activity as soon as one is whole', async () => {
    const waiting = await play(
      'data-sets',
      start(),
      completeUserTask('Hand_In', { passport: 'A1' })
    )
    expect(resting(waiting)).to.include('Print: data')
    const print = Object.values(waiting.state.tokens).find(({ at }) => at === 'Print')
    expect(print?.wait).to.deep.equal({ for: 'data', missing: ['passport_in', 'photo_in'] })

    const begun = await play(
      'data-sets',
      start(),
      completeUserTask('Hand_In', { passport: 'A1' }),
      completeUserTask('Photograph', { photo: 'P1' })
    )
    expect(since(begun.trace, 'complete Photograph')).to.equal(lines`
      complete Photograph
      wait Print for job
    `)
    expect(begun.effects.at(-1)).to.deep.include({
      input: { passport_in: 'A1', photo_in: 'P1', seal_in: null }
    })
  })

  it('are tried in their order, and another one will do', async () => {
    const { trace } = await play('data-sets', start(), completeUserTask('Hand_In', { seal: 'S' }))

    expect(since(trace, 'complete Hand_In')).to.equal(lines`
      complete Hand_In
      wait Print for job
    `)
  })

  it('are not waited for when an event on the boundary is faster', async () => {
    const { trace } = await play('data-sets', start(), trigger('Late'))

    expect(since(trace, 'terminate Print')).to.equal(lines`
      terminate Print
      activate Late
      complete Late
      activate Given_Up
      complete Given_Up
    `)
  })

  it('that nothing is left to bring are an incident', async () => {
    const moves = [
      start(),
      completeUserTask('Hand_In', { passport: 'A1' }),
      completeUserTask('Photograph')
    ]
    // the event on the boundary may still end the waiting
    expect(resting(await play('data-sets', ...moves))).to.deep.equal(['Print: data'])

    const stuck = await play('data-starved', start())
    expect(incidentAt(stuck, 'Print')).to.equal(
      '<Print> waits for data that nothing is left to bring: <passport_in>'
    )
    const mended = await play('data-starved', start(), resolveIncident('Print', { passport: 'A1' }))
    expect(resting(mended)).to.deep.equal(['Print: job'])
  })

  it('follow their sources while the activity runs, where they say so', async () => {
    const watched = await play(
      'data-while-executing',
      start({ queue: [1] }),
      completeUserTask('Add', { queue: [1, 2] })
    )

    const watch = Object.values(watched.state.tokens).find(({ at }) => at === 'Watch')
    expect(watch?.variables).to.deep.equal({ waiting: 2 })
  })

  it('that can no longer be read leave an input as it was', async () => {
    const { state } = await play(
      'data-while-executing',
      start({ queue: [1] }),
      completeUserTask('Add', { queue: 'gone' })
    )

    const watch = Object.values(state.tokens).find(({ at }) => at === 'Watch')
    expect(watch?.variables).to.deep.equal({ waiting: 1 })
  })

  it('hold a multi-instance activity back until its list is there', async () => {
    const waiting = await play('data-of-loop', start())
    expect(resting(waiting)).to.have.members(['Greet: data', 'Invite: user'])

    const { state } = await play(
      'data-of-loop',
      start(),
      completeUserTask('Invite', { guests: ['Siti', 'Ken'] }),
      completeJob('Greet', { words: 'Halo' }),
      completeJob('Greet', { words: 'Hi' })
    )
    expect(state.status).to.equal('completed')
    expect(state.variables).to.deep.equal({ guests: ['Siti', 'Ken'], greetings: ['Halo', 'Hi'] })
  })
})

describe('output sets', () => {
  it('are asked for at the end of an activity, one of them', async () => {
    const { state } = await play(
      'data-output-sets',
      start(),
      completeUserTask('Decide', { refusal: 'no' })
    )

    expect(state.variables).to.deep.equal({ result: 'no' })
    expect(state.status).to.equal('completed')
  })

  it('of which none is whole are an incident that can be mended', async () => {
    const moves = [start(), completeUserTask('Decide', { other: 1 })]
    const stuck = await play('data-output-sets', ...moves)
    expect(resting(stuck)).to.deep.equal(['Decide: incident data'])
    expect(incidentAt(stuck, 'Decide')).to.equal(
      '<Decide> ends without its data: expected a value of <grant>'
    )

    const { state } = await play(
      'data-output-sets',
      ...moves,
      resolveIncident('Decide', { grant: 'yes' })
    )
    expect(state.variables).to.deep.equal({ result: 'yes' })
    expect(state.status).to.equal('completed')
  })
})

describe('data associations', () => {
  it('transform several sources, and assign parts', async () => {
    const { effects, state } = await play(
      'data-transformation',
      start({ given: 'Siti', family: 'Aminah' }),
      completeJob('Compose', { text: 'Dear' })
    )

    expect(effects[0]).to.deep.include({
      input: {
        fullName: 'Siti Aminah',
        address: { city: 'Tanjung Uban', office: 'kanim-tju' }
      }
    })
    expect(state.variables.letter).to.deep.equal({ text: 'Dear', length: 4 })
  })

  it('are not carried out while a source has no value', async () => {
    const { effects } = await play('data-transformation', start({ given: 'Siti' }))

    expect(effects[0]).to.deep.include({
      input: { fullName: null, address: { city: 'Tanjung Uban', office: 'kanim-tju' } }
    })
  })

  it('of events carry what is thrown, and all that was caught', async () => {
    const { effects, state } = await play(
      'data-of-events',
      start({ question: 'when?' }),
      trigger('Answered', { day: 'Monday', hour: 9 })
    )

    expect(effects[0]).to.deep.include({ variables: { asked: 'when?' } })
    expect(state.variables).to.deep.equal({
      question: 'when?',
      reply: { day: 'Monday', hour: 9 }
    })
  })
})

describe('data of a process', () => {
  it('is asked for when it starts', async () => {
    const refusal = await refusalOf(play('data-of-process', start({ remark: 'x' })))

    expect(refusal.code).to.equal('invalid-variables')
    expect(refusal.problems.map(({ path }) => path)).to.deep.equal(['/applicant'])
  })

  it('is asked for when it ends', async () => {
    const moves = [start({ applicant: 'Siti' }), completeUserTask('Grant')]
    const stuck = await play('data-of-process', ...moves)
    expect(incidentAt(stuck, 'Done')).to.equal(
      'process <DataOfProcess> ends without its data: expected a value of <permit>'
    )

    const { state } = await play(
      'data-of-process',
      ...moves,
      resolveIncident('Done', { permit: 'P1' })
    )
    expect(state.status).to.equal('completed')
    expect(state.variables).to.deep.equal({ applicant: 'Siti', remark: null, permit: 'P1' })
  })

  it('is asked for when it is called, and handed back', async () => {
    const diagrams = ['data-of-called', 'data-of-process']
    const stuck = await play(diagrams, start({ person: {} }))
    expect(incidentAt(stuck, 'Call')).to.equal(
      'process <DataOfProcess> is called without its data: expected a value of <applicant>'
    )

    const { state } = await play(
      diagrams,
      start({ person: {} }),
      resolveIncident('Call', { person: { name: 'Siti' } }),
      completeUserTask('Grant', { permit: 'P1' })
    )
    expect(state.status).to.equal('completed')
    expect(state.variables.granted).to.equal('P1')
  })
})
