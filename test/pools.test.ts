import { expect } from 'chai'
import { InvalidData } from '../engine/errors.ts'
import { checkDiagram } from '../runtime/gate.ts'

const MESSAGE = '<messageEventDefinition messageRef="M" />'
const PROCESSES = `<message id="M" name="Asked" />
  <process id="Office" isExecutable="true">
    <laneSet id="Set">%lanes%</laneSet>
    <startEvent id="Received">${MESSAGE}</startEvent>
    <exclusiveGateway id="Which" /><userTask id="Check" /><endEvent id="Done">${MESSAGE}</endEvent>
    <boundaryEvent id="Late" attachedToRef="Check"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>
    <sequenceFlow id="F1" sourceRef="Received" targetRef="Which" /><sequenceFlow id="F2" sourceRef="Which" targetRef="Check" />
    <sequenceFlow id="F3" sourceRef="Check" targetRef="Done" /><sequenceFlow id="F4" sourceRef="Late" targetRef="Done" />
    %inside%
  </process>
  <process id="Partner"><task id="Ask" /></process>`

async function problems(
  messageFlows: string,
  { lanes = '', inside = '', pools = '' } = {}
): Promise<readonly string[]> {
  const xml = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
    <collaboration id="C"><participant id="Us" processRef="Office" /><participant id="Them" processRef="Partner" /><participant id="Bank" />${pools}${messageFlows}</collaboration>
    ${PROCESSES.replace('%lanes%', lanes).replace('%inside%', inside)}</definitions>`
  try {
    await checkDiagram(xml, 'x')
    return []
  } catch (error) {
    if (!(error instanceof InvalidData)) throw error
    return error.problems.map(({ path, message }) => `${path}: ${message}`)
  }
}

const flow = (source: string, target: string) =>
  `<messageFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}" />`

describe('pools and lanes', () => {
  it('may be joined by message flows between pools, activities and message events', async () => {
    const flows = [
      flow('Them', 'Received'),
      flow('Ask', 'Check'),
      flow('Done', 'Bank'),
      flow('Check', 'Them'),
      flow('Bank', 'Them')
    ]
    expect(await problems(flows.join(''))).to.deep.equal([])
  })

  it('refuse every message flow that the standard does not allow, all at once', async () => {
    const flows = [
      flow('Check', 'Done'),
      flow('Which', 'Them'),
      flow('Bank', 'Late'),
      flow('Received', 'Bank'),
      flow('Us', 'Check')
    ]
    const found = await problems(flows.join(''))
    expect(found.map(each => each.split(': ')[0])).to.deep.equal([
      'x#Check_Done',
      'x#Check_Done',
      'x#Which_Them',
      'x#Bank_Late',
      'x#Received_Bank',
      'x#Us_Check'
    ])
    expect(found[0]).to.contain('found EndEvent <Done>')
    expect(found[1]).to.contain('to lead to another pool, found both ends in <Us>')
    expect(found[2]).to.contain(
      'the source of a message flow to be a pool, an activity or a throwing'
    )
    expect(found[3]).to.contain('a catching message event, found BoundaryEvent <Late>')
    expect(found[5]).to.contain('found both ends in <Us>')
  })

  it('refuse a process with two pools', async () => {
    const pools = '<participant id="Twin" processRef="Office" />'
    expect(await problems('', { pools })).to.deep.equal([
      'x#Twin: expected one pool of process <Office>, found <Us> as well'
    ])
  })

  it('refuse a sequence flow into another pool', async () => {
    const inside = '<sequenceFlow id="Across" sourceRef="Check" targetRef="Ask" />'
    const [found] = await problems('', { inside })
    expect(found).to.contain(
      'x#Across: expected the sequence flow to have a target in this process'
    )
  })

  it('refuse an element in two lanes, not one in a lane inside a lane', async () => {
    const lane = (id: string, more = '') =>
      `<lane id="${id}"><flowNodeRef>Check</flowNodeRef>${more}</lane>`
    const nested = lane('Outer', `<childLaneSet id="Inner_Set">${lane('Inner')}</childLaneSet>`)
    expect(await problems('', { lanes: nested })).to.deep.equal([])
    expect(await problems('', { lanes: lane('Left') + lane('Right') })).to.deep.equal([
      'x#Check: expected this element in one lane, found it in <Left> and <Right>'
    ])
  })
})
