import type {
  CaseSummary,
  CaseView,
  DecisionView,
  DiagramView,
  IncidentView,
  JsonSchema,
  LetterView,
  PublicCaseView,
  SessionView,
  TaskSummary,
  TaskView
} from '../../api/schemas.ts'
import type { Frame } from '../../web/parts/frame.ts'

/** A name that is dangerous wherever it is not escaped. */
export const HOSTILE = '<img src=x onerror="alert(1)"> & "Ny. O\'Brien"'

export const session: SessionView = {
  person: 'kakanim.tju',
  name: 'Bambang Sulaksono',
  unit: 'kanim-tju',
  unitName: 'Kantor Imigrasi Kelas II Tanjung Uban',
  level: 'office',
  timeZone: 'Asia/Jakarta',
  roles: [{ id: 'kakanim', label: 'Kepala Kantor Imigrasi' }],
  supervises: true,
  actsFor: [{ id: 'kasi.tju', name: 'Dewi Anggraini Lubis' }],
  demo: true,
  csrf: 'c5rf'
}

export const frame: Frame = {
  session,
  clock: { now: '2015-12-03T02:15:00.000Z', isSet: true, settable: true },
  demo: true,
  path: '/tasks',
  message: null,
  asset: name => `/assets/${name}`
}

export const task: TaskSummary = {
  instance: 'b7d3f0c2-5f0e-4a43-9a55-0f6f4a6d1c11',
  token: 't12',
  element: 'Decide',
  name: 'Putuskan permohonan',
  nameEnglish: 'Decide on the application',
  process: 'itk-extension',
  processName: 'Perpanjangan Izin Tinggal Kunjungan',
  processEnglish: 'Visit stay permit extension',
  number: 'TJU-2015-000148',
  subject: 'Eleanor Whitcombe-Hargreaves',
  office: 'kanim-tju',
  officeName: 'Kantor Imigrasi Kelas II Tanjung Uban',
  role: 'kakanim',
  roleLabel: 'Kepala Kantor Imigrasi',
  since: '2015-12-01T03:10:00.000Z',
  dueAt: '2015-12-04T03:10:00.000Z',
  dueState: 'near',
  followUpAt: null,
  later: false,
  priority: 50,
  urgency: 'normal',
  assignee: null,
  owner: null,
  held: 'free',
  yours: true,
  barred: false,
  suspended: false,
  sort: 'task'
}

export const tasks: readonly TaskSummary[] = [
  {
    ...task,
    token: 't1',
    dueState: 'overdue',
    dueAt: '2015-12-01T03:10:00.000Z',
    name: 'Teliti keabsahan dokumen dan penjamin',
    nameEnglish: 'Examine documents and guarantor',
    subject: 'Kavya Raghunathan',
    number: 'TJU-2015-000139'
  },
  {
    ...task,
    token: 't2',
    dueState: 'today',
    dueAt: '2015-12-03T09:00:00.000Z',
    subject: 'Jean-Baptiste Lefèvre',
    number: 'TJU-2015-000141'
  },
  task,
  {
    ...task,
    token: 't3',
    dueState: 'on-time',
    dueAt: '2015-12-11T09:00:00.000Z',
    subject: 'Nguyễn Thị Hồng Nhung',
    number: 'TJU-2015-000150'
  },
  {
    ...task,
    token: 't4',
    dueState: 'none',
    dueAt: null,
    subject: HOSTILE,
    number: 'TJU-2015-000151'
  }
]

export const decisionForm: JsonSchema = {
  type: 'object',
  title: 'Keputusan',
  'x-title-en': 'Decision',
  required: ['decision'],
  properties: {
    caseNumber: {
      type: 'string',
      title: 'Nomor berkas',
      'x-title-en': 'Case number',
      readOnly: true
    },
    decision: {
      type: 'object',
      title: 'Keputusan',
      'x-title-en': 'Decision',
      required: ['outcome', 'reason'],
      properties: {
        outcome: {
          title: 'Hasil',
          'x-title-en': 'Outcome',
          oneOf: [
            { const: 'approve', title: 'Setuju', 'x-title-en': 'Approve' },
            { const: 'refuse', title: 'Tolak', 'x-title-en': 'Refuse' },
            { const: 'doubtful', title: 'Perlu penelaahan', 'x-title-en': 'Needs review' }
          ]
        },
        reason: {
          type: 'string',
          minLength: 5,
          title: 'Alasan',
          'x-title-en': 'Reason',
          description: 'Dicetak dalam surat bila ditolak',
          'x-description-en': 'Printed in the letter when refused',
          'x-widget': 'textarea'
        }
      }
    }
  }
}

export const intakeForm: JsonSchema = {
  type: 'object',
  title: 'Permohonan',
  'x-title-en': 'Application',
  required: ['applicant', 'permit', 'documents'],
  properties: {
    applicant: {
      type: 'object',
      title: 'Pemohon',
      'x-title-en': 'Applicant',
      required: ['name', 'nationality', 'birthDate', 'passportNumber', 'passportExpiry'],
      properties: {
        name: { type: 'string', minLength: 1, title: 'Nama lengkap', 'x-title-en': 'Full name' },
        nationality: {
          title: 'Kewarganegaraan',
          'x-title-en': 'Nationality',
          oneOf: ['GBR', 'IND', 'FRA', 'VNM', 'AUS', 'DEU', 'JPN', 'MYS', 'SGP'].map(code => ({
            const: code,
            title: code,
            'x-title-en': code
          }))
        },
        sex: {
          title: 'Jenis kelamin',
          'x-title-en': 'Sex',
          oneOf: [
            { const: 'M', title: 'Laki-laki', 'x-title-en': 'Male' },
            { const: 'F', title: 'Perempuan', 'x-title-en': 'Female' },
            { const: 'X', title: 'Tidak dinyatakan', 'x-title-en': 'Unspecified' }
          ]
        },
        birthDate: {
          type: 'string',
          format: 'date',
          title: 'Tanggal lahir',
          'x-title-en': 'Date of birth'
        },
        passportNumber: { type: 'string', title: 'Nomor paspor', 'x-title-en': 'Passport number' },
        passportExpiry: {
          type: 'string',
          format: 'date',
          title: 'Paspor berlaku sampai',
          'x-title-en': 'Passport valid until'
        },
        email: { type: 'string', format: 'email', title: 'Surel', 'x-title-en': 'E-mail' },
        mrz: {
          type: 'object',
          title: 'Baris baca mesin',
          'x-title-en': 'Machine-readable zone',
          'x-widget': 'mrz',
          properties: {
            line1: { type: 'string', maxLength: 44, title: 'Baris 1', 'x-title-en': 'Line 1' },
            line2: { type: 'string', maxLength: 44, title: 'Baris 2', 'x-title-en': 'Line 2' }
          }
        }
      }
    },
    guarantor: {
      oneOf: [
        { type: 'null' },
        {
          type: 'object',
          required: ['name'],
          properties: {
            name: { type: 'string', title: 'Nama penjamin', 'x-title-en': 'Name of the guarantor' },
            address: {
              type: 'string',
              title: 'Alamat',
              'x-title-en': 'Address',
              'x-widget': 'textarea'
            }
          }
        }
      ],
      title: 'Penjamin',
      'x-title-en': 'Guarantor'
    },
    permit: {
      type: 'object',
      title: 'Izin tinggal',
      'x-title-en': 'Stay permit',
      required: ['extension', 'days'],
      properties: {
        extension: {
          type: 'integer',
          minimum: 1,
          title: 'Perpanjangan ke',
          'x-title-en': 'Extension no.'
        },
        days: { type: 'integer', title: 'Hari yang diminta', 'x-title-en': 'Days asked for' }
      }
    },
    documents: {
      type: 'object',
      title: 'Dokumen',
      'x-title-en': 'Documents',
      'x-widget': 'checklist',
      'x-items': 'checklist.documents',
      'x-item-list': [
        {
          code: 'FORM',
          label: { id: 'Formulir permohonan', en: 'Application form' },
          required: true
        },
        {
          code: 'PASPOR',
          label: { id: 'Paspor asli dan fotokopi', en: 'Passport, original and copy' },
          required: true
        },
        {
          code: 'TIKET',
          label: { id: 'Tiket kembali atau terusan', en: 'Return or onward ticket' },
          required: false
        }
      ]
    },
    deposit: { type: 'integer', title: 'Jaminan', 'x-title-en': 'Deposit', 'x-widget': 'money' },
    seen: {
      type: 'boolean',
      title: 'Paspor asli telah dilihat',
      'x-title-en': 'The original passport was seen'
    },
    aliases: {
      type: 'array',
      items: { type: 'string' },
      title: 'Nama lain',
      'x-title-en': 'Other names'
    },
    dependants: {
      type: 'array',
      title: 'Pengikut',
      'x-title-en': 'Dependants',
      items: {
        type: 'object',
        properties: { name: { type: 'string', title: 'Nama', 'x-title-en': 'Name' } }
      }
    }
  }
}

export const decision: DecisionView = {
  at: '2015-12-01T03:05:00.000Z',
  element: 'Approver',
  elementName: 'Tentukan kewenangan',
  elementEnglish: 'Find the authority',
  label: { id: 'Pejabat yang menyetujui perpanjangan ITK', en: 'Who approves an ITK extension' },
  cites: ['Juklak F-309/1995', 'Panduan ITK Tanjung Uban 2015'],
  decision: {
    rule: 'itk.extension.approver',
    office: 'kanim-tju',
    release: 'sha256-9f2c',
    date: '2015-12-01',
    facts: { regime: 'legacy-1995', extension: 2 },
    outcome: { approver: 'kakanim' },
    rows: ['legacy-office-head'],
    reasons: [
      {
        row: 'local-row',
        fits: false,
        conditions: [
          {
            fact: 'regime',
            operator: 'equal',
            expected: 'pp-31-2013',
            found: 'legacy-1995',
            holds: false
          }
        ]
      },
      {
        row: 'legacy-office-head',
        fits: true,
        conditions: [
          {
            fact: 'regime',
            operator: 'equal',
            expected: 'legacy-1995',
            found: 'legacy-1995',
            holds: true
          },
          { fact: 'extension', operator: 'between', expected: [1, 2], found: 2, holds: true }
        ]
      }
    ],
    trail: [
      {
        level: 'office',
        scope: 'kanim-tju',
        status: 'applied',
        why: 'berlaku pada tanggal itu',
        value: { approver: 'kakanim' },
        from: '1995',
        to: null,
        cites: []
      },
      {
        level: 'national',
        scope: 'ditjen-imigrasi',
        status: 'ignored',
        why: 'kantor menyatakan lain',
        value: { approver: 'kadiv' },
        from: '2014',
        to: null,
        cites: [{ instrument: 'permenkumham-27-2014', pin: 'Ps 30' }]
      }
    ],
    cites: [{ instrument: 'juklak-f309-1995', pin: null }],
    confidence: 'M',
    remarks: [
      {
        id: 'PP 31/2013 Ps 136(2) hanya mengizinkan empat perpanjangan.',
        en: 'PP 31/2013 art. 136(2) allows four extensions only.'
      }
    ],
    rebinds: false
  }
}

export const diagram: DiagramView = {
  process: 'itk-extension',
  name: 'Perpanjangan Izin Tinggal Kunjungan',
  nameEnglish: 'Visit stay permit extension',
  version: 3,
  url: '/api/processes/itk-extension/versions/3/diagram',
  current: ['Decide_Application'],
  incidents: [],
  done: { Start_Application: 1, Check_Documents: 2, Decide_Regime: 1 },
  taken: ['Flow_Start_Application_to_Decide_Regime'],
  outline: [
    {
      element: 'Start_Application',
      name: 'Permohonan diterima',
      nameEnglish: 'Application received',
      lane: 'Petugas loket',
      laneEnglish: 'Counter',
      status: 'done',
      by: 'Ratna Melati Sari',
      target: true
    },
    {
      element: 'Check_Documents',
      name: 'Periksa persyaratan',
      nameEnglish: 'Check the requirements',
      lane: 'Petugas loket',
      laneEnglish: 'Counter',
      status: 'done',
      by: 'Ratna Melati Sari',
      target: true
    },
    {
      element: 'Decide_Application',
      name: 'Putuskan permohonan',
      nameEnglish: 'Decide on the application',
      lane: 'Kepala Kantor',
      laneEnglish: 'Head of office',
      status: 'current',
      by: '',
      target: true
    },
    {
      element: 'Record_Payment',
      name: 'Terima pembayaran',
      nameEnglish: 'Receive the payment',
      lane: 'Bendahara Penerimaan',
      laneEnglish: 'Treasurer',
      status: 'open',
      by: '',
      target: true
    }
  ]
}

export const summary: CaseSummary = {
  instance: task.instance,
  number: task.number,
  subject: task.subject,
  process: task.process,
  processName: task.processName,
  processEnglish: task.processEnglish,
  office: task.office,
  officeName: task.officeName,
  status: 'running',
  startedAt: '2015-12-01T02:00:00.000Z',
  changedAt: '2015-12-01T03:10:00.000Z'
}

export const letter: LetterView = {
  id: '7K3M9Q2XWABCD0123456',
  kind: 'itk-permit',
  title: 'Izin Tinggal Kunjungan',
  number: 'W.32.IMI.IMI.4.GR.02.01-12',
  date: '2015-12-04',
  office: 'kanim-tju',
  instance: task.instance,
  sha256: '3b1f0f9ad5a2e4c1b8a6f0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f60718293a4b',
  url: '/api/letters/7K3M9Q2XWABCD0123456/pdf',
  verifyUrl: 'http://127.0.0.1:3000/verify/7K3M9Q2XWABCD0123456#0oRD',
  status: 'valid'
}

export const incident: IncidentView = {
  instance: task.instance,
  token: 't31',
  element: 'Fee',
  name: 'Tetapkan tarif',
  nameEnglish: 'Set the fee',
  number: 'TJU-2015-000162',
  subject: 'Marguerite Okonjo',
  office: 'kanim-tju',
  code: 'no-rule',
  message:
    'rule <itk.extension.fee> has no row for regime <legacy-1995> and extension <5> on 2015-12-10',
  since: '2015-12-10T03:10:00.000Z',
  officeName: task.officeName,
  mayResolve: true
}

export const caseView: CaseView = {
  ...summary,
  version: 41,
  variables: {
    caseNumber: task.number,
    submitted: '2015-12-01',
    channel: 'counter',
    applicant: {
      name: task.subject,
      nationality: 'GBR',
      birthDate: '1978-04-19',
      passportNumber: '533204871',
      passportExpiry: '2021-08-30',
      mrz: {
        line1: 'P<GBRWHITCOMBE<HARGREAVES<<ELEANOR<<<<<<<<<<',
        line2: '5332048717GBR7804198F2108302<<<<<<<<<<<<<<06'
      }
    },
    permit: { kind: 'ITK', extension: 2, days: 30, expires: '2015-12-15' },
    guarantor: null,
    fee: { amount: 300000, unit: 'per orang', code: 'pp-10-2015' },
    billing: { code: '820151203000017', amount: 300000, expiresAt: '2015-12-10T03:00:00.000Z' }
  },
  serviceClock: {
    label: { id: 'Jangka waktu penyelesaian ITK', en: 'Service time of an ITK' },
    problem: null,
    state: 'paused',
    allowedDays: 4,
    workingDays: true,
    from: 'payment',
    startedAt: '2015-12-07T02:00:00.000Z',
    stoppedAt: null,
    deadline: '2015-12-15T02:00:00.000Z',
    late: true,
    days: 1.25,
    workedMinutes: 563,
    stretches: [
      {
        from: '2015-12-07T02:00:00.000Z',
        to: '2015-12-08T03:10:00.000Z',
        reason: null,
        days: 1.25,
        workedMinutes: 563
      },
      {
        from: '2015-12-08T03:10:00.000Z',
        to: null,
        reason: 'other-level',
        days: 2.1,
        workedMinutes: null
      }
    ]
  },
  tasks: [task],
  selections: [
    {
      token: 't20',
      element: 'Examine',
      name: 'Pemeriksaan lanjutan',
      nameEnglish: 'Further examination',
      roleLabel: 'Pemeriksa dokumen',
      documentation: 'Lakukan yang perlu saja. / Do only what is needed.',
      activities: [
        {
          element: 'Call',
          name: 'Hubungi penjamin',
          nameEnglish: 'Call the guarantor',
          running: 0
        },
        { element: 'Visit', name: 'Kunjungi alamat', nameEnglish: 'Visit the address', running: 1 }
      ],
      sequential: false,
      endedByPeople: true,
      cancels: true,
      mayChoose: true
    }
  ],
  incidents: [],
  letters: [letter],
  notices: [],
  decisions: [decision],
  history: [
    {
      at: '2015-12-01T02:00:00.000Z',
      by: 'Ratna Melati Sari',
      kind: 'started',
      element: 'Received',
      text: { id: 'Permohonan diterima', en: 'Application received' }
    },
    {
      at: '2015-12-01T03:00:00.000Z',
      by: 'Ratna Melati Sari',
      kind: 'task',
      element: 'Check',
      text: { id: 'Periksa persyaratan – selesai', en: 'Check the requirements – done' }
    },
    {
      at: '2015-12-02T03:05:00.000Z',
      by: 'sistem',
      kind: 'decision',
      element: 'Approver',
      text: { id: 'Kewenangan: kakanim', en: 'Authority: kakanim' }
    }
  ],
  labels: { 'applicant.name': { id: 'Nama lengkap', en: 'Full name' } },
  choices: { channel: { counter: { id: 'Loket', en: 'Counter' } } },
  diagrams: [diagram],
  mayOperate: false
}

export const taskView: TaskView = {
  ...task,
  rights: {
    complete: true,
    claim: true,
    unclaim: false,
    delegate: false,
    giveBack: false,
    supervise: false,
    objection: null,
    onBehalfOf: null,
    colleagues: []
  },
  version: 41,
  documentation:
    'Periksa berkas dan hasil pemeriksaan, lalu putuskan.\n\nBila ragu, minta penelaahan Kepala Seksi.',
  kind: 'form',
  schema: decisionForm,
  values: { caseNumber: task.number },
  standard: { minutes: 10, requirements: 'Berkas lengkap', output: 'Keputusan', remark: '' },
  notices: [
    {
      level: 'info',
      text: { id: 'Waktu layanan tiga hari kerja.', en: 'Service time is three working days.' },
      cites: ['Panduan ITK 2015']
    },
    {
      level: 'warning',
      text: {
        id: 'Perpanjangan kelima tidak mempunyai tarif dalam sumber.',
        en: 'The source has no tariff for a fifth extension.'
      },
      cites: ['PP 10/2015']
    }
  ],
  case: caseView
}

export const told: Omit<PublicCaseView, 'instance'> = {
  number: 'ITAS-BGL-2015-000017',
  process: 'itas-online',
  processName: 'Pemberian ITAS secara online',
  processEnglish: 'ITAS online',
  office: 'kanim-tju',
  officeName: 'Kantor Imigrasi Kelas II Tanjung Uban',
  officeAddress: 'Jalan Contoh Nomor 1',
  timeZone: 'Asia/Jakarta',
  receivedAt: '2015-12-01T02:15:00.000Z',
  stages: [
    {
      name: 'received',
      text: { id: '', en: '' },
      since: '2015-12-01T02:15:00.000Z',
      by: null
    },
    {
      name: 'waiting',
      text: { id: 'Datang ke kantor dengan paspor.', en: 'Come to the office with the passport.' },
      since: '2015-12-01T02:15:00.000Z',
      by: '2015-12-02'
    }
  ]
}
