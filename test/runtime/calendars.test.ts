import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { historyLines } from '../../api/history.ts'
import { COUNTER, openHouse, replays, tokenAt } from './house.ts'

const PROCESSES = fileURLToPath(new URL('calendar-processes', import.meta.url))
/** A Tuesday. */
const NOW = '2015-12-01T02:00:00.000Z'

describe('a calendar that changes while cases are open', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alur-calendars-'))
  after(() => rmSync(folder, { recursive: true }))

  const open = (file: string, holidays: Readonly<Record<string, string>>, now = NOW) =>
    openHouse({
      file: join(folder, file),
      processes: PROCESSES,
      services: ['review'],
      holidays,
      clock: { now: () => now, settable: null }
    })
  const review = { process: 'review', office: 'kanim-tju', variables: {}, by: COUNTER }

  it('moves due dates and timers, once, and says so in the history', async () => {
    const before = await open('moved.db', {})
    const { id } = await before.runtime.start(review)
    const [task] = (await before.store.taskList(COUNTERS)).rows
    expect(task?.dueAt).to.equal('2015-12-04T02:00:00.000Z')
    await before.close()

    const after = await open('moved.db', { '2015-12-03': 'Hari pemungutan suara' })
    const moved = (await after.store.taskList(COUNTERS)).rows[0]
    expect(moved?.dueAt).to.equal('2015-12-07T02:00:00.000Z')
    const state = await after.store.load(id)
    expect(Object.values(state!.subscriptions).map(({ on }) => on)).to.deep.include.members([
      {
        kind: 'timer',
        dueAt: '2015-12-08T02:00:00.000Z',
        repeats: null,
        cycle: null,
        by: {
          calendar: after.rulebook.office('kanim-tju', NOW).calendar.version,
          from: NOW,
          duration: 'P4D'
        }
      }
    ])
    const history = await after.store.history(id)
    expect(history.at(-1)?.by.id).to.equal('system')
    expect(
      history
        .at(-1)
        ?.events.flatMap(event =>
          event.type === 'dueDateMoved' ? [[event.of, event.element, event.from, event.to]] : []
        )
    ).to.deep.equal([
      ['due', 'Read', '2015-12-04T02:00:00.000Z', '2015-12-07T02:00:00.000Z'],
      ['timer', 'Too_Late', '2015-12-07T02:00:00.000Z', '2015-12-08T02:00:00.000Z']
    ])
    const words = { label: (id: string) => ({ id, en: id }), citation: () => '' }
    const texts = historyLines(history, [], after.library.find, words, 'Asia/Jakarta').map(
      ({ text }) => text
    )
    expect(texts).to.deep.include({
      id: 'Kalender kantor berubah; tenggat Telaah: 4 Desember 2015 pukul 09.00 → 7 Desember 2015 pukul 09.00',
      en: 'Calendar of the office changed; due date of Telaah: 4 December 2015 at 09:00 → 7 December 2015 at 09:00'
    })

    await after.runtime.sweep()
    expect(await after.store.history(id), 'a second sweep').to.have.length(history.length)
    expect(await replays(after.store, id)).to.equal(true)
    await after.close()
  })

  it('lets a timer go off when the new calendar says, not when the old one did', async () => {
    const before = await open('timer.db', {})
    const { id } = await before.runtime.start(review)
    await before.close()

    const holiday = { '2015-12-03': 'Hari pemungutan suara' }
    const monday = await open('timer.db', holiday, '2015-12-07T03:00:00.000Z')
    await monday.runtime.sweep()
    expect(tokenAt((await monday.store.load(id))!, 'Read')).to.equal('t2')
    await monday.close()

    const tuesday = await open('timer.db', holiday, '2015-12-08T03:00:00.000Z')
    for (let tries = 0; tries < 50; tries++) {
      if ((await tuesday.store.load(id))?.status === 'completed') break
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    expect((await tuesday.store.load(id))?.status).to.equal('completed')
    expect(tuesday.errors).to.deep.equal([])
    await tuesday.close()
  })

  it('moves what an office publishes while the system runs, and no case of another office', async () => {
    const house = await open('published.db', {})
    const { id } = await house.runtime.start(review)
    const other = await house.runtime.start({
      ...review,
      office: 'kanim-btm',
      by: { ...COUNTER, unit: 'kanim-btm' }
    })
    await house.rulebook.enact(
      {
        scope: 'kanim-tju',
        edits: [
          {
            kind: 'calendar',
            closed: { '2015-12-03': 'Kantor pindah' },
            opened: [],
            cites: [{ instrument: 'uu-6-2011', pin: null }],
            reason: { id: 'Kantor pindah', en: 'The office moves' }
          }
        ],
        changeSet: 'cs-1',
        by: 'kakanim.tju',
        at: NOW
      },
      async () => undefined
    )
    await house.runtime.sweep()

    const due = async (instance: string) =>
      Object.values((await house.store.load(instance))?.tokens ?? {}).map(({ wait }) =>
        wait?.for === 'user' ? wait.dueAt : null
      )
    expect(await due(id)).to.deep.equal(['2015-12-07T02:00:00.000Z'])
    expect(await due(other.id)).to.deep.equal(['2015-12-04T02:00:00.000Z'])
    expect(await house.store.history(other.id)).to.have.length(1)
    await house.close()
  })

  it('only notes the new calendar when no time moves', async () => {
    const before = await open('noted.db', {})
    const { id } = await before.runtime.start(review)
    await before.close()

    const after = await open('noted.db', { '2015-12-30': 'Cuti' })
    const history = await after.store.history(id)
    const { version } = after.rulebook.office('kanim-tju', NOW).calendar
    expect(history.at(-1)?.events).to.deep.equal([{ type: 'calendarTaken', calendar: version }])
    expect(await after.store.calendarsInUse()).to.deep.equal([
      { office: 'kanim-tju', calendar: version }
    ])
    await after.close()
  })
})

const COUNTERS = { unit: 'kanim-tju', roles: ['counter'], limit: 9, cursor: null }
