import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { buildWeb } from '../../web/build.ts'
import { openSample, type Sample } from '../api/sample.ts'
import { until } from '../until.ts'
import { tags, textOf } from './html.ts'

const REPORT = {
  '/applicant/name': 'Contoh Pelapor',
  '/applicant/nationality': 'UTO',
  '/applicant/birthDate': '1990-02-03',
  '/applicant/passportNumber': 'X2468013',
  '/entry/date': '2026-03-01'
}
const FORM = '/lapor/kanim-tju/sample-report'

describe('the pages of the applicants, without an account and without JavaScript', function () {
  this.timeout(120_000)
  let alur: Sample
  before(async () => {
    await buildWeb(fileURLToPath(new URL('../../dist/web', import.meta.url)))
    alur = await openSample({ ALUR_CLOCK: '2026-03-02T09:00:00+07:00' }, { pages: true })
  })
  after(() => alur.end())

  const get = async (path: string) => read(await fetch(alur.url + path, { redirect: 'manual' }))
  const send = (
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {}
  ) =>
    fetch(alur.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers,
      body: new URLSearchParams(fields)
    })
  const post = async (
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {}
  ) => read(await send(path, fields, headers))
  async function read(response: Response) {
    const html = await response.text()
    const location = response.headers.get('location') ?? ''
    return { status: response.status, html, text: textOf(html), location }
  }
  const instanceIn = (html: string) => /name="_instance" value="([^"]*)"/.exec(html)?.[1] ?? ''
  const reported = async () => {
    const { html } = await get(FORM)
    const { location } = await post(FORM, { ...REPORT, _instance: instanceIn(html) })
    const { text } = await get(location)
    return { location, number: /SAMPLE-[A-Z]{3}-2026-\d{6}/.exec(text)?.[0] ?? '' }
  }

  it('are found from the sign-in page', async () => {
    const { html } = await get('/sign-in')
    const links = tags(html, 'a').map(({ attributes }) => attributes.href)
    expect(links).to.include.members(['/lapor', '/lacak'])
  })

  it('let the office and the service be chosen', async () => {
    const { status, html, text } = await get('/lapor')
    expect(status).to.equal(200)
    const links = tags(html, 'a').map(({ attributes }) => attributes.href)
    expect(links).to.include.members([FORM, '/lapor/kanim-bgl/sample-report'])
    expect(links.join()).not.to.contain('sample-permit')
    expect(text).to.contain('Laporan contoh Sample report').and.to.contain('Kantor kanim-tju')
  })

  it('take a report, and give a receipt with the number, what is next and by when', async () => {
    const { html } = await get(FORM)
    const instance = instanceIn(html)
    expect(html).to.contain('autocomplete="name"')
    const sent = await post(FORM, { ...REPORT, _instance: instance })
    expect([sent.status, sent.location]).to.deep.equal([303, `/lapor/bukti/${instance}`])

    const { status, text } = await get(sent.location)
    expect(status).to.equal(200)
    expect(text)
      .to.match(/SAMPLE-[A-Z]{3}-2026-\d{6}/)
      .and.to.contain('Menunggu Anda Waiting for you')
      .and.to.contain('Datanglah dengan paspor. Come with the passport.')
      .and.to.contain('31 Maret 2026')
      .and.to.contain('Jalan Contoh 1')
    expect(text).not.to.contain('X2468013').and.not.to.contain('Pelapor')

    const again = await post(FORM, { ...REPORT, _instance: instance })
    expect([again.status, again.location]).to.deep.equal([303, sent.location])
    expect((await get(again.location)).text).to.equal(text)
  })

  it('show a report again with what is wrong in it', async () => {
    const { html } = await get(FORM)
    const wrong = { ...REPORT, '/entry/date': '', _instance: instanceIn(html) }
    const reply = await post(FORM, wrong)

    expect(reply.status).to.equal(422)
    expect(reply.html)
      .to.contain('id="error-summary"')
      .and.to.contain('href="#f/entry/date"')
      .and.to.contain('value="Contoh Pelapor"')
    expect(instanceIn(reply.html)).to.equal(instanceIn(html))
  })

  it('show no receipt of a case that was not reported here', async () => {
    expect((await get('/lapor/bukti/00000000-0000-4000-8000-000000000000')).status).to.equal(404)
    expect((await get('/lapor/kanim-tju/sample-permit')).status).to.equal(404)
    expect((await post(FORM, { ...REPORT, _instance: '1' })).status).to.equal(400)
  })

  it('show how a case stands for its number and the passport, and give the letter', async () => {
    const { number } = await reported()
    let page = await post('/lacak', { number, passport: 'x2468013' })
    expect(page.status).to.equal(200)
    expect(page.text)
      .to.contain(number)
      .and.to.contain('Menunggu Anda')
      .and.to.contain('Diterima Received 2 Maret 2026')
    expect(page.text).not.to.contain('Pelapor')

    await until(
      async () => {
        page = await post('/lacak', { number, passport: 'X2468013' })
        return page.html.includes('/lacak/surat/')
      },
      'the confirmation is made',
      60_000
    )
    const action = /action="(\/lacak\/surat\/[^"]*)"/.exec(page.html)?.[1] ?? ''
    const pdf = await send(action, { number, passport: 'X2468013' })
    expect(pdf.headers.get('content-type')).to.equal('application/pdf')
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString()
    ).to.equal('%PDF-')
    expect((await post(action, { number, passport: 'X0000000' })).status).to.equal(404)
  })

  it('say the same of an unknown number and of a wrong passport, and then make wait', async () => {
    const { number } = await reported()
    const from = { 'x-forwarded-for': '198.51.100.7' }
    const unknown = await post(
      '/lacak',
      { number: 'SAMPLE-[A-Z]{3}-2026-999999', passport: 'X1' },
      from
    )
    const wrong = await post('/lacak', { number, passport: 'X1' }, from)
    expect([unknown.status, wrong.status]).to.deep.equal([404, 404])
    expect(wrong.text.replaceAll(number, '')).to.equal(
      unknown.text.replaceAll('SAMPLE-[A-Z]{3}-2026-999999', '')
    )
    expect(wrong.html).not.to.contain('value="X1"')

    for (let n = 3; n <= 5; n++) await post('/lacak', { number, passport: 'X1' }, from)
    const late = await post('/lacak', { number, passport: 'X2468013' }, from)
    expect(late.status).to.equal(429)
    expect(late.text).to.contain('Terlalu banyak percobaan').and.to.contain('Too many attempts')
  })

  it('never put a number of a case or a passport into an address', async () => {
    const { location, number } = await reported()
    expect(location).not.to.contain(number)
    const { html } = await get('/lacak')
    const forms = tags(html, 'form').map(({ attributes }) => attributes.method)
    expect(forms).to.deep.equal(['post'])
  })

  it('take nothing from another site', async () => {
    for (const path of [FORM, '/lacak']) {
      const { status } = await post(path, REPORT, { origin: 'https://elsewhere.example' })
      expect(status, path).to.equal(403)
    }
  })
})
