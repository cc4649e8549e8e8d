import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { checkForm, checklistItems, type FormSchema, validateForm } from '../engine/forms.ts'
import type { Value, Variables } from '../engine/state.ts'

const today = '2015-12-03'

const application: FormSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Permohonan',
  'x-title-en': 'Application',
  type: 'object',
  required: ['applicant'],
  additionalProperties: false,
  properties: {
    applicant: {
      title: 'Pemohon',
      'x-title-en': 'Applicant',
      type: 'object',
      required: ['name', 'passportNumber', 'passportExpiry'],
      additionalProperties: false,
      properties: {
        name: { title: 'Nama', 'x-title-en': 'Name', type: 'string', minLength: 1 },
        passportNumber: {
          title: 'Nomor paspor',
          'x-title-en': 'Passport number',
          description: 'Huruf dan angka',
          'x-description-en': 'Letters and digits',
          type: 'string',
          pattern: '^[A-Z0-9]+$'
        },
        passportExpiry: {
          title: 'Berlaku',
          'x-title-en': 'Expiry',
          type: 'string',
          format: 'date'
        },
        birthDate: { title: 'Lahir', 'x-title-en': 'Birth', type: 'string', format: 'date' },
        email: { title: 'Pos-el', 'x-title-en': 'E-mail', type: 'string', format: 'email' },
        sex: {
          title: 'Jenis kelamin',
          'x-title-en': 'Sex',
          type: 'string',
          oneOf: [
            { const: 'M', title: 'Laki-laki', 'x-title-en': 'Male' },
            { const: 'F', title: 'Perempuan', 'x-title-en': 'Female' }
          ]
        },
        mrz: {
          title: 'MRZ',
          'x-title-en': 'MRZ',
          type: 'object',
          required: ['line1', 'line2'],
          properties: {
            line1: { title: 'Baris 1', 'x-title-en': 'Line 1', type: 'string' },
            line2: { title: 'Baris 2', 'x-title-en': 'Line 2', type: 'string' }
          },
          'x-widget': 'mrz',
          'x-mrz': {
            matches: {
              passportNumber: '/applicant/passportNumber',
              birthDate: '/applicant/birthDate',
              expiry: '/applicant/passportExpiry'
            }
          }
        }
      }
    }
  },
  'x-rules': [
    {
      if: 'date(applicant.passportExpiry) < date(today)',
      code: 'PASSPORT_EXPIRED',
      path: '/applicant/passportExpiry',
      message: { id: 'paspor sudah tidak berlaku', en: 'the passport has expired' }
    }
  ]
}
const applicant = {
  name: 'Anna Maria Eriksson',
  passportNumber: 'L898902C3',
  passportExpiry: '2016-04-15',
  birthDate: '1974-08-12',
  sex: 'F'
}
/** The specimen of ICAO 9303 with an expiry in 2016. */
const mrz = {
  line1: 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  line2: 'L898902C36UTO7408122F1604151ZE184226B<<<<<10'
}

/** The problems of a form, as `path: message`. */
function problems(
  schema: FormSchema,
  values: Variables,
  variables: Variables = {}
): readonly string[] {
  return validateForm(schema, values, { variables, today }).problems.map(
    ({ path, message }) => `${path}: ${message}`
  )
}

describe('form', () => {
  it('gives what was filled in, when nothing is wrong', () => {
    const values = { applicant }

    expect(validateForm(application, values, { variables: {}, today })).to.deep.equal({
      values: { applicant },
      problems: []
    })
    expect(values).to.deep.equal({ applicant })
  })

  it('lists every problem with its pointer, in both languages', () => {
    const wrong: Variables = {
      applicant: {
        passportNumber: 'l-1',
        passportExpiry: '2016-02-30',
        email: 'anna',
        sex: 'W',
        height: 170
      },
      extra: 1
    }

    expect(problems(application, wrong)).to.have.members([
      '/applicant/name: wajib diisi / required',
      '/applicant/passportNumber: bentuk tidak sesuai: Huruf dan angka / not in the right form: Letters and digits',
      '/applicant/passportExpiry: harus tanggal yang ada, misalnya 2015-12-03 / expected a date that exists, as 2015-12-03',
      '/applicant/email: harus alamat pos-el / expected an e-mail address',
      '/applicant/sex: pilihan tidak dikenal / not one of the choices',
      '/applicant/height: isian tidak dikenal / not part of this form',
      '/extra: isian tidak dikenal / not part of this form'
    ])
  })

  it('refuses a value of another type instead of reading it as one', () => {
    expect(problems(application, { applicant: { ...applicant, name: 5 } })).to.deep.equal([
      '/applicant/name: harus teks / expected text'
    ])
  })

  it('refuses an expired passport by its rule', () => {
    const expired = { ...applicant, passportExpiry: '2015-12-02' }

    expect(problems(application, { applicant: expired })).to.deep.equal([
      '/applicant/passportExpiry: paspor sudah tidak berlaku / the passport has expired (PASSPORT_EXPIRED)'
    ])
  })

  it('says when a rule cannot be checked, unless a value is wrong anyway', () => {
    const schema: FormSchema = {
      ...application,
      'x-rules': [
        {
          if: 'permit.days > 60',
          code: 'TOO_LONG',
          path: '',
          message: { id: 'terlalu lama', en: 'too long' }
        }
      ]
    }

    expect(problems(schema, { applicant }, { permit: { days: 61 } })).to.deep.equal([
      ': terlalu lama / too long (TOO_LONG)'
    ])
    expect(problems(schema, { applicant }, { permit: {} })).to.deep.equal([
      ': tidak dapat diperiksa / cannot be checked: expected <permit.days> to be there, found nothing (TOO_LONG)'
    ])
    expect(problems(schema, { applicant: { ...applicant, name: '' } })).to.deep.equal([
      '/applicant/name: minimal 1 huruf / expected at least 1 characters'
    ])
  })

  describe('with a machine-readable zone', () => {
    it('takes one that holds and agrees', () => {
      const schema = { ...application }
      expect(problems(schema, { applicant: { ...applicant, mrz } })).to.deep.equal([])
    })

    it('finds a wrong digit, and names the line', () => {
      const line2 = mrz.line2.replace('7408122', '7408132')

      expect(
        problems(application, {
          applicant: { ...applicant, birthDate: '1974-08-13', mrz: { ...mrz, line2 } }
        })
      ).to.deep.equal([
        '/applicant/mrz/line2: angka periksa tanggal lahir salah: seharusnya 3, tertulis 2 / wrong check digit of the date of birth: expected 3, found 2',
        '/applicant/mrz/line2: angka periksa keseluruhan salah: seharusnya 7, tertulis 0 / wrong check digit of the whole line: expected 7, found 0'
      ])
    })

    it('finds what was typed otherwise, at what was typed', () => {
      const typed = { ...applicant, passportNumber: 'L898902C8', mrz }

      expect(problems(application, { applicant: typed })).to.deep.equal([
        '/applicant/passportNumber: MRZ menyebut L898902C3 / the MRZ says L898902C3'
      ])
    })
  })

  describe('with a checklist', () => {
    const schema: FormSchema = {
      title: 'Berkas',
      'x-title-en': 'File',
      type: 'object',
      properties: {
        documents: {
          title: 'Dokumen',
          'x-title-en': 'Documents',
          type: 'object',
          additionalProperties: { type: 'boolean' },
          'x-widget': 'checklist',
          'x-items': 'checklist.documents',
          'x-require-all': 'outcome = "complete"'
        },
        outcome: { title: 'Hasil', 'x-title-en': 'Outcome', type: 'string' }
      }
    }
    const items = [
      { code: 'PASSPORT', label: { id: 'Paspor asli', en: 'The passport' }, required: true },
      { code: 'TICKET', label: { id: 'Tiket kembali', en: 'Return ticket' }, required: true },
      { code: 'PHOTO', label: { id: 'Foto', en: 'Photo' }, required: false }
    ]
    const variables: Variables = { checklist: { documents: items } }

    it('names every required document that is missing', () => {
      expect(
        problems(
          schema,
          { documents: { PASSPORT: true, TICKET: false }, outcome: 'complete' },
          variables
        )
      ).to.deep.equal(['/documents/TICKET: belum ada: Tiket kembali / missing: Return ticket'])
      expect(problems(schema, { outcome: 'complete' }, variables)).to.have.length(2)
    })

    it('lets documents be missing where the form says so', () => {
      expect(problems(schema, { documents: {}, outcome: 'return' }, variables)).to.deep.equal([])
    })

    it('excuses nobody when the condition cannot be read', () => {
      expect(problems(schema, { documents: { PASSPORT: true } }, variables)).to.deep.equal([
        '/documents/TICKET: belum ada: Tiket kembali / missing: Return ticket'
      ])
    })

    it('refuses a document that is not asked for, and one that is neither there nor missing', () => {
      const ticked: Variables = { PASSPORT: true, TICKET: 'yes', VISA: true }

      expect(problems(schema, { documents: ticked, outcome: 'complete' }, variables)).to.deep.equal(
        [
          '/documents/TICKET: harus ya atau tidak / expected yes or no',
          '/documents/VISA: dokumen ini tidak diminta / this document is not asked for',
          '/documents/TICKET: belum ada: Tiket kembali / missing: Return ticket'
        ]
      )
    })

    it('does not pass when there is no list', () => {
      expect(problems(schema, { documents: {}, outcome: 'complete' })).to.deep.equal([
        '/documents: daftar checklist.documents belum ada / there is no list checklist.documents'
      ])
    })

    it('gives its items to the pages', () => {
      const { documents } = schema.properties as Record<string, FormSchema>

      expect(checklistItems(documents as FormSchema, variables)).to.deep.equal(items)
      expect(checklistItems(documents as FormSchema, {})).to.deep.equal([])
    })
  })

  it('takes what it only shows from the case and never from the person', () => {
    const schema: FormSchema = {
      type: 'object',
      required: ['billing', 'payment'],
      properties: {
        billing: { type: 'object', readOnly: true },
        payment: {
          type: 'object',
          properties: { amount: { type: 'integer', readOnly: true }, ntpn: { type: 'string' } }
        }
      },
      'x-rules': [
        {
          if: 'billing.amount != payment.amount',
          code: 'AMOUNT',
          path: '',
          message: { id: 'a', en: 'b' }
        }
      ]
    }
    const variables: Variables = { billing: { amount: 300000 }, payment: { amount: 300000 } }
    const forged: Variables = { billing: { amount: 1 }, payment: { amount: 2, ntpn: 'N' } }

    expect(validateForm(schema, forged, { variables, today })).to.deep.equal({
      values: { payment: { amount: 300000, ntpn: 'N' } },
      problems: []
    })
    expect(problems(schema, forged)).to.include('/billing: wajib diisi / required')
  })

  describe('with hostile values', () => {
    const open: FormSchema = { type: 'object' }
    const hostile = (json: string) => problems(open, JSON.parse(json) as Variables)

    it('refuses names that JavaScript gives a meaning', () => {
      expect(hostile('{"a": {"__proto__": {"admin": true}}, "constructor": 1}')).to.have.members([
        '/a/__proto__: nama tidak diizinkan / name not allowed',
        '/constructor: nama tidak diizinkan / name not allowed'
      ])
      expect(({} as { admin?: boolean }).admin).to.equal(undefined)
    })

    it('refuses controls and what turns the direction of words, but not the lines of a long text', () => {
      const text = (title: string) => ({ title, 'x-title-en': title, type: 'string' })
      const form: FormSchema = {
        title: 'Catatan',
        'x-title-en': 'Note',
        type: 'object',
        properties: { name: text('Nama'), note: { ...text('Catatan'), 'x-widget': 'textarea' } }
      }
      const problemsOf = (values: Variables) =>
        validateForm(form, values, { variables: {}, today }).problems
      const message = 'karakter kendali tidak diizinkan / control characters are not allowed'
      for (const control of ['\u202e', '\u2067', '\u0000', '\u001b', '\u0085']) {
        expect(problemsOf({ name: `Ani${control}` })).to.deep.equal([{ path: '/name', message }])
        expect(problemsOf({ note: `Ani${control}` })).to.deep.equal([{ path: '/note', message }])
      }
      expect(problemsOf({ name: 'Ani\nBudi' })).to.deep.equal([{ path: '/name', message }])
      expect(problemsOf({ name: 'محمد \u200f(Ani)', note: 'satu\n\tdua' })).to.deep.equal([])
    })

    it('refuses what is too deep, too long or too much', () => {
      let deep: Value = 1
      for (let level = 0; level < 30; level++) deep = { inner: deep }

      expect(problems(open, { deep })).to.match(/too many values/)
      expect(problems(open, { list: Array<number>(20_000).fill(1) })).to.match(/too many values/)
      expect(problems(open, { text: 'x'.repeat(20_001) })).to.deep.equal([
        '/text: maksimal 20000 huruf / expected at most 20000 characters'
      ])
    })
  })

  describe('when it is checked itself', () => {
    const check = (schema: FormSchema) =>
      checkForm(schema).map(({ path, message }) => `${path}: ${message}`)

    it('is fine when everything is there', () => {
      expect(check(application)).to.deep.equal([])
    })

    it('lists every problem', () => {
      const schema: FormSchema = {
        title: 'Tugas',
        type: 'object',
        properties: {
          documents: {
            title: 'Dokumen',
            'x-title-en': 'Documents',
            type: 'object',
            'x-widget': 'checklist'
          },
          note: {
            title: 'Catatan',
            'x-title-en': 'Note',
            description: 'Singkat',
            type: 'string',
            pattern: '^(a+)+$',
            'x-widget': 'textbox',
            'x-colour': 'red'
          },
          choice: {
            title: 'Pilihan',
            'x-title-en': 'Choice',
            oneOf: [{ const: 1, title: 'Satu' }],
            'x-require-all': 'a +'
          },
          zone: {
            title: 'Zona',
            'x-title-en': 'Zone',
            type: 'object',
            'x-mrz': { matches: { names: 'applicant' } }
          },
          rows: {
            title: 'Baris',
            'x-title-en': 'Rows',
            type: 'array',
            items: { type: 'object', properties: { a: { type: 'string' } } }
          }
        },
        'x-rules': [
          {
            if: 'for x in y return now()',
            code: 'wrong code',
            path: '/nowhere',
            message: { id: 'salah' },
            level: 'stop'
          }
        ]
      }

      expect(check(schema)).to.have.members([
        '/x-title-en: expected a title in English',
        '/properties/documents/x-items: expected the case variable that holds the items',
        '/properties/note/description: expected a description in both languages, or in none',
        '/properties/note/pattern: expected a pattern without repetition inside repetition',
        '/properties/note/x-widget: expected one of textarea, mrz, checklist, money, file, found <textbox>',
        '/properties/note/x-colour: unknown keyword <x-colour>',
        '/properties/choice/oneOf/0/x-title-en: expected a title in English',
        '/properties/choice/x-require-all: expected a checklist',
        '/properties/choice/x-require-all: expected the expression to go on, found its end (at 1:4)',
        '/properties/zone/x-mrz: expected the properties line1 and line2',
        '/properties/zone/x-mrz/matches/names: expected one of name, passportNumber, nationality, birthDate, sex, expiry, found <names>',
        '/properties/zone/x-mrz/matches/names: expected a JSON pointer such as /applicant/birthDate',
        '/properties/rows/items/properties/a/title: expected a title in Indonesian',
        '/properties/rows/items/properties/a/x-title-en: expected a title in English',
        '/x-rules/0/if: the clock may not be read; the variable <now> has the moment of the step (at 1:19)',
        '/x-rules/0/if: <for> may not be used (at 1:1)',
        '/x-rules/0/code: expected a code such as PASSPORT_EXPIRED',
        '/x-rules/0/path: expected a JSON pointer to a property of the form, found </nowhere>',
        '/x-rules/0/message: expected a message in both languages (id, en)',
        '/x-rules/0/level: unknown keyword <level>'
      ])
    })

    it('must be a JSON Schema of an object', () => {
      const texts = { title: 'a', 'x-title-en': 'b' }

      expect(check({ ...texts, type: 'array' })).to.include(
        '/type: expected the form to be of type object'
      )
      expect(check({ ...texts, type: 'object', required: 'name' })).to.deep.equal([
        '/required: must be array'
      ])
      expect(check({ ...texts, type: 'object', minimun: 1 })).to.deep.equal([
        '/minimun: unknown keyword <minimun>'
      ])
      expect(
        check({
          ...texts,
          type: 'object',
          properties: { a: { ...texts, type: 'string', format: 'dat' } }
        })
      ).to.match(/unknown format "dat"/)
    })
  })

  it('of the ITK extension finds an expired passport and a wrong digit', () => {
    const file = new URL(
      '../processes/national/itk-extension.Start_Application.json',
      import.meta.url
    )
    const schema = JSON.parse(readFileSync(file, 'utf8')) as FormSchema
    const values: Variables = {
      applicant: {
        ...applicant,
        nationality: 'UTO',
        address: 'Jalan Merdeka 1',
        passportExpiry: '2012-04-15',
        mrz: { ...mrz, line2: 'L898902C36UTO7408122F1204158ZE184226B<<<<<10' }
      },
      guarantor: { kind: 'person', name: 'Budi', address: 'Jalan Merdeka 2' },
      permit: {
        kind: 'ITK',
        origin: 'visit-visa',
        number: 'X1',
        extension: 2,
        days: 30,
        expires: '2015-12-20',
        totalDays: 90
      },
      entry: { date: '2015-10-01', point: 'Batam', visaNumber: 'V1', atTpi: true }
    }

    const found = problems(schema, values)

    expect(found.filter(each => each.startsWith('/applicant/mrz/line2')).join()).to.contain(
      'wrong check digit of the date of expiry: expected 9, found 8'
    )
    expect(found.filter(each => each.startsWith('/applicant/passportExpiry')).join()).to.contain(
      '(PASSPORT_EXPIRED)'
    )
  })
})
