import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { FlowNode, ProcessGraph } from '../../engine/graph.ts'
import type { Event } from '../../engine/messages.ts'
import type { ElementId, Token, Value, Variables } from '../../engine/index.ts'
import { placeOf } from '../../engine/index.ts'
import { validateForm } from '../../engine/forms.ts'
import { localDate, parseDateTime } from '../../engine/time.ts'
import { Player, type PlayMove } from '../../runtime/player.ts'
import type { ProcessSource } from '../../runtime/library.ts'
import type { Rulebook, Statement } from '../../runtime/rulebook.ts'
import { variablesAt } from '../../runtime/rows.ts'

/** A move of a case; see `processes/README.md`. */
type CaseMove =
  | PlayMove
  | { readonly complete: ElementId; readonly variables?: Variables; readonly refused: readonly string[] }
  | { readonly due: ElementId; readonly at: string }
  | { readonly incident: ElementId; readonly says: string }
  | { readonly publish: Statement; readonly by: string }

export interface ExampleCase {
  readonly name: string
  readonly title: { readonly id: string; readonly en: string }
  readonly office: string
  readonly at: string
  readonly start: { readonly variables: Variables; readonly refused?: readonly string[] }
  readonly jobs?: Readonly<Record<string, Variables>>
  readonly moves?: readonly CaseMove[]
  readonly expect?: {
    readonly status: string
    readonly end: ElementId
    readonly tasks: readonly ElementId[]
    readonly letters: readonly string[]
    readonly outcomes?: Readonly<Record<ElementId, Value>>
    readonly rows?: Readonly<Record<ElementId, readonly string[]>>
    readonly passed?: readonly ElementId[]
    readonly variables?: Variables
  }
}

/** The case files below a folder. */
export function caseFiles(folder: string): readonly { readonly process: string; readonly cases: readonly ExampleCase[] }[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter(file => file.endsWith('.cases.json'))
    .sort()
    .map(file => JSON.parse(readFileSync(join(folder, file), 'utf8')))
}

/** Plays an example case by the forms, the rules and the diagrams, and holds it to what it expects. */
export async function playCase(
  example: ExampleCase,
  process: string,
  sources: readonly ProcessSource[],
  rulebook: Rulebook
): Promise<Player> {
  const source = sources.find(({ graph }) => graph.id === process) as ProcessSource
  const graphs = sources.map(({ graph }) => graph)
  const now = parseDateTime(example.at, 'Asia/Jakarta')
  const office = rulebook.office(example.office, now)
  const player = new Player(source.graph, { graphs, office, now, rulebook, jobs: example.jobs ?? {} })

  const begin = Object.values(source.graph.nodes).find(({ type, id }) => type === 'startEvent' && source.forms[id])
  const given = filledIn(source.forms[begin?.id ?? ''], example.start.variables, {}, localDate(now, office.timeZone))
  if (example.start.refused) {
    expectProblems(given.problems, example.start.refused)
    return player
  }
  expect(given.problems, 'problems of the start form').to.deep.equal([])
  await player.start({ caseNumber: 'CONTOH/1', channel: 'counter', ...given.values })

  for (const [index, move] of (example.moves ?? []).entries()) {
    const where = `move ${index + 1} ${JSON.stringify(move)}`
    if ('publish' in move) await rulebook.publish(move.publish, move.by, player.now)
    else if ('due' in move) expect(waitingAt(player, move.due).dueAt, where).to.equal(parseDateTime(move.at, office.timeZone))
    else if ('incident' in move) {
      const { wait } = tokenAt(player, move.incident, 'incident')
      expect(wait?.for === 'incident' ? wait.message : '', where).to.include(move.says)
    } else if ('complete' in move) await complete(player, move, sources, office.timeZone)
    else await player.move(move)
  }
  hold(player, example, graphs)
  return player
}

async function complete(
  player: Player,
  move: Extract<CaseMove, { readonly complete: ElementId }>,
  sources: readonly ProcessSource[],
  zone: string
): Promise<void> {
  const token = tokenAt(player, move.complete, 'user')
  const place = placeOf(rootOf(player, sources), player.state, token, id => sources.find(({ graph }) => graph.id === id)?.graph ?? null)
  const form = sources.find(({ graph }) => graph.id === place.graph.id)?.forms[move.complete]
  const { values, problems } = filledIn(form, move.variables ?? {}, variablesAt(player.state, token), localDate(player.now, zone))
  if ('refused' in move) return expectProblems(problems, move.refused)
  expect(problems, `problems of <${move.complete}>`).to.deep.equal([])
  await player.move({ ...move, variables: values })
}

function rootOf(player: Player, sources: readonly ProcessSource[]): ProcessGraph {
  return sources.find(({ graph }) => graph.id === player.state.process)!.graph
}

function filledIn(form: Parameters<typeof validateForm>[0] | undefined, values: Variables, variables: Variables, today: string) {
  return form === undefined ? { values, problems: [] } : validateForm(form, values, { variables, today })
}

function expectProblems(problems: readonly { readonly path: string; readonly message: string }[], refused: readonly string[]): void {
  const texts = problems.map(({ path, message }) => `${path} ${message}`)
  for (const each of refused) {
    expect(texts.some(text => text.includes(each)), `a problem about ${each}, found ${texts.join('; ') || 'none'}`).to.equal(true)
  }
}

function tokenAt(player: Player, element: ElementId, wait: string): Token {
  const tokens = Object.values(player.state.tokens)
  const token = tokens.find(each => each.at === element && each.wait?.for === wait)
  const found = tokens.map(each => `${each.at} for ${each.wait?.for}${each.wait?.for === 'incident' ? ` ${each.wait.message}` : ''}`)
  if (token === undefined) throw new Error(`expected <${element}> to wait for ${wait}, found ${found.join(', ') || player.state.status}`)
  return token
}

function waitingAt(player: Player, element: ElementId): { readonly dueAt: string | null } {
  const { wait } = tokenAt(player, element, 'user')
  return wait?.for === 'user' ? wait : { dueAt: null }
}

function hold(player: Player, { expect: expected }: ExampleCase, graphs: readonly ProcessGraph[]): void {
  if (expected === undefined) return
  const events = player.events.map(({ event }) => event)
  const rest = Object.values(player.state.tokens).map(({ at, wait }) => `${at} for ${wait?.for}${wait?.for === 'incident' ? ` ${wait.message}` : ''}`)
  expect(player.state.status, `rests at ${rest.join(', ')}`).to.equal(expected.status)
  const completed = events.flatMap(event => (event.type === 'elementCompleted' ? [event] : []))
  expect(completed.flatMap(({ by, element }) => (by === null ? [] : [element])), 'tasks').to.deep.equal(expected.tasks)
  expect(completed.map(({ element }) => element), 'ends').to.include(expected.end)
  expect(lettersOf(events, graphs), 'letters').to.deep.equal(expected.letters)
  for (const element of expected.passed ?? []) expect(completed.map(each => each.element)).to.include(element)
  for (const [element, outcome] of Object.entries(expected.outcomes ?? {})) {
    expect(decided(events, element)?.outcome, `outcome of <${element}>`).to.deep.equal(outcome)
  }
  for (const [element, rows] of Object.entries(expected.rows ?? {})) {
    expect(decided(events, element)?.rows, `rows of <${element}>`).to.deep.equal(rows)
  }
  for (const [name, value] of Object.entries(expected.variables ?? {})) expect(player.state.variables[name], name).to.deep.equal(value)
}

function decided(events: readonly Event[], element: ElementId) {
  return events.flatMap(event => (event.type === 'ruleDecided' && event.element === element ? [event.decision] : [])).at(-1)
}

/** The templates of the letters that were asked for, in order. */
function lettersOf(events: readonly Event[], graphs: readonly ProcessGraph[]): readonly string[] {
  const nodes = new Map<ElementId, FlowNode>(graphs.flatMap(({ nodes }) => Object.entries(nodes)))
  const at = new Map(events.flatMap(event => (event.type === 'elementActivated' ? [[event.token.id, event.token.at]] : [])))
  return events.flatMap(event => {
    if (event.type !== 'jobRequested' || event.kind !== 'issue-letter') return []
    const node = nodes.get(at.get(event.token) ?? '')
    const source = node !== undefined && 'inputs' in node ? node.inputs.find(({ target }) => target === 'template')?.source : undefined
    return [JSON.parse(source ?? '""') as string]
  })
}
