import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import {
  access,
  constants,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'

/** A browser that can be started, and the environment that it is started in. */
export interface BrowserFiles {
  readonly executable: string
  readonly environment: Readonly<Record<string, string>>
}

/**
 * Makes a browser ready: the one that is named, or the one in the npm package, unpacked once into a
 * private folder below `cache`.
 *
 * The folder is filled under another name and renamed when it is whole, so that several processes
 * may do it at once and a crash leaves nothing half done.
 */
export async function prepareBrowser(cache: string, named: string | null): Promise<BrowserFiles> {
  await mkdir(cache, { recursive: true, mode: 0o700 })
  const archives = archiveFolder()
  const fonts = await unpackOnce(cache, `fonts-${archives.version}`, async folder => {
    await untar(join(archives.folder, 'fonts.tar.br'), folder, entry =>
      entry.endsWith('.ttf') ? (entry.split('/').at(-1) ?? null) : null
    )
    await writeFile(join(folder, 'fonts.conf'), fontsConfiguration(join(cache, 'font-cache')))
  })
  const environment = { FONTCONFIG_FILE: join(fonts, 'fonts.conf') }

  if (named !== null) {
    await access(named, constants.X_OK).catch(() => {
      throw new Error(`expected <${named}> (ALUR_BROWSER) to be a browser that can be started`)
    })
    return { executable: named, environment }
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `the bundled browser runs on linux x64 only, found ${process.platform} ${process.arch}: name a Chromium in ALUR_BROWSER`
    )
  }
  const folder = await unpackOnce(cache, `chromium-${archives.version}`, async into => {
    await pipeline(
      createReadStream(join(archives.folder, 'chromium.br')),
      createBrotliDecompress(),
      createWriteStream(join(into, 'chromium'), { mode: 0o700 })
    )
    await untar(
      join(archives.folder, 'al2023.tar.br'),
      into,
      entry => entry.split('/').at(-1) ?? null
    )
  })
  return {
    executable: join(folder, 'chromium'),
    environment: { ...environment, LD_LIBRARY_PATH: folder }
  }
}

/** How the browser is started: nothing in it may reach anything outside. */
export function browserArguments(sandbox: boolean): readonly string[] {
  return [
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--proxy-server=127.0.0.1:9',
    '--proxy-bypass-list=<-loopback>',
    '--user-agent=Alur',
    '--font-render-hinting=none',
    '--force-color-profile=srgb',
    '--disable-gpu',
    '--disable-software-rasterizer',
    '--disable-dev-shm-usage',
    '--disable-extensions',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--no-pings',
    ...(sandbox ? [] : ['--no-sandbox', '--no-zygote'])
  ]
}

/** Unpacks into `<cache>/<name>` unless that is there and whole; answers the folder. */
async function unpackOnce(
  cache: string,
  name: string,
  fill: (folder: string) => Promise<void>
): Promise<string> {
  const folder = join(cache, name)
  if (await isWhole(folder)) return folder

  const unfinished = `${folder}.${randomUUID()}.part`
  await mkdir(unfinished, { mode: 0o700 })
  try {
    await fill(unfinished)
    await writeFile(join(unfinished, MANIFEST), JSON.stringify(await sizes(unfinished)))
    if (!(await isWhole(folder))) await rm(folder, { recursive: true, force: true })
    await rename(unfinished, folder).catch(async (error: NodeJS.ErrnoException) => {
      const faster = error.code === 'ENOTEMPTY' || error.code === 'EEXIST'
      if (!faster || !(await isWhole(folder))) throw error
    })
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
  return folder
}

const MANIFEST = 'manifest.json'

/** Whether a folder is our own and every file in it has the size that it was unpacked with. */
async function isWhole(folder: string): Promise<boolean> {
  try {
    const owner = (await stat(folder)).uid
    if (owner !== (process.getuid?.() ?? owner)) return false
    const expected = await readFile(join(folder, MANIFEST), 'utf8')
    return expected === JSON.stringify(await sizes(folder))
  } catch {
    return false
  }
}

async function sizes(folder: string): Promise<Record<string, number>> {
  const entries = await readdir(folder, { withFileTypes: true })
  // the browser makes a folder of its own beside itself
  const names = entries
    .filter(entry => entry.isFile() && entry.name !== MANIFEST)
    .map(({ name }) => name)
  const found: Record<string, number> = {}
  for (const name of names.sort()) found[name] = (await stat(join(folder, name))).size
  return found
}

function archiveFolder(): { readonly folder: string; readonly version: string } {
  const require = createRequire(import.meta.url)
  const root = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..')
  const { version } = require(join(root, 'package.json')) as { version: string }
  return { folder: join(root, 'bin'), version }
}

/** Only these fonts exist for the browser: the letters bring their own, this is the last resort. */
function fontsConfiguration(cache: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">.</dir><cachedir>${cache}</cachedir></fontconfig>
`
}

const BLOCK = 512

/** Unpacks the plain files of a brotli-packed tar archive under the names that `rename` gives. */
async function untar(
  archive: string,
  folder: string,
  rename: (entry: string) => string | null
): Promise<void> {
  const bytes = await buffer(createReadStream(archive).pipe(createBrotliDecompress()))
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0; ) {
    const header = bytes.subarray(at, at + BLOCK)
    const text = (from: number, length: number): string =>
      header.toString('latin1', from, from + length).replace(/\0.*$/s, '')
    const size = Number.parseInt(text(124, 12), 8)
    const name = text(156, 1) === '0' || text(156, 1) === '' ? rename(text(0, 100)) : null
    if (name !== null) {
      await writeFile(join(folder, name), bytes.subarray(at + BLOCK, at + BLOCK + size), {
        mode: 0o600
      })
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
}
