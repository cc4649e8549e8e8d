import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import type { ProcessInstance } from '../../engine/state.ts'
import { settableClock } from '../../runtime/clock.ts'
import { type House, openHouse } from './house.ts'

const BEGINNINGS = join(dirname(fileURLToPath(import.meta.url)), 'beginnings')

describe('what begins a process by itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alur-beginnings-'))
  after(() => rmSync(folder, { recursive: true }))
  let files = 0
  let house: House
  let file = ''
  const open = async (now: string) => {
    house = await openHouse({ file, processes: BEGINNINGS, clock: settableClock(now) })
  }
  beforeEach(() => {
    file = join(folder, `${++files}.db`)
  })
  afterEach(() => house.close())

  const at = async (now: string) => {
    house.clock.settable?.set(now)
    await house.runtime.sweep()
  }
  const started = async (process: string): Promise<readonly string[]> => {
    const page = { office: null, status: null, text: null, limit: 50, cursor: null }
    const { rows } = await house.store.instances(page)
    const states = await Promise.all(rows.map(({ instance }) => house.store.load(instance)))
    const own = (states as ProcessInstance[]).filter(state => state.process === process)
    return own.map(({ office, variables }) => `${office} ${variables.submitted}`).sort()
  }

  describe('a condition', () => {
    const cases = () => started('season')

    it('starts once each time it turns true, where it holds', async () => {
      await open('2015-12-01T00:00:00.000Z')
      expect(await cases()).to.deep.equal([])
      await at('2015-12-19T17:00:00.000Z')
      await at('2015-12-21T00:00:00.000Z')
      expect(await cases()).to.deep.equal(['kanim-tju 2015-12-20'])

      await at('2016-01-02T00:00:00.000Z')
      await at('2016-01-20T00:00:00.000Z')
      await at('2016-01-20T01:00:00.000Z')
      expect(await cases()).to.deep.equal(['kanim-tju 2015-12-20', 'kanim-tju 2016-01-20'])
    })

    it('that holds already starts when its diagram is deployed', async () => {
      await open('2015-12-24T00:00:00.000Z')
      expect(await cases()).to.deep.equal(['kanim-tju 2015-12-24'])
    })

    it('does not start again after a restart', async () => {
      await open('2015-12-24T00:00:00.000Z')
      await house.close()
      await open('2015-12-25T00:00:00.000Z')
      expect(await cases()).to.deep.equal(['kanim-tju 2015-12-24'])
    })

    it('starts after a crash between noting it and starting', async () => {
      await open('2015-12-01T00:00:00.000Z')
      const what = JSON.stringify(['season', 'Holidays_Near', 'kanim-tju'])
      await house.store.observe(what, true)
      await at('2015-12-21T00:00:00.000Z')
      expect(await cases()).to.deep.equal(['kanim-tju 2015-12-21'])
    })
  })

  it('does not bring back a case that has been deleted', async () => {
    await open('2015-12-24T00:00:00.000Z')
    const page = { office: null, status: null, text: null, limit: 50, cursor: null }
    const { rows } = await house.store.instances(page)
    const [row] = rows.filter(({ process }) => process === 'season')
    await house.store.remove({
      instance: row!.instance,
      number: row!.number,
      process: 'season',
      office: 'kanim-tju',
      startedAt: row!.startedAt,
      endedAt: row!.changedAt,
      removedAt: '2015-12-25T00:00:00.000Z',
      by: 'operator.tju',
      reason: 'its time is over',
      rule: 'case.retention',
      letters: 0
    })
    await at('2015-12-26T00:00:00.000Z')
    expect(await started('season')).to.deep.equal([])
  })

  describe('a cron', () => {
    it('starts at its time on the working days of each office', async () => {
      await open('2015-12-04T09:00:00.000Z')
      expect(await started('night')).to.deep.equal([])
      await at('2015-12-04T09:30:00.000Z')
      await at('2015-12-06T12:00:00.000Z')
      await at('2015-12-07T09:29:00.000Z')
      expect(await started('night')).to.deep.equal(['kanim-btm 2015-12-04', 'kanim-tju 2015-12-04'])
      await at('2015-12-07T09:30:00.000Z')
      expect(await started('night')).to.have.length(4)
    })
  })
})
