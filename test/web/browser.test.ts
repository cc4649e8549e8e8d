import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import express from 'express'
import puppeteer, { type Browser, type Page } from 'puppeteer'
import { secureHeaders } from '../../api/headers.ts'
import { prepareBrowser } from '../../jobs/letters/browser.ts'
import { openSealer, type Sealer } from '../../jobs/letters/seal.ts'
import { buildWeb, readAssets } from '../../web/build.ts'
import { TaskList } from '../../web/pages/tasks.tsx'
import { renderPage, renderPart } from '../../web/render.ts'
import { until } from '../until.ts'
import { gallery } from './gallery.tsx'
import { frame, letter, tasks } from './samples.ts'

const AXE = await readFile('node_modules/axe-core/axe.min.js', 'utf8')
const CACHE = new URL('../../.cache', import.meta.url).pathname
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

declare const axe: {
  run(
    context: Document,
    options: object
  ): Promise<{
    readonly violations: readonly {
      readonly id: string
      readonly nodes: readonly { readonly html: string }[]
    }[]
  }>
}

describe('pages in a browser', function () {
  this.timeout(120_000)
  let folder: string
  let server: Server
  let browser: Browser
  let sealer: Sealer
  let url: string
  let page: Page
  let complaints: string[]
  /** What the task list has become since the page was loaded. */
  let changed: string | null = null

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alur-browser-'))
    await buildWeb(join(folder, 'web'))
    sealer = await openSealer(join(folder, 'keys'))
    const names = await readAssets(join(folder, 'web'))
    server = serve(
      gallery('Eleanor Whitcombe-Hargreaves', { ...frame, asset: name => `/assets/${names[name]}` })
    )
    await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const { executable, environment } = await prepareBrowser(CACHE, null)
    browser = await puppeteer.launch({
      executablePath: executable,
      env: { ...process.env, ...environment },
      headless: 'shell',
      pipe: true,
      userDataDir: join(folder, 'profile'),
      args:
        process.getuid?.() === 0
          ? ['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage']
          : ['--disable-gpu']
    })
  })
  after(async () => {
    await browser?.close()
    server?.closeAllConnections()
    server?.close()
    await rm(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    page = await browser.newPage()
    complaints = []
    page.on('console', message => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', error => complaints.push(String(error)))
  })
  afterEach(() => page.close())

  /** The pages as the server would answer them, with its headers. */
  function serve(pages: ReturnType<typeof gallery>): Server {
    const app = express()
    app.use(secureHeaders)
    app.use('/assets', express.static(join(folder, 'web')))
    app.get('/.well-known/alur-keys.json', (_request, response) => {
      response.json(sealer.publicKeys())
    })
    app.get('/api/processes/:process/versions/:version/diagram', async (_request, response) => {
      response.type('application/xml').send(await readFile('processes/national/itk-extension.bpmn'))
    })
    app.get('/letters/:letter/letter.pdf', (_request, response) => {
      response.removeHeader('x-frame-options')
      response.set('content-security-policy', "frame-ancestors 'self'").send('a letter')
    })
    app.get('/tasks', (_request, response) => {
      if (changed === null) return response.status(304).end()
      response.type('html').send(changed)
    })
    app.get('/pages/:name', ({ params: { name } }, response) => {
      if (name === 'letter')
        response.set(
          'content-security-policy',
          `${response.get('content-security-policy')}; frame-src 'self'`
        )
      response.type('html').send(renderPage(pages[name]!))
    })
    return app.listen(0, '127.0.0.1')
  }

  for (const name of Object.keys(gallery(''))) {
    it(`shows ${name} without a violation, a complaint or a sideways scroll`, async () => {
      await page.setViewport({ width: 1280, height: 900 })
      await page.goto(`${url}/pages/${name}`, { waitUntil: 'networkidle0' })
      await page.evaluate(AXE)
      const { violations } = await page.evaluate(tags => axe.run(document, { runOnly: tags }), TAGS)
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).to.deep.equal([])

      await page.setViewport({ width: 320, height: 640 })
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(beyond).to.be.at.most(0)
      expect(complaints).to.deep.equal([])
    })
  }

  it('shows the whole diagram with the position, and names the picture', async () => {
    await page.setViewport({ width: 1280, height: 900 })
    await page.goto(`${url}/pages/task`, { waitUntil: 'networkidle0' })
    await page.waitForSelector('.djs-element.here')
    const shown = await page.evaluate(() => {
      const frame = document.querySelector('.diagram')!.getBoundingClientRect()
      const picture = document.querySelector('.djs-container > svg')!
      const drawn = document.querySelector('.djs-container .viewport')!.getBoundingClientRect()
      return {
        role: picture.getAttribute('role'),
        label: picture.getAttribute('aria-label'),
        badges: [...document.querySelectorAll('.diagram-badge')].map(each => each.textContent),
        whole:
          drawn.left >= frame.left && drawn.right <= frame.right && drawn.bottom <= frame.bottom
      }
    })
    expect(shown.role).to.equal('img')
    expect(shown.label).to.contain('Putuskan permohonan')
    expect(shown.badges).to.have.members(['✓ 2', '✓', '▶ di sini'])
    expect(shown.whole).to.equal(true)
  })

  it('brings the reader to the problems, and each problem to its control', async () => {
    await page.goto(`${url}/pages/start-problems`)
    await until(async () => (await focused()) === 'error-summary')
    await page.click('a[href="#f/permit/extension"]')
    await until(async () => (await focused()) === 'f/permit/extension')
  })
  const focused = () => page.evaluate(() => document.activeElement?.id)

  it('shows the task list anew when it has changed, and says so', async () => {
    const filter = { role: '', due: '', process: '', text: '', queue: '' as const }
    const counts = { '': 1, mine: 0, free: 1, overdue: 0, later: 0, unit: null }
    changed = renderPart(TaskList({ frame, tasks: tasks.slice(0, 1), filter, counts, more: false }))
    await page.goto(`${url}/pages/tasks`)
    const text = (id: string) => page.$eval(id, element => element.textContent ?? '')
    await until(async () => (await text('#task-status')) !== '')
    changed = null
    expect(await text('#task-status')).to.contain('Task list updated')
    expect(await text('#task-list'))
      .to.contain(tasks[0]!.number)
      .and.to.not.contain(tasks[1]!.number)
  })

  it('sends a form once', async () => {
    await page.goto(`${url}/pages/task`)
    const sent = await page.evaluate(() => {
      const form = document.querySelector<HTMLFormElement>('form[data-island="form"]')!
      let count = 0
      form.addEventListener('submit', event => {
        if (!event.defaultPrevented) count++
        event.preventDefault()
      })
      form.requestSubmit()
      form.requestSubmit()
      return count
    })
    expect(sent).to.equal(1)
  })

  // verification ////////////////////////////////////////////////////////////////

  const sealOf = (id: string) =>
    sealer.seal({
      issuer: 'Kantor Imigrasi Kelas II Tanjung Uban',
      office: 'kanim-tju',
      id,
      kind: 'itk-permit',
      number: letter.number,
      date: letter.date,
      name: 'Eleanor Whitcombe-Hargreaves',
      passport: '4871',
      nationality: 'GBR',
      from: null,
      until: '2016-01-14',
      digest: '00112233445566778899aabbccddeeff',
      sample: true
    })
  const verified = async (seal: string) => {
    await page.goto(`${url}/pages/verify#${seal}`, { waitUntil: 'networkidle0' })
    const text = (part: string) =>
      page.$eval(
        `[data-part="${part}"]`,
        element => element.textContent?.replace(/\s+/g, ' ') ?? ''
      )
    await until(async () => !(await text('seal')).includes('Bila halaman dibuka'))
    return { seal: await text('seal'), verdict: await text('verdict') }
  }

  it('opens a genuine seal on this device and shows what it vouches for', async () => {
    const { seal, verdict } = await verified(sealOf(letter.id))
    expect(seal)
      .to.contain('Segel asli')
      .and.to.contain('14 Januari 2016')
      .and.to.contain('Visit stay permit')
    expect(verdict).to.contain('terdaftar dan berlaku')
  })

  it('says that a changed seal is forged, whatever the register says', async () => {
    const bytes = Buffer.from(sealOf(letter.id), 'base64url')
    bytes[90] = bytes[90]! ^ 1
    const { seal, verdict } = await verified(bytes.toString('base64url'))
    expect(seal).to.contain('Segel salah')
    expect(verdict).to.contain('Tanda tangan elektronik pada kode QR salah')
  })

  it('says that a seal belongs to another letter', async () => {
    const { seal, verdict } = await verified(sealOf('ANOTHERLETTER000'))
    expect(seal).to.contain('Segel ini milik surat lain')
    expect(verdict).to.contain('Tanda tangan elektronik pada kode QR salah')
  })

  it('compares a chosen file without sending it', async () => {
    await page.goto(`${url}/pages/verify`, { waitUntil: 'networkidle0' })
    const asked: string[] = []
    page.on('request', request => asked.push(request.url()))
    const input = (await page.$('#pdf'))!
    await (input as import('puppeteer').ElementHandle<HTMLInputElement>).uploadFile('package.json')
    await until(() =>
      page.$eval(
        '#pdf-result',
        element => element.textContent?.includes('bukan berkas yang diterbitkan') ?? false
      )
    )
    expect(asked).to.deep.equal([])
    const verdict = () =>
      page.$eval('[data-part="verdict"]', ({ className, textContent }) => ({
        className,
        textContent
      }))
    expect((await verdict()).className).to.contain('verdict-changed')
    expect((await verdict()).textContent).to.contain('Berkas PDF ini bukan yang diterbitkan')
  })
})
