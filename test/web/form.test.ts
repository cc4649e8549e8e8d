import { expect } from 'chai'
import { fieldAt, formOf } from '../../web/parts/form-schema.ts'
import { type Posted, readForm } from '../../web/parts/form-values.ts'
import { intakeForm } from './samples.ts'

const form = formOf(intakeForm)
const read = (posted: Posted, start = {}) => readForm(form, posted, start)

describe('form: what is drawn', () => {
  it('draws each property by its type, its format and its widget', () => {
    const kinds = Object.fromEntries(form.fields.map(({ key, kind }) => [key, kind]))
    expect(kinds).to.deep.equal({
      applicant: 'group',
      guarantor: 'group',
      permit: 'group',
      documents: 'checklist',
      deposit: 'money',
      seen: 'boolean',
      aliases: 'lines',
      dependants: 'rows'
    })
    const at = (pointer: string) => fieldAt(form, pointer)?.kind
    expect(at('/applicant/mrz')).to.equal('mrz')
    expect(at('/applicant/nationality')).to.equal('choice')
    expect(at('/applicant/birthDate')).to.equal('date')
    expect(at('/applicant/email')).to.equal('email')
    expect(at('/guarantor/address')).to.equal('textarea')
    expect(at('/dependants/3/name')).to.equal('text')
  })

  it('finds the nearest control for a problem deeper inside', () => {
    expect(fieldAt(form, '/documents/PASPOR')?.pointer).to.equal('/documents')
    expect(fieldAt(form, '/nothing')).to.equal(null)
  })

  it('does not call optional what another value requires', () => {
    const guarantor = formOf({
      type: 'object',
      required: ['kind'],
      properties: { kind: { type: 'string' }, name: { type: 'string' }, note: { type: 'string' } },
      if: { properties: { kind: { const: 'none' } } },
      else: { required: ['name'] }
    })
    const conditional = guarantor.fields.filter(each => each.conditional).map(({ key }) => key)
    expect(conditional).to.deep.equal(['name'])
  })

  it('follows references inside the form', () => {
    const referring = formOf({
      type: 'object',
      properties: { born: { $ref: '#/$defs/day', title: 'Lahir', 'x-title-en': 'Born' } },
      $defs: { day: { type: 'string', format: 'date', title: 'Hari' } }
    })
    expect(referring.fields[0]).to.include({ kind: 'date' })
    expect(referring.fields[0]?.label).to.deep.equal({ id: 'Lahir', en: 'Born' })
  })
})

describe('form: what is read', () => {
  it('gives values the types of the form', () => {
    const values = read({
      '/applicant/name': '  Eleanor ',
      '/applicant/sex': 'F',
      '/permit/extension': '2',
      '/permit/days': '30',
      '/documents': ['FORM', 'TIKET', 'UNASKED'],
      '/deposit': '1.500.000',
      '/seen': 'true',
      '/aliases': 'Nora\r\n\r\nNell',
      '/dependants/0/name': 'Ann',
      '/dependants/1/name': '',
      '/dependants/2/name': 'Ben'
    })
    expect(values).to.deep.equal({
      applicant: { name: 'Eleanor', sex: 'F' },
      guarantor: null,
      permit: { extension: 2, days: 30 },
      documents: { FORM: true, PASPOR: false, TIKET: true },
      deposit: 1500000,
      seen: true,
      aliases: ['Nora', 'Nell'],
      dependants: [{ name: 'Ann' }, { name: 'Ben' }]
    })
  })

  it('takes small letters for capitals where only capitals fit', () => {
    const passport = formOf({
      type: 'object',
      properties: {
        number: { type: 'string', pattern: '^[A-Z0-9]{1,15}$' },
        word: { type: 'string', pattern: '^[A-Za-z]+$' }
      }
    })
    expect(readForm(passport, { '/number': 'x1234', '/word': 'Abc' }, {})).to.deep.equal({
      number: 'X1234',
      word: 'Abc'
    })
  })

  it('leaves what does not fit its type as it was typed, for the check to name', () => {
    const values = read({
      '/permit/extension': 'dua',
      '/permit/days': '1e3',
      '/applicant/sex': 'W',
      '/deposit': '12,5'
    })
    expect(values).to.deep.include({
      permit: { extension: 'dua', days: '1e3' },
      applicant: { sex: 'W' },
      deposit: '12,5'
    })
  })

  it('leaves out what was not filled in, so that what is required is missed', () => {
    expect(read({})).to.deep.equal({
      applicant: {},
      guarantor: null,
      permit: {},
      documents: { FORM: false, PASPOR: false, TIKET: false },
      seen: false,
      aliases: [],
      dependants: []
    })
  })

  it('takes what is only shown from the case and never from the browser', () => {
    const shown = formOf({
      type: 'object',
      properties: { fee: { type: 'integer', readOnly: true }, note: { type: 'string' } }
    })
    expect(readForm(shown, { '/fee': '1', '/note': 'x' }, { fee: 300000 })).to.deep.equal({
      fee: 300000,
      note: 'x'
    })
  })

  it('keeps what a form does not draw inside a value that it changes', () => {
    const partly = (additionalProperties: boolean) =>
      formOf({
        type: 'object',
        properties: {
          applicant: {
            type: 'object',
            properties: { name: { type: 'string' } },
            additionalProperties
          }
        }
      })
    const start = { applicant: { name: 'A', passportNumber: 'X1' } }
    expect(readForm(partly(true), { '/applicant/name': 'B' }, start)).to.deep.equal({
      applicant: { name: 'B', passportNumber: 'X1' }
    })
    expect(readForm(partly(false), { '/applicant/name': 'B' }, start)).to.deep.equal({
      applicant: { name: 'B' }
    })
  })

  it('empties what a person has emptied', () => {
    const note = formOf({ type: 'object', properties: { note: { type: 'string' } } })
    expect(readForm(note, { '/note': '' }, { note: 'before' })).to.deep.equal({ note: '' })
  })

  it('is not led astray by names that mean something to JavaScript', () => {
    const posted = JSON.parse(
      '{"__proto__":"x","/__proto__/name":"x","/applicant/__proto__":"x"}'
    ) as Posted
    const values = read(posted)
    expect(Object.getPrototypeOf(values)).to.equal(Object.prototype)
    expect(values.applicant).to.deep.equal({})
  })

  it('does not grow a list beyond reason', () => {
    const posted = { '/dependants/99999999/name': 'x', '/dependants/1/name': 'y' }
    expect(read(posted).dependants).to.deep.equal([{ name: 'y' }])
  })
})
