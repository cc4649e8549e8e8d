import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compareProcesses } from '../engine/compare/compare.ts'
import { InvalidData, type Problem } from '../engine/errors.ts'
import { localDate } from '../engine/time.ts'
import { JOB_KINDS, JOB_RESULTS } from '../jobs/index.ts'
import { checkTemplates, loadTemplates } from '../jobs/letters/library.ts'
import { caseProblems } from '../runtime/case-check.ts'
import { playCase, readCases } from '../runtime/cases.ts'
import type { Coverage } from '../runtime/coverage.ts'
import { warningsIn } from '../runtime/gate.ts'
import { type ProcessSource, readSources } from '../runtime/library.ts'
import { PLAYED, type Player } from '../runtime/player.ts'
import { readProblems } from '../runtime/reads.ts'
import { formless, type Known, processLaw, serviceProblems } from '../runtime/references.ts'
import { checkRules } from '../runtime/rules/check.ts'
import { standingBreaches } from '../runtime/rules/invariant-check.ts'
import { invariantProblems } from '../runtime/rules/invariants.ts'
import type { OpenRelease } from '../runtime/rules/releases.ts'
import { reviewLine, reviewsOf } from '../runtime/rules/reviews.ts'
import { coverageLine } from '../runtime/rules/rules-coverage.ts'
import { Check, lawsOf } from '../runtime/rules/self-check.ts'
import { serviceFacts } from '../runtime/service-facts.ts'
import { scenarioProblems } from '../runtime/simulation/files.ts'
import { type CommandLine, counted, UsageError } from './commands.ts'
import { coverageLines, coverageOf, writeCoverage } from './coverage.ts'
import { BadOption } from './options.ts'
import { openRulebook, openRules } from './rules.ts'

/** `alur check`: everything that people write, and every problem with its file and place. */
export const check: CommandLine = async args => {
  const { folder, pages, all: everything } = parse(args)
  await mustBeWhole(folder)
  const rules = await checkRules(join(folder, 'rules'))
  const templates = await checkTemplates(join(folder, 'templates'))
  const rulebook = rules.problems.length > 0 ? null : await openRulebook(join(folder, 'rules'))
  const known: Known = {
    jobs: new Set(JOB_KINDS),
    rules: rulebook && new Set(rulebook.keys().map(({ key }) => key)),
    roles: rulebook && new Set(rulebook.roles()),
    results: JOB_RESULTS,
    ...(rulebook && processLaw(rulebook)),
    templates:
      templates.length > 0
        ? null
        : new Set(Object.keys((await loadTemplates(join(folder, 'templates'))).national))
  }
  const processes = await problemsIn(() => readSources(join(folder, 'processes'), known))
  const { sources = [], broken = [] } = processes.result ?? {}
  const reads = readProblems(sources, JOB_RESULTS)
  const runnable = rules.problems.length === 0 && processes.problems.length === 0
  const coverage = coverageOf(sources)
  const examples = runnable
    ? await playCases(folder, sources, coverage)
    : { problems: [], played: 0, replayed: 0, reproduced: 0 }
  const all = [
    ...rules.problems.map(inside('rules')),
    ...templates.map(inside('templates')),
    ...[...processes.problems, ...broken, ...reads].map(inside('processes')),
    ...examples.problems.map(inside('processes'))
  ]
  if (everything) {
    for (const { path, message } of rules.summary.notices)
      console.log(`note: rules/${path}: ${message}`)
  }
  const reviews = rulebook
    ? reviewsOf(rulebook.standing().parts, localDate(new Date().toISOString(), 'Asia/Jakarta'))
    : []
  if (everything) {
    for (const { unit, key, row, text } of reviews)
      console.log(`review: ${unit} ${key}${row === null ? '' : ` row <${row}>`}: ${text.en}`)
  }
  for (const { path, message } of formless(sources))
    console.log(`note: processes/${path}: ${message}`)
  const warnings = warningsIn(sources)
  for (const { path, message } of warnings) console.log(`warning: processes/${path}: ${message}`)
  for (const line of variantLines(sources)) console.log(line)
  for (const { path, message } of all) console.error(`${path}: ${message}`)
  const { offices, parameters, tables, rows, cases, decided, analysed } = rules.summary
  const diagrams = sources.length || (await diagramsIn(join(folder, 'processes')))
  console.log(
    `${diagrams} ${sources.length > 0 ? 'processes' : 'diagrams read'}, ${examples.played} example cases played; ${parameters} parameters, ${tables} tables with ${rows} rows, ` +
      `${offices} offices; ${cases} cases decided ${decided} times; ${analysed.tables} forms of tables analysed in ${analysed.boxes} boxes of facts; ` +
      `${examples.reproduced} of ${examples.replayed} decisions of the examples reproduced`
  )
  if (rules.summary.decided > 0) console.log(coverageLine(rules.summary.coverage))
  if (runnable) {
    for (const { graph } of sources) {
      for (const line of coverageLines(coverage.of(graph))) console.log(line)
    }
    if (pages !== undefined) {
      const written = await writeCoverage(pages, sources, coverage)
      console.log(`coverage painted on ${written.length} diagrams in <${pages}>`)
    }
  }
  if (rulebook) {
    const more = everything ? '' : '; npx alur check --reviews lists them'
    console.log(`${rules.summary.notices.length} notes on rules; ${reviewLine(reviews)}${more}`)
  }
  console.log(all.length === 0 ? 'no problems' : counted(all.length))
  return all.length === 0 ? 0 : 1
}

function parse(args: readonly string[]): {
  readonly folder: string
  readonly pages?: string
  /** Notes and reviews one by one. */
  readonly all: boolean
} {
  try {
    const options = {
      coverage: { type: 'string' },
      reviews: { type: 'boolean', default: false }
    } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [folder = '.', ...rest] = positionals
    if (rest.length > 0) throw new UsageError('expected at most one folder')
    const all = values.reviews
    return values.coverage === undefined ? { folder, all } : { folder, all, pages: values.coverage }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError((error as Error).message)
  }
}

/** @throws BadOption when the folder is not one that holds everything */
async function mustBeWhole(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const there = entries.filter(entry => entry.isDirectory()).map(({ name }) => name)
  const missing = ['processes', 'rules', 'templates'].filter(name => !there.includes(name))
  if (missing.length === 0) return
  throw new BadOption(
    `expected a folder with processes/, rules/ and templates/, found no ${missing.join('/, no ')}/ in <${folder}>` +
      '; one diagram alone is tried with: npx alur run <file.bpmn>'
  )
}

/** How many differences in meaning each variant has, by kind. */
function variantLines(sources: readonly ProcessSource[]): readonly string[] {
  return sources.flatMap(variant => {
    const national = sources.find(({ graph }) => graph.id === variant.graph.variantOf)
    if (national === undefined) return []
    const counted = new Map<string, number>()
    const differences = compareProcesses(national, variant)
    for (const { kind } of differences) counted.set(kind, (counted.get(kind) ?? 0) + 1)
    const kinds = [...counted].map(([kind, count]) => `${kind} ${count}`).join(', ')
    const { id } = variant.graph
    return [
      `variant ${id}: ${differences.length} differences from ${national.graph.id}${kinds === '' ? '' : ` (${kinds})`}`
    ]
  })
}

/** How many diagrams there are, when some cannot run. */
async function diagramsIn(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true })
  return files.filter(file => file.endsWith('.bpmn')).length
}

interface Examples {
  readonly problems: readonly Problem[]
  readonly played: number
  /** Decisions of the examples that were made again, and those that came out as they were recorded. */
  readonly replayed: number
  readonly reproduced: number
}

/** Plays every example beside the diagrams, and checks that each office can offer what it says. */
async function playCases(
  folder: string,
  sources: readonly ProcessSource[],
  coverage: Coverage
): Promise<Examples> {
  const open = () => openRules(join(folder, 'rules'))
  const common = await open()
  const shared = common.rulebook
  const replays = new Check()
  const problems: Problem[] = [
    ...serviceProblems(
      shared,
      sources.map(({ graph }) => graph)
    )
  ]
  const compiled = sources.map(({ graph }) => graph)
  const facts = serviceFacts(shared, () => compiled)
  problems.push(
    ...invariantProblems(
      standingBreaches(shared, facts),
      ({ id }) => `../rules/national/invariants.json <${id}>`
    )
  )
  const read = await problemsIn(() => readCases(join(folder, 'processes')))
  problems.push(...read.problems)
  const files = read.result ?? []
  problems.push(...(await scenarioProblems(join(folder, 'processes'), sources, files, JOB_KINDS)))
  const graphs = sources.map(({ graph }) => graph)
  const offices = shared.offices().map(({ id }) => id)
  const words = { graphs, offices, jobs: JOB_KINDS }
  let played = 0
  for (const { file, process, cases } of files) {
    const misspelt = caseProblems(file, { process, cases }, words)
    problems.push(...misspelt)
    if (misspelt.length > 0) continue
    for (const example of cases) {
      const publishes = example.moves?.some(move => 'publish' in move) ?? false
      const { rulebook, openRelease } = publishes ? await open() : common
      const graph = sources.find(source => source.graph.id === process)?.graph
      if (graph === undefined) {
        problems.push({ path: file, message: `expected the process <${process}>` })
        break
      }
      const { problems: found, player } = await playCase(graph, example, sources, rulebook)
      const events = player?.events ?? []
      coverage.add(
        graph,
        events.map(({ event }) => event)
      )
      await replayed(replays, example.name, events, openRelease)
      problems.push(
        ...found.map(({ path, message }) => ({ path: `${file}#${example.name}: ${path}`, message }))
      )
      played += 1
    }
  }
  const { differing, ...counts } = replays.result()
  problems.push(
    ...differing.map(({ instance, element, rule, expected, found }) => ({
      path: `${instance}: ${element}`,
      message: `expected rule <${rule}> to be decided again as ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`
    }))
  )
  return { problems, played, replayed: counts.replayed, reproduced: counts.reproduced }
}

/** Makes the decisions of an example again, by the releases that they recorded. */
async function replayed(
  replays: Check,
  example: string,
  events: Player['events'],
  openRelease: OpenRelease
): Promise<void> {
  const decided = events.flatMap(({ at, event }) =>
    event.type === 'ruleDecided' && event.decision.release !== PLAYED ? [{ at, ...event }] : []
  )
  const lawOf = await lawsOf(
    decided.map(({ decision }) => decision),
    openRelease
  )
  for (const { at, element, decision } of decided)
    replays.add({ instance: example, element, at, decision }, lawOf)
}

function inside(folder: string): (problem: Problem) => Problem {
  return ({ path, message }) => ({ path: join(folder, path), message })
}

async function problemsIn<Result>(
  act: () => Promise<Result>
): Promise<{ readonly result: Result | null; readonly problems: readonly Problem[] }> {
  try {
    return { result: await act(), problems: [] }
  } catch (error) {
    if (!(error instanceof InvalidData)) throw error
    return { result: null, problems: error.problems }
  }
}
