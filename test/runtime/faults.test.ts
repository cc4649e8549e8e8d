import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { ProcessInstance, Variables } from '../../engine/state.ts'
import { Conflict, StoreUnavailable } from '../../runtime/store.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { groupWriter } from '../../runtime/stores/group.ts'
import { sqliteStore } from '../../runtime/stores/sqlite.ts'
import { aWhile, until } from '../until.ts'
import { COUNTER, type House, openHouse, replays } from './house.ts'

describe('a disk that is full', () => {
  let folder: string
  let house: House
  let worked = 0
  let answer: () => Promise<Variables>
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'alur-full-'))
    worked = 0
    answer = async () => ({})
    house = await openHouse({
      file: join(folder, 'alur.db'),
      dispatcher: { attempts: 3 },
      handlers: {
        fetch: () => {
          worked += 1
          return answer()
        }
      }
    })
  })
  afterEach(async () => {
    await house.close()
    rmSync(folder, { recursive: true })
  })

  const start = (instance: string, bill = 'x'.repeat(20_000)) =>
    house.runtime.start({
      process: 'waiter',
      office: 'kanim-tju',
      variables: { bill },
      by: COUNTER,
      instance
    })
  /** Leaves room for so many pages more. */
  const leave = (pages: number) => {
    const [used] = house.database.pragma('page_count') as [{ readonly page_count: number }]
    house.database.pragma(`max_page_count = ${used.page_count + pages}`)
  }
  const stateOf = async (id: string) => (await house.store.load(id)) as ProcessInstance

  it('gives a clear error, keeps nothing half done, and works again when there is room', async () => {
    await start('case-1')
    leave(2)
    const error = await start('case-2').catch(error => error)
    expect(error).to.be.instanceOf(StoreUnavailable)
    expect(error).to.include({
      code: 'full',
      message: 'the disk is full: nothing of this was stored'
    })
    expect(await house.store.load('case-2')).to.equal(null)
    expect(await house.store.history('case-2')).to.deep.equal([])
    expect((await stateOf('case-1')).status).to.equal('running')

    leave(1000)
    const state = await start('case-2')
    expect(state.variables.caseNumber).to.equal('WAITER-TJU-2015-000002')
    expect(await replays(house.store, 'case-2')).to.equal(true)
  })

  it('does not take down the small that arrives with the large', async () => {
    leave(12)
    const outcomes = await Promise.allSettled([
      start('small-1', 'a'),
      start('large', 'x'.repeat(200_000)),
      start('small-2', 'b')
    ])
    expect(outcomes.map(({ status }) => status)).to.deep.equal([
      'fulfilled',
      'rejected',
      'fulfilled'
    ])
    expect(await replays(house.store, 'small-2')).to.equal(true)
  })

  it('lets a job that is done wait to be stored, and does not do it again', async () => {
    answer = async () => {
      leave(1)
      return { fetched: 'y'.repeat(50_000) }
    }
    await house.runtime.start({
      process: 'deadline',
      office: 'kanim-tju',
      variables: {},
      by: COUNTER,
      instance: 'case-1'
    })
    await until(() => house.errors.length > 0, 'the job is put off')
    expect((await stateOf('case-1')).status).to.equal('running')
    expect(
      (await house.store.incidents({ office: null, limit: 9, cursor: null })).rows
    ).to.deep.equal([])

    leave(1000)
    await house.runtime.sweep()
    await until(async () => (await stateOf('case-1')).status === 'completed')
    expect(worked).to.equal(1)
  })
})

describe('a database file', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'alur-file-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('that another process has locked gives an error that says so, and is written later', async () => {
    const file = join(folder, 'alur.db')
    const store = sqliteStore(openDatabase(file))
    const other = openDatabase(file)
    const mine = openDatabase(file)
    mine.pragma('busy_timeout = 20')
    const writer = groupWriter(mine)
    other.exec('begin immediate')
    const write = () =>
      writer.write(() => mine.prepare("insert into received values ('a', 'b')").run())

    const outcomes = await Promise.allSettled([write(), write(), write()])
    for (const outcome of outcomes) {
      const { reason } = outcome as PromiseRejectedResult
      expect(reason).to.be.instanceOf(StoreUnavailable)
      expect(reason.code).to.equal('locked')
    }
    other.exec('rollback')
    expect((await write()).changes).to.equal(1)
    for (const open of [other, mine]) open.close()
    await store.close()
  })

  it('that was truncated says that it is damaged', async () => {
    const file = join(folder, 'alur.db')
    const house = await openHouse({ file })
    for (let index = 0; index < 50; index++) {
      const variables = { bill: 'x'.repeat(3000) }
      await house.runtime.start({
        process: 'waiter',
        office: 'kanim-tju',
        variables,
        by: COUNTER,
        instance: `case-${index}`
      })
    }
    house.database.pragma('wal_checkpoint(truncate)')
    await house.close()
    truncateSync(file, 40_960)

    const error = await openAgain(file)
    expect(error).to.be.instanceOf(StoreUnavailable)
    expect((error as StoreUnavailable).code).to.equal('damaged')
  })

  it('that is no database says so', async () => {
    const file = join(folder, 'alur.db')
    writeFileSync(file, 'this is a letter, not a database; '.repeat(100))
    expect(() => openDatabase(file)).to.throw(StoreUnavailable, /not a SQLite database/)
  })

  async function openAgain(file: string): Promise<unknown> {
    try {
      const store = sqliteStore(openDatabase(file))
      await Promise.all(Array.from({ length: 50 }, (_, index) => store.load(`case-${index}`)))
      return null
    } catch (error) {
      return error
    }
  }
})

describe('group commit', () => {
  it('shares one transaction, and a conflict or a fault of one leaves the others alone', async () => {
    const database = openDatabase(':memory:')
    database.exec('create table t (id text primary key)')
    const insert = database.prepare('insert into t values (?)')
    const writer = groupWriter(database)
    let inside = 0
    const write = (id: string) =>
      writer.write(() => {
        inside += database.inTransaction ? 1 : 0
        if (id === 'conflict') throw new Conflict(id, 1)
        insert.run(id)
        if (id === 'bug') throw new Error('a bug')
        return id
      })
    const together = await Promise.allSettled([write('a'), write('conflict'), write('b')])
    expect(together.map(({ status }) => status)).to.deep.equal([
      'fulfilled',
      'rejected',
      'fulfilled'
    ])
    expect(inside).to.equal(3)

    const apart = await Promise.allSettled([write('c'), write('bug'), write('a'), write('d')])
    expect(apart.map(({ status }) => status)).to.deep.equal([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled'
    ])
    expect(database.prepare('select id from t order by id').pluck().all()).to.deep.equal([
      'a',
      'b',
      'c',
      'd'
    ])
    writer.close()
    await aWhile(5)
    database.close()
  })
})
