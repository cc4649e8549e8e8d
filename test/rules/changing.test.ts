import { expect } from 'chai'
import type { Actor } from '../../engine/context.ts'
import type { CommandRefused, InvalidData } from '../../engine/errors.ts'
import type { Rulebook } from '../../runtime/rulebook.ts'
import type { ChangeSet } from '../../runtime/rules/change-set.ts'
import type { ChangeSets } from '../../runtime/rules/change-sets.ts'
import { Changing } from '../../runtime/rules/changing.ts'
import { draftImpact } from '../../runtime/rules/draft-impact.ts'
import type { ChangeContent, Edit, ValueEdit } from '../../runtime/rules/edits.ts'
import { releasesOf } from '../../runtime/rules/releases.ts'
import { createRulebook } from '../../runtime/rules/rulebook.ts'
import { type Database, openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStore } from '../../runtime/stores/sqlite.ts'
import { sqliteChangeSets } from '../../runtime/stores/sqlite-change-sets.ts'
import { sqliteDecisionLog } from '../../runtime/stores/sqlite-decisions.ts'
import { sqliteDeputies } from '../../runtime/stores/sqlite-deputies.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import { approver, days, removeFolders, row, smallRules, stated, value } from './folder.ts'

const AT = '2020-06-01T02:00:00.000Z'
const LATER = '2020-06-03T02:00:00.000Z'
const person = (id: string, unit: string, ...roles: string[]): Actor => ({
  id,
  name: id,
  kind: 'person',
  unit,
  roles
})
const EDITOR = person('aturan.a', 'office-a', 'rule-editor')
const HEAD = person('kakanim.a', 'office-a', 'kakanim')
const DUTY = person('piket.a', 'office-a', 'rule-emergency', 'rule-editor')
const GROUNDS = {
  cites: [{ instrument: 'law', pin: 'Ps 1' }],
  reason: { id: 'Contoh', en: 'A sample' }
} as const
const two: ValueEdit = {
  kind: 'value',
  key: 'service.days',
  value: 2,
  from: '2020-06-01',
  to: null,
  ...GROUNDS
}
const content = (...edits: readonly Edit[]): ChangeContent => ({
  scope: 'office-a',
  title: { id: 'Dua hari', en: 'Two days' },
  reason: { id: 'Standar 2020', en: 'Standards of 2020' },
  edits,
  reverts: null
})

interface House {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly changing: Changing
  readonly changeSets: ChangeSets
  valueOn(date: string): unknown
  /** Measures what a draft would have done to the year before. */
  measure(id: string, actor?: Actor, at?: string): Promise<ChangeSet>
  /** Measures a checked draft, and submits it. */
  submit(id: string, actor?: Actor, at?: string): Promise<ChangeSet>
  /** Drafts, checks, measures and submits. */
  submitted(content: ChangeContent, actor?: Actor, at?: string): Promise<ChangeSet>
  /** And has the head approve it. */
  published(content: ChangeContent, at?: string): Promise<ChangeSet>
}

let folder: string
async function open(database = openDatabase(':memory:')): Promise<House> {
  folder ??= smallRules({
    parameters: [days([value(4)])],
    tables: [approver([row('other', null, 'head')])],
    office: { values: [stated('service.days', 3)] }
  })
  const rulebook = await createRulebook({ folder, statements: sqliteStatements(database) })
  const changeSets = sqliteChangeSets(database)
  const deputies = sqliteDeputies(database)
  const changing = new Changing({ rulebook, changeSets, deputies })
  const trying = {
    rulebook,
    store: sqliteStore(database),
    log: sqliteDecisionLog(database),
    openRelease: releasesOf(sqliteStatements(database))
  }
  const measure = async (id: string, actor = EDITOR, at = AT) => {
    const { scope, edits, contentHash } = (await changing.find(id)).set
    const tried = { scope, edits, contentHash, from: '2019-01-01', to: '2019-12-31' }
    const report = await draftImpact(trying, { ...tried, by: actor.id, at })
    return changing.keepImpact(id, report, at)
  }
  const submit = async (id: string, actor = EDITOR, at = AT) => {
    const { version } = await measure(id, actor, at)
    return changing.submit(actor, { id, version }, at)
  }
  const submitted = async (content: ChangeContent, actor = EDITOR, at = AT) => {
    const { id } = await changing.draft(actor, content, at)
    await changing.check(actor, id, at)
    return submit(id, actor, at)
  }
  return {
    measure,
    submit,
    database,
    rulebook,
    changing,
    changeSets,
    valueOn: date => rulebook.resolve('service.days', 'office-a', date, null).value,
    submitted,
    published: async (content, at = AT) =>
      changing.approve(HEAD, read(await submitted(content, EDITOR, at)), at)
  }
}
const read = ({ id, contentHash, impact }: ChangeSet) => ({
  id,
  contentHash,
  impactHash: impact?.hash ?? ''
})
async function refusal(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'not refused',
    (error: CommandRefused) => `${error.code ?? error.name}: ${error.message}`
  )
}
async function deputise(database: Database, of: string, deputy: string): Promise<void> {
  const deputies = sqliteDeputies(database)
  await deputies.add({
    id: `${of} ${deputy}`,
    unit: 'office-a',
    person: of,
    deputy,
    roles: null,
    processes: null,
    from: '2020-05-01',
    until: '2020-12-31',
    reason: 'Cuti',
    namedBy: of,
    namedAt: AT
  })
  await deputies.accept(`${of} ${deputy}`, AT)
}

describe('a change of local law', () => {
  after(removeFolders)

  it('goes from a draft to what holds by two people', async () => {
    const { changing, rulebook, valueOn, changeSets, submit } = await open()
    const before = rulebook.release('office-a')
    const draft = await changing.draft(EDITOR, content(two), AT)
    expect(draft).to.include({ id: 'cs-2020-0001', state: 'draft', version: 1 })
    const checked = await changing.check(EDITOR, draft.id, AT)
    expect(checked).to.include({ state: 'checked', version: 2 })
    expect(await refusal(changing.submit(EDITOR, { id: draft.id, version: 2 }, AT))).to.contain(
      `expected an impact report of change set <${draft.id}>`
    )
    const submitted = await submit(draft.id)
    expect(submitted.state).to.equal('submitted')
    expect(valueOn('2020-06-01')).to.equal(3)
    const active = await changing.approve(HEAD, read(submitted), LATER)
    expect(active).to.include({ state: 'active', version: 5 })
    expect(active.approval).to.include({ by: 'kakanim.a', contentHash: draft.contentHash })
    expect(valueOn('2020-05-31')).to.equal(3)
    expect(valueOn('2020-06-01')).to.equal(2)
    expect(active.published?.releases).to.deep.equal({ 'office-a': rulebook.release('office-a') })
    expect(
      (await changeSets.heads('office-a')).map(({ release, at }) => [release, at])
    ).to.deep.equal([
      [before, null],
      [rulebook.release('office-a'), LATER]
    ])
  })

  it('holds after a restart as it did before', async () => {
    const { database, published, rulebook } = await open()
    await published(content(two))
    const again = await open(database)
    expect(again.rulebook.release('office-a')).to.equal(rulebook.release('office-a'))
    expect(again.valueOn('2020-06-01')).to.equal(2)
  })

  it('is scheduled until its first day, and superseded when another takes its place', async () => {
    const { changing, published } = await open()
    const first = await published(content({ ...two, from: '2020-07-01' }))
    expect(changing.on(first, AT).state).to.equal('scheduled')
    expect(changing.on(first, '2020-07-01T02:00:00.000Z').state).to.equal('active')
    const second = await published(content({ ...two, value: 1, from: '2020-08-01' }), LATER)
    expect(changing.on(first, '2020-07-31T02:00:00.000Z').state).to.equal('active')
    expect(changing.on(first, '2020-08-01T02:00:00.000Z')).to.deep.include({
      state: 'superseded',
      ended: {
        at: '2020-08-01T02:00:00.000Z',
        by: second.id,
        because: `superseded by <${second.id}>`
      }
    })
  })

  it('is not submitted while something is wrong, and every problem is told', async () => {
    const { changing } = await open()
    const { id } = await changing.draft(
      EDITOR,
      { ...content({ ...two, value: 9 }), title: { id: '', en: '' } },
      AT
    )
    const { check, state, version } = await changing.check(EDITOR, id, AT)
    expect(state).to.equal('draft')
    expect(check?.problems.map(({ path }) => path)).to.deep.equal(['/title', '/edits/0/value'])
    expect(await refusal(changing.submit(EDITOR, { id, version }, AT))).to.contain('impossible')
  })

  describe('needs four eyes', () => {
    it('of somebody who may approve', async () => {
      const { changing, submitted } = await open()
      const set = await submitted(content(two))
      for (const actor of [
        person('loket.a', 'office-a', 'counter'),
        person('kakanim.b', 'office-b', 'kakanim'),
        person('kadiv.a', 'region-a', 'kadiv')
      ]) {
        expect(await refusal(changing.approve(actor, read(set), AT)), actor.id).to.contain(
          'not-allowed'
        )
      }
    })

    it('other than the maker, whatever else that person is', async () => {
      const { changing, submitted } = await open()
      const both = person('dua.a', 'office-a', 'rule-editor', 'kakanim')
      const set = await submitted(content(two), both)
      expect(await refusal(changing.approve(both, read(set), AT))).to.contain('same-person')
    })

    it('other than anybody who edited it', async () => {
      const { changing, submitted, submit } = await open()
      const both = person('dua.a', 'office-a', 'rule-editor', 'rule-approver')
      const first = await submitted(content(two))
      const edited = await changing.edit(
        both,
        { id: first.id, version: first.version, content: content({ ...two, value: 1 }) },
        AT
      )
      await changing.check(EDITOR, edited.id, AT)
      const set = await submit(edited.id)
      expect(await refusal(changing.approve(both, read(set), AT))).to.contain('same-person')
    })

    it('other than the deputy of a maker, also one who was so at the submission only', async () => {
      const { changing, submitted, database } = await open()
      await deputise(database, 'aturan.a', 'kakanim.a')
      const set = await submitted(content(two))
      expect(await refusal(changing.approve(HEAD, read(set), AT))).to.contain('acts for <aturan.a>')
      await sqliteDeputies(database).end('aturan.a kakanim.a', 'aturan.a', AT)
      expect(await refusal(changing.approve(HEAD, read(set), LATER))).to.contain('same-person')
    })

    it('other than one who becomes the deputy of a maker before the approval', async () => {
      const { changing, submitted, database } = await open()
      const set = await submitted(content(two))
      await deputise(database, 'aturan.a', 'kakanim.a')
      expect(await refusal(changing.approve(HEAD, read(set), LATER))).to.contain('same-person')
    })

    it('other than the person for whom the maker acts', async () => {
      const { changing, submit } = await open()
      const acting: Actor = {
        ...EDITOR,
        deputyFor: [
          { person: 'kakanim.a', name: 'Kepala', roles: ['kakanim'], whole: true, processes: null }
        ]
      }
      const { id } = await changing.draft(acting, content(two), AT)
      await changing.check(EDITOR, id, AT)
      const set = await submit(id)
      expect(await refusal(changing.approve(HEAD, read(set), AT))).to.contain('same-person')
    })

    it('in the store as well: no approval of a maker, a barred person or another content is written', async () => {
      const { submitted, database, changeSets } = await open()
      const set = await submitted(content(two))
      await changeSets.bar(set.id, [{ person: 'wakil.a', because: 'acts for <aturan.a>' }])
      const insert = (by: string, hash: string) => () =>
        database
          .prepare(
            `insert into rule_approvals (change_set, person, at, content_hash, impact_hash, version)
             values (?, ?, ?, ?, ?, 9)`
          )
          .run(set.id, by, AT, hash, set.impact?.hash)
      expect(insert('aturan.a', set.contentHash)).to.throw('a maker may not approve')
      expect(insert('wakil.a', set.contentHash)).to.throw('acts for a maker')
      expect(insert('kakanim.a', 'x')).to.throw('another content')
      expect(() => database.exec('delete from rule_makers')).to.throw('append only')
      expect(() => database.exec('delete from rule_barred')).to.throw('append only')
      expect(() =>
        database.prepare("insert into rule_publications values (1, ?, 0, ?, '{}')").run(set.id, AT)
      ).to.throw('nobody has approved')
      expect(insert('kakanim.a', set.contentHash)).not.to.throw()
    })
  })

  describe('is approved as it was read', () => {
    it('and not after an edit, which makes it a draft again', async () => {
      const { changing, submitted, submit } = await open()
      const set = await submitted(content(two))
      const edited = await changing.edit(
        EDITOR,
        { id: set.id, version: set.version, content: content({ ...two, value: 1 }) },
        AT
      )
      expect(edited).to.deep.include({
        state: 'draft',
        submitted: null,
        check: null,
        impact: null,
        approval: null
      })
      expect(await refusal(changing.approve(HEAD, read(set), AT))).to.contain('which is draft')
      await changing.check(EDITOR, set.id, AT)
      await submit(set.id)
      expect(await refusal(changing.approve(HEAD, read(set), AT))).to.contain(
        'ChangeConflict: the content has changed'
      )
    })

    it('and not by another impact report than was read', async () => {
      const { changing, submitted } = await open()
      const set = await submitted(content(two))
      expect(
        await refusal(changing.approve(HEAD, { ...read(set), impactHash: 'x' }, AT))
      ).to.contain('the impact report has changed')
    })

    it('and not from a version that has moved on', async () => {
      const { changing } = await open()
      const { id } = await changing.draft(EDITOR, content(two), AT)
      const edit = { id, version: 1, content: content({ ...two, value: 1 }) }
      const answers = await Promise.all([1, 2].map(() => refusal(changing.edit(EDITOR, edit, AT))))
      expect(answers.filter(answer => answer === 'not refused')).to.have.length(1)
      expect(answers.join()).to.contain('ChangeConflict')
    })

    it('and checked anew when another has stated the same meanwhile', async () => {
      const { changing, submitted, valueOn } = await open()
      const first = await submitted(content(two))
      const second = await submitted(content({ ...two, value: 1, from: '2020-07-01' }))
      await changing.approve(HEAD, read(first), AT)
      expect(await refusal(changing.approve(HEAD, read(second), AT))).to.contain(
        `<${first.id}> has stated <service.days>`
      )
      await changing.check(EDITOR, second.id, AT)
      await changing.approve(HEAD, read(second), LATER)
      expect(['2020-06-30', '2020-07-01'].map(valueOn)).to.deep.equal([2, 1])
    })
  })

  it('ends rejected or withdrawn, and stays so', async () => {
    const { changing, submitted } = await open()
    const first = await submitted(content(two))
    expect(await refusal(changing.reject(EDITOR, { id: first.id, reason: 'x' }, AT))).to.contain(
      'not-allowed'
    )
    const rejected = await changing.reject(HEAD, { id: first.id, reason: 'Dasar kurang' }, AT)
    expect(rejected).to.deep.include({
      state: 'rejected',
      ended: { at: AT, by: 'kakanim.a', because: 'Dasar kurang' }
    })
    expect(await refusal(changing.approve(HEAD, read(first), AT))).to.contain('impossible')
    const second = await submitted(content(two))
    expect(
      (await changing.withdraw(EDITOR, { id: second.id, reason: 'Salah' }, AT)).state
    ).to.equal('withdrawn')
  })

  describe('in an emergency', () => {
    it('holds at once and for seven days', async () => {
      const { changing, valueOn } = await open()
      const { id } = await changing.draft(DUTY, content(two), AT)
      expect(await refusal(changing.publishEmergency(EDITOR, { id, reason: 'x' }, AT))).to.contain(
        'not-allowed'
      )
      const set = await changing.publishEmergency(DUTY, { id, reason: 'Gempa' }, AT)
      expect(set.emergency).to.deep.equal({
        by: 'piket.a',
        at: AT,
        until: '2020-06-07',
        reason: 'Gempa'
      })
      expect(['2020-05-31', '2020-06-01', '2020-06-07', '2020-06-08'].map(valueOn)).to.deep.equal([
        3, 2, 2, 3
      ])
      expect(changing.on(set, '2020-06-07T02:00:00.000Z').state).to.equal('active')
      expect(changing.on(set, '2020-06-08T02:00:00.000Z').state).to.equal('lapsed')
      expect(
        await refusal(changing.approve(HEAD, read(set), '2020-06-08T02:00:00.000Z'))
      ).to.contain('impossible')
    })

    it('stays when a second person approves it in time', async () => {
      const { changing, valueOn, measure } = await open()
      const { id } = await changing.draft(DUTY, content(two), AT)
      await changing.publishEmergency(DUTY, { id, reason: 'Gempa' }, AT)
      const set = await measure(id, HEAD, LATER)
      expect(
        await refusal(changing.approve({ ...DUTY, roles: ['kakanim'] }, read(set), LATER))
      ).to.contain('same-person')
      const confirmed = await changing.approve(HEAD, read(set), LATER)
      expect(changing.on(confirmed, '2020-07-01T02:00:00.000Z').state).to.equal('active')
      expect(['2020-05-31', '2020-06-08', '2021-01-01'].map(valueOn)).to.deep.equal([3, 2, 2])
    })

    it('is not approved any more once it was taken back', async () => {
      const { changing, changeSets, valueOn, measure, submit } = await open()
      const { id } = await changing.draft(DUTY, content(two), AT)
      await changing.publishEmergency(DUTY, { id, reason: 'Gempa' }, AT)
      const set = await measure(id, HEAD, LATER)
      const back = { id, from: '2020-06-01', reason: GROUNDS.reason }
      const draft = await changing.revert(EDITOR, back, LATER)
      await changing.check(EDITOR, draft.id, LATER)
      await changing.approve(HEAD, read(await submit(draft.id, EDITOR, LATER)), LATER)
      expect((await changeSets.byId(id))?.set.state).to.equal('reverted')
      expect(await refusal(changing.approve(HEAD, read(set), LATER))).to.contain('impossible')
      expect(valueOn('2020-06-08')).to.equal(3)
    })
  })

  describe('is rolled back', () => {
    it('by a change set of its own that brings back what held before', async () => {
      const { changing, published, valueOn, changeSets, submit } = await open()
      const set = await published(content({ ...two, from: '2020-05-01' }))
      const draft = await changing.revert(
        EDITOR,
        { id: set.id, from: '2020-06-10', reason: GROUNDS.reason },
        LATER
      )
      expect(draft.reverts).to.deep.equal({ changeSet: set.id, from: '2020-06-10' })
      await changing.check(EDITOR, draft.id, LATER)
      const submitted = await submit(draft.id, EDITOR, LATER)
      await changing.approve(HEAD, read(submitted), LATER)
      expect(['2020-04-30', '2020-05-01', '2020-06-09', '2020-06-10'].map(valueOn)).to.deep.equal([
        3, 2, 2, 3
      ])
      expect((await changeSets.byId(set.id))?.set).to.deep.include({ state: 'reverted' })
      expect((await changeSets.byId(set.id))?.set.ended?.by).to.equal(draft.id)
    })

    it('and is not told as rolled back by a draft that was edited until it takes nothing back', async () => {
      const { changing, published, changeSets, submit } = await open()
      const set = await published(content({ ...two, from: '2020-05-01' }))
      const draft = await changing.revert(
        EDITOR,
        { id: set.id, from: '2020-06-10', reason: GROUNDS.reason },
        LATER
      )
      const days: Edit = {
        kind: 'calendar',
        closed: { '2020-06-15': 'Contoh' },
        opened: [],
        ...GROUNDS
      }
      const edited = { id: draft.id, version: draft.version, content: { ...draft, edits: [days] } }
      await changing.edit(EDITOR, edited, LATER)
      await changing.check(EDITOR, draft.id, LATER)
      const submitted = await submit(draft.id, EDITOR, LATER)
      await changing.approve(HEAD, read(submitted), LATER)
      expect((await changeSets.byId(set.id))?.set.state).to.equal('active')
    })

    it('and what others have stated since is left alone', async () => {
      const { changing, published, valueOn } = await open()
      const first = await published(content({ ...two, from: '2020-06-01' }))
      await published(content({ ...two, value: 1, from: '2020-07-01', to: '2020-07-31' }), LATER)
      const { edits } = await changing.revert(
        EDITOR,
        { id: first.id, from: '2020-06-01', reason: GROUNDS.reason },
        LATER
      )
      await published({ ...content(), edits }, LATER)
      expect(['2020-06-01', '2020-07-01', '2020-07-31', '2020-08-01'].map(valueOn)).to.deep.equal([
        3, 1, 1, 3
      ])
    })
  })

  it('takes back only what its own unit has published', async () => {
    const { changing, rulebook, changeSets } = await open()
    const chief = person('aturan.n', 'nation', 'rule-editor')
    const draft = await changing.draft(chief, { ...content(two), scope: 'nation' }, AT)
    const reverts = { changeSet: draft.id, from: '2020-06-01' }
    const { id } = await changing.draft(EDITOR, { ...content(two), reverts }, AT)
    const { check, state } = await changing.check(EDITOR, id, AT)
    expect([state, check?.problems.map(({ path }) => path)]).to.deep.equal([
      'draft',
      ['/reverts/changeSet']
    ])
    expect(check?.problems[0]?.text?.id).to.contain('<office-a>')
    expect((await changeSets.byId(draft.id))?.set.state).to.equal('draft')
    expect(rulebook.publications()).to.deep.equal([])
  })

  it('is written whole or not at all', async () => {
    const { changing, submitted, database, rulebook, valueOn } = await open()
    const set = await submitted(content(two))
    const release = rulebook.release('office-a')
    database.exec(
      `create trigger break_it before insert on rule_heads begin select raise(abort, 'the machine stopped'); end`
    )
    expect(await refusal(changing.approve(HEAD, read(set), AT))).to.contain('the machine stopped')
    database.exec('drop trigger break_it')
    const count = (table: string) =>
      (database.prepare(`select count(*) as n from ${table}`).get() as { n: number }).n
    expect([count('rule_publications'), count('rule_approvals')]).to.deep.equal([0, 0])
    expect((await changing.find(set.id)).set.state).to.equal('submitted')
    expect(rulebook.release('office-a')).to.equal(release)
    expect(valueOn('2020-06-01')).to.equal(3)
    await changing.approve(HEAD, read(set), AT)
    expect(valueOn('2020-06-01')).to.equal(2)
  })

  it('is not published when an earlier one made it break a bound', async () => {
    const { changing, submitted, rulebook } = await open()
    const set = await submitted(content({ ...two, value: 3, from: '2020-07-01' }))
    await rulebook.enact(
      {
        scope: 'nation',
        edits: [{ ...two, value: 2, from: '2020-08-01' }],
        changeSet: 'cs-n',
        by: 'x',
        at: AT
      },
      async () => undefined
    )
    const found = await changing.approve(HEAD, read(set), AT).catch((error: InvalidData) => error)
    expect((found as Error).message).to.contain('<cs-n> has stated <service.days>')
  })
})
