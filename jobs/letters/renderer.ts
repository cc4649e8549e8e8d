/**
 * The renderer: a process of its own that is given sheets on a pipe and answers with PDFs. It has no
 * network, no database and no secrets. Started by `pdf.ts`.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { prepareBrowser } from './browser.ts'
import { Press, sweepProfiles } from './press.ts'
import { residentDocument } from './resident.ts'
import type { Sheet } from './sheet.ts'

/** What the renderer is started with. */
export interface RendererStart {
  readonly cache: string
  readonly browser: string | null
  readonly pages: number
  readonly sandbox: boolean
}
export type ToRenderer = { readonly id: number; readonly sheet: Sheet }
export type FromRenderer =
  | { readonly type: 'browser'; readonly pid: number; readonly version: string }
  | { readonly type: 'printed'; readonly id: number; readonly pdf: Uint8Array }
  | { readonly type: 'failed'; readonly id: number; readonly message: string }

const ATTEMPTS = 3

const start = JSON.parse(process.argv[2] ?? '') as RendererStart
const send = (message: FromRenderer): void => {
  if (process.connected) process.send?.(message)
}

const press = open()
const waiting: ToRenderer[] = []
let printing = 0

process.on('message', (message: ToRenderer) => {
  waiting.push(message)
  next()
})
process.on('disconnect', () => void close())
process.on('SIGTERM', () => void close())
process.on('SIGINT', () => {})
press.catch(() => {})

async function open(): Promise<Press> {
  const profiles = join(start.cache, 'profiles')
  await mkdir(profiles, { recursive: true, mode: 0o700 })
  await mkdir(join(start.cache, 'home'), { recursive: true, mode: 0o700 })
  await sweepProfiles(profiles)
  return new Press({
    files: await prepareBrowser(start.cache, start.browser),
    profiles,
    resident: await residentDocument(),
    pages: start.pages,
    sandbox: start.sandbox,
    started: (pid, version) => send({ type: 'browser', pid, version })
  })
}

function next(): void {
  while (printing < start.pages) {
    const request = waiting.shift()
    if (request === undefined) return
    printing += 1
    void print(request).finally(() => {
      printing -= 1
      next()
    })
  }
}

/** Prints, and tries again when the browser or its page died under the letter. */
async function print({ id, sheet }: ToRenderer): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return send({ type: 'printed', id, pdf: await (await press).print(sheet) })
    } catch (error) {
      if (attempt < ATTEMPTS && process.connected) continue
      return send({
        type: 'failed',
        id,
        message: error instanceof Error ? error.message : String(error)
      })
    }
  }
}

async function close(): Promise<void> {
  waiting.length = 0
  await press.then(opened => opened.close()).catch(() => {})
  process.exit(0)
}
