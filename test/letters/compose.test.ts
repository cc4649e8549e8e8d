import { expect } from 'chai'
import { compose, LetterIncomplete, localDate } from '../../jobs/letters/compose.ts'
import type { LetterValues } from '../../jobs/letters/letter.ts'
import {
  checkTemplate,
  checkTemplates,
  SAMPLE_OFFICE,
  sampleValues
} from '../../jobs/letters/library.ts'
import type { Places, Template } from '../../jobs/letters/template.ts'
import { holding, withAddition } from '../../jobs/letters/template.ts'

const places: Places = {
  'applicant.name': { type: 'text', label: { id: 'Nama', en: 'Name' }, sensitivity: 'personal' },
  'fee.amount': { type: 'money', label: { id: 'Tarif', en: 'Fee' }, sensitivity: 'public' },
  'permit.until': { type: 'date', label: { id: 'Sampai', en: 'Until' }, sensitivity: 'public' },
  'payment.paidAt': {
    type: 'date',
    label: { id: 'Tanggal bayar', en: 'Paid' },
    sensitivity: 'public'
  },
  'documents.received': {
    type: 'texts',
    label: { id: 'Dokumen', en: 'Documents' },
    sensitivity: 'public'
  },
  'letter.date': { type: 'date', label: { id: 'Tanggal', en: 'Date' }, sensitivity: 'public' },
  'signatory.name': { type: 'text', label: { id: 'Nama', en: 'Name' }, sensitivity: 'public' }
}
const template = (body: Template['body'], more: Partial<Template> = {}): Template => ({
  id: 'itk-approval',
  version: 1,
  from: null,
  to: null,
  layout: 'letter',
  title: { id: 'Persetujuan', en: '' },
  register: 'GR.04.02',
  body,
  sealed: {},
  sample: {},
  ...more
})
const values = (facts: LetterValues['facts']): LetterValues => ({
  number: 'W.6.IMI.IMI.2.GR.04.02-748',
  date: '2020-03-06',
  to: { name: 'Kepala Kantor', place: null },
  signatory: null,
  facts
})
const write = (body: Template['body'], facts: LetterValues['facts']) =>
  compose(template(body), values(facts), SAMPLE_OFFICE, places).body

describe('compose', () => {
  it('fills places in their usual format, or in the one that is named', () => {
    const body = write(
      [
        {
          paragraph:
            '{{ applicant.name }} membayar {{fee.amount}}, yaitu {{ fee.amount | terbilang }}.'
        }
      ],
      { applicant: { name: 'ANNA' }, fee: { amount: 300_000 } }
    )

    expect(body).to.deep.equal([
      {
        type: 'paragraph',
        text: 'ANNA membayar Rp 300.000,00, yaitu tiga ratus ribu rupiah.',
        english: ''
      }
    ])
  })

  it('names every place that is missing, unfit or unknown in one error', () => {
    const body = [
      { paragraph: '{{ applicant.name }} {{ fee.amount }} {{ nothing.here }}' },
      { fields: [{ label: { id: 'Sampai', en: '' }, value: '{{ permit.until }}' }] },
      { listOf: 'documents.received' }
    ]
    const wrong = () =>
      write(body, { applicant: { name: '' }, fee: { amount: 'banyak' }, permit: null })

    expect(wrong)
      .to.throw(LetterIncomplete, 'letter <itk-approval>')
      .with.property('places')
      .that.deep.equals([
        'applicant.name',
        'documents.received',
        'fee.amount',
        'nothing.here',
        'permit.until'
      ])
  })

  it('never reads a value as a template', () => {
    const [paragraph] = write([{ paragraph: '{{ applicant.name }}' }], {
      applicant: { name: '{{ fee.amount }} <b>ANNA</b>' }
    })

    expect(paragraph).to.include({ text: '{{ fee.amount }} <b>ANNA</b>' })
  })

  it('asks for the places of a condition only where it holds', () => {
    const body = [
      {
        when: { place: 'fee.amount', is: 'present' as const },
        blocks: [{ paragraph: 'Tarif {{ fee.amount }}' }],
        otherwise: [{ paragraph: 'Tanpa tarif' }]
      }
    ]

    expect(write(body, {})).to.deep.include({ type: 'paragraph', text: 'Tanpa tarif', english: '' })
    expect(write(body, { fee: { amount: 1 } })[0]).to.include({ text: 'Tarif Rp 1,00' })
  })

  it('compares dates in conditions', () => {
    const body = [
      {
        when: { place: 'letter.date', is: 'on-or-after' as const, value: '2020-03-06' },
        blocks: [{ paragraph: 'baru' }]
      },
      {
        when: { place: 'letter.date', is: 'before' as const, value: '2020-03-06' },
        blocks: [{ paragraph: 'lama' }]
      }
    ]

    expect(write(body, {})).to.deep.equal([{ type: 'paragraph', text: 'baru', english: '' }])
  })

  it('lists the documents that were ticked, by their labels', () => {
    const facts = {
      documents: { PASPOR: true, FORM: true, POA: false, LAIN: true },
      checklist: {
        documents: [
          { code: 'FORM', label: { id: 'Formulir', en: 'Form' }, required: true },
          { code: 'PASPOR', label: { id: 'Paspor', en: 'Passport' }, required: true },
          { code: 'POA', label: { id: 'POA', en: 'POA' }, required: false }
        ]
      }
    }

    expect(write([{ listOf: 'documents.received', ordered: true }], facts)).to.deep.equal([
      { type: 'list', ordered: true, items: ['Formulir', 'Paspor', 'LAIN'] }
    ])
  })

  it('counts an extension from the day that the permit runs out', () => {
    const until = (permit: object) =>
      write([{ paragraph: '{{ permit.until }}' }], { permit: { ...permit } })[0]

    expect(until({ expires: '2015-12-03', days: 30 })).to.include({ text: '02 Januari 2016' })
    expect(until({ expires: '2015-12-03', days: 30, until: '2015-12-24' })).to.include({
      text: '24 Desember 2015'
    })
  })

  it('writes a moment as the date that it was at the office', () => {
    const [paragraph] = write([{ paragraph: '{{ payment.paidAt }}' }], {
      payment: { paidAt: '2022-06-13T18:30:00.000Z' }
    })

    expect(paragraph).to.include({ text: '14 Juni 2022' })
    expect(localDate('2019-12-31T15:30:00.000Z', 'Asia/Jakarta')).to.equal('2019-12-31')
    expect(localDate('2019-12-31T15:30:00.000Z', 'Asia/Jayapura')).to.equal('2020-01-01')
  })

  it('lacks the signatory of a letter that must be signed', () => {
    const signed = template([{ paragraph: 'Isi' }], { signatory: { roles: ['kakanim'] } })

    expect(() => compose(signed, values({}), SAMPLE_OFFICE, places)).to.throw(
      LetterIncomplete,
      '<signatory.name>'
    )
  })
})

describe('templates', () => {
  it('of this folder have no problem, each with its own sample', async () => {
    expect(
      await checkTemplates(new URL('../../templates', import.meta.url).pathname)
    ).to.deep.equal([])
  })

  it('are refused with every unknown place, unfit format and stray brace', () => {
    const problems = checkTemplate(
      template([
        { paragraph: 'Halo {{ applicant.nmae }} {{ fee.amount | nip }} {{ applicant.name' },
        { slot: 'closing' },
        { slot: 'closing' }
      ]),
      places
    )

    expect(problems.map(({ message }) => message)).to.deep.equal([
      'there is no place <applicant.nmae>',
      'place <fee.amount> cannot be written as <nip>',
      'expected a place like {{ applicant.name }}, found <{{ applicant.name>',
      'slot <closing> is there twice'
    ])
  })

  it('are refused when their sample does not fill them', () => {
    const [problem] = checkTemplate(template([{ paragraph: '{{ applicant.name }}' }]), places)

    expect(problem).to.deep.equal({
      path: 'sample',
      message: 'letter <itk-approval> has no fit value for <applicant.name>'
    })
  })

  it('hold in the version of the date', () => {
    const versions = [
      { version: 1, from: null, to: null },
      { version: 2, from: '2022-05-12', to: null },
      { version: 3, from: '2024-04-01', to: '2025-05-28' }
    ]

    expect(holding(versions, '2020-01-01')?.version).to.equal(1)
    expect(holding(versions, '2022-05-12')?.version).to.equal(2)
    expect(holding(versions, '2024-12-01')?.version).to.equal(3)
    expect(holding(versions, '2025-05-29')?.version).to.equal(2)
    expect(holding([{ version: 1, from: '2022-05-12', to: null }], '2020-01-01')).to.equal(null)
  })

  it('take what an office adds in their slots, and nothing where it adds nothing', () => {
    const national = template([{ paragraph: 'Isi' }, { slot: 'closing' }])
    const addition = {
      template: 'itk-approval',
      version: 1,
      from: null,
      to: null,
      slots: { closing: [{ paragraph: 'Lokal' }] },
      copies: ['Arsip']
    }

    expect(withAddition(national, addition)).to.deep.include({
      body: [{ paragraph: 'Isi' }, { paragraph: 'Lokal' }],
      copies: ['Arsip']
    })
    expect(withAddition(national, null).body).to.deep.equal([{ paragraph: 'Isi' }])
    expect(compose(national, sampleValues(national), SAMPLE_OFFICE, places).body).to.have.length(1)
  })
})
