import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { ErrorAnswer } from '../../api/schemas.ts'
import { until } from '../until.ts'
import { audit } from './audit.ts'
import { Desk, example } from './officers.ts'
import { freePort, newFolder, Server, shareBrowser } from './server.ts'

/** Whether this user may make a disk of a few megabytes in memory. */
function mayMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'alur-mount-'))
  try {
    mount(folder, 1)
    execFileSync('umount', [folder])
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true })
  }
}

if (mayMount()) describe('a disk that is full under the whole server', fullDisk)
else console.log('full disk under the whole server: left out, only root may mount a small one')

function fullDisk(this: Mocha.Suite): void {
  this.timeout(60_000)
  let server: Server
  let desk: Desk
  before(async () => {
    const data = newFolder()
    mount(data, 40)
    shareBrowser(data)
    mkdirSync(join(data, 'files'))
    mount(join(data, 'files'), 4)
    server = new Server(data, await freePort(), {
      ALUR_CLOCK: '2015-12-03T09:00:00+07:00',
      ALUR_ATTEMPTS: '3'
    })
    await server.start()
    desk = new Desk(server.url, await example('second-extension'))
  })
  after(async () => {
    if (server === undefined) return
    await server.kill()
    for (const folder of [join(server.data, 'files'), server.data]) {
      execFileSync('umount', ['--lazy', folder])
    }
    await server.end()
  })

  const database = () => server.data
  const files = () => join(server.data, 'files')

  it('answers 503 in words, keeps nothing half done, and takes the same request when there is room', async () => {
    await desk.begin('case-0')
    const [task] = (await desk.view('case-0')).tasks
    const counter = desk.holder('counter')
    fill(database())

    const path = `/api/instances/case-0/tasks/${task?.token}/complete`
    const complete = { variables: desk.filledIn('Check_Documents') }
    const start = { office: 'kanim-tju', instance: 'case-1', variables: desk.start }
    for (const [address, body] of [
      [path, complete],
      ['/api/processes/itk-extension/instances', start]
    ] as const) {
      const refused = await counter.post<ErrorAnswer>(address, body)
      expect(refused.status, JSON.stringify(refused.body)).to.equal(503)
      expect(refused.headers.get('retry-after')).to.equal('30')
      expect(refused.body).to.deep.equal({
        code: 'unavailable',
        message: 'the disk is full: nothing of this was stored'
      })
    }
    const signIn = await counter.post<ErrorAnswer>('/api/session', {
      person: 'kasi.tju',
      password: 'peragaan-alur'
    })
    expect(signIn.status, 'signing in').to.equal(503)

    const page = await fetch(`${server.url}/tasks/case-0/${task?.token}`, {
      method: 'POST',
      headers: { cookie: counter.cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        _csrf: counter.csrf,
        '/formalCheck/outcome': 'return',
        '/formalCheck/fileChecked': 'true',
        '/formalCheck/reason': 'Tiket belum ada.'
      })
    })
    const html = await page.text()
    expect(page.status, html.replace(/<[^>]+>/g, ' ').slice(0, 3000)).to.equal(503)
    expect(page.headers.get('retry-after')).to.equal('30')
    expect(html).to.contain('Belum dapat disimpan').and.to.contain('It cannot be saved')

    // Reading goes on.
    const view = await desk.view('case-0')
    expect(view.tasks.map(({ element }) => element)).to.deep.equal(['Check_Documents'])
    expect((await counter.get('/api/instances/case-1')).status).to.equal(404)
    expect((await fetch(`${server.url}/health`)).status).to.equal(200)

    free(database())
    expect((await counter.post(path, complete)).status).to.equal(200)
    expect((await counter.post('/api/processes/itk-extension/instances', start)).status).to.equal(
      201
    )
  })

  it('lets a letter that cannot be filed wait, and files it under its number when there is room', async () => {
    fill(files())
    await desk.begin('case-2')
    const [task] = (await desk.view('case-2')).tasks
    if (task !== undefined) await desk.complete(task)
    await until(() => server.said.includes('the disk is full'), 'a letter waits', 15_000)
    expect((await desk.view('case-2')).letters).to.deep.equal([])

    free(files())
    const ids = ['case-0', 'case-1', 'case-2']
    await Promise.all(ids.map(id => desk.work(id)))
    expect(await server.stop()).to.equal(0)
    await audit(server.data, ids)
  })
}

function mount(folder: string, megabytes: number): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
}

/** Takes all the room that is left, to the last byte. */
function fill(folder: string): void {
  const { bavail, bsize } = statfsSync(folder)
  writeFileSync(join(folder, 'filler'), Buffer.alloc(bavail * bsize))
}

function free(folder: string): void {
  rmSync(join(folder, 'filler'))
}
