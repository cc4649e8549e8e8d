import type {
  ChangeSetSummary,
  ChangeSetView,
  EffectiveView,
  ImpactReport,
  OverrideView,
  ReviewView,
  StaffingGap,
  TableSubject,
  TimelineView,
  ValueSubject
} from '../../api/law.ts'
import type { Decision } from '../../engine/messages.ts'
import type { Instrument } from '../../engine/rules/release.ts'

/** Local law as the pages of the rule editor show it; `name` stands wherever an office may write. */
export function lawSamples(name: string) {
  const office = 'kanim-tju'
  const text = { id: name, en: 'An English text' }
  const offices = [
    { id: 'ditjen-imigrasi', name: 'Direktorat Jenderal Imigrasi', level: 'national' as const },
    { id: office, name: 'Kantor Imigrasi Kelas II Tanjung Uban', level: 'office' as const },
    { id: 'kanim-mre', name, level: 'office' as const }
  ]
  const instruments: readonly Instrument[] = [
    {
      id: 'pp-10-2015',
      kind: 'PP',
      short: 'PP 10/2015',
      title: 'Peraturan Pemerintah Nomor 10 Tahun 2015 tentang Tarif',
      inForce: { from: '2015', to: '2019-05-02' },
      confidence: 'H'
    },
    {
      id: 'kep-contoh',
      kind: 'SAMPLE',
      short: name,
      title: name,
      inForce: { from: null, to: null },
      confidence: 'L',
      sample: true
    }
  ]
  const step = (
    level: 'national' | 'office',
    status: 'applied' | 'suspended' | 'none',
    value: number | null,
    why: string
  ) => ({ level, scope: office, status, why, value, from: null, to: null, cites: [] })

  const common = {
    label: { id: 'Jangka waktu layanan ITK', en: 'Service time of an ITK' },
    unit: 'workdays',
    missing: null,
    parent: 4,
    bounds: [{ kind: 'range', min: 1 }, { kind: 'atMostParent' }] as const,
    overridable: true,
    confidence: 'M' as const,
    sample: false,
    remarks: [],
    cites: [name]
  }
  const rules: readonly EffectiveView[] = [
    {
      ...common,
      key: 'itk.service.days',
      kind: 'value',
      group: 'itk',
      value: 3,
      level: 'office',
      scope: 'kanim-mre',
      remarks: [text],
      trail: [
        step('national', 'applied', 4, 'always'),
        step('office', 'applied', 3, 'instead of 4')
      ]
    },
    {
      ...common,
      key: 'itk.extension.approver',
      kind: 'table',
      group: 'itk',
      label: {
        id: 'Pejabat yang menyetujui perpanjangan ITK',
        en: 'Who approves an ITK extension'
      },
      unit: null,
      value: [{}, {}, {}],
      parent: null,
      level: 'national',
      scope: 'ditjen-imigrasi',
      trail: [step('national', 'applied', null, '3 rows hold on 2015-12-03')]
    },
    {
      ...common,
      key: 'overstay.perDay',
      kind: 'value',
      group: 'overstay',
      label: { id: 'Biaya beban per hari', en: 'Overstay charge per day' },
      unit: 'rupiah',
      value: 300000,
      level: 'national',
      scope: 'ditjen-imigrasi',
      overridable: false,
      sample: true,
      trail: [
        step('national', 'applied', 300000, 'always'),
        step('office', 'suspended', 200000, 'the key is locked')
      ]
    },
    {
      ...common,
      key: 'case.retention',
      kind: 'value',
      group: 'case',
      label: text,
      unit: 'hari',
      value: null,
      missing: 'nothing holds',
      level: null,
      scope: null,
      confidence: null,
      cites: [],
      trail: []
    }
  ]

  const table: TableSubject = {
    kind: 'table',
    key: 'itk.extension.approver',
    label: { id: 'Pejabat yang menyetujui perpanjangan ITK', en: 'Who approves an ITK extension' },
    description: text,
    office,
    officeName: name,
    level: 'office',
    date: '2015-12-03',
    overridableAt: ['office'],
    bounds: [
      {
        kind: 'authorityAtLeastParent',
        path: 'approver',
        order: ['kakanim', 'kadiv', 'dirjen']
      }
    ],
    asOf: 'submitted',
    facts: {
      extension: { type: 'integer', min: 1 },
      origin: { type: 'choice', choices: ['visit-visa', 'voa', 'birth'] },
      risk: { type: 'boolean', label: { id: 'Berisiko', en: 'At risk' }, nullable: true },
      arrival: { type: 'date' },
      flags: { type: 'set', choices: ['crew', 'bvk'], label: text },
      regime: {
        type: 'choice',
        choices: ['legacy-1995', 'pp-31-2013'],
        parameter: 'itk.regime'
      }
    },
    outcome: {
      type: 'object',
      required: ['approver'],
      properties: {
        approver: { enum: ['kakanim', 'kadiv', 'dirjen'] },
        documents: {
          type: 'array',
          items: { type: 'object', properties: { code: {}, label: {}, required: {} } }
        }
      }
    },
    hitPolicy: 'first',
    outside: ['row <old> holds until 2014'],
    rows: [
      row('tju-first', 'office', {
        conditions: {
          all: [
            { fact: 'extension', operator: 'equal', value: 1 },
            { fact: 'origin', operator: 'in', value: ['visit-visa', 'voa'] }
          ]
        },
        outcome: { approver: 'kadiv', documents: [] },
        exceptionTo: 'legacy-office-head',
        cites: [name],
        remarks: [text],
        sample: true
      }),
      row('legacy-office-head', 'national', {
        conditions: {
          all: [
            { fact: 'regime', operator: 'equal', value: 'legacy-1995' },
            { fact: 'extension', operator: 'between', value: [1, 2] }
          ]
        },
        outcome: {
          approver: 'kakanim',
          documents: [
            {
              code: 'FORM',
              label: { id: 'Formulir permohonan', en: 'Application form' },
              required: true
            },
            { code: 'FOTO', label: text, required: false }
          ]
        }
      }),
      row('tju-later', 'office', {
        conditions: { any: [{ fact: 'extension', operator: 'greaterThan', value: 2 }] },
        outcome: { approver: 'dirjen', documents: [] },
        replaces: 'legacy-regional-head',
        instead: { approver: 'kadiv', documents: [] }
      })
    ]
  }

  function row(
    id: string,
    level: 'office' | 'national',
    more: Partial<TableSubject['rows'][number]>
  ): TableSubject['rows'][number] {
    return {
      id,
      level,
      scope: level === 'office' ? office : 'ditjen-imigrasi',
      scopeName: name,
      conditions: null,
      ownConditions: null,
      outcome: null,
      instead: undefined,
      replaces: null,
      exceptionTo: null,
      cites: ['Juklak F-309.IZ/1995'],
      confidence: 'M',
      remarks: [],
      sample: false,
      during: { from: level === 'office' ? '2015-01-01' : null, to: null },
      ...more
    }
  }

  const value: ValueSubject = {
    kind: 'value',
    key: 'itk.service.days',
    label: common.label,
    description: text,
    office,
    officeName: name,
    level: 'office',
    date: '2015-12-03',
    overridableAt: ['office'],
    bounds: common.bounds,
    asOf: 'submitted',
    definition: {
      key: 'itk.service.days',
      label: common.label,
      type: 'workdays',
      overridableAt: ['office'],
      bounds: common.bounds,
      asOf: 'submitted',
      rebind: 'pinned',
      cites: { min: 1 }
    },
    value: 4,
    missing: null,
    parent: 4,
    national: 4
  }

  const timeline: TimelineView = {
    key: 'itk.service.days',
    label: common.label,
    office,
    effective: [
      stretch(null, '2014-12-31', null, null),
      stretch('2015-01-01', '2016-05-31', 4, 'national'),
      stretch('2016-06-01', null, 3, 'office')
    ],
    stated: [
      stated('national', 'ditjen-imigrasi', '2015', null, 4, 'applied'),
      stated(
        'office',
        office,
        '2015-03-01',
        '2015-09-30',
        6,
        'suspended',
        'expected at most 4 as above, found 6'
      ),
      {
        ...stated('office', office, '2015-10-01', null, 2, 'applied'),
        withdrawnAt: '2015-11-02T02:00:00.000Z'
      },
      { ...stated('office', office, '2016-06-01', null, 3, 'applied'), changeSet: 'cs-2015-0007' }
    ]
  }

  function stretch(
    from: string | null,
    to: string | null,
    held: number | null,
    level: 'national' | 'office' | null
  ): TimelineView['effective'][number] {
    return {
      from,
      to,
      value: held,
      missing: held === null ? 'nothing holds' : null,
      level,
      scope: level === null ? null : level === 'office' ? 'kanim-mre' : 'ditjen-imigrasi'
    }
  }

  function stated(
    level: 'national' | 'office',
    scope: string,
    from: string | null,
    to: string | null,
    held: number,
    status: 'applied' | 'suspended',
    why = ''
  ): TimelineView['stated'][number] {
    return {
      level,
      scope,
      from,
      to,
      value: held,
      status,
      why,
      cites: [name],
      changeSet: null,
      withdrawnAt: null
    }
  }

  const summary: ChangeSetSummary = {
    id: 'cs-2015-0007',
    scope: office,
    scopeName: name,
    title: text,
    state: 'submitted',
    makers: [name],
    from: '2016-06-01',
    changedAt: '2015-12-02T02:00:00.000Z'
  }
  const change: ChangeSetView = {
    ...summary,
    reason: text,
    edits: [
      {
        kind: 'value',
        key: 'itk.service.days',
        value: 3,
        from: '2016-06-01',
        to: null,
        cites: [{ instrument: 'kep-contoh', pin: name }],
        reason: text
      },
      { kind: 'instrument', instrument: instruments[1]! }
    ],
    sentences: [
      {
        id: `Jangka waktu layanan ITK menjadi 3 hari kerja mulai 1 Juni 2016, semula 4. ${name}`,
        en: 'Service time of an ITK becomes 3 working days from 1 June 2016, instead of 4.'
      },
      { id: `Dasar hukum ${name} dicatat.`, en: 'An instrument is entered.' }
    ],
    reverts: null,
    version: 3,
    contentHash: 'c0ffee'.repeat(10),
    makers: ['analis.tju'],
    createdAt: '2015-12-01T02:00:00.000Z',
    check: {
      at: '2015-12-02T01:00:00.000Z',
      contentHash: 'c0ffee'.repeat(10),
      base: 4,
      problems: [
        { path: '/edits/0/value', message: `${name} / too long` },
        { path: '/edits', message: 'Ada yang belum lengkap / something is incomplete' }
      ],
      notices: [{ path: '', message: `${name} / known` }],
      cases: { decided: 120, failed: 1 }
    },
    impact: {
      hash: 'abc123'.repeat(10),
      from: '2015-01-01',
      to: '2015-11-30',
      at: '2015-12-02T01:30:00.000Z'
    },
    submitted: { by: 'analis.tju', name, at: '2015-12-02T02:00:00.000Z' },
    approval: null,
    emergency: null,
    published: null,
    ended: null,
    may: [
      'edit',
      'check',
      'measure',
      'submit',
      'approve',
      'reject',
      'withdraw',
      'emergency',
      'revert'
    ]
  }

  const report: ImpactReport = {
    scope: office,
    from: '2015-01-01',
    to: '2015-11-30',
    contentHash: change.contentHash,
    hash: 'abc123'.repeat(10),
    decisions: { replayed: 1482, unchanged: 1210, changed: 260, failing: 12, notReproduced: 0 },
    rules: [
      {
        rule: 'itk.extension.approver',
        label: table.label,
        replayed: 1000,
        changed: 260,
        moves: [
          { from: '{"approver":"kakanim"}', to: '{"approver":"kadiv"}', count: 200 },
          { from: '{"approver":"kadiv"}', to: '{"approver":"dirjen"}', count: 60 }
        ]
      }
    ],
    money: {
      before: 482000000,
      after: 465500000,
      difference: -16500000,
      byRule: [{ rule: 'itk.extension.fee', before: 482000000, after: 465500000 }]
    },
    deadlines: { newlyMissed: 14, newlyMet: 0, moved: 23 },
    approvers: [
      { week: '2015-W40', role: 'kakanim', before: 31, after: 22 },
      { week: '2015-W41', role: 'kakanim', before: 28, after: 20 },
      { week: '2015-W40', role: 'kadiv', before: 2, after: 11 },
      { week: '2015-W41', role: 'kadiv', before: 3, after: 11 }
    ],
    documents: [{ code: 'SURAT_PENJAMIN', newlyAsked: 120, noLongerAsked: 0 }],
    openCases: { looked: 40, changed: 9, cases: ['b7d3f0c2-5f0e-4a43-9a55-0f6f4a6d1c11'] },
    examples: [
      {
        case: 'TJU-2015-0***48',
        rule: 'itk.extension.approver',
        date: '2015-10-12',
        facts: { extension: 3, origin: 'visit-visa' },
        before: { approver: 'kakanim' },
        after: { approver: 'kadiv' }
      }
    ]
  }

  const overrides: readonly OverrideView[] = [
    override('kanim-mre', name, 'applied', ''),
    override(office, 'Kantor Imigrasi Kelas II Tanjung Uban', 'suspended', 'the key is locked'),
    override(office, 'Kantor Imigrasi Kelas II Tanjung Uban', 'future', '')
  ]

  function override(
    unit: string,
    officeName: string,
    status: OverrideView['status'],
    why: string
  ): OverrideView {
    return {
      office: unit,
      officeName,
      level: 'office',
      key: 'itk.service.days',
      label: common.label,
      kind: status === 'future' ? 'row' : 'value',
      row: status === 'future' ? 'tju-first' : null,
      value: { days: 3, workingDays: true, from: 'payment' },
      instead: { days: 4, workingDays: true, from: 'payment' },
      from: '2016-06-01',
      to: null,
      bounds: [{ kind: 'range', path: 'days', min: 1, max: 30 }],
      status,
      why,
      cites: [name],
      confidence: 'M',
      sample: status === 'future',
      changeSet: null,
      served: null
    }
  }

  const reviews: readonly ReviewView[] = [
    { unit: office, key: 'itk.service.days', row: null, why: 'repealed', text, cites: [name] },
    { unit: office, key: 'itk.fee', row: 'r1', why: 'partial-dates', text, cites: [] }
  ]
  const gaps: readonly StaffingGap[] = [gap('nobody'), gap('one-person')]
  function gap(problem: StaffingGap['problem']): StaffingGap {
    return {
      office,
      process: 'itk-extension',
      element: 'Decide',
      name,
      unit: office,
      role: 'kakanim',
      problem,
      text
    }
  }

  const decision: Decision = {
    rule: table.key,
    office,
    release: 'r',
    date: '2015-12-03',
    facts: { extension: 3 },
    outcome: { approver: 'kadiv' },
    rows: ['tju-later'],
    reasons: [
      {
        row: 'tju-first',
        fits: false,
        conditions: [{ fact: 'extension', operator: 'equal', expected: 1, found: 3, holds: false }]
      },
      {
        row: 'tju-later',
        fits: true,
        conditions: [
          { fact: 'extension', operator: 'greaterThan', expected: 2, found: 3, holds: true }
        ]
      }
    ],
    trail: [
      step('national', 'applied', null, '3 rows hold on 2015-12-03'),
      step('office', 'suspended', null, 'row <x>: the key is locked')
    ],
    cites: [],
    confidence: 'M',
    remarks: [text],
    rebinds: false
  }

  return {
    change,
    decision,
    gaps,
    instruments,
    office,
    offices,
    overrides,
    report,
    reviews,
    rules,
    summary,
    table,
    text,
    timeline,
    value
  }
}
