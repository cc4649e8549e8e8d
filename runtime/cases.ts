import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { CommandRefused, InvalidData, type Problem, Stuck } from '../engine/errors.ts'
import type { ElementId, ProcessGraph } from '../engine/graph.ts'
import type { Decision } from '../engine/messages.ts'
import type { Value, Variables } from '../engine/state.ts'
import { parseDateTime } from '../engine/time.ts'
import type { DataContents } from './data-stores.ts'
import type { ProcessSource } from './library.ts'
import { schemaKey } from './payloads.ts'
import { Player, type PlayMove } from './player.ts'
import type { Rulebook, Statement } from './rulebook.ts'

/** An example of a procedure, beside its diagram: facts, moves and dates, and what must come of them. */
export interface ExampleCase {
  readonly name: string
  readonly title: { readonly id: string; readonly en: string }
  readonly office: string
  /** When it begins: a moment with its zone. */
  readonly at: string
  readonly start: {
    readonly element?: ElementId
    readonly variables: Variables
    /** Codes or paths of problems for which the start form is refused. */
    readonly refused?: readonly string[]
  }
  /** Results of jobs by element or kind. */
  readonly jobs?: Readonly<Record<string, Variables>>
  /** What the data stores hold at first, by the name of the store and by key. */
  readonly dataStores?: DataContents
  readonly moves?: readonly CaseMove[]
  readonly expect?: Expectation
}

export type CaseMove =
  | (PlayMove & { readonly refused?: readonly string[] })
  /** An element must rest with an incident whose message says this. */
  | { readonly incident: ElementId; readonly says: string }
  /** The task at an element must be due at this moment. */
  | { readonly due: ElementId; readonly at: string }
  | { readonly publish: Statement; readonly by: string }

export interface Expectation {
  readonly status?: string
  /** The end event that was reached. */
  readonly end?: ElementId
  /** The tasks that people completed, in order. */
  readonly tasks?: readonly ElementId[]
  /** The templates of the letters that were issued, in order. */
  readonly letters?: readonly string[]
  /** Elements that were passed, among others. */
  readonly passed?: readonly ElementId[]
  /** Outcomes of rules by element; an object names the parts that count. */
  readonly outcomes?: Readonly<Record<ElementId, Value>>
  /** The rows that decided, by element. */
  readonly rows?: Readonly<Record<ElementId, readonly string[]>>
  readonly variables?: Variables
  /** What the data stores hold at the end, among others. */
  readonly dataStores?: DataContents
}

export interface CaseFile {
  readonly file: string
  readonly process: ElementId
  readonly cases: readonly ExampleCase[]
}

/** Reads every `*.cases.json` below a folder. @throws InvalidData for what is no JSON */
export async function readCases(folder: string): Promise<readonly CaseFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter(entry => entry.isFile() && entry.name.endsWith('.cases.json'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
  return Promise.all(
    files.map(async path => {
      const file = relative(folder, path)
      try {
        const { process, cases } = JSON.parse(await readFile(path, 'utf8')) as CaseFile
        return { file, process, cases }
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error
        throw new InvalidData(file, [{ path: file, message: `expected JSON: ${error.message}` }])
      }
    })
  )
}

/** An example that was played: what happened, and where it turned out otherwise. */
export interface PlayedCase {
  readonly player: Player
  readonly problems: readonly Problem[]
}

/**
 * Plays an example and tells where it turns out otherwise. `openRulebook` gives rules that nobody else
 * publishes to: an example that does must not change the next one.
 */
export async function runCase(
  process: ElementId,
  example: ExampleCase,
  sources: readonly ProcessSource[],
  openRulebook: () => Promise<Rulebook>
): Promise<readonly Problem[]> {
  const graph = sources.find(each => each.graph.id === process)?.graph
  if (graph === undefined)
    return [{ path: 'process', message: `expected the process <${process}>` }]
  return (await playCase(graph, example, sources, await openRulebook())).problems
}

/** Plays an example, and gives what happened as well. */
export async function playCase(
  graph: ProcessGraph,
  example: ExampleCase,
  sources: readonly ProcessSource[],
  rulebook: Rulebook
): Promise<PlayedCase> {
  const now = parseDateTime(example.at, 'UTC')
  const player = new Player(graph, {
    graphs: sources.map(each => each.graph),
    office: rulebook.office(example.office, now),
    now,
    rulebook,
    jobs: example.jobs ?? {},
    dataStores: example.dataStores ?? {},
    findPayload: (id, message) =>
      sources.find(each => each.graph.id === id)?.forms[schemaKey(message)] ?? null,
    findForm: (id, element) => sources.find(each => each.graph.id === id)?.forms[element] ?? null
  })
  const { variables, element = null, refused } = example.start
  const begun = await attempt('start', refused, () => player.start(variables, element))
  if (begun !== null || refused !== undefined)
    return { player, problems: begun === null ? [] : [begun] }

  for (const [index, move] of (example.moves ?? []).entries()) {
    const problem = await play(player, rulebook, move, `moves[${index}]`)
    if (problem !== null) return { player, problems: [problem] }
  }
  return { player, problems: compare(player, example.expect ?? {}) }
}

async function play(
  player: Player,
  rulebook: Rulebook,
  move: CaseMove,
  path: string
): Promise<Problem | null> {
  if ('incident' in move) {
    const stuck = Object.values(player.state.tokens).find(({ at }) => at === move.incident)?.wait
    if (stuck?.for === 'incident' && stuck.message.includes(move.says)) return null
    const found = stuck?.for === 'incident' ? `«${stuck.message}»` : (stuck?.for ?? 'no token')
    return {
      path,
      message: `expected an incident at <${move.incident}> that says «${move.says}», found ${found}`
    }
  }
  if ('due' in move) {
    const task = Object.values(player.state.tokens).find(({ at }) => at === move.due)?.wait
    const dueAt = task?.for === 'user' ? task.dueAt : null
    const expected = parseDateTime(move.at, 'UTC')
    return dueAt === expected
      ? null
      : {
          path,
          message: `expected <${move.due}> to be due at ${expected}, found ${dueAt ?? 'no due time'}`
        }
  }
  if ('publish' in move) {
    return attempt(path, undefined, async () => {
      await rulebook.publish(move.publish, move.by, player.now)
    })
  }
  return attempt(path, move.refused, () => player.move(move))
}

/** Does something that must go well, or be refused for all of the given reasons. */
async function attempt(
  path: string,
  refused: readonly string[] | undefined,
  act: () => Promise<void>
): Promise<Problem | null> {
  try {
    await act()
  } catch (error) {
    // a date that is none, or a statement that the law does not allow
    if (error instanceof Stuck) return { path, message: error.message }
    if (error instanceof InvalidData)
      return {
        path,
        message: error.problems.map(each => `${each.path}: ${each.message}`).join('; ')
      }
    if (!(error instanceof CommandRefused)) throw error
    const found = [error.code, ...error.problems.flatMap(each => [each.path, each.message])]
    if (refused?.every(reason => found.some(each => each === reason || each.includes(reason))))
      return null
    const expected = refused === undefined ? 'no refusal' : `a refusal for ${refused.join(', ')}`
    return { path, message: `expected ${expected}, found ${error.code}: ${error.message}` }
  }
  if (refused === undefined) return null
  return { path, message: `expected a refusal for ${refused.join(', ')}, found none` }
}

// what came of it /////////////////////////////////////////////////////////////

function compare(player: Player, expect: Expectation): readonly Problem[] {
  const { state } = player
  const problems: Problem[] = []
  const differ = (path: string, expected: unknown, found: unknown) =>
    problems.push({
      path: `expect.${path}`,
      message: `expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`
    })
  const completed = player.events.flatMap(({ event }) =>
    event.type === 'elementCompleted' ? [event] : []
  )
  const passed = new Set(completed.map(({ element }) => element))
  const decided = new Map<ElementId, Decision>()
  for (const { event } of player.events) {
    if (event.type === 'ruleDecided') decided.set(event.element, event.decision)
  }

  if (expect.status !== undefined && expect.status !== state.status) {
    const resting = Object.values(state.tokens).map(({ at, wait }) =>
      wait?.for === 'incident' ? `<${at}> ${wait.message}` : `<${at}> waits for ${wait?.for}`
    )
    differ('status', expect.status, [state.status, ...resting])
  }
  if (expect.end !== undefined && !passed.has(expect.end))
    differ('end', expect.end, [...passed].at(-1))
  const tasks = completed.filter(({ by }) => by !== null).map(({ element }) => element)
  if (expect.tasks !== undefined && !same(expect.tasks, tasks)) differ('tasks', expect.tasks, tasks)
  const letters = player.effects.flatMap(effect =>
    effect.type === 'runJob' && effect.kind === 'issue-letter'
      ? [effect.input.template ?? null]
      : []
  )
  if (expect.letters !== undefined && !same(expect.letters, letters))
    differ('letters', expect.letters, letters)
  for (const element of expect.passed ?? []) {
    if (!passed.has(element)) differ('passed', element, [...passed])
  }
  for (const [element, outcome] of Object.entries(expect.outcomes ?? {})) {
    const found = decided.get(element)?.outcome ?? null
    if (!includes(found, outcome)) differ(`outcomes.${element}`, outcome, found)
  }
  for (const [element, rows] of Object.entries(expect.rows ?? {})) {
    const found = decided.get(element)?.rows ?? []
    if (!same(rows, found)) differ(`rows.${element}`, rows, found)
  }
  if (!includes(player.dataStores, expect.dataStores ?? {}))
    differ('dataStores', expect.dataStores, player.dataStores)
  if (!includes(state.variables, expect.variables ?? {})) {
    const names = Object.keys(expect.variables ?? {})
    differ(
      'variables',
      expect.variables,
      Object.fromEntries(names.map(name => [name, state.variables[name]]))
    )
  }
  return problems
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Whether a value has all that another one names, at any depth. */
function includes(found: Value | undefined, expected: Value): boolean {
  if (expected === null || typeof expected !== 'object') return found === expected
  if (Array.isArray(expected)) {
    return (
      Array.isArray(found) &&
      found.length === expected.length &&
      expected.every((each, n) => includes(found[n], each))
    )
  }
  if (found === null || typeof found !== 'object' || Array.isArray(found)) return false
  return Object.entries(expected).every(([name, value]) =>
    includes((found as Variables)[name], value as Value)
  )
}
