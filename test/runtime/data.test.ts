import { expect } from 'chai'
import type { Variables } from '../../engine/state.ts'
import { SYSTEM } from '../../runtime/door.ts'
import { DATA_PROCESSES, type House, OPERATOR, openHouse, replays, tokenAt } from './house.ts'

const BOOK = { unit: 'kanim-tju', store: 'numbers', key: 'A' }

describe('data stores of the runtime', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse({ processes: DATA_PROCESSES, services: ['counting'] })
  })
  afterEach(() => house.close())

  const start = (instance: string, variables: Variables, office = 'kanim-tju') =>
    house.runtime.start({ process: 'counting', office, variables, by: SYSTEM, instance })

  it('outlive a case, and keep each office apart', async () => {
    await start('case-1', { book: 'A' })
    await start('case-2', { book: 'A' })
    await start('case-3', { book: 'A' }, 'kanim-btm')

    expect(await house.store.readData(BOOK)).to.deep.equal({ value: 2, version: 2, size: 1 })
    expect((await house.store.readData({ ...BOOK, unit: 'kanim-btm' })).value).to.equal(1)
    expect(await replays(house.store, 'case-2')).to.equal(true)
  })

  it('take what many cases write at once, each once', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, n) => start(`case-${n}`, { book: 'A' })))

    expect((await house.store.readData(BOOK)).value).to.equal(12)
  })

  it('that are full are an incident, which an operator mends', async () => {
    await start('case-1', { book: 'A' })
    await start('case-2', { book: 'B' })
    const full = await start('case-3', { book: 'C' })
    const { wait } = full.tokens[tokenAt(full, 'Count')] ?? {}
    expect(wait?.for === 'incident' && wait.message).to.contain('which is full: it takes 2 entries')

    const { status } = await house.runtime.execute({
      instance: 'case-3',
      by: OPERATOR,
      command: {
        type: 'resolveIncident',
        token: tokenAt(full, 'Count'),
        variables: { book: 'B' },
        reason: 'the same book'
      }
    })
    expect(status).to.equal('completed')
    expect((await house.store.readData({ ...BOOK, key: 'B' })).size).to.equal(2)
  })
})
