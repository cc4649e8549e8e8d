import { expect } from 'chai'
import type { AffectedView, ChangeSetView, EffectiveView, TimelineView } from '../../api/law.ts'
import type { CaseView, ErrorAnswer, Page } from '../../api/schemas.ts'
import type { Decision } from '../../engine/messages.ts'
import { publish } from './publish.ts'
import { openSample, type Sample, type Visitor, visitor } from './sample.ts'

const CHANGES = '/api/law/changes'
const words = { id: 'Contoh', en: 'A sample' }
const cites = [{ instrument: 'contoh-1-2010', pin: 'Ps 2' }]
const tariff = (value: number, from = '2020-01-01') => ({
  kind: 'value' as const,
  key: 'sample.tariff',
  value,
  from,
  to: null,
  cites,
  reason: words
})
const content = (...edits: readonly object[]) => ({
  scope: 'ditjen-imigrasi',
  title: words,
  reason: words,
  edits,
  reverts: null
})

describe('changes of local law through the API', () => {
  let alur: Sample
  let editor: Visitor
  let checker: Visitor
  before(async () => {
    alur = await openSample()
    editor = await visitor(alur.url, 'aturan.ditjen')
    checker = await visitor(alur.url, 'hukum.ditjen')
  })
  after(() => alur.end())
  const draft = async (...edits: readonly object[]) =>
    (await editor.post<ChangeSetView>(CHANGES, content(...edits))).body

  /** Checked, measured and submitted. */
  const submitted = async (id: string) => {
    await editor.post(`${CHANGES}/${id}/check`, {})
    await editor.post(`${CHANGES}/${id}/impact`, { from: '2025-01-01', to: '2025-12-31' })
    const { version } = (await editor.get<ChangeSetView>(`${CHANGES}/${id}`)).body
    return (await editor.post<ChangeSetView>(`${CHANGES}/${id}/submit`, { version })).body
  }

  it('have no other door', async () => {
    const owner = await visitor(alur.url, 'tarif.ditjen')
    const { status } = await owner.post('/api/rules/statements', tariff(1))
    expect([404, 405]).to.include(status)
  })

  it('say what they do and what one may do with them', async () => {
    const { id, sentences, may, state } = await draft(tariff(100_000))
    expect(sentences).to.deep.equal([
      {
        id: 'Tarif contoh: Rp 100.000, sejak 1 Januari 2020 (dasar: Contoh 1/2010, Ps 2)',
        en: 'Sample tariff: Rp 100.000, from 1 January 2020 on (basis: Contoh 1/2010, Ps 2)'
      }
    ])
    expect([state, may]).to.deep.equal([
      'draft',
      ['edit', 'check', 'measure', 'withdraw', 'emergency']
    ])
    const seen = await checker.get<ChangeSetView>(`${CHANGES}/${id}`)
    expect(seen.body.may).to.deep.equal(['check', 'measure'])
  })

  it('keep what is incomplete, and the check says everything that is wrong', async () => {
    const { id } = await draft({ kind: 'value', key: 'sample.tariff' }, tariff(1.5))
    const { status, body } = await editor.post<ChangeSetView>(`${CHANGES}/${id}/check`, {})
    expect(status).to.equal(200)
    expect(body.state).to.equal('draft')
    expect(body.check?.problems.map(({ path, message }) => `${path}: ${message}`)).to.deep.equal([
      ...['value', 'from', 'to', 'cites', 'reason'].map(name => `/edits/0: expected <${name}>`),
      '/edits/1/value: expected whole rupiah, found 1.5'
    ])
    expect(
      (await editor.post(`${CHANGES}/${id}/submit`, { version: body.version })).status
    ).to.equal(409)
  })

  it('are held to the cases that stand beside the rules', async () => {
    const { id } = await draft({
      kind: 'row',
      rule: 'sample.checklist',
      row: 'short',
      conditions: { all: [{ fact: 'days', operator: 'lessThanInclusive', value: 90 }] },
      outcome: { documents: [] },
      from: '2020-01-01',
      to: null,
      cites,
      reason: words
    })
    const { body } = await editor.post<ChangeSetView>(`${CHANGES}/${id}/check`, {})
    expect(body.state).to.equal('draft')
    expect(body.check?.problems.map(({ message }) => message).join()).to.contain(
      'case <long> at kanim-bgl, kanim-btm, kanim-mre and 1 more: expected row long, found row short'
    )
    expect(body.check?.cases.failed).to.equal(1)
  })

  it('take no number that is too large to be reckoned with', async () => {
    const text = JSON.stringify(content(tariff(1))).replace('"value":1', '"value":1e309')
    const { status, body } = await editor.post<ErrorAnswer>(CHANGES, text)
    expect([status, body.problems?.[0]?.path]).to.deep.equal([422, '/edits/0/value'])
  })

  it('are refused where somebody else was faster', async () => {
    const { id, version } = await draft(tariff(1))
    const put = () =>
      editor.send(
        'PUT',
        `${CHANGES}/${id}`,
        JSON.stringify({ version, content: content(tariff(2)) })
      )
    const answers = [await put(), await put()]
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 409])
  })

  it('are approved by another person and as they were read', async () => {
    const { id } = await draft(tariff(100_000, '2030-01-01'))
    const { contentHash, impact } = await submitted(id)
    const approve = (who: Visitor, hash = contentHash) =>
      who.post<ChangeSetView & ErrorAnswer>(`${CHANGES}/${id}/approve`, {
        contentHash: hash,
        impactHash: impact?.hash
      })
    expect((await approve(editor)).body.code).to.equal('not-allowed')
    expect((await approve(checker, 'x')).body.code).to.equal('conflict')
    const { status, body } = await approve(checker)
    expect(status, JSON.stringify(body)).to.equal(200)
    expect([body.state, body.approval?.by]).to.deep.equal(['scheduled', 'hukum.ditjen'])
    const scheduled = await editor.get<Page<{ id: string }>>(`${CHANGES}?state=scheduled`)
    expect(scheduled.body.rows.map(row => row.id)).to.deep.equal([id])
  })

  it('measure what they would have done, and the approval binds to the report', async () => {
    const { id } = await draft(tariff(100_000, '2031-01-01'))
    const checked = (await editor.post<ChangeSetView>(`${CHANGES}/${id}/check`, {})).body
    expect(checked.may).not.to.include('submit')
    const early = await editor.post(`${CHANGES}/${id}/submit`, { version: checked.version })
    expect(early.status).to.equal(409)
    await submitted(id)
    const { status, body } = await checker.post<{ hash: string }>(`${CHANGES}/${id}/impact`, {
      from: '2026-01-01',
      to: '2026-12-31'
    })
    expect(status, JSON.stringify(body)).to.equal(200)
    const progress = await checker.get(`${CHANGES}/${id}/impact/progress`)
    expect([progress.status, progress.body]).to.deep.equal([200, { running: null }])
    expect((await checker.get(`${CHANGES}/cs-0/impact/progress`)).status).to.equal(404)
    const { contentHash, impact } = (await checker.get<ChangeSetView>(`${CHANGES}/${id}`)).body
    expect(impact?.hash).to.equal(body.hash)
    const approve = (impactHash: string) =>
      checker.post(`${CHANGES}/${id}/approve`, { contentHash, impactHash })
    expect((await approve('')).status).to.equal(409)
    expect((await approve(body.hash)).status).to.equal(200)
  })

  it('show what holds, what is stated over time, and decide without a case', async () => {
    const { id } = await publish(alur.url, tariff(250_000, '2021-01-01'))
    const effective = await editor.get<EffectiveView[]>('/api/law/effective?date=2021-06-01')
    expect(effective.body.find(({ key }) => key === 'sample.tariff')).to.deep.include({
      value: 250_000,
      level: 'national',
      cites: ['Contoh 1/2010, Ps 2'],
      sample: true
    })
    const before = await editor.get<EffectiveView[]>(
      '/api/law/effective?date=2021-06-01&knownAt=2020-01-01T00%3A00%3A00.000Z'
    )
    expect(before.status, JSON.stringify(before.body)).to.equal(200)
    expect(before.body.find(({ key }) => key === 'sample.tariff')?.missing).to.contain('no value')
    const wrong = await editor.get('/api/law/effective?knownAt=2020-02-30T00:00:00Z')
    expect(wrong.status).to.equal(400)
    const { body } = await editor.get<TimelineView>('/api/law/timeline/sample.tariff')
    expect(body.effective.map(({ from, to, value }) => [from, to, value])).to.deep.equal([
      [null, '2020-12-31', null],
      ['2021-01-01', null, 250_000]
    ])
    expect(
      body.stated.some(({ changeSet, status }) => changeSet === id && status === 'applied')
    ).to.equal(true)
    const tried = await editor.post<Decision>('/api/law/try/sample.tariff', {
      facts: {},
      date: '2021-06-01'
    })
    expect(tried.body.outcome).to.equal(250_000)
    const { id: other } = await draft(tariff(1, '2021-01-01'))
    const drafted = await editor.post<Decision>('/api/law/try/sample.tariff', {
      facts: {},
      date: '2021-06-01',
      changeSet: other
    })
    expect(drafted.body.outcome).to.equal(1)
  })

  it('are rolled back, and open cases take the release that came of it, with a line in their history', async () => {
    const row = {
      kind: 'row' as const,
      rule: 'sample.checklist',
      row: 'short',
      conditions: { all: [{ fact: 'days', operator: 'lessThanInclusive' as const, value: 90 }] },
      outcome: { documents: [] },
      from: '2020-01-01',
      to: null,
      cites,
      reason: words
    }
    const wrong = await publish(alur.url, row, {
      kind: 'case',
      case: {
        name: 'long',
        rule: 'sample.checklist',
        date: '2026-01-05',
        facts: { days: 60 },
        row: 'short'
      }
    })
    const loket = await visitor(alur.url, 'loket.tju')
    const started = await loket.post<CaseView>('/api/processes/sample-permit/instances', {
      variables: {
        applicant: { name: 'Contoh Orang', passportNumber: 'X1234567' },
        permit: { days: 60 }
      }
    })
    const { instance } = started.body
    const affected = await editor.get<AffectedView>(`${CHANGES}/${wrong.id}/affected`)
    expect(affected.body.decisions.map(one => [one.instance, one.rule])).to.deep.equal([
      [instance, 'sample.checklist']
    ])
    expect(affected.body.openCases.map(one => one.instance)).to.deep.equal([instance])
    const unit = 'ditjen-imigrasi'
    const by = {
      id: 'operator.ditjen',
      name: '',
      kind: 'person',
      unit,
      roles: ['operator']
    } as const
    const operate = (type: 'suspend' | 'resume') =>
      alur.runtime.execute({ instance, command: { type, reason: 'Uji' }, by })
    await operate('suspend')
    const resting = await editor.get<AffectedView>(`${CHANGES}/${wrong.id}/affected`)
    expect(resting.body.openCases.map(one => one.instance)).to.deep.equal([instance])
    await operate('resume')

    const { status, body } = await editor.post<ChangeSetView>(`${CHANGES}/${wrong.id}/revert`, {
      from: '2020-01-01',
      reason: words
    })
    expect(status, JSON.stringify(body)).to.equal(201)
    const { contentHash, impact } = await submitted(body.id)
    const impactHash = impact?.hash
    await checker.post(`${CHANGES}/${body.id}/approve`, { contentHash, impactHash })
    expect((await editor.get<ChangeSetView>(`${CHANGES}/${wrong.id}`)).body.state).to.equal(
      'reverted'
    )

    const asked = { instances: [instance], reason: 'Aturan dibatalkan' }
    const denied = await loket.post<{ refused: object[] }>('/api/law/rebind', asked)
    expect(denied.body.refused).to.have.length(1)
    const operator = await visitor(alur.url, 'operator.ditjen')
    const rebound = await operator.post('/api/law/rebind', asked)
    expect(rebound.body).to.deep.equal({ rebound: [instance], refused: [] })
    const { history } = (await loket.get<CaseView>(`/api/instances/${instance}`)).body
    expect(history.at(-1)?.text.en).to.match(
      /^Goes by release \w{8} instead of \w{8}\. Reason: .*Aturan dibatalkan/
    )
  })
})
