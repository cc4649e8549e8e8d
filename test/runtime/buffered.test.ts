import { expect } from 'chai'
import type { ProcessInstance, Variables } from '../../engine/state.ts'
import { SYSTEM } from '../../runtime/door.ts'
import { aWhile, until } from '../until.ts'
import { DATA_PROCESSES, type House, openHouse, replays } from './house.ts'

const PLACES = ['caught', 'received', 'bounded', 'inside', 'chosen', 'each', 'each']

describe('messages that come before somebody waits for them', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse({ processes: DATA_PROCESSES, services: ['everywhere', 'patient'] })
  })
  afterEach(() => house.close())

  const start = (process: string, instance: string, number = 'A') =>
    house.runtime.start({
      process,
      office: 'kanim-tju',
      variables: { number },
      by: SYSTEM,
      instance
    })
  const send = (message: string, variables: Variables = {}, timeToLive: string | null = 'PT1H') =>
    house.runtime.publish({ message, key: 'A', variables, office: null, timeToLive })
  const stateOf = async (instance: string) => (await house.store.load(instance)) as ProcessInstance

  it('are taken wherever somebody comes to wait', async () => {
    for (const [n, place] of PLACES.entries()) {
      expect(await send(place, { n })).to.deep.equal({ taken: 0, kept: true })
    }
    await start('everywhere', 'case-1')
    await until(async () => (await stateOf('case-1')).status === 'completed')

    expect((await stateOf('case-1')).variables.order).to.deep.equal([5, 6])
    expect(await replays(house.store, 'case-1')).to.equal(true)
  })

  it('are taken once by many that wait, the oldest first', async () => {
    for (const n of [1, 2, 3]) await send('called', { n })
    await Promise.all(['1', '2', '3', '4', '5'].map(each => start('patient', `case-${each}`)))
    const taken = async () => {
      const all = await Promise.all(['1', '2', '3', '4', '5'].map(each => stateOf(`case-${each}`)))
      return all.filter(({ status }) => status === 'completed').map(({ variables }) => variables.n)
    }
    await until(async () => (await taken()).length === 3)
    await aWhile(50)
    await house.runtime.sweep()

    expect((await taken()).sort()).to.deep.equal([1, 2, 3])
  })

  it('come before a newer one of the same key', async () => {
    await house.store.buffer({
      id: 'older',
      message: 'called',
      key: 'A',
      variables: { n: 'older' },
      until: '2015-12-02T00:00:00.000Z'
    })
    await start('patient', 'case-1')
    await send('called', { n: 'newer' })
    await until(async () => (await stateOf('case-1')).status === 'completed')

    expect((await stateOf('case-1')).variables.n).to.equal('older')
  })

  it('are kept as long as what waits for them says, when the sender says nothing', async () => {
    expect(await send('called', { n: 1 }, null)).to.deep.equal({ taken: 0, kept: true })
    expect((await send('caught', {}, null)).kept).to.equal(false)
    house.clock.settable?.set('2015-12-01T02:01:00.000Z')
    await start('patient', 'case-1')
    await aWhile(50)

    expect((await stateOf('case-1')).status).to.equal('running')
  })
})
