import { expect } from 'chai'
import type { ProcessInstance, Variables } from '../../engine/state.ts'
import { SYSTEM } from '../../runtime/door.ts'
import { until } from '../until.ts'
import { DATA_PROCESSES, type House, openHouse, replays } from './house.ts'

const SERVICES = ['asking', 'answering', 'binding', 'paying']

describe('messages that are correlated by what they carry', () => {
  let house: House
  const open = async (services: readonly string[]) => {
    house = await openHouse({ processes: DATA_PROCESSES, services })
  }
  afterEach(() => house.close())

  const start = (process: string, instance: string, variables: Variables = {}) =>
    house.runtime.start({ process, office: 'kanim-tju', variables, by: SYSTEM, instance })
  const send = (message: string, variables: Variables, timeToLive: string | null = null) =>
    house.runtime.publish({ message, key: '', variables, office: 'kanim-tju', timeToLive })
  const paid = (bill: Variables[string], timeToLive: string | null = null) =>
    send('paid', { receipt: { bill } }, timeToLive)
  const asked = (bill: Variables[string], timeToLive: string | null = null) =>
    send('asked', { demand: { bill } }, timeToLive)
  const stateOf = async (instance: string) => (await house.store.load(instance)) as ProcessInstance
  const running = async (process: string) => {
    const page = { office: null, status: 'running', text: null, limit: 20, cursor: null } as const
    const { rows } = await house.store.instances(page)
    return rows.filter(each => each.process === process).map(({ instance }) => instance)
  }
  const waitsAt = async (instance: string) =>
    Object.values((await stateOf(instance)).tokens).map(({ at }) => at)

  it('reach the case that sent the first message of the conversation', async () => {
    await open(SERVICES)
    await start('asking', 'case-1', { number: 1 })
    await start('asking', 'case-2', { number: 2 })

    expect((await paid(2)).taken).to.be.at.least(1)
    expect((await stateOf('case-1')).status).to.equal('running')
    expect((await stateOf('case-2')).status).to.equal('completed')
    expect(await replays(house.store, 'case-2')).to.equal(true)
  })

  it('begin the conversation of one of those that wait, and go on with that one', async () => {
    await open(['answering'])
    await start('answering', 'case-1')
    await start('answering', 'case-2')

    expect(await asked('A')).to.deep.equal({ taken: 1, kept: false })
    expect(await asked('B')).to.deep.equal({ taken: 1, kept: false })
    expect(await paid('B')).to.deep.equal({ taken: 1, kept: false })
    const states = await Promise.all(['case-1', 'case-2'].map(stateOf))
    expect(states.map(({ status }) => status).sort()).to.deep.equal(['completed', 'running'])
  })

  it('follow the data that the key is bound to, also when they came before', async () => {
    await open(['binding'])
    await paid('X', 'PT1H')
    const state = await start('binding', 'case-1', { number: 'Y' })
    expect(await waitsAt('case-1')).to.include('Paid')
    const [correct] = Object.values(state.tokens).filter(({ at }) => at === 'Correct')
    await house.runtime.execute({
      instance: 'case-1',
      by: { id: 'ani', name: 'Ani', kind: 'person', unit: 'kanim-tju', roles: [] },
      command: { type: 'completeUserTask', token: correct!.id, variables: {} }
    })
    await paid('Y')
    expect((await stateOf('case-1')).status).to.equal('completed')

    await start('binding', 'case-2', { number: 'X' })
    await until(async () => !(await waitsAt('case-2')).includes('Paid'))
  })

  it('start one process for a conversation, and never a second one', async () => {
    await open(['paying'])
    expect((await asked('A')).taken).to.equal(1)
    expect((await asked('A')).taken).to.equal(0)
    expect((await asked('B')).taken).to.equal(1)
    expect(await running('paying')).to.have.length(2)

    expect((await paid('A')).taken).to.equal(1)
    expect(await running('paying')).to.have.length(1)
    // the conversation is over: the next one may begin
    expect((await asked('A')).taken).to.equal(1)
  })

  it('start one process also when they come at once', async () => {
    await open(['paying'])
    await Promise.all([asked('A'), asked('A'), asked('A')])
    expect(await running('paying')).to.have.length(1)
  })

  it('are kept and given out oldest first, each once', async () => {
    await open(['answering'])
    await asked('A', 'PT1H')
    await asked('B', 'PT1H')
    await paid('B', 'PT1H')
    await start('answering', 'case-1')
    await until(async () => (await stateOf('case-1')).conversations !== undefined)
    expect((await stateOf('case-1')).conversations).to.deep.equal({ Payment_Key: '{"bill":"A"}' })
    await start('answering', 'case-2')
    await until(async () => (await stateOf('case-2')).status === 'completed')
    expect((await stateOf('case-1')).status).to.equal('running')
  })
})
