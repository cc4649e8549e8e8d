import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import { DEMO_ACCOUNTS } from '../../api/demo.ts'
import { openapi } from '../../api/openapi.ts'
import type { CaseView, ClockView, HealthView, SessionView } from '../../api/schemas.ts'
import { openSample, type Sample, Visitor, visitor } from './sample.ts'

const START = '/api/processes/sample-permit/instances'
const VARIABLES = {
  applicant: { name: 'Contoh Orang', passportNumber: 'X1234567' },
  permit: { days: 10 }
}

describe('the HTTP side', () => {
  let alur: Sample
  let loket: Visitor
  before(async () => {
    alur = await openSample()
    loket = await visitor(alur.url, 'loket.tju')
  })
  after(() => alur.end())

  const anyone = () => new Visitor(alur.url)
  const raw = (method: string, path: string, body: string, headers: Record<string, string>) =>
    loket.send(method, path, body, headers)

  // answers ///////////////////////////////////////////////////////////////////

  it('says when it is ready', async () => {
    const { status, body } = await anyone().get<HealthView>('/health')
    expect(status).to.equal(200)
    expect(body).to.deep.equal({ ready: true, parts: { store: 'ok' } })
  })

  it('serves its OpenAPI document and its public keys', async () => {
    const document = await anyone().get<typeof openapi>('/openapi.json')
    expect(document.body.openapi).to.equal('3.1.0')
    expect(Object.keys(document.body.paths)).to.deep.equal(Object.keys(openapi.paths))
    const keys = await anyone().get<{ keys: { alg: string; d?: string }[] }>(
      '/.well-known/alur-keys.json'
    )
    expect(keys.body.keys[0]).to.include({ alg: 'EdDSA' })
    expect(keys.body.keys[0]).to.not.have.property('d')
  })

  it('forbids inline scripts, frames and guessing of types', async () => {
    const { headers } = await anyone().get('/health')
    expect(headers.get('content-security-policy'))
      .to.contain("script-src 'self'")
      .and.to.not.contain('unsafe')
    expect(headers.get('content-security-policy')).to.contain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).to.equal('nosniff')
    expect(headers.get('cache-control')).to.equal('no-store')
    expect(headers.get('x-powered-by')).to.equal(null)
    expect(headers.get('x-request-id')).to.match(/^[0-9a-f-]{36}$/)
  })

  const refusals: readonly (readonly [
    string,
    string,
    string,
    string,
    Record<string, string>,
    number,
    string
  ])[] = [
    ['JSON that is broken', 'POST', START, '{"variables":', {}, 400, 'bad-request'],
    [
      'a name that means something to JavaScript',
      'POST',
      START,
      '{"variables":{"__proto__":{"x":1}}}',
      {},
      400,
      'bad-request'
    ],
    [
      'the name constructor',
      'POST',
      START,
      '{"variables":{"constructor":{"prototype":{}}}}',
      {},
      400,
      'bad-request'
    ],
    ['a body without what it needs', 'POST', START, '{}', {}, 400, 'bad-request'],
    [
      'a body with more than it may have',
      'POST',
      START,
      '{"variables":{},"by":"me"}',
      {},
      400,
      'bad-request'
    ],
    ['a list for an object', 'POST', START, '[]', {}, 400, 'bad-request'],
    [
      'an instance id that is none',
      'POST',
      START,
      '{"variables":{},"instance":"../x"}',
      {},
      400,
      'bad-request'
    ],
    [
      'a body that is too large',
      'POST',
      START,
      JSON.stringify({ variables: { a: 'x'.repeat(300_000) } }),
      {},
      413,
      'too-large'
    ],
    [
      'a body that is a form',
      'POST',
      START,
      'variables=1',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'wrong-type'
    ],
    [
      'a body that is text',
      'POST',
      START,
      '{}',
      { 'content-type': 'text/plain' },
      415,
      'wrong-type'
    ],
    ['a method that is not there', 'PUT', '/api/instances', '{}', {}, 405, 'wrong-method'],
    ['an address that is not there', 'POST', '/api/nothing', '{}', {}, 404, 'unknown-address']
  ]
  for (const [what, method, path, body, headers, status, code] of refusals) {
    it(`answers ${status} to ${what}, in the one form`, async () => {
      const found = await raw(method, path, body, headers)
      expect(found.status, JSON.stringify(found.body)).to.equal(status)
      expect(found.body).to.include({ code })
      expect(found.body.message).to.be.a('string').and.not.contain('node_modules')
    })
  }

  it('answers 404 outside the API as well', async () => {
    const { status, body } = await anyone().get('/nothing')
    expect([status, body.code]).to.deep.equal([404, 'unknown-address'])
  })

  it('names what is wrong with a query', async () => {
    const { status, body } = await loket.get('/api/instances?limit=1000')
    expect(status).to.equal(400)
    expect(body.problems?.[0]).to.include({ path: '/query/limit' })
  })

  it('does not answer under a foreign host name', async () => {
    const { request } = await import('node:http')
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${alur.url}/health`, { headers: { host: 'evil.example' } }, answer => {
        answer.resume()
        resolve(answer.statusCode)
      })
      sent.on('error', reject).end()
    })
    expect(status).to.equal(400)
  })

  // sessions //////////////////////////////////////////////////////////////////

  it('asks for a session wherever its document says so', async () => {
    for (const [path, operations] of Object.entries(openapi.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const address = path
          .replace('{token}', 't1')
          .replace('{version}', '1')
          .replace(/\{\w+\}/g, 'x')
        const found = await anyone().send(method.toUpperCase(), address)
        const { security } = operation as { readonly security: readonly object[] }
        const what = `${method} ${path} ${JSON.stringify(found.body)}`
        if (security.length > 0) expect(found.status, what).to.equal(401)
        else if (method === 'get') expect(found.status, what).to.equal(200)
        else if (path !== '/api/session') expect(found.status, what).not.to.equal(401)
      }
    }
  })

  it('asks for it before it looks at what was sent', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const [body, headers] of [
      ['{"variables":', {}],
      ['variables=1', form],
      [JSON.stringify({ variables: { a: 'x'.repeat(300_000) } }), {}]
    ] as const) {
      const { status, body: said } = await anyone().send('POST', START, body, headers)
      expect([status, said.code]).to.deep.equal([401, 'not-signed-in'])
    }
  })

  it('says who is signed in, and with which roles', async () => {
    const { body } = await loket.get<SessionView>('/api/session')
    expect(body).to.include({
      person: 'loket.tju',
      unit: 'kanim-tju',
      unitName: 'Kantor kanim-tju',
      level: 'office',
      demo: true
    })
    expect(body.roles).to.deep.equal([{ id: 'counter', label: 'Jabatan counter' }])
  })

  it('keeps the session in a cookie that scripts and other sites do not get', async () => {
    const { headers } = await anyone().signIn('loket.tju')
    const cookie = headers.get('set-cookie') ?? ''
    expect(cookie).to.match(/^alur-session=[\w-]{43}; /)
    expect(cookie)
      .to.contain('HttpOnly')
      .and.contain('SameSite=Lax')
      .and.contain('Path=/')
      .and.not.contain('Domain')
  })

  it('marks the cookie as secure behind HTTPS', async () => {
    const person = { person: 'loket.tju', password: 'peragaan-alur' }
    const { headers } = await anyone().post('/api/session', person, {
      'x-forwarded-proto': 'https'
    })
    expect(headers.get('set-cookie'))
      .to.match(/^__Host-alur-session=/)
      .and.contain('Secure')
    expect(headers.get('strict-transport-security')).to.contain('max-age')
  })

  it('never takes over a session token that the browser came with', async () => {
    const victim = anyone()
    victim.cookie = 'alur-session=chosen-by-the-attacker'
    await victim.signIn('kakanim.tju')
    expect(victim.cookie).to.not.contain('chosen-by-the-attacker')

    const before = victim.cookie
    await victim.signIn('kakanim.tju')
    expect(victim.cookie).to.not.equal(before)
    const old = anyone()
    old.cookie = before
    expect((await old.get('/api/session')).status).to.equal(401)
  })

  it('ends a session when the person signs out', async () => {
    const person = await visitor(alur.url, 'kasi.tju')
    expect((await person.send('DELETE', '/api/session')).status).to.equal(204)
    const { status, body } = await person.get('/api/session')
    expect([status, body.code]).to.deep.equal([401, 'not-signed-in'])
  })

  it('says the same of a wrong name and a wrong password', async () => {
    const wrong = await anyone().signIn('loket.tju', 'salah')
    const unknown = await anyone().signIn('nobody.tju', 'salah')
    expect(wrong.status).to.equal(401)
    expect([unknown.status, unknown.body]).to.deep.equal([wrong.status, wrong.body])
  })

  it('stops guessing after a few wrong passwords of one person', async () => {
    const guesses = [1, 2, 3, 4, 5].map(guess => anyone().signIn('bendahara.tju', `guess ${guess}`))
    for (const { status } of await Promise.all(guesses)) expect(status).to.equal(401)
    const { status, body, headers } = await anyone().signIn('bendahara.tju')
    expect([status, (body as unknown as { code: string }).code]).to.deep.equal([429, 'too-many'])
    expect(Number(headers.get('retry-after'))).to.be.within(1, 900)
  })

  it('stops trying letters after letters', async () => {
    const person = anyone()
    const statuses: number[] = []
    for (let i = 0; i < 61; i++) {
      const { status } = await person.get(`/api/verify/X${i}`, { 'x-forwarded-for': '203.0.113.7' })
      statuses.push(status)
    }
    expect(statuses.slice(0, 60).every(status => status === 200)).to.equal(true)
    expect(statuses[60]).to.equal(429)
  })

  // forged requests ///////////////////////////////////////////////////////////

  it('refuses a change without the token of the session', async () => {
    for (const csrf of ['', 'wrong', `${loket.csrf}x`]) {
      const { status, body } = await loket.post(
        START,
        { variables: VARIABLES },
        { 'x-csrf-token': csrf }
      )
      expect([status, body.code]).to.deep.equal([403, 'forged-request'])
    }
  })

  it('refuses the token of another session', async () => {
    const other = await visitor(alur.url, 'loket.tju')
    const { status, body } = await loket.post(
      START,
      { variables: VARIABLES },
      { 'x-csrf-token': other.csrf }
    )
    expect([status, body.code]).to.deep.equal([403, 'forged-request'])
  })

  it('does not take the token from JSON, which a form of another site could send', async () => {
    const body = { variables: VARIABLES, _csrf: loket.csrf }
    const found = await loket.post(START, body, { 'x-csrf-token': '' })
    expect(found.status).to.equal(403)
  })

  const foreign: readonly Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' }
  ]
  for (const headers of foreign) {
    it(`refuses a change from ${JSON.stringify(headers)}`, async () => {
      const { status, body } = await loket.post(START, { variables: VARIABLES }, headers)
      expect([status, body.code]).to.deep.equal([403, 'forged-request'])
      const signIn = await anyone().post(
        '/api/session',
        { person: 'loket.tju', password: 'peragaan-alur' },
        headers
      )
      expect(signIn.status).to.equal(403)
    })
  }

  it('takes a change from its own pages', async () => {
    const headers = { origin: alur.url, 'sec-fetch-site': 'same-origin' }
    const { status } = await loket.post(START, { variables: VARIABLES }, headers)
    expect(status).to.equal(201)
  })

  // starting //////////////////////////////////////////////////////////////////

  it('starts once, however often the same request comes', async () => {
    const body = { instance: crypto.randomUUID(), variables: VARIABLES }
    const all = await Promise.all([1, 2, 3].map(() => loket.post<CaseView>(START, body)))
    expect(all.map(({ status }) => status).sort()).to.deep.equal([200, 200, 201])
    expect(new Set(all.map(({ body }) => body.number)).size).to.equal(1)
    const again = await loket.post<CaseView>(START, body)
    expect([again.status, again.body.number]).to.deep.equal([200, all[0]?.body.number])
  })

  it('refuses the id of a case for anything else', async () => {
    const instance = crypto.randomUUID()
    await loket.post(START, { instance, variables: VARIABLES })
    const other = { ...VARIABLES, permit: { days: 11 } }
    const changed = await loket.post(START, { instance, variables: other })
    expect([changed.status, changed.body.code]).to.deep.equal([409, 'already-started'])
    const elsewhere = await visitor(alur.url, 'loket.mre')
    const foreign = await elsewhere.post(START, { instance, variables: VARIABLES })
    expect([foreign.status, foreign.body.code]).to.deep.equal([409, 'already-started'])
    expect(JSON.stringify(foreign.body)).to.not.contain('Contoh')
  })

  it('says where a form does not hold', async () => {
    const { status, body } = await loket.post(START, {
      variables: { applicant: { name: '' }, permit: { days: 61 } }
    })
    expect([status, body.code]).to.deep.equal([422, 'invalid-variables'])
    expect(body.problems?.map(({ path }) => path)).to.include.members([
      '/applicant/name',
      '/permit/days'
    ])
  })

  it('refuses a process that nobody drew, and another office', async () => {
    const unknown = await loket.post('/api/processes/nothing/instances', { variables: {} })
    expect([unknown.status, unknown.body.code]).to.deep.equal([404, 'unknown-process'])
    const elsewhere = await loket.post(START, { office: 'kanim-mre', variables: VARIABLES })
    expect([elsewhere.status, elsewhere.body.code]).to.deep.equal([403, 'not-allowed'])
  })

  it('shows the diagram as it was drawn', async () => {
    const { body, headers } = await loket.get<string>(
      '/api/processes/sample-permit/versions/1/diagram'
    )
    expect(headers.get('content-type')).to.contain('application/xml')
    expect(body).to.equal(await readFile('test/api/processes/sample-permit.bpmn', 'utf8'))
    const missing = await loket.get('/api/processes/sample-permit/versions/9/diagram')
    expect([missing.status, missing.body.code]).to.deep.equal([404, 'unknown-process'])
  })

  // the demo //////////////////////////////////////////////////////////////////

  it('lists the demo accounts with their password', async () => {
    const { body } = await anyone().get<{ id: string; password: string }[]>('/api/demo-accounts')
    expect(body.map(({ id }) => id)).to.deep.equal(DEMO_ACCOUNTS.map(({ id }) => id))
    expect(body[0]).to.include({ password: 'peragaan-alur' })
  })

  it('tells the time, and refuses to set a clock that cannot be set', async () => {
    const { body } = await anyone().get<ClockView>('/api/clock')
    expect(body).to.include({ isSet: false, settable: false })
    const { status, body: refused } = await loket.send(
      'PUT',
      '/api/clock',
      '{"at":"2015-12-01T02:00:00Z"}'
    )
    expect([status, refused.code]).to.deep.equal([404, 'only-in-demo'])
  })

  it('has an empty mailbox, no such mail and no such bill', async () => {
    expect((await loket.get<unknown[]>('/api/mail')).body).to.deep.equal([])
    expect((await loket.get('/api/mail/x')).body.code).to.equal('unknown-mail')
    expect((await loket.get('/api/simulators/billing/820260101000000')).body.code).to.equal(
      'unknown-bill'
    )
    expect((await loket.post('/api/simulators/billing/820260101000000/pay')).body.code).to.equal(
      'unknown-bill'
    )
  })

  it('has no letter where there is none, and says so to anyone who checks', async () => {
    expect((await loket.get('/api/letters/X1')).body.code).to.equal('unknown-letter')
    const { status, body } = await anyone().get<{ status: string }>('/api/verify/X1')
    expect([status, body.status]).to.deep.equal([200, 'unknown'])
    const forged = await anyone().get<{ status: string }>('/api/verify/X1?seal=abc')
    expect(forged.body.status).to.equal('forged')
  })

  it('has logged no fault on the way', () => {
    expect(alur.logged).to.deep.equal([])
  })
})
