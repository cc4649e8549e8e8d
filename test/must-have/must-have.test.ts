import { expect } from 'chai'
import { compile } from '../../engine/compile/compile.ts'
import type { ProcessGraph } from '../../engine/graph.ts'
import type { MustHave, MustHaves } from '../../engine/must-have/marks.ts'
import { breaches } from '../../engine/must-have/must-have.ts'
import { readDiagram } from '../../runtime/bpmn.ts'

const label = { id: 'harus', en: 'must' }
/** Steps of small diagrams fulfil marks by their own names: `pay`, `print`, `check`. */
function demands(...mustHave: readonly object[]): MustHaves {
  return {
    process: 'p',
    marks: {
      pay: { label, by: [{ job: 'pay' }] },
      print: { label, by: [{ element: 'print' }] },
      check: { label, by: [{ rule: 'check' }] },
      low: { label, by: [{ element: 'low' }] },
      high: { label, by: [{ element: 'high' }] }
    },
    mustHave: mustHave as readonly MustHave[]
  }
}
const PAID = { id: 'paid', kind: 'before', first: 'pay', later: 'print', label }

const NODES: Readonly<Record<string, string>> = {
  s: '<bpmn:startEvent id="s"/>',
  z: '<bpmn:endEvent id="z"/>',
  y: '<bpmn:endEvent id="y"/>',
  pay: '<bpmn:serviceTask id="pay" alur:job="pay"/>',
  print: '<bpmn:userTask id="print" alur:role="registrar"/>',
  a: '<bpmn:task id="a"/>',
  b: '<bpmn:task id="b"/>',
  x: '<bpmn:exclusiveGateway id="x"/>',
  m: '<bpmn:exclusiveGateway id="m"/>',
  fork: '<bpmn:parallelGateway id="fork"/>',
  join: '<bpmn:parallelGateway id="join"/>',
  check: '<bpmn:businessRuleTask id="check" alur:rule="check" alur:result="checked"/>',
  low: '<bpmn:userTask id="low"/>',
  high: '<bpmn:userTask id="high"/>'
}

/** A process of the named elements; a flow is `from>to` or `from>to if condition`, `else` for the default. */
async function drawn(flows: readonly string[], more = '', id = 'p'): Promise<ProcessGraph> {
  const parsed = flows.map(flow => {
    const [, from = '', to = '', condition = ''] = /^(\w+)>(\w+)(?: (.*))?$/.exec(flow) ?? []
    return { from, to, condition }
  })
  const defaults = new Map(
    parsed
      .filter(({ condition }) => condition === 'else')
      .map(({ from, to }) => [from, `${from}_${to}`])
  )
  const names = [...new Set(parsed.flatMap(({ from, to }) => [from, to]))]
  const nodes = names.map(name => {
    const usual = defaults.get(name)
    const node = more.includes(`id="${name}"`) ? '' : (NODES[name] ?? '')
    return usual === undefined ? node : node.replace('/>', ` default="${usual}"/>`)
  })
  const drawn = parsed.map(({ from, to, condition }) => {
    const text = condition.replace(/^if /, '=')
    const inner =
      condition === '' || condition === 'else'
        ? ''
        : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${text}</bpmn:conditionExpression>`
    return `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}">${inner}</bpmn:sequenceFlow>`
  })
  const xml = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:alur="urn:alur:bpmn" targetNamespace="urn:t"><bpmn:process id="${id}" isExecutable="true">${nodes.join('')}${drawn.join('')}${more}</bpmn:process></bpmn:definitions>`
  const [graph] = compile(await readDiagram(xml, 'p.bpmn'), 1)
  return graph as ProcessGraph
}

/** The paths on which demands are broken, or what else is wrong. */
async function broken(
  graph: ProcessGraph | Promise<ProcessGraph>,
  mustHaves: MustHaves = demands(PAID),
  called: readonly ProcessGraph[] = []
): Promise<readonly string[]> {
  const find = (id: string) => called.find(each => each.id === id) ?? null
  return breaches(await graph, mustHaves, find, () => []).map(({ path, text }) =>
    path.length > 0 ? path.join(' ') : text.en
  )
}

describe('a must-have that one step comes before another', () => {
  it('holds in a row, and is broken the other way round', async () => {
    expect(await broken(drawn(['s>pay', 'pay>print', 'print>z']))).to.deep.equal([])
    expect(await broken(drawn(['s>print', 'print>pay', 'pay>z']))).to.deep.equal(['s print'])
  })

  it('is broken by a way around, and names it', async () => {
    const around = drawn(['s>x', 'x>pay if a = 1', 'x>m else', 'pay>m', 'm>print', 'print>z'])
    expect(await broken(around)).to.deep.equal(['s x m print'])
  })

  it('holds behind a parallel join of which one way has it, and is broken beside it', async () => {
    const joined = ['s>fork', 'fork>pay', 'fork>a', 'pay>join', 'a>join', 'join>print', 'print>z']
    expect(await broken(drawn(joined))).to.deep.equal([])
    const beside = ['s>fork', 'fork>pay', 'fork>print', 'pay>join', 'print>join', 'join>z']
    expect(await broken(drawn(beside))).to.deep.equal(['s fork print'])
  })

  it('is broken where a boundary event leaves before the step is completed', async () => {
    const boundary =
      '<bpmn:boundaryEvent id="late" attachedToRef="pay"><bpmn:errorEventDefinition/></bpmn:boundaryEvent>'
    const flows = ['s>pay', 'pay>m', 'late>m', 'm>print', 'print>z']
    expect(await broken(drawn(flows, boundary))).to.deep.equal(['s pay late m print'])
    const back = ['s>m', 'm>pay', 'late>m', 'pay>print', 'print>z']
    expect(await broken(drawn(back, boundary))).to.deep.equal([])
  })

  it('looks into sub-processes: all that is split off in them must end', async () => {
    const flow = (inner: string) =>
      `<bpmn:sequenceFlow id="f2" sourceRef="g" targetRef="pay">${inner}</bpmn:sequenceFlow>`
    const open = flow('<bpmn:conditionExpression>=n = 1</bpmn:conditionExpression>')
    const inside = (split: string, first: string) =>
      `<bpmn:subProcess id="sub"><bpmn:startEvent id="si"/><bpmn:${split} id="g"/><bpmn:serviceTask id="pay" alur:job="pay"/><bpmn:task id="c"/>
       <bpmn:sequenceFlow id="f1" sourceRef="si" targetRef="g"/>${first}<bpmn:sequenceFlow id="f3" sourceRef="g" targetRef="c"/></bpmn:subProcess>`
    const flows = ['s>sub', 'sub>print', 'print>z']
    expect(await broken(drawn(flows, inside('parallelGateway', flow(''))))).to.deep.equal([])
    expect(await broken(drawn(flows, inside('exclusiveGateway', open)))).to.deep.equal([
      's sub si g c print'
    ])
  })

  it('is broken by an event sub-process that may begin at any time', async () => {
    const event =
      '<bpmn:subProcess id="es" triggeredByEvent="true"><bpmn:startEvent id="es1"><bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:startEvent><bpmn:userTask id="print"/><bpmn:sequenceFlow id="e1" sourceRef="es1" targetRef="print"/></bpmn:subProcess>'
    expect(await broken(drawn(['s>pay', 'pay>z'], event))).to.deep.equal(['es es1 print'])
  })

  it('looks into called processes of the nation, and not into what an office supplies', async () => {
    const paying = await drawn(['s>pay', 'pay>z'], '', 'paying')
    const flows = ['s>c', 'c>print', 'print>z']
    const call = (more: string) =>
      drawn(flows, `<bpmn:callActivity id="c" calledElement="paying"${more}/>`)
    expect(await broken(call(''), demands(PAID), [paying])).to.deep.equal([])
    expect(
      await broken(call(' alur:extensionPoint="local-check"'), demands(PAID), [paying])
    ).to.deep.equal(['s c print'])
    const printing = await drawn(['s>print', 'print>z'], '', 'paying')
    const unpaid = {
      ...demands({ ...PAID }),
      marks: { ...demands().marks, print: { label, by: [{ process: 'paying', element: 'print' }] } }
    }
    expect(await broken(call(''), unpaid, [printing])).to.deep.equal(['s c c/s c/print'])
  })

  it('is not met by a step that may be left out', async () => {
    const loop =
      '<bpmn:serviceTask id="pay" alur:job="pay"><bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>=n</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:serviceTask>'
    expect(await broken(drawn(['s>pay', 'pay>print', 'print>z'], loop))).to.deep.equal([
      's pay print'
    ])
    const optional = '<bpmn:serviceTask id="pay" alur:job="pay" alur:optional="some.key"/>'
    expect(await broken(drawn(['s>pay', 'pay>print', 'print>z'], optional))).to.deep.equal([
      's pay print'
    ])
  })

  it('is not met by leaving out what it is about, and a step may fulfil it by alur:fulfils', async () => {
    expect(await broken(drawn(['s>pay', 'pay>z']))).to.deep.equal([
      'must: no step fulfils <print> (must)'
    ])
    const own = '<bpmn:manualTask id="stamp" alur:fulfils="print other"/>'
    expect(await broken(drawn(['s>pay', 'pay>stamp', 'stamp>z'], own))).to.deep.equal([])
    expect(await broken(drawn(['s>stamp', 'stamp>pay', 'pay>z'], own))).to.deep.equal(['s stamp'])
  })
})

describe('a must-have about what has come out of a step', () => {
  const refused = {
    id: 'r',
    kind: 'never',
    later: 'print',
    given: { after: 'check', is: { ok: false } },
    label
  }

  it('follows the conditions that the outcome decides, and no others', async () => {
    const flows = (ok: string) => ['s>check', 'check>x', `x>print ${ok}`, 'x>y else', 'print>z']
    expect(await broken(drawn(flows('if checked.ok = true')), demands(refused))).to.deep.equal([])
    expect(await broken(drawn(flows('if other = true')), demands(refused))).to.deep.equal([
      'check x print'
    ])
    expect(await broken(drawn(flows('if checked.ok = false')), demands(refused))).to.deep.equal([
      'check x print'
    ])
  })

  const levels = {
    id: 'l',
    kind: 'approvalByRule',
    rule: 'check',
    outcome: 'who',
    levels: { low: 'low', high: 'high' },
    later: 'print',
    label
  }

  it('lets only the level that the rule names approve', async () => {
    const flows = (high: string) => [
      's>check',
      'check>x',
      'x>low if checked.who = "low"',
      `x>${high} if checked.who = "high"`,
      'low>m',
      'high>m',
      'm>print',
      'print>z'
    ]
    expect(await broken(drawn(flows('high')), demands(levels))).to.deep.equal([])
    expect(await broken(drawn([...flows('m'), 's>high']), demands(levels))).to.deep.equal([
      's high',
      'check x m print'
    ])
  })

  it('allows a level that the diagram does not go on with at all', async () => {
    const flows = [
      's>check',
      'check>x',
      'x>low if checked.who = "low"',
      'x>y else',
      'low>print',
      'print>z'
    ]
    expect(await broken(drawn(flows), demands(levels))).to.deep.equal([])
  })
})

describe('a must-have about who', () => {
  it('names the task that does not keep duties apart, and the role that is another', async () => {
    const graph = drawn(['s>low', 'low>high', 'high>pay', 'pay>print', 'print>z'])
    const apart = { id: 'd', kind: 'separationOfDuties', what: 'high', from: 'low', label }
    const role = { id: 'k', kind: 'role', what: 'print', roles: ['kakanim'], label }
    expect(await broken(graph, demands(apart, role))).to.deep.equal([
      'must: expected alur:notSameAs of <high> to name <low>',
      'must: expected <print> to be done by kakanim, found <registrar>'
    ])
    expect(
      await broken(graph, demands({ id: 'p', kind: 'present', what: 'check', label }))
    ).to.deep.equal(['must: no step fulfils <check> (must)'])
  })
})
