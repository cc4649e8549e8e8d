import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Alur, type AlurOptions, openAlur } from '../../api/alur.ts'
import { addDemoAccounts, DEMO_ACCOUNTS } from '../../api/demo.ts'
import type { AccountView, CaseView, SessionView } from '../../api/schemas.ts'
import { listen } from '../../api/server.ts'
import { InvalidData } from '../../engine/errors.ts'
import type { Log } from '../../runtime/log.ts'
import { readSettings } from '../../runtime/settings.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqlitePeople } from '../../runtime/stores/sqlite-people.ts'
import { writeRules } from './rules.ts'
import { Visitor, visitor } from './sample.ts'

const quiet: Log = { info: () => {}, warn: () => {}, error: () => {} }
const VARIABLES = {
  applicant: { name: 'Contoh Orang', passportNumber: 'X1234567' },
  permit: { days: 10 }
}
const PRODUCTION = {
  NODE_ENV: 'production',
  ALUR_PUBLIC_URL: 'https://alur.example',
  ALUR_SMTP_URL: 'smtp://127.0.0.1:1'
}

describe('the whole system', () => {
  let folder: string
  let options: AlurOptions
  let open: Alur[] = []
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alur-whole-'))
    await writeRules(join(folder, 'rules'))
    options = {
      processes: 'test/api/processes',
      rules: join(folder, 'rules'),
      pages: false,
      log: quiet
    }
  })
  afterEach(async () => {
    await Promise.all(open.map(alur => alur.close()))
    open = []
    await rm(folder, { recursive: true, force: true })
  })

  async function start(more: Record<string, string> = {}): Promise<Alur> {
    const settings = readSettings({ PORT: '0', ALUR_DATA: join(folder, 'data'), ...more })
    const alur = await openAlur(settings, options)
    open.push(alur)
    return alur
  }

  it('keeps cases, people and sessions when it is started again', async function () {
    this.timeout(60_000)
    const first = await start()
    const loket = await visitor(first.url, 'loket.tju')
    const { body } = await loket.post<CaseView>('/api/processes/sample-permit/instances', {
      variables: VARIABLES
    })
    await first.close()

    const second = await start()
    const later = new Visitor(second.url)
    later.cookie = loket.cookie
    later.csrf = loket.csrf
    expect((await later.get<SessionView>('/api/session')).body).to.include({
      person: 'loket.tju',
      csrf: loket.csrf
    })
    const found = await later.get<CaseView>(`/api/instances/${body.instance}`)
    expect(found.body).to.deep.equal(body)
    const path = `/api/instances/${body.instance}/tasks/${body.tasks[0]?.token}/complete`
    expect(
      (await later.post(path, { variables: { documents: { PASSPORT: true } } })).status
    ).to.equal(200)
  })

  it('closes once, and no longer listens then', async () => {
    const alur = await start()
    await Promise.all([alur.close(), alur.close()])
    const refused = await fetch(`${alur.url}/health`).then(
      () => false,
      () => true
    )
    expect(refused).to.equal(true)
  })

  it('says every problem of what it reads, and leaves nothing open', async () => {
    await writeFile(
      join(folder, 'rules', 'national', 'tables', 'sample.broken.json'),
      '{ "rule": 1 }'
    )
    const problems = await start().then(
      () => [],
      (error: unknown) => (error instanceof InvalidData ? error.problems : [])
    )
    expect(problems.map(({ path }) => path).join(' ')).to.contain('sample.broken.json')
    await rm(join(folder, 'rules', 'national', 'tables', 'sample.broken.json'))
    await start()
  })

  it('says that it is not ready while it starts', async () => {
    const listening = await listen('127.0.0.1', 0)
    const answer = await fetch(`http://127.0.0.1:${listening.port}/health`)
    expect(answer.status).to.equal(503)
    expect(await answer.json()).to.include({ code: 'not-ready' })
    await listening.close()
  })

  it('refuses a port that is taken', async () => {
    const listening = await listen('127.0.0.1', 0)
    const code = await start({ PORT: String(listening.port) }).then(
      () => null,
      (error: NodeJS.ErrnoException) => error.code
    )
    expect(code).to.equal('EADDRINUSE')
    await listening.close()
  })

  describe('in production', () => {
    /** As a proxy on this machine sends it on. */
    const ask = (
      alur: Alur,
      path: string,
      body?: object
    ): Promise<{ status: number; body: unknown }> =>
      new Promise((resolve, reject) => {
        const headers = {
          host: 'alur.example',
          'x-forwarded-proto': 'https',
          'content-type': 'application/json'
        }
        const sent = request(
          alur.url + path,
          { method: body === undefined ? 'GET' : 'POST', headers },
          answer => {
            const chunks: Buffer[] = []
            answer.on('data', chunk => chunks.push(chunk))
            answer.on('end', () => {
              resolve({
                status: answer.statusCode ?? 0,
                body: JSON.parse(Buffer.concat(chunks).toString())
              })
            })
          }
        )
        sent.on('error', reject)
        sent.end(body === undefined ? undefined : JSON.stringify(body))
      })
    const DEMO = { person: 'loket.tju', password: 'peragaan-alur' }

    it('makes no demo accounts, and lets none in that are in the file', async () => {
      const fresh = await start({ ...PRODUCTION, ALUR_DATA: join(folder, 'fresh') })
      expect((await ask(fresh, '/api/session', DEMO)).status).to.equal(401)
      expect((await ask(fresh, '/api/demo-accounts')).body).to.deep.equal([])

      const demo = await start()
      const { body } = await new Visitor(demo.url).get<AccountView[]>('/api/demo-accounts')
      expect(body).to.have.length(DEMO_ACCOUNTS.length)
      await demo.close()
      const moved = await start(PRODUCTION)
      expect((await ask(moved, '/api/session', DEMO)).status).to.equal(401)
    })

    it('ends the session of a demo account', async () => {
      const demo = await start()
      const { cookie } = await visitor(demo.url, 'loket.tju')
      await demo.close()
      const moved = await start(PRODUCTION)
      const services = moved.services
      expect(await services.session(cookie.replace('alur-session=', ''))).to.equal(null)
    })

    it('has no mailbox and no simulator', async () => {
      const alur = await start(PRODUCTION)
      const actor = { id: 'x', name: 'x', kind: 'person', unit: 'kanim-tju', roles: [] } as const
      for (const call of [
        () => alur.services.mailbox(actor),
        () => alur.services.payBill(actor, '1'),
        async () => alur.services.setClock(actor, null)
      ]) {
        const code = await call().then(
          () => null,
          (error: { code?: string }) => error.code
        )
        expect(code).to.equal('only-in-demo')
      }
    })

    it('refuses to add demo accounts at all', async () => {
      const people = sqlitePeople(openDatabase(':memory:'))
      const refused = await addDemoAccounts(people, true).then(
        () => '',
        (error: Error) => error.message
      )
      expect(refused).to.contain('no demo accounts in production')
      expect(await people.byId('loket.tju')).to.equal(null)
    })
  })
})

describe('the demo accounts', () => {
  it('are in every role once per unit, with names and numbers of their own', () => {
    const keys = DEMO_ACCOUNTS.map(({ id }) => id)
    expect(new Set(keys).size).to.equal(keys.length)
    expect(new Set(DEMO_ACCOUNTS.map(({ name }) => name)).size).to.equal(keys.length)
    const nips = DEMO_ACCOUNTS.map(({ nip }) => nip ?? '')
    expect(new Set(nips).size).to.equal(keys.length)
    for (const nip of nips) expect(nip).to.match(/^19\d{6}20\d{4}[12]9\d\d$/)
  })
})
