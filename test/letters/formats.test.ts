import { expect } from 'chai'
import { clean, FORMATS, inWords, plusDays } from '../../jobs/letters/formats.ts'
import { patternProblem } from '../../jobs/letters/numbers.ts'

describe('numbers of letters', () => {
  it('do not come again when the registers restart with the year', () => {
    expect(patternProblem('{unit}.{class}-{seq} TAHUN {year}')).to.equal(null)
    expect(patternProblem('{unit}.{class}-{seq}')).to.contain('expected {year}')
    expect(patternProblem('{unit} TAHUN {year}')).to.contain('expected {seq}')
  })
})

describe('formats of places', () => {
  it('writes dates as offices do', () => {
    expect(FORMATS.date.long?.('2015-12-03')).to.equal('03 Desember 2015')
    expect(FORMATS.date.day?.('2021-11-11')).to.equal('Kamis, 11 November 2021')
  })

  it('knows no date that the calendar does not have', () => {
    expect(FORMATS.date.long?.('2015-02-29')).to.equal(null)
    expect(FORMATS.date.long?.('kemarin')).to.equal(null)
    expect(FORMATS.date.long?.(null)).to.equal(null)
  })

  it('writes rupiah with points and a comma', () => {
    expect(FORMATS.money.rupiah?.(300_000)).to.equal('Rp 300.000,00')
    expect(FORMATS.money.rupiah?.(0)).to.equal('Rp 0,00')
    expect(FORMATS.money.full?.(355_000)).to.equal(
      'Rp 355.000,00 (tiga ratus lima puluh lima ribu rupiah)'
    )
    expect(FORMATS.money.rupiah?.(0.5)).to.equal(null)
    expect(FORMATS.money.rupiah?.('300000')).to.equal(null)
  })

  it('says numbers in words', () => {
    const words = {
      0: 'nol',
      10: 'sepuluh',
      11: 'sebelas',
      12: 'dua belas',
      20: 'dua puluh',
      100: 'seratus',
      111: 'seratus sebelas',
      200: 'dua ratus',
      1000: 'seribu',
      1999: 'seribu sembilan ratus sembilan puluh sembilan',
      2000: 'dua ribu',
      11000: 'sebelas ribu',
      100000: 'seratus ribu',
      1000000: 'satu juta',
      2500000: 'dua juta lima ratus ribu',
      1000000000: 'satu miliar',
      1000000000001: 'satu triliun satu'
    }
    for (const [number, word] of Object.entries(words))
      expect(inWords(Number(number)), number).to.equal(word)
  })

  it('counts in legal style and in order', () => {
    expect(FORMATS.count.legal?.(60)).to.equal('60 (enam puluh)')
    expect(FORMATS.count.ordinal?.(5)).to.equal('ke-5 (kelima)')
  })

  it('spaces a civil servant number', () => {
    expect(FORMATS.nip.spaced?.('197906232000021001')).to.equal('19790623 200002 1 001')
    expect(FORMATS.nip.spaced?.('19790623 200002 1 001')).to.equal('19790623 200002 1 001')
    expect(FORMATS.nip.spaced?.('123')).to.equal(null)
  })

  it('hides all but the end of a passport number', () => {
    expect(FORMATS.passport.mask?.('L898902C3')).to.equal('*****02C3')
    expect(FORMATS.mrz.mask?.('P<UTOERIKSSON<<ANNA L898902C36UTO7408122F1204159')).to.equal(
      `P<UTOERIKSSON<<ANNA\n*****02C3${'*'.repeat(19)}`
    )
  })

  it('names countries in Indonesian', () => {
    expect(FORMATS.country.name?.('SWE')).to.equal('Swedia (SWE)')
    expect(FORMATS.country.name?.('D<<')).to.equal('Jerman (DEU)'.replace('DEU', 'D'))
    expect(FORMATS.country.name?.('UTO')).to.equal('UTO')
  })

  it('leaves out what the eye cannot see and what turns letters around', () => {
    expect(clean('AN\u202eNA\u200b MARIA\u0000\n ERIKSSON')).to.equal('AN NA MARIA ERIKSSON')
    expect(FORMATS.text.plain?.(' \u200b ')).to.equal(null)
  })

  it('adds days over the end of a year', () => {
    expect(plusDays('2015-12-03', 30)).to.equal('2016-01-02')
  })
})
