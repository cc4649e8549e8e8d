import { readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Stuck } from '../engine/errors.ts'
import { JOB_KINDS } from '../jobs/index.ts'
import { readDiagram } from '../runtime/bpmn.ts'
import { type ExampleCase, readCases } from '../runtime/cases.ts'
import { layoutOf } from '../runtime/layout.ts'
import { type ProcessSource, readProcesses } from '../runtime/library.ts'
import { suggestion } from '../runtime/nearest.ts'
import type { Rulebook } from '../runtime/rulebook.ts'
import type { Figures } from '../runtime/simulation/figures.ts'
import { type Hours, hoursProblems } from '../runtime/simulation/hours.ts'
import { SPREADS } from '../runtime/simulation/random.ts'
import { type Arrivals, readScenario, type Scenario } from '../runtime/simulation/scenario.ts'
import { simulate as run } from '../runtime/simulation/simulate.ts'
import { renderPage } from '../web/render.ts'
import { SimulationPage } from '../web/reports/simulation.tsx'
import { type CommandLine, UsageError } from './commands.ts'
import { BadOption } from './options.ts'
import { checkOffice, openRulebook } from './rules.ts'
import { figureLines } from './simulation-table.ts'

const OPTIONS = {
  instances: { type: 'string' },
  arrivals: { type: 'string' },
  seed: { type: 'string' },
  office: { type: 'string' },
  from: { type: 'string' },
  officers: { type: 'string' },
  hours: { type: 'string' },
  spread: { type: 'string' },
  'warm-up': { type: 'string' },
  scenario: { type: 'string' },
  json: { type: 'boolean' },
  html: { type: 'string' }
} as const

/** The processes and rules of a folder, and what is beside them. */
interface Material {
  readonly folder: string
  readonly sources: readonly ProcessSource[]
  readonly source: ProcessSource
  readonly examples: readonly ExampleCase[]
}

/** `alur simulate`: many instances of a process, and what becomes of them in an office. */
export const simulate: CommandLine = async args => {
  const { values, positionals } = parse(args)
  const [process, ...rest] = positionals
  if (process === undefined || rest.length > 0) throw new UsageError('expected one process')
  const material = await materialOf(process)
  const rulebook = await openRulebook()
  const scenario = await scenarioOf(material, values)
  const figures = await figuresOf(material, rulebook, scenario)
  if (values.html !== undefined) await writeReport(values.html, material, figures)
  if (values.json === true) console.log(JSON.stringify(figures, null, 2))
  else for (const line of figureLines(figures)) console.log(line)
  return figures.instances.stuck + figures.instances.open === 0 ? 0 : 1
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
type Options = ReturnType<typeof parse>['values']

/** @throws InvalidData when a diagram of the folder cannot run */
async function materialOf(process: string): Promise<Material> {
  const isFile = process.endsWith('.bpmn')
  const folder = isFile ? folderAround(process) : 'processes'
  const known = { jobs: null, rules: null, templates: null, roles: null }
  const sources = await readProcesses(folder, known)
  const id = isFile ? basename(process, '.bpmn') : process
  const file = isFile ? relative(folder, resolve(process)) : null
  const source =
    sources.find(({ graph }) => graph.id === id) ??
    sources.find(each => file !== null && each.file === file)
  if (source === undefined) {
    const ids = sources.map(({ graph }) => graph.id)
    throw new BadOption(
      `expected a process of <${folder}>, found <${id}>${suggestion(id, ids)}; there are ${ids.join(', ')}`
    )
  }
  const cases = await readCases(folder)
  const examples = cases
    .filter(each => each.process === source.graph.id)
    .flatMap(each => each.cases)
  return { folder, sources, source, examples }
}

function folderAround(file: string): string {
  const own = dirname(resolve(file))
  for (let folder = own; folder !== dirname(folder); folder = dirname(folder)) {
    if (basename(folder) === 'processes') return folder
  }
  return own
}

/** What the file beside the diagram states, under what the options state. */
async function scenarioOf(material: Material, options: Options): Promise<Scenario> {
  const { folder, sources, source, examples } = material
  const beside = join(folder, dirname(source.file), `${source.graph.id}.simulation.json`)
  const file = options.scenario ?? beside
  const text = await readFile(file, 'utf8').catch(() => {
    if (options.scenario === undefined) return '{}'
    throw new BadOption(`--scenario: expected a file that can be read at <${file}>`)
  })
  const written = jsonOf(text, file)
  const graphs = [source, ...sources.filter(each => each !== source)].map(({ graph }) => graph)
  const known = { examples: examples.map(({ name }) => name), jobs: JOB_KINDS }
  const stated = readScenario(written, file, graphs, known)
  return {
    ...stated,
    ...(options.instances && { instances: whole('--instances', options.instances) }),
    ...(options['warm-up'] && { warmUp: whole('--warm-up', options['warm-up']) }),
    ...(options.arrivals && { arrivals: arrivalsOf(options.arrivals) }),
    ...(options.hours && { hours: hoursOf(options.hours) }),
    ...(options.spread && { spread: spreadOf(options.spread) }),
    ...(options.officers && { officers: { ...stated.officers, ...officersOf(options.officers) } }),
    ...(options.seed && { seed: options.seed }),
    ...(options.office && { office: options.office }),
    ...(options.from && { from: options.from })
  }
}

async function figuresOf(
  { sources, source, examples }: Material,
  rulebook: Rulebook,
  scenario: Scenario
): Promise<Figures> {
  const id = scenario.office ?? examples[0]?.office
  if (id === undefined) throw new BadOption('--office: expected an office; no example names one')
  checkOffice(rulebook, id)
  checkRoles(Object.keys(scenario.officers ?? {}), sources, rulebook)
  const from = scenario.from ?? examples[0]?.at.slice(0, 10) ?? '2026-01-05'
  if (!/^\d{4}-\d{2}-\d{2}/.test(from))
    throw new BadOption(`--from: expected a date such as 2015-12-01, found <${from}>`)
  const at = from.length > 10 ? from : `${from}T00:00:00Z`
  const office = rulebook.office(id, new Date(at).toISOString())
  try {
    return await run({
      graph: source.graph,
      graphs: sources.map(({ graph }) => graph),
      findForm: (process, element) =>
        sources.find(({ graph }) => graph.id === process)?.forms[element] ?? null,
      examples,
      office,
      rulebook,
      scenario,
      from,
      instances: scenario.instances ?? 1000,
      seed: String(scenario.seed ?? 1),
      onProgress: progress
    })
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    throw new BadOption(`${error.message}; begin earlier, or simulate fewer instances`)
  }
}

function progress(done: number, all: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${all}${done >= all ? '\n' : ''}`)
  else console.error(`${done} of ${all} instances`)
}

async function writeReport(file: string, { source }: Material, figures: Figures): Promise<void> {
  const drawing = layoutOf(await readDiagram(source.xml, source.file), source.graph)
  await writeFile(file, renderPage(SimulationPage({ figures, drawing })))
}

// options ///////////////////////////////////////////////////////////////////////

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new BadOption(`${file}: expected JSON: ${(error as Error).message}`)
  }
}

function whole(name: string, text: string): number {
  if (/^[0-9]{1,7}$/.test(text)) return Number(text)
  throw new BadOption(`${name}: expected a whole number, found <${text}>`)
}

function arrivalsOf(text: string): Arrivals {
  const [, number = '', unit, evenly] = /^(\d+(?:\.\d+)?)\/(day|hour)(,evenly)?$/.exec(text) ?? []
  const [, gap, , spaced] = /^(\d+(?:\.\d+)?)(min)(,evenly)?$/.exec(text) ?? []
  const even = (evenly ?? spaced) === undefined ? {} : { evenly: true }
  if (Number(number) > 0)
    return unit === 'day'
      ? { perDay: Number(number), ...even }
      : { perHour: Number(number), ...even }
  if (Number(gap) > 0) return { everyMinutes: Number(gap), ...even }
  throw new BadOption(
    `--arrivals: expected 12/day, 3/hour or 20min, with ,evenly when they are not by chance; found <${text}>`
  )
}

/** @throws BadOption for a role that neither the diagrams nor the rules know: nobody would work in it */
function checkRoles(
  roles: readonly string[],
  sources: readonly ProcessSource[],
  rulebook: Rulebook
): void {
  const lanes = sources.flatMap(({ graph }) => Object.values(graph.lanes).map(({ role }) => role))
  const tasks = sources.flatMap(({ graph }) =>
    Object.values(graph.nodes).map(node => ('role' in node ? node.role : null))
  )
  const known = [...lanes, ...tasks, ...rulebook.roles()].filter(role => role !== null)
  const wrong = roles.find(role => !known.includes(role))
  if (wrong === undefined) return
  throw new BadOption(
    `officers: expected a role of the diagrams or the rules, found <${wrong}>${suggestion(wrong, known)}`
  )
}

function officersOf(text: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    text.split(',').map(part => {
      const [role = '', count = ''] = part.split('=')
      if (role === '' || !/^\d{1,4}$/.test(count))
        throw new BadOption(`--officers: expected counter=2,treasurer=1, found <${text}>`)
      return [role.trim(), Number(count)]
    })
  )
}

/** `always`, or `mon-thu=08:00-12:00+13:00-16:00,fri=08:00-11:00`. */
function hoursOf(text: string): Hours {
  if (text === 'always') return 'always'
  const hours = Object.fromEntries(
    text.split(',').map(part => {
      const [days = '', spans = ''] = part.split('=')
      return [days.trim(), spans.split('+')]
    })
  )
  const [problem] = hoursProblems(hours)
  if (problem === undefined) return hours
  throw new BadOption(
    `--hours: ${problem}; such as mon-thu=08:00-12:00+13:00-16:00,fri=08:00-11:00`
  )
}

function spreadOf(text: string): NonNullable<Scenario['spread']> {
  const found = SPREADS.find(each => each === text)
  if (found !== undefined) return found
  throw new BadOption(`--spread: expected one of ${SPREADS.join(', ')}, found <${text}>`)
}
