import { expect } from 'chai'
import { compile } from '../../engine/compile/compile.ts'
import { InvalidData, type ProcessGraph } from '../../engine/index.ts'
import { readDiagram } from '../../runtime/bpmn.ts'

const NAMESPACES = [
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xmlns:alur="urn:alur:bpmn"'
].join(' ')
const ROOTS = `
  <bpmn:signal id="Voted" name="voted" />
  <bpmn:error id="Nameless" />
  <bpmn:signalEventDefinition id="Voted_Event" signalRef="Voted" />
  <bpmn:timerEventDefinition id="Timer_Event"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1D</bpmn:timeDuration></bpmn:timerEventDefinition>
  <bpmn:escalationEventDefinition id="Nameless_Event" />
`

async function compiled(element: string): Promise<readonly ProcessGraph[]> {
  const xml = `<bpmn:definitions ${NAMESPACES} targetNamespace="urn:alur:processes">${ROOTS}
    <bpmn:process id="p" isExecutable="true">${element}</bpmn:process></bpmn:definitions>`
  return compile(await readDiagram(xml, 'p.bpmn'), 1)
}

async function problemsOf(element: string): Promise<readonly string[]> {
  try {
    await compiled(element)
    return []
  } catch (error) {
    if (!(error instanceof InvalidData)) throw error
    return error.problems.map(({ path, message }) => `${path}: ${message}`)
  }
}

const loop = (attributes: string, inside = '') =>
  `<bpmn:task id="A"><bpmn:standardLoopCharacteristics ${attributes}>${inside}</bpmn:standardLoopCharacteristics></bpmn:task>`
const condition = (text: string) =>
  `<bpmn:loopCondition xsi:type="bpmn:tFormalExpression">${text}</bpmn:loopCondition>`
const many = (attributes: string, inside = '') =>
  `<bpmn:task id="A"><bpmn:multiInstanceLoopCharacteristics ${attributes}>
    <bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">2</bpmn:loopCardinality>${inside}
  </bpmn:multiInstanceLoopCharacteristics></bpmn:task>`
const complex = (inside: string) =>
  many(
    'behavior="Complex"',
    `<bpmn:complexBehaviorDefinition>${inside}</bpmn:complexBehaviorDefinition>`
  )
const WHEN = '<bpmn:condition xsi:type="bpmn:tFormalExpression">loopCounter = 1</bpmn:condition>'
const SIGNAL = '<bpmn:signalEventDefinition signalRef="Voted" />'
const call = (attributes: string) =>
  `<bpmn:callActivity id="A" calledElement="other" ${attributes} />`

describe('compiling loops, quantities and calls', () => {
  const refused: readonly (readonly [string, string, string])[] = [
    [
      'a loop without a condition',
      loop('loopMaximum="3"'),
      'A: expected a loop to have a loopCondition; to go on until its loopMaximum, say true'
    ],
    ['a loop condition that does not parse', loop('', condition('1 +')), 'A: loopCondition: 1 +'],
    [
      'a loop of no iterations',
      loop('loopMaximum="0"', condition('true')),
      'A: expected loopMaximum to be a whole number from 1'
    ],
    [
      'a collection and a cardinality',
      many('alur:collection="list"'),
      'A: expected either a collection or a loopCardinality, found both'
    ],
    [
      'an item of nothing',
      many('alur:element="each"'),
      'A: expected a collection that <each> is an item of, found none'
    ],
    [
      'behavior None without its event',
      many('behavior="None"'),
      'A: expected multi-instance behavior="None" to have noneBehaviorEventRef'
    ],
    [
      'behavior One without its event',
      many('behavior="One" noneBehaviorEventRef="Voted_Event"'),
      'A: expected multi-instance behavior="One" to have oneBehaviorEventRef'
    ],
    [
      'a behavior that throws a timer',
      many('behavior="One" oneBehaviorEventRef="Timer_Event"'),
      'A: expected instances to throw a signal, an escalation, a message or an error, found bpmn:TimerEventDefinition'
    ],
    [
      'a behavior that throws an escalation without a name',
      many('behavior="None" noneBehaviorEventRef="Nameless_Event"'),
      'A: expected an escalation that instances throw to have a name (escalationRef)'
    ],
    [
      'behavior Complex without definitions',
      many('behavior="Complex"'),
      'A: expected multi-instance behavior="Complex" to have a complexBehaviorDefinition'
    ],
    [
      'a complex behavior without a condition',
      complex(`<bpmn:event id="E">${SIGNAL}</bpmn:event>`),
      'A: expected a complexBehaviorDefinition to have a condition'
    ],
    [
      'a complex behavior without an event',
      complex(WHEN),
      'A: expected a complexBehaviorDefinition to throw an event with one definition, found 0'
    ],
    [
      'a complex behavior with two events',
      complex(`${WHEN}<bpmn:event id="E">${SIGNAL}${SIGNAL}</bpmn:event>`),
      'A: expected a complexBehaviorDefinition to throw an event with one definition, found 2'
    ],
    [
      'a start quantity of none',
      '<bpmn:task id="A" startQuantity="0" />',
      'A: expected startQuantity to be a whole number from 1 to 1000'
    ],
    [
      'a completion quantity without end',
      '<bpmn:task id="A" completionQuantity="1000000" />',
      'A: expected completionQuantity to be a whole number from 1 to 1000'
    ],
    [
      'a start quantity that nothing brings',
      '<bpmn:task id="A" startQuantity="2" />',
      'A: expected an incoming sequence flow to bring the 2 tokens of its startQuantity'
    ],
    [
      'a binding that is not known',
      call('alur:binding="newest"'),
      'A: expected alur:binding to be office, latest, version or deployment, found <newest>'
    ],
    [
      'a binding to no version',
      call('alur:binding="version"'),
      'A: expected alur:version to be the number of a version, found none'
    ],
    [
      'a version that is no number',
      call('alur:version="v2"'),
      'A: expected alur:version to be the number of a version, found <v2>'
    ],
    [
      'a version beside another binding',
      call('alur:binding="latest" alur:version="2"'),
      'A: expected alur:version with alur:binding="version", found <latest>'
    ]
  ]
  for (const [what, element, message] of refused) {
    it(`refuses ${what}`, async () => {
      const problems = await problemsOf(element)
      expect(problems, problems.join('\n')).to.have.length(1)
      expect(problems[0]).to.contain(message)
    })
  }

  it('takes the event that a behavior throws, and when it does', async () => {
    const [graph] = await compiled(
      complex(
        `${WHEN}<bpmn:event id="E"><bpmn:eventDefinitionRef>Voted_Event</bpmn:eventDefinitionRef></bpmn:event>`
      )
    )
    const node = graph?.nodes.A
    expect(node?.type === 'task' && node.multiInstance?.events).to.deep.equal([
      { condition: 'loopCounter = 1', on: { kind: 'signal', signal: 'voted' }, inputs: [] }
    ])
  })

  it('binds a call to the office when nothing is said, and to a version when only that is', async () => {
    const bindingOf = async (attributes: string) => {
      const [graph] = await compiled(call(attributes))
      const node = graph?.nodes.A
      return node?.type === 'callActivity' ? node.binding : null
    }
    expect(await bindingOf('')).to.equal('office')
    expect(await bindingOf('alur:version="3"')).to.equal(3)
    expect(await bindingOf('alur:binding="deployment"')).to.equal('deployment')
  })
})
