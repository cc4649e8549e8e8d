import { expect } from 'chai'
import { accessIn, masked } from '../../api/access.ts'
import { draftOf } from '../../engine/apply.ts'
import type { Actor } from '../../engine/context.ts'
import type { OfficeSummary } from '../../runtime/rulebook.ts'
import type { CommitRecord } from '../../runtime/store.ts'

const unit = (id: string, level: OfficeSummary['level'], parent: string | null): OfficeSummary => ({
  id,
  name: id,
  level,
  parent,
  timeZone: 'Asia/Jakarta'
})
const TREE = [
  unit('nation', 'national', null),
  unit('west', 'region', 'nation'),
  unit('east', 'region', 'nation'),
  unit('west-1', 'office', 'west'),
  unit('west-2', 'office', 'west'),
  unit('east-1', 'office', 'east')
]
const access = accessIn(() => TREE)

const person = (unit: string, ...roles: string[]): Actor => ({
  id: 'p',
  name: 'P',
  kind: 'person',
  unit,
  roles
})
const state = { ...draftOf(null), id: 'c', office: 'west-1' }
const waitedFor = (unit: string): readonly CommitRecord[] => [
  {
    from: 0,
    to: 1,
    at: '2026-01-05T01:00:00.000Z',
    by: person('west-1', 'counter'),
    command: 'start',
    events: [
      {
        type: 'elementWaiting',
        token: 't1',
        element: 'A',
        wait: { for: 'user', role: null, unit, since: '2026-01-05T01:00:00.000Z', dueAt: null }
      }
    ]
  }
]

describe('reading a case of an office', () => {
  const ROLES = ['counter', 'auditor', 'operator'] as const
  const own = { counter: 'all', auditor: 'all', operator: 'all' }
  const outside = { counter: 'nothing', auditor: 'nothing', operator: 'nothing' }
  const above = { counter: 'nothing', auditor: 'all', operator: 'without-personal-data' }
  const EXPECTED: Record<string, Record<(typeof ROLES)[number], string>> = {
    'west-1': own,
    'west-2': outside,
    'east-1': outside,
    east: outside,
    west: above,
    nation: above
  }

  for (const [from, byRole] of Object.entries(EXPECTED)) {
    for (const role of ROLES) {
      it(`shows ${byRole[role]} to the role ${role} of ${from}`, () => {
        expect(access.reading(person(from, role), state, waitedFor('west-1'))).to.equal(
          byRole[role]
        )
      })
    }
  }

  it('shows all to a unit above that has or had a task in it', () => {
    expect(access.reading(person('west', 'kadiv'), state, waitedFor('west'))).to.equal('all')
    expect(access.reading(person('nation', 'dirjen'), state, waitedFor('nation'))).to.equal('all')
    expect(access.reading(person('nation', 'dirjen'), state, waitedFor('west'))).to.equal('nothing')
    expect(access.reading(person('east', 'kadiv'), state, waitedFor('east'))).to.equal('nothing')
  })

  it('refuses who belongs to no unit', () => {
    expect(() => access.reading({ ...person('', 'auditor'), unit: null }, state, [])).to.throw(
      'belong to a unit'
    )
  })

  it('lets an operator of the line resolve incidents, and nobody else', () => {
    const may = TREE.filter(({ id }) => access.mayResolve(person(id, 'operator'), 'west-1')).map(
      ({ id }) => id
    )
    expect(may).to.deep.equal(['nation', 'west', 'west-1'])
    expect(access.mayResolve(person('west-1', 'kakanim'), 'west-1')).to.equal(false)
  })

  it('reaches the own unit first and then those below it', () => {
    const reach = (id: string) => access.reach(person(id, 'counter')).map(({ id }) => id)
    expect(reach('west')).to.deep.equal(['west', 'west-1', 'west-2'])
    expect(reach('west-2')).to.deep.equal(['west-2'])
  })
})

describe('a list', () => {
  it('shows the last four characters of a passport number only', () => {
    expect(masked('Liu Wei, E12345678')).to.equal('Liu Wei, ••••5678')
    expect(masked('no number: W.6.IMI.IMI.2.GR.04.02-748')).to.equal(
      'no number: W.6.IMI.IMI.2.GR.04.02-748'
    )
  })
})
