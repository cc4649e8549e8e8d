import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import type { ErrorAnswer } from '../../api/schemas.ts'
import { InvalidData } from '../../engine/errors.ts'
import { caseChecker, TrialsBusy, type TriedCases } from '../../runtime/case-checker.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import { publish } from './publish.ts'
import { openSample, type Sample, type Visitor, visitor } from './sample.ts'

const CHECK = '/api/processes/sample-permit/check'

const refused = {
  name: 'refused',
  title: { id: 'Ditolak', en: 'Refused' },
  office: 'kanim-tju',
  at: '2026-03-02T09:00:00+07:00',
  start: {
    variables: {
      applicant: { name: 'Contoh Uji', passportNumber: 'X1234567' },
      permit: { days: 10 }
    }
  },
  moves: [
    { complete: 'Check_Documents', variables: { documents: { PASSPORT: true } } },
    { complete: 'Decide', variables: { decision: { outcome: 'refuse', reason: 'Berkas kurang' } } }
  ],
  expect: { status: 'completed', end: 'Refused', tasks: ['Check_Documents', 'Decide'] }
}

describe('cases tried by the API', () => {
  let alur: Sample
  let operator: Visitor

  before(async () => {
    alur = await openSample()
    operator = await visitor(alur.url, 'tu.tju')
  })
  after(() => alur.end())

  it('tell operators how a variant differs, and that a process is none', async () => {
    const path = '/api/processes/sample-permit/differences'
    const none = await operator.get<ErrorAnswer>(path)
    expect([none.status, none.body.code]).to.deep.equal([404, 'unknown-process'])
    const loket = await visitor(alur.url, 'loket.tju')
    expect((await loket.get<ErrorAnswer>(path)).body.code).to.equal('not-allowed')
  })

  it('say per case whether it passed, why not, and how it went', async () => {
    const wrong = { ...refused, name: 'wrong', expect: { end: 'Granted' } }
    const { status, body } = await operator.post<TriedCases>(CHECK, { cases: [refused, wrong] })
    expect(status).to.equal(200)
    const [first, second] = body.cases
    expect(first).to.deep.include({
      name: 'refused',
      passed: true,
      problems: [],
      status: 'completed'
    })
    expect(first?.trace.map(({ line }) => line)).to.include.members([
      'activate Received',
      'wait Check_Documents for user',
      'complete Refused',
      'complete instance'
    ])
    expect(second).to.deep.include({
      passed: false,
      problems: [{ path: 'expect.end', message: 'expected "Granted", found "Refused"' }]
    })
    expect(body.coverage.map(({ process }) => process)).to.deep.equal(['sample-permit'])
    expect(body.coverage[0]?.nodes.missing).to.deep.equal(['Endorse', 'Find_Tariff', 'Granted'])
  }).timeout(60_000)

  it('leave nothing behind: no case is stored', async () => {
    const before = await operator.get<{ rows: readonly unknown[] }>('/api/instances')
    await operator.post(CHECK, { cases: [refused] })
    const after = await operator.get<{ rows: readonly unknown[] }>('/api/instances')
    expect(after.body.rows.length).to.equal(before.body.rows.length)
  }).timeout(60_000)

  it('may be tried on a draft and its forms', async () => {
    const file = 'test/api/processes/sample-permit.bpmn'
    const xml = await readFile(file, 'utf8')
    const diagram = xml.replace('= "approve"', '= "refuse"')
    expect(diagram).not.to.equal(xml)
    const { status, body } = await operator.post<TriedCases>(CHECK, { cases: [refused], diagram })
    expect(status).to.equal(200)
    expect(body.cases[0]?.passed).to.equal(false)
    expect(body.cases[0]?.problems[0]?.path).to.equal('expect.status')

    const broken = await operator.post<ErrorAnswer>(CHECK, {
      cases: [refused],
      diagram: xml.replace('targetRef="Decide"', 'targetRef="Nowhere"')
    })
    expect(broken.status).to.equal(422)
    expect(JSON.stringify(broken.body.problems)).to.contain('Nowhere')
  }).timeout(60_000)

  it('are refused with their place when they are misspelt', async () => {
    const cases = [{ ...refused, moves: [{ complete: 'Decid' }] }]
    const { status, body } = await operator.post<ErrorAnswer>(CHECK, { cases })
    expect(status).to.equal(422)
    expect(body.problems).to.deep.equal([
      {
        path: 'cases#refused: moves[0]',
        message: 'expected an element of the diagrams, found <Decid> (do you mean <Decide>?)'
      }
    ])
  }).timeout(60_000)

  it('are for operators, and for processes that are there', async () => {
    const counter = await visitor(alur.url, 'loket.tju')
    const denied = await counter.post<ErrorAnswer>(CHECK, { cases: [refused] })
    expect(denied.status).to.equal(403)
    const unknown = await operator.post<ErrorAnswer>('/api/processes/nothing/check', {
      cases: [refused]
    })
    expect(unknown.status).to.equal(404)
    expect(unknown.body.code).to.equal('unknown-process')
  })

  it('go by what change sets have put in the place of the files', async () => {
    await publish(alur.url, {
      kind: 'value',
      key: 'letter.classification',
      value: 'GR.99.99',
      from: '2012-01-01',
      to: null,
      cites: [{ instrument: 'contoh-1-2010', pin: null }],
      reason: { id: 'Contoh', en: 'A sample' }
    })
    const { status, body } = await operator.post<TriedCases>(CHECK, { cases: [refused] })
    expect(status, JSON.stringify(body)).to.equal(200)
    expect(body.cases[0]?.passed).to.equal(true)
  }).timeout(60_000)

  it('end at their deadline, and only so many go on at once', async () => {
    const statements = sqliteStatements(openDatabase(':memory:'))
    const given = { library: alur.library, statements, rules: 'rules', jobs: [] }
    const trial = { process: 'sample-permit', cases: [refused] }
    const slow = caseChecker({ ...given, limits: { seconds: 0.01, megabytes: 256, atOnce: 1 } })
    const first = slow.check(trial)
    const second = await slow.check(trial).catch(error => error)
    expect(second).to.be.instanceOf(TrialsBusy)
    const late = await first.catch(error => error)
    expect(late).to.be.instanceOf(InvalidData)
    expect(late.problems).to.deep.equal([
      { path: 'cases', message: 'expected to be over within 0.01 seconds' }
    ])
    // what is over makes room
    expect(await slow.check(trial).catch(error => error)).to.be.instanceOf(InvalidData)
  }).timeout(60_000)
})
