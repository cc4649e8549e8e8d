import { createHash } from 'node:crypto'
import { expect } from 'chai'
import type {
  BillView,
  CaseView,
  ClockView,
  ErrorAnswer,
  LetterView,
  MailView,
  PaymentView,
  VerificationView
} from '../../api/schemas.ts'
import { until } from '../until.ts'
import { openSample, type Sample, Visitor, visitor } from './sample.ts'

const APPLICANT = {
  name: 'Contoh Penerima',
  email: 'pemohon@contoh.invalid',
  nationality: 'UTO',
  birthDate: '1990-02-03',
  passportNumber: 'X2468013'
}

describe('a letter through the API', function () {
  this.timeout(120_000)
  let alur: Sample
  let loket: Visitor
  let stranger: Visitor
  let view: CaseView
  let letter: LetterView
  before(async () => {
    alur = await openSample({ ALUR_CLOCK: '2026-03-02T09:00:00+07:00' })
    loket = await visitor(alur.url, 'loket.tju')
    stranger = await visitor(alur.url, 'loket.mre')
    const body = { variables: { applicant: APPLICANT } }
    const started = await loket.post<CaseView>('/api/processes/sample-letter/instances', body)
    expect(started.status, JSON.stringify(started.body)).to.equal(201)
    view = started.body
  })
  after(() => alur.end())

  const look = async () => {
    view = (await loket.get<CaseView>(`/api/instances/${view.instance}`)).body
    if (view.incidents.length > 0) throw new Error(JSON.stringify(view.incidents))
    return view
  }
  const billing = () => view.variables.billing as unknown as BillView
  const bill = (path = '') => `/api/simulators/billing/${billing().code}${path}`

  it('goes by a clock that was set', async () => {
    const { body } = await new Visitor(alur.url).get<ClockView>('/api/clock')
    expect(body).to.include({ isSet: true, settable: true })
    expect(body.now).to.match(/^2026-03-02T02:00:/)
    expect(view.startedAt).to.match(/^2026-03-02T02:00:/)
  })

  it('is paid for at the simulator', async () => {
    await until(async () => (await look()).tasks.length === 1, 'there is a bill')
    const before = await loket.get<BillView>(bill())
    expect(before.body).to.include({ amount: 150000, payer: 'Contoh Penerima', paid: null })
    const paid = await loket.post<PaymentView>(bill('/pay'))
    expect(paid.body).to.include({ amount: 150000, simulated: true })
    expect(paid.body.ntpn).to.match(/^[0-9A-Z]{16}$/)
    const again = await loket.post<PaymentView>(bill('/pay'))
    expect(again.body).to.deep.equal(paid.body)

    const path = `/api/instances/${view.instance}/tasks/${view.tasks[0]?.token}/complete`
    const { status } = await loket.post(path, { variables: { ntpn: paid.body.ntpn } })
    expect(status).to.equal(200)
  })

  it('is listed, shown and given as the very bytes that were sealed', async () => {
    await until(async () => (await look()).status === 'completed', 'the letter is sent', 90_000)
    const [only] = view.letters
    letter = only as LetterView
    expect(letter).to.include({
      kind: 'receipt',
      office: 'kanim-tju',
      status: 'valid',
      date: '2026-03-02'
    })
    const list = await loket.get<LetterView[]>(`/api/instances/${view.instance}/letters`)
    expect(list.body).to.deep.equal([letter])
    expect((await loket.get<LetterView>(`/api/letters/${letter.id}`)).body).to.deep.equal(letter)

    const response = await fetch(alur.url + letter.url, { headers: { cookie: loket.cookie } })
    expect(response.headers.get('content-type')).to.equal('application/pdf')
    expect(response.headers.get('content-disposition')).to.match(
      /^inline; filename="receipt-[\w.-]+\.pdf"$/
    )
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(createHash('sha256').update(bytes).digest('hex')).to.equal(letter.sha256)
    expect(view.history.map(({ kind }) => kind)).to.include('letter')
  })

  it('is not there for another office', async () => {
    for (const path of [`/api/letters/${letter.id}`, letter.url, `/api/letters/nothing`]) {
      const { status, body } = await stranger.get<ErrorAnswer>(path)
      expect([status, body.code]).to.deep.equal([404, 'unknown-letter'])
    }
  })

  it('is genuine for anyone who checks it, with or without its seal', async () => {
    const seal = new URL(letter.verifyUrl).hash.slice(1)
    expect(letter.verifyUrl).to.contain(`${alur.url}/v/${letter.id}#`)
    for (const query of ['', `?seal=${seal}`]) {
      const { body } = await new Visitor(alur.url).get<VerificationView>(
        `/api/verify/${letter.id}${query}`
      )
      expect(body).to.include({
        id: letter.id,
        status: 'valid',
        sha256: letter.sha256,
        sample: true
      })
      expect(body.facts.map(({ label, value }) => [label.en, value])).to.deep.include([
        'Number',
        letter.number
      ])
      expect(JSON.stringify(body)).to.not.contain(APPLICANT.passportNumber)
    }
  })

  it('is forged with a seal that was changed', async () => {
    const seal = new URL(letter.verifyUrl).hash.slice(1)
    const changed = `${seal.slice(0, -8)}${seal.at(-8) === 'A' ? 'B' : 'A'}${seal.slice(-7)}`
    const { body } = await new Visitor(alur.url).get<VerificationView>(
      `/api/verify/${letter.id}?seal=${changed}`
    )
    expect(body).to.include({ status: 'forged', sha256: null })
    expect(body.facts).to.deep.equal([])
  })

  it('is unknown under an address that nobody issued, even with a seal of ours', async () => {
    const seal = new URL(letter.verifyUrl).hash.slice(1)
    const { body } = await new Visitor(alur.url).get<VerificationView>(
      `/api/verify/ZZZZ?seal=${seal}`
    )
    expect(body.status).to.equal('unknown')
  })

  it('arrives in the demo mailbox with the letter attached', async () => {
    const { body: mails } = await loket.get<MailView[]>('/api/mail')
    expect(mails).to.have.length(1)
    const [mail] = mails as [MailView]
    expect(mail).to.include({ subject: `Tanda terima ${view.number}` })
    expect(mail.to).to.deep.equal([APPLICANT.email])
    expect((await loket.get<MailView>(`/api/mail/${mail.id}`)).body).to.deep.equal(mail)
    const response = await fetch(alur.url + mail.attachments[0]?.url, {
      headers: { cookie: loket.cookie }
    })
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(createHash('sha256').update(bytes).digest('hex')).to.equal(letter.sha256)
    expect(response.headers.get('content-disposition')).to.contain('attachment')
    const { status } = await loket.get(`/api/mail/${mail.id}/attachments/other.pdf`)
    expect(status).to.equal(404)
  })

  it('may not be paid for when the bill has expired', async () => {
    const body = { variables: { applicant: APPLICANT } }
    view = (await loket.post<CaseView>('/api/processes/sample-letter/instances', body)).body
    await until(async () => (await look()).tasks.length === 1, 'there is a bill')
    const set = await loket.send<ClockView>(
      'PUT',
      '/api/clock',
      JSON.stringify({ at: '2026-03-20T02:00:00.000Z' })
    )
    expect(set.body.now).to.match(/^2026-03-20T02:00:0/)
    const { status, body: refused } = await loket.post(bill('/pay'))
    expect([status, refused.code]).to.deep.equal([409, 'bill-expired'])

    const wrong = await loket.send('PUT', '/api/clock', JSON.stringify({ at: 'yesterday' }))
    expect(wrong.status).to.equal(400)
    const back = await loket.send<ClockView>('PUT', '/api/clock', JSON.stringify({ at: null }))
    expect(back.body.isSet).to.equal(false)
  })

  it('has logged no fault on the way', () => {
    expect(alur.logged).to.deep.equal([])
  })
})
