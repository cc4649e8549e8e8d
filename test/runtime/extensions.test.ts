import { expect } from 'chai'
import { compile } from '../../engine/compile/compile.ts'
import type { FormSchema } from '../../engine/forms.ts'
import type { ProcessGraph } from '../../engine/graph.ts'
import { readDiagram } from '../../runtime/bpmn.ts'
import { extensionProblems } from '../../runtime/extensions.ts'

const FORM = { type: 'object', properties: { localCheck: { type: 'object' } } } as FormSchema

async function source(file: string, id: string, inside: string, forms = {}) {
  const xml = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:alur="urn:alur:bpmn" targetNamespace="urn:t"><bpmn:error id="E" errorCode="E"/><bpmn:process id="${id}" isExecutable="true"><bpmn:startEvent id="S"/>${inside}<bpmn:sequenceFlow id="f" sourceRef="S" targetRef="T"/></bpmn:process></bpmn:definitions>`
  const [graph] = compile(await readDiagram(xml, file), 1)
  return { graph: graph as ProcessGraph, file, forms }
}

/** What is wrong with what an office supplies for the point `local-check`. */
async function problems(
  inside: string,
  more: {
    readonly point?: string
    readonly process?: string
    readonly file?: string
    readonly call?: string
    readonly forms?: object
  } = {}
) {
  const { call = '>', file = 'offices/kanim-dps/own.bpmn', forms = { T: FORM } } = more
  const national = await source(
    'national/permit.bpmn',
    'permit',
    `<bpmn:callActivity id="T" calledElement="nothing" alur:extensionPoint="local-check"${call}</bpmn:callActivity>`
  )
  const own = await source(file, 'own', inside, forms)
  const { point = 'local-check', process = 'own' } = more
  return extensionProblems([national, own], [{ unit: 'kanim-dps', point, process }]).map(
    ({ path, message }) => `${path}: ${message}`
  )
}

const AT = 'offices/kanim-dps/own.bpmn#T: extension point <local-check>:'

describe('what an office supplies for an extension point', () => {
  it('may be tasks of people and systems that set the variable of the point', async () => {
    expect(await problems('<bpmn:userTask id="T"/>')).to.deep.equal([])
    expect(
      await problems(
        '<bpmn:serviceTask id="T" alur:job="send-email"><bpmn:extensionElements><alur:out source="sent" target="localCheck.sent"/></bpmn:extensionElements></bpmn:serviceTask>'
      )
    ).to.deep.equal([])
  })

  it('may not end the case, throw, wait or call', async () => {
    const ends = (event: string) => `<bpmn:endEvent id="T">${event}</bpmn:endEvent>`
    expect(await problems(ends('<bpmn:terminateEventDefinition/>'))).to.deep.equal([
      `${AT} expected an event that neither waits nor throws, found terminate`
    ])
    expect(await problems(ends('<bpmn:errorEventDefinition errorRef="E"/>'))).to.deep.equal([
      `${AT} expected an event that neither waits nor throws, found error`
    ])
    expect(await problems('<bpmn:callActivity id="T" calledElement="permit"/>')).to.deep.equal([
      `${AT} expected tasks of people and systems and gateways, found callActivity`
    ])
    expect(
      await problems('<bpmn:subProcess id="T"><bpmn:task id="U"/></bpmn:subProcess>')
    ).to.deep.equal([`${AT} expected tasks of people and systems and gateways, found subProcess`])
  })

  it('may set nothing else, and must say what it sets', async () => {
    const other = {
      T: { type: 'object', properties: { decision: {}, permit: { readOnly: true } } }
    }
    expect(await problems('<bpmn:userTask id="T"/>', { forms: other })).to.deep.equal([
      `${AT} expected it to set <localCheck> alone, found <decision>`
    ])
    expect(await problems('<bpmn:userTask id="T"/>', { forms: {} })).to.deep.equal([
      `${AT} expected it to say what it sets, found nothing said`
    ])
    expect(await problems('<bpmn:serviceTask id="T" alur:job="send-email"/>')).to.deep.equal([
      `${AT} expected it to say what it sets, found nothing said`
    ])
  })

  it('may not give work to another level, nor tell the applicant how the case ends', async () => {
    expect(
      await problems('<bpmn:userTask id="T" alur:role="kadiv" alur:level="region"/>')
    ).to.deep.equal([`${AT} expected work of the office itself, found level <region>`])
    const stage =
      '<bpmn:userTask id="T"><bpmn:extensionElements><alur:stage name="approved"/></bpmn:extensionElements></bpmn:userTask>'
    expect(await problems(stage)).to.deep.equal([
      `${AT} expected no stage but examination, waiting, found <approved>`
    ])
  })

  it('must be for a point that is there, by a process of its own', async () => {
    const task = '<bpmn:userTask id="T"/>'
    expect(await problems(task, { point: 'local-chek' })).to.deep.equal([
      'kanim-dps: expected an extension point, found <local-chek> (do you mean <local-check>?)'
    ])
    expect(await problems(task, { process: 'owm' })).to.deep.equal([
      'kanim-dps: expected a process for extension point <local-check>, found <owm> (do you mean <own>?)'
    ])
    expect(await problems(task, { file: 'offices/kanim-tju/own.bpmn' })).to.deep.equal([
      'kanim-dps: expected a process of <kanim-dps> for <local-check>, found <own> in <offices/kanim-tju/own.bpmn>'
    ])
  })

  it('is called by the nation for one variable, bound by the office', async () => {
    const out = (target: string) =>
      `><bpmn:extensionElements><alur:out source="x" target="${target}"/></bpmn:extensionElements>`
    const call = await problems('<bpmn:userTask id="T"/>', { call: out('decision') })
    expect(call).to.deep.equal([
      'national/permit.bpmn#T: expected an extension point to set <localCheck> alone, found <decision>'
    ])
    expect(
      await problems('<bpmn:userTask id="T"/>', {
        call: ` alur:binding="latest"${out('localCheck')}`
      })
    ).to.deep.equal([
      'national/permit.bpmn#T: expected the extension point <local-check> to be bound by the office, found alur:binding <latest>'
    ])
  })
})
