import { Engine } from 'bpmn-engine'
import { BpmnModdle } from 'bpmn-moddle'
import { compile } from '../engine/compile/compile.ts'
import type { Actor, Context, Office, ProcessGraph, Variables } from '../engine/index.ts'
import { step } from '../engine/index.ts'
import { readDiagram } from '../runtime/bpmn.ts'
import {
  COUNTING,
  cycle,
  exclusive,
  explicitTermination,
  FEEL,
  parallel,
  sequence
} from './diagrams.ts'
import { feel } from './feel.ts'
import { type Figure, figure, perSecond } from './figures.ts'
import { growth } from './growth.ts'
import { storage } from './storage.ts'

export const office: Office = {
  id: 'office',
  name: 'Office',
  timeZone: 'Asia/Jakarta',
  calendar: { version: 'none', years: {} },
  line: [{ id: 'office', level: 'office', name: 'Office' }],
  facts: {}
}
const actor: Actor = { id: 'system', name: 'System', kind: 'system', unit: null, roles: [] }
export const context: Context = {
  now: '2015-12-03T02:00:00.000Z',
  office,
  actor,
  findProcess: () => null
}

/** Everything that is asked of the engine alone, in one run. */
export async function engine(): Promise<readonly Figure[]> {
  return [...(await workloads()), ...(await storage()), ...(await growth()), ...(await feel())]
}

// beside bpmn-engine //////////////////////////////////////////////////////////

interface Workload {
  readonly name: string
  readonly ours: () => void
  readonly peer: () => Promise<void>
  /** How many elements an instance goes through. */
  readonly activations: number
}

/** Whole instances in memory, with all their events, beside bpmn-engine on the same diagrams. */
async function workloads(): Promise<readonly Figure[]> {
  const asked = (service: string) => `\${environment.services.${service}()}`
  const peers = { chosen: asked('chosen'), again: asked('again') }
  const single = [
    await workload('SEQ', sequence(2)),
    await workload('SEQ20', sequence(20)),
    await workload('EXC', exclusive(FEEL), { amount: 150 }, exclusive(peers)),
    await workload('PAR', parallel()),
    await workload('EXT', explicitTermination()),
    await workload('CYC', cycle(FEEL, COUNTING), { loops: 0 }, cycle(peers))
  ]
  const parts = single.filter(({ name }) => name !== 'SEQ20')
  const mix: Workload = {
    name: 'MIX',
    ours: () => {
      for (const { ours } of parts) ours()
    },
    peer: async () => {
      for (const { peer } of parts) await peer()
    },
    activations: parts.reduce((sum, { activations }) => sum + activations, 0)
  }
  const figures: Figure[] = []
  for (const { name, ours, peer, activations } of [...single, mix]) {
    const rate = await perSecond(ours)
    const beside = await perSecond(peer, { rounds: 3, milliseconds: 500 })
    const instances = name === 'MIX' ? parts.length : 1
    const target = name === 'SEQ20' ? 200 : 100
    figures.push(
      figure(
        `${name}: instances against bpmn-engine`,
        rate * instances,
        '/s',
        beside * instances,
        target
      ),
      figure(`${name}: activations`, rate * activations, '/s')
    )
  }
  return figures
}

/** `peerXml` differs in the language of its conditions only. */
async function workload(
  name: string,
  xml: string,
  variables: Variables = {},
  peerXml = xml
): Promise<Workload> {
  const [graph] = compile(await readDiagram(xml, name), 1)
  if (graph === undefined) throw new Error('expected a process')
  // The peer's diagram is read once, outside the clock.
  const moddleContext = await new BpmnModdle().fromXML(peerXml)
  return {
    name,
    ours: () => runOnce(graph, variables),
    peer: () => runPeer(moddleContext),
    activations: runOnce(graph, variables)
  }
}

/** Gives how many elements were activated. */
function runOnce(graph: ProcessGraph, variables: Variables): number {
  const { state, events } = step(
    graph,
    null,
    { type: 'start', instance: 'i', office: 'office', variables, element: null, release: null },
    context
  )
  if (state.status !== 'completed') throw new Error(`expected <${graph.id}> to complete`)
  return events.reduce((sum, { type }) => sum + (type === 'elementActivated' ? 1 : 0), 0)
}

async function runPeer(moddleContext: unknown): Promise<void> {
  let loops = 0
  const services = { chosen: () => true, again: () => ++loops < 10 }
  const options = { name: 'peer', moddleContext, services }
  const peer = new Engine(options as unknown as ConstructorParameters<typeof Engine>[0])
  await peer.execute()
  if (peer.state !== 'idle') throw new Error(`expected the peer to complete, found ${peer.state}`)
}
