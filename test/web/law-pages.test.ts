import { expect } from 'chai'
import { renderPage } from '../../web/render.ts'
import { textOf } from './html.ts'
import { lawGallery } from './law-gallery.tsx'
import { frame } from './samples.ts'

const html = (name: string) => renderPage(lawGallery('Muara Enim', frame)[name]!)
const text = (name: string) => textOf(html(name))

describe('pages of local law', () => {
  it('tell a value with its unit, its level as a word, and what is suspended and why', () => {
    expect(text('rules'))
      .to.contain('3 hari kerja 3 working days')
      .and.to.contain('Rp 300.000')
      .and.to.contain('Kantor Office')
      .and.to.contain('Ditangguhkan Suspended : terkunci oleh pusat locked by the nation')
      .and.to.contain('Belum ada nilai yang berlaku Nothing holds yet')
  })

  it('offer a change only to those who edit the law of that unit', () => {
    expect(html('rules')).to.contain('href="/changes/new?key=itk.service.days"')
    expect(html('rules')).to.not.contain('/changes/new?key=overstay.perDay')
  })

  it('tell conditions in words, a column for each fact, with exceptions and replaced outcomes', () => {
    expect(text('rule-table'))
      .to.contain('1 sampai 2 1 to 2')
      .and.to.contain('Visa kunjungan atau Visa kunjungan saat kedatangan')
      .and.to.contain('pengecualian dari no. 2 exception to no. 2')
    expect(html('rule-table')).to.match(/<del>.*Kepala Divisi \(Kanwil\).*<\/del>/s)
  })

  it('tell the same of a timeline by shape and in tables', () => {
    const page = html('rule-timeline')
    for (const kind of ['applied', 'future', 'suspended', 'withdrawn', 'missing']) {
      expect(page, kind).to.contain(`bar bar-${kind}`)
    }
    expect(text('rule-timeline'))
      .to.contain('1 Januari 2015 – 31 Mei 2016')
      .and.to.contain('ditarik withdrawn')
      .and.to.contain('paling banyak 4 menurut tingkat di atasnya, tertulis 6')
  })

  it('show the bound in words and the room that is left beside the control of a value', () => {
    expect(text('change-value'))
      .to.contain('tidak lebih dari tingkat di atasnya (4 hari kerja)')
      .and.to.contain('boleh 1 sampai 4 hari kerja; sekarang 4 hari kerja')
  })

  it('keep what was typed and lead each problem to its control', () => {
    const page = html('change-problems')
    expect(page).to.match(/name="\/value"[^>]*value="empat"/)
    expect(page).to.contain('href="#f/own/title"')
    expect(page).to.match(/id="f\/own\/title"[^>]*aria-invalid/)
  })

  it('put the problems of an edit beside it', () => {
    expect(html('change')).to.match(/id="edit-1".*Too long.*id="edit-2"/s)
  })

  it('carry the hashes that the checker has read, and offer no approval to a maker', () => {
    expect(html('change')).to.match(/name="\/contentHash" value="(c0ffee)+"/)
    expect(html('change')).to.match(/name="\/impactHash" value="(abc123)+"/)
    expect(html('change-own')).to.not.contain('/contentHash')
    expect(text('change-own')).to.contain('You had a hand in writing this change')
  })

  it('say every chart in a table too', () => {
    expect(text('impact'))
      .to.contain('Rp 482.000.000')
      .and.to.contain('− Rp 16.500.000')
      .and.to.contain('minggu 40, 2015 31 22')
    expect(html('impact').match(/<svg class="chart/g)).to.have.length(4)
    expect(html('impact').match(/role="img" aria-label="[^"]+"/g)).to.have.length(4)
  })

  it('tell how far a measurement is, with a link that asks again', () => {
    expect(html('impact-running')).to.match(/<a href="[^"]*\/impact">.*Renew now/)
    expect(html('impact-running')).to.contain(
      '<noscript><meta http-equiv="refresh" content="3"/></noscript>'
    )
    expect(html('impact-running')).to.match(/<progress[^>]* value="400" max="1482"/)
    expect(text('impact-running')).to.contain('400 dari 1.482 keputusan')
  })

  it('tell every deviation to anyone, with its basis, level, bound and state', () => {
    expect(html('register')).to.not.contain('/timeline?')
    expect(text('register'))
      .to.contain('3 hari kerja sejak pembayaran')
      .and.to.contain('Ditangguhkan Suspended')
      .and.to.contain('batas bound : Hari: 1 sampai 30')
      .and.to.contain('Contoh Sample')
  })
})
