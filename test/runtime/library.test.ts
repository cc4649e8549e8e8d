import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { InvalidData } from '../../engine/errors.ts'
import { settableClock } from '../../runtime/clock.ts'
import { type Library, openLibrary } from '../../runtime/library.ts'
import type { Known } from '../../runtime/references.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteDeployments } from '../../runtime/stores/sqlite-deployments.ts'
import { PROCESSES } from './processes.ts'

const EVERYTHING: Known = { jobs: null, rules: null, templates: null, roles: null }

describe('library', () => {
  let folder: string
  const database = openDatabase(':memory:')
  const logged: string[] = []
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'alur-library-'))
    database.exec('drop table if exists deployments')
    logged.length = 0
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  after(() => database.close())

  function take(...files: readonly string[]): void {
    for (const file of files) cpSync(join(PROCESSES, file), join(folder, file))
  }
  function change(file: string, from: string | RegExp, to: string): void {
    writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replace(from, to))
  }
  function open(known = EVERYTHING): Promise<Library> {
    return openLibrary({
      folder,
      known,
      deployments: sqliteDeployments(database),
      clock: settableClock('2015-12-01T02:00:00.000Z'),
      log: { info() {}, warn() {}, error: message => void logged.push(message) }
    })
  }
  async function problems(known = EVERYTHING): Promise<readonly string[]> {
    const error: InvalidData = await open(known).then(
      () => expect.fail('expected problems'),
      error => error
    )
    return error.problems.map(({ path, message }) => `${path}: ${message}`)
  }

  it('finds processes and their forms below the folder', async () => {
    mkdirSync(join(folder, 'national'))
    take('waiter.bpmn', 'waiter.Received.json')
    cpSync(join(PROCESSES, 'permit.bpmn'), join(folder, 'national/permit.bpmn'))
    cpSync(join(PROCESSES, 'permit.Check.json'), join(folder, 'national/permit.Check.json'))
    writeFileSync(join(folder, 'national/permit.cases.json'), '[]')
    const library = await open()

    expect(library.processes.map(({ id, version }) => `${id} ${version}`)).to.have.members([
      'waiter 1',
      'permit 1'
    ])
    expect(library.find('permit', null)?.nodes.Check?.type).to.equal('userTask')
    expect(library.find('permit', 1)).to.equal(library.find('permit', null))
    expect(library.find('permit', 2)).to.equal(null)
    expect(library.form('permit', 1, 'Check')?.['x-title-en']).to.equal('Check')
    expect(library.form('permit', 1, 'Approve')).to.equal(null)
    expect(library.form('permit', 1, 'constructor')).to.equal(null)
    expect(library.source('permit', 1)?.file).to.equal('national/permit.bpmn')
    expect(library.source('permit', 1)?.xml).to.contain('<bpmn:process id="permit"')
  })

  it('makes a changed diagram the next version and keeps the old one', async () => {
    take('permit.bpmn', 'waiter.bpmn')
    await open()
    change('permit.bpmn', 'name="Periksa"', 'name="Periksa berkas"')
    const library = await open()

    expect(library.find('permit', null)?.version).to.equal(2)
    expect(library.find('permit', 2)?.nodes.Check?.name).to.equal('Periksa berkas')
    expect(library.find('permit', 1)?.nodes.Check?.name).to.equal('Periksa')
    expect(library.find('waiter', null)?.version).to.equal(1)
    expect((await open()).find('permit', null)?.version).to.equal(2)
  })

  it('makes a changed form a version of its own, so that a running task keeps its form', async () => {
    take('permit.bpmn', 'permit.Check.json')
    await open()
    change('permit.Check.json', 'Pemeriksaan', 'Pemeriksaan berkas')
    const library = await open()

    expect(library.form('permit', 1, 'Check')?.title).to.equal('Pemeriksaan')
    expect(library.form('permit', 2, 'Check')?.title).to.equal('Pemeriksaan berkas')
  })

  it('keeps the versions of a process whose file is gone for the instances that run', async () => {
    take('permit.bpmn', 'waiter.bpmn')
    await open()
    rmSync(join(folder, 'permit.bpmn'))
    const library = await open()

    expect(library.processes.map(({ id }) => id)).to.deep.equal(['waiter'])
    expect(library.find('permit', 1)?.id).to.equal('permit')
  })

  it('goes on without an old version that no longer compiles, and says so', async () => {
    take('permit.bpmn')
    await open()
    database.exec("update deployments set xml = 'no diagram', sha256 = 'old'")
    const library = await open()

    expect(library.find('permit', null)?.version).to.equal(2)
    expect(library.find('permit', 1)).to.equal(null)
    expect(logged).to.deep.equal(['deployed process no longer compiles'])
  })

  it('tells every problem of every file, and deploys nothing', async () => {
    take('permit.bpmn', 'waiter.bpmn', 'deadline.bpmn')
    cpSync(join(folder, 'waiter.bpmn'), join(folder, 'copy.bpmn'))
    writeFileSync(join(folder, 'permit.Nowhere.json'), '{ "type": "object" }')
    writeFileSync(join(folder, 'permit.Decide.json'), '{ "type": "object" }')
    writeFileSync(join(folder, 'permit.Check.json'), '{ "type": "string" }')
    writeFileSync(join(folder, 'unknown.Check.json'), '{ "type": "object" }')
    change('permit.bpmn', 'id="permit"', 'id="permit" alur:variantOf="national-permit"')
    const nothing = new Set<string>()
    const found = await problems({
      jobs: new Set(['notify']),
      rules: nothing,
      templates: nothing,
      roles: new Set(['counter'])
    })

    expect(found).to.have.members([
      'copy.bpmn#waiter: process <waiter> is in waiter.bpmn as well',
      'copy.bpmn: expected a file name such as <waiter.bpmn>',
      'permit.bpmn#permit: expected a known process, found <national-permit>',
      'permit.bpmn#Decide: expected a known rule, found <test.approver>',
      'permit.bpmn#Approve: role <kakanim> is not known; expected one of counter',
      'deadline.bpmn#Fetch: expected a known kind of job, found <fetch>',
      'permit.Nowhere.json: process <permit> has no element <Nowhere>',
      'permit.Decide.json: expected a user task, a manual task or a start event, found businessRuleTask <Decide>',
      'permit.Check.json#/type: expected the form to be of type object',
      'unknown.Check.json: expected the id of a process, found <unknown>'
    ])
    expect(await sqliteDeployments(database).all()).to.deep.equal([])
  })

  it('refuses an optional step that no parameter of an office may switch', async () => {
    take('permit.bpmn')
    change('permit.bpmn', 'id="Check"', 'id="Check" alur:optional="survey.needd"')
    const switches = new Set(['survey.needed'])

    expect(await problems({ ...EVERYTHING, switches })).to.deep.equal([
      'permit.bpmn#Check: expected a known parameter that is true or false and that offices may state, found <survey.needd> (do you mean <survey.needed>?)'
    ])
  })

  it('names the file of a diagram that cannot be read, beside all other problems', async () => {
    take('permit.bpmn', 'waiter.bpmn', 'payer.bpmn')
    writeFileSync(join(folder, 'permit.Check.json'), '{ "type": ')
    change('permit.bpmn', 'targetRef="Check"', 'targetRef="Chek"')
    change('waiter.bpmn', '<?xml version="1.0" encoding="UTF-8"?>', '<!DOCTYPE x>')
    const found = await problems()

    expect(found.some(each => /^permit\.bpmn#\w+: .*no element <Chek>/.test(each))).to.equal(true)
    expect(found.some(problem => /^waiter\.bpmn: .*DOCTYPE/i.test(problem))).to.equal(true)
    expect(found.some(problem => problem.startsWith('permit.Check.json: expected JSON'))).to.equal(
      true
    )
  })

  it('finds what was deployed together with a version, also what had not changed then', async () => {
    take('caller.bpmn', 'called.bpmn', 'called.Answer.json')
    await open()
    change('caller.bpmn', 'name="Pemanggil"', 'name="Kedua"')
    await open()
    change('called.bpmn', 'name="Jawab"', 'name="Balas"')
    const library = await open()
    const deployedWith = (version: number) =>
      library.find('called', { deployedWith: { process: 'caller', version } })?.version

    expect(library.find('called', 'latest')?.version).to.equal(2)
    expect([deployedWith(1), deployedWith(2)]).to.deep.equal([1, 1])
    change('caller.bpmn', 'Kedua', 'Ketiga')
    const later = await open()
    const third = { deployedWith: { process: 'caller', version: 3 } }
    expect(later.find('called', third)?.version).to.equal(2)
    expect(later.find('called', { deployedWith: { process: 'caller', version: 4 } })).to.equal(null)
  })

  it('refuses the call of a version that was never deployed', async () => {
    take('caller.bpmn', 'called.bpmn', 'called.Answer.json')
    change('caller.bpmn', 'calledElement=', 'alur:version="2" calledElement=')
    expect(await problems()).to.deep.equal([
      'caller.bpmn#Call: expected version 2 of process <called> to be deployed, found versions 1'
    ])
    change('caller.bpmn', 'alur:version="2"', 'alur:version="1"')
    expect((await open()).find('caller', 'latest')?.version).to.equal(1)
    rmSync(join(folder, 'called.bpmn'))
    rmSync(join(folder, 'called.Answer.json'))
    expect((await open()).find('called', 1)?.id).to.equal('called')
  })

  it('refuses a diagram that leaves open which way to go', async () => {
    take('called.bpmn', 'called.Answer.json')
    change(
      'called.bpmn',
      '<bpmn:endEvent',
      '<bpmn:exclusiveGateway id="Which" /><bpmn:sequenceFlow id="One" sourceRef="Which" targetRef="Over" /><bpmn:sequenceFlow id="Two" sourceRef="Which" targetRef="Over" /><bpmn:sequenceFlow id="To_Which" sourceRef="Received" targetRef="Which" /><bpmn:endEvent id="Over" /><bpmn:endEvent'
    )

    expect(await problems()).to.include(
      'called.bpmn#One: expected a condition on each flow out of the exclusive gateway <Which>, or the mark of its default flow'
    )
  })

  it('refuses the call of a process that only an event begins', async () => {
    take('caller.bpmn', 'called.bpmn', 'called.Answer.json')
    change(
      'called.bpmn',
      '<bpmn:startEvent id="Received" />',
      '<bpmn:startEvent id="Received"><bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:startEvent>'
    )

    expect(await problems()).to.deep.equal([
      'caller.bpmn#Call: expected process <called> to have a start event without a trigger, to be called by'
    ])
  })

  it('refuses resource roles on the call of a process', async () => {
    take('caller.bpmn', 'called.bpmn', 'called.Answer.json')
    change(
      'caller.bpmn',
      '</bpmn:extensionElements>',
      '</bpmn:extensionElements><bpmn:potentialOwner><bpmn:resourceAssignmentExpression><bpmn:formalExpression>"ani"</bpmn:formalExpression></bpmn:resourceAssignmentExpression></bpmn:potentialOwner>'
    )

    expect(await problems()).to.deep.equal([
      'caller.bpmn#Call: expected resource roles on the call of a global user task or manual task only, found <called>'
    ])
  })

  it('deploys a global task with the form that is named by it', async () => {
    writeFileSync(
      join(folder, 'tasks.bpmn'),
      `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:alur:processes">
        <bpmn:globalUserTask id="Review" name="Tinjau" /><bpmn:globalManualTask id="tasks" />
      </bpmn:definitions>`
    )
    writeFileSync(
      join(folder, 'Review.json'),
      '{ "type": "object", "title": "Tinjauan", "x-title-en": "Review" }'
    )
    const library = await open()

    expect(library.find('Review', 'latest')?.nodes.Review?.type).to.equal('userTask')
    expect(library.form('Review', 1, 'Review')?.title).to.equal('Tinjauan')
    expect(library.find('tasks', 1)?.starts).to.deep.equal(['tasks'])
  })

  it('knows a template that a job names', async () => {
    take('permit.bpmn')
    change(
      'permit.bpmn',
      '<alur:in source="=applicant.name" target="to" />',
      '<alur:in source="=&quot;itk-permit&quot;" target="template" />'
    )
    const known = { jobs: null, rules: null, templates: new Set(['itk-permit']), roles: null }
    expect((await open(known)).processes).to.have.length(1)

    change('permit.bpmn', 'itk-permit&quot;', 'itk-pernit&quot;')
    expect(await problems(known)).to.deep.equal([
      'permit.bpmn#Notify: expected a known template, found <itk-pernit> (do you mean <itk-permit>?)'
    ])
  })
})
