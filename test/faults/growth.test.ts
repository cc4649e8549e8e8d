import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { until } from '../until.ts'
import { audit } from './audit.ts'
import { Desk, example } from './officers.ts'
import { Server } from './server.ts'

/** Cases that one server works; 300 show its growth, a few show that it leaves no file open. */
const CASES = Number(process.env.ALUR_FAULTS_GROWTH ?? 12)
const DESKS = 4

describe('a server that works many cases', function () {
  this.timeout(60_000 + CASES * 2_000)
  let server: Server
  before(async () => {
    server = await Server.open({ ALUR_CLOCK: '2015-12-03T09:00:00+07:00' })
  })
  after(() => server?.end())

  it('holds no more files, and not much more memory, than after the first', async () => {
    const desk = new Desk(server.url, await example('second-extension'))
    const ids: string[] = []
    async function work(count: number): Promise<void> {
      await Promise.all(
        Array.from({ length: DESKS }, async () => {
          while (ids.length < count) {
            const id = `case-${ids.length}`
            ids.push(id)
            await desk.begin(id)
            await desk.work(id)
          }
        })
      )
      tell(ids.length)
    }
    function tell(count: number): void {
      if (!process.env.ALUR_FAULTS_TELL) return
      console.log(
        `      ${count} cases: ${megabytes(server.pid)} MB, ${handles(server.pid)} files open`
      )
    }

    await work(DESKS)
    const [files, memory] = [handles(server.pid), megabytes(server.pid)]
    for (let part = 1; part <= 4; part++) await work(DESKS + ((CASES - DESKS) * part) / 4)
    // Connections that were kept open go after five seconds at most; what stays was left open.
    await until(() => handles(server.pid) <= files + 2, 'no file is left open', 12_000)
    expect(megabytes(server.pid), 'MB').to.be.lessThan(memory + 200)

    expect(await server.stop()).to.equal(0)
    await audit(server.data, ids)
  })
})

function handles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length
}

function megabytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}
