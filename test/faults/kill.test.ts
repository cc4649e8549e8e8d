import { randomInt } from 'node:crypto'
import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { type Mailbox, openMailbox } from '../../jobs/mailbox.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { diskFiles } from '../../runtime/stores/sqlite-files.ts'
import { sqliteMails } from '../../runtime/stores/sqlite-mail.ts'
import { until } from '../until.ts'
import { audit } from './audit.ts'
import { Desk, example } from './officers.ts'
import { naming, newFolder, Server } from './server.ts'

/** How often the server is killed, and how many cases are worked at least. */
const KILLS = Number(process.env.ALUR_FAULTS_KILLS ?? 8)
const CASES = Number(process.env.ALUR_FAULTS_CASES ?? 8)
/** Cases that are worked at a time. */
const DESKS = 4

describe('the whole server, killed again and again', function () {
  this.timeout(60_000 + KILLS * 15_000 + CASES * 2_000)
  let server: Server
  let mailbox: Mailbox
  const mails = sqliteMails(openDatabase(':memory:'))
  const folder = newFolder()

  before(async () => {
    mailbox = await openMailbox({ port: 0, mails, files: diskFiles(folder) })
    server = await Server.open({
      ALUR_CLOCK: '2015-12-03T09:00:00+07:00',
      ALUR_SMTP_URL: mailbox.url
    })
  })
  after(async () => {
    await server?.end()
    await mailbox.close()
    rmSync(folder, { recursive: true })
  })

  it('loses nothing and repeats nothing', async () => {
    const desk = new Desk(server.url, await example('second-extension'))
    const ids: string[] = []
    let kills = 0

    async function work(): Promise<void> {
      while (kills < KILLS || ids.length < CASES) {
        const id = `case-${ids.length}`
        ids.push(id)
        const begun = await desk.begin(id)
        expect(begun.instance).to.equal(id)
        await desk.work(id)
      }
    }
    async function kill(): Promise<void> {
      while (kills < KILLS) {
        // Half of the kills are aimed at a request that is under way.
        await pause(randomInt(50, 1000))
        if (kills % 2 === 1) {
          await desk.sending()
          await pause(randomInt(40))
        }
        await server.kill()
        kills += 1
        await server.start()
      }
    }
    await Promise.all([kill(), ...Array.from({ length: DESKS }, work)])

    expect(await server.stop()).to.equal(0)
    await audit(server.data, ids, { mails })
    for (const { message } of desk.doneBefore) expect(message).to.match(/was completed by \w/)
    await until(() => naming(server.data).length === 0, 'no browser is left behind', 15_000)
    if (process.env.ALUR_FAULTS_TELL) {
      console.log(
        `      ${kills} kills, ${ids.length} cases, ${desk.doneBefore.length} answers lost after the commit`
      )
    }
  })
})
