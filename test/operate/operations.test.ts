import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { type ProcessGraph, proposePlan } from '../../engine/index.ts'
import { settableClock } from '../../runtime/clock.ts'
import type { BulkOperation } from '../../runtime/operations/operation.ts'
import { Operations, type Stage } from '../../runtime/operations/operations.ts'
import { sqliteBatches } from '../../runtime/stores/sqlite-batches.ts'
import { diskFiles } from '../../runtime/stores/sqlite-files.ts'
import { sqliteLetters } from '../../runtime/stores/sqlite-letters.ts'
import { COUNTER, type House, OPERATOR, openHouse, replays, tokenAt } from '../runtime/house.ts'

const OFFICER = { ...COUNTER, roles: ['status-section', 'drafter'] }
const DIAGRAMS = fileURLToPath(new URL('../diagrams', import.meta.url))
const reason = 'a new decree'

describe('operations on many instances', () => {
  let folder: string
  let house: House
  const clock = settableClock('2015-12-03T02:00:00.000Z')

  const open = () =>
    openHouse({
      file: join(folder, 'alur.db'),
      processes: join(folder, 'processes'),
      services: ['operate-case'],
      clock
    })
  const draw = (diagram: string) =>
    cpSync(join(DIAGRAMS, `${diagram}.bpmn`), join(folder, 'processes', 'operate-case.bpmn'))

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'alur-operations-'))
    mkdirSync(join(folder, 'processes'))
    draw('operate-case')
    clock.settable?.set('2015-12-03T02:00:00.000Z')
    house = await open()
    for (const [n, office] of ['kanim-tju', 'kanim-tju', 'kanim-btm'].entries()) {
      const by = { ...COUNTER, unit: office }
      const given = { process: 'operate-case', office, variables: {}, by }
      await house.runtime.start({ ...given, instance: `case-${n + 1}` })
    }
  })
  afterEach(async () => {
    await house.close()
    rmSync(folder, { recursive: true })
  })

  function operations(stage: Stage = house.runtime): Operations {
    const { database, store, rulebook } = house
    const letters = sqliteLetters(database)
    const files = diskFiles(join(folder, 'files'))
    const keepers = { store, letters, files, rulebook, clock, batches: sqliteBatches(database) }
    const log = { info() {}, warn() {}, error() {} }
    return new Operations(keepers, stage, log)
  }
  const both = ['kanim-tju', 'kanim-btm']
  const order = (operation: BulkOperation, which: object = { offices: both }) =>
    ({ operation, which, by: OPERATOR, reason }) as Parameters<Operations['preview']>[0]
  const outcomes = (results: readonly { instance: string; outcome: string }[]) =>
    results.map(({ instance, outcome }) => `${instance} ${outcome}`).sort()
  async function done(id: string): Promise<readonly string[]> {
    return outcomes(await sqliteBatches(house.database).results(id, 0, 100))
  }
  async function versionTwo(): Promise<ReturnType<typeof proposePlan>['plan']> {
    await house.close()
    draw('operate-case-2')
    house = await open()
    const find = (version: number) => house.library.find('operate-case', version) as ProcessGraph
    return proposePlan(find(1), find(2)).plan
  }

  it('tries first, changing nothing, and says per instance what would happen', async () => {
    const before = await house.store.load('case-1')
    const results = await operations().preview(order({ type: 'suspend' }))
    expect(outcomes(results)).to.deep.equal(['case-1 would', 'case-2 would', 'case-3 refused'])
    expect(results.find(({ instance }) => instance === 'case-3')?.problem).to.contain(
      'expected an operator of <kanim-btm>'
    )
    expect(await house.store.load('case-1')).to.deep.equal(before)
  })

  it('carries out, with the id of the batch in the reason, and once only', async () => {
    const all = operations()
    await all.begin('batch-1', order({ type: 'setVariables', variables: { colour: 'red' } }))
    await all.settled()
    expect(await done('batch-1')).to.deep.equal(['case-1 did', 'case-2 did', 'case-3 refused'])
    const wrong = await all.begin('batch-1', order({ type: 'terminate' })).catch(String)
    expect(wrong).to.contain('batch <batch-1> is to setVariables (a new decree): name another one')
    const again = order({ type: 'setVariables', variables: { colour: 'red' } })
    const progress = await all.begin('batch-1', again)
    expect(progress).to.deep.equal({ total: 3, did: 2, nothing: 0, refused: 1 })
    await all.settled()
    const state = await house.store.load('case-1')
    expect(state).to.deep.include({ status: 'running', operators: { 'operator.tju': [] } })
    const last = (await house.store.history('case-1')).at(-1)
    expect(last?.by.id).to.equal('operator.tju')
    expect(last?.events[0]).to.include({ reason: 'a new decree (batch-1)' })
  })

  it('does to one instance what is asked, as often as it is asked and whatever the reason', async () => {
    const all = operations()
    const again = order({ type: 'restart', element: 'Draft' })
    const outcomes: string[] = []
    for (const each of [again, again, order({ type: 'terminate' }), again])
      outcomes.push((await all.one('case-1', each)).outcome)
    expect(outcomes).to.deep.equal(['did', 'did', 'did', 'did'])
    expect(await house.store.load('case-1')).to.include({ status: 'running' })
  })

  it('finds instances by version, element, state and incident', async () => {
    const all = operations()
    const found = async (more: object) => [...(await all.select({ offices: both, ...more }))].sort()
    expect(await found({ process: 'operate-case', version: 1 })).to.have.length(3)
    expect(await found({ process: 'operate-case', version: 2 })).to.deep.equal([])
    expect(await found({ element: 'Draft' })).to.have.length(3)
    expect(await found({ element: 'Weigh' })).to.deep.equal([])
    expect(await found({ incident: 'any' })).to.deep.equal([])
    await all.one('case-1', order({ type: 'suspend' }))
    expect(await found({ status: 'suspended' })).to.deep.equal(['case-1'])
    const list = { unit: 'kanim-tju', roles: null, limit: 9, cursor: null }
    const { rows } = await house.store.taskList(list)
    expect(rows.map(({ instance, suspended }) => `${instance} ${suspended}`).sort()).to.deep.equal([
      'case-1 true',
      'case-2 false'
    ])
  })

  it('migrates by plan: lists what happens, migrates, skips what is there, and takes it back', async () => {
    const instance = 'case-1'
    const state = await house.store.load(instance)
    const token = tokenAt(state as never, 'Draft')
    const command = { type: 'completeUserTask', token, variables: {} } as const
    await house.runtime.execute({ instance, command, by: OFFICER })
    const plan = await versionTwo()

    const all = operations()
    const which = { offices: ['kanim-tju'], process: 'operate-case', version: 1 }
    const [first] = (await all.preview(order({ type: 'migrate', plan }, which))).filter(
      result => result.instance === instance
    )
    expect(
      first?.happens
        .filter(({ element }) => element !== 'Assign_Number')
        .map(({ what, becomes, element, to }) => [what, becomes, element, to])
    ).to.deep.equal([
      ['scope', 'stays', 'Work', null],
      ['task', 'moves', 'Check_Site', 'Examine_Site'],
      ['timer', 'ends', 'Work_Late', null],
      ['message', 'stays', 'Noted', null]
    ])
    await all.begin('batch-2', order({ type: 'migrate', plan }, which))
    await all.settled()
    expect(await done('batch-2')).to.deep.equal(['case-1 did', 'case-2 did'])
    expect((await house.store.load(instance))?.processVersion).to.equal(2)
    const list = { unit: 'kanim-tju', roles: null, limit: 9, cursor: null }
    const tasks = (await house.store.taskList(list)).rows
    expect(tasks.map(({ element }) => element)).to.have.members(['Draft', 'Examine_Site'])

    const again = await all.preview(order({ type: 'migrate', plan }, { instances: [instance] }))
    expect(again[0]).to.include({ outcome: 'nothing', problem: 'it is at version 2 already' })

    await all.begin('batch-3', order({ type: 'revert' }, { instances: [instance] }))
    await all.settled()
    const back = await house.store.load(instance)
    expect(back?.processVersion).to.equal(1)
    expect(Object.values(back?.subscriptions ?? {}).map(({ element }) => element)).to.have.members([
      'Noted',
      'Work_Late'
    ])
    expect(await replays(house.store, instance)).to.equal(true)
  })

  it('goes on after a crash where it was, and does nothing twice', async () => {
    const plan = await versionTwo()
    const { runtime } = house
    let commands = 0
    const crashing: Stage = {
      rehearse: request => runtime.rehearse(request),
      async execute(request) {
        const state = await runtime.execute(request)
        commands += 1
        // carried out, and then the power went before the result was kept
        if (commands === 1) return new Promise(() => state)
        return state
      }
    }
    const which = { offices: ['kanim-tju'] }
    await operations(crashing).begin('batch-4', order({ type: 'migrate', plan }, which))
    const first = async () => {
      const states = await Promise.all(['case-1', 'case-2'].map(id => house.store.load(id)))
      return states.filter(state => state?.processVersion === 2).length
    }
    while ((await first()) === 0) await new Promise(resolve => setTimeout(resolve, 5))
    expect(await done('batch-4')).to.deep.equal([])

    await house.close()
    house = await open()
    const after = operations()
    await after.carryOn()
    await after.settled()
    const results = await sqliteBatches(house.database).results('batch-4', 0, 10)
    expect(results.map(({ outcome }) => outcome).sort()).to.deep.equal(['did', 'nothing'])
    for (const id of ['case-1', 'case-2']) {
      expect((await house.store.load(id))?.processVersion).to.equal(2)
      const history = await house.store.history(id)
      const migrated = history.filter(({ command }) => command === 'migrate')
      expect(migrated, id).to.have.length(1)
    }
  })

  it('deletes what the office need not keep any longer, and notes that it did', async () => {
    const all = operations()
    const which = { offices: ['kanim-tju'] }
    await all.one('case-1', order({ type: 'terminate' }))
    const early = await all.preview(order({ type: 'remove' }, which))
    expect(early.map(({ problem }) => problem)).to.have.members([
      'it is running',
      'it is kept until 2017-01-06'
    ])
    clock.settable?.set('2017-01-07T02:00:00.000Z')
    expect(outcomes(await all.preview(order({ type: 'remove' }, which)))).to.deep.equal([
      'case-1 would',
      'case-2 nothing'
    ])
    const refused = await all.preview({ ...order({ type: 'remove' }, which), by: COUNTER })
    expect(outcomes(refused)).to.deep.equal(['case-1 refused', 'case-2 refused'])

    await all.begin('batch-5', order({ type: 'remove' }, which))
    await all.settled()
    expect(await house.store.load('case-1')).to.equal(null)
    expect(await house.store.history('case-1')).to.deep.equal([])
    const [removal] = await house.store.removals(10)
    expect(removal).to.deep.include({
      instance: 'case-1',
      process: 'operate-case',
      office: 'kanim-tju',
      by: 'operator.tju',
      reason: 'a new decree (batch-5)',
      letters: 0
    })
    expect(removal?.endedAt).to.match(/^2015-12-03/)
    expect(removal?.rule).to.contain('400 days')
  })
})
