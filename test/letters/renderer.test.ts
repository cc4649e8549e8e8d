import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { prepareBrowser } from '../../jobs/letters/browser.ts'
import type { Renderer } from '../../jobs/letters/pdf.ts'
import { normalise, openRenderer } from '../../jobs/letters/pdf.ts'
import type { Sheet } from '../../jobs/letters/sheet.ts'
import { until } from '../until.ts'
import { CACHE } from './kanim.ts'
import { readPdf } from './pdf-reader.ts'

const AT = '2020-03-06T02:00:00.000Z'
const sheet = (html: string, more: Partial<Sheet> = {}): Sheet => ({
  title: 'Surat',
  foot: 'Nomor 1',
  banner: '',
  html,
  ...more
})

const PICTURE = `<img alt="Sebuah gambar" style="width: 1cm" src="data:image/svg+xml;base64,${Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'
).toString('base64')}">`

describe('renderer', function () {
  this.timeout(120_000)
  let renderer: Renderer

  before(() => {
    renderer = openRenderer({ cache: CACHE, pages: 2 })
  })
  after(() => renderer.close())

  it('prints what it is given, with its fonts, its language and its tags', async () => {
    const pdf = await renderer.print(
      sheet('<h1>Izin</h1><p>Žaneta <b>Nguyễn</b> <i>Ελλάδα</i> Привет</p>' + PICTURE, {
        title: 'Izin Tinggal',
        foot: 'Nomor "W.6" \\ é'
      })
    )
    const found = await readPdf(pdf)

    expect(found).to.include({ pages: 1, title: 'Izin Tinggal', tagged: true, language: 'id' })
    expect(found.text[0]).to.include('Žaneta Nguyễn Ελλάδα Привет')
    expect(found.text[0]).to.include('Nomor "W.6" \\ é')
    expect(found.text[0]).to.include('Halaman 1 dari 1')
    expect(found.alternatives).to.deep.equal(['Sebuah gambar'])
    expect(found.fonts.length).to.be.greaterThan(0)
    for (const { name, embedded } of found.fonts) {
      expect(embedded, name).to.equal(true)
      expect(name).to.match(/^[A-Z]{6}\+(NotoSans|OpenSans)/)
    }
  })

  it('says on each page which one it is, and shows the banner there', async () => {
    const found = await readPdf(
      await renderer.print(
        sheet('<p>Satu</p><p style="break-before: page">Dua</p>', { banner: 'SAMPEL' })
      )
    )

    expect(found.pages).to.equal(2)
    expect(found.text[1]).to.include('Halaman 2 dari 2').and.to.include('SAMPEL')
  })

  it('gives the same bytes for the same sheet, on any page and in any order', async () => {
    const [one, other] = [
      sheet('<h1>Satu</h1><table><tr><th>a</th><td>b</td></tr></table>'),
      sheet('<p>Dua</p>')
    ]
    const printed = await Promise.all(
      [one, other, one, other, other, one].map(each => renderer.print(each))
    )
    const [first, ...rest] = [0, 2, 5].map(index => normalise(printed[index]!, AT))
    const second = openRenderer({ cache: CACHE, pages: 1 })
    const elsewhere = normalise(await second.print(one), AT)
    await second.close()

    expect(Buffer.from(printed[0]!).equals(Buffer.from(printed[1]!))).to.equal(false)
    for (const each of [...rest, elsewhere])
      expect(Buffer.from(each).equals(Buffer.from(first!))).to.equal(true)
  })

  it('reaches nothing outside, whatever stands in a sheet', async () => {
    let hits = 0
    const outside = createServer((_, response) => {
      hits += 1
      response.end('outside')
    })
    outside.on('upgrade', (_, socket) => {
      hits += 1
      socket.destroy()
    })
    await new Promise<void>(resolve => outside.listen(0, '127.0.0.1', resolve))
    const { port } = outside.address() as AddressInfo

    for (const hostile of hostileSheets(`127.0.0.1:${port}`))
      await renderer.print(sheet(hostile)).catch(() => null)
    const still = await readPdf(await renderer.print(sheet('<p>Masih hidup</p>')))
    await new Promise(resolve => outside.close(resolve))

    expect(hits).to.equal(0)
    expect(still.text[0]).to.include('Masih hidup')
  })

  it('keeps printing when its browser is killed under the letters', async () => {
    await renderer.print(sheet('<p>hangat</p>'))
    const { browser } = renderer.status()
    const letters = Array.from({ length: 12 }, (_, index) =>
      renderer.print(sheet(`<p>Surat ${index}</p>`))
    )
    process.kill(browser, 'SIGKILL')

    const texts = await Promise.all(
      letters.map(async letter => (await readPdf(await letter)).text[0])
    )

    for (const [index, text] of texts.entries()) expect(text).to.include(`Surat ${index}`)
    expect(renderer.status().browser).not.to.equal(browser)
  })

  it('keeps printing when the renderer itself is killed', async () => {
    await renderer.print(sheet('<p>hangat</p>'))
    const before = renderer.status()
    const letters = Array.from({ length: 6 }, () => renderer.print(sheet('<p>Surat</p>')))
    process.kill(before.renderer, 'SIGKILL')

    expect(await Promise.all(letters)).to.have.length(6)
    expect(renderer.status().renderer).not.to.equal(before.renderer)
    await until(() => !isAlive(before.browser))
  })

  it('knows nothing of our environment', async () => {
    const environment = await readFile(`/proc/${renderer.status().renderer}/environ`, 'utf8')
    const names = environment.split('\0').map(line => line.split('=')[0])

    expect(
      names.filter(
        name =>
          ![
            'PATH',
            'HOME',
            'LANG',
            'TZ',
            'NODE_CHANNEL_FD',
            'NODE_CHANNEL_SERIALIZATION_MODE',
            ''
          ].includes(name ?? '')
      )
    ).to.deep.equal([])
  })

  it('refuses a letter that is far too long, and prints the next one', async () => {
    const error = await renderer
      .print(sheet('x'.repeat(2_000_001)))
      .catch((thrown: Error) => thrown)

    expect(error).to.be.instanceOf(Error).with.property('message').that.includes('too long')
    expect(await renderer.print(sheet('<p>pendek</p>'))).to.be.instanceOf(Uint8Array)
  })

  it('says why when the named browser cannot be started', async () => {
    const broken = openRenderer({ cache: CACHE, browser: '/nowhere/chromium', pages: 1 })
    const error = await broken.print(sheet('<p>Surat</p>')).catch((thrown: Error) => thrown)
    await broken.close()

    expect(error).to.be.instanceOf(Error).with.property('message').that.includes('ALUR_BROWSER')
  })
})

describe('bundled browser', function () {
  this.timeout(120_000)

  it('is unpacked once by several at the same time, and again when it is not whole', async () => {
    const cache = await mkdtemp(join(tmpdir(), 'alur-browser-'))
    const [one, other] = await Promise.all([
      prepareBrowser(cache, null),
      prepareBrowser(cache, null)
    ])
    expect(one).to.deep.equal(other)
    expect((await readdir(cache)).filter(name => name.endsWith('.part'))).to.deep.equal([])

    await writeFile(one.executable, 'not a browser')
    await prepareBrowser(cache, null)
    expect((await readFile(one.executable)).length).to.be.greaterThan(1_000_000)
    await rm(cache, { recursive: true })
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Every way that a page is known to have of asking for something outside. */
function hostileSheets(host: string): readonly string[] {
  const url = `http://${host}`
  return [
    `<img src="${url}/img"><img srcset="${url}/srcset 2x"><picture><source srcset="${url}/source"></picture>`,
    `<link rel="stylesheet" href="${url}/css"><link rel="prefetch" href="${url}/prefetch"><link rel="preconnect" href="${url}"><link rel="dns-prefetch" href="${url}"><link rel="icon" href="${url}/icon">`,
    `<style>@import url("${url}/import"); @font-face { font-family: x; src: url("${url}/font") } body { font-family: x; background: url("${url}/background") } p::before { content: url("${url}/content") }</style><p>x`,
    `<script>fetch("${url}/fetch"); new WebSocket("ws://${host}/ws")</script><img src=x onerror="fetch('${url}/onerror')">`,
    `<iframe src="${url}/frame"></iframe><iframe srcdoc="<img src=${url}/srcdoc>"></iframe><object data="${url}/object"></object><embed src="${url}/embed">`,
    `<video src="${url}/video" poster="${url}/poster"></video><audio src="${url}/audio"></audio><track src="${url}/track">`,
    `<svg><image href="${url}/svg"/><use href="${url}/use#a"/><script>fetch("${url}/svgscript")</script></svg>`,
    `<base href="${url}/"><img src="based">`,
    `<form action="${url}/form"><button autofocus></button></form><a href="${url}/ping" ping="${url}/ping">x</a>`,
    `<meta http-equiv="refresh" content="0;url=${url}/refresh"><p>${'x '.repeat(5000)}</p>`,
    '<img src="file:///etc/passwd"><iframe src="file:///etc/passwd"></iframe>'
  ]
}
