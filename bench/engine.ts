import { Engine } from 'bpmn-engine'
import { BpmnModdle } from 'bpmn-moddle'
import { compile } from '../engine/compile/compile.ts'
import type { Actor, Context, Office, ProcessGraph } from '../engine/index.ts'
import { step } from '../engine/index.ts'
import { readDiagram } from '../runtime/bpmn.ts'
import { parallel, sequence } from './diagrams.ts'
import { type Figure, figure, perSecond } from './figures.ts'

const office: Office = {
  id: 'office',
  name: 'Office',
  timeZone: 'Asia/Jakarta',
  calendar: { version: 'none', years: {} },
  line: [{ id: 'office', level: 'office', name: 'Office' }],
  facts: {}
}
const actor: Actor = { id: 'system', name: 'System', kind: 'system', unit: null, roles: [] }
const context: Context = { now: '2015-12-03T02:00:00.000Z', office, actor, findProcess: () => null }

/** Whole instances in memory, with all their events, beside bpmn-engine on the same diagrams. */
export async function engine(): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const [name, xml] of [
    ['SEQ', sequence(2)],
    ['SEQ20', sequence(20)],
    ['PAR', parallel()]
  ] as const) {
    const [graph] = compile(await readDiagram(xml, name), 1)
    const elements = Object.keys((graph as ProcessGraph).nodes).length
    const ours = await perSecond(() => runOnce(graph as ProcessGraph))
    const moddleContext = await new BpmnModdle().fromXML(xml)
    const peer = await perSecond(() => runPeer(moddleContext), { rounds: 3, milliseconds: 500 })
    figures.push(figure(`${name}: instances against bpmn-engine`, ours, '/s', peer, 50))
    figures.push(figure(`${name}: activations`, ours * elements, '/s'))
  }
  return figures
}

function runOnce(graph: ProcessGraph): void {
  const { state } = step(
    graph,
    null,
    { type: 'start', instance: 'i', office: 'office', variables: {}, element: null, release: null },
    context
  )
  if (state.status !== 'completed') throw new Error(`expected <${graph.id}> to complete`)
}

async function runPeer(moddleContext: unknown): Promise<void> {
  const peer = new Engine({ name: 'peer', moddleContext } as ConstructorParameters<
    typeof Engine
  >[0])
  await peer.execute()
  if (peer.state !== 'idle') throw new Error(`expected the peer to complete, found ${peer.state}`)
}
