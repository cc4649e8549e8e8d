import { readdir, readFile } from 'node:fs/promises'
import { BpmnModdle } from 'bpmn-moddle'
import { expect } from 'chai'
import { InvalidData } from '../../engine/errors.ts'
import { saveDiagram } from '../../runtime/saving.ts'

const ORIGINAL = `<?xml version="1.0" encoding="UTF-8"?>
<!-- drawn at the office -->
<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"
  xmlns:v="urn:vendor" id="D" targetNamespace="t" v:model="7">
  <b:extension definition="v:x"><b:documentation>why</b:documentation></b:extension>
  <b:process id="P" name = 'Permit' isExecutable="true">
    <!-- the start -->
    <b:startEvent id="S" isInterrupting="true"><b:outgoing>S_A</b:outgoing></b:startEvent>
    <b:userTask id="A" name="Check" v:colour="red">
      <b:documentation textFormat="text/html">Do <i>this</i> and that</b:documentation>
      <b:extensionElements>
        <v:mixed>one <v:b>two</v:b> three</v:mixed>
        <v:raw><![CDATA[a < b]]></v:raw>
      </b:extensionElements>
      <b:incoming>S_A</b:incoming>
      <b:outgoing>A_E</b:outgoing>
    </b:userTask>
    <b:endEvent id="E"><b:incoming>A_E</b:incoming></b:endEvent>
    <b:sequenceFlow id="S_A" sourceRef="S" targetRef="A" />
    <b:sequenceFlow id="A_E" sourceRef="A" targetRef="E" /> <!-- last -->
  </b:process>
  <bpmndi:BPMNDiagram id="L">
    <bpmndi:BPMNPlane id="L_P" bpmnElement="P">
      <bpmndi:BPMNShape id="A_di" bpmnElement="A"><dc:Bounds x="1" y="2" width="3" height="4" /><di:extension><v:layer n="2" /></di:extension></bpmndi:BPMNShape>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</b:definitions>
`

// biome-ignore lint/suspicious/noExplicitAny: bpmn-moddle has no types
type Tree = any

/** What an editor writes after a change to its tree. */
async function edited(
  xml: string,
  change: (find: (id: string) => Tree, moddle: Tree) => void = () => undefined
): Promise<string> {
  const moddle: Tree = new BpmnModdle()
  const { rootElement, elementsById } = await moddle.fromXML(xml)
  change(id => elementsById[id], moddle)
  return (await moddle.toXML(rootElement, { format: true })).xml
}

const save = async (changed: string, deleted: readonly string[] = []) =>
  saveDiagram(ORIGINAL, changed, 'x.bpmn', { deleted })

async function refusal(changed: string): Promise<readonly string[]> {
  try {
    await save(changed)
  } catch (error) {
    if (error instanceof InvalidData) return error.problems.map(({ path }) => path)
    throw error
  }
  return []
}

describe('saving a diagram', () => {
  it('keeps the text of what an editor has only opened and saved', async () => {
    expect(await save(await edited(ORIGINAL))).to.deep.equal({ xml: ORIGINAL, deleted: [] })
  })

  it('changes nothing but what was changed', async () => {
    const changed = await edited(ORIGINAL, find => find('A').set('name', 'Check "all" & more'))
    const { xml } = await save(changed)
    expect(xml).to.equal(ORIGINAL.replace('name="Check"', 'name="Check &#34;all&#34; &#38; more"'))
  })

  it('adds what is new, beside comments and foreign matter', async () => {
    const changed = await edited(ORIGINAL, (find, moddle) => {
      const task = moddle.create('bpmn:ManualTask', { id: 'N', name: 'New' })
      find('P').get('flowElements').push(task)
      find('A_E').set('targetRef', task)
      find('D').set('xmlns:alur', 'urn:alur:bpmn')
      find('A').set('alur:role', 'counter')
    })
    const { xml } = await save(changed)
    expect(xml).to.contain('<b:definitions xmlns:alur="urn:alur:bpmn" xmlns:b=')
    expect(xml).to.contain('<b:sequenceFlow id="A_E" sourceRef="A" targetRef="N" />')
    expect(xml).to.match(/\n {4}<b:manualTask id="N" name="New"\/>/)
    expect(xml).to.contain('<v:mixed>one <v:b>two</v:b> three</v:mixed>')
    expect(xml).to.contain('v:colour="red" alur:role="counter">')
    expect(xml).to.contain('Do <i>this</i> and that')
    expect(xml).to.contain('<!-- the start -->')
  })

  it('deletes what was deleted, and says so', async () => {
    const changed = await edited(ORIGINAL, find => {
      const elements = find('P').get('flowElements')
      for (const id of ['E', 'A_E']) elements.splice(elements.indexOf(find(id)), 1)
      find('A').set('outgoing', [])
      find('A').set('name', undefined)
    })
    const { xml, deleted } = await save(changed)
    expect(deleted).to.have.members(['E', 'A_E', 'A@name', 'A/b:outgoing'])
    expect(xml).not.to.contain('A_E')
    expect(xml).to.contain('<!-- last -->')
    expect(xml).to.contain('<b:userTask id="A" v:colour="red">')
  })

  it('keeps an attribute that says what holds anyway, which editors leave out', async () => {
    const { xml } = await save(await edited(ORIGINAL, find => find('S').set('name', 'Start')))
    expect(xml).to.contain('isInterrupting="true" name="Start"><b:outgoing>')
  })

  it('follows the order of outgoing flows, and an element into another scope', async () => {
    const two = ORIGINAL.replace(
      '<b:outgoing>A_E</b:outgoing>',
      '<b:outgoing>A_E</b:outgoing>\n      <b:outgoing>A_S</b:outgoing>'
    ).replace(
      '<!-- last -->',
      '<!-- last -->\n    <b:subProcess id="Sub" />\n    <b:sequenceFlow id="A_S" sourceRef="A" targetRef="Sub" />'
    )
    const changed = await edited(two, find => {
      find('A').get('outgoing').reverse()
      const elements = find('P').get('flowElements')
      elements.splice(elements.indexOf(find('E')), 1)
      find('Sub').get('flowElements').push(find('E'))
      find('E').$parent = find('Sub')
    })
    const { xml, deleted } = await saveDiagram(two, changed, 'x.bpmn')
    expect(deleted).to.deep.equal([])
    expect(xml).to.match(/<b:outgoing>A_S<\/b:outgoing>\s+<b:outgoing>A_E<\/b:outgoing>/)
    expect(xml).to.match(/<b:subProcess id="Sub">\s+<b:endEvent id="E">/)
  })

  it('refuses to lose what belongs to other tools, with the whole list', async () => {
    const changed = (await edited(ORIGINAL, find => find('A').set('name', 'Other')))
      .replace(/<b:extensionElements>[\s\S]*?<\/b:extensionElements>/, '')
      .replace(' v:colour="red"', '')
      .replace(' v:model="7"', '')
    expect(await refusal(changed)).to.have.members([
      'D@v:model',
      'A@v:colour',
      'A/b:extensionElements'
    ])
  })

  it('loses it when it is named as deleted', async () => {
    const changed = (await edited(ORIGINAL)).replace(' v:colour="red"', '')
    const { xml, deleted } = await save(changed, ['A@v:colour'])
    expect(deleted).to.deep.equal(['A@v:colour'])
    expect(xml).to.equal(ORIGINAL.replace(' v:colour="red"', ''))
  })

  it('tells markup that a changed text would lose', async () => {
    const changed = await edited(ORIGINAL, find => {
      find('A').get('documentation')[0].set('text', 'Something else')
    })
    expect(await refusal(changed)).to.deep.equal(['A/b:documentation/i'])
    const { xml } = await save(changed, ['A/b:documentation/i'])
    expect(xml).to.contain(
      '<b:documentation textFormat="text/html">Something else</b:documentation>'
    )
  })

  it('keeps every diagram of the house as it is, opened and saved by an editor', async () => {
    for (const folder of ['processes/national', 'processes/offices/kanim-mre']) {
      for (const file of (await readdir(folder)).filter(name => name.endsWith('.bpmn'))) {
        const xml = await readFile(`${folder}/${file}`, 'utf8')
        const saved = await saveDiagram(xml, await edited(xml), file)
        expect(saved.xml, file).to.equal(xml)
      }
    }
  })
})
