import { expect } from 'chai'
import { History } from '../../web/parts/history.tsx'
import { renderPage, renderPart } from '../../web/render.ts'
import { gallery } from './gallery.tsx'
import { tags, textOf } from './html.ts'
import { frame, HOSTILE } from './samples.ts'

const PAGES = Object.entries(gallery('Eleanor Whitcombe-Hargreaves')).map(
  ([name, page]) => [name, renderPage(page)] as const
)

for (const [name, html] of PAGES) {
  describe(`page: ${name}`, () => {
    it('names its language and itself, and has one heading and one main part', () => {
      expect(html).to.match(/^<!doctype html><html lang="id">/)
      expect(html).to.match(/<title>[^<]+ – Alur<\/title>/)
      expect(tags(html, 'h1')).to.have.length(1)
      expect(tags(html, 'main')).to.have.length(1)
    })

    it('says everything in English too', () => {
      const alone = [
        ...html.matchAll(/<span class="t(?: t-block)?"><span>([^<]*)<\/span><\/span>/g)
      ]
      expect(alone.map(([, text]) => text)).to.deep.equal([])
      const english = [...html.matchAll(/<span class="en" lang="en">([^<]*)<\/span>/g)]
      expect(english).to.not.be.empty
      expect(english.filter(([, text]) => text?.trim() === '')).to.be.empty
    })

    it('labels every control, and uses no id twice', () => {
      const ids = tags(html).flatMap(({ attributes }) =>
        attributes.id === undefined ? [] : [attributes.id]
      )
      expect(new Set(ids).size).to.equal(ids.length)
      const labelled = new Set(tags(html, 'label').map(({ attributes }) => attributes.for))
      const controls = tags(html, 'input', 'select', 'textarea').filter(
        ({ attributes }) => attributes.type !== 'hidden'
      )
      for (const { attributes } of controls) {
        expect(labelled.has(attributes.id), `a label for ${attributes.name}`).to.equal(true)
      }
    })

    it('refers only to ids that are there', () => {
      const ids = new Set(tags(html).map(({ attributes }) => attributes.id))
      for (const { attributes } of tags(html)) {
        const described = (attributes['aria-describedby'] ?? '').split(' ')
        const labelled = (attributes['aria-labelledby'] ?? '').split(' ')
        const target = attributes.href?.startsWith('#') ? [attributes.href.slice(1)] : []
        for (const id of [...described, ...labelled, ...target]) {
          if (id !== '') expect(ids.has(id), id).to.equal(true)
        }
      }
    })

    it('holds no script, style or handler of its own', () => {
      expect(tags(html, 'script').filter(({ attributes }) => attributes.src === undefined)).to.be
        .empty
      expect(tags(html, 'style')).to.be.empty
      const loose = tags(html).flatMap(({ attributes }) => Object.keys(attributes))
      expect(loose.filter(key => key === 'style' || /^on/.test(key))).to.be.empty
    })

    it('sends the token of the session with every form that changes something', () => {
      const forms = [
        ...html.matchAll(/<form\b[^>]*method="post"[^>]*action="([^"]*)".*?<\/form>/gs)
      ]
      for (const [form, action] of forms) {
        if (action !== '/sign-in') expect(form, action).to.contain('name="_csrf" value="c5rf"')
      }
    })

    it('tells the time it goes by when the clock is set', () => {
      expect(textOf(html))
        .to.contain('Jam disetel')
        .and.to.contain('3 Desember 2015 pukul 09.15 WIB')
      expect(textOf(html)).to.contain('Peragaan')
    })
  })
}

describe('pages', () => {
  it('show what people wrote as text, whatever it is', () => {
    for (const [name, page] of Object.entries(gallery(HOSTILE))) {
      const html = renderPage(page)
      expect(html, name).to.not.contain('<img src=x')
      expect(
        tags(html).filter(({ attributes }) => 'onerror' in attributes),
        name
      ).to.be.empty
    }
    expect(renderPage(gallery(HOSTILE).case!)).to.contain('&lt;img src=x onerror=')
  })

  it('keep the words after a name in their own direction', () => {
    const turned = 'Ani\u202eina'
    const pages = gallery(turned)
    for (const name of ['case', 'task', 'incidents', 'mail']) {
      const html = renderPage(pages[name]!)
      const loose = html.replace(
        /<(bdi|span|code|div|td|dd|p|title|h1|option|button|textarea)\b[^>]*>[^<]*/g,
        ''
      )
      expect(loose.replace(/="[^"]*"/g, ''), name).to.not.contain(turned)
      expect(html, name).to.match(/<bdi>[^<]*\u202e/)
    }
  })

  it('tell moments by the clock of the office and choices in the words of the forms', () => {
    const text = textOf(renderPage(gallery('A').case!))
    expect(text).to.contain('10 Desember 2015 pukul 10.00 WIB').and.to.contain('Loket Counter')
    expect(text).to.not.match(/\d{4}-\d{2}-\d{2}T/)
  })

  it('say nothing of a clock or a demo when there is none', () => {
    const real = {
      ...frame,
      demo: false,
      clock: { now: frame.clock.now, isSet: false, settable: false }
    }
    const html = renderPage(gallery('A', real).tasks!)
    expect(html).to.not.contain('banner')
  })

  it('say the state of a deadline in words and by a sign', () => {
    const html = renderPage(gallery('A').tasks!)
    for (const words of [
      'Terlambat',
      'Hari ini',
      'Mendekati tenggat',
      'Tepat waktu',
      'Tanpa tenggat'
    ]) {
      expect(html).to.match(
        new RegExp(`class="badge due-[a-z-]+"><svg[^>]*>.*?</svg><span class="t"><span>${words}`)
      )
    }
    expect(textOf(html))
      .to.contain('lewat 2 hari 2 days late')
      .and.to.contain('8 hari lagi in 8 days')
  })

  it('put a task in the order in which an officer works', () => {
    const html = renderPage(gallery('A').task!)
    const places = ['id="what"', 'id="form"', 'id="why"', 'id="where"', 'id="history"'].map(id =>
      html.indexOf(id)
    )
    expect(places).to.deep.equal(places.toSorted((a, b) => a - b))
    expect(places[0]).to.be.greaterThan(0)
  })

  it('tell the position in words beside the diagram', () => {
    const html = renderPage(gallery('A').task!)
    expect(html).to.contain('data-current="Decide_Application"')
    expect(html).to.match(
      /<li class="current" aria-current="step">.*?Putuskan permohonan.*?di sini/s
    )
    expect(textOf(html)).to.contain('selesai done ×2')
  })

  it('show why a row fitted, why an earlier one did not, and what the nation says', () => {
    const text = textOf(renderPage(gallery('A').case!))
    expect(text)
      .to.contain('local-row : tidak cocok does not fit')
      .and.to.contain('legacy-office-head : cocok fits')
    expect(text).to.contain(
      'Aturan nasional National rule : Penyetuju Approver kadiv permenkumham-27-2014, Ps 30'
    )
    expect(text).to.contain('PP 31/2013 Ps 136(2)')
  })

  it('link every problem to its control and keep what was typed', () => {
    const html = renderPage(gallery('X9')['start-problems']!)
    const links = [...html.matchAll(/<li><a href="(#[^"]*)">(.*?)<\/a><\/li>/g)].map(
      ([, href, text]) => `${href} ${textOf(text ?? '').trim()}`
    )
    expect(links).to.deep.equal([
      '#f/applicant/name Nama lengkap: Wajib diisi Full name: Required',
      '#f/applicant/passportExpiry Paspor berlaku sampai: Paspor sudah kedaluwarsa Passport valid until: The passport has expired',
      '#f/applicant/mrz/line2 Baris 2: Angka pemeriksa salah Line 2: Wrong check digit',
      '#f/documents Dokumen: Belum ada: Paspor asli Documents: Missing: The passport',
      '#f/permit/extension Perpanjangan ke: Harus bilangan bulat Extension no.: Expected a whole number'
    ])
    expect(html).to.match(/name="\/applicant\/passportNumber"[^>]*value="X9"/)
    expect(html).to.match(/name="\/permit\/extension"[^>]*value="dua"/)
    expect(html).to.match(/value="FORM"[^>]*checked/)
    expect(html).to.match(/<title>Galat · Error: /)
  })
})

describe('history', () => {
  const line = (at: string, by: string) => ({
    at,
    by,
    kind: 'task' as const,
    element: null,
    text: { id: 'Selesai', en: 'Done' }
  })
  const days = (html: string) => [...html.matchAll(/<h3>([^<]*)<\/h3>/g)].map(([, day]) => day)

  it('tells the newest first, by the day of the office', () => {
    const lines = [
      line('2015-12-01T16:59:00.000Z', 'Ani'),
      line('2015-12-01T17:01:00.000Z', 'Budi')
    ]
    const html = renderPart(History({ lines, zone: 'Asia/Jakarta' }))
    expect(days(html)).to.deep.equal(['2 Desember 2015', '1 Desember 2015'])
    expect(html.indexOf('Budi')).to.be.lessThan(html.indexOf('Ani'))
    expect(textOf(html)).to.contain('00.01 WIB – Budi')
  })

  it('keeps the order in which things happened when the clock was set back', () => {
    const lines = [
      line('2016-01-05T02:00:00.000Z', 'Ani'),
      line('2015-12-01T02:00:00.000Z', 'Budi')
    ]
    expect(days(renderPart(History({ lines, zone: 'Asia/Jakarta' })))).to.deep.equal([
      '1 Desember 2015',
      '5 Januari 2016'
    ])
  })
})
