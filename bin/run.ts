import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Office } from '../engine/context.ts'
import { CommandRefused } from '../engine/errors.ts'
import type { ProcessGraph } from '../engine/graph.ts'
import type { Variables } from '../engine/state.ts'
import { parseDateTime } from '../engine/time.ts'
import { traceLine } from '../engine/trace.ts'
import { playCase, readCases } from '../runtime/cases.ts'
import { checkDiagram } from '../runtime/gate.ts'
import { readProcesses } from '../runtime/library.ts'
import { suggestion } from '../runtime/nearest.ts'
import { Player, type PlayMove } from '../runtime/player.ts'
import { PEOPLE_MOVES } from '../runtime/player-moves.ts'
import { type CommandLine, UsageError } from './commands.ts'
import { BadOption, jsonOption } from './options.ts'
import { checkOffice, openRulebook } from './rules.ts'

const OPTIONS = {
  variables: { type: 'string' },
  moves: { type: 'string' },
  jobs: { type: 'string' },
  process: { type: 'string' },
  with: { type: 'string', multiple: true },
  start: { type: 'string' },
  now: { type: 'string' },
  office: { type: 'string' },
  case: { type: 'string' },
  json: { type: 'boolean' }
} as const

/** `alur run`: plays a diagram in memory and prints what happened. */
export const play: CommandLine = async args => {
  const { values, positionals } = parse(args)
  const [file, ...rest] = positionals
  if (file === undefined || rest.length > 0) throw new UsageError('expected one file')
  if (values.case !== undefined) return playExample(file, values.case, values)
  const files = [file, ...(values.with ?? [])]
  const graphs = (await Promise.all(files.map(graphsOf))).flat()
  const graph = chosen(graphs, values.process)
  const now = parseDateTime(values.now ?? '2015-12-03T09:00:00+07:00', 'Asia/Jakarta')
  const rulebook = values.office === undefined ? undefined : await openRulebook()
  if (rulebook !== undefined) checkOffice(rulebook, values.office as string)
  const office = rulebook?.office(values.office as string, now) ?? nowhere
  const player = new Player(graph, {
    graphs,
    office,
    now,
    ...(rulebook === undefined ? {} : { rulebook }),
    jobs: record('--jobs', await jsonOption('--jobs', values.jobs)) as Record<string, Variables>
  })
  const refusal = await playAll(
    player,
    record('--variables', await jsonOption('--variables', values.variables)),
    values.start ?? null,
    movesFrom(await jsonOption('--moves', values.moves))
  )
  print(player, values.json === true, refusal)
  return refusal === null ? 0 : 1
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/** Plays an example of the cases beside the diagram, with all procedures of its folder. */
async function playExample(
  file: string,
  name: string,
  { office, json, ...others }: ReturnType<typeof parse>['values']
): Promise<number> {
  const beside = Object.keys(others).filter(option => option !== 'case')
  if (beside.length > 0)
    throw new UsageError(`expected no --${beside[0]} beside --case: the example states it`)
  const process = basename(file, '.bpmn')
  const cases = (await readCases(dirname(file)).catch(() => []))
    .filter(each => each.process === process)
    .flatMap(each => each.cases)
  const example = cases.find(each => each.name === name)
  if (example === undefined) {
    const names = cases.map(each => each.name)
    throw new BadOption(
      names.length === 0
        ? `--case: expected the file ${process}.cases.json beside <${file}>`
        : `--case: expected one of ${names.join(', ')}, found <${name}>${suggestion(name, names)}`
    )
  }
  const known = { jobs: null, rules: null, templates: null, roles: null }
  const sources = await readProcesses(foldersAround(file), known)
  const graph = chosen(
    sources.map(each => each.graph),
    process
  )
  const rulebook = await openRulebook()
  if (office !== undefined) checkOffice(rulebook, office)
  const asked = office === undefined ? example : { ...example, office }
  const { player, problems } = await playCase(graph, asked, sources, rulebook)
  if (json !== true) console.log(`${name} at ${asked.office}: ${example.title.en}`)
  print(player, json === true, null)
  for (const { path, message } of problems) console.error(`${path}: ${message}`)
  if (json !== true && problems.length === 0) console.log('as expected')
  return problems.length === 0 ? 0 : 1
}

/** The folder `processes` that a diagram lies in, where the processes that it calls are; else its own. */
function foldersAround(file: string): string {
  const own = dirname(resolve(file))
  for (let folder = own; folder !== dirname(folder); folder = dirname(folder)) {
    if (basename(folder) === 'processes') return folder
  }
  return own
}

async function graphsOf(file: string): Promise<readonly ProcessGraph[]> {
  const bytes = await readFile(file).catch(() => {
    throw new UsageError(`expected a file that can be read at <${file}>`)
  })
  const { graphs, warnings } = await checkDiagram(bytes, basename(file))
  for (const { path, message } of warnings) console.error(`warning: ${path}: ${message}`)
  return graphs
}

function chosen(graphs: readonly ProcessGraph[], id: string | undefined): ProcessGraph {
  const found = id === undefined ? graphs[0] : graphs.find(graph => graph.id === id)
  if (found !== undefined) return found
  throw new UsageError(
    `expected one of the processes ${graphs.map(({ id }) => id).join(', ')}, found <${id}>`
  )
}

/** Plays the moves in order; the first that does not fit ends the play and is given back. */
async function playAll(
  player: Player,
  variables: Variables,
  element: string | null,
  moves: readonly PlayMove[]
): Promise<string | null> {
  let doing = 'start'
  try {
    await player.start(variables, element)
    for (const [index, move] of moves.entries()) {
      doing = `move ${index + 1} ${JSON.stringify(move)}`
      await player.move(move)
    }
    return null
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error
    return `${doing}: ${error.code}: ${error.message}`
  }
}

function print(player: Player, json: boolean, refusal: string | null): void {
  for (const { at, event } of player.events) {
    const line = json ? JSON.stringify({ at, ...event }) : traceLine(event)
    if (line !== null) console.log(line)
  }
  if (refusal !== null) console.error(`refused: ${refusal}`)
  if (player.events.length === 0) return
  const { state } = player
  if (json) return console.log(JSON.stringify({ type: 'state', at: player.now, state }))
  for (const { at, wait } of Object.values(state.tokens)) {
    if (wait?.for === 'incident') console.log(`incident at ${at}: ${wait.message}`)
    else if (wait?.for === 'user')
      console.log(`waiting at ${at} for ${wait.role ?? 'anyone'} of ${wait.unit}`)
    else if (wait !== null && wait.for !== 'children')
      console.log(`waiting at ${at} for ${wait.for}`)
  }
  console.log(`status ${state.status}`)
  console.log(`variables ${JSON.stringify(state.variables)}`)
}

function record(name: string, value: unknown): Variables {
  if (value === undefined) return {}
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    return value as Variables
  throw new UsageError(`${name}: expected a JSON object`)
}

const MOVES: readonly string[] = [
  'complete',
  'job',
  'failJob',
  'throwError',
  'trigger',
  'message',
  'wait',
  'decide',
  'resolve',
  'begin',
  'end',
  'terminate',
  ...PEOPLE_MOVES
]

function movesFrom(value: unknown): readonly PlayMove[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw new UsageError('--moves: expected a JSON list')
  for (const [index, move] of value.entries()) {
    const kinds = Object.keys(move ?? {}).filter(key => MOVES.includes(key))
    if (kinds.length !== 1)
      throw new UsageError(`--moves: expected move ${index + 1} to have one of ${MOVES.join(', ')}`)
  }
  return value as readonly PlayMove[]
}

/** Where a diagram is played when no office is named: no rules, and no calendar to guess with. */
const nowhere: Office = {
  id: 'office',
  name: 'Kantor',
  timeZone: 'Asia/Jakarta',
  calendar: { version: 'none', years: {} },
  line: [
    { id: 'office', level: 'office', name: 'Kantor' },
    { id: 'region', level: 'region', name: 'Kantor Wilayah' },
    { id: 'nation', level: 'national', name: 'Direktorat Jenderal' }
  ],
  facts: { id: 'office' }
}
