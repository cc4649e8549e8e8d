import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { COUNTER, type House, openHouse, replays, tokenAt } from './house.ts'

const BEGINNINGS = join(dirname(fileURLToPath(import.meta.url)), 'beginnings')

describe('messages that begin a process together', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse({ processes: BEGINNINGS })
  })
  afterEach(() => house.close())

  const send = (message: string, license: string, more: object = {}) =>
    house.runtime.publish({
      message,
      key: license,
      variables: { license },
      office: 'kanim-tju',
      timeToLive: null,
      ...more
    })
  const cases = async () => {
    const page = { office: null, status: null, text: null, limit: 20, cursor: null }
    const { rows } = await house.store.instances(page)
    return Promise.all(rows.map(async ({ instance }) => (await house.store.load(instance))!))
  }
  const waiting = async () => {
    const places = (await cases()).map(({ tokens }) => Object.values(tokens).map(({ at }) => at))
    return places.map(each => each.sort().join()).sort()
  }

  it('meet in one instance, whichever comes first', async () => {
    expect(await send('paid', 'L-1')).to.deep.equal({ taken: 1, kept: false })
    expect(await waiting()).to.deep.equal(['Applied,Both'])
    expect(await send('applied', 'L-1')).to.deep.equal({ taken: 1, kept: false })
    expect(await waiting()).to.deep.equal(['Decide'])

    const [only] = await cases()
    expect(await replays(house.store, only!.id)).to.equal(true)
  })

  it('begin by one start event that wants both of them', async () => {
    expect(await send('funded', 'G-1')).to.deep.equal({ taken: 1, kept: false })
    expect(await waiting()).to.deep.equal(['Both'])
    expect(await send('filed', 'G-2')).to.deep.equal({ taken: 1, kept: false })
    expect(await waiting()).to.deep.equal(['Both', 'Both'])
    expect(await send('filed', 'G-1')).to.deep.equal({ taken: 1, kept: false })
    expect(await waiting()).to.deep.equal(['Both', 'Decide'])
  })

  it('begin an instance for each key', async () => {
    await send('paid', 'L-1')
    await send('applied', 'L-2')
    expect(await waiting()).to.deep.equal(['Applied,Both', 'Both,Paid'])
  })

  it('do not begin another while the instance of their key runs', async () => {
    await send('paid', 'L-1')
    expect((await send('paid', 'L-1')).taken).to.equal(0)
    await send('applied', 'L-1')
    expect((await send('applied', 'L-1')).taken).to.equal(0)
    expect(await waiting()).to.deep.equal(['Decide'])
  })

  it('begin anew when it has ended', async () => {
    await send('paid', 'L-1')
    await send('applied', 'L-1')
    const [first] = await cases()
    await house.runtime.execute({
      instance: first!.id,
      by: COUNTER,
      command: { type: 'completeUserTask', token: tokenAt(first!, 'Decide'), variables: {} }
    })
    expect((await send('applied', 'L-1')).taken).to.equal(1)
    expect((await cases()).map(({ status }) => status).sort()).to.deep.equal([
      'completed',
      'running'
    ])
  })

  it('meet also when they come at once', async () => {
    const taken = await Promise.all([send('paid', 'L-1'), send('applied', 'L-1')])
    expect(taken.map(each => each.taken)).to.deep.equal([1, 1])
    expect(await waiting()).to.deep.equal(['Decide'])
  })

  it('are taken once, also when they are brought again', async () => {
    await send('paid', 'L-1', { id: 'm-1' })
    await send('paid', 'L-1', { id: 'm-1' })
    await send('applied', 'L-1', { id: 'm-2' })
    await send('applied', 'L-1', { id: 'm-2' })
    expect(await waiting()).to.deep.equal(['Decide'])
  })

  it('complete a start event that waits for all of them', async () => {
    await send('photo came', 'L-1')
    await send('photo came', 'L-2')
    expect(await waiting()).to.deep.equal(['All_Came', 'All_Came'])
    await send('letter came', 'L-1')
    expect(await waiting()).to.deep.equal(['All_Came', 'Check'])
  })

  it('meet also when they come from two offices: the key tells', async () => {
    await send('paid', 'L-1')
    await send('applied', 'L-1', { office: 'kanim-btm' })
    const found = await cases()
    expect(found.map(({ office }) => office)).to.deep.equal(['kanim-tju'])
  })
})
