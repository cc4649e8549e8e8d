import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { buildWeb } from '../../web/build.ts'
import { openSample, type Sample } from '../api/sample.ts'
import { tags, textOf } from './html.ts'
import { Reader } from './reader.ts'
import { HOSTILE } from './samples.ts'

const OFFICE = 'kanim-tju'

const PERIOD = { '/from': '2025-01-01', '/to': '2025-12-31' }

describe('the pages of the rule editor, without JavaScript', () => {
  let alur: Sample
  let editor: Reader
  let head: Reader
  before(async () => {
    await buildWeb(fileURLToPath(new URL('../../dist/web', import.meta.url)))
    alur = await openSample(
      { ALUR_CLOCK: '2026-01-05T09:00:00+07:00' },
      { pages: true, rules: 'rules', processes: 'processes' }
    )
    editor = await reader('aturan.tju')
    head = await reader('kakanim.tju')
  })
  after(() => alur.end())

  async function reader(person: string): Promise<Reader> {
    const one = new Reader(alur.url)
    await one.signIn(person)
    return one
  }
  const grounds = (reason: string) => ({
    '/from': '2026-03-01',
    '/own/number': 'W.32-12/2026',
    '/own/title': 'Standar Pelayanan 2026',
    '/own/date': '2026-01-02',
    '/reason/id': reason
  })
  /** A draft of the office that makes the filing earlier, by the form. */
  async function drafted(reason = 'Antrean panjang', days = '30'): Promise<string> {
    const reply = await editor.post('/changes/new', {
      '/kind': 'value',
      '/key': 'itk.filing.earliestDays',
      '/value': days,
      ...grounds(reason)
    })
    expect(reply.status, textOf(reply.html)).to.equal(303)
    return reply.location.replace(/\?.*$/, '')
  }
  /** The hidden and the filled controls of a form on a page. */
  function fieldsOf(html: string, id: string): Record<string, string> {
    const form = new RegExp(`<form[^>]*id="${id}".*?</form>`, 's').exec(html)?.[0] ?? ''
    return Object.fromEntries(
      tags(form, 'input').map(({ attributes }) => [
        attributes.name ?? '',
        (attributes.value ?? '').replaceAll('&amp;', '&')
      ])
    )
  }
  async function act(who: Reader, change: string, action: string, more = {}) {
    const { html } = await who.get(change)
    const { _csrf: _, ...fields } = fieldsOf(html, `do-${action}`)
    return who.post(`${change}/${action}`, { ...fields, ...more })
  }

  it('tell what holds at an office, with filters and as it was known', async () => {
    const all = await editor.get('/rules')
    expect(all.status).to.equal(200)
    expect(textOf(all.html)).to.contain('Izin Tinggal Kunjungan (ITK)')
    expect(all.html).to.contain('/changes/new?key=itk.filing.earliestDays')
    const one = await editor.get('/rules?office=kanim-dps&level=office&knownOn=2026-01-04')
    expect(textOf(one.html)).to.contain('10 hari kerja sejak pembayaran')
    expect(one.html).to.not.contain('/changes/new')
    const found = await editor.get('/rules?q=overstay.perDay')
    expect(textOf(found.html)).to.match(/Rp [\d.]+/)
  })

  it('tell a table in words and a timeline in bars and rows', async () => {
    const table = await editor.get('/rules/itk.extension.approver?date=2015-12-03')
    expect(textOf(table.html)).to.contain('Aturan lama (1995)').and.to.contain('1 sampai 2')
    const line = await editor.get('/rules/itk.filing.earliestDays/timeline')
    expect(line.status).to.equal(200)
    expect(line.html).to.contain('<svg class="chart law-timeline"')
    const value = await editor.get('/rules/itk.filing.earliestDays')
    expect(value.location).to.contain('/rules/itk.filing.earliestDays/timeline')
    expect((await editor.get('/rules/no.such.key')).status).to.equal(404)
  })

  it('refuse a draft to those who edit no law', async () => {
    expect((await head.get('/changes/new')).status).to.equal(403)
    expect((await head.get('/changes')).status).to.equal(200)
  })

  it('lead the old address of tariffs, and an incident, to a new draft of that key', async () => {
    const { status, location } = await editor.get('/tariffs?key=itk.extension.fee')
    expect([status, location]).to.deep.equal([303, '/changes/new?key=itk.extension.fee'])
  })

  it('offer only what the office may state, and draw the form by its type', async () => {
    const choose = await editor.get('/changes/new')
    expect(choose.html).to.contain('/changes/new?key=itk.filing.earliestDays')
    expect(choose.html).to.not.contain('/changes/new?key=overstay.perDay')
    const form = await editor.get('/changes/new?key=itk.regime')
    expect(form.html).to.match(/<input type="radio"[^>]*name="\/value" value="pp-31-2013"/)
  })

  it('keep what was typed when it does not fit, with words at its controls', async () => {
    const { status, html } = await editor.post('/changes/new', {
      '/kind': 'value',
      '/key': 'itk.filing.earliestDays',
      '/value': 'tiga puluh',
      '/from': '2026-03-01',
      '/reason/id': HOSTILE
    })
    expect(status).to.equal(422)
    expect(html).to.match(/name="\/value"[^>]*value="tiga puluh"/)
    expect(html).to.contain('href="#f/cites/0/instrument"')
    expect(html).to.contain('&lt;img src=x onerror=').and.not.contain('<img src=x')
  })

  it('carry a value from a draft to law, by two people', async () => {
    const change = await drafted()
    const draft = await editor.get(change)
    expect(textOf(draft.html)).to.contain('30').and.to.contain('Periksa draf ini')
    const checked = await act(editor, change, 'check')
    expect(checked.location).to.contain('done=change-check')
    const result = await editor.get(change)
    expect(textOf(result.html)).to.contain('Tidak ada masalah')

    expect(result.html).to.not.contain('do-submit')
    expect(textOf(result.html)).to.contain('Ukur dampaknya pada keputusan')
    const measured = await act(editor, change, 'impact', PERIOD)
    expect(measured.location, textOf(measured.html)).to.contain(`${change}/impact`)
    const report = await editor.get(`${change}/impact`)
    expect(textOf(report.html)).to.contain('Laporan dampak').and.to.contain('Berkas terbuka')

    expect((await act(editor, change, 'submit')).status).to.equal(303)
    const own = await editor.get(change)
    expect(own.html).to.not.contain('do-approve')
    expect(textOf(own.html)).to.contain('orang lain yang menyetujuinya')

    const approved = await act(head, change, 'approve')
    expect(approved.status, textOf(approved.html)).to.equal(303)
    const now = await editor.get(change)
    expect(textOf(now.html)).to.contain('Terjadwal')
    const line = await editor.get('/rules/itk.filing.earliestDays/timeline')
    expect(textOf(line.html)).to.contain('akan datang').and.to.contain('30 hari')
  })

  it('put the proposed test cases into a draft, at one click, and only for those who write it', async () => {
    const place = { '/kind': 'value', '/key': 'itk.interview.within', '/value/days': '2' }
    const value = { ...place, '/value/workingDays': '', '/value/from': 'received' }
    const reply = await editor.post('/changes/new', { ...value, ...grounds('Uji contoh') })
    expect(reply.status, textOf(reply.html)).to.equal(303)
    const change = reply.location.replace(/\?.*$/, '')
    await act(editor, change, 'check')
    expect(textOf((await editor.get(change)).html)).to.contain('Belum ada contoh uji')
    expect((await head.get(change)).html).to.not.contain('do-cases')
    expect((await act(editor, change, 'cases')).location).to.contain('done=change-cases')
    await act(editor, change, 'check')
    expect(textOf((await editor.get(change)).html))
      .to.contain('Contoh uji')
      .and.to.contain('1 Maret 2026: 2 hari sejak permohonan diterima')
      .and.to.contain('Tidak ada masalah')
  })

  it('refuse the approval of what was edited after it was read', async () => {
    const change = await drafted('Uji', '29')
    await act(editor, change, 'check')
    await act(editor, change, 'impact', PERIOD)
    await act(editor, change, 'submit')
    const read = fieldsOf((await head.get(change)).html, 'do-approve')
    const form = await editor.get(`${change}/edits/2`)
    expect(form.html).to.match(/name="\/value"[^>]*value="29"/)
    const version = /name="\/version" value="(\d+)"/.exec(form.html)?.[1] ?? ''
    const edited = await editor.post(`${change}/edits/2`, {
      '/version': version,
      '/value': '28',
      ...grounds('Uji')
    })
    expect(edited.status, textOf(edited.html)).to.equal(303)
    const { _csrf: _, ...hashes } = read
    const late = await head.post(`${change}/approve`, hashes)
    expect([409, 422]).to.include(late.status)
    expect(textOf((await head.get(change)).html)).to.contain('Draf Draft')
  })

  it('say that somebody was faster, and keep what was typed', async () => {
    const change = await drafted('Uji', '27')
    const about = { '/version': '1', '/title/id': 'Judul', '/reason/id': 'Sebab' }
    expect((await editor.post(`${change}/about`, about)).status).to.equal(303)
    const again = await editor.post(`${change}/about`, { ...about, '/title/id': 'Judul lain' })
    expect(again.status).to.equal(422)
    expect(textOf(again.html)).to.contain('Orang lain telah mengubahnya')
    expect(again.html).to.contain('value="Judul lain"')
  })

  it('take several edits into one change, and take one out again', async () => {
    const change = await drafted('Uji', '26')
    const calendar = await editor.post(`${change}/edits/new`, {
      '/kind': 'calendar',
      '/version': '1',
      '/closed/0/date': '2026-06-24',
      '/closed/0/name': 'Pemungutan suara',
      '/cites/0/instrument': 'kep-kanim-tju-w-32-12-2026',
      '/reason/id': 'Pemilihan'
    })
    expect(calendar.status, textOf(calendar.html)).to.equal(303)
    const both = await editor.get(change)
    expect(textOf(both.html)).to.contain('Pemungutan suara')
    const removed = await editor.post(`${change}/edits/3/delete`, { '/version': '2' })
    expect(removed.location).to.contain('done=edit-removed')
    expect(textOf((await editor.get(change)).html)).to.not.contain('Pemungutan suara')
  })

  it('put an exception before a row, with conditions added line by line', async () => {
    const base = '/changes/new?key=itk.extension.approver'
    const rows = await editor.get(base)
    const row = /row=([\w-]+)&amp;kind=before/.exec(rows.html)?.[1] ?? ''
    const form = await editor.get(`${base}&row=${row}&kind=before`)
    expect(form.html).to.contain('name="/conditions/extension/0/operator"')
    const fields = {
      '/kind': 'before',
      '/key': 'itk.extension.approver',
      '/row': row,
      '/lines/extension': '1',
      '/conditions/extension/0/operator': 'greaterThan',
      '/conditions/extension/0/value': '3',
      '/outcome/approver': 'kadiv',
      ...grounds('Pengendalian')
    }
    const more = await editor.post('/changes/new', { ...fields, _more: 'extension' })
    expect(more.html)
      .to.contain('name="/conditions/extension/1/operator"')
      .and.to.match(
        /name="\/conditions\/extension\/0\/value"[^>]*value="3"|value="3"[^>]*name="\/conditions\/extension\/0\/value"/
      )
    const saved = await editor.post('/changes/new', fields)
    expect(saved.status, textOf(saved.html)).to.equal(303)
    const change = saved.location.replace(/\?.*$/, '')
    await act(editor, change, 'check')
    expect(textOf((await editor.get(change)).html)).to.contain('Hasil pemeriksaan')
  })

  it('say beside the value that it is out of bounds', async () => {
    const { status, html } = await editor.post('/changes/new', {
      '/kind': 'value',
      '/key': 'itk.service.days',
      '/value/days': '90',
      '/value/workingDays': 'true',
      '/value/from': 'payment',
      ...grounds('Uji')
    })
    expect(status).to.equal(422)
    expect(html).to.contain('href="#f/value/days"')
    expect(textOf(html)).to.contain('Di luar batas (Hari: 1 sampai 30); ditemukan 90')
  })

  it('take back what the office states itself, so that the level above holds again', async () => {
    const form = await editor.get('/changes/new?key=itk.service.days')
    expect(form.html).to.contain('href="/changes/new?key=itk.service.days&amp;kind=remove"')
    const saved = await editor.post('/changes/new', {
      '/kind': 'remove',
      '/key': 'itk.service.days',
      '/from': '2026-03-01',
      '/reason/id': 'Mengikuti pusat'
    })
    expect(saved.status, textOf(saved.html)).to.equal(303)
    const plain = await editor.get('/changes/new?key=case.retention')
    expect(plain.html).to.not.contain('kind=remove')
  })

  it('try a table by the law in force and by a draft', async () => {
    const form = await editor.get('/rules/try?rule=itk.extension.approver&date=2015-12-03')
    expect(form.html).to.contain('name="/facts/extension"')
    expect(textOf(form.html)).to.contain('Kasus di batas')
    const wish = { rule: 'itk.extension.approver', office: OFFICE, date: '2015-12-03' }
    const tried = await editor.post('/rules/try', { ...wish, '/facts/extension': '3' })
    expect(textOf(tried.html)).to.contain('Penyetuju: Kepala Divisi (Kanwil)')
    const none = await editor.post('/rules/try', { ...wish, '/facts/extension': '' })
    expect(none.status).to.equal(422)
    const beyond = await editor.post('/rules/try', { ...wish, '/facts/extension': '9' })
    expect(textOf(beyond.html)).to.contain('Tidak ada keputusan')
  })

  it('tell anyone every local deviation, by office and by rule', async () => {
    const anyone = new Reader(alur.url)
    const all = await anyone.get('/register')
    expect(all.status).to.equal(200)
    expect(textOf(all.html)).to.contain('Ngurah Rai').and.to.contain('Dipakai Used')
    const served = textOf((await anyone.get('/register?office=kanim-mre&key=itk-extension')).html)
    expect(served).to.contain('Process of the service: ').and.not.contain('itk-extension.kanim-mre')
    const one = await anyone.get('/register?office=kanim-dps&key=itk.service.days')
    expect(textOf(one.html)).to.contain('10 hari kerja sejak pembayaran')
    expect(one.html.match(/class="register-unit"/g)).to.have.length(1)
    expect((await anyone.get('/rules')).status).to.equal(303)
  })

  it('list what needs a look, and who is missing where', async () => {
    const reviews = await editor.get('/rules/reviews')
    expect([reviews.status, /<h1>/.test(reviews.html)]).to.deep.equal([200, true])
    const staffing = await editor.get('/rules/staffing')
    expect(textOf(staffing.html)).to.contain('Kantor Imigrasi Kelas II TPI Tanjung Uban')
    expect((await editor.get('/rules/staffing?office=kanim-dps')).status).to.equal(403)
  })

  it('reject, withdraw and revert with a reason', async () => {
    const change = await drafted('Uji', '25')
    await act(editor, change, 'check')
    await act(editor, change, 'impact', PERIOD)
    await act(editor, change, 'submit')
    expect((await act(head, change, 'reject')).status).to.equal(422)
    const reason = { '/reject-reason': HOSTILE }
    expect((await act(head, change, 'reject', reason)).status).to.equal(303)
    const rejected = await editor.get(change)
    expect(textOf(rejected.html)).to.contain('Ditolak Rejected')
    expect(rejected.html).to.not.contain('<img src=x')
    const other = await drafted('Uji', '24')
    expect(
      (await act(editor, other, 'withdraw', { '/withdraw-reason': 'keliru' })).status
    ).to.equal(303)
  })
})
