import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import { compile } from '../engine/compile/compile.ts'
import {
  type Actor,
  type Calendar,
  type Command,
  CommandRefused,
  type Context,
  type Decision,
  type Effect,
  type Event,
  type Office,
  type ProcessGraph,
  type ProcessInstance,
  replay,
  step,
  type Token,
  type Variables
} from '../engine/index.ts'
import { traceLine } from '../engine/trace.ts'
import { readDiagram } from '../runtime/bpmn.ts'
import { type DataContents, DataInMemory } from '../runtime/data-stores.ts'

/** One thing that a test lets happen. It names elements; `play` finds the tokens. */
export type Move = (state: ProcessInstance | null) => {
  readonly command: Command
  readonly actor?: Actor
  readonly now?: string
  /** The office as it is from now on. */
  readonly office?: Office
}

export interface Played {
  /** What the data stores hold, by the name of the store and by key. */
  readonly dataStores: DataContents
  readonly trace: string
  readonly state: ProcessInstance
  readonly events: readonly Event[]
  readonly effects: readonly Effect[]
  readonly graph: ProcessGraph
  readonly graphs: readonly ProcessGraph[]
}

export const calendar: Calendar = {
  version: 'test',
  years: {
    '2015': { closed: { '2015-12-25': 'Natal' }, sample: true },
    '2016': { closed: {}, sample: true }
  }
}

export const office: Office = {
  id: 'kanim-tju',
  name: 'Kantor Imigrasi Contoh',
  timeZone: 'Asia/Jakarta',
  calendar,
  line: [
    { id: 'kanim-tju', level: 'office', name: 'Kantor Contoh' },
    { id: 'kanwil-kepri', level: 'region', name: 'Kanwil Contoh' },
    { id: 'ditjen-imigrasi', level: 'national', name: 'Ditjen' }
  ],
  supervisors: ['kakanim'],
  facts: { id: 'kanim-tju' }
}

const START = '2015-12-03T02:00:00.000Z'
export const system: Actor = { id: 'system', name: 'Sistem', kind: 'system', unit: null, roles: [] }

/** A person of the office with the given roles. */
export function person(id: string, ...roles: string[]): Actor {
  return { id, name: id, kind: 'person', unit: 'kanim-tju', roles }
}

/**
 * Plays moves on a diagram of `test/diagrams` and gives the trace. Between moves the state goes through
 * JSON and back; at the end the events are replayed and must give the same state; and a second play
 * must give the same trace.
 */
export async function play(
  diagram: string | readonly string[],
  ...moves: readonly Move[]
): Promise<Played> {
  const names = typeof diagram === 'string' ? [diagram] : diagram
  const graphs = (await Promise.all(names.map(load))).flat()
  const first = run(graphs, moves)
  expect(run(graphs, moves).trace, 'the same moves give the same trace').to.equal(first.trace)
  return first
}

/** The graphs of one diagram of `test/diagrams`; `callee@2` is its second version. */
export async function load(given: string): Promise<readonly ProcessGraph[]> {
  const [name, version = '1'] = given.split('@') as [string, string?]
  const xml = await readFile(new URL(`diagrams/${name}.bpmn`, import.meta.url), 'utf8')
  return compile(await readDiagram(xml, `${name}.bpmn`), Number(version))
}

function run(graphs: readonly ProcessGraph[], moves: readonly Move[]): Played {
  const graph = graphs[0] as ProcessGraph
  const findProcess = finder(graphs)
  let state: ProcessInstance | null = null
  let now = START
  let at: Office = office
  const dataStores = new DataInMemory()
  const events: Event[] = []
  const effects: Effect[] = []
  for (const move of moves) {
    const { command, actor = person('budi', 'operator'), ...moved } = move(state)
    now = moved.now ?? now
    at = moved.office ?? at
    const result = step(graph, state, command, {
      now,
      office: at,
      actor,
      findProcess,
      dataStores
    })
    dataStores.take(result.events)
    events.push(...result.events)
    effects.push(...result.effects)
    state = JSON.parse(JSON.stringify(result.state)) as ProcessInstance
  }
  if (state === null) throw new Error('expected at least one move')
  expect(JSON.parse(JSON.stringify(replay(events))), 'the events give the state').to.deep.equal(
    state
  )
  for (const token of Object.values(state.tokens))
    expect(token.wait, `why ${token.at} rests`).not.to.equal(null)
  return {
    dataStores: dataStores.contents,
    trace: traceOf(events),
    state,
    events,
    effects,
    graph,
    graphs
  }
}

/** What a step finds: for an office the version given first; together with version n of a caller, version n. */
function finder(graphs: readonly ProcessGraph[]): Context['findProcess'] {
  return (id, wanted) => {
    const versions = graphs.filter(each => each.id === id)
    if (wanted === null) {
      return versions[0] ?? graphs.find(({ variantOf }) => variantOf === id) ?? null
    }
    if (wanted === 'latest') return versions.toSorted((a, b) => b.version - a.version)[0] ?? null
    const number = typeof wanted === 'number' ? wanted : wanted.deployedWith.version
    return versions.find(({ version }) => version === number) ?? null
  }
}

/** The history in the words of the tests. */
export function traceOf(events: readonly Event[]): string {
  return events
    .map(traceLine)
    .filter(line => line !== null)
    .join('\n')
}

/** A trace as it stands in a test: one line each, indentation ignored. */
export function lines(strings: TemplateStringsArray): string {
  return strings
    .join('')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .join('\n')
}

/** The part of a trace from the last time that a line stands in it. */
export function since(trace: string, line: string): string {
  const all = trace.split('\n')
  const at = all.lastIndexOf(line)
  if (at < 0) throw new Error(`expected a line <${line}> in the trace:\n${trace}`)
  return all.slice(at).join('\n')
}

/** What waits where at the end, as `Check: user`, in the order of the tokens. */
export function resting({ state }: Played): readonly string[] {
  return Object.values(state.tokens).map(({ at, wait }) =>
    wait?.for === 'incident' ? `${at}: incident ${wait.code}` : `${at}: ${wait?.for}`
  )
}

/** What an incident at an element says. */
export function incidentAt({ state }: Played, element: string): string {
  const { wait } = tokenAt(state, element, 'incident')
  return wait?.for === 'incident' ? wait.message : ''
}

/** The refusal that moves end in. */
export async function refusalOf(played: Promise<unknown>): Promise<CommandRefused> {
  try {
    await played
  } catch (error) {
    if (error instanceof CommandRefused) return error
    throw error
  }
  throw new Error('expected the last move to be refused')
}

// moves ///////////////////////////////////////////////////////////////////////

export function start(variables: Variables = {}, element: string | null = null): Move {
  return () => ({
    command: {
      type: 'start',
      instance: 'i1',
      office: 'kanim-tju',
      variables,
      element,
      release: 'r1'
    },
    actor: system
  })
}

function tokenAt(state: ProcessInstance | null, element: string, wait: string, nth = 0): Token {
  const found = Object.values(state?.tokens ?? {}).filter(
    ({ at, wait: why }) => at === element && why?.for === wait
  )[nth]
  if (found === undefined)
    throw new Error(`expected a token at <${element}> that waits for a ${wait}`)
  return found
}

export function completeUserTask(
  element: string,
  variables: Variables = {},
  actor: Actor = person('budi'),
  nth = 0
): Move {
  return state => ({
    command: {
      type: 'completeUserTask',
      token: tokenAt(state, element, 'user', nth).id,
      variables
    },
    actor
  })
}

function jobAt(state: ProcessInstance | null, element: string): string {
  const { wait } = tokenAt(state, element, 'job')
  return wait?.for === 'job' ? wait.job : ''
}

export function completeJob(element: string, variables: Variables = {}): Move {
  return state => ({
    command: { type: 'completeJob', job: jobAt(state, element), variables },
    actor: system
  })
}

export function failJob(element: string, message = 'it broke'): Move {
  return state => ({
    command: { type: 'failJob', job: jobAt(state, element), code: 'fault', message },
    actor: system
  })
}

export function throwJobError(element: string, code: string, variables: Variables = {}): Move {
  return state => ({
    command: { type: 'throwJobError', job: jobAt(state, element), code, variables },
    actor: system
  })
}

/** Lets what an event waits for happen, of several the one of this kind; a timer at its due time. */
export function trigger(
  element: string,
  variables: Variables = {},
  kind: string | null = null
): Move {
  return state => {
    const open = Object.values(state?.subscriptions ?? {}).find(
      each => each.element === element && (kind === null || each.on.kind === kind)
    )
    if (open === undefined) throw new Error(`expected something to wait at <${element}>`)
    return {
      command: { type: 'trigger', subscription: open.id, variables },
      actor: system,
      ...(open.on.kind === 'timer' ? { now: open.on.dueAt } : {})
    }
  }
}

export function decide(
  element: string,
  outcome: Decision['outcome'],
  more: Partial<Decision> = {}
): Move {
  return state => {
    const { id, wait } = tokenAt(state, element, 'decision')
    const decision: Decision = {
      rule: wait?.for === 'decision' ? wait.rule : '',
      office: 'kanim-tju',
      release: 'r1',
      date: '2015-12-03',
      facts: wait?.for === 'decision' ? wait.facts : {},
      outcome,
      rows: [],
      reasons: [],
      trail: [],
      cites: [],
      confidence: null,
      remarks: [],
      rebinds: false,
      ...more
    }
    return { command: { type: 'decide', token: id, decision }, actor: system }
  }
}

export function resolveIncident(
  element: string,
  variables: Variables = {},
  actor = person('oka', 'operator')
): Move {
  return state => ({
    command: {
      type: 'resolveIncident',
      token: tokenAt(state, element, 'incident').id,
      variables,
      reason: 'mended'
    },
    actor
  })
}

/** A person starts an activity of an ad-hoc sub-process. */
export function startActivity(
  element: string,
  activity: string,
  variables: Variables = {},
  actor: Actor = person('budi', 'counter')
): Move {
  return state => {
    const token = tokenAt(state, element, 'selection').id
    return { command: { type: 'startActivity', token, element: activity, variables }, actor }
  }
}

/** A person says that an ad-hoc sub-process is over. */
export function endSelection(element: string, actor: Actor = person('budi', 'counter')): Move {
  return state => ({
    command: { type: 'endSelection', token: tokenAt(state, element, 'selection').id },
    actor
  })
}

export function failDecision(
  element: string,
  code: 'no-rule' | 'no-value' | 'no-calendar',
  message: string
): Move {
  return state => ({
    command: { type: 'failDecision', token: tokenAt(state, element, 'decision').id, code, message },
    actor: system
  })
}

export function terminate(reason = 'entered twice', actor = person('oka', 'operator')): Move {
  return () => ({ command: { type: 'terminate', reason }, actor })
}

/** The same move, at another moment. */
export function at(now: string, move: Move): Move {
  return state => ({ ...move(state), now })
}

/** The same move, by another actor. */
export function by(actor: Actor, move: Move): Move {
  return state => ({ ...move(state), actor })
}

/** A command as it stands. */
export function send(command: Command, actor: Actor = system): Move {
  return () => ({ command, actor })
}
