import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { DEMO_PASSWORD } from '../../api/demo.ts'
import { buildWeb } from '../../web/build.ts'
import { addColleague, openSample, type Sample } from '../api/sample.ts'
import { tags, textOf } from './html.ts'
import { Reader } from './reader.ts'

const APPLICATION = {
  '/applicant/name': 'Contoh Orang',
  '/applicant/passportNumber': 'X1234567',
  '/permit/days': '10'
}

describe('the pages, without JavaScript', () => {
  let alur: Sample
  let loket: Reader
  before(async () => {
    await buildWeb(fileURLToPath(new URL('../../dist/web', import.meta.url)))
    alur = await openSample({ ALUR_CLOCK: '2026-01-05T09:00:00+07:00' }, { pages: true })
    loket = await reader('loket.tju')
  })
  after(() => alur.end())

  const anyone = () => new Reader(alur.url)
  async function reader(person: string): Promise<Reader> {
    const reader = anyone()
    await reader.signIn(person)
    return reader
  }
  async function started(by: Reader): Promise<string> {
    const form = await by.get('/start/sample-permit')
    const instance = /name="_instance" value="([^"]*)"/.exec(form.html)?.[1] ?? ''
    const reply = await by.post('/start/sample-permit', { ...APPLICATION, _instance: instance })
    expect(reply.status, textOf(reply.html)).to.equal(303)
    return instance
  }
  async function taskOf(by: Reader, instance: string): Promise<string> {
    const { html } = await by.get('/tasks')
    return (
      tags(html, 'a')
        .map(({ attributes }) => attributes.href ?? '')
        .find(href => href.startsWith(`/tasks/${instance}/`)) ?? ''
    )
  }

  // signing in ////////////////////////////////////////////////////////////////

  it('ask who is there, and lead back to the page that was wanted', async () => {
    const stranger = anyone()
    const wanted = await stranger.get('/cases?q=a%26b')
    expect(wanted.status).to.equal(303)
    expect(wanted.location).to.equal(`/sign-in?${new URLSearchParams({ next: '/cases?q=a%26b' })}`)
    const reply = await stranger.post('/sign-in', {
      person: 'loket.tju',
      password: DEMO_PASSWORD,
      next: '/cases?q=a%26b'
    })
    expect([reply.status, reply.location]).to.deep.equal([303, '/cases?q=a%26b'])
  })

  it('never lead to another site after signing in', async () => {
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', '/sign-out']) {
      const reply = await anyone().post('/sign-in', {
        person: 'loket.tju',
        password: DEMO_PASSWORD,
        next
      })
      expect(reply.location, next).to.equal('/tasks')
    }
  })

  it('say that the password is wrong, and keep the name', async () => {
    const { status, html } = await anyone().post('/sign-in', {
      person: 'loket.mre',
      password: 'wrong'
    })
    expect(status).to.equal(401)
    expect(textOf(html)).to.contain('Nama akun atau kata sandi salah')
    expect(html).to.match(/id="person"[^>]*value="loket.mre"/)
  })

  it('sign out', async () => {
    const leaving = await reader('loket.tju')
    expect((await leaving.post('/sign-out', {})).location).to.equal('/sign-in?done=signed-out')
    expect((await leaving.get('/tasks')).location).to.match(/^\/sign-in/)
  })

  it('lead back to the task whose form came after the session had ended, and say so', async () => {
    const { location } = await anyone().post('/tasks/some-case/t3', { '/note': 'lama diketik' })
    const back = '/tasks/some-case/t3?done=ended'
    expect(location).to.equal(`/sign-in?${new URLSearchParams({ done: 'ended', next: back })}`)
    expect(textOf((await anyone().get(location)).html)).to.contain('tidak ada yang tersimpan')
    const again = anyone()
    const reply = await again.post('/sign-in', {
      person: 'loket.tju',
      password: DEMO_PASSWORD,
      next: back
    })
    expect(reply.location).to.equal(back)
  })

  // a case ////////////////////////////////////////////////////////////////////

  it('take an application that is wrong back with what was typed', async () => {
    const { status, html } = await loket.post('/start/sample-permit', {
      ...APPLICATION,
      '/applicant/passportNumber': '',
      '/permit/days': 'banyak',
      _instance: '0b0e6a5e-3f0e-4d3a-8f38-2c07a3f3c001'
    })
    expect(status).to.equal(422)
    expect(html)
      .to.match(/href="#f\/applicant\/passportNumber"/)
      .and.to.match(/href="#f\/permit\/days"/)
    expect(html).to.match(/name="\/applicant\/name"[^>]*value="Contoh Orang"/)
    expect(html).to.match(/name="\/permit\/days"[^>]*value="banyak"/)
  })

  it('start one case from a form that was sent twice', async () => {
    const instance = await started(loket)
    const again = await loket.post('/start/sample-permit', { ...APPLICATION, _instance: instance })
    expect([again.status, again.location]).to.deep.equal([303, `/cases/${instance}?done=started`])
    const { html } = await loket.get(again.location)
    expect(textOf(html)).to.contain('Permohonan diterima.').and.to.contain('Contoh Orang')
  })

  it('claim a task in the list, hand it over and give it back', async () => {
    await addColleague(alur)
    const other = await reader('loket2.tju')
    const head = await reader('kakanim.tju')
    const instance = await started(loket)
    const path = await taskOf(loket, instance)
    const claimed = await loket.post(`${path}/claim`, {})
    expect([claimed.status, claimed.location]).to.deep.equal([303, `${path}?done=claim`])
    const page = textOf((await loket.get(claimed.location)).html)
    expect(page).to.contain('Tugas ini sekarang milik Anda.').and.to.contain('Lepaskan')

    const late = await other.post(`${path}/claim`, {})
    expect(late.status).to.equal(409)
    expect(textOf(late.html)).to.contain('Pemegang: Ratna Melati Sari')
    const seen = await other.get(path)
    expect(textOf(seen.html)).to.contain('Tugas ini dipegang Ratna Melati Sari')
    expect(seen.html).to.not.contain(`action="${path}"`)

    const wrong = await head.post(`${path}/assign`, { to: 'loket2.tju', reason: '' })
    expect(wrong.status).to.equal(422)
    expect(wrong.html).to.contain('href="#f/assign/reason"')
    expect(textOf(wrong.html)).to.contain('Isi alasannya')
    const given = await head.post(`${path}/assign`, { to: 'loket2.tju', reason: 'Bagi tugas' })
    expect([given.status, given.location]).to.deep.equal([
      303,
      `/tasks?done=assign&case=${instance}`
    ])
    const asked = await other.post(`${path}/delegate`, { to: 'loket.tju', reason: 'Bantu' })
    expect(asked.location).to.contain('done=delegate')
    expect((await loket.post(`${path}/return`, {})).location).to.contain('done=return')
    expect((await other.post(`${path}/unclaim`, {})).location).to.contain('done=unclaim')
    const urgent = await head.post(`${path}/prioritize`, { priority: '90', reason: 'Sakit' })
    expect(urgent.location).to.equal(`${path}?done=prioritize`)
    expect(textOf((await loket.get(path)).html)).to.contain('Mendesak')
    const none = await head.post(`${path}/prioritize`, { priority: 'tinggi', reason: 'Sakit' })
    expect(none.status).to.equal(422)
    expect(none.html, 'what was typed stays').to.contain('value="tinggi"').and.contain('"Sakit"')
    const both = textOf((await head.post(`${path}/prioritize`, { priority: '' })).html)
    expect(both).to.contain('Isi angka 0 sampai 100').and.to.contain('Isi alasannya')
  })

  it('count the queues of the task list, and narrow it to one of them', async () => {
    const instance = await started(loket)
    const path = await taskOf(loket, instance)
    const listed = async (by: Reader, queue: string) =>
      (await by.get(`/tasks?queue=${queue}`)).html.includes(`href="${path}"`)
    const mine = async () =>
      /Milik saya Mine (\d+)/.exec(textOf((await loket.get('/tasks')).html))?.[1]
    const before = Number(await mine())
    expect([await listed(loket, 'mine'), await listed(loket, 'free')]).to.deep.equal([false, true])
    await loket.post(`${path}/claim`, {})
    expect(Number(await mine())).to.equal(before + 1)
    expect([await listed(loket, 'mine'), await listed(loket, 'free')]).to.deep.equal([true, false])
    expect(await listed(loket, 'later')).to.equal(false)
    const head = await reader('kakanim.tju')
    expect([await listed(head, ''), await listed(head, 'unit')]).to.deep.equal([false, true])
    expect((await loket.get('/tasks?queue=unit')).status).to.equal(403)
  })

  it('name a deputy, who accepts, acts and is ended', async () => {
    const deputy = await reader('penyerahan.tju')
    const wrong = await loket.post('/deputies', { '/deputy': '', '/until': 'x', '/reason': 'Cuti' })
    expect(wrong.status).to.equal(422)
    expect(wrong.html).to.contain('href="#f/deputy"').and.to.contain('href="#f/until"')
    expect(wrong.html).to.match(/name="\/reason"[^>]*value="Cuti"/)
    const early = await loket.post('/deputies', {
      '/deputy': 'penyerahan.tju',
      '/from': '2026-01-05',
      '/until': '2026-01-01',
      '/reason': 'Cuti'
    })
    expect(early.status).to.equal(422)
    expect(textOf(early.html)).to.contain('Isi hari terakhir')

    const named = await loket.post('/deputies', {
      '/deputy': 'penyerahan.tju',
      '/roles': ['counter'],
      '/from': '2026-01-05',
      '/until': '2026-01-09',
      '/reason': 'Cuti tahunan'
    })
    expect([named.status, named.location]).to.deep.equal([303, '/deputies?done=deputy-named'])
    const { html } = await deputy.get('/deputies')
    expect(textOf(html)).to.contain('Diusulkan').and.to.contain('Cuti tahunan')
    const accept = /action="(\/deputies\/[^"]+\/accept)"/.exec(html)?.[1] ?? ''
    expect((await deputy.post(accept, {})).location).to.equal('/deputies?done=deputy-accept')

    const path = await taskOf(loket, await started(loket))
    const page = await deputy.get(path)
    expect(textOf(page.html)).to.contain('mewakili').and.to.contain('Anda bertindak atas nama')
    expect((await deputy.post(`${path}/claim`, {})).status).to.equal(303)
    const end = accept.replace('/accept', '/end')
    expect((await loket.post(end, {})).location).to.equal('/deputies?done=deputy-end')
    expect((await deputy.get(path)).status).to.equal(403)
    const closed = await loket.post(end, {})
    expect([closed.status, textOf(closed.html)]).to.satisfy(
      ([status, text]: [number, string]) => status === 409 && text.includes('sudah ditutup')
    )
  })

  it('work a task from the list to the next', async () => {
    const instance = await started(loket)
    const path = await taskOf(loket, instance)
    const page = await loket.get(path)
    expect(page.status).to.equal(200)
    const boxes = tags(page.html, 'input').filter(
      ({ attributes }) => attributes.name === '/documents'
    )
    const documents = boxes.map(({ attributes }) => attributes.value ?? '')
    const none = await loket.post(path, { '/documents': [] })
    expect(none.status).to.equal(422)
    const done = await loket.post(path, { '/documents': documents })
    expect(done.status, textOf(done.html)).to.equal(303)
    expect(done.location).to.match(new RegExp(`^/tasks\\?done=task&case=${instance}`))
    expect(textOf((await loket.get(done.location)).html)).to.contain('Tugas selesai dan tersimpan.')

    const late = await loket.post(path, { '/documents': documents })
    expect(late.status).to.equal(409)
    expect(textOf(late.html)).to.contain('Rekan lain lebih cepat')
    const case_ = await loket.get(`/cases/${instance}`)
    expect(case_.status).to.equal(200)
    expect(textOf(case_.html)).to.contain('Riwayat')
  })

  it('let an operator suspend a case, with a reason, and nobody else', async () => {
    const instance = await started(loket)
    const path = `/cases/${instance}`
    const operator = await reader('tu.tju')
    expect(textOf((await loket.get(path)).html)).not.to.contain('Tindakan operator')
    expect(textOf((await operator.get(path)).html)).to.contain('Tindakan operator')

    const refused = await loket.post(`${path}/operations`, { type: 'suspend', reason: 'x' })
    expect(refused.status).to.equal(403)
    const silent = await operator.post(`${path}/operations`, { type: 'suspend', reason: ' ' })
    expect(silent.status).to.equal(422)
    expect(textOf(silent.html)).to.contain('Alasan: Isi alasannya')
    const nowhere = { type: 'moveToken', element: 'Check_Documents', to: '', reason: 'salah kirim' }
    const lost = await operator.post(`${path}/operations`, nowhere)
    expect(lost.status).to.equal(422)
    expect(textOf(lost.html)).to.contain('Pilih langkah tujuannya').and.to.contain('salah kirim')
    const asked = { type: 'suspend', reason: 'permintaan pengadilan' }
    const done = await operator.post(`${path}/operations`, asked)
    expect([done.status, done.location]).to.deep.equal([303, `${path}?done=operation`])
    const page = textOf((await operator.get(done.location)).html)
    expect(page).to.contain('Ditangguhkan').and.to.contain('permintaan pengadilan')
    const task = await taskOf(loket, instance)
    const still = (await loket.get(task)).html
    expect(textOf(still)).to.contain('Berkas ini ditangguhkan').and.contain('permintaan pengadilan')
    expect(still, 'nothing to fill in or to claim').to.not.contain(`action="${task}`)
    expect((await loket.get('/tasks')).html).to.not.contain(`action="${task}/claim`)
    const late = await loket.post(task, { '/documents': [] })
    expect(late.status).to.equal(409)
    expect(textOf(late.html)).to.contain('Berkas ini ditangguhkan')
    const again = await operator.post(`${path}/operations`, asked)
    expect(again.location).to.equal(`${path}?done=unneeded`)
  })

  it('say to an operator why something cannot be done, beside what was typed', async () => {
    const instance = await started(loket)
    const path = `/cases/${instance}`
    const operator = await reader('tu.tju')
    const skip = { type: 'skip', element: 'Check_Documents', reason: 'berkas sudah diperiksa' }
    const done = await operator.post(`${path}/operations`, skip)
    expect(done.location, textOf(done.html)).to.equal(`${path}?done=operation`)
    const move = { type: 'moveToken', element: 'Decide', to: 'Endorse', reason: 'sudah diputus' }
    const refused = await operator.post(`${path}/operations`, move)
    expect(refused.status).to.equal(403)
    const page = textOf(refused.html)
    expect(page).to.contain('Pemisahan tugas: harus orang lain').and.to.contain('sudah diputus')
    expect(page).to.contain('«Memutuskan permohonan»').and.to.not.contain('<Decide>')
    expect(page, 'skipped is not done').to.contain('Memeriksa berkas dilewati')
    expect(page).to.contain('Check the documents skipped').and.to.not.contain('Selesai: Memeriksa')

    const head = await reader('kakanim.tju')
    const answer = { '/decision/outcome': 'approve', '/decision/reason': 'Lengkap' }
    expect((await head.post(await taskOf(head, instance), answer)).status).to.equal(303)
    const region = await reader('staf.kepri')
    expect((await region.post(await taskOf(region, instance), {})).status).to.equal(303)
    const [, incident] =
      /action="([^"]+\/incidents\/[^"]+)"/.exec((await operator.get(path)).html) ?? []
    const stated = { reason: 'putusan keliru', variables: '{"decision":{"outcome":"refuse"}}' }
    const kept = await operator.post(incident ?? '', stated)
    expect(kept.status, textOf(kept.html)).to.equal(422)
    expect(textOf(kept.html)).to.contain('Pemisahan tugas').and.to.contain('putusan keliru')
  })

  it('paint for an operator what the examples cover, and for nobody else', async () => {
    const operator = await reader('tu.tju')
    const list = await operator.get('/procedures')
    expect(textOf(list.html)).to.contain('Izin contoh').and.to.contain('Cakupan 1 contoh')
    const report = await operator.get('/procedures/sample-permit/coverage')
    expect(report.status, textOf(report.html)).to.equal(200)
    expect(report.headers.get('content-security-policy')).to.contain("default-src 'none'")
    const page = textOf(report.html)
    expect(page).to.contain('1 contoh kasus melewati proses sample-permit')
    expect(page).to.contain('Mengesahkan (Endorse)').and.not.contain('tidak berjalan')
    expect((await operator.get('/procedures/sample-letter/coverage')).status).to.equal(404)
    for (const path of ['/procedures', '/procedures/sample-permit/coverage'])
      expect((await loket.get(path)).status).to.equal(403)
    expect((await loket.get('/tasks')).html).to.not.contain('/procedures')
  })

  it('offer a task to those alone who may claim it', async () => {
    const instance = await started(loket)
    const claim = new RegExp(`action="/tasks/${instance}/[^"]+/claim"`)
    expect((await loket.get('/tasks')).html).to.match(claim)
    const { html } = await (await reader('kakanim.tju')).get('/tasks?queue=unit')
    expect(html).to.contain(`/tasks/${instance}/`).and.to.not.match(claim)
  })

  it('hide a case and a task from another office', async () => {
    const instance = await started(loket)
    const path = await taskOf(loket, instance)
    const other = await reader('loket.mre')
    for (const address of [path, `/cases/${instance}`]) {
      const { status, html } = await other.get(address)
      expect(status, address).to.be.oneOf([403, 404])
      expect(html).to.not.contain('Contoh Orang')
    }
    expect((await other.get('/tasks')).html).to.not.contain(instance)
  })

  it('show the list again only when it has changed', async () => {
    const first = await loket.get('/tasks?part=list')
    expect(first.html).to.match(/^<nav.*<table/s)
    const etag = first.headers.get('etag') ?? ''
    const same = await loket.get('/tasks?part=list', {
      'if-none-match': etag,
      'cache-control': 'no-cache'
    })
    expect([same.status, same.html]).to.deep.equal([304, ''])
    await started(loket)
    expect((await loket.get('/tasks?part=list', { 'if-none-match': etag })).status).to.equal(200)
  })

  it('narrow the list by what the address says', async () => {
    const instance = await started(loket)
    const found = await loket.get('/tasks?q=contoh')
    expect(found.html).to.contain(instance)
    const nothing = await loket.get('/tasks?q=nobody-of-this-name')
    expect(textOf(nothing.html)).to.contain('Tidak ada tugas dengan saringan ini.')
  })

  // others ////////////////////////////////////////////////////////////////////

  const plain = ['/tasks', '/start', '/cases', '/incidents', '/rules', '/mail', '/clock', '/help']
  for (const path of plain) {
    it(`show ${path}`, async () => {
      const { status, html, headers } = await loket.get(path)
      expect(status, textOf(html)).to.equal(200)
      expect(headers.get('content-type')).to.contain('text/html')
      expect(headers.get('cache-control')).to.equal('no-store')
      expect(textOf(html)).to.contain('Jam disetel')
    })
  }

  it('answer in words to an address that is not there, and in JSON below /api', async () => {
    const page = await loket.get('/nothing')
    expect([page.status, /<h1>/.test(page.html)]).to.deep.equal([404, true])
    const api = await loket.get('/api/nothing')
    expect([api.status, api.headers.get('content-type')]).to.deep.equal([
      404,
      'application/json; charset=utf-8'
    ])
  })

  it('refuse a form without the token of the session, in words', async () => {
    const forged = await reader('loket.tju')
    forged.csrf = 'guessed'
    const { status, html } = await forged.post('/sign-out', {})
    expect([status, /<h1>/.test(html)]).to.deep.equal([403, true])
  })

  it('say that a letter is not known, to anyone', async () => {
    for (const path of ['/v/7K3M9Q2XWABCD0123456', '/verify/7K3M9Q2XWABCD0123456']) {
      const { status, html } = await anyone().get(path)
      expect(status).to.equal(404)
      expect(textOf(html)).to.contain('Surat ini tidak dikenal')
    }
  })

  it('set the clock, for whoever may', async () => {
    const operator = await reader('operator.ditjen')
    const wrong = await operator.post('/clock', { date: '2026-02-30', time: '09:00' })
    expect(wrong.status).to.equal(422)
    const set = await operator.post('/clock', { date: '2026-01-06', time: '08:30' })
    expect(set.status, textOf(set.html)).to.equal(303)
    expect(alur.services.clock().now).to.match(/^2026-01-06T01:30/)
  })

  it('serve what the browser loads, for ever', async () => {
    const { html } = await loket.get('/tasks')
    const [sheet] = tags(html, 'link')
      .flatMap(({ attributes }) => attributes.href ?? [])
      .filter(href => href.startsWith('/assets/'))
    const { status, headers } = await anyone().get(sheet ?? '')
    expect(status).to.equal(200)
    expect(headers.get('cache-control')).to.contain('immutable')
  })
})
