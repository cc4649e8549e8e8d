import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Instant } from '../../engine/state.ts'
import type { FromRenderer, RendererStart, ToRenderer } from './renderer.ts'
import type { Sheet } from './sheet.ts'

export interface RendererOptions {
  /** Where the browser is unpacked; private to the user who runs it. */
  readonly cache: string
  /** A Chromium of the machine; null: the one in the npm package. */
  readonly browser?: string | null
  /** Letters printed at once; as many as cores when not given. */
  readonly pages?: number
  /** Told what an operator should know, in one line. */
  readonly report?: (line: string) => void
}

/** Turns sheets into PDFs, in a process of its own. */
export interface Renderer {
  /** @throws Error when the letter could not be printed in time; it may be tried again */
  print(sheet: Sheet): Promise<Uint8Array>
  /** The processes that are running now; 0 where none is. */
  status(): { readonly renderer: number; readonly browser: number; readonly version: string }
  close(): Promise<void>
}

/** From asking to bytes, waiting included; a first start that unpacks the browser fits in. */
const DEADLINE_MS = 90_000
const MOST_WAITING = 500
const LONGEST_PAUSE_MS = 10_000

interface Request {
  readonly sheet: Sheet
  readonly resolve: (pdf: Uint8Array) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
  attempts: number
}

/** Starts the renderer when the first letter is printed, and again whenever it has gone. */
export function openRenderer(options: RendererOptions): Renderer {
  const sandbox = process.getuid?.() !== 0
  const report = options.report ?? (() => {})
  const start: RendererStart = {
    cache: resolve(options.cache),
    browser: options.browser ?? null,
    pages: options.pages ?? Math.max(1, availableParallelism()),
    sandbox
  }
  const requests = new Map<number, Request>()
  let child: ChildProcess | null = null
  let browser = { pid: 0, version: '' }
  let counter = 0
  let deaths = 0
  let closed = false

  function running(): ChildProcess {
    if (child !== null) return child
    if (!sandbox)
      report('letters: the browser runs without its sandbox, because this process runs as root')
    const started = fork(
      fileURLToPath(new URL('./renderer.ts', import.meta.url)),
      [JSON.stringify(start)],
      {
        execArgv: ['--import', loader()],
        env: environment(start.cache),
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'inherit', 'ipc']
      }
    )
    started.on('message', (message: FromRenderer) => receive(message))
    started.on('error', () => {})
    started.once('exit', () => gone(started))
    child = started
    return started
  }

  function receive(message: FromRenderer): void {
    if (message.type === 'browser') {
      browser = { pid: message.pid, version: message.version }
      return
    }
    const request = requests.get(message.id)
    if (request === undefined) return
    settle(message.id, request)
    deaths = 0
    if (message.type === 'printed') request.resolve(message.pdf)
    else request.reject(new Error(message.message))
  }

  function gone(which: ChildProcess): void {
    if (child !== which) return
    child = null
    browser = { pid: 0, version: '' }
    deaths += 1
    for (const [id, request] of requests) {
      if (closed || request.attempts >= 3) {
        settle(id, request)
        request.reject(new Error('the renderer has died under the letter'))
      }
    }
    if (requests.size > 0) void again()
  }

  /** Asks a new renderer for everything that the old one has left. */
  async function again(): Promise<void> {
    await pause(Math.min(100 * 2 ** (deaths - 1), LONGEST_PAUSE_MS))
    if (closed || child !== null) return
    for (const [id, request] of requests) ask(id, request)
  }

  function ask(id: number, request: Request): void {
    request.attempts += 1
    running().send({ id, sheet: request.sheet } satisfies ToRenderer, () => {})
  }

  function settle(id: number, request: Request): void {
    clearTimeout(request.timer)
    requests.delete(id)
  }

  return {
    print(sheet) {
      if (closed) return Promise.reject(new Error('the renderer is closed'))
      if (requests.size >= MOST_WAITING) {
        return Promise.reject(
          new Error(`${MOST_WAITING} letters are waiting to be printed already`)
        )
      }
      return new Promise<Uint8Array>((resolve, reject) => {
        counter += 1
        const id = counter
        const timer = setTimeout(() => {
          requests.delete(id)
          reject(new Error(`printing a letter took longer than ${DEADLINE_MS} ms`))
        }, DEADLINE_MS)
        const request: Request = { sheet, resolve, reject, timer, attempts: 0 }
        requests.set(id, request)
        // while a renderer has just died, `again` asks for this one too
        if (child !== null || deaths === 0) ask(id, request)
        else if (requests.size === 1) void again()
      })
    },
    status: () => ({ renderer: child?.pid ?? 0, browser: browser.pid, version: browser.version }),
    async close() {
      closed = true
      const last = child
      if (last === null || last.exitCode !== null) return
      const ended = new Promise<void>(resolve => last.once('exit', () => resolve()))
      last.disconnect()
      const patience = setTimeout(() => last.kill('SIGKILL'), 8_000)
      await ended
      clearTimeout(patience)
    }
  }
}

/** What lets the renderer be TypeScript too. */
function loader(): string {
  const manifest = createRequire(import.meta.url).resolve('tsx/package.json')
  return pathToFileURL(join(dirname(manifest), 'dist', 'loader.mjs')).href
}

/** Nothing of our own environment but what a program needs to start. */
function environment(cache: string): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: join(cache, 'home'), LANG: 'C.UTF-8', TZ: 'UTC' }
}

/**
 * Takes out of a PDF what differs from one printing to the next: its dates, and the names that the
 * browser numbers through all the letters of a page. Lengths stay, so that every offset holds.
 */
export function normalise(pdf: Uint8Array, at: Instant): Uint8Array {
  const stamp = `D:${at.replace(/\D/g, '').slice(0, 14)}+00'00'`
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1')
  const names = [...new Set(text.match(/\bnode\d{8}\b/g) ?? [])].sort()
  const renamed = new Map(
    names.map((name, index) => [name, `node${String(index + 1).padStart(8, '0')}`])
  )
  const same = text
    .replace(/\(D:\d{14}\+00'00'\)/g, `(${stamp})`)
    .replace(/\bnode\d{8}\b/g, name => renamed.get(name) ?? name)
  return Buffer.from(same, 'latin1')
}
