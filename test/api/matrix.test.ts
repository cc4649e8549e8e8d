import { expect } from 'chai'
import type { ChangeSetView } from '../../api/law.ts'
import type { CaseSummary, CaseView, ErrorAnswer, Page, TaskSummary } from '../../api/schemas.ts'
import { type Answer, openSample, type Sample, type Visitor, visitor } from './sample.ts'

const VARIABLES = {
  applicant: { name: 'Contoh Rahasia', passportNumber: 'X7654321' },
  permit: { days: 10 }
}
const START = '/api/processes/sample-permit/instances'

/** Where each person stands to a case of Tanjung Uban. */
const PEOPLE = {
  'own office, the role of the task': 'loket.tju',
  'own office, another role': 'kakanim.tju',
  'own office, an operator': 'tu.tju',
  'sibling office, the same role': 'loket.mre',
  'sibling office, an operator': 'tu.bgl',
  'region above, no task': 'staf.kepri',
  'region beside': 'staf.sumsel',
  'nation, no task': 'dirjen.ditjen',
  'nation, owner of tariffs': 'tarif.ditjen',
  'nation, an operator': 'operator.ditjen',
  'nation, an auditor': 'auditor.ditjen'
} as const
type Who = keyof typeof PEOPLE

const OK = '200'
const HIDDEN = '404 unknown-instance'
const DENIED = '403 not-allowed'

describe('who may do what to a case at the counter of an office', () => {
  let alur: Sample
  let view: CaseView
  let change: string
  const people = new Map<Who, Visitor>()

  before(async () => {
    alur = await openSample()
    for (const [who, id] of Object.entries(PEOPLE))
      people.set(who as Who, await visitor(alur.url, id))
    const started = await by('own office, the role of the task').post<CaseView>(START, {
      variables: VARIABLES
    })
    view = started.body
    const drafted = await by('nation, owner of tariffs').post<ChangeSetView>(
      '/api/law/changes',
      CHANGE
    )
    change = drafted.body.id
  })
  after(() => alur.end())

  const by = (who: Who) => people.get(who) as Visitor
  const said = ({ status, body }: Answer<unknown>) =>
    status < 400 ? String(status) : `${status} ${(body as ErrorAnswer).code}`
  const task = () => `/api/instances/${view.instance}/tasks/${view.tasks[0]?.token}`

  const outside = {
    'sibling office, the same role': HIDDEN,
    'sibling office, an operator': HIDDEN,
    'region above, no task': HIDDEN,
    'region beside': HIDDEN,
    'nation, no task': HIDDEN,
    'nation, owner of tariffs': HIDDEN
  }
  const actions: Record<
    string,
    { act: (who: Visitor) => Promise<Answer<unknown>>; expected: Record<Who, string> }
  > = {
    'read the case': {
      act: who => who.get(`/api/instances/${view.instance}`),
      expected: {
        ...outside,
        'own office, the role of the task': OK,
        'own office, another role': OK,
        'own office, an operator': OK,
        'nation, an operator': OK,
        'nation, an auditor': OK
      }
    },
    'read its history': {
      act: who => who.get(`/api/instances/${view.instance}/history`),
      expected: {
        ...outside,
        'own office, the role of the task': OK,
        'own office, another role': OK,
        'own office, an operator': OK,
        'nation, an operator': DENIED,
        'nation, an auditor': OK
      }
    },
    'read its letters': {
      act: who => who.get(`/api/instances/${view.instance}/letters`),
      expected: {
        ...outside,
        'own office, the role of the task': OK,
        'own office, another role': OK,
        'own office, an operator': OK,
        'nation, an operator': DENIED,
        'nation, an auditor': OK
      }
    },
    'open its task': {
      act: who => who.get(task()),
      expected: {
        ...outside,
        'own office, the role of the task': OK,
        // who hands out the work of the office
        'own office, another role': OK,
        'own office, an operator': DENIED,
        'nation, an operator': DENIED,
        'nation, an auditor': DENIED
      }
    },
    'claim its task, and give it back': {
      act: async who => {
        const claimed = await who.post(`${task()}/claim`)
        return claimed.status === 200 ? who.post(`${task()}/unclaim`, { reason: '' }) : claimed
      },
      expected: {
        ...outside,
        'own office, the role of the task': OK,
        'own office, another role': DENIED,
        'own office, an operator': DENIED,
        'nation, an operator': DENIED,
        'nation, an auditor': DENIED
      }
    },
    'make its task urgent': {
      act: who => who.post(`${task()}/prioritize`, { priority: 80, reason: 'Keluarga sakit' }),
      expected: {
        ...outside,
        'own office, the role of the task': DENIED,
        'own office, another role': OK,
        'own office, an operator': DENIED,
        'nation, an operator': DENIED,
        'nation, an auditor': DENIED
      }
    },
    'hand its task to somebody': {
      act: who => who.post(`${task()}/assign`, { to: 'loket.tju', reason: 'Bagi tugas' }),
      expected: {
        ...outside,
        'own office, the role of the task': DENIED,
        'own office, another role': OK,
        'own office, an operator': DENIED,
        'nation, an operator': DENIED,
        'nation, an auditor': DENIED
      }
    },
    'complete its task with nothing': {
      act: who => who.post(`${task()}/complete`, { variables: {} }),
      expected: {
        ...outside,
        'own office, the role of the task': '422 invalid-variables',
        'own office, another role': DENIED,
        'own office, an operator': DENIED,
        'nation, an operator': DENIED,
        'nation, an auditor': DENIED
      }
    },
    'resolve an incident that it does not have': {
      act: who =>
        who.post(`/api/instances/${view.instance}/incidents/t1/resolve`, { reason: 'coba' }),
      expected: {
        ...outside,
        'own office, the role of the task': DENIED,
        'own office, another role': DENIED,
        'own office, an operator': '409 not-waiting',
        'nation, an operator': '409 not-waiting',
        'nation, an auditor': DENIED
      }
    },
    'list the tasks of the office': {
      act: who => who.get('/api/offices/kanim-tju/tasks'),
      expected: everyone(DENIED, 'own office', OK)
    },
    'see what the office offers': {
      act: who => who.get('/api/offices/kanim-tju/services'),
      expected: everyone(DENIED, 'own office', OK)
    },
    'start a case at the office': {
      act: who => who.post(START, { office: 'kanim-tju', variables: VARIABLES }),
      expected: { ...everyone(DENIED), 'own office, the role of the task': '201' }
    },
    'search the cases of the office': {
      act: who => who.get('/api/instances?office=kanim-tju'),
      expected: { ...everyone(OK, 'sibling', DENIED), 'region beside': DENIED }
    },
    'list the incidents of the office': {
      act: who => who.get('/api/incidents?office=kanim-tju'),
      expected: { ...everyone(OK, 'sibling', DENIED), 'region beside': DENIED }
    },
    'draft a change of the law of the nation': {
      act: who => who.post('/api/law/changes', CHANGE),
      expected: { ...everyone(DENIED), 'nation, owner of tariffs': '201' }
    },
    'read a change of the law of the nation that is on its way': {
      act: who => who.get(`/api/law/changes/${change}`),
      expected: {
        ...everyone('404 unknown-change', 'nation', OK)
      }
    },
    'approve a change of the law of the nation': {
      act: who =>
        who.post(`/api/law/changes/${change}/approve`, { contentHash: 'x', impactHash: '' }),
      expected: everyone('404 unknown-change', 'nation', '409 impossible')
    },
    'publish a message to the office': {
      act: who =>
        who.post('/api/messages', {
          name: 'Nothing',
          key: 'k',
          office: 'kanim-tju',
          variables: {}
        }),
      expected: { ...everyone(DENIED), 'own office, an operator': OK, 'nation, an operator': OK }
    },
    'read a rule of the office': {
      act: who => who.get('/api/rules/sample.checklist?office=kanim-tju'),
      expected: everyone(OK)
    }
  }

  for (const [action, { act, expected }] of Object.entries(actions)) {
    for (const [who, answer] of Object.entries(expected)) {
      it(`${who}: ${action}: ${answer}`, async () => {
        const found = await act(by(who as Who))
        expect(said(found), JSON.stringify(found.body)).to.equal(answer)
        if (found.status >= 400) expect(JSON.stringify(found.body)).to.not.contain('Rahasia')
      })
    }
  }

  it('finds the case for those who may see it, and for nobody else', async () => {
    const sees: string[] = []
    for (const [who, visitor] of people) {
      const { body } = await visitor.get<Page<CaseSummary>>('/api/instances?text=rahasia')
      if (body.rows.some(({ instance }) => instance === view.instance)) sees.push(who)
    }
    expect(sees).to.deep.equal([
      'own office, the role of the task',
      'own office, another role',
      'own office, an operator',
      'nation, an operator',
      'nation, an auditor'
    ])
  })

  it('keeps personal data from an operator above', async () => {
    const read = await by('nation, an operator').get<CaseView>(`/api/instances/${view.instance}`)
    expect(read.body).to.include({ subject: '', number: view.number })
    const found = await by('nation, an operator').get('/api/instances')
    for (const answer of [read, found]) {
      expect(JSON.stringify(answer.body)).to.not.contain('Rahasia').and.not.contain('X7654321')
    }
  })

  it('shows tasks of the own roles only', async () => {
    const counter = await by('own office, the role of the task').get<Page<TaskSummary>>(
      '/api/offices/kanim-tju/tasks'
    )
    expect(counter.body.rows.map(({ instance }) => instance)).to.include(view.instance)
    const head = await by('own office, another role').get<Page<TaskSummary>>(
      '/api/offices/kanim-tju/tasks'
    )
    expect(head.body.rows).to.deep.equal([])
    const stranger = await by('own office, another role').get(
      '/api/offices/kanim-tju/tasks?role=counter'
    )
    expect(said(stranger)).to.equal(DENIED)
  })

  it('gives a list page by page, each row once', async () => {
    const loket = by('own office, the role of the task')
    for (let more = 0; more < 4; more++) await loket.post(START, { variables: VARIABLES })
    for (const list of ['/api/offices/kanim-tju/tasks', '/api/instances']) {
      const all = await loket.get<Page<{ instance: string }>>(`${list}?limit=100`)
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const path: string = `${list}?limit=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
        const { body } = await loket.get<Page<{ instance: string }>>(path)
        expect(body.rows.length).to.be.lessThan(3)
        seen.push(...body.rows.map(({ instance }) => instance))
        cursor = body.next
      }
      expect(seen).to.deep.equal(all.body.rows.map(({ instance }) => instance))
      expect(seen.length).to.be.greaterThan(4)
    }
    const { status, body } = await loket.get('/api/instances?cursor=nonsense')
    expect([status, body.code]).to.deep.equal([400, 'bad-request'])
  })

  it('completes a task once, and by a second person where the procedure says so', async () => {
    const complete = () =>
      by('own office, the role of the task').post<CaseView>(`${task()}/complete`, {
        variables: { documents: { PASSPORT: true } }
      })
    const first = await complete()
    expect(said(first), JSON.stringify(first.body)).to.equal(OK)
    const second = await complete()
    expect(said(second)).to.equal('409 not-waiting')
    expect((second.body as unknown as ErrorAnswer).message).to.contain('Ratna Melati Sari')
    const opened = await by('own office, the role of the task').get(task())
    expect(said(opened)).to.equal('409 not-waiting')

    const decision = { decision: { outcome: 'refuse', reason: 'tidak lengkap' } }
    const path = `/api/instances/${view.instance}/tasks/${first.body.tasks[0]?.token}/complete`
    const decided = await by('own office, another role').post<CaseView>(path, {
      variables: decision
    })
    expect(decided.body).to.include({ status: 'completed' })
    const late = await by('own office, another role').post(path, { variables: decision })
    expect(said(late)).to.equal('409 not-running')
  })

  it('has logged no fault on the way', () => {
    expect(alur.logged).to.deep.equal([])
  })
})

const CHANGE = {
  scope: 'ditjen-imigrasi',
  title: { id: 'Tarif contoh', en: 'Sample tariff' },
  reason: { id: 'Contoh', en: 'A sample' },
  edits: [
    {
      kind: 'value',
      key: 'sample.tariff',
      value: 1,
      from: '2020-01-01',
      to: null,
      cites: [{ instrument: 'contoh-1-2010', pin: null }],
      reason: { id: 'Contoh', en: 'A sample' }
    }
  ],
  reverts: null
}

/** One answer for all, and another one for those whose place starts with a word. */
function everyone(answer: string, place = 'nowhere', other = answer): Record<Who, string> {
  const each = Object.keys(PEOPLE).map(who => [who, who.startsWith(place) ? other : answer])
  return Object.fromEntries(each) as Record<Who, string>
}
