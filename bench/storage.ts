import { openRulebook } from '../bin/rules.ts'
import type { Actor, Event, ProcessInstance, Variables } from '../engine/index.ts'
import type { Handlers } from '../jobs/job.ts'
import { type ExampleCase, readCases } from '../runtime/cases.ts'
import { settableClock } from '../runtime/clock.ts'
import { inlineDispatcher } from '../runtime/dispatchers/inline.ts'
import { openLibrary } from '../runtime/library.ts'
import { consoleLog } from '../runtime/log.ts'
import { openRuntime, type Runtime } from '../runtime/runtime.ts'
import type { Store } from '../runtime/store.ts'
import { type Database, openDatabase } from '../runtime/stores/database.ts'
import { sqliteStore } from '../runtime/stores/sqlite.ts'
import { sqliteDeployments } from '../runtime/stores/sqlite-deployments.ts'
import { sqliteRegisters } from '../runtime/stores/sqlite-registers.ts'
import { cost, type Figure, figure } from './figures.ts'

const PROCESS = 'itas-from-vitas.kanim-mre'
const EXAMPLE = 'reported-on-day-31'

/**
 * The bytes that a real case of a limited stay permit leaves in the store: its state and its history,
 * without what people filled in and without decisions with their reasons.
 */
export async function storage(): Promise<readonly Figure[]> {
  const files = await readCases('processes')
  const example = files
    .find(({ process }) => process === PROCESS)
    ?.cases.find(({ name }) => name === EXAMPLE)
  if (example === undefined) throw new Error(`expected the example <${EXAMPLE}> of <${PROCESS}>`)
  const database = openDatabase(':memory:')
  const store = sqliteStore(database)
  const runtime = await houseOf(database, store, example)
  const state = await played(runtime, store, example)
  const history = await runtime.historyOf(state.id)
  await runtime.stop()

  const events = history.flatMap(each => each.events)
  const log = stored(database, 'commits', state.id)
  const row = stored(database, 'instances', state.id)
  const logged = stored(database, 'decisions', state.id)
  const filledIn = history.flatMap(({ command, events }) =>
    command === 'start' || command === 'completeUserTask' ? events.flatMap(valuesOf) : []
  )
  const decisions = events.flatMap(decisionsOf)
  const apart = bytes(filledIn) + bytes(decisions)
  const perEvent = (log - apart) / events.length
  const perCase = (log + row - apart - bytes([state.variables])) / 1000
  database.close()
  return [
    figure('ITAS case: events', events.length, 'events'),
    cost('ITAS case: history', perEvent, 'bytes/event', 300),
    cost('ITAS case: state and history', perCase, 'KB', 20),
    figure('ITAS case: form values and decisions besides', apart / 1000, 'KB'),
    figure('ITAS case: log of decisions', logged / 1000, 'KB')
  ]
}

/** The bytes of all columns of an instance's rows, as SQLite has them. */
function stored(
  database: Database,
  table: 'commits' | 'instances' | 'decisions',
  instance: string
): number {
  const rows = database.prepare(`select * from ${table} where instance = ?`).all(instance)
  return rows
    .flatMap(row => Object.values(row as Record<string, unknown>))
    .reduce<number>((sum, value) => sum + Buffer.byteLength(String(value ?? '')), 0)
}

function bytes(values: readonly unknown[]): number {
  return values.reduce<number>((sum, value) => sum + Buffer.byteLength(JSON.stringify(value)), 0)
}

function valuesOf(event: Event): readonly Variables[] {
  return event.type === 'instanceStarted' || event.type === 'variablesSet' ? [event.variables] : []
}

function decisionsOf(event: Event): readonly unknown[] {
  if (event.type === 'ruleDecided') return [event.decision]
  return event.type === 'elementWaiting' && event.wait.for === 'decision' ? [event.wait.facts] : []
}

// a real case /////////////////////////////////////////////////////////////////

async function houseOf(database: Database, store: Store, example: ExampleCase): Promise<Runtime> {
  const clock = settableClock(example.at)
  const handlers: Handlers = Object.fromEntries(
    Object.entries(example.jobs ?? {}).map(([kind, result]) => [kind, async () => result])
  )
  return openRuntime({
    store,
    dispatcher: inlineDispatcher({ clock, log: consoleLog, tick: 5 }),
    rulebook: await openRulebook(),
    library: await openLibrary({
      folder: 'processes',
      known: { jobs: null, rules: null, templates: null, roles: null },
      deployments: sqliteDeployments(database),
      clock,
      log: { ...consoleLog, info() {} }
    }),
    registers: sqliteRegisters(database),
    handlers,
    clock,
    log: consoleLog
  })
}

async function played(
  runtime: Runtime,
  store: Store,
  example: ExampleCase
): Promise<ProcessInstance> {
  const { office } = example
  const starter = officer(office, 'counter')
  const { variables } = example.start
  let state = await runtime.start({ process: PROCESS, office, variables, by: starter })
  const instance = state.id
  for (const move of example.moves ?? []) {
    if (!('complete' in move)) throw new Error('expected tasks alone')
    state = await reached(store, instance, move.complete)
    const task = Object.values(state.tokens).find(({ at }) => at === move.complete)
    const wait = task?.wait
    if (task === undefined || wait?.for !== 'user') throw new Error('expected a task')
    const by = officer(wait.unit, wait.role ?? 'counter')
    const command = {
      type: 'completeUserTask',
      token: task.id,
      variables: move.variables ?? {}
    } as const
    state = await runtime.execute({ instance, command, by })
  }
  if (state.status !== 'completed') throw new Error(`expected the case to end: ${state.status}`)
  return state
}

/** Waits for the jobs before a task. */
async function reached(store: Store, instance: string, element: string) {
  for (let tries = 0; tries < 400; tries++) {
    const state = await store.load(instance)
    const open = Object.values(state?.tokens ?? {})
    if (state !== null && open.some(({ at, wait }) => at === element && wait?.for === 'user'))
      return state
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  throw new Error(`expected the case to reach <${element}>`)
}

function officer(unit: string, role: string): Actor {
  return { id: `${role}.sample`, name: 'Nama Contoh', kind: 'person', unit, roles: [role] }
}
