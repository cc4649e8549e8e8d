import { expect } from 'chai'
import type { DiagramCheckView, ErrorAnswer, SavedDiagramView } from '../../api/schemas.ts'
import { openSample, type Sample, Visitor, visitor } from './sample.ts'

const diagram = (inside: string) =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:v="urn:v" targetNamespace="t">
  <!-- kept --><process id="P" name="Permit" isExecutable="true">${inside}</process></definitions>`
const sound = diagram('<task id="A" v:n="1" />')

describe('diagrams over HTTP', () => {
  let alur: Sample
  let person: Visitor
  before(async () => {
    alur = await openSample()
    person = await visitor(alur.url, 'loket.tju')
  })
  after(() => alur.end())

  it('tell what they may run into, and may be deployed', async () => {
    const xml = diagram(
      '<task id="A" /><task id="B" /><sequenceFlow id="AB" sourceRef="A" targetRef="B" /><sequenceFlow id="BA" sourceRef="B" targetRef="A" /><task id="C" />'
    )
    const { status, body } = await person.post<DiagramCheckView>('/api/diagrams/check', { xml })
    expect(status).to.equal(200)
    expect(body.deployable).to.equal(true)
    expect(body.processes).to.deep.equal([{ id: 'P', name: 'Permit' }])
    expect(body.findings.map(({ path, severity }) => [path, severity])).to.deep.equal([
      ['diagram.bpmn#A', 'warning'],
      ['diagram.bpmn#B', 'warning']
    ])
  })

  it('tell everything that refuses them', async () => {
    const xml = diagram(
      '<task id="A" default="X" /><scriptTask id="B"><script>1 +</script></scriptTask>'
    )
    const { body } = await person.post<DiagramCheckView>('/api/diagrams/check', {
      file: 'x.bpmn',
      xml
    })
    expect(body.deployable).to.equal(false)
    expect(body.findings.map(({ path, severity }) => [path, severity])).to.deep.equal([
      ['x.bpmn#A', 'error'],
      ['x.bpmn#B', 'error']
    ])
  })

  it('are saved into the text of the original, and lose nothing in silence', async () => {
    const changed = sound.replace('<!-- kept -->', '').replace('id="A"', 'id="A" name="Check"')
    const saved = await person.post<SavedDiagramView>('/api/diagrams/save', {
      original: sound,
      changed
    })
    expect(saved.body.xml).to.equal(sound.replace('v:n="1"', 'v:n="1" name="Check"'))
    expect(saved.body.check.deployable).to.equal(true)

    const poorer = { original: sound, changed: sound.replace(' v:n="1"', '') }
    const refused = await person.post<ErrorAnswer>('/api/diagrams/save', poorer)
    expect(refused.status).to.equal(422)
    expect(refused.body.problems?.map(({ path }) => path)).to.deep.equal(['A@v:n'])
    const meant = { ...poorer, deleted: ['A@v:n'] }
    const deleted = await person.post<SavedDiagramView>('/api/diagrams/save', meant)
    expect(deleted.body.deleted).to.deep.equal(['A@v:n'])
  })

  it('may be larger than a form, for those who have signed in', async () => {
    const xml = diagram(`<task id="A"><documentation>${'x'.repeat(500_000)}</documentation></task>`)
    expect((await person.post('/api/diagrams/check', { xml })).status).to.equal(200)
    const stranger = await new Visitor(alur.url).post<ErrorAnswer>('/api/diagrams/check', { xml })
    expect(stranger.body.code).to.equal('not-signed-in')
  })
})
