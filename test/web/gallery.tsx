import type { VNode } from 'preact'
import { CasePage } from '../../web/pages/case.tsx'
import { CasesPage } from '../../web/pages/cases.tsx'
import { ClockPage } from '../../web/pages/clock.tsx'
import { DeputiesPage } from '../../web/pages/deputies.tsx'
import { ErrorPage } from '../../web/pages/error.tsx'
import { HelpPage } from '../../web/pages/help.tsx'
import { IncidentsPage, ResolvePage } from '../../web/pages/incidents.tsx'
import { LetterPage } from '../../web/pages/letter.tsx'
import { MailboxPage, MailPage } from '../../web/pages/mail.tsx'
import { PaymentPage } from '../../web/pages/payment.tsx'
import { ProceduresPage } from '../../web/pages/procedures.tsx'
import { ReceiptPage, ReportPage, ReportServicesPage } from '../../web/pages/report.tsx'
import { SignInPage } from '../../web/pages/sign-in.tsx'
import { ServicesPage, StartPage } from '../../web/pages/start.tsx'
import { TaskPage } from '../../web/pages/task.tsx'
import { TasksPage } from '../../web/pages/tasks.tsx'
import { TrackedPage, TrackPage } from '../../web/pages/track.tsx'
import { VerifyPage } from '../../web/pages/verify.tsx'
import type { Frame } from '../../web/parts/frame.ts'
import { lawGallery } from './law-gallery.tsx'
import * as sample from './samples.ts'

const filter = { role: '', due: '', process: '', text: '', queue: '' as const }
const counts = { '': 12, mine: 3, free: 8, overdue: 1, later: 2, unit: null }

/** Every page with realistic contents, in which `name` stands wherever a person or an office may write. */
export function gallery(
  name: string,
  frame: Frame = sample.frame
): Readonly<Record<string, VNode>> {
  const outsider: Frame = { ...frame, session: null }
  const task = { ...sample.task, subject: name }
  const view = {
    ...sample.caseView,
    subject: name,
    tasks: [task],
    variables: { ...sample.caseView.variables, note: name, applicant: { name } }
  }
  const incident = { ...sample.incident, subject: name, message: name }
  const mail = {
    id: 'm1',
    from: 'kanim@alur.example',
    to: [name],
    subject: name,
    at: frame.clock.now,
    text: name,
    attachments: [{ name, url: '/api/mail/m1/attachments/e-itas.pdf' }]
  }
  const offered = {
    office: 'kanim-tju',
    officeName: name,
    process: 'itas-online',
    name,
    nameEnglish: 'ITAS online',
    documentation: name,
    schema: sample.intakeForm
  }
  const told = { ...sample.told, officeName: name, officeAddress: name }
  const bill = {
    code: '820151203000017',
    amount: 300000,
    payer: name,
    purpose: name,
    expiresAt: frame.clock.now,
    paid: null
  }
  const paid = {
    code: bill.code,
    ntpn: 'A1B2C3D4E5F6G7H8',
    amount: 300000,
    paidAt: frame.clock.now,
    simulated: true as const
  }
  const service = {
    process: 'itk-extension',
    name: task.processName,
    nameEnglish: task.processEnglish,
    version: 3,
    schema: sample.intakeForm,
    values: { applicant: { name } },
    documentation: name,
    role: 'counter',
    mayStart: true
  }
  const offices = [
    { id: 'kanim-tju', name: 'Kantor Imigrasi Tanjung Uban', level: 'office' as const },
    { id: 'kanim-mre', name, level: 'office' as const }
  ]
  const deputy = {
    id: 'd1',
    person: { id: 'loket.tju', name },
    deputy: { id: 'kakanim.tju', name },
    roles: null,
    processes: null,
    from: '2015-12-03',
    until: '2015-12-10',
    reason: name,
    namedBy: { id: 'tu.tju', name },
    state: 'proposed' as const,
    mayAccept: true,
    mayEnd: true
  }
  const deputies = [
    deputy,
    {
      ...deputy,
      id: 'd2',
      roles: [{ id: 'counter', label: name }],
      processes: [{ id: 'pite', name }],
      state: 'holding' as const,
      mayAccept: false
    },
    { ...deputy, id: 'd3', state: 'ended' as const, mayAccept: false, mayEnd: false }
  ]
  const choices = {
    people: [
      { id: 'kakanim.tju', name, roles: [{ id: 'kakanim', label: 'Kepala' }] },
      { id: 'loket.tju', name, roles: [{ id: 'counter', label: name }] }
    ],
    processes: [{ id: 'pite', name }],
    forOthers: false,
    today: '2015-12-03'
  }
  const posted = {
    '/applicant/name': '',
    '/applicant/passportNumber': name,
    '/documents': ['FORM'],
    '/permit/extension': 'dua'
  }

  return {
    'sign-in': (
      <SignInPage
        frame={outsider}
        accounts={[
          {
            id: 'loket.tju',
            name,
            unitName: sample.session.unitName,
            roles: ['Petugas loket'],
            password: 'peragaan-alur'
          }
        ]}
        person={name}
        next="/tasks"
        problem={{
          id: 'Nama akun atau kata sandi salah',
          en: 'The account name or the password is wrong'
        }}
      />
    ),
    tasks: (
      <TasksPage
        frame={frame}
        tasks={[
          ...sample.tasks,
          { ...task, token: 't19' },
          { ...task, token: 't20', urgency: 'urgent', priority: 90, barred: true },
          {
            ...task,
            token: 't21',
            later: true,
            followUpAt: frame.clock.now,
            held: 'other',
            urgency: 'low',
            assignee: { id: 'a', name },
            owner: { id: 'b', name }
          },
          { ...task, token: 't22', held: 'mine', assignee: { id: 'a', name } }
        ]}
        filter={{ ...filter, text: name, queue: 'mine' }}
        counts={counts}
        more={false}
        processes={[{ id: 'itk-extension', name: task.processName }]}
      />
    ),
    'tasks-empty': (
      <TasksPage
        frame={frame}
        tasks={[]}
        filter={filter}
        counts={counts}
        more={false}
        processes={[]}
      />
    ),
    task: (
      <TaskPage
        frame={frame}
        task={{ ...sample.taskView, ...task, case: view }}
        posted={null}
        problems={[]}
      />
    ),
    'task-held': (
      <TaskPage
        frame={frame}
        task={{
          ...sample.taskView,
          ...task,
          case: view,
          held: 'other',
          priority: 90,
          urgency: 'urgent',
          followUpAt: frame.clock.now,
          assignee: { id: 'a', name },
          owner: { id: 'b', name },
          rights: {
            complete: false,
            claim: false,
            unclaim: true,
            delegate: false,
            giveBack: true,
            supervise: true,
            objection: { code: 'claimed', message: name },
            onBehalfOf: { id: 'c', name },
            colleagues: [{ id: 'd', name }]
          }
        }}
        posted={null}
        problems={[]}
        handling={[{ path: '/assign/reason', message: 'Isi alasannya / Give the reason' }]}
      />
    ),
    'task-mine': (
      <TaskPage
        frame={frame}
        task={{
          ...sample.taskView,
          ...task,
          case: view,
          held: 'mine',
          assignee: { id: 'a', name },
          rights: {
            ...sample.taskView.rights,
            claim: false,
            unclaim: true,
            delegate: true,
            colleagues: [{ id: 'd', name }]
          }
        }}
        posted={null}
        problems={[]}
      />
    ),
    deputies: (
      <DeputiesPage
        frame={frame}
        deputies={deputies}
        choices={{ ...choices, forOthers: true }}
        posted={{ '/reason': name, '/roles': ['counter', 'kakanim'] }}
        problems={[{ path: '/until', message: 'Isi hari terakhir / Enter the last day' }]}
      />
    ),
    'deputies-empty': (
      <DeputiesPage frame={frame} deputies={[]} choices={choices} posted={null} problems={[]} />
    ),
    'task-problems': (
      <TaskPage
        frame={frame}
        task={{ ...sample.taskView, ...task, case: view }}
        posted={{ '/decision/outcome': 'refuse', '/decision/reason': name }}
        problems={[
          { path: '/decision/reason', message: 'minimal 5 huruf / expected at least 5 characters' }
        ]}
      />
    ),
    services: (
      <ServicesPage
        frame={frame}
        services={[service, { ...service, process: 'other', mayStart: false }]}
      />
    ),
    start: <StartPage frame={frame} service={service} instance="1" posted={null} problems={[]} />,
    'start-problems': (
      <StartPage frame={frame} service={service} instance="1" posted={posted} problems={PROBLEMS} />
    ),
    cases: (
      <CasesPage
        frame={frame}
        filter={{ text: name, status: 'running', office: '' }}
        offices={offices}
        page={{ rows: [{ ...sample.summary, subject: name }], next: 'abc' }}
      />
    ),
    'cases-empty': (
      <CasesPage
        frame={frame}
        filter={{ text: name, status: '', office: '' }}
        offices={[]}
        page={{ rows: [], next: null }}
      />
    ),
    case: <CasePage frame={frame} view={{ ...view, incidents: [incident] }} />,
    procedures: (
      <ProceduresPage
        frame={frame}
        procedures={[
          {
            process: name,
            name: 'Laporan',
            english: 'Report',
            version: 3,
            diagram: '/a',
            examples: 2
          },
          { process: 'b', name: 'Izin', english: 'Permit', version: 1, diagram: '/b', examples: 0 }
        ]}
        variants={[
          {
            process: 'b.kanim',
            name,
            english: 'Permit (office)',
            version: 2,
            national: 'b',
            nationalVersion: 1,
            groups: [
              {
                kind: { id: 'Urutan', en: 'Order' },
                differences: [
                  {
                    kind: 'order',
                    national: ['Pay', 'Decide'],
                    variant: ['Pay', 'Decide'],
                    text: { id: `«${name}» kini sebelum «B»`, en: '«A» now before «B»' },
                    before: null,
                    after: name
                  }
                ]
              }
            ],
            since: { added: [], gone: [] }
          }
        ]}
      />
    ),
    incidents: (
      <IncidentsPage
        frame={frame}
        page={{
          rows: [incident, { ...incident, token: 't9', code: 'job-failed', mayResolve: false }],
          next: null
        }}
        offices={offices}
        office=""
      />
    ),
    resolve: (
      <ResolvePage
        frame={frame}
        incident={incident}
        back="case"
        reason=""
        variables={name}
        problems={[
          { path: '/reason', message: 'Isi alasannya / Give the reason' },
          {
            path: '/variables',
            message: 'Isi satu objek JSON yang benar / Enter one correct JSON object'
          }
        ]}
      />
    ),
    mailbox: <MailboxPage frame={frame} mails={[mail]} />,
    mail: <MailPage frame={frame} mail={mail} />,
    letter: <LetterPage frame={frame} letter={{ ...sample.letter, title: name }} />,
    verify: (
      <VerifyPage
        frame={outsider}
        host="127.0.0.1:3000"
        verification={{
          id: sample.letter.id,
          status: 'valid',
          sha256: sample.letter.sha256,
          sample: true,
          facts: [{ label: { id: 'Nama', en: 'Name' }, value: name }]
        }}
      />
    ),
    'verify-unknown': (
      <VerifyPage
        frame={outsider}
        host="127.0.0.1:3000"
        verification={{ id: 'X', status: 'unknown', sha256: null, sample: false, facts: [] }}
      />
    ),
    clock: <ClockPage frame={frame} date="2015-12-03" time="09:15" problems={[]} />,
    payment: <PaymentPage frame={frame} bill={bill} />,
    'payment-paid': <PaymentPage frame={frame} bill={{ ...bill, paid }} />,
    ...lawGallery(name, frame),
    error: (
      <ErrorPage
        frame={frame}
        status={409}
        code="not-waiting"
        detail={{ id: `${name}, 3 Desember 2015`, en: 'Decide on the application' }}
        requestId="r1"
      />
    ),
    fault: <ErrorPage frame={outsider} status={500} code="bug" detail={null} requestId="r2" />,
    help: <HelpPage frame={frame} />,
    'report-services': <ReportServicesPage frame={frame} services={[offered]} />,
    'report-none': <ReportServicesPage frame={frame} services={[]} />,
    report: (
      <ReportPage frame={frame} service={offered} instance="i1" posted={null} problems={[]} />
    ),
    'report-problems': (
      <ReportPage
        frame={frame}
        service={offered}
        instance="i1"
        posted={{ '/applicant/name': name }}
        problems={PROBLEMS}
      />
    ),
    receipt: <ReceiptPage frame={frame} view={{ instance: 'i1', ...told }} host="alur.example" />,
    track: <TrackPage frame={frame} number="" problem={null} />,
    'track-problem': (
      <TrackPage
        frame={frame}
        number={name}
        problem={{ id: 'Tidak ada permohonan', en: 'No application' }}
      />
    ),
    tracked: (
      <TrackedPage
        frame={frame}
        passport={name}
        view={{
          ...told,
          letters: [
            { id: 'L1', title: { id: name, en: 'Confirmation' }, number: name, date: '2015-12-03' }
          ]
        }}
      />
    )
  }
}

const PROBLEMS = [
  { path: '/applicant/name', message: 'wajib diisi / required' },
  {
    path: '/applicant/passportExpiry',
    message: 'paspor sudah kedaluwarsa / the passport has expired (PASSPORT_EXPIRED)'
  },
  { path: '/applicant/mrz/line2', message: 'Angka pemeriksa salah / Wrong check digit' },
  { path: '/documents/PASPOR', message: 'belum ada: Paspor asli / missing: The passport' },
  { path: '/permit/extension', message: 'harus bilangan bulat / expected a whole number' }
]
