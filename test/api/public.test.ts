import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type {
  CaseView,
  ErrorAnswer,
  HistoryLine,
  PublicCaseView,
  PublicServiceView,
  ServiceView,
  TrackView
} from '../../api/schemas.ts'
import type { Log } from '../../runtime/log.ts'
import { until } from '../until.ts'
import { openSample, type Sample, Visitor, visitor } from './sample.ts'

const PASSPORT = 'X2468013'
const REPORT = {
  applicant: {
    name: 'Contoh Pelapor',
    nationality: 'UTO',
    birthDate: '1990-02-03',
    passportNumber: PASSPORT
  },
  entry: { date: '2026-03-01' }
}
const PATH = '/api/public/processes/sample-report/instances'

/** Someone at an address of their own, as a proxy on this machine tells it. */
function from(address: string, url: string): Visitor {
  const visitor = new Visitor(url)
  const send = visitor.send.bind(visitor)
  visitor.send = (method, path, body, headers = {}) =>
    send(method, path, body, { 'x-forwarded-for': address, ...headers })
  return visitor
}

describe('the door of the applicants', function () {
  this.timeout(120_000)
  let folder: string
  let alur: Sample
  let lines: string[]
  let addresses = 0
  const stranger = () => from(`203.0.113.${++addresses}`, alur.url)

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alur-templates-'))
    await cp('templates', folder, { recursive: true })
    // the receipt stands here for a letter inside the house
    const receipt = join(folder, 'national', 'receipt.json')
    const { forApplicant: _, ...kept } = JSON.parse(await readFile(receipt, 'utf8'))
    await writeFile(receipt, JSON.stringify(kept))
    lines = []
    const log: Log = {
      info: (message, facts) => void lines.push(`${message} ${JSON.stringify(facts)}`),
      warn: message => void lines.push(message),
      error: (message, error) => void lines.push(`${message}: ${error}`)
    }
    const clock = { ALUR_CLOCK: '2026-03-02T09:00:00+07:00' }
    alur = await openSample(clock, { templates: folder, log })
  })
  after(async () => {
    await alur.end()
    await rm(folder, { recursive: true, force: true })
  })

  const report = async (
    who: Visitor,
    variables: unknown = REPORT,
    instance: string = randomUUID(),
    office = 'kanim-tju'
  ) => who.post<PublicCaseView & ErrorAnswer>(PATH, { instance, office, variables })

  describe('reporting online', () => {
    it('is offered where the start event stands in a lane of the applicant, and nowhere else', async () => {
      const { status, body } = await stranger().get<PublicServiceView[]>('/api/public/services')

      expect(status).to.equal(200)
      expect(body.map(({ office, process }) => `${office} ${process}`)).to.have.members([
        'kanim-tju sample-report',
        'kanim-bgl sample-report'
      ])
      expect(body[0]).to.include({
        name: 'Laporan contoh',
        nameEnglish: 'Sample report',
        documentation: 'Lapor lebih dahulu. / Report first.'
      })
      expect(body[0]?.schema.title).to.equal('Laporan')
    })

    it('gives the number, what happens next and by when', async () => {
      const instance = randomUUID()
      const { status, body } = await report(stranger(), REPORT, instance)

      expect(status, JSON.stringify(body)).to.equal(201)
      expect(body).to.include({
        instance,
        office: 'kanim-tju',
        officeName: 'Kantor kanim-tju',
        officeAddress: 'Jalan Contoh 1',
        timeZone: 'Asia/Jakarta',
        processName: 'Laporan contoh'
      })
      expect(body.number).to.match(/^SAMPLE-[A-Z]{3}-2026-\d{6}$/)
      expect(body.stages.map(({ name, by }) => [name, by])).to.deep.equal([
        ['received', null],
        ['waiting', '2026-03-31']
      ])
      expect(body.stages[1]?.text).to.deep.equal({
        id: 'Datanglah dengan paspor.',
        en: 'Come with the passport.'
      })
      expect(JSON.stringify(body)).not.to.contain(PASSPORT).and.not.to.contain('Pelapor')
    })

    it('makes an ordinary case that says it came in online', async () => {
      const { body } = await report(stranger())
      const loket = await visitor(alur.url, 'loket.tju')
      const view = await loket.get<CaseView>(`/api/instances/${body.instance}`)
      const history = await loket.get<HistoryLine[]>(`/api/instances/${body.instance}/history`)

      expect(view.body.variables).to.deep.include({
        channel: 'online',
        applicant: REPORT.applicant
      })
      expect(history.body[0]).to.include({ kind: 'started', by: 'Pemohon (daring)' })
    })

    it('makes one case of the same report sent twice, at once or later', async () => {
      const who = stranger()
      const instance = randomUUID()
      const answers = await Promise.all([1, 2, 3].map(() => report(who, REPORT, instance)))
      const later = await report(who, REPORT, instance)

      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 200, 201])
      expect(later.status).to.equal(200)
      expect(new Set([...answers, later].map(({ body }) => body.number))).to.have.length(1)
    })

    it('tells nothing to another report under the same id', async () => {
      const { body: first } = await report(stranger())
      const other = { ...REPORT, applicant: { ...REPORT.applicant, name: 'Orang Lain' } }
      const { status, body } = await report(stranger(), other, first.instance)

      expect(status).to.equal(409)
      expect(Object.keys(body)).to.have.members(['code', 'message'])
      expect(body.message).not.to.contain(first.number)
    })

    it('tells nothing of a case that an officer started', async () => {
      const loket = await visitor(alur.url, 'loket.tju')
      const instance = randomUUID()
      const path = '/api/processes/sample-report/instances'
      const made = await loket.post<CaseView>(path, { instance, variables: REPORT })
      expect(made.status, JSON.stringify(made.body)).to.equal(201)
      expect(made.body.variables.channel).to.equal('counter')

      expect((await report(stranger(), REPORT, instance)).status).to.equal(409)
    })

    it('is left to the officers whom the lane names, beside the applicants', async () => {
      const path = '/api/offices/kanim-tju/services'
      const offered = async (person: string) => {
        const { body } = await (await visitor(alur.url, person)).get<ServiceView[]>(path)
        return body.find(({ process }) => process === 'sample-report')
      }
      expect(await offered('loket.tju')).to.include({ role: 'counter', mayStart: true })
      expect(await offered('kakanim.tju')).to.include({ role: 'counter', mayStart: false })

      const kakanim = await visitor(alur.url, 'kakanim.tju')
      const refused = await kakanim.post('/api/processes/sample-report/instances', {
        variables: REPORT
      })
      expect(refused.status).to.equal(403)
    })

    it('starts nothing that is not for applicants', async () => {
      for (const [process, office] of [
        ['sample-permit', 'kanim-tju'],
        ['sample-report', 'kanim-mre'],
        ['no-such', 'kanim-tju']
      ] as const) {
        const { status, body } = await stranger().post(
          `/api/public/processes/${process}/instances`,
          { instance: randomUUID(), office, variables: REPORT }
        )
        expect([status, body.code], process).to.deep.equal([404, 'unknown-process'])
      }
    })

    it('says where the form does not hold, and takes no number for it', async () => {
      const who = stranger()
      const { number } = (await report(who)).body
      const wrong = { ...REPORT, entry: { date: '1 Maret' }, caseNumber: 'X', channel: 'counter' }
      const { status, body } = await report(who, wrong)

      expect([status, body.code]).to.deep.equal([422, 'invalid-variables'])
      expect(body.problems?.map(({ path }) => path)).to.include('/entry/date')
      const { body: next } = await report(who)
      expect(Number(next.number.slice(-6))).to.equal(Number(number.slice(-6)) + 1)
    })

    it('takes an id that cannot be guessed, and nothing large', async () => {
      expect((await report(stranger(), REPORT, 'case-1')).status).to.equal(400)
      const long = { ...REPORT, applicant: { ...REPORT.applicant, name: 'x'.repeat(40_000) } }
      const { status, body } = await report(stranger(), long)
      expect([status, body.code]).to.deep.equal([413, 'too-large'])
    })

    it('takes nothing from another site', async () => {
      const body = { instance: randomUUID(), office: 'kanim-tju', variables: REPORT }
      for (const headers of [
        { origin: 'https://elsewhere.example' },
        { 'sec-fetch-site': 'cross-site' }
      ] as Record<string, string>[]) {
        for (const path of [PATH, '/api/public/track']) {
          const refused = await stranger().post(path, body, headers)
          expect([refused.status, refused.body.code]).to.deep.equal([403, 'forged-request'])
        }
      }
    })

    it('takes ten cases an hour from one address, and still answers for those', async () => {
      const who = stranger()
      const first = randomUUID()
      expect((await report(who, REPORT, first)).status).to.equal(201)
      for (let n = 2; n <= 10; n++) expect((await report(who)).status).to.equal(201)
      const refused = await report(who)

      expect([refused.status, refused.body.code]).to.deep.equal([429, 'too-many'])
      expect(Number(refused.headers.get('retry-after'))).to.be.greaterThan(3000)
      expect((await report(who, REPORT, first)).status).to.equal(200)
      expect((await report(stranger())).status).to.equal(201)
    })
  })

  describe('tracking', () => {
    let mine: PublicCaseView
    let loket: Visitor
    before(async () => {
      loket = await visitor(alur.url, 'loket.tju')
      mine = (await report(stranger())).body
      await until(
        async () => (await caseView()).tasks.length === 1,
        'the confirmation is made',
        90_000
      )
    })

    const caseView = async () => (await loket.get<CaseView>(`/api/instances/${mine.instance}`)).body
    const complete = async (variables: unknown = {}) => {
      const { token } = (await caseView()).tasks[0] ?? { token: '' }
      const path = `/api/instances/${mine.instance}/tasks/${token}/complete`
      const { status, body } = await loket.post(path, { variables })
      expect(status, JSON.stringify(body)).to.equal(200)
    }
    const track = (number: string, passport: string, who = stranger()) =>
      who.post<TrackView & ErrorAnswer>('/api/public/track', { number, passport })
    const stagesOf = async () =>
      (await track(mine.number, PASSPORT)).body.stages.map(({ name, by }) => [name, by])

    it('tells the stage in words and dates, and nothing of what is in the case', async () => {
      const { status, body } = await track(mine.number, PASSPORT)

      expect(status).to.equal(200)
      const { instance: _, ...same } = mine
      const { letters, ...told } = body
      expect(told).to.deep.equal(same)
      expect(letters).to.have.length(1)
      expect(letters[0]?.title.en).to.equal('Confirmation of Limited Stay Permit Report')
      expect(JSON.stringify(body)).not.to.contain(PASSPORT).and.not.to.contain(mine.instance)
    })

    it('takes the numbers as people write them', async () => {
      const typed = await track(` ${mine.number.toLowerCase()} `, 'x 246-8013')
      expect(typed.status).to.equal(200)
    })

    it('gives the same answer for an unknown number and for a wrong passport, as late', async () => {
      const times: number[] = []
      const answers: unknown[] = []
      for (const [number, passport] of [
        ['SAMPLE-[A-Z]{3}-2026-999999', PASSPORT],
        [mine.number, 'X0000000']
      ] as const) {
        const began = performance.now()
        const { status, body } = await track(number, passport)
        times.push(performance.now() - began)
        answers.push({ status, body })
      }
      expect(answers[0]).to.deep.equal(answers[1])
      expect(answers[0]).to.deep.include({ status: 404 })
      expect(Math.min(...times)).to.be.greaterThan(390)
      expect(Math.abs((times[0] ?? 0) - (times[1] ?? 0))).to.be.lessThan(150)
    })

    it('lets an address try five times in vain, however often it succeeds between', async () => {
      const who = stranger()
      for (let n = 0; n < 5; n++) {
        expect((await track(`SAMPLE-[A-Z]{3}-2026-90000${n}`, PASSPORT, who)).status).to.equal(404)
        if (n < 4) expect((await track(mine.number, PASSPORT, who)).status).to.equal(200)
      }
      const refused = await track(mine.number, PASSPORT, who)
      expect([refused.status, refused.body.code]).to.deep.equal([429, 'too-many'])
      expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 900)
      expect((await track(mine.number, PASSPORT)).status).to.equal(200)
    })

    it('lets a number be tried five times in vain, wherever from and also at once', async () => {
      const { number } = (await report(stranger())).body
      const tries = Array.from({ length: 8 }, () => track(number, 'X0000000'))
      const statuses = (await Promise.all(tries)).map(({ status }) => status).sort()

      expect(statuses).to.deep.equal([404, 404, 404, 404, 404, 429, 429, 429])
      expect((await track(number, PASSPORT)).status).to.equal(429)
      // and an unknown number likewise: the delay tells nothing either
      const unknown = Array.from({ length: 6 }, () =>
        track('SAMPLE-[A-Z]{3}-2026-888888', PASSPORT)
      )
      const found = (await Promise.all(unknown)).map(({ status }) => status).sort()
      expect(found).to.deep.equal([404, 404, 404, 404, 404, 429])
    })

    it('gives the letter to the applicant for the same two numbers', async () => {
      const [letter] = (await track(mine.number, PASSPORT)).body.letters
      const path = `/api/public/track/letters/${letter?.id}`
      const facts = { number: mine.number, passport: PASSPORT }
      const answer = await stranger().post<string>(path, facts)

      expect(answer.status).to.equal(200)
      expect(answer.headers.get('content-type')).to.equal('application/pdf')
      expect(answer.headers.get('content-disposition')).to.match(/^attachment; filename="itas-/)
      expect(answer.body.slice(0, 5)).to.equal('%PDF-')

      const wrong = await stranger().post(path, { ...facts, passport: 'X0000000' })
      expect([wrong.status, wrong.body.code]).to.deep.equal([404, 'unknown-case'])
    })

    it('goes through the stages with the case', async () => {
      await complete()
      await until(async () => (await caseView()).tasks.length === 1, 'the note is written', 90_000)
      expect(await stagesOf()).to.deep.equal([
        ['received', null],
        ['waiting', null],
        ['examination', '2026-03-05']
      ])
      await complete({ approved: true })
      expect((await stagesOf()).at(-1)).to.deep.equal(['ready', null])
      await complete()
      expect((await stagesOf()).slice(-2)).to.deep.equal([
        ['ready', null],
        ['closed', null]
      ])
    })

    it('keeps letters that are not for the applicant to the house', async () => {
      const note = (await caseView()).letters.find(({ kind }) => kind === 'receipt')
      const { letters } = (await track(mine.number, PASSPORT)).body
      expect(letters.map(({ id }) => id)).not.to.include(note?.id)

      const facts = { number: mine.number, passport: PASSPORT }
      const { status, body } = await stranger().post(`/api/public/track/letters/${note?.id}`, facts)
      expect([status, body.code]).to.deep.equal([404, 'unknown-letter'])
    })

    it('keeps the letters of one case from the applicant of another', async () => {
      const { body: other } = await report(stranger(), {
        ...REPORT,
        applicant: { ...REPORT.applicant, passportNumber: 'Y1357902' }
      })
      const [letter] = (await track(mine.number, PASSPORT)).body.letters
      const facts = { number: other.number, passport: 'Y1357902' }
      const { status } = await stranger().post(`/api/public/track/letters/${letter?.id}`, facts)
      expect(status).to.equal(404)
    })

    it('finds the case of another office by a number that names that office', async () => {
      const there = await report(
        stranger(),
        { ...REPORT, applicant: { ...REPORT.applicant, passportNumber: 'Z1112223' } },
        randomUUID(),
        'kanim-bgl'
      )
      const { number } = there.body
      expect(number).to.match(/^SAMPLE-BGL-/)
      expect((await track(number, 'Z1112223')).body.office).to.equal('kanim-bgl')
      expect((await track(number, PASSPORT)).status).to.equal(404)
    })

    it('is logged each time, without the number of the passport or what was typed', async () => {
      const who = stranger()
      lines.length = 0
      await track(mine.number, PASSPORT, who)
      await track(mine.number, 'X0000000', who)
      const looks = lines.filter(line => line.startsWith('case '))

      expect(looks).to.have.length(2)
      expect(looks[0])
        .to.match(/^case tracked /)
        .and.to.contain(mine.instance)
      expect(looks[1])
        .to.match(/^case not tracked /)
        .and.to.contain('"instance":null')
      for (const secret of [PASSPORT, 'X0000000', mine.number, '203.0.113.']) {
        expect(looks.join('\n')).not.to.contain(secret)
      }
    })
  })
})
