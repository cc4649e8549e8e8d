import { expect } from 'chai'
import { InvalidData } from '../../engine/errors.ts'
import { DIAGRAM_LIMITS, type DiagramLimits } from '../../runtime/bpmn.ts'
import { checkDiagram } from '../../runtime/gate.ts'
import { decodeXml } from '../../runtime/xml/encoding.ts'

const MODEL = 'http://www.omg.org/spec/BPMN/20100524/MODEL'

function diagram(content: string, declaration = '', attributes = ''): string {
  return `${declaration}<definitions xmlns="${MODEL}" xmlns:x="urn:x" targetNamespace="t" ${attributes}>
<process id="p" name="Überprüfung €" isExecutable="true">${content}</process></definitions>`
}

async function problemsOf(
  source: string | Uint8Array,
  limits: DiagramLimits = DIAGRAM_LIMITS
): Promise<readonly string[]> {
  try {
    await checkDiagram(source, 'x.bpmn', limits)
    return []
  } catch (error) {
    if (!(error instanceof InvalidData)) throw error
    return error.problems.map(({ path, message }) => `${path}: ${message}`)
  }
}

describe('reading the XML of a diagram', () => {
  describe('in an encoding that tools write:', () => {
    const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>`
    const utf16 = (text: string) => Buffer.from(text, 'utf16le')
    const files: readonly (readonly [string, Uint8Array])[] = [
      ['UTF-8', Buffer.from(diagram('<task id="A" />', declared('UTF-8')))],
      [
        'UTF-8 with its mark',
        Buffer.from(`\uFEFF${diagram('<task id="A" />', declared('utf-8'))}`)
      ],
      ['UTF-8 without a declaration', Buffer.from(diagram('<task id="A" />'))],
      ['UTF-16 LE', utf16(`\uFEFF${diagram('<task id="A" />', declared('UTF-16'))}`)],
      ['UTF-16 BE', utf16(`\uFEFF${diagram('<task id="A" />', declared('UTF-16'))}`).swap16()],
      ['UTF-16 without its mark', utf16(diagram('<task id="A" />', declared('UTF-16LE')))]
    ]
    for (const [what, bytes] of files) {
      it(what, async () => {
        const { graphs } = await checkDiagram(bytes, 'x.bpmn')
        expect(graphs[0]?.name).to.equal('Überprüfung €')
      })
    }

    it('ISO-8859-1 and windows-1252', async () => {
      const xml = diagram('<task id="A" />', declared('ISO-8859-1')).replace('€', 'x')
      const { graphs } = await checkDiagram(Buffer.from(xml, 'latin1'), 'x.bpmn')
      expect(graphs[0]?.name).to.equal('Überprüfung x')
    })
  })

  describe('refuses bytes that are not what they claim to be:', () => {
    const xml = diagram('<task id="A" />')
    const files: readonly (readonly [string, Uint8Array, string])[] = [
      ['invalid UTF-8', Buffer.from(xml.replace('€', 'x'), 'latin1'), 'expected text in UTF-8'],
      ['an overlong form', Buffer.from([0x3c, 0xc0, 0xaf]), 'expected text in UTF-8'],
      [
        'UTF-8 that says UTF-16',
        Buffer.from(`<?xml version="1.0" encoding="UTF-16"?>${xml}`),
        'expected the bytes to be UTF-16'
      ],
      [
        'UTF-16 that says UTF-8',
        Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-8"?>${xml}`, 'utf16le'),
        'found UTF-16'
      ],
      ['half a character', Buffer.from(`\uFEFF${xml}`, 'utf16le').subarray(0, -1), 'UTF-16'],
      ['UTF-7', Buffer.from(`<?xml version="1.0" encoding="UTF-7"?>${xml}`), '<UTF-7>']
    ]
    for (const [what, bytes, message] of files) {
      it(what, () => {
        expect(() => decodeXml(bytes, 'x.bpmn')).to.throw(InvalidData, message)
      })
    }
  })

  describe('refuses an attack:', () => {
    const task = '<task id="A" />'
    const attacks: readonly (readonly [string, string, string])[] = [
      [
        'a billion laughs',
        diagram(
          '<task id="A" name="&lol2;" />',
          '<!DOCTYPE x [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>'
        ),
        'expected no ENTITY'
      ],
      [
        'an outside DTD',
        diagram(task, '<!DOCTYPE x SYSTEM "http://evil.example/x.dtd">'),
        'DOCTYPE'
      ],
      [
        'an outside parameter entity',
        diagram(task, '<!DOCTYPE x [<!ENTITY % e SYSTEM "file:///etc/passwd"> %e;]>'),
        'expected no ENTITY'
      ],
      ['an entity of nobody', diagram('<task id="A" name="&xxe;" />'), 'found &xxe;'],
      ['the number of no character', diagram('<task id="A" name="&#0;" />'), 'found &#0;'],
      ['half a surrogate', diagram('<task id="A" name="&#xD800;" />'), 'found &#xD800;'],
      [
        'a style sheet',
        diagram(task, '<?xml-stylesheet href="http://evil.example/x.xsl"?>'),
        'instruction'
      ],
      ['a control character', diagram('<task id="A" name="\u0007" />'), 'the character 7'],
      [
        'another document',
        diagram(
          '<xi:include href="file:///etc/passwd" />',
          '',
          'xmlns:xi="http://www.w3.org/2001/XInclude"'
        ),
        'expected no other document'
      ],
      ['an id of JavaScript', diagram('<task id="__proto__" />'), 'another id than <__proto__>'],
      [
        'an id as long as a book',
        diagram(`<task id="${'A'.repeat(201)}" />`),
        'at most 200 characters'
      ],
      ['an attribute twice', diagram('<task id="A" id="B" />'), 'expected id of <task> once'],
      ['an undeclared prefix', diagram('<task id="A" y:z="1" />'), 'expected xmlns:y="…"'],
      [
        'tags that cross',
        diagram('<task id="A"><documentation></task></documentation>'),
        '</documentation>'
      ],
      ['an attribute without quotes', diagram('<task id=A />'), 'in quotes'],
      ['a tag inside a value', diagram('<task id="A" name="<script>" />'), 'no < in the value'],
      ['two roots', `${diagram(task)}<more />`, 'one root element'],
      ['text after the end', `${diagram(task)}more`, 'found text'],
      ['a comment without an end', diagram(`${task}<!-- `), 'expected -->'],
      [
        'another format',
        '<package xmlns="http://www.wfmc.org/2008/XPDL2.1" />',
        'expected <definitions> of BPMN 2.0'
      ],
      [
        'the draft of BPMN 2.0',
        diagram(task).replace(MODEL, 'http://schema.omg.org/spec/BPMN/2.0'),
        'expected <definitions> of BPMN 2.0'
      ],
      [
        'an extension that must be understood',
        diagram(task).replace(
          '<process',
          '<extension definition="x:y" mustUnderstand="true" /><process'
        ),
        'the extension <x:y> must be understood'
      ]
    ]
    for (const [what, xml, message] of attacks) {
      it(what, async () => {
        expect((await problemsOf(xml)).join('\n')).to.contain(message)
      })
    }

    it('in time that grows with its size alone', async () => {
      const limits = { ...DIAGRAM_LIMITS, elements: 100_000 }
      const attributes = Array.from({ length: 20_000 }, (_, n) => `a${n}=""`).join(' ')
      const began = performance.now()
      for (const xml of [
        diagram(`<task id="A" ${attributes} />`),
        diagram('<task id="A" />'.repeat(20_000)),
        diagram(`<task id="A" name="${'&x;'.repeat(20_000)}" />`),
        diagram('<a "'.repeat(50_000)),
        diagram('<!-'.repeat(50_000)),
        diagram('<task>'.repeat(200_000)),
        diagram(`<task id="A"><documentation>${'<![CDATA['.repeat(50_000)}`)
      ])
        expect(await problemsOf(xml, limits)).not.to.deep.equal([])
      expect(performance.now() - began).to.be.below(20_000)
    })
  })

  it('holds a diagram to each limit, at its boundary', async () => {
    const xml = diagram('<task id="A" name="abc" />')
    const held = async (limits: Partial<DiagramLimits>) =>
      (await problemsOf(xml, { ...DIAGRAM_LIMITS, ...limits })).join('\n')
    const bytes = Buffer.byteLength(xml)
    expect(await held({ bytes, elements: 3, depth: 3, attributes: 3 })).to.equal('')
    expect(await held({ bytes: bytes - 1 })).to.contain(
      `at most ${bytes - 1} bytes, found ${bytes}`
    )
    expect(await held({ elements: 2 })).to.contain('at most 2 elements, found 3')
    expect(await held({ depth: 2 })).to.contain('at most 2 deep, found 3')
    expect(await held({ attributes: 2 })).to.contain('at most 2 attributes, found 3')
    const longest = xml.split('\n')[0]!.length
    expect(await held({ attribute: longest })).to.equal('')
    expect(await held({ attribute: longest - 1 })).to.contain(`found ${longest} in <definitions>`)
  })

  it('tells what the schema, the references, the structure and FEEL refuse, all at once', async () => {
    const problems = await problemsOf(
      diagram(`<startEvent id="S" colour="red" />
        <sequenceFlow id="F" sourceRef="S" targetRef="Gone" />
        <scriptTask id="A" scriptFormat="feel"><script>1 +</script></scriptTask>
        <endEvent id="E"><errorEventDefinition errorRef="Nobody" /></endEvent>
        <task id="E" />`)
    )
    expect(problems.map(each => each.replace(/(?<=: \w+) .*/, ''))).to.deep.equal([
      'x.bpmn#E: duplicate',
      'x.bpmn#S: expected',
      'x.bpmn#F: targetRef',
      'x.bpmn#E: errorRef',
      'x.bpmn#A: script: 1',
      'x.bpmn#A: expected'
    ])
  })

  it('tells values that the schema does not have, and what may stand once and stands twice', async () => {
    const problems = await problemsOf(
      diagram(`<task id="A" isForCompensation="yes" startQuantity="two"><multiInstanceLoopCharacteristics behavior="any"><loopCardinality>1</loopCardinality></multiInstanceLoopCharacteristics><standardLoopCharacteristics><loopCondition>false</loopCondition></standardLoopCharacteristics></task>
        <sequenceFlow id="F" sourceRef="A" targetRef="B"><conditionExpression>true</conditionExpression><conditionExpression>false</conditionExpression></sequenceFlow>
        <task id="B" />`)
    )
    expect(problems).to.include.members([
      'x.bpmn#A: expected isForCompensation of <task> to be true or false, found <yes>',
      'x.bpmn#A: expected startQuantity of <task> to be a whole number, found <two>',
      'x.bpmn#A: expected behavior of <multiInstanceLoopCharacteristics> to be None, One, All, Complex, found <any>',
      'x.bpmn#A: expected one loopCharacteristics in <task>, found several',
      'x.bpmn#F: expected one conditionExpression in <sequenceFlow>, found several'
    ])
  })

  it('reads 1 and 0 as the schema does', async () => {
    const event =
      '<boundaryEvent id="L" attachedToRef="A" cancelActivity="0"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="E" /><sequenceFlow id="F" sourceRef="L" targetRef="E" />'
    const xml = diagram(`<task id="A" />${event}`).replace(
      'isExecutable="true"',
      'isExecutable="1"'
    )
    const { graphs } = await checkDiagram(xml, 'x.bpmn')
    expect(graphs[0]?.nodes.L).to.include({ interrupting: false })
  })

  it('reads what is legal XML, however it is written', async () => {
    const { graphs } = await checkDiagram(
      `<?xml version = '1.0' standalone="yes"?><!-- a <!DOCTYPE> in a comment -->
      <b:definitions xmlns:b = '${MODEL}' xmlns = "urn:x" xmlns:x="urn:x" targetNamespace="t" >
        <b:process\tid = "p" isExecutable='true' x:priority="1" name="a &lt; b &#x41;&amp;">
          <b:documentation textFormat="text/html"><p xmlns="http://www.w3.org/1999/xhtml">Do <b>this</b></p></b:documentation>
          <b:extensionElements><x:a><b:task id="Not_Ours" /></x:a><a xmlns="">1</a></b:extensionElements>
          <b:task id="A"
            name="Line
one" ></b:task >
        </b:process>
      </b:definitions>`,
      'x.bpmn'
    )
    expect(graphs[0]).to.include({ name: 'a < b A&', documentation: 'Do this' })
    expect(Object.keys(graphs[0]?.nodes ?? {})).to.deep.equal(['A'])
  })
})
