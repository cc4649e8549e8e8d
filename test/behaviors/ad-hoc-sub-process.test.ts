import { expect } from 'chai'
import {
  completeUserTask,
  endSelection,
  incidentAt,
  lines,
  person,
  play,
  refusalOf,
  resolveIncident,
  resting,
  since,
  start,
  startActivity,
  trigger
} from '../play.ts'

const budi = person('budi', 'counter')
const complete = (task: string, variables = {}) => completeUserTask(task, variables, budi)

describe('ad-hoc sub-process', () => {
  it('starts nothing by itself', async () => {
    const played = await play('ad-hoc-parallel', start())

    expect(resting(played)).to.deep.equal(['Examine: selection'])
  })

  it('lets people start an activity as often as they like, side by side', async () => {
    const played = await play(
      'ad-hoc-parallel',
      start(),
      startActivity('Examine', 'Visit'),
      startActivity('Examine', 'Call_Guarantor'),
      startActivity('Examine', 'Visit')
    )

    expect(resting(played)).to.deep.equal([
      'Examine: selection',
      'Visit: user',
      'Call_Guarantor: user',
      'Visit: user'
    ])
  })

  it('goes on by itself along a sequence flow', async () => {
    const { trace } = await play(
      'ad-hoc-parallel',
      start(),
      startActivity('Examine', 'Visit'),
      complete('Visit')
    )

    expect(since(trace, 'complete Visit')).to.equal(lines`
      complete Visit
      activate Report
      complete Report
    `)
  })

  it('is over when a person says so, and what still runs ends', async () => {
    const { trace } = await play(
      'ad-hoc-parallel',
      start(),
      startActivity('Examine', 'Visit'),
      endSelection('Examine')
    )

    expect(since(trace, 'terminate Visit')).to.equal(lines`
      terminate Visit
      wait Examine for children
      complete Examine
      activate Done
      complete Done
      complete instance
    `)
  })

  it('that is sequential lets nothing be started while something runs', async () => {
    const refusal = await refusalOf(
      play(
        'ad-hoc-sequential',
        start(),
        startActivity('Examine', 'Visit'),
        startActivity('Examine', 'Call_Guarantor')
      )
    )
    expect(refusal).to.include({ code: 'not-waiting' })
    expect(refusal.message).to.contain('<Visit> does')

    const played = await play(
      'ad-hoc-sequential',
      start(),
      startActivity('Examine', 'Visit'),
      complete('Visit'),
      startActivity('Examine', 'Call_Guarantor')
    )
    expect(resting(played)).to.deep.equal(['Examine: selection', 'Call_Guarantor: user'])
  })

  it('is over when its condition holds after an activity, and not before', async () => {
    const moves = [
      start({ enough: false }),
      startActivity('Examine', 'Call_Guarantor'),
      startActivity('Examine', 'Visit'),
      complete('Call_Guarantor', { enough: true })
    ]
    const { trace, state } = await play('ad-hoc-condition', ...moves)

    expect(trace).to.contain('complete Call_Guarantor\nterminate Visit\n')
    expect(state.status).to.equal('completed')

    const early = await play('ad-hoc-condition', start({ enough: true }))
    expect(resting(early)).to.deep.equal(['Examine: selection'])
  })

  it('waits for what still runs when it does not cancel it', async () => {
    const moves = [
      start({ enough: false }),
      startActivity('Examine', 'Call_Guarantor'),
      startActivity('Examine', 'Visit'),
      complete('Call_Guarantor', { enough: true })
    ]
    const before = await play('ad-hoc-keeps-the-rest', ...moves)
    expect(resting(before)).to.deep.equal(['Examine: children', 'Visit: user'])

    const { state } = await play('ad-hoc-keeps-the-rest', ...moves, complete('Visit'))
    expect(state.status).to.equal('completed')
  })

  it('starts what its diagram chooses', async () => {
    const played = await play(
      'ad-hoc-activate',
      start({ chosen: ['Visit', 'Call_Guarantor'], enough: false })
    )

    expect(resting(played)).to.deep.equal([
      'Examine: selection',
      'Visit: user',
      'Call_Guarantor: user'
    ])
  })

  it('rests with an incident when what is chosen cannot be started', async () => {
    const played = await play('ad-hoc-activate', start({ chosen: ['Report'], enough: false }))

    expect(incidentAt(played, 'Examine')).to.contain('expected ids among Call_Guarantor, Visit')
    const mended = await play(
      'ad-hoc-activate',
      start({ chosen: ['Report'], enough: false }),
      resolveIncident('Examine', { chosen: ['Visit'] })
    )
    expect(resting(mended)).to.deep.equal(['Examine: selection', 'Visit: user'])
  })

  it('asks again when the incident of its condition is resolved', async () => {
    const moves = [
      start({ enough: 1 }),
      startActivity('Examine', 'Visit'),
      startActivity('Examine', 'Call_Guarantor'),
      complete('Call_Guarantor')
    ]
    const played = await play('ad-hoc-condition', ...moves)
    expect(incidentAt(played, 'Examine')).to.contain('expected true or false, found 1')

    const goesOn = await play(
      'ad-hoc-condition',
      ...moves,
      resolveIncident('Examine', { enough: false })
    )
    expect(resting(goesOn)).to.deep.equal(['Examine: selection', 'Visit: user'])

    const { state } = await play(
      'ad-hoc-condition',
      ...moves,
      resolveIncident('Examine', { enough: true })
    )
    expect(state.status).to.equal('completed')
  })

  it('is for those of its role', async () => {
    const stranger = person('dewi', 'records')
    const refusal = await refusalOf(
      play('ad-hoc-parallel', start(), startActivity('Examine', 'Visit', {}, stranger))
    )
    expect(refusal).to.include({ code: 'not-allowed' })

    const ending = await refusalOf(
      play('ad-hoc-parallel', start(), endSelection('Examine', stranger))
    )
    expect(ending).to.include({ code: 'not-allowed' })
  })

  it('refuses what nobody may start, and an end that its condition decides', async () => {
    const unknown = await refusalOf(
      play('ad-hoc-parallel', start(), startActivity('Examine', 'Report'))
    )
    expect(unknown).to.include({ code: 'unknown-element' })

    const ended = await refusalOf(
      play('ad-hoc-condition', start({ enough: false }), endSelection('Examine'))
    )
    expect(ended).to.include({ code: 'not-allowed' })
  })

  it('is over with the event sub-process that interrupts it, and nothing can be started meanwhile', async () => {
    const moves = [start(), startActivity('Examine', 'Visit'), trigger('Withdrawn')]
    const played = await play('ad-hoc-interrupted', ...moves)
    expect(resting(played)).to.deep.equal([
      'Examine: children',
      'On_Withdrawal: children',
      'File: user'
    ])

    const { trace } = await play('ad-hoc-interrupted', ...moves, complete('File'))
    expect(since(trace, 'complete On_Withdrawal')).to.equal(lines`
      complete On_Withdrawal
      complete Examine
      activate Done
      complete Done
      complete instance
    `)
  })

  it('that is sequential activates one activity at the beginning, not several', async () => {
    const one = await play('ad-hoc-sequential-activate', start({ first: ['Visit'] }))
    expect(resting(one)).to.deep.equal(['Examine: selection', 'Visit: user'])

    const both = ['Visit', 'Call_Guarantor']
    const two = await play('ad-hoc-sequential-activate', start({ first: both }))
    expect(incidentAt(two, 'Examine')).to.contain(
      'expected one, as they are done one after another'
    )
  })
})
