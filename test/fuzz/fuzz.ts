import { readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { compile } from '../../engine/compile/compile.ts'
import {
  CommandRefused,
  type Context,
  type Event,
  InvalidData,
  type ProcessGraph,
  type ProcessInstance,
  replay,
  step
} from '../../engine/index.ts'
import { readDiagram } from '../../runtime/bpmn.ts'
import { office, system } from '../play.ts'
import { anyBlocks } from '../properties/blocks.ts'
import { Diagram } from '../properties/diagram.ts'
import { Chance } from './chance.ts'
import { anyCommand, anyVariables } from './commands.ts'
import { mutate } from './mutate.ts'

/** How a case may end; anything else throws. */
export type Outcome = 'refused' | 'incident' | 'completed' | 'waiting'

const COMMANDS = 15
/** Small, so that what runs away is seen soon. */
const LIMITS = { activations: 400, instances: 40, calls: 6 }

const FOLDER = new URL('../diagrams/', import.meta.url)
const SOURCES = readdirSync(FOLDER)
  .filter(name => name.endsWith('.bpmn'))
  .sort()
  .map(name => readFileSync(new URL(name, FOLDER), 'utf8'))
  .map(xml =>
    xml
      .replace(/<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>/g, '')
      // flows say both; without these a flow that is taken away leaves nothing behind
      .replace(/<bpmn:(incoming|outgoing)>[^<]*<\/bpmn:\1>\s*/g, '')
  )

/** The diagram of a case: one of the tests' or one of chance, with faults. */
export function diagramOf(seed: number, chance: Chance): string {
  if (!chance.once(4)) return mutate(chance.of(SOURCES), chance)
  const [block] = fc.sample(anyBlocks, { seed, numRuns: 1 })
  const diagram = new Diagram()
  if (block !== undefined) diagram.whole(block)
  return mutate(diagram.xml, chance)
}

/**
 * One case: a diagram with faults is refused, or runs whatever is asked of it. Each command is refused or
 * leaves a state that its events tell again, in which every token has a reason to rest.
 *
 * @throws anything but a refusal that is clear
 */
export async function fuzz(seed: number): Promise<Outcome> {
  const chance = new Chance(seed)
  const graphs = await deployed(diagramOf(seed, chance))
  if (graphs === null) return 'refused'
  const context: Omit<Context, 'actor'> = {
    now: '2015-12-03T02:00:00.000Z',
    office,
    findProcess: id => graphs.find(each => each.id === id) ?? null,
    limits: LIMITS
  }
  const [graph] = graphs as [ProcessGraph, ...ProcessGraph[]]
  const begin = {
    type: 'start',
    instance: 'i1',
    office: office.id,
    variables: anyVariables(chance),
    element: chance.once(4) ? chance.of([...graph.starts, 'Nowhere']) : null,
    release: null
  } as const
  let state: ProcessInstance | null = null
  const history: Event[] = []
  let stuck = false
  for (let n = 0; n <= COMMANDS; n++) {
    const { command, actor } =
      state === null ? { command: begin, actor: system } : anyCommand(state, graphs, chance)
    try {
      const made = step(graph, state, command, { ...context, actor })
      const told = replay([...history, ...made.events])
      const { state: next }: { readonly state: ProcessInstance } = made
      const stored = JSON.parse(JSON.stringify(next)) as ProcessInstance
      if (!isDeepStrictEqual(told, next)) throw new Error(`${command.type} is told otherwise`)
      if (!isDeepStrictEqual(stored, next)) throw new Error(`${command.type} does not survive JSON`)
      expectRest(stored)
      state = stored
      history.push(...made.events)
      stuck ||= made.events.some(
        event => event.type === 'elementWaiting' && event.wait.for === 'incident'
      )
    } catch (error) {
      if (!(error instanceof CommandRefused)) throw error
      if (error.message === '') throw new Error(`${command.type} is refused without a word`)
      if (state === null) return 'refused'
    }
  }
  if (stuck) return 'incident'
  return state?.status === 'running' ? 'waiting' : 'completed'
}

async function deployed(xml: string): Promise<readonly ProcessGraph[] | null> {
  try {
    return compile(await readDiagram(xml, 'fuzz.bpmn'), 1)
  } catch (error) {
    if (!(error instanceof InvalidData)) throw error
    const { problems } = error
    if (
      problems.length === 0 ||
      problems.some(({ path, message }) => path === '' || message === '')
    )
      throw new Error(`refused without saying what is wrong: ${error.message}`)
    return null
  }
}

function expectRest({ status, tokens, subscriptions }: ProcessInstance): void {
  for (const { id, at, scope, wait } of Object.values(tokens)) {
    if (wait === null) throw new Error(`${id} rests on ${at} for no reason`)
    if (scope !== null && tokens[scope] === undefined)
      throw new Error(`the scope ${scope} of ${id} on ${at} is gone`)
  }
  for (const { id, token, element } of Object.values(subscriptions)) {
    if (token !== null && tokens[token] === undefined)
      throw new Error(`${id} at ${element} waits for a token that is gone`)
  }
  const left = Object.keys(tokens)
  if (status === 'running' && left.length === 0) throw new Error('runs, and nothing is left in it')
  if (status !== 'running' && left.length > 0) throw new Error(`is ${status}, and ${left} are left`)
}
