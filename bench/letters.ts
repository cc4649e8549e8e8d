import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer from 'puppeteer'
import { openRulebook } from '../bin/rules.ts'
import { issueLetter } from '../jobs/issue-letter.ts'
import { browserArguments, prepareBrowser } from '../jobs/letters/browser.ts'
import { loadTemplates } from '../jobs/letters/library.ts'
import { openRenderer } from '../jobs/letters/pdf.ts'
import { residentDocument } from '../jobs/letters/resident.ts'
import { openSealer } from '../jobs/letters/seal.ts'
import type { Sheet } from '../jobs/letters/sheet.ts'
import { openDatabase } from '../runtime/stores/database.ts'
import { diskFiles } from '../runtime/stores/sqlite-files.ts'
import { sqliteLetters } from '../runtime/stores/sqlite-letters.ts'
import { sqliteRegisters } from '../runtime/stores/sqlite-registers.ts'
import { type Figure, figure } from './figures.ts'

const LETTERS = 300
const COLD = 5
const CACHE = new URL('../.cache', import.meta.url).pathname

/**
 * Letters composed, numbered, printed, sealed and filed on disk, beside `page.pdf` of the same HTML
 * on as many warm pages, and beside a new browser for each.
 */
export async function letters(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'alur-bench-letters-'))
  const pages = 2
  const printed: Sheet[] = []
  const renderer = openRenderer({ cache: CACHE, pages })
  try {
    const issue = await issuing(folder, {
      print: async sheet => {
        printed.push(sheet)
        return renderer.print(sheet)
      }
    })
    await atOnce(20, pages * 2, n => issue(`warm.${n}`))
    printed.length = 0
    const full = await rate(LETTERS, () => atOnce(LETTERS, pages * 2, n => issue(`bench.${n}`)))
    await renderer.close()
    const html = await wholeDocument(printed[0] as Sheet)
    const raw = await rawPdf(html, printed, pages)
    const cold = await newBrowserEach(html)
    return [
      figure('letters, whole', full, '/s', raw, 0.6),
      figure('letters, beside a new browser for each', full, '/s', cold, 8)
    ]
  } finally {
    await renderer.close()
    rmSync(folder, { recursive: true })
  }
}

/** The job itself, with everything real but the person who signs. */
async function issuing(
  folder: string,
  renderer: { print(sheet: Sheet): Promise<Uint8Array> }
): Promise<(id: string) => Promise<unknown>> {
  const database = openDatabase(join(folder, 'bench.db'))
  const templates = await loadTemplates(new URL('../templates', import.meta.url).pathname)
  const signer = { id: 'kasi.tju', name: 'Nama Contoh', unit: 'kanim-tju', roles: ['section-head'] }
  const issue = issueLetter({
    registers: sqliteRegisters(database),
    files: diskFiles(join(folder, 'files')),
    letters: sqliteLetters(database),
    people: { byId: async () => ({ ...signer, demo: true, nip: null }) },
    rulebook: await openRulebook(),
    templates,
    renderer,
    sealer: await openSealer(join(folder, 'keys')),
    publicUrl: 'https://alur.example',
    sample: () => true,
    attempts: 1
  })
  const facts = templates.national['itk-permit']?.[0]?.sample ?? {}
  return id =>
    issue({
      id,
      kind: 'issue-letter',
      instance: id,
      office: 'kanim-tju',
      at: '2015-12-03T02:15:00.000Z',
      attempt: 1,
      input: {
        template: 'itk-permit',
        to: { name: 'Contoh', place: null },
        signedBy: 'kasi.tju',
        facts
      }
    })
}

// beside /////////////////////////////////////////////////////////////////////

async function wholeDocument(sheet: Sheet): Promise<string> {
  return (await residentDocument()).replace('<body></body>', `<body>${sheet.html}</body>`)
}

/** Nothing but the browser: resident pages whose body is exchanged, and `page.pdf`. */
async function rawPdf(html: string, sheets: readonly Sheet[], pages: number): Promise<number> {
  const browser = await launch()
  const open = await Promise.all(Array.from({ length: pages }, () => browser.newPage()))
  for (const page of open) await page.setContent(html)
  const bodies = sheets.map(sheet => sheet.html)
  const print = async (page: (typeof open)[number], body: string) => {
    await page.evaluate(text => {
      document.body.innerHTML = text
    }, body)
    await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true })
  }
  for (const page of open) for (const body of bodies.slice(0, 10)) await print(page, body)
  const all = await rate(bodies.length, () =>
    Promise.all(
      open.map(async (page, n) => {
        for (let at = n; at < bodies.length; at += pages) await print(page, bodies[at] as string)
      })
    )
  )
  await browser.close()
  return all
}

async function newBrowserEach(html: string): Promise<number> {
  return rate(COLD, async () => {
    for (let n = 0; n < COLD; n++) {
      const browser = await launch()
      const page = await browser.newPage()
      await page.setContent(html)
      await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true })
      await browser.close()
    }
  })
}

async function launch() {
  const { executable, environment } = await prepareBrowser(CACHE, null)
  return puppeteer.launch({
    executablePath: executable,
    env: { ...environment },
    args: [...browserArguments(process.getuid?.() !== 0)],
    headless: 'shell',
    pipe: true
  })
}

/** How many a second, when so many are done by `act`. */
async function rate(count: number, act: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await act()
  return (count * 1000) / (performance.now() - start)
}

/** Does `count` things, so many of them at a time. */
async function atOnce(
  count: number,
  width: number,
  act: (n: number) => Promise<unknown>
): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) await act(n)
  }
  await Promise.all(Array.from({ length: width }, worker))
}
