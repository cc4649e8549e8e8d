import { expect } from 'chai'
import type { CaseView, ErrorAnswer, Page, SelectionView, TaskSummary } from '../../api/schemas.ts'
import { openSample, type Sample, type Visitor, visitor } from './sample.ts'

describe('choosing in an ad-hoc sub-process', () => {
  let alur: Sample
  let loket: Visitor
  let head: Visitor
  before(async () => {
    alur = await openSample()
    loket = await visitor(alur.url, 'loket.tju')
    head = await visitor(alur.url, 'kakanim.tju')
  })
  after(() => alur.end())

  async function begun(): Promise<CaseView> {
    const start = '/api/processes/sample-examination/instances'
    return (await loket.post<CaseView>(start, { variables: {} })).body
  }
  const only = ({ selections }: CaseView) => selections[0] as SelectionView
  const path = (view: CaseView) => `/api/instances/${view.instance}/selections/${only(view).token}`

  it('is listed among the tasks of those who choose', async () => {
    const view = await begun()
    const list = '/api/offices/kanim-tju/tasks?limit=100'
    const { body } = await loket.get<Page<TaskSummary>>(list)

    const row = body.rows.find(({ instance }) => instance === view.instance)
    expect(row).to.include({ element: 'Examine', sort: 'selection', role: 'counter' })
  })

  it('starts one activity after another, and ends when a person says so', async () => {
    const view = await begun()
    expect(only(view)).to.include({ sequential: true, endedByPeople: true, mayChoose: true })
    expect(only(view).activities.map(({ element }) => element)).to.deep.equal(['Call', 'Visit'])

    const after = (await loket.post<CaseView>(`${path(view)}/start`, { element: 'Visit' })).body
    expect(only(after).activities.map(({ running }) => running)).to.deep.equal([0, 1])
    expect(after.tasks.map(({ element }) => element)).to.deep.equal(['Visit'])

    const second = await loket.post<ErrorAnswer>(`${path(view)}/start`, { element: 'Call' })
    expect(second.status).to.equal(409)

    const task = `/api/instances/${view.instance}/tasks/${after.tasks[0]?.token}/complete`
    await loket.post(task, { variables: {} })
    const ended = (await loket.post<CaseView>(`${path(view)}/end`)).body
    expect(ended).to.include({ status: 'completed' })
    expect(ended.selections).to.deep.equal([])
    const said = ended.history.map(({ by, text }) => `${by}: ${text.en}`)
    expect(said).to.include.members([
      'Ratna Melati Sari: Activity started: Visit the address',
      'Ratna Melati Sari: Part ended: Further examination'
    ])
  })

  it('is refused to others, and for what is not there', async () => {
    const view = await begun()
    const seen = await head.get<CaseView>(`/api/instances/${view.instance}`)
    expect(only(seen.body).mayChoose).to.equal(false)

    const other = await head.post<ErrorAnswer>(`${path(view)}/start`, { element: 'Visit' })
    expect([other.status, other.body.code]).to.deep.equal([403, 'not-allowed'])
    const unknown = await loket.post<ErrorAnswer>(`${path(view)}/start`, { element: 'Dance' })
    expect([unknown.status, unknown.body.code]).to.deep.equal([404, 'unknown-element'])
    const nothing = await loket.post<ErrorAnswer>(`${path(view)}/start`, {})
    expect(nothing.status).to.equal(400)
  })
})
