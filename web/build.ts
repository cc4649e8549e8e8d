import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const WEB = fileURLToPath(new URL('.', import.meta.url))
/** What the browser loads, by the name under which pages ask for it. */
const SOURCES: Readonly<Record<string, string>> = {
  'style.css': 'style.css',
  'diagram.css': 'islands/diagram.css',
  'diagram.js': 'islands/diagram.ts',
  'forms.js': 'islands/forms.ts',
  'tasks.js': 'islands/tasks.ts',
  'verify.js': 'islands/verify.ts',
  'waiting.js': 'islands/waiting.ts'
}

/** Builds islands and styles into a folder, each under a name that holds its hash. */
export async function buildWeb(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const names: Record<string, string> = {}
  await Promise.all(
    Object.entries(SOURCES).map(async ([name, source]) => {
      const text = await bundle(join(WEB, source))
      const hash = createHash('sha256').update(text).digest('hex').slice(0, 12)
      const dot = name.lastIndexOf('.')
      const file = `${name.slice(0, dot)}.${hash}${name.slice(dot)}`
      names[name] = file
      await writeFile(join(folder, file), text)
    })
  )
  await writeFile(join(folder, 'assets.json'), `${JSON.stringify(names, null, 2)}\n`)
}

/** The names of the built files. @throws Error when nothing has been built */
export async function readAssets(folder: string): Promise<Readonly<Record<string, string>>> {
  try {
    return JSON.parse(await readFile(join(folder, 'assets.json'), 'utf8')) as Record<string, string>
  } catch (cause) {
    throw new Error(`expected the pages to be built in <${folder}>; npm run setup does it`, {
      cause
    })
  }
}

async function bundle(source: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: ['es2022', 'chrome110', 'firefox115', 'safari16'],
    legalComments: 'eof',
    logLevel: 'error'
  })
  return outputFiles[0]?.text ?? ''
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildWeb(fileURLToPath(new URL('../dist/web', import.meta.url)))
}
