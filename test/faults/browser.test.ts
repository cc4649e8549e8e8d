import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { until } from '../until.ts'
import { audit } from './audit.ts'
import { Desk, example } from './officers.ts'
import { naming, Server } from './server.ts'

const CASES = Number(process.env.ALUR_FAULTS_CASES ?? 6)
/** How often the renderer or its browser is killed. */
const KILLS = 6

describe('the browser of a running server, killed in the middle of letters', function () {
  this.timeout(60_000 + CASES * 2_000)
  let server: Server
  before(async () => {
    server = await Server.open({ ALUR_CLOCK: '2015-12-03T09:00:00+07:00' })
  })
  after(() => server?.end())

  /** False when it had ended by itself. */
  function killed(pid: number): boolean {
    try {
      return process.kill(pid, 'SIGKILL')
    } catch {
      return false
    }
  }

  it('issues every letter once', async () => {
    const desk = new Desk(server.url, await example('second-extension'))
    const ids = Array.from({ length: CASES }, (_, index) => `case-${index}`)
    let open = CASES
    const working = ids.map(async id => {
      await desk.begin(id)
      await desk.work(id)
      open -= 1
    })

    async function kill(): Promise<number> {
      let kills = 0
      while (open > 0 && kills < KILLS) {
        await pause(40)
        const [renderer, browser] = server.below()
        // In turns the process that we started, and the browser that it started.
        const victim = kills % 2 === 0 ? renderer : browser
        if (victim !== undefined && killed(victim)) kills += 1
      }
      return kills
    }
    const [kills] = await Promise.all([kill(), ...working])
    expect(kills, 'it was killed while letters were printed').to.be.greaterThan(2)

    expect(await server.stop()).to.equal(0)
    await audit(server.data, ids)
    await until(() => naming(server.data).length === 0, 'no browser is left behind', 15_000)
  })
})
