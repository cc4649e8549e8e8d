import { expect } from 'chai'
import type { CaseView, HistoryLine, Page, TaskSummary } from '../../api/schemas.ts'
import type { BatchView } from '../../api/services/operations.ts'
import type { ItemResult } from '../../runtime/operations/batches.ts'
import { until } from '../until.ts'
import { openSample, type Sample, type Visitor, visitor } from './sample.ts'

const START = '/api/processes/sample-permit/instances'
const VARIABLES = {
  applicant: { name: 'Contoh Rahasia', passportNumber: 'X7654321' },
  permit: { days: 10 }
}
const reason = 'putusan pengadilan'
const suspend = { operation: { type: 'suspend' }, reason }

describe('what operators may do over HTTP', () => {
  let alur: Sample
  let counter: Visitor
  let operator: Visitor
  let instance: string
  before(async () => {
    alur = await openSample()
    counter = await visitor(alur.url, 'loket.tju')
    operator = await visitor(alur.url, 'tu.tju')
  })
  after(() => alur.end())
  beforeEach(async () => {
    instance = (await counter.post<CaseView>(START, { variables: VARIABLES })).body.instance
  })
  const one = (who: Visitor, body: object, id = instance) =>
    who.post<ItemResult & { code: string }>(`/api/instances/${id}/operations`, body)

  it('says what would happen, and then does it', async () => {
    const tried = await one(operator, { ...suspend, dryRun: true })
    expect(tried.body).to.include({ instance, outcome: 'would' })
    const view = await operator.get<CaseView>(`/api/instances/${instance}`)
    expect(view.body.status).to.equal('running')

    expect((await one(operator, suspend)).body).to.include({ outcome: 'did', problem: null })
    const after = await counter.get<CaseView>(`/api/instances/${instance}`)
    expect(after.body.status).to.equal('suspended')
    const { rows } = (await counter.get<Page<TaskSummary>>('/api/offices/kanim-tju/tasks')).body
    expect(rows.find(row => row.instance === instance)?.suspended).to.equal(true)

    const task = after.body.tasks[0] as TaskSummary
    const late = await counter.post(`/api/instances/${instance}/tasks/${task.token}/complete`, {
      variables: {}
    })
    expect([late.status, late.body.code]).to.deep.equal([409, 'suspended'])

    const resumed = { operation: { type: 'resume' }, reason: 'selesai' }
    expect((await one(operator, resumed)).body.outcome).to.equal('did')
    expect((await one(operator, resumed)).body).to.include({ outcome: 'nothing' })
  })

  it('stands in the history with who did it and why', async () => {
    await one(operator, suspend)
    const lines = (await counter.get<HistoryLine[]>(`/api/instances/${instance}/history`)).body
    expect(lines.at(-1)).to.deep.include({ kind: 'operation' })
    expect(lines.at(-1)?.text.en).to.contain('Case suspended').and.to.contain(reason)
    expect(lines.at(-1)?.by).not.to.equal('Sistem')
  })

  it('is refused to whoever is no operator, and hidden from other offices', async () => {
    const officer = await one(counter, suspend)
    expect([officer.status, officer.body.code]).to.deep.equal([403, 'not-allowed'])
    const other = await one(await visitor(alur.url, 'tu.bgl'), suspend)
    expect([other.status, other.body.code]).to.deep.equal([404, 'unknown-instance'])
    const nation = await one(await visitor(alur.url, 'operator.ditjen'), suspend)
    expect(nation.body.outcome).to.equal('did')
    expect((await one(operator, suspend, 'no-such-case')).status).to.equal(404)
  })

  it('wants a reason and an operation that it knows', async () => {
    for (const body of [
      { operation: { type: 'suspend' } },
      { operation: { type: 'suspend' }, reason: '' },
      { operation: { type: 'explode' }, reason },
      { operation: { type: 'skip' }, reason }
    ]) {
      expect((await one(operator, body)).status, JSON.stringify(body)).to.equal(400)
    }
    const there = { operation: { type: 'moveToken', element: 'Nowhere', to: 'Decide' }, reason }
    expect((await one(operator, there)).body.outcome).to.equal('nothing')
    const { element } = (await operator.get<CaseView>(`/api/instances/${instance}`)).body
      .tasks[0] as TaskSummary
    const nowhere = { operation: { type: 'moveToken', element, to: 'Nowhere' }, reason }
    expect((await one(operator, nowhere)).body.code).to.equal('unknown-element')
  })

  it('does it to many cases in a batch that is begun once', async () => {
    const nation = await visitor(alur.url, 'operator.ditjen')
    const filter = { office: 'kanim-tju', process: 'sample-permit', status: 'running' }
    const preview = await nation.post<{ results: readonly ItemResult[] }>('/api/operations', {
      ...suspend,
      filter,
      dryRun: true
    })
    expect(preview.body.results.map(({ outcome }) => outcome)).to.include('would')

    const id = `batch-${instance}`
    const begun = await nation.post<BatchView>('/api/operations', { ...suspend, filter, id })
    expect(begun.status).to.equal(202)
    const read = async () => (await nation.get<BatchView>(`/api/operations/${id}`)).body
    await until(async () => {
      const { progress } = await read()
      return progress.did + progress.nothing + progress.refused === progress.total
    })
    const again = await nation.post<BatchView>('/api/operations', { ...suspend, filter, id })
    expect(again.body.progress).to.deep.equal((await read()).progress)
    expect((await read()).results.find(result => result.instance === instance)).to.include({
      outcome: 'did'
    })

    expect((await operator.get(`/api/operations/${id}`)).status, 'an office below').to.equal(404)
    const far = { ...suspend, filter: { office: 'kanim-bgl' } }
    expect((await operator.post('/api/operations', far)).status).to.equal(403)
    const unnamed = await operator.post('/api/operations', suspend)
    expect(unnamed.status, 'neither instances nor a filter').to.equal(400)
    const unknown = { ...suspend, instances: [instance, 'no-such-case'] }
    expect((await operator.post('/api/operations', unknown)).status).to.equal(404)
  })

  it('proposes a plan between deployed versions, and lists what was deleted', async () => {
    const path = '/api/processes/sample-permit/migration'
    const same = await operator.get<{ unmapped: unknown[] }>(`${path}?from=1&to=1`)
    expect(same.body).to.deep.include({ unmapped: [], added: [] })
    expect((await operator.get(`${path}?from=1&to=9`)).status).to.equal(404)
    expect((await counter.get(`${path}?from=1&to=1`)).status).to.equal(403)
    expect((await operator.get('/api/removals')).body).to.deep.equal([])
    const kept = await one(operator, { operation: { type: 'remove' }, reason })
    expect(kept.body).to.include({ outcome: 'nothing', problem: 'it is running' })
  })
})
