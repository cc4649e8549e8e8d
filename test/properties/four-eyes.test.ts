import { expect } from 'chai'
import fc from 'fast-check'
import type { Actor } from '../../engine/context.ts'
import { CommandRefused, InvalidData } from '../../engine/errors.ts'
import { ChangeConflict } from '../../runtime/rules/change-sets.ts'
import { Changing } from '../../runtime/rules/changing.ts'
import type { ChangeContent } from '../../runtime/rules/edits.ts'
import { createRulebook } from '../../runtime/rules/rulebook.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteChangeSets } from '../../runtime/stores/sqlite-change-sets.ts'
import { sqliteDeputies } from '../../runtime/stores/sqlite-deputies.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import { days, removeFolders, smallRules, value } from '../rules/folder.ts'
import { numRuns, seed } from './seed.ts'

const PEOPLE = ['a', 'b', 'c', 'd'] as const
const ROLES = ['rule-editor', 'rule-approver', 'rule-emergency'] as const
const AT = (nth: number) => new Date(Date.UTC(2020, 5, 1, 2) + nth * 60_000).toISOString()
const WORDS = { id: 'Contoh', en: 'A sample' }
const content = (days: number): ChangeContent => ({
  ...{ scope: 'office-a', title: WORDS, reason: WORDS, reverts: null },
  edits: [
    {
      ...{ kind: 'value', key: 'service.days', value: days, from: '2020-06-01', to: null },
      ...{ cites: [{ instrument: 'law', pin: null }], reason: WORDS }
    }
  ]
})
const STEPS = [
  'edit',
  'check',
  'measure',
  'submit',
  'approve',
  'emergency',
  'deputise',
  'end'
] as const

/** Straight to a submission, then somebody is named a deputy, and then whoever approves. */
const SUBMITTED = (['check', 'measure', 'submit'] as const).map(step => [step, 'a', 'a'] as const)

const walks = fc.record({
  straight: fc.boolean(),
  roles: fc.array(fc.subarray([...ROLES], { minLength: 1 }), { minLength: 4, maxLength: 4 }),
  steps: fc.array(
    fc.tuple(
      fc.oneof(
        fc.constantFrom(...STEPS),
        fc.constantFrom('check' as const, 'measure' as const, 'submit' as const, 'approve' as const)
      ),
      fc.constantFrom(...PEOPLE),
      fc.constantFrom(...PEOPLE)
    ),
    { minLength: 8, maxLength: 25 }
  )
})

describe(`four eyes (SEED=${seed})`, () => {
  after(removeFolders)

  it('see every change: who had a hand in it, or acts for one who had, never approves it', async () => {
    const folder = smallRules({ parameters: [days([value(9)])] })
    let approved = 0
    let refused = 0
    const play = async ({
      roles,
      steps,
      straight
    }: typeof walks extends fc.Arbitrary<infer W> ? W : never) => {
      const database = openDatabase(':memory:')
      const rulebook = await createRulebook({ folder, statements: sqliteStatements(database) })
      const changeSets = sqliteChangeSets(database)
      const deputies = sqliteDeputies(database)
      const changing = new Changing({ rulebook, changeSets, deputies })
      const acting: { id: string; person: string; deputy: string }[] = []
      const actor = (id: string): Actor => ({
        ...{ id, name: id, kind: 'person', unit: 'office-a' },
        roles: [...roles[PEOPLE.indexOf(id as 'a')]!, ...(id === 'a' ? ['rule-editor'] : [])],
        deputyFor: acting
          .filter(({ deputy }) => deputy === id)
          .map(({ person }) => ({
            ...{ person, name: person, whole: true, processes: null },
            roles: [...roles[PEOPLE.indexOf(person as 'a')]!]
          }))
      })
      const writer = { ...actor('a'), roles: ['rule-editor'] }
      const { id } = await changing.draft(writer, content(5), AT(0))
      const hands = new Set(['a'])
      const near = new Set<string>()
      for (const [nth, [step, who, other]] of [
        ...(straight ? SUBMITTED : []),
        ...steps
      ].entries()) {
        const now = AT(nth + 1)
        const { set } = await changing.find(id)
        const { version, contentHash, impact } = set
        try {
          if (step === 'edit') {
            const edit = { id, version, content: content(nth % 9) }
            await changing.edit(actor(who), edit, now)
            hands.add(who)
          }
          if (step === 'check') await changing.check(actor(who), id, now)
          if (step === 'measure') {
            const report = { hash: `${nth}`, contentHash, from: '2020-01-01', to: '2020-02-01' }
            await changing.keepImpact(id, report as never, now)
          }
          if (step === 'submit') {
            await changing.submit(actor(who), { id, version }, now)
            hands.add(who)
            for (const { person, deputy } of acting) {
              if (hands.has(person)) near.add(deputy)
              if (hands.has(deputy)) near.add(person)
            }
          }
          if (step === 'emergency') {
            await changing.publishEmergency(actor(who), { id, reason: 'Gempa' }, now)
            hands.add(who)
          }
          if (step === 'deputise' && who !== other) {
            const named = { id: `${nth}`, person: who, deputy: other }
            await deputies.add({
              ...{ ...named, unit: 'office-a', roles: null, processes: null, reason: 'Cuti' },
              ...{ from: '2020-05-01', until: '2020-12-31', namedBy: who, namedAt: now }
            })
            await deputies.accept(named.id, now)
            acting.push(named)
          }
          if (step === 'end') {
            for (const one of acting.splice(0)) await deputies.end(one.id, who, now)
          }
          if (step === 'approve') {
            const read = { id, contentHash, impactHash: impact?.hash ?? '' }
            const { approval } = await changing.approve(actor(who), read, now)
            approved++
            const after = (await changeSets.byId(id))!.set
            expect(after.approval).to.deep.equal(approval)
            expect([...hands, ...near], `${who} of ${[...hands]}`).not.to.include(who)
            for (const { person, deputy } of acting) {
              if (hands.has(person)) expect(deputy).not.to.equal(who)
              if (hands.has(deputy)) expect(person).not.to.equal(who)
            }
          }
        } catch (error) {
          const known = [CommandRefused, InvalidData, ChangeConflict].some(
            kind => error instanceof kind
          )
          if (!known) throw error
          refused++
        }
        // and the store itself knows everybody who had a hand in it
        const { contentHash: hash } = (await changeSets.byId(id))!.set
        for (const person of hands)
          expect(() =>
            database
              .prepare(
                `INSERT INTO rule_approvals (change_set, person, at, content_hash, impact_hash, version)
                 VALUES (?, ?, ?, ?, '', 99)`
              )
              .run(id, person, now, hash)
          ).to.throw('four eyes')
        for (const table of ['rule_makers', 'rule_barred', 'rule_approvals', 'rule_publications'])
          for (const text of [`DELETE FROM ${table}`, `UPDATE ${table} SET change_set = 'x'`]) {
            const some = database.prepare(`SELECT count(*) AS n FROM ${table}`).get() as {
              n: number
            }
            if (some.n > 0) expect(() => database.exec(text), text).to.throw('append only')
          }
      }
      database.close()
    }
    await fc.assert(fc.asyncProperty(walks, play), {
      ...{ seed, numRuns: Math.ceil(numRuns / 4) },
      endOnFailure: process.env.SHRINK === undefined
    })
    expect(Math.min(approved, refused), `${approved} approved, ${refused} refused`).to.be.above(0)
  })
})
