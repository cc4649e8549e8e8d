import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * Who may import whom: folders or files, with `type` for types alone. `jobs/job.ts` is the port that jobs
 * fill and the runtime calls; of the API only the routes of the pages render them.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  engine: ['engine'],
  runtime: ['engine', 'runtime', 'jobs/job.ts'],
  jobs: ['engine', 'type runtime', 'jobs'],
  'api/routes/pages': ['engine', 'runtime', 'api', 'web'],
  api: ['engine', 'runtime', 'api'],
  web: ['type engine', 'type api/schemas.ts', 'type api/law.ts', 'web']
}
const FOLDERS = ['engine', 'runtime', 'jobs', 'api', 'web']
/** These put the parts together and may import anything: `api/alur.ts` the house, for `main.ts` and for tests. */
const WIRES = /^api\/alur\.ts$|(^|\/)main\.ts$/
/** Packages that compute and do nothing else. */
const PURE = ['ajv', 'ajv-formats', 'canonicalize', 'lezer-feel', 'temporal-polyfill']
/** What would make a step depend on more than its arguments. */
const IMPURE =
  /\bDate\s*\.\s*now\b|\bnew\s+Date\b|\bMath\s*\.\s*random\b|\bawait\b|\bprocess\s*\.\s*env\b/g

interface Import {
  readonly file: string
  readonly target: string
  readonly typeOnly: boolean
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(ts|tsx)$/.test(name) && !name.endsWith('.d.ts'))
    .map(name => join(folder, name))
}

/** The source without what comments, strings and patterns say; templates keep what they evaluate. */
function codeOf(source: string): string {
  const quiet =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|(?<=[=(,:]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[dgimsuvy]*/g
  return source.replace(quiet, found => (found.startsWith('/') ? ' ' : "''"))
}

function importsOf(file: string): readonly Import[] {
  const source = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  const statements = source.matchAll(/^(?:import|export)\s+(?:([^'";]*?)\s+from\s+)?'([^']+)'/gm)
  const dynamic = source.matchAll(/\bimport\(\s*'([^']+)'/g)
  return [
    ...[...statements].map(([, names = '', target]) => ({ names, target: target as string })),
    ...[...dynamic].map(([, target]) => ({ names: '', target: target as string }))
  ].map(({ names, target }) => ({
    file,
    target: target.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), target)) : target,
    typeOnly:
      names.startsWith('type ') || /^\{\s*(type\s+[\w$]+(\s+as\s+[\w$]+)?\s*,?\s*)+\}$/.test(names)
  }))
}

function allowed({ file, target, typeOnly }: Import): boolean {
  const [, rules = []] = Object.entries(MAY_IMPORT).find(([place]) => isIn(file, place)) ?? []
  return rules.some(rule => {
    const place = rule.replace(/^type /, '')
    return isIn(target, place) && (typeOnly || !rule.startsWith('type '))
  })
}

/** Whether a file is the place, is below it, or carries its name: `api/routes/pages.ts`. */
function isIn(file: string, place: string): boolean {
  return file === place || file === `${place}.ts` || file.startsWith(`${place}/`)
}

const files = FOLDERS.flatMap(filesBelow)
const imports = files.flatMap(importsOf)
const inside = imports.filter(({ target }) => /^(engine|runtime|jobs|api|web)\//.test(target))

describe('the architecture', () => {
  it('is read as it stands', () => {
    expect(files.length).to.be.greaterThan(50)
    expect(inside).to.deep.include({
      file: 'engine/step.ts',
      target: 'engine/run.ts',
      typeOnly: false
    })
    expect(inside).to.deep.include({
      file: 'engine/state.ts',
      target: 'engine/graph.ts',
      typeOnly: true
    })
  })

  it('lets no folder import what it may not', () => {
    const wrong = inside.filter(each => !WIRES.test(each.file) && !allowed(each))

    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).to.deep.equal([])
  })

  it('has main.ts files that nothing imports', () => {
    const wrong = imports.filter(({ target }) => target.endsWith('/main.ts'))

    expect(wrong.map(({ file }) => file)).to.deep.equal([])
  })

  it('keeps the engine to packages that only compute', () => {
    const packages = imports
      .filter(({ file, target }) => file.startsWith('engine/') && !target.startsWith('engine/'))
      .filter(
        ({ target, typeOnly }) =>
          !typeOnly && !PURE.some(name => target === name || target.startsWith(`${name}/`))
      )

    expect(packages.map(({ file, target }) => `${file} imports ${target}`)).to.deep.equal([])
  })

  it('keeps the clock, chance, promises and the environment out of the engine', () => {
    const wrong = filesBelow('engine').flatMap(file => {
      const found = codeOf(readFileSync(join(ROOT, file), 'utf8')).match(IMPURE) ?? []
      return found.map(what => `${file}: ${what}`)
    })

    expect(wrong).to.deep.equal([])
  })

  it('tells code from what comments and strings say', () => {
    const said =
      '// Date.now()\n/* await */ const a = \'Math.random\' + "process.env"\nconst b = /new Date/g'
    expect(codeOf(said).match(IMPURE)).to.equal(null)
    const done = `const a = 'x' // it's\nconst b = await c / 2 / new Date() + \`\${Date.now()}\``
    expect(codeOf(done).match(IMPURE)).to.deep.equal(['await', 'new Date', 'Date.now'])
  })
})
