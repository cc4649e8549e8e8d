import { expect } from 'chai'
import { checkDiagram } from '../../runtime/gate.ts'
import { readProblems } from '../../runtime/reads.ts'

const FEEL = (text: string) => `<condition>${text}</condition>`
const ANY =
  '<startEvent id="S"><timerEventDefinition><timeCycle>R/P1D</timeCycle></timerEventDefinition></startEvent>'

/** What a process reads that nothing sets, as `element: name`. */
async function unset(...processes: readonly string[]): Promise<readonly string[]> {
  const sources = await Promise.all(
    processes.map(async (content, n) => {
      const file = `p${n}.bpmn`
      const { graphs } = await checkDiagram(
        `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:alur="urn:alur:bpmn" targetNamespace="t">
          <signal id="Sig" name="Moved" /><escalation id="Esc" escalationCode="LATE" name="Late" />
          <process id="P${n}" isExecutable="true">${content}</process></definitions>`,
        file
      )
      return { graph: graphs[0]!, file, xml: '', forms: {} }
    })
  )
  return readProblems(sources, {}).map(
    ({ path, message }) => `${path.replace(/.*#/, '')}: ${/<(.*?)>/.exec(message)?.[1]}`
  )
}
const flow = (source: string, target: string) =>
  `<sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}" />`
const script = (id: string, text: string) =>
  `<scriptTask id="${id}" alur:result="${id}_result"><script>${text}</script></scriptTask>`
const thrown = `<endEvent id="T"><extensionElements><alur:in source="1" target="moved" /></extensionElements><signalEventDefinition signalRef="Sig" /></endEvent>`
const caught = `<intermediateCatchEvent id="C"><signalEventDefinition signalRef="Sig" /></intermediateCatchEvent>`

describe('variables that nothing sets', () => {
  it('are found where a condition of an event, a completion or an activation reads them', async () => {
    const content = `${ANY}${flow('S', 'A')}
      <task id="A" /><boundaryEvent id="B" attachedToRef="A"><conditionalEventDefinition>${FEEL('unknown > 1')}</conditionalEventDefinition></boundaryEvent>${flow('B', 'E')}<endEvent id="E" />
      ${flow('A', 'G')}<complexGateway id="G"><activationCondition>activationCount >= least</activationCondition></complexGateway>${flow('G', 'H')}
      <adHocSubProcess id="H"><task id="I" /><completionCondition>enough</completionCondition></adHocSubProcess>`
    expect(await unset(content)).to.have.members(['B: unknown', 'G: least', 'H: enough'])
  })

  it('are not what a signal brings that another process throws', async () => {
    const thrower = `${ANY}${flow('S', 'T')}${thrown}`
    const catcher = (name: string) =>
      `${ANY}${flow('S', 'C')}${caught}${flow('C', 'A')}${script('A', name)}`
    expect(await unset(catcher('moved'), thrower)).to.deep.equal([])
    expect(await unset(catcher('removed'), thrower)).to.deep.equal(['A: removed'])
  })

  it('are not known of a signal that nobody here throws', async () => {
    expect(
      await unset(`${ANY}${flow('S', 'C')}${caught}${flow('C', 'A')}${script('A', 'any')}`)
    ).to.deep.equal([])
  })

  it('are not what an escalation brings to the event that catches it', async () => {
    const content = (name: string) => `${ANY}${flow('S', 'Sub')}
      <subProcess id="Sub"><startEvent id="S1" />${flow('S1', 'T1')}<endEvent id="T1"><extensionElements><alur:in source="1" target="days" /></extensionElements><escalationEventDefinition escalationRef="Esc" /></endEvent></subProcess>
      <boundaryEvent id="B" attachedToRef="Sub"><escalationEventDefinition escalationRef="Esc" /></boundaryEvent>${flow('B', 'A')}${script('A', name)}`
    expect(await unset(content('days'))).to.deep.equal([])
    expect(await unset(content('weeks'))).to.deep.equal(['A: weeks'])
  })

  it('are not what a loop or many instances count and set', async () => {
    const content = `${ANY}${flow('S', 'A')}
      <scriptTask id="A" alur:result="one"><multiInstanceLoopCharacteristics alur:collection="[1, 2]" alur:element="item" alur:output="all" alur:outputElement="one"><completionCondition>numberOfCompletedInstances > item</completionCondition></multiInstanceLoopCharacteristics><script>item + 1</script></scriptTask>
      ${flow('A', 'B')}<scriptTask id="B" alur:result="sum"><standardLoopCharacteristics><loopCondition>loopCounter &lt; count(all)</loopCondition></standardLoopCharacteristics><script>sum(all)</script></scriptTask>`
    expect(await unset(content)).to.deep.equal([])
  })

  it('are not what the process declares as data', async () => {
    const content = `<dataObject id="D" name="file" />${ANY}${flow('S', 'A')}${script('A', 'file')}`
    expect(await unset(content)).to.deep.equal([])
  })
})
