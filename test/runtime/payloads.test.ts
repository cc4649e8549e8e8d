import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { InvalidData } from '../../engine/errors.ts'
import type { ProcessInstance, Variables } from '../../engine/state.ts'
import { SYSTEM } from '../../runtime/door.ts'
import { readProcesses } from '../../runtime/library.ts'
import { DATA_PROCESSES, type House, OPERATOR, openHouse, tokenAt } from './house.ts'

const UNKNOWN = { jobs: null, rules: null, templates: null, roles: null }

describe('what messages carry', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse({ processes: DATA_PROCESSES, services: ['declaring'] })
    await house.runtime.start({
      process: 'declaring',
      office: 'kanim-tju',
      variables: { ship: 'KM-1' },
      by: SYSTEM,
      instance: 'case-1'
    })
  })
  afterEach(() => house.close())

  const declare = (variables: Variables) =>
    house.runtime.publish({
      message: 'declared',
      key: 'KM-1',
      variables,
      office: null,
      timeToLive: null
    })
  const stateOf = async () => (await house.store.load('case-1')) as ProcessInstance

  it('is refused with all that does not fit its schema', async () => {
    const refusal = await declare({ crew: -1, weight: 3 }).then(
      () => expect.fail('expected a refusal'),
      error => error
    )

    expect(refusal.code).to.equal('invalid-variables')
    expect(refusal.problems.map(({ path }: { path: string }) => path)).to.have.members([
      '/crew',
      '/arrival',
      '/weight'
    ])
    expect(tokenAt(await stateOf(), 'Declared')).to.be.a('string')
  })

  it('is an incident with its paths where a case sends what does not fit', async () => {
    await declare({ crew: 0, arrival: '2015-12-03' })
    const stuck = await stateOf()
    const { wait } = stuck.tokens[tokenAt(stuck, 'Confirmed')] ?? {}
    expect(wait?.for === 'incident' && wait.code).to.equal('data')
    expect(wait?.for === 'incident' && wait.message)
      .to.contain('<Confirmed> sends <confirmed>, which does not fit its schema')
      .and.to.contain('/crew')

    const { status } = await house.runtime.execute({
      instance: 'case-1',
      by: OPERATOR,
      command: {
        type: 'resolveIncident',
        token: tokenAt(stuck, 'Confirmed'),
        variables: { crew: 3 },
        reason: 'counted again'
      }
    })
    expect(status).to.equal('completed')
  })

  it('has schemas that hold, that are there, and that something has', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'alur-payloads-'))
    cpSync(DATA_PROCESSES, folder, { recursive: true })
    rmSync(join(folder, 'confirmation.schema.json'))
    writeFileSync(join(folder, 'Declared_Message.schema.json'), '{ "type": "text" }')
    writeFileSync(join(folder, 'Nobody.schema.json'), '{ "type": "object" }')
    const wrong = await readProcesses(folder, UNKNOWN).then(
      () => expect.fail('expected problems'),
      error => error as InvalidData
    )
    rmSync(folder, { recursive: true })

    expect(wrong).to.be.instanceOf(InvalidData)
    const paths = wrong.problems.map(({ path }) => path)
    expect(paths).to.include('declaring.bpmn#Confirmed_Message')
    expect(paths).to.include('Declared_Message.schema.json#/type')
    expect(paths).to.include('Nobody.schema.json')
  })
})
