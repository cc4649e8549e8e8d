import { expect } from 'chai'
import type { ProcessGraph } from '../../engine/graph.ts'
import { readProcesses } from '../../runtime/library.ts'
import type { Rulebook } from '../../runtime/rulebook.ts'
import type { ChangeSet } from '../../runtime/rules/change-set.ts'
import type { RowEdit } from '../../runtime/rules/edits.ts'
import { createRulebook } from '../../runtime/rules/rulebook.ts'
import type { StaffingDeps } from '../../runtime/staffing.ts'
import { staffingCheck, staffingOf } from '../../runtime/staffing.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteDeputies } from '../../runtime/stores/sqlite-deputies.ts'
import { sqlitePeople } from '../../runtime/stores/sqlite-people.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import { RULES } from './folder.ts'

const ON = '2022-06-15'
const AT = '2022-06-15T03:00:00Z'
/** Who does what at Tanjung Uban, so that whoever checks did not prepare; the levels above are left empty. */
const THREE = {
  petugas: [
    'counter',
    'registrar',
    'treasurer',
    'drafter',
    'status-section',
    'handover-counter',
    'biometrics',
    'records',
    'administration'
  ],
  kepala: ['kakanim', 'section-head', 'enforcement'],
  kasubsi: ['subsection-head']
}
const ALL = Object.values(THREE).flat()

describe('the staff of an office', () => {
  let rulebook: Rulebook
  let graphs: ReadonlyMap<string, ProcessGraph>

  before(async function () {
    this.timeout(60_000)
    rulebook = await createRulebook({
      folder: RULES,
      statements: sqliteStatements(openDatabase(':memory:'))
    })
    const any = { jobs: null, rules: null, templates: null, roles: null }
    const sources = await readProcesses('processes', any)
    graphs = new Map(sources.map(({ graph }) => [graph.id, graph]))
  })

  /** Real people in a database of their own: id, roles. */
  async function staff(
    persons: Readonly<Record<string, readonly string[]>>
  ): Promise<StaffingDeps> {
    const database = openDatabase(':memory:')
    const people = sqlitePeople(database)
    for (const [id, roles] of Object.entries(persons)) {
      await people.add({
        id,
        name: id,
        unit: 'kanim-tju',
        roles,
        demo: false,
        nip: null,
        password: 'sandi-contoh-panjang'
      })
    }
    return { rulebook, people, deputies: sqliteDeputies(database), graphs: () => graphs }
  }
  const gaps = async (deps: StaffingDeps) =>
    (await staffingOf(deps, 'kanim-tju', ON))
      .filter(({ unit }) => unit === 'kanim-tju')
      .map(({ element, role, problem }) => `${element} ${role} ${problem}`)

  it('is enough when every role has somebody of its own', async () => {
    const deps = await staff(THREE)
    expect(await gaps(deps)).to.deep.equal([])
  })

  it('lacks a holder for each step of a role that nobody has', async () => {
    const deps = await staff({
      ...THREE,
      petugas: THREE.petugas.filter(role => role !== 'treasurer')
    })
    expect(await gaps(deps)).to.deep.equal(['Record_Payment treasurer nobody'])
    const [first] = await staffingOf(deps, 'kanim-tju', ON)
    expect(first?.text).to.have.keys('id', 'en')
  })

  it('of one person cannot do what two different people must', async () => {
    const deps = await staff({ sendiri: ALL })
    const found = await gaps(deps)
    expect(found).to.include('Decide_Application kakanim one-person')
    expect(found.some(line => line.endsWith('nobody'))).to.equal(false)
    const two = await staff({ satu: ALL, dua: ALL })
    expect(await gaps(two)).to.not.include('Decide_Application kakanim one-person')
  })

  it('has the steps of the levels above looked for there', async () => {
    const deps = await staff(THREE)
    const above = (await staffingOf(deps, 'kanim-tju', ON)).map(
      ({ unit, role }) => `${unit} ${role}`
    )
    expect(above).to.include('kanwil-kepri kadiv').and.to.include('ditjen-imigrasi kasubdit')
  })

  it('counts a deputy who has accepted, and not as another person than the one acted for', async () => {
    const deps = await staff({ ...THREE, kasubsi: [] })
    const deputies = deps.deputies as ReturnType<typeof sqliteDeputies>
    const given = {
      unit: 'kanim-tju',
      processes: null,
      from: ON,
      until: ON,
      reason: 'Cuti',
      namedBy: 'kepala',
      namedAt: AT
    }
    await deputies.add({
      ...given,
      id: 'd-1',
      person: 'kasubsi',
      deputy: 'kepala',
      roles: ['subsection-head']
    })
    expect(await gaps(deps)).to.include('Initial_Recommendation subsection-head nobody')
    await deputies.accept('d-1', AT)
    expect(await gaps(deps)).to.have.members([
      'Initial_Recommendation subsection-head one-person',
      'Sign_Recommendation section-head one-person'
    ])
  })

  it('forbids a change that names an approver whom nobody is', async () => {
    const deps = await staff(THREE)
    const edit: RowEdit = {
      kind: 'row',
      rule: 'itk.extension.approver',
      row: 'tju-first-to-region',
      before: 'permen-11-office-head',
      conditions: { all: [{ fact: 'extension', operator: 'equal', value: 1 }] },
      outcome: { approver: 'kadiv' },
      from: '2024-06-01',
      to: null,
      cites: [{ instrument: 'permenkumham-11-2024', pin: null }],
      reason: { id: 'Uji', en: 'Test' }
    }
    const drafted = rulebook.draft('kanim-tju', [edit], { by: 'aturan', at: AT, changeSet: 'cs-1' })
    expect(drafted.problems).to.deep.equal([])
    const at = '2025-01-02T03:00:00Z'
    const set = { scope: 'kanim-tju' } as ChangeSet
    const checked = await staffingCheck(deps)({ set, drafted, at })
    const above = { scope: 'ditjen-imigrasi' } as ChangeSet
    const { notices } = await staffingCheck(deps)({ set: above, drafted, at })
    expect(checked.notices.length).to.be.greaterThan(1)
    expect(notices.map(({ message }) => message)).to.deep.equal([
      'There are steps for which nobody holds the role in kanim-tju'
    ])
    expect(checked.problems.map(({ message }) => message)).to.deep.equal([
      'Nobody holds the role <kadiv> that is named as approver for <kanim-tju>'
    ])
  })
})
