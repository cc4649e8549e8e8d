import { expect } from 'chai'
import { sentenceOf } from '../../api/change-sentences.ts'
import type { Edit } from '../../runtime/rules/edits.ts'
import { createRulebook } from '../../runtime/rules/rulebook.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import { lawWords } from '../../web/parts/law/law-words.ts'

const days = { from: '2027-01-01', to: null }
const grounds = { cites: [], reason: { id: 'Uji', en: 'Trial' } }

describe('sentences of a change', () => {
  let say: (edit: Edit) => string
  before(async () => {
    const rulebook = await createRulebook({
      folder: 'rules',
      statements: sqliteStatements(openDatabase(':memory:'))
    })
    say = edit => sentenceOf(edit, rulebook, () => undefined, lawWords).id
  })

  it('say a record in words, and never as JSON', () => {
    const value = { days: 2, workingDays: false, from: 'received' }
    expect(say({ kind: 'value', key: 'itas.service.days', value, ...days, ...grounds })).to.equal(
      'Jangka waktu penyelesaian ITAS: 2 hari sejak permohonan diterima, sejak 1 Januari 2027'
    )
  })

  it('say a bound in words', () => {
    const bound = { kind: 'range', path: 'days', max: 10 } as const
    const edit = { kind: 'bound', key: 'itas.service.days', bound, ...days, ...grounds } as const
    expect(say(edit)).to.equal(
      'Jangka waktu penyelesaian ITAS: batas: Hari: paling banyak 10, sejak 1 Januari 2027'
    )
    expect(say({ ...edit, lifted: true })).to.equal(
      'Jangka waktu penyelesaian ITAS: batas dicabut (Hari: paling banyak 10), sejak 1 Januari 2027'
    )
  })

  it('write days of the calendar as dates are written', () => {
    const closed = { '2026-12-24': 'Cuti bersama' }
    expect(say({ kind: 'calendar', closed, opened: ['2026-12-28'], ...grounds })).to.equal(
      'Kalender: libur 24 Desember 2026 (Cuti bersama); kembali menjadi hari kerja 28 Desember 2026'
    )
  })
})
