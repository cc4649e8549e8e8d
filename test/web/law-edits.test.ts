import { expect } from 'chai'
import type { TableSubject, ValueSubject } from '../../api/law.ts'
import type { FactType } from '../../engine/rules/definitions.ts'
import { boundText, roomText } from '../../web/parts/law/bounds.ts'
import { groupOf, linesOf, postedLines } from '../../web/parts/law/condition-lines.ts'
import { conditionText } from '../../web/parts/law/conditions.ts'
import type { EditDraft } from '../../web/parts/law/edit-drafts.ts'
import { readEdit } from '../../web/parts/law/edit-reading.ts'
import { factsIn } from '../../web/parts/law/facts.ts'
import { valueText } from '../../web/parts/law/value-text.ts'
import { lawSamples } from './law-samples.ts'

const law = lawSamples('Tanjung Uban')
const draft = (some: Partial<EditDraft>): EditDraft => ({
  kind: 'value',
  subject: law.value,
  row: null,
  edit: null,
  scope: 'kanim-tju',
  instruments: law.instruments,
  ...some
})
const grounds = {
  '/from': '2026-03-01',
  '/to': '',
  '/cites/0/instrument': 'pp-10-2015',
  '/cites/0/pin': 'Ps 3',
  '/reason/id': 'Standar pelayanan',
  '/reason/en': ''
}
const paths = (posted: Record<string, string>, some: Partial<EditDraft> = {}) =>
  readEdit(draft(some), posted).problems.map(({ path }) => path)

describe('form of an edit', () => {
  it('gives a value by the type of its key, with days, basis and reason', () => {
    const { edits, problems } = readEdit(draft({}), { ...grounds, '/value': '3' })
    expect(problems).to.deep.equal([])
    expect(edits).to.deep.equal([
      {
        kind: 'value',
        key: 'itk.service.days',
        value: 3,
        from: '2026-03-01',
        to: null,
        cites: [{ instrument: 'pp-10-2015', pin: 'Ps 3' }],
        reason: { id: 'Standar pelayanan', en: 'Standar pelayanan' }
      }
    ])
  })

  it('takes amounts with dots between the thousands', () => {
    const subject: ValueSubject = {
      ...law.value,
      definition: { ...law.value.definition, type: 'money' }
    }
    const { edits } = readEdit(draft({ subject }), { ...grounds, '/value': '1.500.000' })
    expect(edits[0]).to.have.property('value', 1500000)
  })

  it('names every control that is not filled in, or not so', () => {
    expect(
      paths({ '/value': 'empat', '/from': '2026-02-30', '/to': '2026-01-01' })
    ).to.have.members(['/value', '/from', '/cites/0/instrument', '/reason/id'])
    expect(paths({ ...grounds, '/value': '' })).to.deep.equal(['/value'])
    expect(paths({ ...grounds, '/value': '3', '/to': '2026-02-01' })).to.deep.equal(['/to'])
  })

  it('enters a decision of the office itself together with the edit that rests on it', () => {
    const { edits } = readEdit(draft({}), {
      ...grounds,
      '/value': '3',
      '/cites/0/instrument': '',
      '/own/number': 'W.32-12/2026',
      '/own/title': 'Standar Pelayanan 2026',
      '/own/date': '2026-02-01'
    })
    expect(edits.map(({ kind }) => kind)).to.deep.equal(['instrument', 'value'])
    expect(edits[0]).to.have.nested.property('instrument.id', 'kep-kanim-tju-w-32-12-2026')
    expect(edits[1])
      .to.have.property('cites')
      .that.deep.equals([{ instrument: 'kep-kanim-tju-w-32-12-2026', pin: null }])
  })

  it('replaces the outcome of a row of the level above under a name of the office', () => {
    const { edits, problems } = readEdit(
      draft({ kind: 'replace', subject: law.table, row: 'legacy-office-head' }),
      { ...grounds, '/outcome/approver': 'kadiv', '/outcome/documents': 'FORM' }
    )
    expect(problems).to.deep.equal([])
    expect(edits[0]).to.deep.include({
      kind: 'row',
      rule: 'itk.extension.approver',
      row: 'kanim-tju-legacy-office-head',
      replaces: 'legacy-office-head',
      conditions: null
    })
    expect(edits[0])
      .to.have.property('outcome')
      .that.deep.equals({
        approver: 'kadiv',
        documents: [
          {
            code: 'FORM',
            label: { id: 'Formulir permohonan', en: 'Application form' },
            required: true
          }
        ]
      })
  })

  it('keeps the name of a row that the office has stated already', () => {
    const { edits } = readEdit(draft({ kind: 'replace', subject: law.table, row: 'tju-later' }), {
      ...grounds,
      '/outcome/approver': 'dirjen',
      '/outcome/documents': 'FORM'
    })
    expect(edits[0]).to.deep.include({ row: 'tju-later', replaces: 'legacy-regional-head' })
  })

  it('puts an exception before a row, with conditions by the types of the facts', () => {
    const { edits, problems } = readEdit(
      draft({ kind: 'before', subject: law.table, row: 'legacy-office-head' }),
      {
        ...grounds,
        '/outcome/approver': 'kadiv',
        '/outcome/documents': 'FORM',
        '/conditions/extension/0/operator': 'between',
        '/conditions/extension/0/value': '1',
        '/conditions/extension/0/to': '2',
        '/conditions/risk/0/operator': 'true'
      }
    )
    expect(problems).to.deep.equal([])
    expect(edits[0]).to.deep.include({
      before: 'legacy-office-head',
      conditions: {
        all: [
          { fact: 'extension', operator: 'between', value: [1, 2] },
          { fact: 'risk', operator: 'equal', value: true }
        ]
      }
    })
  })

  it('asks an exception for a condition, and a list for a document', () => {
    const found = paths(
      { ...grounds, '/outcome/approver': 'kadiv' },
      { kind: 'before', subject: law.table, row: 'legacy-office-head' }
    )
    expect(found).to.have.members(['/conditions', '/outcome/documents'])
  })

  it('makes the code of a new document from its name', () => {
    const { edits } = readEdit(
      draft({ kind: 'replace', subject: law.table, row: 'legacy-office-head' }),
      { ...grounds, '/outcome/approver': 'kadiv', '/outcome/documents/new/0/id': 'KTP Bali (asli)' }
    )
    expect(edits[0]).to.have.nested.property('outcome.documents[0].code', 'KTP_BALI_ASLI')
  })

  it('closes and opens days of the calendar', () => {
    const { edits } = readEdit(draft({ kind: 'calendar', subject: null }), {
      ...grounds,
      '/closed/0/date': '2026-06-24',
      '/closed/0/name': 'Pemungutan suara',
      '/opened/0': '2026-06-25'
    })
    expect(edits[0]).to.deep.include({
      kind: 'calendar',
      closed: { '2026-06-24': 'Pemungutan suara' },
      opened: ['2026-06-25']
    })
    expect(paths(grounds, { kind: 'calendar', subject: null })).to.deep.equal(['/closed/0/date'])
  })

  it('takes back what the unit states, without a basis', () => {
    const { edits } = readEdit(draft({ kind: 'remove' }), { ...grounds, '/cites/0/instrument': '' })
    expect(edits[0]).to.deep.equal({
      kind: 'remove',
      key: 'itk.service.days',
      from: '2026-03-01',
      to: null,
      reason: { id: 'Standar pelayanan', en: 'Standar pelayanan' }
    })
  })

  it('bounds the levels below by numbers', () => {
    const bound = { ...grounds, '/bound/kind': 'range', '/bound/min': '1', '/bound/max': '' }
    const { edits } = readEdit(draft({ kind: 'bound' }), bound)
    expect(edits[0]).to.have.property('bound').that.deep.equals({ kind: 'range', min: 1 })
    expect(paths({ ...grounds, '/bound/kind': '' }, { kind: 'bound' })).to.deep.equal([
      '/bound/kind'
    ])
  })
})

describe('conditions as lines', () => {
  const { facts } = law.table as TableSubject
  const nullable: Record<string, FactType> = { arrival: { type: 'date', nullable: true } }

  it('say again what they were read from', () => {
    const group = {
      all: [
        { fact: 'extension', operator: 'greaterThan' as const, value: 2 },
        { fact: 'origin', operator: 'notIn' as const, value: ['voa', 'birth'] },
        { fact: 'risk', operator: 'equal' as const, value: null },
        { fact: 'flags', operator: 'contains' as const, value: 'crew' }
      ]
    }
    const lines = linesOf(group, facts)
    expect(groupOf(lines ?? [], facts)).to.deep.equal({ group, problems: [] })
  })

  it('are none for alternatives, which stay as they are', () => {
    expect(linesOf({ any: [{ fact: 'extension', operator: 'equal', value: 1 }] }, facts)).to.equal(
      null
    )
  })

  it('ask first whether a fact that may be left out is there before they order it', () => {
    const lines = [{ fact: 'arrival', index: 0, operator: 'lessThan', values: ['2026-01-01'] }]
    expect(groupOf(lines, nullable).group).to.deep.equal({
      all: [
        { fact: 'arrival', operator: 'notEqual', value: null },
        { fact: 'arrival', operator: 'lessThan', value: '2026-01-01' }
      ]
    })
  })

  it('name the line whose value does not fit', () => {
    const posted = {
      '/conditions/extension/0/operator': 'equal',
      '/conditions/extension/0/value': 'dua',
      '/conditions/origin/0/operator': 'in'
    }
    const { problems } = groupOf(postedLines(posted, facts), facts)
    expect(problems.map(({ path }) => path)).to.deep.equal([
      '/conditions/extension/0/value',
      '/conditions/origin/0/value'
    ])
  })
})

describe('words of local law', () => {
  it('tell bounds and the room that is left', () => {
    expect(boundText({ kind: 'range', min: 1, max: 30 }, 'hari')).to.deep.equal({
      id: '1 sampai 30 hari',
      en: '1 to 30 days'
    })
    expect(
      roomText([{ kind: 'range', min: 1 }, { kind: 'atMostParent' }], 4, 4, 'hari')?.id
    ).to.equal('boleh 1 sampai 4 hari; sekarang 4 hari')
    expect(
      roomText([{ kind: 'range', path: 'days', min: 1, max: 30 }], { days: 4 }, { days: 3 }, null)
        ?.id
    ).to.equal('Hari: boleh 1 sampai 30; sekarang 3')
    expect(roomText([{ kind: 'locked' }], 4, 4, null)).to.equal(null)
  })

  it('tell values by their unit, and codes in words', () => {
    expect(valueText(1500000, 'rupiah').id).to.equal('Rp 1.500.000')
    expect(valueText(1, 'workdays')).to.deep.equal({ id: '1 hari kerja', en: '1 working day' })
    expect(valueText(['voa', 'bvk']).en).to.equal('Visa on arrival, Visa-free visit')
    expect(valueText({ days: 10, workingDays: true, from: 'payment' }).id).to.equal(
      '10 hari kerja sejak pembayaran'
    )
    expect(valueText({ amount: 500000, unit: 'per-person', code: 'A1' }).id).to.equal(
      'Rp 500.000 per orang'
    )
  })

  it('tell conditions in a sentence', () => {
    expect(
      conditionText({
        all: [
          { fact: 'extension', operator: 'between', value: [1, 2] },
          { not: { fact: 'origin', operator: 'equal', value: 'voa' } }
        ]
      }).id
    ).to.equal(
      'Perpanjangan ke-: 1 sampai 2 dan bukan (Asal izin tinggal: Visa kunjungan saat kedatangan)'
    )
  })
})

describe('facts of a test run', () => {
  it('are read by their types; what the law gives may be left out', () => {
    const posted = {
      '/facts/extension': '3',
      '/facts/origin': 'voa',
      '/facts/risk': '',
      '/facts/arrival': '2026-01-02',
      '/facts/flags': 'crew',
      '/facts/regime': ''
    }
    expect(factsIn(law.table.facts, posted)).to.deep.equal({
      facts: { extension: 3, origin: 'voa', risk: null, arrival: '2026-01-02', flags: ['crew'] },
      problems: []
    })
  })

  it('are named when they are missing or of another type', () => {
    const { problems } = factsIn(law.table.facts, { '/facts/extension': 'tiga' })
    expect(problems.map(({ path }) => path)).to.deep.equal([
      '/facts/extension',
      '/facts/origin',
      '/facts/arrival'
    ])
  })
})
