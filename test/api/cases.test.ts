import { expect } from 'chai'
import type {
  CaseView,
  IncidentView,
  Page,
  ServiceView,
  TaskSummary,
  TaskView
} from '../../api/schemas.ts'
import { publish } from './publish.ts'
import { openSample, type Sample, type Visitor, visitor } from './sample.ts'

const APPLICATION = {
  applicant: { name: 'Contoh Orang', passportNumber: 'X1234567' },
  permit: { days: 60 }
}
const DOCUMENTS = { PASSPORT: true, LETTER: true }

describe('a case through the API', () => {
  let alur: Sample
  let loket: Visitor
  let kakanim: Visitor
  before(async () => {
    alur = await openSample()
    loket = await visitor(alur.url, 'loket.tju')
    kakanim = await visitor(alur.url, 'kakanim.tju')
  })
  after(() => alur.end())

  async function start(by = loket): Promise<CaseView> {
    const { status, body } = await by.post<CaseView>('/api/processes/sample-permit/instances', {
      variables: APPLICATION
    })
    expect(status, JSON.stringify(body)).to.equal(201)
    return body
  }
  const taskPath = (view: CaseView) =>
    `/api/instances/${view.instance}/tasks/${view.tasks[0]?.token}`
  const complete = async (by: Visitor, view: CaseView, variables: object): Promise<CaseView> => {
    const { status, body } = await by.post<CaseView>(`${taskPath(view)}/complete`, { variables })
    expect(status, JSON.stringify(body)).to.equal(200)
    return body
  }

  it('is offered with the form that starts it', async () => {
    const { status, body } = await loket.get<ServiceView[]>('/api/offices/kanim-tju/services')
    expect(status).to.equal(200)
    const permit = body.find(({ process }) => process === 'sample-permit')
    expect(permit).to.include({ nameEnglish: 'Sample permit', role: 'counter', mayStart: true })
    expect(permit?.schema).to.have.nested.property('properties.applicant.title', 'Pemohon')
  })

  it('starts at a start event by its name, and at no other element', async () => {
    const at = (element: string) =>
      loket.post<CaseView>('/api/processes/sample-permit/instances', {
        variables: APPLICATION,
        element
      })
    expect((await at('Received')).status).to.equal(201)
    expect((await at('Check_Documents')).status).to.equal(404)
  })

  it('tells how much of its service time it has used, and for what the clock stands still', async () => {
    const begun = await start()
    expect(begun.serviceClock).to.deep.include({
      label: { id: 'Waktu layanan contoh', en: 'Sample service time' },
      problem: null,
      state: 'running',
      allowedDays: 3,
      workingDays: true,
      from: 'received',
      startedAt: begun.startedAt,
      late: false
    })
    expect(Date.parse(begun.serviceClock?.deadline ?? '')).to.be.above(Date.parse(begun.startedAt))

    const checked = await complete(loket, begun, { documents: DOCUMENTS })
    const atRegion = await complete(kakanim, checked, {
      decision: { outcome: 'approve', reason: 'lengkap' }
    })
    expect(atRegion.serviceClock?.state).to.equal('paused')
    expect(atRegion.serviceClock?.stretches.map(({ reason, to }) => [reason, to])).to.deep.equal([
      [null, atRegion.changedAt],
      ['other-level', null]
    ])
  })

  it('starts, lists its task and shows all that the officer needs', async () => {
    const view = await start()
    expect(view.number).to.match(/^SAMPLE-[A-Z]{3}-\d{4}-\d{6}$/)
    expect(view.subject).to.equal('Contoh Orang')
    expect(view.tasks.map(({ element, roleLabel }) => [element, roleLabel])).to.deep.equal([
      ['Check_Documents', 'Jabatan counter']
    ])

    const list = await loket.get<Page<TaskSummary>>('/api/offices/kanim-tju/tasks')
    const listed = list.body.rows.find(({ instance }) => instance === view.instance)
    expect(listed).to.deep.equal(view.tasks[0])
    expect(listed).to.include({
      nameEnglish: 'Check the documents',
      processEnglish: 'Sample permit'
    })

    const { body: task } = await loket.get<TaskView>(taskPath(view))
    expect(task.kind).to.equal('form')
    expect(task.values).to.deep.equal({ applicant: APPLICATION.applicant })
    expect(task.schema).to.have.nested.property(
      'properties.documents.x-item-list[1].code',
      'LETTER'
    )
    expect(task.standard).to.include({ minutes: 10, output: 'Tanda terima' })
    expect(task.notices).to.deep.equal([
      {
        level: 'warning',
        text: { id: 'Lama tinggal melebihi 30 hari', en: 'The stay exceeds 30 days' },
        cites: ['Contoh 1/2010, Ps 1']
      },
      {
        level: 'info',
        text: {
          id: 'Contoh: Contoh 1/2010 adalah fiktif',
          en: 'A sample: Contoh 1/2010 is fictitious'
        },
        cites: ['Contoh 1/2010, Ps 1']
      }
    ])
    const [decision] = task.case.decisions
    expect(decision?.decision.rows).to.deep.equal(['long'])
    expect(decision?.label.en).to.equal('Sample documents')
  })

  it('goes from person to person, to an incident, a published value and the end', async () => {
    const started = await start()
    const checked = await complete(loket, started, { documents: DOCUMENTS })
    const decided = await complete(kakanim, checked, {
      decision: { outcome: 'approve', reason: 'lengkap' }
    })
    const region = await visitor(alur.url, 'staf.kepri')
    const tick = await region.get<TaskView>(taskPath(decided))
    expect(tick.body).to.include({ kind: 'tick', element: 'Endorse', office: 'kanim-tju' })

    const stuck = await complete(region, decided, {})
    expect(stuck.incidents.map(({ element, code }) => [element, code])).to.deep.equal([
      ['Find_Tariff', 'no-value']
    ])
    const listed = await loket.get<Page<IncidentView>>('/api/incidents')
    expect(listed.body.rows.map(({ instance }) => instance)).to.deep.equal([started.instance])
    expect(listed.body.rows[0]).to.include({
      mayResolve: false,
      number: started.number,
      nameEnglish: 'Find the tariff'
    })

    await publish(alur.url, {
      kind: 'value',
      key: 'sample.tariff',
      value: 300000,
      from: '2020-01-01',
      to: null,
      cites: [{ instrument: 'contoh-1-2010', pin: 'Ps 2' }],
      reason: { id: 'Tarif contoh', en: 'Sample tariff' }
    })

    const tu = await visitor(alur.url, 'tu.tju')
    const { status, body } = await tu.post<CaseView>(
      `/api/instances/${started.instance}/incidents/${stuck.incidents[0]?.token}/resolve`,
      { reason: 'tarif telah ditetapkan' }
    )
    expect(status, JSON.stringify(body)).to.equal(200)
    expect(body.status).to.equal('completed')
    expect(body.variables).to.have.property('fee', 300000)
    expect(body.history.map(({ kind, text }) => `${kind}: ${text.en}`)).to.deep.equal([
      'started: Case started: Sample permit',
      'decision: Rule: Sample documents = documents: Passport; Letter of reasons, level: warning [Contoh 1/2010, Ps 1]',
      'task: Done: Check the documents',
      'task: Done: Decide – approved (lengkap)',
      'task: Done: Endorse',
      ...body.history.slice(5).map(({ kind, text }) => `${kind}: ${text.en}`)
    ])
    expect(body.history.slice(5).map(({ kind, element }) => [kind, element])).to.deep.equal([
      ['incident', 'Find_Tariff'],
      ['incident', 'Find_Tariff'],
      ['decision', null],
      ['decision', 'Find_Tariff'],
      ['event', 'Granted'],
      ['ended', null]
    ])
    const [diagram] = body.diagrams
    expect(diagram?.outline.map(({ element, status, by }) => [element, status, by])).to.deep.equal([
      ['Received', 'done', ''],
      ['Find_Checklist', 'done', ''],
      ['Check_Documents', 'done', 'Ratna Melati Sari'],
      ['Decide', 'done', 'Bambang Sulaksono'],
      ['Endorse', 'done', diagram?.outline[4]?.by],
      ['Find_Tariff', 'done', ''],
      ['Granted', 'done', ''],
      ['Refused', 'open', '']
    ])
  })
})
