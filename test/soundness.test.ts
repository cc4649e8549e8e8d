import { expect } from 'chai'
import { compile } from '../engine/compile/compile.ts'
import { MOST_MARKINGS } from '../engine/compile/exploring.ts'
import { warningsOf } from '../engine/compile/soundness.ts'
import { readDiagram } from '../runtime/bpmn.ts'

const TAGS: Readonly<Record<string, string>> = {
  x: 'exclusiveGateway',
  p: 'parallelGateway',
  i: 'inclusiveGateway',
  t: 'task',
  e: 'endEvent',
  s: 'startEvent'
}

/**
 * A process by its flows, as in `s>x1 x1>t1 x1>t2`: the first letter of an element says what it is. A flow with `?`
 * has a condition; the last one out of an element that decides is its default.
 */
function xmlOf(flows: string, extra = ''): string {
  const all = flows
    .trim()
    .split(/\s+/)
    .map(each => each.replace('?', '').split('>') as [string, string])
  const when = new Set(
    flows
      .trim()
      .split(/\s+/)
      .filter(each => each.endsWith('?'))
      .map(each => each.slice(0, -1))
  )
  const ids = new Set(all.flat())
  const elements = [...ids].map(id => {
    const out = all.filter(([source]) => source === id)
    const last = out.at(-1)
    const decides = /^[xi]/.test(id) && out.length > 1 && last !== undefined
    return `<${TAGS[id[0] as string]} id="${id}" ${decides ? `default="${last.join('_')}"` : ''} />`
  })
  const lines = all.map(([source, target]) => {
    const out = all.filter(each => each[0] === source)
    const decides = /^[xi]/.test(source) && out.length > 1 && out.at(-1)?.[1] !== target
    const condition =
      decides || when.has(`${source}>${target}`)
        ? '<conditionExpression>true</conditionExpression>'
        : ''
    return `<sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}">${condition}</sequenceFlow>`
  })
  return `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
    <process id="P" isExecutable="true">${elements.join('')}${lines.join('')}${extra}</process></definitions>`
}

async function warnings(flows: string, extra = ''): Promise<readonly string[]> {
  const [graph] = compile(await readDiagram(xmlOf(flows, extra), 'x.bpmn'), 1)
  return warningsOf(graph!).map(({ path, message }) => `${path}: ${message}`)
}

const timer = (id: string, on: string, to: string, interrupts: boolean) =>
  `<boundaryEvent id="${id}" attachedToRef="${on}" cancelActivity="${interrupts}"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent><sequenceFlow id="${id}_${to}" sourceRef="${id}" targetRef="${to}" />`

describe('warnings about the flow of control', () => {
  const sound: readonly (readonly [string, string, string?])[] = [
    ['a sequence', 's>t1 t1>t2 t2>e'],
    ['an exclusive block', 's>x1 x1>t1 x1>t2 t1>x2 t2>x2 x2>t3 t3>e'],
    ['an exclusive split that is merged at a task', 's>x1 x1>t1 x1>t2 t1>t3 t2>t3 t3>e'],
    ['a parallel block', 's>p1 p1>t1 p1>t2 t1>p2 t2>p2 p2>t3 t3>e'],
    ['a parallel split into ends of their own', 's>p1 p1>t1 p1>t2 t1>e t2>e'],
    ['an inclusive block', 's>i1 i1>t1 i1>t2 i1>t3 t1>i2 t2>i2 t3>i2 i2>t4 t4>e'],
    ['a parallel split that is joined inclusively', 's>p1 p1>t1 p1>t2 t1>i2 t2>i2 i2>t3 t3>e'],
    ['an exclusive split that is joined inclusively', 's>x1 x1>t1 x1>t2 t1>i2 t2>i2 i2>t3 t3>e'],
    [
      'blocks inside one another',
      's>p1 p1>x1 x1>t1 x1>t2 t1>x2 t2>x2 x2>p2 p1>i1 i1>t3 i1>t4 t3>i2 t4>i2 i2>p2 p2>e'
    ],
    ['a loop', 's>x1 x1>t1 t1>x2 x2>e x2>x1'],
    ['a loop around a parallel block', 's>x1 x1>p1 p1>t1 p1>t2 t1>p2 t2>p2 p2>x2 x2>x1 x2>e'],
    ['conditional flows out of a task, joined inclusively', 's>t1 t1>t2? t1>t3? t2>i1 t3>i1 i1>e'],
    [
      'an interrupting timer that comes back',
      's>t1 t1>x1 x1>e t2>x1',
      timer('b', 't1', 't2', true)
    ],
    ['a reminder with an end of its own', 's>t1 t1>e1 t2>e2', timer('b', 't1', 't2', false)],
    [
      'an unstructured net that is sound',
      's>p1 p1>t1 p1>t2 t1>p2 p2>t3 p2>p4 t2>p4 p4>t5 t3>p5 t5>p5 p5>e'
    ]
  ]
  for (const [what, flows, extra] of sound) {
    it(`say nothing of ${what}`, async () => {
      expect(await warnings(flows, extra)).to.deep.equal([])
    })
  }

  it('tell a parallel join behind an exclusive split, with the choice that leads there', async () => {
    const found = await warnings('s>x1 x1>t1 x1>t2 t1>p1 t2>p1 p1>e')
    expect(found).to.have.length(1)
    expect(found[0]).to.match(
      /^p1: may wait for ever: a token comes by <t[12]_p1>, but none by <t[12]_p1>; for example after <x1_t[12]>$/
    )
  })

  it('tell an exclusive merge behind a parallel split', async () => {
    expect(await warnings('s>p1 p1>t1 p1>t2 t1>x1 t2>x1 x1>t3 t3>e')).to.deep.equal([
      'x1: a token may come by <t1_x1> and <t2_x1> each, so that what follows happens twice; expected a parallel or inclusive join, or one way at a time'
    ])
  })

  it('tell a task that merges what runs in parallel', async () => {
    const [found] = await warnings('s>p1 p1>t1 p1>t2 t1>t3 t2>t3 t3>e')
    expect(found).to.match(/^t3: a token may come by <t1_t3> and <t2_t3> each/)
  })

  it('tell a parallel join behind an inclusive split', async () => {
    const [found] = await warnings('s>i1 i1>t1 i1>t2 t1>p1 t2>p1 p1>e')
    expect(found).to.match(/^p1: may wait for ever/)
  })

  it('tell a join that waits for what comes out of a loop it is in', async () => {
    const [found] = await warnings('s>p1 p1>t1 t1>x1 x1>p1 x1>e')
    expect(found).to.match(/^p1: may wait for ever: a token comes by <s_p1>, but none by <x1_p1>$/)
  })

  it('tell a jump out of a parallel block', async () => {
    const found = await warnings('s>p1 p1>t1 p1>t2 t1>x1 x1>p2 x1>t9 t2>p2 p2>e t9>e')
    expect(found).to.have.length(1)
    expect(found[0]).to.match(
      /^p2: may wait for ever: a token comes by <t2_p2>, but none by <x1_p2>/
    )
    expect(found[0]).to.contain('for example after <x1_t9>')
  })

  it('tell a loop that starts a branch again each time it goes round', async () => {
    const found = await warnings('s>x1 x1>p1 p1>x1 p1>p2 s>p2 p2>e')
    expect(found.join('\n')).to.contain('pile up on <p1_p2>')
  })

  it('tell elements that nothing reaches, and only those', async () => {
    expect(await warnings('s>e t1>t2 t2>t1')).to.deep.equal([
      't1: nothing leads here: no start event reaches this element',
      't2: nothing leads here: no start event reaches this element'
    ])
  })

  it('tell an activity for compensation that no event leads to', async () => {
    const handler = '<task id="undo" isForCompensation="true" />'
    expect(await warnings('s>t1 t1>e', handler)).to.deep.equal([
      'undo: nothing leads here: no start event reaches this element'
    ])
    const event =
      '<boundaryEvent id="b" attachedToRef="t1"><compensateEventDefinition /></boundaryEvent><association id="a" sourceRef="b" targetRef="undo" />'
    expect(await warnings('s>t1 t1>e', handler + event)).to.deep.equal([])
    const block = 's>p1 p1>t1 p1>t2 t1>p2 t2>p2 p2>e'
    expect(await warnings(block, handler + event)).to.deep.equal([])
  })

  it('tell a loop that nothing leaves', async () => {
    const found = await warnings('s>x0 x0>e x0>t1 t1>t2 t2>t1')
    expect(found).to.deep.equal([
      't1: no way leads from here to an end: it goes round through <t1>, <t2>'
    ])
  })

  it('look into sub-processes, each by itself', async () => {
    const inner = `<subProcess id="Sub"><startEvent id="a" /><exclusiveGateway id="b" default="b_d" /><task id="c" /><task id="d" /><parallelGateway id="f" />
      <sequenceFlow id="a_b" sourceRef="a" targetRef="b" /><sequenceFlow id="b_c" sourceRef="b" targetRef="c"><conditionExpression>true</conditionExpression></sequenceFlow>
      <sequenceFlow id="b_d" sourceRef="b" targetRef="d" /><sequenceFlow id="c_f" sourceRef="c" targetRef="f" /><sequenceFlow id="d_f" sourceRef="d" targetRef="f" /></subProcess>
      <sequenceFlow id="s_Sub" sourceRef="s" targetRef="Sub" />`
    const found = await warnings('s>e', inner)
    expect(found).to.have.length(1)
    expect(found[0]).to.match(/^f: may wait for ever/)
  })

  it('say nothing where a terminate end sweeps away what is left', async () => {
    const end = '<endEvent id="z"><terminateEventDefinition /></endEvent>'
    const flows = '<sequenceFlow id="t9_z" sourceRef="t9" targetRef="z" />'
    const jump = 's>p1 p1>t1 p1>t2 t1>x1 x1>p2 x1>t9 t2>p2 p2>e'
    expect(await warnings(jump, end + flows)).to.deep.equal([])
  })

  it('keep to their bound, in time', async () => {
    // a lattice of exclusive choices before parallel joins that no block holds together
    const lines = ['s>p0']
    for (let n = 0; n < 40; n++)
      lines.push(`p0>x${n}`, `x${n}>p${n + 1}a`, `x${n}>p${((n + 7) % 40) + 1}a`)
    for (let n = 1; n <= 40; n++) lines.push(`p${n}a>e`)
    const began = performance.now()
    const found = await warnings(lines.join(' '))
    expect(found).not.to.be.empty
    expect(MOST_MARKINGS).to.equal(5_000)
    expect(performance.now() - began).to.be.below(5_000)
  })

  it('take ten thousand elements', async () => {
    const lines = ['s>t0']
    for (let n = 0; n < 3_000; n++)
      lines.push(`t${n}>x${n}`, `x${n}>t${n}a`, `x${n}>t${n + 1}`, `t${n}a>t${n + 1}`)
    lines.push('t3000>e')
    const [graph] = compile(await readDiagram(xmlOf('s>e'), 'x.bpmn'), 1)
    expect(graph).not.to.equal(undefined)
    const began = performance.now()
    const links = lines.map(each => each.split('>') as [string, string])
    const big = graphOf(links)
    expect(warningsOf(big)).to.deep.equal([])
    expect(performance.now() - began).to.be.below(5_000)
  })
})

/** A graph of tasks and exclusive gateways alone, made without a diagram. */
function graphOf(links: readonly (readonly [string, string])[]) {
  const ids = [...new Set(links.flat())]
  const into = new Map<string, string[]>(ids.map(id => [id, []]))
  const outOf = new Map<string, string[]>(ids.map(id => [id, []]))
  for (const [source, target] of links) {
    outOf.get(source)?.push(`${source}_${target}`)
    into.get(target)?.push(`${source}_${target}`)
  }
  const nodes = ids.map(id => [
    id,
    {
      id,
      type: TAGS[id[0] as string],
      name: '',
      parent: null,
      boundary: [],
      incoming: into.get(id),
      outgoing: outOf.get(id),
      ...(id.startsWith('t') ? { multiInstance: null } : {}),
      ...(/^[se]/.test(id) ? { on: { kind: 'none' } } : {}),
      defaultFlow: null
    }
  ])
  const flows = links.map(([source, target]) => [
    `${source}_${target}`,
    { id: `${source}_${target}`, source, target, condition: null }
  ])
  return {
    id: 'P',
    starts: ['s'],
    nodes: Object.fromEntries(nodes),
    flows: Object.fromEntries(flows)
  } as unknown as Parameters<typeof warningsOf>[0]
}
