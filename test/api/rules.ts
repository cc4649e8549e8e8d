import { cp, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A small country for tests: the offices of the demo accounts, one service, one rule without a value. */
export async function writeRules(folder: string): Promise<void> {
  await cp('rules/schema', join(folder, 'schema'), { recursive: true })
  for (const [file, content] of Object.entries({
    ...nation(),
    ...regions(),
    ...offices(),
    ...calendars()
  })) {
    const path = join(folder, file)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, JSON.stringify(content, null, 2))
  }
}

type Files = Record<string, object>
const timeZone = 'Asia/Jakarta'

const roles: Record<string, string> = {
  counter: 'office',
  kakanim: 'office',
  'kanwil-staff': 'region',
  kadiv: 'region',
  'tariff-owner': 'national',
  'rule-editor': 'any',
  'rule-approver': 'any',
  'rule-emergency': 'any',
  operator: 'any',
  auditor: 'any'
}

function nation(): Files {
  return {
    'national/nation.json': {
      id: 'ditjen-imigrasi',
      name: 'Direktorat Jenderal Contoh',
      timeZone,
      place: 'Jakarta',
      processes: []
    },
    'national/roles.json': {
      roles: Object.entries(roles).map(([id, level]) => ({
        id,
        level,
        english: id,
        supervises: id === 'kakanim',
        administers: id === 'kakanim',
        names: [{ name: `Jabatan ${id}`, from: null, to: null }],
        confidence: 'H'
      }))
    },
    'national/instruments.json': {
      instruments: [
        {
          id: 'contoh-1-2010',
          kind: 'SAMPLE',
          short: 'Contoh 1/2010',
          title: 'Peraturan contoh',
          inForce: { from: '2010-01-01', to: null },
          repealedBy: null,
          confidence: 'H',
          sample: true
        }
      ]
    },
    'national/parameters/sample.json': {
      parameters: [
        onPaper('letter.ministry', 'Kementerian Contoh'),
        onPaper('letter.classification', 'GR.04.02'),
        onPaper('letter.numberPattern', '{unit}.{class}-{seq} TAHUN {year}'),
        {
          key: 'sample.days',
          label: { id: 'Waktu layanan contoh', en: 'Sample service time' },
          type: 'record',
          shape: { type: 'object' },
          overridableAt: [],
          bounds: [],
          asOf: 'submitted',
          rebind: 'pinned',
          cites: { min: 1 },
          values: [
            {
              value: { days: 3, workingDays: true, from: 'received' },
              from: '2010-01-01',
              to: null,
              cites: [{ instrument: 'contoh-1-2010' }],
              confidence: 'H'
            }
          ]
        },
        {
          key: 'sample.tariff',
          label: { id: 'Tarif contoh', en: 'Sample tariff' },
          type: 'money',
          overridableAt: [],
          bounds: [{ kind: 'locked' }],
          asOf: 'today',
          rebind: 'always',
          cites: { min: 1 },
          values: []
        }
      ]
    },
    'national/tables/sample.checklist.json': {
      rule: 'sample.checklist',
      label: { id: 'Berkas contoh', en: 'Sample documents' },
      overridableAt: [],
      bounds: [{ kind: 'locked' }],
      asOf: 'submitted',
      rebind: 'pinned',
      cites: { min: 1 },
      facts: { days: { type: 'integer', min: 1 } },
      outcome: { type: 'object' },
      hitPolicy: 'first',
      rows: [
        checklist(
          'short',
          { all: [{ fact: 'days', operator: 'lessThanInclusive', value: 30 }] },
          []
        ),
        checklist('long', null, [document('LETTER', 'Surat alasan', 'Letter of reasons')], {
          notice: { id: 'Lama tinggal melebihi 30 hari', en: 'The stay exceeds 30 days' },
          level: 'warning'
        })
      ],
      cases: [
        { name: 'short', date: '2026-01-05', facts: { days: 10 }, row: 'short' },
        { name: 'long', date: '2026-01-05', facts: { days: 60 }, row: 'long' }
      ]
    }
  }
}

/** A text that letters need. */
function onPaper(key: string, value: string) {
  return {
    key,
    label: { id: key, en: key },
    type: 'text',
    overridableAt: [],
    bounds: [{ kind: 'locked' }],
    asOf: 'today',
    rebind: 'always',
    cites: { min: 1 },
    values: [
      {
        value,
        from: '2010-01-01',
        to: null,
        cites: [{ instrument: 'contoh-1-2010' }],
        confidence: 'H'
      }
    ]
  }
}

function document(code: string, id: string, en: string) {
  return { code, label: { id, en }, required: true }
}

function checklist(
  id: string,
  conditions: object | null,
  more: readonly object[],
  notice: object = {}
) {
  return {
    id,
    from: '2010-01-01',
    to: null,
    conditions,
    outcome: { documents: [document('PASSPORT', 'Paspor', 'Passport'), ...more], ...notice },
    cites: [{ instrument: 'contoh-1-2010', pin: 'Ps 1' }],
    confidence: 'H'
  }
}

function regions(): Files {
  const ids = ['kanwil-kepri', 'kanwil-sumsel', 'kanwil-bengkulu']
  return Object.fromEntries(
    ids.map(id => [
      `regions/${id}/region.json`,
      {
        id,
        extends: 'ditjen-imigrasi',
        name: `Wilayah ${id}`,
        timeZone,
        place: 'Kota',
        province: 'Contoh'
      }
    ])
  )
}

function offices(): Files {
  const above = {
    'kanim-tju': 'kanwil-kepri',
    'kanim-mre': 'kanwil-sumsel',
    'kanim-bgl': 'kanwil-bengkulu'
  }
  return Object.fromEntries(
    Object.entries({ ...above, 'kanim-btm': 'kanwil-kepri' }).map(([id, region]) => [
      `offices/${id}/office.json`,
      {
        id,
        extends: region,
        name: `Kantor ${id}`,
        timeZone,
        place: 'Kota',
        province: 'Contoh',
        unitCode: 'W.0.IMI.IMI.1',
        services: {
          'sample-permit': 'sample-permit',
          'sample-letter': 'sample-letter',
          // the applicant reports where the residence is: not at every office of the sample country
          ...(id === 'kanim-tju' ? { 'sample-examination': 'sample-examination' } : {}),
          ...(id === 'kanim-tju' || id === 'kanim-bgl' ? { 'sample-report': 'sample-report' } : {})
        },
        contact: {
          sample: true,
          address: 'Jalan Contoh 1',
          phone: '(000) 000',
          email: 'kanim@contoh.invalid'
        }
      }
    ])
  )
}

function calendars(): Files {
  return Object.fromEntries(
    [2025, 2026, 2027].map(year => [
      `calendars/${year}.json`,
      {
        year,
        scope: 'ditjen-imigrasi',
        sample: true,
        cites: [{ instrument: 'contoh-1-2010' }],
        confidence: 'H',
        holidays: { [`${year}-01-01`]: 'Tahun Baru' },
        collectiveLeave: {}
      }
    ])
  )
}
