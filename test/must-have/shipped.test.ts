import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { InvalidData } from '../../engine/errors.ts'
import { JOB_RESULTS } from '../../jobs/index.ts'
import { readProcesses } from '../../runtime/library.ts'
import { readMustHaves } from '../../runtime/must-have.ts'

const KNOWN = {
  jobs: null,
  rules: null,
  templates: null,
  roles: null,
  results: JOB_RESULTS,
  serves: new Map([
    ['itas-online.kanim-bgl', ['itas-online']],
    ['itas-from-vitas.kanim-mre', ['itas-from-vitas']]
  ])
}
const NATIONAL = 'national/itk-extension.bpmn'
const MRE = 'offices/kanim-mre/itk-extension.kanim-mre.bpmn'
const VITAS = 'offices/kanim-mre/itas-from-vitas.kanim-mre.bpmn'
const BGL = 'offices/kanim-bgl/itas-online.kanim-bgl.bpmn'

describe('the must-haves of the nation', function () {
  this.timeout(30_000)
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'alur-must-have-'))
    cpSync('processes', folder, { recursive: true })
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  /** The must-haves that refuse the processes once a diagram is changed. */
  async function refused(file: string, ...changes: readonly (readonly [string, string])[]) {
    const original = readFileSync(join(folder, file), 'utf8')
    let xml = original
    for (const [from, to] of changes) {
      expect(xml, from).to.include(from)
      xml = xml.replaceAll(from, to)
    }
    writeFileSync(join(folder, file), xml)
    try {
      await readProcesses(folder, KNOWN)
      return []
    } catch (error) {
      if (!(error instanceof InvalidData)) throw error
      return error.problems.map(({ path, message }) =>
        `${path.split('#')[0] === file ? '' : path} ${/<([\w-]+)>/.exec(message)?.[1]}`.trim()
      )
    } finally {
      writeFileSync(join(folder, file), original)
    }
  }

  it('are kept by the national diagram and by every variant', async () => {
    expect(await refused(MRE)).to.deep.equal([])
  })

  it('refuse a variant that decides without the watch list, or in spite of it', async () => {
    expect(await refused(MRE, ['alur:job="check-cekal"', 'alur:job="send-email"'])).to.deep.equal([
      'cekal-before-approval',
      'cekal-hit-to-sop'
    ])
    expect(await refused(MRE, ['=cekal.outcome = "none"', '=cekal.outcome != "x"'])).to.deep.equal([
      'cekal-hit-to-sop'
    ])
  })

  it('refuse a variant that takes a refused payment for one', async () => {
    expect(
      await refused(MRE, [
        'sourceRef="Payment_Refused" targetRef="Record_Payment"',
        'sourceRef="Payment_Refused" targetRef="Surveillance_Needed"'
      ])
    ).to.deep.equal([
      'payment-before-registration',
      'payment-before-print',
      'payment-before-hand-over'
    ])
  })

  it('refuse a variant in which the head of the office decides what is for others', async () => {
    expect(
      await refused(MRE, ['=approval.approver = "kakanim"', '=approval.approver != ""'])
    ).to.include('approval-by-rule')
  })

  it('refuse a variant in which another role decides, or who has checked the file', async () => {
    expect(await refused(MRE, ['alur:notSameAs="Check_Documents"', ''])).to.deep.equal([
      'approver-is-not-checker'
    ])
    expect(
      await refused(MRE, [
        'id="Decide_Application" ',
        'id="Decide_Application" alur:role="counter" '
      ])
    ).to.deep.equal(['head-of-office-decides'])
  })

  it('refuse a variant that goes on with what is refused, or receives what is incomplete', async () => {
    expect(
      await refused(MRE, ['=decision.outcome = "approve"', '=decision.outcome != "x"'])
    ).to.deep.equal(['refused-is-not-issued'])
    expect(
      await refused(MRE, ['=formalCheck.outcome = "return"', '=formalCheck.outcome = "x"'])
    ).to.deep.equal(['no-receipt-when-incomplete'])
  })

  it('hold the national diagram itself', async () => {
    expect(
      await refused(NATIONAL, ['=biometrics.required', '=not(biometrics.required)'])
    ).to.deep.equal(['biometrics-before-signature'])
  })

  it('are broken where the regional office goes on without its head', async () => {
    expect(
      await refused('national/itk-regional-approval.bpmn', [
        '{outcome: "refuse", reason: enforcement.reason}',
        '{outcome: "approve", reason: enforcement.reason}'
      ])
    ).to.deep.equal([
      'national/itk-extension.bpmn#itk-extension approval-by-rule',
      'national/itk-extension.bpmn#itk-extension approval-by-rule'
    ])
  })

  it('hold processes of services that have no national diagram', async () => {
    expect(await refused(VITAS, ['alur:fulfils="approval" ', ''])).to.include(
      'cekal-before-approval'
    )
  })

  it('hold the online report of another office', async () => {
    expect(
      await refused(BGL, [
        'sourceRef="Payment_Refused" targetRef="Record_Payment"',
        'sourceRef="Payment_Refused" targetRef="Interview"'
      ])
    ).to.deep.equal(['payment-before-registration', 'payment-before-hand-over'])
  })
})

describe('a file of must-haves', () => {
  const text = { id: 'a', en: 'b' }
  const problems = (file: string, json: object) =>
    readMustHaves(file, json).problems.map(({ path, message }) => `${path}: ${message}`)

  it('says everything that is wrong with it', () => {
    expect(
      problems('offices/x/other.must-have.json', {
        process: 'permit',
        marks: { payment: { label: text } },
        mustHave: [
          { id: 'a', kind: 'before', first: 'paymnt', later: 'payment', label: text },
          { id: 'a', kind: 'present', what: 'payment', label: text }
        ]
      })
    ).to.deep.equal([
      'offices/x/other.must-have.json#/process: expected a file name such as <permit.must-have.json>',
      'offices/x/other.must-have.json#: expected must-haves of the nation only, found them in the folder of an office',
      'offices/x/other.must-have.json#/mustHave/0: expected a mark of this file, found <paymnt> (do you mean <payment>?)',
      'offices/x/other.must-have.json#/mustHave/1: the id <a> is there twice'
    ])
    expect(
      problems('national/permit.must-have.json', {
        process: 'permit',
        marks: {},
        mustHave: [{ id: 'a', kind: 'after', label: text }]
      })
    ).to.deep.equal([
      'national/permit.must-have.json#/mustHave/0/kind: expected one of present, before, never, approvalByRule, separationOfDuties, role'
    ])
  })
})
