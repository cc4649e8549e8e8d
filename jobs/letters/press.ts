import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Page } from 'puppeteer'
import puppeteer from 'puppeteer'
import type { BrowserFiles } from './browser.ts'
import { browserArguments } from './browser.ts'
import type { Sheet } from './sheet.ts'

export interface PressOptions {
  readonly files: BrowserFiles
  /** A folder for the browser's profile. */
  readonly profiles: string
  /** The document that stays in each page; only its body is exchanged. */
  readonly resident: string
  readonly pages: number
  readonly sandbox: boolean
  /** Told each time that a browser has started. */
  readonly started: (pid: number, version: string) => void
}

/** For one letter, from an empty page to the bytes. */
const RENDER_MS = 10_000
/** For a call that only opens or closes something. */
const CALL_MS = 5_000
const LAUNCH_MS = 30_000
const PAGE_JOBS = 200
const BROWSER_JOBS = 2_000
const MOST_BYTES = 2_000_000
const MOST_PAGES = 50
const LONGEST_PAUSE_MS = 10_000

interface Resident {
  readonly page: Page
  readonly browser: Browser
  jobs: number
}

/**
 * One browser with a few resident pages, each of which prints one letter at a time.
 *
 * A page that failed in any way is thrown away; a browser that died is started again, with growing
 * pauses when it does not come up.
 */
export class Press {
  readonly #options: PressOptions
  #browser: Promise<Browser> | null = null
  #jobs = 0
  #failures = 0
  #closed = false
  readonly #idle: Resident[] = []

  constructor(options: PressOptions) {
    this.#options = options
  }

  /** Prints one sheet. The caller keeps to as many at once as there are pages. */
  async print(sheet: Sheet): Promise<Uint8Array> {
    if (sheet.html.length > MOST_BYTES) {
      throw new Error(`a letter of ${sheet.html.length} characters is too long to be printed`)
    }
    const resident = await this.#take()
    try {
      const pdf = await within(RENDER_MS, 'printing a letter', printOn(resident.page, sheet))
      check(pdf)
      await this.#giveBack(resident)
      return pdf
    } catch (error) {
      await this.#discard(resident)
      throw error
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#retire()
    await rm(this.#profile, { recursive: true, force: true })
  }

  // pages ////////////////////////////////////////////////////////////////////

  async #take(): Promise<Resident> {
    for (;;) {
      const resident = this.#idle.pop()
      if (resident === undefined) break
      if (resident.browser.connected) return resident
    }
    const browser = await this.#running()
    const page = await within(CALL_MS, 'opening a page', browser.newPage())
    await within(CALL_MS, 'preparing a page', this.#prepare(page))
    return { page, browser, jobs: 0 }
  }

  async #prepare(page: Page): Promise<void> {
    await page.setJavaScriptEnabled(false)
    await page.setOfflineMode(true)
    await page.setContent(this.#options.resident, { waitUntil: 'load', timeout: CALL_MS })
  }

  async #giveBack(resident: Resident): Promise<void> {
    resident.jobs += 1
    this.#jobs += 1
    if (this.#jobs >= BROWSER_JOBS && this.#idle.length === this.#options.pages - 1) {
      this.#idle.push(resident)
      return this.#retire()
    }
    if (resident.jobs >= PAGE_JOBS) return this.#discard(resident)
    this.#idle.push(resident)
  }

  async #discard({ page, browser }: Resident): Promise<void> {
    try {
      await within(CALL_MS, 'closing a page', page.close())
    } catch {
      // a page that cannot be closed belongs to a browser that cannot be trusted
      browser.process()?.kill('SIGKILL')
    }
  }

  // browser //////////////////////////////////////////////////////////////////

  async #running(): Promise<Browser> {
    this.#browser ??= this.#launch()
    const launch = this.#browser
    try {
      const browser = await launch
      if (browser.connected) return browser
    } catch (error) {
      if (this.#browser === launch) this.#browser = null
      throw error
    }
    if (this.#browser === launch) this.#browser = null
    return this.#running()
  }

  async #launch(): Promise<Browser> {
    if (this.#closed) throw new Error('the renderer is closed')
    if (this.#failures > 0) {
      await pause(Math.min(250 * 2 ** (this.#failures - 1), LONGEST_PAUSE_MS))
    }
    const { files, sandbox } = this.#options
    try {
      const browser = await puppeteer.launch({
        executablePath: files.executable,
        args: [...browserArguments(sandbox)],
        env: { ...process.env, ...files.environment },
        headless: 'shell',
        pipe: true,
        userDataDir: this.#profile,
        protocolTimeout: RENDER_MS + CALL_MS,
        timeout: LAUNCH_MS,
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false
      })
      this.#failures = 0
      this.#jobs = 0
      this.#options.started(browser.process()?.pid ?? 0, await browser.version())
      return browser
    } catch (error) {
      this.#failures += 1
      throw error
    }
  }

  async #retire(): Promise<void> {
    const launch = this.#browser
    this.#browser = null
    this.#idle.length = 0
    if (launch === null) return
    const browser = await launch.catch(() => null)
    if (browser === null) return
    try {
      await within(CALL_MS, 'closing the browser', browser.close())
    } catch {
      browser.process()?.kill('SIGKILL')
    }
  }

  get #profile(): string {
    return join(this.#options.profiles, String(process.pid))
  }
}

/** Removes what browsers of processes that are gone have left. */
export async function sweepProfiles(profiles: string): Promise<void> {
  for (const name of await readdir(profiles).catch(() => [])) {
    if (!isAlive(Number(name))) await rm(join(profiles, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function printOn(page: Page, sheet: Sheet): Promise<Uint8Array> {
  await page.evaluate(
    async (title, html, foot, banner) => {
      document.title = title
      document.documentElement.style.setProperty('--foot', foot)
      document.documentElement.style.setProperty('--banner', banner)
      document.body.innerHTML = html
      await Promise.all(Array.from(document.images, image => image.decode().catch(() => null)))
    },
    sheet.title,
    sheet.html,
    cssText(sheet.foot),
    sheet.banner === '' ? 'none' : cssText(sheet.banner)
  )
  const pdf = await page.pdf({
    preferCSSPageSize: true,
    printBackground: true,
    tagged: true,
    timeout: RENDER_MS
  })
  if (page.url() !== 'about:blank' || (await page.title()) !== sheet.title) {
    throw new Error(`the page went away from its letter to <${page.url()}>`)
  }
  return pdf
}

/** A text as a CSS string. */
function cssText(text: string): string {
  const escaped = [...text].map(character =>
    /[\w .,:/()–-]/.test(character) ? character : `\\${character.codePointAt(0)?.toString(16)} `
  )
  return `"${escaped.join('')}"`
}

function check(pdf: Uint8Array): void {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1')
  if (!text.startsWith('%PDF-') || !text.trimEnd().endsWith('%%EOF')) {
    throw new Error('the browser gave something that is not a PDF')
  }
  const pages = text.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0
  if (pages < 1 || pages > MOST_PAGES)
    throw new Error(`expected 1 to ${MOST_PAGES} pages, found ${pages}`)
}

/** Waits for a promise no longer than this. */
async function within<Result>(ms: number, what: string, promise: Promise<Result>): Promise<Result> {
  const stop = new AbortController()
  promise.catch(() => {})
  try {
    return await Promise.race([
      promise,
      pause(ms, undefined, { signal: stop.signal }).then(() => {
        throw new Error(`${what} took longer than ${ms} ms`)
      })
    ])
  } finally {
    stop.abort()
  }
}
