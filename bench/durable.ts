import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRulebook } from '../bin/rules.ts'
import { compile } from '../engine/compile/compile.ts'
import type { Actor, ProcessGraph } from '../engine/index.ts'
import { readDiagram } from '../runtime/bpmn.ts'
import { systemClock } from '../runtime/clock.ts'
import { inlineDispatcher } from '../runtime/dispatchers/inline.ts'
import type { Library } from '../runtime/library.ts'
import { consoleLog } from '../runtime/log.ts'
import { openRuntime, type Runtime } from '../runtime/runtime.ts'
import { type Database, openDatabase } from '../runtime/stores/database.ts'
import { sqliteStore } from '../runtime/stores/sqlite.ts'
import { sqliteRegisters } from '../runtime/stores/sqlite-registers.ts'
import { userTasks } from './diagrams.ts'
import { type Figure, figure, median } from './figures.ts'
import { recording, writeAgain } from './recording.ts'

const TASKS = 20
const OFFICE = 'kanim-tju'
const officer: Actor = { id: 'loket.tju', name: 'Petugas', kind: 'person', unit: OFFICE, roles: [] }

/** Committed steps on SQLite beside the same rows and bytes written by the driver alone. */
export async function durable(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'alur-bench-'))
  try {
    return [
      figure('fsync of 4 KB', 1000 / fsyncMilliseconds(folder), '/s'),
      ...(await measured('single caller', folder, 1, 4000, 0.7)),
      ...(await measured('64 callers, grouped', folder, 64, 6400, 0.5))
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function measured(
  name: string,
  folder: string,
  callers: number,
  steps: number,
  target: number
): Promise<readonly Figure[]> {
  const rates: number[] = []
  const raws: number[] = []
  let together = 0
  const [graph] = compile(await readDiagram(userTasks(TASKS), 'bench'), 1)
  if (graph === undefined) throw new Error('expected a process')
  for (let round = 0; round < 3; round++) {
    const place = join(folder, `${callers}-${round}`)
    // Worked twice: to be timed, and to be recorded, which takes time of its own.
    rates.push(await workedOn(openDatabase(`${place}.db`), graph, callers, steps))
    const file = openDatabase(`${place}-recorded.db`)
    const { database, transactions } = recording(file)
    let before = 0
    await workedOn(database, graph, callers, steps, () => {
      before = transactions.length
    })
    const done = transactions.slice(before)
    const raw = openDatabase(`${place}-raw.db`)
    sqliteStore(raw)
    writeAgain(raw, transactions.slice(0, before))
    raws.push(steps / writeAgain(raw, done))
    together = steps / done.length
    raw.close()
  }
  return [
    figure(
      `${name}: committed steps against raw writes`,
      median(rates),
      '/s',
      median(raws),
      target
    ),
    figure(`${name}: steps that shared a transaction`, together, 'steps')
  ]
}

/** Starts the instances and completes their tasks; gives the steps per second of the completing. */
async function workedOn(
  database: Database,
  graph: ProcessGraph,
  callers: number,
  steps: number,
  begin = () => {}
): Promise<number> {
  const runtime = await houseOn(database, graph)
  const instances = await started(runtime, graph, steps / TASKS)
  begin()
  const seconds = await complete(runtime, instances, callers)
  await runtime.stop()
  database.close()
  return steps / seconds
}

export async function houseOn(database: Database, graph: ProcessGraph): Promise<Runtime> {
  const library: Library = {
    processes: [graph],
    find: id => (id === graph.id ? graph : null),
    form: () => null,
    payload: () => null,
    source: () => null,
    differences: () => null
  }
  return openRuntime({
    store: sqliteStore(database),
    dispatcher: inlineDispatcher({ clock: systemClock, log: consoleLog }),
    rulebook: await openRulebook(),
    library,
    registers: sqliteRegisters(database),
    handlers: {},
    clock: systemClock,
    log: consoleLog
  })
}

async function started(
  runtime: Runtime,
  process: ProcessGraph,
  count: number
): Promise<readonly string[]> {
  const instances = Array.from({ length: count }, (_, n) => `case-${n}`)
  const start = {
    type: 'start',
    office: OFFICE,
    variables: {},
    element: null,
    release: null
  } as const
  await Promise.all(
    instances.map(instance =>
      runtime.execute({ instance, process, command: { ...start, instance }, by: officer })
    )
  )
  return instances
}

/** Every caller takes the next instance and completes its tasks one after another. */
async function complete(
  runtime: Runtime,
  instances: readonly string[],
  callers: number
): Promise<number> {
  const open = [...instances]
  const start = performance.now()
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let instance = open.pop(); instance !== undefined; instance = open.pop()) {
        let token = 't2'
        for (let task = 0; task < TASKS; task++) {
          const command = { type: 'completeUserTask', token, variables: {} } as const
          const { tokens } = await runtime.execute({ instance, command, by: officer })
          token = Object.keys(tokens)[0] ?? ''
        }
      }
    })
  )
  return (performance.now() - start) / 1000
}

function fsyncMilliseconds(folder: string): number {
  const file = openSync(join(folder, 'fsync'), 'w')
  const page = Buffer.alloc(4096, 1)
  const times = Array.from({ length: 50 }, () => {
    const start = performance.now()
    writeSync(file, page)
    fdatasyncSync(file)
    return performance.now() - start
  })
  closeSync(file)
  return median(times)
}
