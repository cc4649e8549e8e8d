import { expect } from 'chai'
import type { CaseView, HistoryLine, Page, TaskSummary, TaskView } from '../../api/schemas.ts'
import { addColleague, openSample, type Sample, type Visitor, visitor } from './sample.ts'

const START = '/api/processes/sample-permit/instances'
const VARIABLES = {
  applicant: { name: 'Contoh Orang', passportNumber: 'X1234567' },
  permit: { days: 10 }
}
const TASKS = '/api/offices/kanim-tju/tasks'

describe('handling tasks', () => {
  let alur: Sample
  let loket: Visitor
  let other: Visitor
  let head: Visitor
  before(async () => {
    alur = await openSample()
    await addColleague(alur)
    loket = await visitor(alur.url, 'loket.tju')
    other = await visitor(alur.url, 'loket2.tju')
    head = await visitor(alur.url, 'kakanim.tju')
  })
  after(() => alur.end())

  /** The address of the first task of a new case. */
  async function begun(): Promise<string> {
    const { body } = await loket.post<CaseView>(START, { variables: VARIABLES })
    return `/api/instances/${body.instance}/tasks/${body.tasks[0]?.token}`
  }
  const summary = (view: CaseView) => view.tasks[0] as TaskSummary
  const listed = async (who: Visitor, query: string, path: string) => {
    const { body } = await who.get<Page<TaskSummary>>(`${TASKS}?limit=100${query}`)
    return body.rows.some(
      ({ instance, token }) => path === `/api/instances/${instance}/tasks/${token}`
    )
  }

  it('lets one of two claim a task, and tells the other who has it', async () => {
    const task = await begun()
    const answers = await Promise.all([loket.post(`${task}/claim`), other.post(`${task}/claim`)])
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409])
    const [lost] = answers.filter(({ status }) => status === 409)
    const winner = answers[0]?.status === 200 ? 'Ratna Melati Sari' : 'Nina Contoh'
    expect(lost?.body).to.deep.equal({
      code: 'claimed',
      message: `task <Check_Documents> is held by ${winner}`
    })
  })

  it('shows who has a task, and what the reader may do with it', async () => {
    const task = await begun()
    const free = (await loket.get<TaskView>(task)).body
    expect(free).to.include({ held: 'free', priority: 50, urgency: 'normal', later: false })
    expect(free.rights).to.include({
      claim: true,
      complete: true,
      unclaim: false,
      supervise: false
    })

    const claimed = await loket.post<CaseView>(`${task}/claim`)
    expect(summary(claimed.body)).to.deep.include({
      held: 'mine',
      assignee: { id: 'loket.tju', name: 'Ratna Melati Sari' }
    })
    const mine = (await loket.get<TaskView>(task)).body.rights
    expect(mine).to.include({ claim: false, complete: true, unclaim: true, delegate: true })
    expect(mine.colleagues).to.deep.equal([{ id: 'loket2.tju', name: 'Nina Contoh' }])
    const theirs = (await other.get<TaskView>(task)).body.rights
    expect(theirs).to.include({ claim: false, complete: false, unclaim: false })
    expect(theirs.objection?.code).to.equal('claimed')
    expect((await head.get<TaskView>(task)).body.rights).to.include({
      complete: false,
      supervise: true,
      unclaim: true
    })
  })

  it('lists what is mine, what is free, and for supervisors what the unit has', async () => {
    const task = await begun()
    await loket.post(`${task}/claim`)
    expect(await listed(loket, '&who=mine', task)).to.equal(true)
    expect(await listed(loket, '&who=free', task)).to.equal(false)
    expect(await listed(other, '', task)).to.equal(true)
    expect(await listed(other, '&who=mine', task)).to.equal(false)
    expect(await listed(head, '', task)).to.equal(false)
    expect(await listed(head, '&who=unit', task)).to.equal(true)
    expect(await listed(loket, '&due=overdue', task)).to.equal(false)
    expect(await listed(loket, '&followUp=now', task)).to.equal(true)
    expect(await listed(loket, '&followUp=later', task)).to.equal(false)
    const refused = await loket.get(`${TASKS}?who=unit`)
    expect([refused.status, refused.body.code]).to.deep.equal([403, 'not-allowed'])
    expect((await loket.get(`${TASKS}?who=everybody`)).status).to.equal(400)
  })

  it('gives a task back and takes it away', async () => {
    const task = await begun()
    expect((await loket.post(`${task}/unclaim`, { reason: '' })).body.code).to.equal('not-claimed')
    await loket.post(`${task}/claim`)
    expect((await other.post(`${task}/unclaim`, { reason: 'Saya saja' })).status).to.equal(403)
    expect((await head.post(`${task}/unclaim`, { reason: '' })).status).to.equal(422)
    const taken = await head.post<CaseView>(`${task}/unclaim`, { reason: 'Sakit' })
    expect(summary(taken.body).assignee).to.equal(null)
    expect((await other.post(`${task}/claim`)).status).to.equal(200)
  })

  it('hands a task to a colleague, who alone completes it then', async () => {
    const task = await begun()
    const given = await head.post<CaseView>(`${task}/assign`, {
      to: 'loket2.tju',
      reason: 'Giliran'
    })
    expect(summary(given.body).assignee?.id).to.equal('loket2.tju')
    const variables = { documents: { PASSPORT: true } }
    const refused = await loket.post(`${task}/complete`, { variables })
    expect([refused.status, refused.body.code]).to.deep.equal([409, 'claimed'])

    const to = (id: string) => head.post(`${task}/assign`, { to: id, reason: 'Giliran' })
    expect((await to('nobody.tju')).status).to.equal(422)
    expect((await to('kasi.tju')).status).to.equal(403)
    expect((await to('loket.mre')).status).to.equal(403)
    expect((await to('loket2.tju')).body.code).to.equal('claimed')
    expect((await head.post(`${task}/assign`, { to: 'loket.tju' })).status).to.equal(400)
    expect((await loket.post(`${task}/assign`, { to: 'loket.tju', reason: 'x' })).status).to.equal(
      403
    )
  })

  it('delegates a task and gives it back to its owner', async () => {
    const task = await begun()
    await loket.post(`${task}/claim`)
    const asked = await loket.post<CaseView>(`${task}/delegate`, {
      to: 'loket2.tju',
      reason: 'Bantu'
    })
    expect(summary(asked.body)).to.deep.include({
      held: 'other',
      owner: { id: 'loket.tju', name: 'Ratna Melati Sari' }
    })
    expect(
      (await other.post(`${task}/delegate`, { to: 'loket.tju', reason: 'x' })).status
    ).to.equal(403)
    const back = await other.post<CaseView>(`${task}/return`, { reason: 'Sudah' })
    expect(summary(back.body).assignee?.id).to.equal('loket.tju')
    expect((await other.post(`${task}/return`, { reason: '' })).body.code).to.equal('not-claimed')

    const { instance } = back.body
    const { body: lines } = await loket.get<HistoryLine[]>(`/api/instances/${instance}/history`)
    expect(
      lines.filter(({ kind }) => kind === 'task').map(({ by, text }) => [by, text.en])
    ).to.deep.equal([
      ['Ratna Melati Sari', 'Claimed: Check the documents'],
      ['Ratna Melati Sari', 'Delegated to Nina Contoh: Check the documents (Bantu)'],
      ['Nina Contoh', 'Returned to Ratna Melati Sari: Check the documents (Sudah)']
    ])
  })

  it('makes a task urgent, which lists it first', async () => {
    const [first, second] = [await begun(), await begun()]
    const urgent = await head.post<CaseView>(`${second}/prioritize`, {
      priority: 90,
      reason: 'Sakit'
    })
    expect(summary(urgent.body)).to.include({ priority: 90, urgency: 'urgent' })
    const { body } = await loket.get<Page<TaskSummary>>(`${TASKS}?limit=100`)
    const paths = body.rows.map(
      ({ instance, token }) => `/api/instances/${instance}/tasks/${token}`
    )
    expect(paths.indexOf(second)).to.be.lessThan(paths.indexOf(first))
    expect(
      (await head.post(`${first}/prioritize`, { priority: 101, reason: 'x' })).status
    ).to.equal(400)
    expect(
      (await loket.post(`${first}/prioritize`, { priority: 90, reason: 'x' })).status
    ).to.equal(403)
  })

  it('says who was faster when the task is gone', async () => {
    const task = await begun()
    const variables = { documents: { PASSPORT: true } }
    const done = await loket.post(`${task}/complete`, { variables })
    expect(done.status, JSON.stringify(done.body)).to.equal(200)
    const late = await other.post(`${task}/claim`)
    expect([late.status, late.body.code]).to.deep.equal([409, 'not-waiting'])
    expect(late.body.message).to.contain('Ratna Melati Sari')
  })
})
