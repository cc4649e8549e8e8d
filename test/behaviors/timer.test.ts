import { expect } from 'chai'
import {
  at,
  incidentAt,
  lines,
  play,
  resolveIncident,
  resting,
  send,
  since,
  start,
  trigger
} from '../play.ts'

/** When the only timer of an instance is due. */
async function dueAt(...moves: Parameters<typeof play>): Promise<string> {
  const { effects } = await play(...moves)
  const [effect] = effects.filter(({ type }) => type === 'scheduleTimer')
  return effect?.type === 'scheduleTimer' ? effect.dueAt : ''
}

describe('timer event definition', () => {
  it('goes off after a duration', async () => {
    expect(await dueAt('catch-timer', start())).to.equal('2015-12-03T04:00:00.000Z')

    const { trace } = await play('catch-timer', start(), trigger('Cool_Down'))
    expect(since(trace, 'wait Cool_Down for event')).to.equal(lines`
      wait Cool_Down for event
      complete Cool_Down
      activate Done
      complete Done
      complete instance
    `)
  })

  it('goes off at a date, in the time zone of the office', async () => {
    expect(await dueAt('catch-timer-date', start())).to.equal('2016-01-01T01:00:00.000Z')
  })

  it('counts working days and keeps the time of day', async () => {
    expect(await dueAt('catch-timer-working-days', start()), 'from a Thursday').to.equal(
      '2015-12-08T02:00:00.000Z'
    )
    expect(
      await dueAt('catch-timer-working-days', at('2015-12-24T02:00:00.000Z', start())),
      'over Christmas and a week-end'
    ).to.equal('2015-12-30T02:00:00.000Z')
    expect(
      await dueAt('catch-timer-working-days', at('2015-12-30T02:00:00.000Z', start())),
      'over the change of year'
    ).to.equal('2016-01-04T02:00:00.000Z')
    expect(
      await dueAt('catch-timer-working-days', at('2015-12-03T18:00:00.000Z', start())),
      'from what is a Friday in the office already'
    ).to.equal('2015-12-08T18:00:00.000Z')
  })

  it('takes what FEEL gives', async () => {
    expect(await dueAt('catch-timer-feel', start({ pause: 'PT30M' }))).to.equal(
      '2015-12-03T02:30:00.000Z'
    )
  })

  it('comes by a cron on the working days of the office, again and again', async () => {
    const moves = [start(), trigger('Morning'), trigger('Morning'), trigger('Morning')]
    const { effects, state } = await play('boundary-timer-cron', ...moves)
    const due = effects.map(effect => (effect.type === 'scheduleTimer' ? effect.dueAt : ''))

    expect(due, 'Friday, Monday, Tuesday, Wednesday').to.deep.equal([
      '2015-12-04T00:30:00.000Z',
      '2015-12-07T00:30:00.000Z',
      '2015-12-08T00:30:00.000Z',
      '2015-12-09T00:30:00.000Z'
    ])
    expect(Object.values(state.tokens).filter(({ at }) => at === 'Remind')).to.have.length(3)
  })

  it('does not make up for the times of a cron that were missed', async () => {
    const [first] = Object.keys((await play('boundary-timer-cron', start())).state.subscriptions)
    const late = send({ type: 'trigger', subscription: first ?? '', variables: {} })
    const { effects } = await play(
      'boundary-timer-cron',
      start(),
      at('2015-12-16T01:00:00.000Z', late)
    )
    expect(effects.at(-1)).to.include({ dueAt: '2015-12-17T00:30:00.000Z' })
  })

  it('takes a cron that FEEL gives, once where it is caught', async () => {
    const opens = start({ opens: '@daily' })
    expect(await dueAt('catch-timer-cron', opens)).to.equal('2015-12-03T17:00:00.000Z')
    const { state } = await play('catch-timer-cron', opens, trigger('Window_Opens'))
    expect(state.status).to.equal('completed')
    const stuck = await play('catch-timer-cron', start({ opens: '0 25 * * *' }))
    expect(incidentAt(stuck, 'Window_Opens')).to.contain('0 to 23').and.to.contain('<25>')
  })

  it('in a year without a calendar rests with an incident that names the year', async () => {
    const late = at('2016-12-30T02:00:00.000Z', start())
    const played = await play('catch-timer-working-days', late)

    expect(resting(played)).to.deep.equal(['Three_Working_Days: incident no-calendar'])
    expect(incidentAt(played, 'Three_Working_Days'))
      .to.contain('<Three_Working_Days>')
      .and.to.contain('<2017>')
  })

  it('that is none rests with an incident, and waits once it is stated', async () => {
    for (const pause of ['soon', 3, null]) {
      const stuck = await play('catch-timer-feel', start({ pause }))
      expect(resting(stuck)[0], String(pause)).to.match(
        /^Wait_As_Asked: incident (timer|expression)$/
      )
      expect(incidentAt(stuck, 'Wait_As_Asked')).to.contain('<Wait_As_Asked>')
    }
    const mended = await play(
      'catch-timer-feel',
      start({ pause: 'soon' }),
      resolveIncident('Wait_As_Asked', { pause: 'P1D' })
    )
    expect(resting(mended)).to.deep.equal(['Wait_As_Asked: event'])
  })

  it('counts a cycle from the last due time, however late it went off', async () => {
    const late = at('2015-12-03T03:40:00.000Z', trigger('Every_Hour'))
    const { state } = await play('boundary-timer-cycle', start(), late)

    expect(Object.values(state.subscriptions).map(({ on }) => on)).to.deep.equal([
      { kind: 'timer', dueAt: '2015-12-03T04:00:00.000Z', repeats: 2, cycle: 'PT1H' }
    ])
  })
})
