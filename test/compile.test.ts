import { expect } from 'chai'
import { compile } from '../engine/compile/compile.ts'
import { unfinishedIn } from '../engine/compile/unfinished.ts'
import { InvalidData, type Problem, type ProcessGraph } from '../engine/index.ts'
import { DIAGRAM_LIMITS, type DiagramLimits, readDiagram } from '../runtime/bpmn.ts'

const NAMESPACES = [
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xmlns:alur="urn:alur:bpmn"',
  'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
  'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"',
  'xmlns:signavio="http://www.signavio.com"'
].join(' ')

function definitions(content: string, attributes = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions ${NAMESPACES} id="Definitions" targetNamespace="urn:alur:processes" ${attributes}>${content}</bpmn:definitions>`
}

/** A process that consists of the given elements, between a start and an end that are joined. */
function process(content: string, attributes = ''): string {
  return definitions(
    `<bpmn:process id="permit" isExecutable="true" ${attributes}>${content}</bpmn:process>`
  )
}

function flow(source: string, target: string, condition = ''): string {
  const id = `${source}_to_${target}`
  return `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}">${
    condition &&
    `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression>`
  }</bpmn:sequenceFlow>`
}

const TIMER =
  '<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1D</bpmn:timeDuration></bpmn:timerEventDefinition>'

async function compiled(xml: string): Promise<readonly ProcessGraph[]> {
  return compile(await readDiagram(xml, 'permit.bpmn'), 1)
}

async function problemsOf(
  xml: string,
  limits: DiagramLimits = DIAGRAM_LIMITS
): Promise<readonly Problem[]> {
  try {
    compile(await readDiagram(xml, 'permit.bpmn', limits), 1)
  } catch (error) {
    if (error instanceof InvalidData) return error.problems
    throw error
  }
  return []
}

/** Expects one problem, at a place, that says something. */
async function expectProblem(xml: string, path: string, message: string): Promise<void> {
  const problems = await problemsOf(xml)
  expect(problems.map(({ path, message }) => `${path}: ${message}`)).to.have.length(1)
  expect(problems[0]?.path).to.equal(path)
  expect(problems[0]?.message).to.contain(message)
}

describe('reading a diagram', () => {
  const refused: readonly (readonly [string, string, string])[] = [
    ['a DOCTYPE', process('<bpmn:task id="A" />').replace('?>', '?><!DOCTYPE x>'), 'DOCTYPE'],
    [
      'an entity',
      process('<bpmn:task id="A" name="&lol;" />').replace(
        '?>',
        '?><!DOCTYPE x [<!ENTITY lol "lol">]>'
      ),
      'ENTITY'
    ],
    [
      'an external entity',
      process('<bpmn:task id="A" />').replace('?>', '?><!ENTITY x SYSTEM "file:///etc/passwd">'),
      'ENTITY'
    ],
    [
      'a processing instruction',
      process('<?php evil ?><bpmn:task id="A" />'),
      'processing instruction'
    ],
    ['another encoding', process('<bpmn:task id="A" />').replace('UTF-8', 'EBCDIC'), '<EBCDIC>'],
    ['a zero byte', process('<bpmn:task id="A" name="\0" />'), 'zero byte'],
    [
      'an unknown element',
      process('<bpmn:task id="A" /><bpmn:usrTask id="B" />'),
      '<bpmn:usrTask>'
    ],
    [
      'an id that is given twice',
      process('<bpmn:task id="A" /><bpmn:task id="A" />'),
      'duplicate ID <A>'
    ],
    ['a flow to nowhere', process(`<bpmn:task id="A" />${flow('A', 'Gone')}`), '<Gone>'],
    [
      'an error that is not there',
      process('<bpmn:endEvent id="E"><bpmn:errorEventDefinition errorRef="X" /></bpmn:endEvent>'),
      '<X>'
    ],
    ['what is no XML', 'not a diagram', ''],
    ['an empty file', '', ''],
    ['XML that breaks off', process('<bpmn:task id="A" />').slice(0, -20), ''],
    ['another kind of document', '<html><body /></html>', ''],
    [
      'our namespace misspelt',
      process('<bpmn:userTask id="A" alur:role="counter" />').replace(
        'urn:alur:bpmn',
        'urn:alur:bpnm'
      ),
      'alur="urn:alur:bpnm"'
    ],
    [
      'our namespace under another prefix, where its attributes would not be read',
      process('<bpmn:userTask id="A" own:role="counter" />', 'xmlns:own="urn:alur:bpmn"'),
      'own="urn:alur:bpmn"'
    ]
  ]
  for (const [what, xml, message] of refused) {
    it(`refuses ${what}`, async () => {
      const problems = await problemsOf(xml)
      expect(problems).to.not.be.empty
      // the file, and behind it the element where there is one
      expect(problems.map(({ path }) => path.split('#')[0])).to.include('permit.bpmn')
      expect(problems.map(({ message }) => message).join('\n')).to.contain(message)
    })
  }

  it('refuses what is larger or deeper than any procedure', async () => {
    const deep = `${'<bpmn:subProcess>'.repeat(70)}${'</bpmn:subProcess>'.repeat(70)}`
    const messages = async (xml: string, limits?: DiagramLimits) =>
      (await problemsOf(xml, limits)).map(({ message }) => message).join('\n')

    expect(await messages(process(deep))).to.contain('at most 60 deep')
    expect(
      await messages(process('<bpmn:task id="A" />'), { ...DIAGRAM_LIMITS, bytes: 100 })
    ).to.contain('100 bytes')
    expect(
      await messages(process('<bpmn:task /><bpmn:task />'), { ...DIAGRAM_LIMITS, elements: 3 })
    ).to.contain('at most 3 elements, found 4')
    expect(
      await messages(process(`<bpmn:task id="A" name="${'x'.repeat(200_000)}" />`))
    ).to.contain('100000 characters')
  })

  it('tells the text of a comment from a danger', async () => {
    const xml = process('<bpmn:task id="A" name="an ENTITY, or a DOCTYPE" /><!-- <bpmn:oops> -->')

    expect(await problemsOf(xml)).to.deep.equal([])
  })

  it('accepts a byte order mark', async () => {
    expect(await problemsOf(`\uFEFF${process('<bpmn:task id="A" />')}`)).to.deep.equal([])
  })
})

describe('compiling a diagram', () => {
  it('gives a frozen graph in which every reference is an id', async () => {
    const [graph] = await compiled(
      process(`<bpmn:startEvent id="S" />${flow('S', 'A')}<bpmn:task id="A" />`)
    )

    expect(graph?.id).to.equal('permit')
    expect(graph?.starts).to.deep.equal(['S'])
    expect(graph?.nodes.S).to.include({ type: 'startEvent', parent: null, lane: null })
    expect(graph?.nodes.S?.outgoing).to.deep.equal(['S_to_A'])
    expect(graph?.flows.S_to_A).to.include({ source: 'S', target: 'A', condition: null })
    expect(Object.isFrozen(graph)).to.equal(true)
    expect(Object.isFrozen(graph?.nodes.S?.outgoing)).to.equal(true)
    expect(JSON.parse(JSON.stringify(graph))).to.deep.equal(graph)
  })

  it('names an element without an id for what it is, and never like another', async () => {
    const [graph] = await compiled(process('<bpmn:task id="Task" /><bpmn:task /><bpmn:task />'))

    expect(Object.keys(graph?.nodes ?? {})).to.deep.equal(['Task', 'Task_2', 'Task_3'])
  })

  it('takes work that the diagram leaves open, to be played but not to be deployed', async () => {
    const tasks =
      '<bpmn:serviceTask id="A" /><bpmn:sendTask id="B" /><bpmn:businessRuleTask id="C" />'
    const [graph] = await compiled(process(tasks))

    expect(graph?.nodes.A).to.include({ job: '##unspecified' })
    expect(graph?.nodes.B).to.include({ job: '##unspecified', message: null })
    expect(graph?.nodes.C).to.include({ rule: '##unspecified' })
  })

  it('tells what a drawing leaves open', async () => {
    const [graph] = await compiled(
      process(
        `<bpmn:exclusiveGateway id="G" name="Which" />${flow('G', 'A', 'true')}${flow('G', 'B')}<bpmn:receiveTask id="A" /><bpmn:task id="B" />`
      )
    )

    expect(unfinishedIn(graph!)).to.deep.equal([
      {
        path: 'G_to_B',
        message:
          'expected a condition on each flow out of the exclusive gateway <G>, or the mark of its default flow'
      },
      { path: 'A', message: 'expected a message (messageRef) with a name' }
    ])
  })

  it('tells all problems at once, each with its element', async () => {
    const xml = definitions(`
      <bpmn:process id="permit" isExecutable="true" alur:subjct="name">
        <bpmn:startEvent id="Received" />
        ${flow('Received', 'Which')}
        <bpmn:exclusiveGateway id="Which" name="Which one" />
        ${flow('Which', 'Pay', 'amount &gt;')}
        ${flow('Which', 'Wait')}
        <bpmn:serviceTask id="Pay" name="Pay  now" isForCompensation="true" />
        <bpmn:implicitThrowEvent id="Wait" />
        <bpmn:userTask id="Sign" alur:due="soon" />
      </bpmn:process>
      <bpmn:choreography id="Dance" name="A dance" />`)
    const problems = (await problemsOf(xml)).map(({ path, message }) => `${path}: ${message}`)

    expect(problems.map(each => each.split(':')[0])).to.include.members([
      'permit',
      'Which_to_Pay',
      'Which_to_Wait',
      'Pay',
      'Wait',
      'Sign',
      'Dance'
    ])
    expect(problems.find(each => each.startsWith('Pay:')))
      .to.contain('«Pay now»')
      .and.to.contain('compensation')
    expect(problems.find(each => each.startsWith('Dance:'))).to.contain(
      'a choreography is not executed'
    )
    expect(problems.filter(each => each.startsWith('Sign:'))).to.have.length(2)
  })

  it('calls a flow without a name by the names of its ends', async () => {
    const ends =
      '<bpmn:startEvent id="S" name="Masuk" /><bpmn:task id="T" name="Periksa" /><bpmn:endEvent id="E" />'
    const xml = process(`${ends}${flow('S', 'T', 'a ===')}${flow('T', 'E', 'a ===')}`)
    const messages = (await problemsOf(xml)).map(({ message }) => message)
    expect(messages[0]).to.match(/^«Masuk → Periksa»: /)
    expect(messages[1]).to.match(/^condition: /)
  })

  describe('refuses what is not executed:', () => {
    const elements: readonly (readonly [string, string, string])[] = [
      [
        'an association with data of another element',
        '<bpmn:task id="X" name="Case"><bpmn:dataInputAssociation id="L"><bpmn:sourceRef>P</bpmn:sourceRef></bpmn:dataInputAssociation></bpmn:task><bpmn:task id="Y"><bpmn:property id="P" name="p" /></bpmn:task>',
        'expected the data <P> of <Y> to be of this element or around it'
      ],
      [
        'an association with what is no data',
        '<bpmn:task id="X" name="Case"><bpmn:dataInputAssociation id="L"><bpmn:sourceRef>Y</bpmn:sourceRef></bpmn:dataInputAssociation></bpmn:task><bpmn:task id="Y" />',
        'expected a data association to end at data'
      ],
      [
        'several sources without a transformation',
        '<bpmn:dataObject id="D" /><bpmn:dataObject id="E" /><bpmn:task id="X" name="Case"><bpmn:property id="P" /><bpmn:dataInputAssociation id="L"><bpmn:sourceRef>D</bpmn:sourceRef><bpmn:sourceRef>E</bpmn:sourceRef><bpmn:targetRef>P</bpmn:targetRef></bpmn:dataInputAssociation></bpmn:task>',
        'with 2 sources to have a transformation'
      ],
      [
        'a condition over variables before there are any',
        '<bpmn:startEvent id="X" name="Case"><bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">amount &gt; 3 and today &gt; "2015-12-24"</bpmn:condition></bpmn:conditionalEventDefinition></bpmn:startEvent>',
        'to see office, today, now alone, for no variables are there yet; found amount'
      ],
      [
        'a standard loop without a condition',
        '<bpmn:task id="X" name="Case"><bpmn:standardLoopCharacteristics loopMaximum="3" /></bpmn:task>',
        'loopCondition'
      ],
      [
        'a start quantity that nothing brings',
        '<bpmn:task id="X" name="Case" startQuantity="2" />',
        'startQuantity'
      ],
      [
        'a completion quantity of none',
        '<bpmn:task id="X" name="Case" completionQuantity="0" />',
        'completionQuantity'
      ],
      [
        'a resource role of what no person does',
        '<bpmn:task id="X" name="Case"><bpmn:potentialOwner><bpmn:resourceAssignmentExpression><bpmn:formalExpression>x</bpmn:formalExpression></bpmn:resourceAssignmentExpression></bpmn:potentialOwner></bpmn:task>',
        'resource roles'
      ],
      [
        'a parallel event-based gateway',
        `<bpmn:eventBasedGateway id="X" name="Case" eventGatewayType="Parallel" />${flow('X', 'A')}${flow('X', 'B')}<bpmn:intermediateCatchEvent id="A">${TIMER}</bpmn:intermediateCatchEvent><bpmn:intermediateCatchEvent id="B">${TIMER}</bpmn:intermediateCatchEvent>`,
        'expected a parallel event-based gateway to instantiate'
      ],
      [
        'a script in another language',
        '<bpmn:scriptTask id="X" name="Case" scriptFormat="javascript"><bpmn:script>x = 1</bpmn:script></bpmn:scriptTask>',
        '<javascript>'
      ]
    ]
    for (const [what, xml, message] of elements) {
      it(what, async () => {
        const problems = await problemsOf(process(xml))
        const own = problems.filter(({ path }) => path === 'X')
        expect(own.map(({ message }) => message).join('\n'))
          .to.contain(message)
          .and.to.contain('«Case»')
      })
    }

    it('a flow that leads to a flow', async () => {
      const xml = process(
        `<bpmn:startEvent id="S"/><bpmn:task id="A"/>${flow('S', 'A')}${flow('A', 'S_to_A')}`
      )
      await expectProblem(xml, 'A_to_S_to_A', 'expected the target <S_to_A> to be an element')
    })

    it('a cron that never comes', async () => {
      const timer =
        '<bpmn:timerEventDefinition><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">0 8 31 2,4 *</bpmn:timeCycle></bpmn:timerEventDefinition>'
      const xml = process(`<bpmn:startEvent id="X">${timer}</bpmn:startEvent>`)
      await expectProblem(xml, 'X', 'expected a cron that comes')
    })

    it('a gateway whose direction is not what it says', async () => {
      const gateway = (direction: string, more: string) =>
        process(
          `<bpmn:startEvent id="S" /><bpmn:exclusiveGateway id="X" gatewayDirection="${direction}" /><bpmn:endEvent id="E" />${flow('S', 'X')}${more}`
        )
      const out = flow('X', 'E')
      for (const direction of ['Converging', 'Diverging', 'Mixed']) {
        await expectProblem(gateway(direction, out), 'X', `gatewayDirection="${direction}"`)
      }
    })

    it('a complex gateway that joins without saying when', async () => {
      const xml = process(
        `<bpmn:startEvent id="S" /><bpmn:task id="A" /><bpmn:task id="B" /><bpmn:complexGateway id="X" />${flow('S', 'A')}${flow('S', 'B')}${flow('A', 'X')}${flow('B', 'X')}`
      )
      await expectProblem(xml, 'X', 'expected an activationCondition')
    })

    it('what instantiates a process in its midst, in a sub-process or without a key', async () => {
      const message = '<bpmn:message id="M" name="Asked" /><bpmn:message id="N" name="Paid" />'
      const receive = (id: string) =>
        `<bpmn:receiveTask id="${id}" messageRef="M" instantiate="true" />`
      const caught = (id: string, ref: string, key = '') =>
        `<bpmn:intermediateCatchEvent id="${id}"><bpmn:messageEventDefinition messageRef="${ref}" ${key} /></bpmn:intermediateCatchEvent>`
      const gateway =
        '<bpmn:eventBasedGateway id="X" instantiate="true" eventGatewayType="Parallel" />'
      const events = `${caught('A', 'M')}${caught('B', 'N', 'alur:key="n"')}${flow('X', 'A')}${flow('X', 'B')}`
      const refused: readonly (readonly [string, string, string])[] = [
        [`<bpmn:task id="T" />${receive('X')}${flow('T', 'X')}`, 'X', 'to be the first element'],
        [
          `<bpmn:subProcess id="S">${receive('X')}</bpmn:subProcess>`,
          'X',
          'to stand directly in it'
        ],
        [
          `<bpmn:startEvent id="S" />${flow('S', 'X')}${gateway}${events}`,
          'X',
          'to have no incoming sequence flow'
        ],
        [`${gateway}${events}`, 'A', 'expected a message with a correlation key'],
        [
          `${gateway}${caught('A', 'M', 'alur:key="n"')}<bpmn:intermediateCatchEvent id="B">${TIMER}</bpmn:intermediateCatchEvent>${flow('X', 'A')}${flow('X', 'B')}`,
          'B',
          'expected a message with a correlation key'
        ],
        [`${gateway}${events}<bpmn:task id="T" />`, 'T', 'what instantiates the process beside it']
      ]
      for (const [content, id, text] of refused) {
        const xml = definitions(
          `${message}<bpmn:process id="p" isExecutable="true">${content}</bpmn:process>`
        )
        const problems = (await problemsOf(xml)).filter(({ path }) => path.endsWith(id))
        expect(problems.map(each => each.message).join(), content).to.contain(text)
      }
    })

    it('a global task without an id, by which it would be called', async () => {
      const xml = definitions(
        '<bpmn:process id="p" isExecutable="true"><bpmn:task id="A" /></bpmn:process><bpmn:globalUserTask name="Case" />'
      )
      await expectProblem(xml, 'bpmn:GlobalUserTask', 'to have an id')
    })
  })

  describe('refuses what breaks the standard:', () => {
    const cases: readonly (readonly [string, string, string, string])[] = [
      [
        'a compensation event without what undoes',
        `<bpmn:task id="A" /><bpmn:boundaryEvent id="X" attachedToRef="A"><bpmn:compensateEventDefinition /></bpmn:boundaryEvent>`,
        'X',
        'expected an association from the compensation event'
      ],
      [
        'a flow out of a compensation event',
        `<bpmn:task id="A" /><bpmn:boundaryEvent id="X" attachedToRef="A"><bpmn:compensateEventDefinition /></bpmn:boundaryEvent>${flow('X', 'E')}<bpmn:endEvent id="E" />`,
        'X',
        'expected no sequence flow out of a compensation event'
      ],
      [
        'a flow to an activity for compensation',
        `<bpmn:task id="A" />${flow('A', 'X')}<bpmn:task id="X" isForCompensation="true" />`,
        'X',
        'expected no sequence flow to or from an activity for compensation'
      ],
      [
        'a compensation of what is elsewhere',
        `<bpmn:subProcess id="Sub"><bpmn:task id="A" /></bpmn:subProcess>${flow('Sub', 'X')}<bpmn:intermediateThrowEvent id="X"><bpmn:compensateEventDefinition activityRef="A" /></bpmn:intermediateThrowEvent>`,
        'X',
        'expected activityRef to name an activity beside the event'
      ],
      [
        'a compensation that starts a process',
        '<bpmn:startEvent id="X"><bpmn:compensateEventDefinition /></bpmn:startEvent>',
        'X',
        'inside an event sub-process'
      ],
      [
        'a transaction that an event begins',
        '<bpmn:task id="A" /><bpmn:transaction id="X" triggeredByEvent="true"><bpmn:task id="B" /></bpmn:transaction>',
        'X',
        'expected no triggeredByEvent'
      ],
      [
        'an ad-hoc sub-process that an event begins',
        '<bpmn:task id="A" /><bpmn:adHocSubProcess id="X" triggeredByEvent="true"><bpmn:task id="B" /></bpmn:adHocSubProcess>',
        'X',
        'expected no triggeredByEvent'
      ],
      [
        'a cancel end event outside of a transaction',
        '<bpmn:endEvent id="X"><bpmn:cancelEventDefinition /></bpmn:endEvent>',
        'X',
        'expected a cancel end event in a transaction'
      ],
      [
        'a cancel event on a task',
        `<bpmn:task id="A" /><bpmn:boundaryEvent id="X" attachedToRef="A"><bpmn:cancelEventDefinition /></bpmn:boundaryEvent>${flow('X', 'E')}<bpmn:endEvent id="E" />`,
        'X',
        'expected a cancel event on a transaction'
      ],
      [
        'a start event in an ad-hoc sub-process',
        '<bpmn:adHocSubProcess id="Sub"><bpmn:startEvent id="X" /><bpmn:task id="A" /><bpmn:sequenceFlow id="F" sourceRef="X" targetRef="A" /></bpmn:adHocSubProcess>',
        'X',
        'expected no start event inside an ad-hoc sub-process'
      ],
      [
        'two ends of a scope in one event',
        '<bpmn:endEvent id="X"><bpmn:terminateEventDefinition /><bpmn:terminateEventDefinition /></bpmn:endEvent>',
        'X',
        'expected one of error, cancel and terminate'
      ],
      [
        'an error that others are waited for with',
        `<bpmn:task id="A" /><bpmn:boundaryEvent id="X" attachedToRef="A" parallelMultiple="true"><bpmn:errorEventDefinition />${TIMER}</bpmn:boundaryEvent>${flow('X', 'E')}<bpmn:endEvent id="E" />`,
        'X',
        'expected no error in a parallel multiple event'
      ],
      [
        'a flow into a start event',
        `<bpmn:startEvent id="S" />${flow('S', 'A')}<bpmn:task id="A" />${flow('A', 'S')}`,
        'S',
        'no incoming sequence flow'
      ],
      [
        'a flow out of an end event',
        `<bpmn:startEvent id="S" />${flow('S', 'E')}<bpmn:endEvent id="E" />${flow('E', 'A')}<bpmn:task id="A" />`,
        'E',
        'no outgoing sequence flow'
      ],
      [
        'a flow without an end',
        '<bpmn:task id="A" /><bpmn:sequenceFlow id="F" sourceRef="A" />',
        'F',
        'to have a target'
      ],
      [
        'a flow across the border of a sub-process',
        `<bpmn:task id="A" /><bpmn:subProcess id="Sub"><bpmn:task id="B" /><bpmn:task id="C" />${flow('B', 'C')}</bpmn:subProcess>${flow('A', 'C')}`,
        'A_to_C',
        'inside the same sub-process'
      ],
      [
        'an element that nothing leads to, beside a start event',
        `<bpmn:startEvent id="S" />${flow('S', 'A')}<bpmn:task id="A" /><bpmn:task id="B" />`,
        'B',
        'expected an incoming sequence flow'
      ],
      [
        'a process without a beginning',
        `<bpmn:task id="A" />${flow('A', 'B')}<bpmn:task id="B" />${flow('B', 'A')}`,
        'permit',
        'expected a start event'
      ],
      ['an empty sub-process', '<bpmn:subProcess id="Sub" />', 'Sub', 'elements inside'],
      [
        'a condition out of a parallel gateway',
        `<bpmn:parallelGateway id="G" />${flow('G', 'A', 'true')}<bpmn:task id="A" />`,
        'G_to_A',
        'no condition'
      ],
      [
        'a default flow with a condition',
        `<bpmn:exclusiveGateway id="G" default="G_to_B" />${flow('G', 'A', 'true')}${flow('G', 'B', 'false')}<bpmn:task id="A" /><bpmn:task id="B" />`,
        'G_to_B',
        'no condition on a default flow'
      ],
      [
        'a default flow of another element',
        `<bpmn:task id="A" default="B_to_C" />${flow('A', 'B')}<bpmn:task id="B" />${flow('B', 'C')}<bpmn:task id="C" />`,
        'A',
        'expected the default flow <B_to_C> to leave this element'
      ],
      [
        'a boundary event on nothing',
        `<bpmn:task id="A" />${flow('L', 'A')}<bpmn:boundaryEvent id="L">${TIMER}</bpmn:boundaryEvent><bpmn:startEvent id="S" />${flow('S', 'A')}`,
        'L',
        'expected a boundary event on an activity'
      ],
      [
        'a boundary event that leads nowhere',
        `<bpmn:task id="A" /><bpmn:boundaryEvent id="L" attachedToRef="A">${TIMER}</bpmn:boundaryEvent>`,
        'L',
        'to have an outgoing sequence flow'
      ],
      [
        'a boundary event without a definition',
        `<bpmn:task id="A" /><bpmn:boundaryEvent id="L" attachedToRef="A" />${flow('L', 'E')}<bpmn:endEvent id="E" />`,
        'L',
        'found none'
      ],
      [
        'an error boundary event that does not interrupt',
        `<bpmn:task id="A" /><bpmn:boundaryEvent id="L" attachedToRef="A" cancelActivity="false"><bpmn:errorEventDefinition /></bpmn:boundaryEvent>${flow('L', 'E')}<bpmn:endEvent id="E" />`,
        'L',
        'to interrupt'
      ],
      [
        'an error end event without a code',
        '<bpmn:endEvent id="E"><bpmn:errorEventDefinition /></bpmn:endEvent>',
        'E',
        'expected an event that throws an error to name it'
      ],
      [
        'an error start event of a process',
        '<bpmn:startEvent id="S"><bpmn:errorEventDefinition /></bpmn:startEvent>',
        'S',
        'inside an event sub-process'
      ],
      [
        'a terminate event that is thrown on the way',
        '<bpmn:intermediateThrowEvent id="T"><bpmn:terminateEventDefinition /></bpmn:intermediateThrowEvent>',
        'T',
        'found terminate'
      ],
      [
        'a catch event without a definition',
        '<bpmn:intermediateCatchEvent id="C" />',
        'C',
        'found none'
      ],
      [
        'a triggered start of a sub-process',
        `<bpmn:subProcess id="Sub"><bpmn:startEvent id="S">${TIMER}</bpmn:startEvent></bpmn:subProcess>`,
        'S',
        'to have no trigger'
      ],
      [
        'an event sub-process without a trigger',
        '<bpmn:task id="A" /><bpmn:subProcess id="Sub" triggeredByEvent="true"><bpmn:startEvent id="S" /></bpmn:subProcess>',
        'S',
        'to have a trigger'
      ],
      [
        'an event sub-process in a flow',
        `<bpmn:task id="A" />${flow('A', 'Sub')}<bpmn:subProcess id="Sub" triggeredByEvent="true"><bpmn:startEvent id="S">${TIMER}</bpmn:startEvent></bpmn:subProcess>`,
        'Sub',
        'no incoming sequence flow'
      ],
      [
        'a multi-instance event sub-process',
        `<bpmn:task id="A" /><bpmn:subProcess id="Sub" triggeredByEvent="true"><bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics><bpmn:startEvent id="S">${TIMER}</bpmn:startEvent></bpmn:subProcess>`,
        'Sub',
        'no loop of its own'
      ],
      [
        'an event-based gateway with one way out',
        `<bpmn:eventBasedGateway id="G" />${flow('G', 'C')}<bpmn:intermediateCatchEvent id="C">${TIMER}</bpmn:intermediateCatchEvent>`,
        'G',
        'two or more'
      ],
      [
        'a task behind an event-based gateway',
        `<bpmn:eventBasedGateway id="G" />${flow('G', 'C')}${flow('G', 'A')}<bpmn:intermediateCatchEvent id="C">${TIMER}</bpmn:intermediateCatchEvent><bpmn:task id="A" />`,
        'G',
        'found task'
      ],
      [
        'a parallel multiple event behind an event-based gateway',
        `<bpmn:eventBasedGateway id="G" />${flow('G', 'C')}${flow('G', 'D')}<bpmn:intermediateCatchEvent id="C">${TIMER}</bpmn:intermediateCatchEvent><bpmn:intermediateCatchEvent id="D" parallelMultiple="true">${TIMER}${TIMER}</bpmn:intermediateCatchEvent>`,
        'D',
        'no parallel multiple event'
      ],
      [
        'another way to an event behind an event-based gateway',
        `<bpmn:eventBasedGateway id="G" />${flow('G', 'C')}${flow('G', 'D')}<bpmn:intermediateCatchEvent id="C">${TIMER}</bpmn:intermediateCatchEvent><bpmn:intermediateCatchEvent id="D">${TIMER}</bpmn:intermediateCatchEvent>${flow('C', 'D')}`,
        'D',
        'no other way in'
      ]
    ]
    for (const [what, xml, path, message] of cases) {
      it(what, async () => {
        await expectProblem(process(xml), path, message)
      })
    }

    it('receive tasks and message events behind one event-based gateway', async () => {
      const xml =
        definitions(`<bpmn:message id="M" name="Asked" /><bpmn:process id="permit" isExecutable="true">
        <bpmn:eventBasedGateway id="G" />${flow('G', 'R')}${flow('G', 'C')}<bpmn:receiveTask id="R" messageRef="M" />
        <bpmn:intermediateCatchEvent id="C"><bpmn:messageEventDefinition messageRef="M" /></bpmn:intermediateCatchEvent></bpmn:process>`)
      await expectProblem(xml, 'G', 'either receive tasks or message events')
    })

    it('a receive task with many instances or a boundary event behind an event-based gateway', async () => {
      const xml =
        definitions(`<bpmn:message id="M" name="Asked" /><bpmn:process id="permit" isExecutable="true">
        <bpmn:eventBasedGateway id="G" />${flow('G', 'R')}${flow('G', 'C')}<bpmn:receiveTask id="R" messageRef="M">
        <bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:receiveTask>
        <bpmn:boundaryEvent id="L" attachedToRef="R">${TIMER}</bpmn:boundaryEvent>${flow('L', 'E')}<bpmn:endEvent id="E" />
        <bpmn:intermediateCatchEvent id="C">${TIMER}</bpmn:intermediateCatchEvent></bpmn:process>`)
      const problems = await problemsOf(xml)
      expect(problems.map(({ path }) => path)).to.deep.equal(['R', 'R'])
    })
  })

  describe('refuses a slip in our own attributes:', () => {
    const cases: readonly (readonly [string, string, string, string])[] = [
      [
        'a misspelt attribute',
        '<bpmn:userTask id="A" alur:rol="counter" />',
        'A',
        'alur:rol is not known on bpmn:UserTask'
      ],
      [
        'an attribute where it means nothing',
        '<bpmn:task id="A" alur:role="counter" />',
        'A',
        'alur:role is not known on bpmn:Task'
      ],
      [
        'a misspelt extension',
        '<bpmn:userTask id="A"><bpmn:extensionElements><alur:inn source="1" target="x" /></bpmn:extensionElements></bpmn:userTask>',
        'A',
        '<alur:inn> is not known'
      ],
      [
        'a mapping to what is no name',
        '<bpmn:userTask id="A"><bpmn:extensionElements><alur:out source="1" target="a-b" /></bpmn:extensionElements></bpmn:userTask>',
        'A',
        'found <a-b>'
      ],
      [
        'a mapping from nothing',
        '<bpmn:userTask id="A"><bpmn:extensionElements><alur:out source="=" target="a" /></bpmn:extensionElements></bpmn:userTask>',
        'A',
        'expected an expression, found none'
      ],
      ['a level that is none', '<bpmn:userTask id="A" alur:level="galaxy" />', 'A', '<galaxy>'],
      [
        'a follow-up time that is none',
        '<bpmn:userTask id="A" alur:followUp="soon" />',
        'A',
        'followUp'
      ],
      ['a priority out of bounds', '<bpmn:userTask id="A" alur:priority="101" />', 'A', '<101>'],
      [
        'a priority that is none',
        '<bpmn:userTask id="A" alur:priority="very (" />',
        'A',
        'priority'
      ],
      [
        'a role beside potential owners',
        '<bpmn:userTask id="A" alur:role="counter"><bpmn:potentialOwner><bpmn:resourceAssignmentExpression><bpmn:formalExpression>x</bpmn:formalExpression></bpmn:resourceAssignmentExpression></bpmn:potentialOwner></bpmn:userTask>',
        'A',
        'found both'
      ],
      [
        'a potential owner that names nobody',
        '<bpmn:userTask id="A"><bpmn:potentialOwner /></bpmn:userTask>',
        'A',
        'expected resourceAssignmentExpression or resourceRef'
      ],
      ['a due time that is none', '<bpmn:userTask id="A" alur:due="3 days" />', 'A', '<3 days>'],
      [
        'a flag that is none',
        '<bpmn:userTask id="A" alur:due="P1D" alur:workingDays="yes" />',
        'A',
        '<yes>'
      ],
      [
        'another performer than of what is no task',
        '<bpmn:userTask id="A" alur:notSameAs="Gone" />',
        'A',
        '<Gone>'
      ],
      ['a call of nothing', '<bpmn:callActivity id="A" />', 'A', 'expected calledElement'],
      [
        'a result that FEEL cannot read',
        '<bpmn:scriptTask id="A" alur:result="my result"><bpmn:script>1</bpmn:script></bpmn:scriptTask>',
        'A',
        '<my result>'
      ],
      [
        'a multi-instance without a number',
        '<bpmn:task id="A"><bpmn:multiInstanceLoopCharacteristics /></bpmn:task>',
        'A',
        'a collection or a loopCardinality'
      ],
      [
        'half an output',
        '<bpmn:task id="A"><bpmn:multiInstanceLoopCharacteristics alur:collection="list" alur:output="all" /></bpmn:task>',
        'A',
        'together'
      ],
      [
        'a multi-instance behavior that is not executed',
        '<bpmn:task id="A"><bpmn:multiInstanceLoopCharacteristics alur:collection="list" behavior="None" /></bpmn:task>',
        'A',
        'behavior="None"'
      ],
      [
        'minutes that are none',
        '<bpmn:task id="A"><bpmn:extensionElements><alur:standard minutes="ten" /></bpmn:extensionElements></bpmn:task>',
        'A',
        '<ten>'
      ],
      [
        'a task that only an applicant could do',
        '<bpmn:userTask id="A" alur:role="applicant" />',
        'A',
        'an applicant has no task list'
      ],
      [
        'a stage that is none',
        '<bpmn:task id="A"><bpmn:extensionElements><alur:stage name="lost" /></bpmn:extensionElements></bpmn:task>',
        'A',
        'found <lost>'
      ],
      [
        'a stage that does not say what to do',
        '<bpmn:task id="A"><bpmn:extensionElements><alur:stage name="waiting" /></bpmn:extensionElements></bpmn:task>',
        'A',
        'what the applicant must do'
      ],
      [
        'a stage in one language',
        '<bpmn:task id="A"><bpmn:extensionElements><alur:stage name="ready" text="Ambil" /></bpmn:extensionElements></bpmn:task>',
        'A',
        'text and en together'
      ],
      [
        'a service clock that stands still for no reason that is known',
        '<bpmn:userTask id="A"><bpmn:extensionElements><alur:clock pauses="lunch" /></bpmn:extensionElements></bpmn:userTask>',
        'A',
        'expected pauses to be one of outage, other-level, payment, applicant, found <lunch>'
      ],
      [
        'a service clock that stands still where no token rests',
        '<bpmn:endEvent id="A"><bpmn:extensionElements><alur:clock pauses="payment" /></bpmn:extensionElements></bpmn:endEvent>',
        'A',
        'expected pauses where a token rests'
      ],
      [
        'a service clock of which nothing is said',
        '<bpmn:userTask id="A"><bpmn:extensionElements><alur:clock /></bpmn:extensionElements></bpmn:userTask>',
        'A',
        'expected pauses, starts or stops'
      ],
      [
        'a timer that is none',
        '<bpmn:startEvent id="A"><bpmn:timerEventDefinition><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">R3/1H</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>',
        'A',
        'timeCycle'
      ],
      [
        'a timer without a time',
        '<bpmn:intermediateCatchEvent id="A"><bpmn:timerEventDefinition /></bpmn:intermediateCatchEvent>',
        'A',
        'expected one of timeDate, timeDuration and timeCycle, found 0'
      ],
      [
        'a timer of a process that needs variables',
        '<bpmn:startEvent id="A"><bpmn:timerEventDefinition><bpmn:timeDate xsi:type="bpmn:tFormalExpression">=deadline</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:startEvent>',
        'A',
        'no variables are there yet'
      ]
    ]
    for (const [what, xml, path, message] of cases) {
      it(what, async () => {
        await expectProblem(process(xml), path, message)
      })
    }

    it('on a lane and on a message', async () => {
      await expectProblem(
        process(
          '<bpmn:laneSet id="Set"><bpmn:lane id="L" alur:rolle="counter" /></bpmn:laneSet><bpmn:task id="A" />'
        ),
        'L',
        'alur:rolle'
      )
      await expectProblem(
        definitions(
          '<bpmn:message id="M" name="Asked" alur:kay="x" /><bpmn:process id="p" isExecutable="true"><bpmn:task id="A" /></bpmn:process>'
        ),
        'M',
        'alur:kay'
      )
    })
  })

  describe('refuses FEEL that cannot be read, with its place:', () => {
    it('in a condition', async () => {
      const xml = process(
        `<bpmn:exclusiveGateway id="G" default="G_to_B" />${flow('G', 'A', 'amount &gt; ')}${flow('G', 'B')}<bpmn:task id="A" /><bpmn:task id="B" />`
      )
      const [problem] = await problemsOf(xml)

      expect(problem?.path).to.equal('G_to_A')
      expect(problem?.message)
        .to.contain('condition: amount >')
        .and.to.match(/\(at 1:\d+\)/)
    })

    it('in a script, a mapping, a timer and a key', async () => {
      const xml =
        definitions(`<bpmn:message id="M" name="Asked" /><bpmn:process id="permit" isExecutable="true">
        <bpmn:scriptTask id="A" alur:result="a"><bpmn:script>1 +</bpmn:script></bpmn:scriptTask>
        <bpmn:userTask id="B"><bpmn:extensionElements><alur:in source="(" target="b" /></bpmn:extensionElements></bpmn:userTask>
        <bpmn:intermediateCatchEvent id="C"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">=a.</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
        <bpmn:receiveTask id="D" messageRef="M" alur:key="] " /></bpmn:process>`)
      const problems = await problemsOf(xml)

      expect([...new Set(problems.map(({ path }) => path))]).to.deep.equal(['A', 'B', 'C', 'D'])
    })

    it('in another language', async () => {
      const xml = process(
        `<bpmn:task id="A" /><bpmn:sequenceFlow id="F" sourceRef="A" targetRef="B"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="http://www.w3.org/1999/XPath">x</bpmn:conditionExpression></bpmn:sequenceFlow><bpmn:task id="B" />`
      )

      await expectProblem(xml, 'F', '<http://www.w3.org/1999/XPath>')
    })
  })

  it('loads a diagram whose default language is XPath, as many tools write', async () => {
    const xml = definitions(
      '<bpmn:process id="p" isExecutable="true"><bpmn:task id="A" /></bpmn:process>',
      'expressionLanguage="http://www.w3.org/1999/XPath" typeLanguage="http://www.w3.org/2001/XMLSchema"'
    )

    expect(await problemsOf(xml)).to.deep.equal([])
  })

  it('keeps what other tools add, and does not execute it', async () => {
    const [graph] = await compiled(
      process(
        `<bpmn:userTask id="A" camunda:assignee="demo" camunda:asyncBefore="true"><bpmn:extensionElements>
          <camunda:executionListener class="x" event="start" /><zeebe:formDefinition formId="f" />
          <signavio:signavioMetaData metaKey="bgcolor" metaValue="#ffffff" /></bpmn:extensionElements></bpmn:userTask>`,
        'camunda:historyTimeToLive="180"'
      )
    )

    expect(graph?.nodes.A).to.include({ type: 'userTask', role: null })
    expect(graph?.nodes.A).to.deep.include({ inputs: [], outputs: [] })
  })

  it('passes over what only explains', async () => {
    const xml = definitions(`
      <bpmn:collaboration id="Case"><bpmn:participant id="Office" processRef="permit" /><bpmn:participant id="Applicant" name="Applicant" />
        <bpmn:messageFlow id="Asks" sourceRef="Applicant" targetRef="Office" /></bpmn:collaboration>
      <bpmn:category id="Kind"><bpmn:categoryValue id="Value" value="x" /></bpmn:category>
      <bpmn:process id="permit" isExecutable="true">
        <bpmn:task id="A" /><bpmn:textAnnotation id="Note"><bpmn:text>a note</bpmn:text></bpmn:textAnnotation>
        <bpmn:association id="Line" sourceRef="A" targetRef="Note" /><bpmn:group id="Group" categoryValueRef="Value" />
        <bpmn:dataObjectReference id="Paper" dataObjectRef="PaperData" /><bpmn:dataObject id="PaperData" />
      </bpmn:process>`)

    const [graph] = await compiled(xml)
    expect(Object.keys(graph?.nodes ?? {})).to.deep.equal(['A'])
  })

  it('reads the data that drawing tools write', async () => {
    const [graph] = await compiled(
      process(`
        <bpmn:dataObject id="Data" /><bpmn:dataObjectReference id="Paper" name="paper" dataObjectRef="Data" />
        <bpmn:dataStoreReference id="Store" name="Archive of files" />
        <bpmn:userTask id="Empty"><bpmn:ioSpecification id="E"><bpmn:inputSet id="E1" /><bpmn:outputSet id="E2" /></bpmn:ioSpecification></bpmn:userTask>
        <bpmn:userTask id="Placeholder"><bpmn:property id="Property_1" name="__targetRef_placeholder" />
          <bpmn:dataInputAssociation id="P1"><bpmn:sourceRef>Paper</bpmn:sourceRef><bpmn:targetRef>Property_1</bpmn:targetRef></bpmn:dataInputAssociation>
          <bpmn:dataOutputAssociation id="P2"><bpmn:targetRef>Store</bpmn:targetRef></bpmn:dataOutputAssociation></bpmn:userTask>
        <bpmn:userTask id="Dangling"><bpmn:ioSpecification id="D"><bpmn:dataInput id="_1-in" name="Comment in" /><bpmn:dataOutput id="_1-out" />
          <bpmn:inputSet id="D1"><bpmn:dataInputRefs>_1-in</bpmn:dataInputRefs></bpmn:inputSet><bpmn:outputSet id="D2"><bpmn:dataOutputRefs>_1-out</bpmn:dataOutputRefs></bpmn:outputSet></bpmn:ioSpecification></bpmn:userTask>`)
    )

    for (const id of ['Empty', 'Placeholder', 'Dangling'])
      expect(graph?.nodes[id], id).to.deep.include({ io: null, inputs: [], outputs: [] })
    expect(graph?.declares.map(({ name }) => name)).to.deep.equal(['paper'])
    expect(graph?.nodes.Dangling).to.have.deep.nested.property('declares[0].name', '_1_in')
  })

  it('refuses correlation that cannot tell conversations apart', async () => {
    const xml = definitions(`
      <bpmn:message id="M" name="m" />
      <bpmn:correlationProperty id="P" /><bpmn:correlationProperty id="Q"><bpmn:correlationPropertyRetrievalExpression messageRef="M"><bpmn:messagePath xsi:type="bpmn:tFormalExpression">1 +</bpmn:messagePath></bpmn:correlationPropertyRetrievalExpression></bpmn:correlationProperty>
      <bpmn:collaboration id="C"><bpmn:correlationKey id="Empty" /><bpmn:correlationKey id="Key"><bpmn:correlationPropertyRef>P</bpmn:correlationPropertyRef><bpmn:correlationPropertyRef>Q</bpmn:correlationPropertyRef></bpmn:correlationKey></bpmn:collaboration>
      <bpmn:process id="permit" isExecutable="true">
        <bpmn:correlationSubscription id="S" correlationKeyRef="Key"><bpmn:correlationPropertyBinding correlationPropertyRef="P"><bpmn:dataPath xsi:type="bpmn:tFormalExpression">x</bpmn:dataPath></bpmn:correlationPropertyBinding></bpmn:correlationSubscription>
        <bpmn:task id="A" />
      </bpmn:process>`)

    const problems = await problemsOf(xml)
    expect(problems.map(({ path }) => path)).to.deep.equal(['Empty', 'P', 'Q', 'permit'])
    expect(problems.map(({ message }) => message).join('\n'))
      .to.contain('to have a property')
      .and.to.contain('expected a correlationPropertyRetrievalExpression')
      .and.to.contain('messagePath')
      .and.to.contain('to bind <Q>')
  })

  it('gives a graph for each process that may run, of one pool or of several', async () => {
    const xml = definitions(`
      <bpmn:collaboration id="Both"><bpmn:participant id="P" processRef="first" /><bpmn:participant id="Q" processRef="second" /></bpmn:collaboration>
      <bpmn:process id="first" isExecutable="true"><bpmn:task id="A" /></bpmn:process>
      <bpmn:process id="second" isExecutable="true"><bpmn:task id="B" /></bpmn:process>
      <bpmn:process id="third" isExecutable="false"><bpmn:implicitThrowEvent id="C" /></bpmn:process>`)

    expect((await compiled(xml)).map(({ id }) => id)).to.deep.equal(['first', 'second'])
  })

  it('takes the only process although it does not say that it may run', async () => {
    const one = definitions('<bpmn:process id="first"><bpmn:task id="A" /></bpmn:process>')
    expect((await compiled(one)).map(({ id }) => id)).to.deep.equal(['first'])

    const two = definitions(
      '<bpmn:process id="first"><bpmn:task id="A" /></bpmn:process><bpmn:process id="second"><bpmn:task id="B" /></bpmn:process>'
    )
    await expectProblem(two, 'Definitions', 'isExecutable="true"')
  })

  it('refuses a diagram without a process, and a process without an id', async () => {
    await expectProblem(definitions(''), 'Definitions', 'expected a process with elements')
    await expectProblem(process(''), 'Definitions', 'expected a process with elements')
    await expectProblem(
      definitions('<bpmn:process isExecutable="true"><bpmn:task id="A" /></bpmn:process>'),
      'bpmn:Process',
      'to have an id'
    )
  })

  it('reads the role of a task from its lane, also inside a sub-process', async () => {
    const [graph] = await compiled(
      process(`<bpmn:laneSet id="Set"><bpmn:lane id="Region" alur:role="kadiv" alur:level="region"><bpmn:flowNodeRef>Sub</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
        <bpmn:subProcess id="Sub"><bpmn:userTask id="Own" alur:role="clerk" /><bpmn:userTask id="Plain" /></bpmn:subProcess>`)
    )

    expect(graph?.nodes.Plain).to.include({
      role: 'kadiv',
      level: 'region',
      lane: 'Region',
      parent: 'Sub'
    })
    expect(graph?.nodes.Own).to.include({ role: 'clerk', level: 'region' })
  })
})
