import { expect } from 'chai'
import type { Actor, TaskCommand, UserWait } from '../../engine/index.ts'
import {
  completeUserTask,
  lines,
  type Move,
  type Played,
  person,
  play,
  refusalOf,
  since,
  start
} from '../play.ts'

const ani = person('ani', 'status-section')
const budi = person('budi', 'status-section')
const kasi = person('kasi', 'section-head')
const head = person('kepala', 'kakanim')
const deputy: Actor = {
  ...person('dewi', 'counter'),
  deputyFor: [
    { person: 'ani', name: 'ani', roles: ['status-section'], whole: true, processes: null }
  ]
}
const because = 'he is ill'

type Wish = TaskCommand extends infer Each
  ? Each extends { readonly token: string }
    ? Omit<Each, 'token'>
    : never
  : never

/** A command about the one task that waits. */
function task(actor: Actor, wish: Wish): Move {
  return state => {
    const token = Object.values(state?.tokens ?? {}).find(({ wait }) => wait?.for === 'user')
    return { command: { ...wish, token: token?.id ?? 'gone' } as TaskCommand, actor }
  }
}
const claim = (actor: Actor) => task(actor, { type: 'claimTask' })
const unclaim = (actor: Actor, reason = '') => task(actor, { type: 'unclaimTask', reason })
const assign = (actor: Actor, to: Actor, reason = because) =>
  task(actor, { type: 'assignTask', to, reason })
const delegate = (actor: Actor, to: Actor, reason = because) =>
  task(actor, { type: 'delegateTask', to, reason })
const giveBack = (actor: Actor) => task(actor, { type: 'returnTask', reason: 'done my part' })
const prioritize = (actor: Actor, priority: number, reason = because) =>
  task(actor, { type: 'prioritizeTask', priority, reason })

const played = (...moves: readonly Move[]) => play('task-claim', start(), ...moves)
const refused = (...moves: readonly Move[]) => refusalOf(played(...moves))
function waitOf({ state }: Played): UserWait {
  const wait = Object.values(state.tokens)[0]?.wait
  if (wait?.for !== 'user') throw new Error('expected a task')
  return wait
}
const named = ({ id, name }: Actor) => ({ id, name })

describe('a task', () => {
  it('is claimed, and completed by whoever has it', async () => {
    const done = await played(claim(ani), completeUserTask('Check', {}, ani))

    expect(since(done.trace, 'wait Check for user')).to.equal(lines`
      wait Check for user
      claim Check by ani
      complete Check
      activate Approve
      wait Approve for user
    `)
    expect(waitOf(await played(claim(ani))).assignee).to.deep.equal(named(ani))
  })

  it('may be completed without having been claimed', async () => {
    expect((await played(completeUserTask('Check', {}, ani))).state.performers).to.deep.equal({
      TaskClaim: { Check: ['ani'] }
    })
  })

  it('is claimed by one of two, and the other is told who has it', async () => {
    const { code, message } = await refused(claim(ani), claim(budi))
    expect(code).to.equal('claimed')
    expect(message).to.equal('task <Check> is held by ani')
    const completed = await refused(claim(ani), completeUserTask('Check', {}, budi))
    expect(completed.code).to.equal('claimed')
    expect((await refused(claim(ani), claim(ani))).message).to.contain('already')
  })

  it('is claimed only by those who may complete it', async () => {
    expect((await refused(claim(kasi))).code).to.equal('not-allowed')
    const { code, message } = await refused(
      completeUserTask('Check', {}, person('ani', 'status-section', 'section-head')),
      claim(person('ani', 'section-head'))
    )
    expect(code).to.equal('same-person')
    expect(message).to.contain('<Approve>').and.to.contain('<Check>')
  })

  it('is given back by whoever has it, or taken away by a supervisor with a reason', async () => {
    for (const end of [unclaim(ani), unclaim(head, because)]) {
      const free = await played(claim(ani), end, claim(budi))
      expect(waitOf(free).assignee).to.deep.equal(named(budi))
    }
    expect((await refused(claim(ani), unclaim(budi, because))).code).to.equal('not-allowed')
    expect((await refused(claim(ani), unclaim(head))).code).to.equal('invalid-variables')
    expect((await refused(unclaim(ani))).code).to.equal('not-claimed')
  })

  it('is handed out by a supervisor of the unit, also when somebody has it', async () => {
    const given = await played(claim(ani), assign(head, budi))
    expect(waitOf(given).assignee).to.deep.equal(named(budi))
    expect((await refused(assign(head, budi), completeUserTask('Check', {}, ani))).code).to.equal(
      'claimed'
    )
    const done = await played(assign(head, budi), completeUserTask('Check', {}, budi))
    expect(done.state.performers).to.deep.equal({ TaskClaim: { Check: ['budi'] } })
  })

  it('is handed out by nobody else, to nobody else, and never without a reason', async () => {
    expect((await refused(assign(ani, budi))).message).to.contain('supervisor')
    expect((await refused(assign({ ...head, unit: 'kanim-mre' }, budi))).code).to.equal(
      'not-allowed'
    )
    const other = await refused(assign(head, kasi))
    expect(other.code).to.equal('not-allowed')
    expect(other.message).to.contain('<kasi> is not')
    expect((await refused(assign(head, budi, ' '))).code).to.equal('invalid-variables')
    expect((await refused(assign(head, budi), assign(head, budi))).code).to.equal('claimed')
    const both = person('ani', 'status-section', 'section-head')
    expect((await refused(completeUserTask('Check', {}, both), assign(head, both))).code).to.equal(
      'same-person'
    )
  })

  it('is delegated: the delegate completes it, and both had a hand in it', async () => {
    const asked = await played(claim(ani), delegate(ani, budi))
    expect(waitOf(asked)).to.include({ role: 'status-section' })
    expect(waitOf(asked).assignee).to.deep.equal(named(budi))
    expect(waitOf(asked).owner).to.deep.equal(named(ani))

    const done = await played(claim(ani), delegate(ani, budi), completeUserTask('Check', {}, budi))
    expect(done.trace).to.contain('act at Check for ani\ncomplete Check')
    expect(done.state.performers).to.deep.equal({ TaskClaim: { Check: ['ani', 'budi'] } })
    for (const id of ['ani', 'budi']) {
      const both = person(id, 'section-head')
      const { code } = await refused(
        claim(ani),
        delegate(ani, budi),
        completeUserTask('Check', {}, budi),
        completeUserTask('Approve', {}, both)
      )
      expect(code).to.equal('same-person')
    }
  })

  it('that is delegated goes back to its owner, and may not wander on', async () => {
    for (const actor of [ani, budi]) {
      const back = await played(claim(ani), delegate(ani, budi), giveBack(actor))
      expect(waitOf(back).assignee).to.deep.equal(named(ani))
      expect(waitOf(back)).to.not.have.property('owner')
    }
    const cici = person('cici', 'status-section')
    expect(
      (await refused(claim(ani), delegate(ani, budi), delegate(budi, cici))).message
    ).to.contain('returned to ani')
    expect((await refused(claim(ani), delegate(ani, budi), giveBack(cici))).code).to.equal(
      'claimed'
    )
    expect((await refused(claim(ani), delegate(ani, budi), unclaim(budi))).code).to.equal(
      'not-allowed'
    )
    expect((await refused(claim(ani), delegate(budi, cici))).code).to.equal('claimed')
    expect((await refused(delegate(ani, budi))).code).to.equal('not-claimed')
    expect((await refused(claim(ani), giveBack(ani))).code).to.equal('not-claimed')
    expect((await refused(claim(ani), delegate(ani, kasi))).code).to.equal('not-allowed')
    expect((await refused(claim(ani), delegate(ani, ani))).code).to.equal('claimed')
    expect(
      (await refused(claim(ani), delegate(ani, budi), completeUserTask('Check', {}, ani))).code
    ).to.equal('claimed')
  })

  it('gets another priority from a supervisor', async () => {
    expect(waitOf(await played(claim(ani), prioritize(head, 90)))).to.deep.include({
      priority: 90,
      assignee: named(ani)
    })
    expect(waitOf(await played(prioritize(head, 90), prioritize(head, 50)))).to.not.have.property(
      'priority'
    )
    expect((await refused(prioritize(ani, 90))).code).to.equal('not-allowed')
    expect((await refused(prioritize(head, 101))).code).to.equal('invalid-variables')
    expect((await refused(prioritize(head, 90, ''))).code).to.equal('invalid-variables')
  })

  it('that is gone is refused', async () => {
    const token =
      (actor: Actor): Move =>
      () => ({
        command: { type: 'claimTask', token: 't2' },
        actor
      })
    expect((await refused(completeUserTask('Check', {}, ani), token(ani))).code).to.equal(
      'not-waiting'
    )
  })
})

describe('a deputy', () => {
  it('acts on behalf of somebody, and both had a hand in it', async () => {
    const done = await played(completeUserTask('Check', {}, deputy))
    expect(done.events).to.deep.include({
      type: 'actedOnBehalf',
      token: 't2',
      element: 'Check',
      of: [{ id: 'ani', name: 'ani' }]
    })
    expect(done.state.performers).to.deep.equal({ TaskClaim: { Check: ['ani', 'dewi'] } })
    for (const id of ['ani', 'dewi']) {
      const approver = person(id, 'section-head')
      expect((await refused(completeUserTask('Check', {}, deputy), claim(approver))).code).to.equal(
        'same-person'
      )
    }
  })

  it('may not do for somebody what that person may not do', async () => {
    const forAni: Actor = {
      ...person('dewi', 'counter'),
      deputyFor: [
        { person: 'ani', name: 'ani', roles: ['section-head'], whole: true, processes: null },
        { person: 'kasi', name: 'kasi', roles: ['section-head'], whole: true, processes: null }
      ]
    }
    const { code } = await refused(
      completeUserTask('Check', {}, ani),
      completeUserTask('Approve', {}, { ...forAni, deputyFor: forAni.deputyFor?.slice(0, 1) ?? [] })
    )
    expect(code).to.equal('same-person')
    const done = await played(
      completeUserTask('Check', {}, ani),
      completeUserTask('Approve', {}, forAni)
    )
    expect(done.state.performers).to.deep.equal({
      TaskClaim: { Check: ['ani'], Approve: ['kasi', 'dewi'] }
    })
  })

  it('takes over what the absent person has, and nobody else does', async () => {
    const taken = await played(claim(ani), claim(deputy))
    expect(waitOf(taken).assignee).to.deep.equal({ id: 'dewi', name: 'dewi' })
    expect(taken.trace).to.contain('claim Check by dewi')
    const done = await played(claim(ani), completeUserTask('Check', {}, deputy))
    expect(done.state.performers).to.deep.equal({ TaskClaim: { Check: ['ani', 'dewi'] } })
    expect((await refused(claim(budi), completeUserTask('Check', {}, deputy))).code).to.equal(
      'claimed'
    )
    expect(waitOf(await played(claim(ani), unclaim(deputy)))).to.not.have.property('assignee')
  })

  it('acts as themselves where their own role is enough', async () => {
    const colleague = { ...deputy, roles: ['status-section'] }
    const done = await played(completeUserTask('Check', {}, colleague))
    expect(done.state.performers).to.deep.equal({ TaskClaim: { Check: ['dewi'] } })
  })

  it('acts only in the processes and the unit that the deputyship covers', async () => {
    const [of] = deputy.deputyFor ?? []
    const within = (processes: readonly string[]): Actor => ({
      ...deputy,
      deputyFor: of === undefined ? [] : [{ ...of, processes }]
    })
    expect((await played(claim(within(['TaskClaim'])))).state.status).to.equal('running')
    expect((await refused(claim(within(['Other'])))).code).to.equal('not-allowed')
    expect((await refused(claim({ ...deputy, unit: 'kanim-mre' }))).code).to.equal('not-allowed')
  })

  it('of a supervisor supervises', async () => {
    const acting: Actor = {
      ...person('dewi'),
      deputyFor: [
        { person: 'kepala', name: 'Kepala', roles: ['kakanim'], whole: false, processes: null }
      ]
    }
    const given = await played(assign(acting, budi))
    expect(given.events.at(-1)).to.deep.include({
      type: 'taskAssigned',
      onBehalfOf: { id: 'kepala', name: 'Kepala' }
    })
  })
})
