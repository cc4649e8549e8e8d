import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { until } from '../until.ts'

describe('the server process', function () {
  this.timeout(60_000)
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alur-main-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  interface Started {
    readonly child: ChildProcess
    readonly exited: Promise<unknown[]>
    readonly said: () => string
  }
  function start(more: Record<string, string> = {}): Started {
    const env = { ...process.env, PORT: '0', ALUR_DATA: folder, ...more }
    const child = spawn(process.execPath, ['--import', 'tsx', 'api/main.ts'], { env })
    let text = ''
    child.stdout.on('data', chunk => {
      text += chunk
    })
    child.stderr.on('data', chunk => {
      text += chunk
    })
    return { child, exited: once(child, 'exit'), said: () => text }
  }
  const isReady = ({ said, child }: Started) =>
    until(
      () => {
        if (child.exitCode !== null) throw new Error(said())
        return said().includes('ditjen-imigrasi:')
      },
      'it is ready',
      30_000
    )

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`says where it is, and stops at ${signal}`, async () => {
      const started = start()
      await isReady(started)
      const url = /ready at (http:\/\/127\.0\.0\.1:\d+) after [\d.]+ s/.exec(started.said())?.[1]
      const health = await fetch(`${url}/health`)
      expect(health.status).to.equal(200)
      expect(started.said()).to.contain('loket.tju (counter)').and.to.contain('peragaan-alur')

      started.child.kill(signal)
      expect(await started.exited).to.deep.equal([0, null])
    })
  }

  it('says what is wrong with its settings, without a stack', async () => {
    const started = start({ PORT: 'three' })
    const [code] = await started.exited
    expect(code).to.equal(1)
    expect(started.said())
      .to.contain('PORT: expected a whole number')
      .and.not.contain('at readSettings')
  })
})
