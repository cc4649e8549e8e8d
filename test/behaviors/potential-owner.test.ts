import { expect } from 'chai'
import type { UserWait } from '../../engine/index.ts'
import {
  completeUserTask,
  incidentAt,
  type Move,
  type Played,
  person,
  play,
  refusalOf,
  resolveIncident,
  resting,
  start
} from '../play.ts'

function waitAt({ state }: Played, element: string): UserWait {
  const wait = Object.values(state.tokens).find(({ at }) => at === element)?.wait
  if (wait?.for !== 'user') throw new Error(`expected <${element}> to wait for a person`)
  return wait
}

describe('potential owner', () => {
  const began = start({ reviewers: ['ani', 'status-section'] })
  const refused = (...moves: readonly Move[]) =>
    refusalOf(play('user-task-owners', began, ...moves))

  it('names persons and roles in place of the role of the lane', async () => {
    const played = await play('user-task-owners', began)

    expect(waitAt(played, 'Check')).to.deep.equal({
      for: 'user',
      role: null,
      unit: 'kanim-tju',
      since: '2015-12-03T02:00:00.000Z',
      dueAt: null,
      owners: ['ani', 'status-section']
    })
    for (const actor of [person('ani'), person('dewi', 'status-section')]) {
      const done = await play('user-task-owners', began, completeUserTask('Check', {}, actor))
      expect(resting(done)).to.deep.equal(['Decide: user'])
    }
  })

  it('refuses everybody else, also who has the role of the lane', async () => {
    const { code, message } = await refused(
      completeUserTask('Check', {}, person('budi', 'counter'))
    )
    expect(code).to.equal('not-allowed')
    expect(message).to.contain('<ani>, <status-section>').and.to.contain('<Check>')
  })

  it('is of the unit of the task, wherever the name comes from', async () => {
    const elsewhere = { ...person('ani'), unit: 'kanim-mre' }
    expect((await refused(completeUserTask('Check', {}, elsewhere))).code).to.equal('not-allowed')
  })

  it('is a human performer, a resource, or the parameters of one', async () => {
    const moves = [
      completeUserTask('Check', {}, person('ani')),
      completeUserTask('Decide', {}, person('ani')),
      completeUserTask('Sign', {}, person('kasi', 'section-head')),
      completeUserTask('File', {}, person('oka'))
    ]
    const names = async (element: string, done: number) =>
      waitAt(await play('user-task-owners', began, ...moves.slice(0, done)), element).owners

    expect(await names('Decide', 1)).to.deep.equal(['ani'])
    expect(await names('Sign', 2)).to.deep.equal(['section-head'])
    expect(await names('File', 3)).to.deep.equal(['records', 'oka'])
    expect((await play('user-task-owners', began, ...moves)).state.status).to.equal('completed')
    expect(
      (await refused(moves[0] as Move, completeUserTask('Decide', {}, person('budi', 'counter'))))
        .code
    ).to.equal('not-allowed')
  })

  it('that is nobody, or no name, is an incident', async () => {
    for (const reviewers of [null, [], [7]]) {
      const stuck = await play('user-task-owners', start({ reviewers }))
      expect(resting(stuck)).to.deep.equal(['Check: incident expression'])
      expect(incidentAt(stuck, 'Check')).to.contain('potential owners of <Check>')
    }
    const mended = await play(
      'user-task-owners',
      start({ reviewers: null }),
      resolveIncident('Check', { reviewers: 'ani' })
    )
    expect(waitAt(mended, 'Check').owners).to.deep.equal(['ani'])
  })
})

describe('the priority and the follow-up time of a task', () => {
  it('are what the diagram says, in working days where it says so', async () => {
    const first = await play('user-task-times', start({ urgency: 80, deadline: '2015-12-24' }))
    expect(waitAt(first, 'Check')).to.deep.equal({
      for: 'user',
      role: null,
      unit: 'kanim-tju',
      since: '2015-12-03T02:00:00.000Z',
      dueAt: '2015-12-10T02:00:00.000Z',
      dueBy: { calendar: 'test', from: '2015-12-03T02:00:00.000Z', duration: 'P5D' },
      followUpAt: '2015-12-07T02:00:00.000Z',
      followUpBy: { calendar: 'test', from: '2015-12-03T02:00:00.000Z', duration: 'P2D' },
      priority: 80
    })

    const second = await play(
      'user-task-times',
      start({ urgency: null, deadline: '2015-12-24' }),
      completeUserTask('Check')
    )
    expect(waitAt(second, 'Copy')).to.include({
      priority: 20,
      followUpAt: '2015-12-23T17:00:00.000Z'
    })
  })

  it('are 50 and none when nothing is said, and are not written down then', async () => {
    const played = await play('user-task-times', start({ urgency: null, deadline: null }))
    expect(waitAt(played, 'Check')).to.not.have.property('priority')
    expect(waitAt(await play('task-claim', start()), 'Check')).to.not.have.property('followUpAt')
  })

  it('that cannot be are an incident', async () => {
    for (const urgency of [101, -1, 'high']) {
      const stuck = await play('user-task-times', start({ urgency }))
      expect(incidentAt(stuck, 'Check')).to.contain('expected a number from 0 to 100')
    }
    const later = await play(
      'user-task-times',
      start({ urgency: 1, deadline: 3 }),
      completeUserTask('Check')
    )
    expect(incidentAt(later, 'Copy')).to.contain('follow-up time of <Copy>')
  })
})
