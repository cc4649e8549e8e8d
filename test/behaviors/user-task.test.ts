import { expect } from 'chai'
import type { Wait } from '../../engine/index.ts'
import {
  by,
  completeUserTask,
  incidentAt,
  lines,
  person,
  play,
  refusalOf,
  resolveIncident,
  resting,
  send,
  start
} from '../play.ts'

const officer = person('ani', 'status-section')
const head = { ...person('kadiv', 'kadiv'), unit: 'kanwil-kepri' }
const director = { ...person('dirjen', 'dirjen'), unit: 'ditjen-imigrasi' }

function waitOf({ state }: Awaited<ReturnType<typeof play>>, element: string): Wait | null {
  return Object.values(state.tokens).find(({ at }) => at === element)?.wait ?? null
}

describe('user task', () => {
  it('waits for a person and takes over the form', async () => {
    const { trace, state } = await play(
      'start-none',
      start(),
      completeUserTask('Check', { complete: true })
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
    expect(state.variables).to.deep.equal({ complete: true })
    expect(state.performers).to.deep.equal({ StartNone: { Check: ['budi'] } })
  })

  it('is given to the role of its lane, in the unit of its level', async () => {
    const first = await play('user-task', start())
    expect(waitOf(first, 'Check')).to.deep.equal({
      for: 'user',
      role: 'status-section',
      unit: 'kanim-tju',
      since: '2015-12-03T02:00:00.000Z',
      dueAt: '2015-12-08T02:00:00.000Z',
      dueBy: { calendar: 'test', from: '2015-12-03T02:00:00.000Z', duration: 'P3D' }
    })

    const second = await play('user-task', start(), completeUserTask('Check', {}, officer))
    expect(waitOf(second, 'Approve')).to.include({
      role: 'kadiv',
      unit: 'kanwil-kepri',
      dueAt: '2015-12-02T17:00:00.000Z'
    })

    const third = await play(
      'user-task',
      start(),
      completeUserTask('Check', {}, officer),
      completeUserTask('Approve', {}, head)
    )
    expect(waitOf(third, 'Confirm')).to.include({
      role: 'dirjen',
      unit: 'ditjen-imigrasi',
      dueAt: null
    })
  })

  it('may state its own role and level', async () => {
    const played = await play(
      'user-task',
      start(),
      completeUserTask('Check', {}, officer),
      completeUserTask('Approve', {}, head),
      completeUserTask('Confirm', {}, director)
    )

    expect(waitOf(played, 'Copy')).to.include({
      role: 'clerk',
      unit: 'kanwil-kepri',
      dueAt: '2016-01-03T02:00:00.000Z'
    })
  })

  it('refuses another role', async () => {
    const { code, message } = await refusalOf(
      play('user-task', start(), completeUserTask('Check', {}, person('ani', 'counter')))
    )

    expect(code).to.equal('not-allowed')
    expect(message).to.contain('<Check>').and.to.contain('<status-section>')
  })

  it('refuses another office, the level above, and a machine', async () => {
    const neighbour = { ...officer, unit: 'kanim-bgl' }
    const above = { ...officer, unit: 'kanwil-kepri' }
    const machine = { ...officer, kind: 'system' as const }

    for (const actor of [neighbour, above, machine]) {
      const { code } = await refusalOf(
        play('user-task', start(), completeUserTask('Check', {}, actor))
      )
      expect(code).to.equal('not-allowed')
    }
  })

  it('is completed once', async () => {
    const complete = by(officer, send({ type: 'completeUserTask', token: 't2', variables: {} }))
    const { code, message } = await refusalOf(play('user-task', start(), complete, complete))

    expect(code).to.equal('not-waiting')
    expect(message).to.contain('<t2>').and.to.contain('it is gone')
  })

  it('refuses a token that is unknown, or waits for something else', async () => {
    const unknown = send({ type: 'completeUserTask', token: 't99', variables: {} }, person('ani'))
    expect((await refusalOf(play('start-none', start(), unknown))).code).to.equal('not-waiting')

    const job = send({ type: 'completeUserTask', token: 't2', variables: {} }, person('ani'))
    const { message } = await refusalOf(play('service-task-error', start(), job))
    expect(message).to.contain('it waits for job')
  })

  it('refuses who performed another task of the case', async () => {
    const ani = person('ani')
    const budi = person('budi')
    const cici = person('cici')
    const drafted = [
      start(),
      completeUserTask('Draft', {}, ani),
      completeUserTask('Sign', {}, budi)
    ]

    for (const actor of [ani, budi]) {
      const { code, message } = await refusalOf(
        play('user-task-not-same-as', ...drafted, completeUserTask('Approve', {}, actor))
      )
      expect(code).to.equal('same-person')
      expect(message).to.contain('<Approve>')
    }
    const { state } = await play(
      'user-task-not-same-as',
      ...drafted,
      completeUserTask('Approve', {}, cici)
    )
    expect(state.status).to.equal('completed')
    expect(state.performers).to.deep.equal({
      UserTaskNotSameAs: { Draft: ['ani'], Sign: ['budi'], Approve: ['cici'] }
    })
  })

  it('sees its in-mappings and gives its out-mappings, nothing else', async () => {
    const { state } = await play(
      'user-task-data',
      start({ applicant: { name: 'Sakura' } }),
      completeUserTask('Assess', { points: 4, remark: 'lost' })
    )

    expect(state.variables).to.deep.equal({
      applicant: { name: 'Sakura' },
      assessment: { score: 8, by: 'Sakura' }
    })
  })

  describe('due time', () => {
    it('is a date, or a duration of working days, as FEEL says', async () => {
      const date = await play('user-task-due', start({ deadline: '2015-12-24' }))
      expect(waitOf(date, 'Check')).to.include({ dueAt: '2015-12-23T17:00:00.000Z' })

      const moment = await play('user-task-due', start({ deadline: '2015-12-24T15:00:00' }))
      expect(waitOf(moment, 'Check')).to.include({ dueAt: '2015-12-24T08:00:00.000Z' })

      const days = await play('user-task-due', start({ deadline: 'P17D' }))
      expect(waitOf(days, 'Check')).to.include({ dueAt: '2015-12-29T02:00:00.000Z' })

      const none = await play('user-task-due', start({ deadline: null }))
      expect(waitOf(none, 'Check')).to.include({ dueAt: null })
    })

    it('that cannot be reckoned is an incident, and the task is given once it can', async () => {
      const stuck = await play('user-task-due', start({ deadline: 3 }))
      expect(resting(stuck)).to.deep.equal(['Check: incident expression'])
      expect(incidentAt(stuck, 'Check')).to.contain('due time of <Check>').and.to.contain('found 3')

      const mended = await play(
        'user-task-due',
        start({ deadline: 3 }),
        resolveIncident('Check', { deadline: 'P3D' })
      )
      expect(resting(mended)).to.deep.equal(['Check: user'])
    })

    it('in a year without a calendar is an incident that names the year', async () => {
      const played = await play('user-task-due', start({ deadline: 'P300D' }))

      expect(resting(played)).to.deep.equal(['Check: incident no-calendar'])
      expect(incidentAt(played, 'Check')).to.contain('<2017>')
    })
  })
})
