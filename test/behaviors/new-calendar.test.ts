import { expect } from 'chai'
import type { Calendar, UserWait } from '../../engine/index.ts'
import {
  at,
  calendar,
  lines,
  type Move,
  office,
  person,
  play,
  refusalOf,
  send,
  since,
  start,
  system
} from '../play.ts'

const OLD = calendar
const NEW: Calendar = {
  version: 'new',
  years: { ...OLD.years, '2015': { closed: { '2015-12-07': 'Libur daerah' }, sample: true } }
}

/** The calendar of the office changes, and the sweep notices. */
function take(calendar: Calendar, actor = system): Move {
  return () => ({ command: { type: 'takeCalendar' }, actor, office: { ...office, calendar } })
}

function waitAt({ state }: Awaited<ReturnType<typeof play>>, element: string): UserWait {
  const wait = Object.values(state.tokens).find(token => token.at === element)?.wait
  if (wait?.for !== 'user') throw new Error(`expected a task at <${element}>`)
  return wait
}

describe('a new calendar of the office', () => {
  it('moves the due and the follow-up time of an open task, as events', async () => {
    const before = await play('user-task-times', start({ urgency: 50 }))
    expect(waitAt(before, 'Check')).to.include({
      followUpAt: '2015-12-07T02:00:00.000Z',
      dueAt: '2015-12-10T02:00:00.000Z'
    })

    const played = await play('user-task-times', start({ urgency: 50 }), take(NEW))
    expect(waitAt(played, 'Check')).to.deep.include({
      followUpAt: '2015-12-08T02:00:00.000Z',
      dueAt: '2015-12-11T02:00:00.000Z',
      dueBy: { calendar: 'new', from: '2015-12-03T02:00:00.000Z', duration: 'P5D' }
    })
    expect(since(played.trace, 'wait Check for user')).to.equal(lines`
      wait Check for user
      move Check to 2015-12-11T02:00:00.000Z
      move Check to 2015-12-08T02:00:00.000Z
      take calendar new
    `)
  })

  it('changes nothing the second time', async () => {
    const once = await play('user-task-times', start({ urgency: 50 }), take(NEW))
    const twice = await play('user-task-times', start({ urgency: 50 }), take(NEW), take(NEW))
    expect(twice.events).to.deep.equal(once.events)
  })

  it('opens a timer anew, so that the old schedule comes to nothing', async () => {
    const played = await play('catch-timer-working-days', start(), take(NEW))

    expect(
      Object.values(played.state.subscriptions).map(({ id, on }) => ({ id, ...on }))
    ).to.deep.equal([
      {
        id: 's4',
        kind: 'timer',
        dueAt: '2015-12-09T02:00:00.000Z',
        repeats: null,
        cycle: null,
        by: { calendar: 'new', from: '2015-12-03T02:00:00.000Z', duration: 'P3D' }
      }
    ])
    expect(
      played.effects.map(effect => effect.type === 'scheduleTimer' && effect.dueAt)
    ).to.deep.equal(['2015-12-08T02:00:00.000Z', '2015-12-09T02:00:00.000Z'])
  })

  it('leaves a time alone when it does not know the year', async () => {
    const empty: Calendar = { version: 'empty', years: {} }
    const played = await play('user-task-times', start({ urgency: 50 }), take(empty))

    expect(waitAt(played, 'Check').dueAt).to.equal('2015-12-10T02:00:00.000Z')
    expect(since(played.trace, 'take calendar empty')).to.equal('take calendar empty')
  })

  it('leaves what is left of a timer that stood still', async () => {
    const played = await play(
      'catch-timer-working-days',
      start(),
      send({ type: 'suspend', reason: 'server pindah' }),
      at('2015-12-04T02:00:00.000Z', send({ type: 'resume', reason: 'selesai' })),
      take(NEW)
    )
    expect(Object.values(played.state.subscriptions)[0]?.on).to.include({
      dueAt: '2015-12-09T02:00:00.000Z'
    })
  })

  it('is taken by the system and by operators only', async () => {
    const refused = play(
      'user-task-times',
      start({ urgency: 50 }),
      take(NEW, person('ani', 'counter'))
    )
    expect((await refusalOf(refused)).code).to.equal('not-allowed')
  })
})
