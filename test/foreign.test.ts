import { readdir, readFile } from 'node:fs/promises'
import { expect } from 'chai'
import { InvalidData } from '../engine/errors.ts'
import { checkDiagram } from '../runtime/gate.ts'
import { saveDiagram } from '../runtime/saving.ts'

const FOLDER = 'test/foreign'
const read = (tool: string) => readFile(`${FOLDER}/${tool}.bpmn`)
const tools = (await readdir(FOLDER)).map(file => file.replace('.bpmn', ''))

/** What stops a diagram, as `element: message`. */
async function refusalOf(xml: string): Promise<readonly string[]> {
  try {
    await checkDiagram(xml, 'x')
    return []
  } catch (error) {
    if (!(error instanceof InvalidData)) throw error
    return error.problems.map(({ path, message }) => `${path.replace('x#', '')}: ${message}`)
  }
}

/** What other tools write in expressions: `${…}`. */
const juel = (inside: string) => `$\{${inside}}`

describe('exports in the manner of other tools', () => {
  for (const tool of tools) {
    it(`load: ${tool}, without a warning`, async () => {
      const { graphs, warnings } = await checkDiagram(await read(tool), tool)
      expect(graphs).to.have.length(1)
      expect(warnings).to.deep.equal([])
      expect(
        Object.values(graphs[0]?.nodes ?? {}).some(({ type }) => type === 'startEvent')
      ).to.equal(true)
    })

    it(`load: ${tool} in UTF-16`, async () => {
      const text = (await read(tool)).toString('utf8')
      const wide = text.replace(/encoding=(["'])utf-8\1/i, 'encoding="UTF-16"')
      const bytes = Buffer.from(`\uFEFF${wide}`, 'utf16le')
      const [plain, same] = await Promise.all([checkDiagram(text, 'x'), checkDiagram(bytes, 'x')])
      expect(same.graphs).to.deep.equal(plain.graphs)
    })

    it(`are never executed by what ${tool} alone understands`, async () => {
      const { graphs } = await checkDiagram(await read(tool), tool)
      const text = JSON.stringify(graphs)
      for (const foreign of ['Evil', 'bean.run', 'System.exit', 'Notify', '${'])
        expect(text).not.to.contain(foreign)
    })

    it(`keep every sign of ${tool} when they are saved`, async () => {
      const text = (await read(tool)).toString('utf8')
      expect((await saveDiagram(text, text, tool)).xml).to.equal(text)
    })
  }

  it('keep the names, texts and conditions that the standard has', async () => {
    const {
      graphs: [signavio]
    } = await checkDiagram(await read('signavio'), 'x')
    const nodes = Object.values(signavio?.nodes ?? {})
    expect(nodes.map(({ name }) => name)).to.include('Check\napplication')
    expect(Object.values(signavio?.flows ?? {}).map(({ condition }) => condition)).to.include(
      'complete = true'
    )
    const {
      graphs: [adonis]
    } = await checkDiagram(await read('adonis'), 'x')
    expect(adonis?.nodes._t1?.documentation).to.equal('Look at <both> pages')
    const {
      graphs: [aris]
    } = await checkDiagram(await read('aris'), 'x')
    expect(aris?.documentation).to.equal('Beschreibung\nDescription')
    const {
      graphs: [camunda]
    } = await checkDiagram(await read('camunda-8'), 'x')
    expect(camunda?.flows.F2?.condition).to.equal('amount > 1000 and kind = "ITAS"')
  })

  it('name what is not executable: expressions and scripts in other languages', async () => {
    const jbpm = (await read('jbpm'))
      .toString('utf8')
      .replace(
        'tns:priority="1" sourceRef="_2" targetRef="_3"/>',
        'sourceRef="_2" targetRef="_3"><bpmn2:conditionExpression xsi:type="bpmn2:tFormalExpression">approved == true</bpmn2:conditionExpression></bpmn2:sequenceFlow>'
      )
    expect(await refusalOf(jbpm)).to.deep.equal([
      '_2-_3: condition: expected an expression in FEEL, found the language <http://www.mvel.org/2.0>'
    ])
    const feel = jbpm.replace(
      'xsi:type="bpmn2:tFormalExpression">approved ==',
      'xsi:type="bpmn2:tFormalExpression" language="http://www.omg.org/spec/DMN/20180521/FEEL/">approved ='
    )
    expect(await refusalOf(feel)).to.deep.equal([])
    const camunda = (await read('camunda-7'))
      .toString('utf8')
      .replace(
        '<bpmn:sequenceFlow id="F3" sourceRef="File" targetRef="Done" />',
        '<bpmn:sequenceFlow id="F3" sourceRef="File" targetRef="Done"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">APPROVED</bpmn:conditionExpression></bpmn:sequenceFlow>'
      )
      .replace('APPROVED', () => juel('approved'))
    expect(await refusalOf(camunda)).to.deep.equal([
      `F3: condition: expected an expression in FEEL, found one in JUEL: ${juel('approved')}`
    ])
  })

  it('name the process that is missing when several pools are drawn and none is executable', async () => {
    const xml = (await read('bizagi'))
      .toString('utf8')
      .replace(
        '</extensionElements>\n  </process>',
        '</extensionElements><task id="Id_x" /></process>'
      )
    expect(await refusalOf(xml)).to.deep.equal([
      '_202600000000: expected one process to say isExecutable="true", found none'
    ])
  })
})
