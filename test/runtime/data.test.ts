import { expect } from 'chai'
import type { Variables } from '../../engine/state.ts'
import { playCase } from '../../runtime/cases.ts'
import { SYSTEM } from '../../runtime/door.ts'
import { type ProcessSource, readProcesses } from '../../runtime/library.ts'
import { DATA_PROCESSES, type House, OPERATOR, openHouse, replays, tokenAt } from './house.ts'

const BOOK = { unit: 'kanim-tju', store: 'numbers', key: 'A' }

describe('data stores of the runtime', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse({ processes: DATA_PROCESSES, services: ['counting', 'deciding'] })
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

  it('are read as they were written before a decision of the same commit', async () => {
    const { status } = await house.runtime.start({
      process: 'deciding',
      office: 'kanim-tju',
      variables: {},
      by: SYSTEM,
      instance: 'case-1'
    })

    expect(status).to.equal('completed')
    const kept = await house.store.readData({ ...BOOK, key: '' })
    expect(kept).to.deep.equal({ value: 2, version: 2, size: 1 })
  })

  it('are played in memory, with what an example says they hold', async () => {
    const known = { jobs: null, rules: null, templates: null, roles: null }
    const sources = await readProcesses(DATA_PROCESSES, known)
    const { graph } = sources.find(each => each.graph.id === 'counting') as ProcessSource
    const example = (last: number) => ({
      name: 'count',
      title: { id: 'Hitung', en: 'Count' },
      office: 'kanim-tju',
      at: '2015-12-01T08:00:00+07:00',
      start: { variables: { book: 'A' } },
      dataStores: { numbers: { A: 4 } },
      expect: { status: 'completed', dataStores: { numbers: { A: last } } }
    })
    const play = (last: number) => playCase(graph, example(last), sources, house.rulebook)

    expect((await play(5)).problems).to.deep.equal([])
    expect((await play(6)).problems.map(({ path }) => path)).to.deep.equal(['expect.dataStores'])
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
