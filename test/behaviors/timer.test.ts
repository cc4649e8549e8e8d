import { expect } from 'chai'
import {
  at,
  incidentAt,
  lines,
  play,
  resolveIncident,
  resting,
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
})
