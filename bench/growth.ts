import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { compile } from '../engine/compile/compile.ts'
import type { Actor, ProcessGraph, ProcessInstance } from '../engine/index.ts'
import { step } from '../engine/index.ts'
import { readDiagram } from '../runtime/bpmn.ts'
import { openDatabase } from '../runtime/stores/database.ts'
import { cycle, large } from './diagrams.ts'
import { houseOn } from './durable.ts'
import { context, office } from './engine.ts'
import { cost, type Figure, median } from './figures.ts'

const LOOPS = 1000
const WAITING = cycle({ chosen: 'true', again: 'true' }, '<bpmn:userTask id="Work"/>')

/** What must not grow with the age of an instance, or more than its diagram does. */
export async function growth(): Promise<readonly Figure[]> {
  return [...(await loops()), await compiling()]
}

/** Late loops beside early ones: of 1,000, each a command, in the engine alone and committed. */
async function loops(): Promise<readonly Figure[]> {
  const [graph] = compile(await readDiagram(WAITING, 'CYC'), 1)
  if (graph === undefined) throw new Error('expected a process')
  return [
    late('CYC of 1,000: late loops against early, engine', inMemory(graph)),
    late('CYC of 1,000: late loops against early, committed', await committed(graph))
  ]
}

/** The median time of loops 900-1000 beside that of loops 100-200, of several instances. */
function late(name: string, instances: readonly (readonly number[])[]): Figure {
  const of = (from: number, to: number) => median(instances.flatMap(each => each.slice(from, to)))
  return cost(name, of(900, 1000), 'ms', 1.1, of(100, 200))
}

function inMemory(graph: ProcessGraph): readonly (readonly number[])[] {
  const actor: Actor = { id: 'p', name: 'P', kind: 'person', unit: office.id, roles: [] }
  return Array.from({ length: 40 }, () => {
    let state: ProcessInstance = step(
      graph,
      null,
      {
        type: 'start',
        instance: 'i',
        office: 'office',
        variables: {},
        element: null,
        release: null
      },
      context
    ).state
    return Array.from({ length: LOOPS }, () => {
      const token = Object.keys(state.tokens)[0] as string
      const start = performance.now()
      state = step(
        graph,
        state,
        { type: 'completeUserTask', token, variables: {} },
        { ...context, actor }
      ).state
      return performance.now() - start
    })
  })
}

async function committed(graph: ProcessGraph): Promise<readonly (readonly number[])[]> {
  const folder = mkdtempSync(join(tmpdir(), 'alur-bench-'))
  const database = openDatabase(join(folder, 'cycle.db'))
  const runtime = await houseOn(database, graph)
  const by: Actor = { id: 'p', name: 'P', kind: 'person', unit: 'kanim-tju', roles: [] }
  const all: number[][] = []
  for (const instance of ['cycle-1', 'cycle-2', 'cycle-3']) {
    const start = {
      type: 'start',
      instance,
      office: 'kanim-tju',
      variables: {},
      element: null,
      release: null
    } as const
    let state = await runtime.execute({ instance, process: graph, command: start, by })
    const times: number[] = []
    for (let loop = 0; loop < LOOPS; loop++) {
      const token = Object.keys(state.tokens)[0] as string
      const command = { type: 'completeUserTask', token, variables: {} } as const
      const begun = performance.now()
      state = await runtime.execute({ instance, command, by })
      times.push(performance.now() - begun)
    }
    all.push(times)
  }
  await runtime.stop()
  database.close()
  rmSync(folder, { recursive: true })
  return all
}

/** Moves what the parser made out of the way, so that the compiler does not pay for it. */
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as (how: { readonly type: 'minor' }) => void
function clear(): void {
  collect({ type: 'minor' })
  collect({ type: 'minor' })
}

/**
 * The time per element of a diagram of 10,000 elements beside a hundred of 100, parsed outside the clock and
 * all kept: both allocate as much. They take turns, so that whatever else the machine does slows both.
 */
async function compiling(): Promise<Figure> {
  const rounds: { readonly few: number; readonly many: number }[] = []
  await compiled(100, 100)
  for (let round = 0; round < 15; round++) {
    rounds.push({ few: await compiled(100, 100), many: await compiled(10_000, 1) })
  }
  return cost(
    'compiling: µs an element of 10,000 against 100',
    median(rounds.map(({ many }) => many)),
    'µs',
    1.5,
    median(rounds.map(({ few }) => few))
  )
}

/** Compiles so many diagrams of so many elements and gives the microseconds that an element took. */
async function compiled(count: number, diagrams: number): Promise<number> {
  const text = large(count)
  const elements = (text.match(/ id="/g)?.length ?? 0) * diagrams
  const parsed: unknown[] = []
  for (let n = 0; n < diagrams; n++) parsed.push(await readDiagram(text, 'large'))
  clear()
  const start = performance.now()
  const graphs = parsed.map(each => compile(each, 1))
  const taken = performance.now() - start
  if (graphs.length !== diagrams) throw new Error('expected all of them')
  return (taken * 1000) / elements
}
