import { expect } from 'chai'
import type { CommandRefused } from '../../engine/errors.ts'
import type { LawPart, ReleaseContent } from '../../engine/rules/release.ts'
import type { Approval, ChangeSet } from '../../runtime/rules/change-set.ts'
import {
  ChangeConflict,
  type ChangeSets,
  type Publishing
} from '../../runtime/rules/change-sets.ts'

const AT = '2026-03-01T02:00:00.000Z'
const LATER = '2026-03-02T02:00:00.000Z'
const NEW: Omit<ChangeSet, 'id'> = {
  scope: 'kanim-tju',
  title: { id: 'Dua hari', en: 'Two days' },
  reason: { id: 'Standar', en: 'Standards' },
  edits: [],
  reverts: null,
  state: 'draft',
  version: 1,
  contentHash: 'hash-1',
  makers: ['aturan.tju'],
  createdAt: AT,
  check: null,
  impact: null,
  submitted: null,
  approval: null,
  emergency: null,
  published: null,
  ended: null
}
const PART: LawPart = {
  unit: 'kanim-tju',
  level: 'office',
  definitions: [],
  tables: [],
  instruments: [],
  values: [],
  rows: [],
  calendars: {}
}
const RELEASE: ReleaseContent = {
  format: 1,
  office: 'kanim-tju',
  parts: [{ unit: 'kanim-tju', level: 'office', part: 'part-1', while: null }]
}
const approvedBy = (by: string, contentHash = 'hash-1'): Approval => ({
  by,
  name: by,
  at: AT,
  contentHash,
  impactHash: ''
})
function publishing(set: ChangeSet, approval: Approval | null, number = 1): Publishing {
  const next: ChangeSet = { ...set, state: 'active', version: set.version + 1, approval }
  return {
    writes: [{ set: next, at: AT }],
    approval,
    enacted: {
      publication: {
        number,
        changeSet: set.id,
        scope: set.scope,
        edits: [],
        by: 'aturan.tju',
        at: AT
      },
      law: { releases: new Map([['release-1', RELEASE]]), parts: new Map([['part-1', PART]]) },
      heads: { 'kanim-tju': 'release-1' }
    }
  }
}
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'not refused',
    (error: CommandRefused) => error.code ?? error.name
  )

/** What every driver of the change sets must do. */
export function describeChangeSets(name: string, open: () => Promise<ChangeSets>): void {
  describe(`change sets: ${name}`, () => {
    let sets: ChangeSets
    let set: ChangeSet
    beforeEach(async () => {
      sets = await open()
      set = await sets.add(NEW, AT)
    })
    const edited = (more: Partial<ChangeSet> = {}): ChangeSet => ({
      ...set,
      version: set.version + 1,
      ...more
    })

    it('are numbered by year and given back as they were kept', async () => {
      expect(set).to.deep.equal({ ...NEW, id: 'cs-2026-0001' })
      expect((await sets.add(NEW, AT)).id).to.equal('cs-2026-0002')
      expect((await sets.add(NEW, '2027-01-01T00:00:00.000Z')).id).to.equal('cs-2027-0001')
      expect(await sets.byId(set.id)).to.deep.equal({ set, changedAt: AT, barred: [] })
      expect(await sets.byId('cs-2026-0009')).to.equal(null)
    })

    it('are written by whoever read them last', async () => {
      await sets.write({ set: edited({ state: 'checked' }), at: LATER })
      expect((await sets.byId(set.id))?.set).to.include({ state: 'checked', version: 2 })
      const late = await sets.write({ set: edited(), at: LATER }).catch((error: unknown) => error)
      expect(late).to.be.instanceOf(ChangeConflict)
    })

    it('are listed by unit and state, the latest first, page by page', async () => {
      await sets.add({ ...NEW, scope: 'kanim-mre' }, AT)
      const third = await sets.add(NEW, LATER)
      const query = { scopes: ['kanim-tju'], states: null, limit: 1, cursor: null }
      const first = await sets.list(query)
      expect(first.rows.map(row => row.set.id)).to.deep.equal([third.id])
      const second = await sets.list({ ...query, cursor: first.next })
      expect(second.rows.map(row => row.set.id)).to.deep.equal([set.id])
      expect(second.next).to.equal(null)
      expect((await sets.list({ ...query, states: ['active'] })).rows).to.deep.equal([])
    })

    it('are published whole with their approval, and the release is then that of the office', async () => {
      await sets.publish(publishing(set, approvedBy('kakanim.tju')))
      expect((await sets.byId(set.id))?.set).to.include({ state: 'active', version: 2 })
      expect(await sets.heads('kanim-tju')).to.deep.equal([
        { release: 'release-1', at: AT, changeSet: set.id }
      ])
    })

    for (const [who, why, by, hash] of [
      ['their maker', 'same-person', 'aturan.tju', 'hash-1'],
      ['somebody who is barred', 'same-person', 'wakil.tju', 'hash-1'],
      ['one who read another content', 'same-person', 'kakanim.tju', 'hash-2']
    ] as const) {
      it(`are not approved by ${who}, and nothing of it is kept`, async () => {
        await sets.bar(set.id, [{ person: 'wakil.tju', because: 'acts for <aturan.tju>' }])
        expect(await refusal(sets.publish(publishing(set, approvedBy(by, hash))))).to.equal(why)
        expect((await sets.byId(set.id))?.set).to.deep.equal(set)
        expect(await sets.heads('kanim-tju')).to.deep.equal([])
      })
    }

    it('take a publication of a number once', async () => {
      await sets.publish(publishing(set, approvedBy('kakanim.tju')))
      const other = await sets.add(NEW, AT)
      const again = await sets
        .publish(publishing(other, approvedBy('kakanim.tju')))
        .catch((error: unknown) => error)
      expect(again).to.be.instanceOf(ChangeConflict)
      expect((await sets.byId(other.id))?.set.state).to.equal('draft')
    })

    it('are published without an approval only in an emergency, which says so by having none', async () => {
      await sets.publish(publishing(set, null))
      expect((await sets.byId(set.id))?.set.approval).to.equal(null)
    })
  })
}
