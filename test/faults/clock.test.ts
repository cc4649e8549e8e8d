import { join } from 'node:path'
import { expect } from 'chai'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStore } from '../../runtime/stores/sqlite.ts'
import { sqliteMails } from '../../runtime/stores/sqlite-mail.ts'
import { aWhile, until } from '../until.ts'
import { audit } from './audit.ts'
import { Desk, example } from './officers.ts'
import { Server } from './server.ts'

const CASES = 3
const START = '2015-12-03T02:00:00.000Z'

describe('a clock that jumps under the whole server', function () {
  this.timeout(60_000)
  let server: Server
  before(async () => {
    server = await Server.open({ ALUR_CLOCK: START })
  })
  after(() => server?.end())

  it('forward, back and over a restart lets every timer come once, and at its time', async () => {
    const desk = new Desk(server.url, await example('second-extension'))
    const ids = Array.from({ length: CASES }, (_, index) => `case-${index}`)
    const operator = desk.officer('operator.ditjen')
    const set = async (at: string) =>
      expect((await operator.put('/api/clock', { at })).status).to.equal(200)
    const reminders = async () => {
      const views = await Promise.all(ids.map(id => desk.view(id)))
      return views.map(({ diagrams }) => diagrams.map(each => each.done.Email_Reminder ?? 0)[0])
    }
    await Promise.all(
      ids.map(async id => {
        await desk.begin(id)
        await desk.work(id, ({ tasks }) => tasks.some(each => each.element === 'Record_Payment'))
      })
    )

    await set('2015-12-01T02:00:00.000Z')
    await set('2015-12-08T20:00:00.000Z')
    await aWhile(400)
    expect(await reminders(), 'six days after the bill is not yet there').to.deep.equal([0, 0, 0])

    // The clock of the server begins anew with the server; its timers wait in the store.
    await server.kill()
    await server.start()
    await aWhile(300)
    expect(await reminders()).to.deep.equal([0, 0, 0])
    for (const at of ['2015-12-09T06:00:00.000Z', START, '2015-12-09T07:00:00.000Z']) await set(at)
    await until(async () => (await reminders()).every(count => count === 1), 'all are reminded')
    await set(START)
    await set('2015-12-09T08:00:00.000Z')

    await Promise.all(ids.map(id => desk.work(id)))
    expect(await reminders()).to.deep.equal([1, 1, 1])
    expect(await server.stop()).to.equal(0)

    const database = openDatabase(join(server.data, 'alur.db'))
    const mails = await sqliteMails(database).list(100)
    const store = sqliteStore(database)
    const pending = await store.pendingEffects()
    await store.close()
    expect(mails.map(({ received }) => received)).to.deep.equal(Array(2 * CASES).fill(1))
    expect(pending).to.deep.equal([])
    await audit(server.data, ids)
  })
})
