import { expect } from 'chai'
import type {
  CaseView,
  DeputyChoices,
  DeputyView,
  HistoryLine,
  Page,
  TaskSummary
} from '../../api/schemas.ts'
import { openSample, type Sample, type Visitor, visitor } from './sample.ts'

const START = '/api/processes/sample-permit/instances'
const VARIABLES = {
  applicant: { name: 'Contoh Orang', passportNumber: 'X1234567' },
  permit: { days: 10 }
}
const FILLED = { variables: { documents: { PASSPORT: true } } }
const LEAVE = {
  deputy: 'penyerahan.tju',
  roles: null,
  processes: null,
  from: '2026-01-05',
  until: '2026-01-09',
  reason: 'Cuti'
}

describe('deputies', () => {
  let alur: Sample
  let loket: Visitor
  let deputy: Visitor
  let head: Visitor
  beforeEach(async () => {
    alur = await openSample({ ALUR_CLOCK: '2026-01-05T09:00:00+07:00' })
    loket = await visitor(alur.url, 'loket.tju')
    deputy = await visitor(alur.url, 'penyerahan.tju')
    head = await visitor(alur.url, 'kakanim.tju')
  })
  afterEach(() => alur.end())

  const named = async (who: Visitor, more: object = {}) =>
    (await who.post<DeputyView>('/api/deputies', { ...LEAVE, ...more })).body
  const started = async () => {
    const { body } = await loket.post<CaseView>(START, { variables: VARIABLES })
    return `/api/instances/${body.instance}/tasks/${body.tasks[0]?.token}`
  }
  const tasks = async (who: Visitor) =>
    (await who.get<Page<TaskSummary>>('/api/offices/kanim-tju/tasks')).body.rows.length

  it('act for somebody once they have accepted, and both stand in the history', async () => {
    const task = await started()
    const { id, state, mayAccept, person } = await named(loket)
    expect({ state, mayAccept, person }).to.deep.equal({
      state: 'proposed',
      mayAccept: false,
      person: { id: 'loket.tju', name: 'Ratna Melati Sari' }
    })
    expect((await deputy.post(`${task}/claim`)).status).to.equal(403)
    expect(await tasks(deputy)).to.equal(0)

    const accepted = await deputy.post<DeputyView>(`/api/deputies/${id}/accept`)
    expect(accepted.body.state).to.equal('holding')
    expect(await tasks(deputy)).to.equal(1)
    expect((await deputy.post(`${task}/claim`)).status).to.equal(200)
    const done = await deputy.post<CaseView>(`${task}/complete`, FILLED)
    expect(done.status, JSON.stringify(done.body)).to.equal(200)

    const { body: lines } = await loket.get<HistoryLine[]>(
      `/api/instances/${done.body.instance}/history`
    )
    expect(
      lines.filter(({ kind }) => kind === 'task').map(({ by, text }) => [by, text.en])
    ).to.deep.equal([
      ['Yusuf Hanafi Putra', 'Claimed: Check the documents, on behalf of Ratna Melati Sari'],
      ['Yusuf Hanafi Putra', 'On behalf of Ratna Melati Sari: Check the documents'],
      ['Yusuf Hanafi Putra', 'Done: Check the documents']
    ])
    const stored = await alur.runtime.historyOf(done.body.instance)
    expect(JSON.stringify(stored.map(({ by }) => by))).to.not.contain('deputyFor')
  })

  it('act only on the days, in the roles and in the processes that they were named for', async () => {
    const later = await named(loket, { from: '2026-01-06' })
    expect((await deputy.post<DeputyView>(`/api/deputies/${later.id}/accept`)).body.state).to.equal(
      'accepted'
    )
    const task = await started()
    expect((await deputy.post(`${task}/claim`)).status).to.equal(403)

    const other = await named(loket, { processes: ['sample-letter'] })
    await deputy.post(`/api/deputies/${other.id}/accept`)
    expect(await tasks(deputy)).to.equal(0)
    expect((await deputy.post(`${task}/claim`)).status).to.equal(403)

    const fitting = await named(loket, { processes: ['sample-permit'], roles: ['counter'] })
    await deputy.post(`/api/deputies/${fitting.id}/accept`)
    expect(await tasks(deputy)).to.equal(1)
    expect((await deputy.post(`${task}/claim`)).status).to.equal(200)

    alur.services.setClock(
      { id: 'x', name: 'x', kind: 'system', unit: null, roles: [] },
      '2026-01-10T02:00:00.000Z'
    )
    expect((await deputy.post(`${task}/complete`, FILLED)).status).to.equal(403)
  })

  it('are one pair of eyes with the one whom they act for', async () => {
    const { id } = await named(head, { deputy: 'loket.tju' })
    await loket.post(`/api/deputies/${id}/accept`)
    const done = await loket.post<CaseView>(`${await started()}/complete`, FILLED)
    const [decide] = done.body.tasks
    const path = `/api/instances/${done.body.instance}/tasks/${decide?.token}`
    for (const action of ['claim', 'complete']) {
      const { status, body } = await loket.post(
        `${path}/${action}`,
        action === 'claim' ? undefined : { variables: { decision: { outcome: 'approve' } } }
      )
      expect([status, body.code], action).to.deep.equal([403, 'same-person'])
    }
  })

  it('are ended by whoever is concerned, and then act no more', async () => {
    for (const who of [loket, deputy, head]) {
      const { id } = await named(loket)
      await deputy.post(`/api/deputies/${id}/accept`)
      const ended = await who.post<DeputyView>(`/api/deputies/${id}/end`)
      expect(ended.body).to.include({ state: 'ended', mayEnd: false })
      expect((await who.post(`/api/deputies/${id}/end`)).status).to.equal(409)
      expect((await deputy.post(`/api/deputies/${id}/accept`)).status).to.equal(409)
    }
    const { id } = await named(loket)
    expect((await deputy.post<DeputyView>(`/api/deputies/${id}/end`)).body.state).to.equal(
      'declined'
    )
    expect(await tasks(deputy)).to.equal(0)
  })

  it('are named for oneself, or by an administrator for somebody else', async () => {
    const forLoket = await named(head, { person: 'loket.tju' })
    expect(forLoket.namedBy.id).to.equal('kakanim.tju')
    const refused = await loket.post('/api/deputies', { ...LEAVE, person: 'kakanim.tju' })
    expect([refused.status, refused.body.code]).to.deep.equal([403, 'not-allowed'])
    const self = { ...LEAVE, person: 'loket.tju', deputy: 'kakanim.tju' }
    const own = await head.post('/api/deputies', self)
    expect([own.status, own.body.code]).to.deep.equal([403, 'same-person'])
  })

  it('are refused with all that does not hold', async () => {
    const { status, body } = await loket.post('/api/deputies', {
      deputy: 'loket.mre',
      roles: ['kakanim'],
      processes: ['nothing'],
      from: '2026-01-05',
      until: '2026-01-04',
      reason: ' '
    })
    expect(status).to.equal(422)
    expect(body.problems?.map(({ path }) => path)).to.deep.equal([
      '/deputy',
      '/roles',
      '/processes',
      '/until',
      '/reason'
    ])
    const asks = async (more: object) =>
      (await loket.post('/api/deputies', { ...LEAVE, ...more })).status
    expect(await asks({ deputy: 'loket.tju' })).to.equal(422)
    expect(await asks({ from: '2025-12-01', until: '2025-12-31' })).to.equal(422)
    expect(await asks({ until: '2027-12-31' })).to.equal(422)
    expect(await asks({ roles: [] })).to.equal(422)
    expect(await asks({ from: 'soon' })).to.equal(400)
  })

  it('are accepted by the deputy, and known in their own unit only', async () => {
    const { id } = await named(loket)
    expect((await loket.post(`/api/deputies/${id}/accept`)).status).to.equal(403)
    const elsewhere = await visitor(alur.url, 'loket.mre')
    expect((await elsewhere.post(`/api/deputies/${id}/end`)).status).to.equal(404)
    expect((await elsewhere.get<DeputyView[]>('/api/deputies')).body).to.deep.equal([])
    const other = await visitor(alur.url, 'bendahara.tju')
    expect((await other.post(`/api/deputies/${id}/end`)).status).to.equal(403)
    expect(
      (await other.get<DeputyView[]>('/api/deputies')).body.map(each => each.id)
    ).to.deep.equal([id])
  })

  it('can be chosen among the people and processes that there are', async () => {
    const { body } = await loket.get<DeputyChoices>('/api/deputies/choices')
    expect(body).to.include({ forOthers: false, today: '2026-01-05' })
    expect(body.people.find(({ id }) => id === 'loket.tju')?.roles).to.deep.equal([
      { id: 'counter', label: 'Jabatan counter' }
    ])
    expect(body.processes.map(({ id }) => id)).to.include('sample-permit')
    expect((await head.get<DeputyChoices>('/api/deputies/choices')).body.forOthers).to.equal(true)
  })
})
