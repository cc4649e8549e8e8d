import { expect } from 'chai'
import fc from 'fast-check'
import { type Compared, compareProcesses } from '../../engine/compare/compare.ts'
import type { DifferenceKind } from '../../engine/compare/difference.ts'
import { meaningOf } from '../../engine/compare/meaning.ts'
import { compile } from '../../engine/compile/compile.ts'
import type { FlowNode, ProcessGraph } from '../../engine/graph.ts'
import { readDiagram } from '../../runtime/bpmn.ts'
import { readProcesses } from '../../runtime/library.ts'
import { numRuns, seed } from '../properties/seed.ts'

const KNOWN = { jobs: null, rules: null, templates: null, roles: null }

type Mutable<Data> = { -readonly [Key in keyof Data]: Mutable<Data[Key]> }
type Draft = Mutable<ProcessGraph>
type Node = Mutable<FlowNode> & Record<string, unknown> & { on?: Record<string, unknown> }

/** A process of steps a to e in a row, with a gateway that may skip d. */
const SMALL = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:alur="urn:alur:bpmn" targetNamespace="urn:t">
  <bpmn:process id="small" isExecutable="true">
    <bpmn:startEvent id="s"/>
    <bpmn:userTask id="a" name="A" alur:en="A" alur:role="counter"/>
    <bpmn:serviceTask id="b" name="B" alur:job="check-cekal"/>
    <bpmn:businessRuleTask id="c" name="C" alur:rule="fee" alur:result="fee"/>
    <bpmn:exclusiveGateway id="g" default="g_e"/>
    <bpmn:userTask id="d" name="D" alur:role="kakanim" alur:due="P3D" alur:notSameAs="a"/>
    <bpmn:manualTask id="e" name="E"/>
    <bpmn:endEvent id="z"/>
    <bpmn:sequenceFlow id="s_a" sourceRef="s" targetRef="a"/>
    <bpmn:sequenceFlow id="a_b" sourceRef="a" targetRef="b"/>
    <bpmn:sequenceFlow id="b_c" sourceRef="b" targetRef="c"/>
    <bpmn:sequenceFlow id="c_g" sourceRef="c" targetRef="g"/>
    <bpmn:sequenceFlow id="g_d" sourceRef="g" targetRef="d"><bpmn:conditionExpression>=fee &gt; 10 and fee &lt; 20</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="g_e" sourceRef="g" targetRef="e"/>
    <bpmn:sequenceFlow id="d_e" sourceRef="d" targetRef="e"/>
    <bpmn:sequenceFlow id="e_z" sourceRef="e" targetRef="z"/>
  </bpmn:process>
</bpmn:definitions>`

async function processOf(xml: string, forms: Compared['forms'] = {}): Promise<Compared> {
  const [graph] = compile(await readDiagram(xml, 'small.bpmn'), 1)
  return { graph: graph as ProcessGraph, forms }
}

/** The differences to a change of the text of the small process: kind, sentence, before and after. */
async function differences(from: string, to: string): Promise<readonly string[]> {
  expect(SMALL).to.include(from)
  const found = compareProcesses(
    await processOf(SMALL),
    await processOf(SMALL.replaceAll(from, to))
  )
  return found.map(({ kind, text, before, after }) => `${kind}: ${text.en}: ${before} -> ${after}`)
}

describe('the comparison of two diagrams', () => {
  it('tells a step that comes earlier', async () => {
    const swapped = [
      ['sourceRef="s" targetRef="a"', 'sourceRef="s" targetRef="b"'],
      ['sourceRef="a" targetRef="b"', 'sourceRef="b" targetRef="a"'],
      ['sourceRef="b" targetRef="c"', 'sourceRef="a" targetRef="c"']
    ].reduce((xml, [from = '', to = '']) => xml.replace(from, to), SMALL)
    const found = compareProcesses(await processOf(SMALL), await processOf(swapped))

    expect(found).to.deep.equal([
      {
        kind: 'order',
        national: ['b', 'a'],
        variant: ['b', 'a'],
        text: { id: '«B» kini sebelum «A»', en: '«B» now before «A»' },
        before: 'a < b',
        after: 'b < a'
      }
    ])
  })

  it('tells a step that is added and one that is missing', async () => {
    const longer = SMALL.replace(
      '<bpmn:endEvent id="z"/>',
      '<bpmn:endEvent id="z"/><bpmn:task id="n" name="N"/>'
    )
      .replace('id="e_z" sourceRef="e" targetRef="z"', 'id="e_z" sourceRef="e" targetRef="n"')
      .replace(
        '</bpmn:process>',
        '<bpmn:sequenceFlow id="n_z" sourceRef="n" targetRef="z"/></bpmn:process>'
      )
    const [small, long] = [await processOf(SMALL), await processOf(longer)]

    expect(compareProcesses(small, long).map(({ kind, text }) => [kind, text.en])).to.deep.equal([
      ['added', '«N» is added']
    ])
    expect(compareProcesses(long, small).map(({ kind, text }) => [kind, text.en])).to.deep.equal([
      ['removed', '«N» is missing']
    ])
  })

  it('tells who, when, which rule and which job', async () => {
    expect(await differences('alur:role="kakanim"', 'alur:role="counter"')).to.deep.equal([
      'lane: «D»: who does it: role: kakanim (office) -> role: counter (office)'
    ])
    expect(
      await differences('alur:due="P3D"', 'alur:due="P2D" alur:workingDays="true"')
    ).to.deep.equal(['time: «D»: due time: due: P3D -> due: P2D (working days)'])
    expect(await differences('alur:rule="fee"', 'alur:rule="tariff"')).to.deep.equal([
      'rule: «C»: rule: rule: fee -> rule: tariff'
    ])
    expect(await differences('alur:job="check-cekal"', 'alur:job="send-email"')).to.deep.equal([
      'job: «B»: job: job: check-cekal -> job: send-email'
    ])
    expect(await differences(' alur:notSameAs="a"', '')).to.deep.equal([
      'duties: «D»: separation of duties: notSameAs: ["a"] -> notSameAs: -'
    ])
  })

  it('takes conditions by what they mean, not by how they are written', async () => {
    expect(
      await differences('=fee &gt; 10 and fee &lt; 20', '=(20 &gt; fee) and (10 &lt; fee)')
    ).to.deep.equal([])
    expect(await differences('fee &lt; 20', 'fee &lt; 30')).to.deep.equal([
      'condition: the condition of the way from <g> to «D» differs: fee > 10 and fee < 20 -> fee > 10 and fee < 30'
    ])
    expect(meaningOf('a or (b or c)')).to.equal(meaningOf('c or b or a'))
    expect(meaningOf('a - b')).not.to.equal(meaningOf('b - a'))
    expect(meaningOf('"a b"')).not.to.equal(meaningOf('"ab"'))
  })

  it('tells ways of a gateway that have changed their places', async () => {
    const turned = SMALL.replace('sourceRef="g" targetRef="d"', 'sourceRef="g" targetRef="X"')
      .replace('sourceRef="g" targetRef="e"', 'sourceRef="g" targetRef="d"')
      .replace('targetRef="X"', 'targetRef="e"')
    const found = compareProcesses(await processOf(SMALL), await processOf(turned))

    expect(found.map(({ kind }) => kind)).to.deep.equal(['way', 'way'])
  })

  it('tells what a form asks otherwise, field by field', async () => {
    const form = (properties: object, required: readonly string[]) => ({
      a: { type: 'object', properties, required } as Compared['forms'][string]
    })
    const before = await processOf(
      SMALL,
      form({ x: { type: 'string' }, y: { type: 'integer' } }, ['x'])
    )
    const after = await processOf(
      SMALL,
      form({ x: { type: 'string', title: 'X' }, y: { type: 'string' }, n: { type: 'boolean' } }, [
        'n'
      ])
    )

    expect(compareProcesses(before, after).map(({ text }) => text.en)).to.deep.equal([
      '«A»: field x required otherwise',
      '«A»: field y differs',
      '«A»: field n added'
    ])
  })

  it('finds an element by its name when its id is another', async () => {
    expect(await differences('"d"', '"decide"')).to.deep.equal([])
  })
})

describe('the comparison of the shipped diagrams', function () {
  this.timeout(20_000)
  let all: readonly (Compared & { readonly xml: string; readonly file: string })[] = []
  before(async () => {
    all = await readProcesses('processes', KNOWN)
  })
  const some = () => fc.constantFrom(...all)

  it('finds no difference of a diagram to itself', () => {
    for (const each of all) expect(compareProcesses(each, each), each.graph.id).to.deep.equal([])
  })

  it('finds none where only the layout differs', async () => {
    for (const { xml, file, graph, forms } of all) {
      const moved = xml.replace(
        /(<dc:Bounds[^>]* x=")(\d+)/g,
        (_, head, x) => `${head}${Number(x) + 40}`
      )
      expect(moved).not.to.equal(xml)
      const there = compile(await readDiagram(moved, file), 1).find(({ id }) => id === graph.id)
      expect(
        compareProcesses({ graph, forms }, { graph: there as ProcessGraph, forms })
      ).to.deep.equal([])
    }
  })

  it('finds none where only the ids differ', () => {
    for (const each of all) {
      const ids = new Set([...Object.keys(each.graph.nodes), ...Object.keys(each.graph.flows)])
      const text = JSON.stringify(each.graph)
        .replace(/"(\w+)"/g, (all, id) => (ids.has(id) ? `"Other_${id}"` : all))
        .replace(/performers\.(\w+)/g, (all, id) => (ids.has(id) ? `performers.Other_${id}` : all))
      const forms = Object.fromEntries(
        Object.entries(each.forms).map(([id, form]) => [ids.has(id) ? `Other_${id}` : id, form])
      )
      expect(
        compareProcesses(each, { graph: JSON.parse(text), forms }),
        each.graph.id
      ).to.deep.equal([])
    }
  })

  it('tells every change of one element by its kind', () => {
    const changes: readonly [DifferenceKind, (node: Node) => boolean][] = [
      ['renamed', node => set(node, 'name', `${node.name} ulang`)],
      ['job', node => 'job' in node && set(node, 'job', 'other-job')],
      ['rule', node => 'rule' in node && set(node, 'rule', 'other.rule')],
      ['call', node => 'calls' in node && set(node, 'calls', 'other-process')],
      ['lane', node => 'role' in node && set(node, 'role', 'other-role')],
      [
        'time',
        node =>
          'due' in node && set(node, 'due', { expression: 'P99D', feel: false, workingDays: false })
      ],
      ['duties', node => 'notSameAs' in node && set(node, 'notSameAs', ['Start_Application'])],
      ['script', node => 'script' in node && set(node, 'script', '1 + 1')],
      ['data', node => 'inputs' in node && set(node, 'inputs', [{ source: 'xyz', target: 'xyz' }])],
      [
        'standard',
        node =>
          'standard' in node &&
          set(node, 'standard', { minutes: 999, requirements: '', output: '', remark: '' })
      ],
      ['repetition', node => 'startQuantity' in node && set(node, 'startQuantity', 7)],
      ['stage', node => set(node, 'stage', { name: 'closed', text: 'x', english: 'x', by: null })],
      [
        'event',
        node =>
          'on' in node &&
          node.on.kind !== 'timer' &&
          set(node, 'on', { kind: 'signal', signal: 'xyz' })
      ],
      [
        'timer',
        node =>
          'on' in node &&
          node.on.kind === 'timer' &&
          set(node, 'on', { ...node.on, expression: 'P99D', feel: false })
      ],
      ['boundary', node => 'attachedTo' in node && set(node, 'attachedTo', 'Start_Application')],
      ['type', node => node.type === 'exclusiveGateway' && set(node, 'type', 'inclusiveGateway')]
    ]
    const told = new Set<DifferenceKind>()
    fc.assert(
      fc.property(
        some(),
        fc.nat(10_000),
        fc.constantFrom(...changes),
        (process, pick, [kind, change]) => {
          const graph = structuredClone(process.graph) as Draft
          const nodes = Object.values(graph.nodes) as Node[]
          const able = nodes.filter(node => change(structuredClone(node)))
          const node = able[pick % able.length]
          if (node === undefined) return
          change(node)
          const found = compareProcesses(process, {
            graph: graph as ProcessGraph,
            forms: process.forms
          })
          expect(found.map(each => each.kind)).to.include(kind)
          expect(found.find(each => each.kind === kind)?.national).to.include(node.id)
          told.add(kind)
        }
      ),
      { seed, numRuns: numRuns * 3 }
    )
    expect([...told]).to.have.length.above(10)
  })

  it('tells every condition that is changed and every step that is taken out', () => {
    fc.assert(
      fc.property(some(), fc.nat(10_000), (process, pick) => {
        const graph = structuredClone(process.graph) as Draft
        const flows = Object.values(graph.flows).filter(({ condition }) => condition !== null)
        const flow = flows[pick % flows.length]
        if (flow === undefined) return
        flow.condition = 'somethingElse = 1'
        const found = compareProcesses(process, { graph: graph as ProcessGraph, forms: {} })
        expect(found.map(({ kind }) => kind)).to.include('condition')
      }),
      { seed, numRuns }
    )
    fc.assert(
      fc.property(some(), fc.nat(10_000), (process, pick) => {
        const graph = structuredClone(process.graph) as Draft
        const steps = Object.values(graph.nodes).filter(
          ({ incoming, outgoing, boundary }) =>
            incoming.length === 1 && outgoing.length === 1 && boundary.length === 0
        )
        const step = steps[pick % steps.length]
        if (step === undefined) return
        const [into, outOf] = [
          graph.flows[step.incoming[0] ?? ''],
          graph.flows[step.outgoing[0] ?? '']
        ]
        if (into === undefined || outOf === undefined) return
        const next = graph.nodes[outOf.target] as Node
        into.target = outOf.target
        next.incoming = next.incoming.map(id => (id === outOf.id ? into.id : id))
        delete graph.flows[outOf.id]
        delete graph.nodes[step.id]
        const found = compareProcesses(process, {
          graph: graph as ProcessGraph,
          forms: process.forms
        })
        expect(
          found.filter(each => each.national.includes(step.id)).map(({ kind }) => kind)
        ).to.deep.equal(['removed'])
      }),
      { seed, numRuns }
    )
  })

  it('gives the same list in the same order, whatever the order of the elements in the variant', () => {
    const national = all.find(({ graph }) => graph.id === 'itk-extension') as Compared
    const variant = all.find(({ graph }) => graph.id === 'itk-extension.kanim-mre') as Compared
    const once = compareProcesses(national, variant)
    expect(once.length).to.be.above(30)
    expect(compareProcesses(national, variant)).to.deep.equal(once)
    expect(once.map(({ text }) => text.en)).to.include(
      '«Create the billing», «3. Take the payment and record the NTPN», «Confirm the payment with the treasury» now before «Find who may decide»'
    )
  })
})

function set(node: Node, field: string, value: unknown): boolean {
  if (JSON.stringify(node[field]) === JSON.stringify(value)) return false
  node[field] = value
  return true
}
