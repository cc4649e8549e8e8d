import { expect } from 'chai'
import type { Actor } from '../../engine/context.ts'
import { ChangeConflict } from '../../runtime/rules/change-sets.ts'
import { Changing } from '../../runtime/rules/changing.ts'
import { draftImpact } from '../../runtime/rules/draft-impact.ts'
import { releasesOf } from '../../runtime/rules/releases.ts'
import { createRulebook } from '../../runtime/rules/rulebook.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStore } from '../../runtime/stores/sqlite.ts'
import { sqliteChangeSets } from '../../runtime/stores/sqlite-change-sets.ts'
import { sqliteDecisionLog } from '../../runtime/stores/sqlite-decisions.ts'
import { sqliteDeputies } from '../../runtime/stores/sqlite-deputies.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import { days, removeFolders, smallRules, value } from './folder.ts'

const AT = '2020-06-01T02:00:00.000Z'
const person = (id: string, role: string): Actor => ({
  id,
  name: id,
  kind: 'person',
  unit: 'office-a',
  roles: [role]
})

describe('law that another process has published', () => {
  after(removeFolders)

  async function process(folder: string, database: ReturnType<typeof openDatabase>) {
    const rulebook = await createRulebook({ folder, statements: sqliteStatements(database) })
    const changeSets = sqliteChangeSets(database)
    const changing = new Changing({
      rulebook,
      changeSets,
      deputies: sqliteDeputies(database)
    })
    const publish = async (days: number) => {
      const editor = person('aturan', 'rule-editor')
      const text = { id: 'Contoh', en: 'A sample' }
      const drafted = await changing.draft(
        editor,
        {
          scope: 'office-a',
          title: text,
          reason: text,
          reverts: null,
          edits: [
            {
              kind: 'value',
              key: 'service.days',
              value: days,
              from: '2020-07-01',
              to: null,
              cites: [{ instrument: 'law', pin: null }],
              reason: text
            }
          ]
        },
        AT
      )
      await changing.check(editor, drafted.id, AT)
      const { scope, edits, contentHash: tried } = drafted
      const report = await draftImpact(
        {
          rulebook,
          store: sqliteStore(database),
          log: sqliteDecisionLog(database),
          openRelease: releasesOf(sqliteStatements(database))
        },
        {
          scope,
          edits,
          contentHash: tried,
          from: '2020-01-01',
          to: '2020-05-31',
          by: editor.id,
          at: AT
        }
      )
      const { version } = await changing.keepImpact(drafted.id, report, AT)
      const set = await changing.submit(editor, { id: drafted.id, version }, AT)
      const { id, contentHash, impact } = set
      const approval = { id, contentHash, impactHash: impact?.hash ?? '' }
      await changing.approve(person('kakanim', 'kakanim'), approval, AT)
    }
    const valueIn = (date: string) => rulebook.resolve('service.days', 'office-a', date, null).value
    return { rulebook, publish, valueIn }
  }

  it('is taken up, and leads to the same release', async () => {
    const folder = smallRules({ parameters: [days([value(4)])] })
    const database = openDatabase(':memory:')
    const [one, other] = [await process(folder, database), await process(folder, database)]
    await one.publish(2)
    expect(other.valueIn('2020-07-01')).to.equal(4)
    expect(await other.rulebook.refresh()).to.equal(true)
    expect(other.valueIn('2020-07-01')).to.equal(2)
    expect(other.rulebook.release('office-a')).to.equal(one.rulebook.release('office-a'))
    expect(await other.rulebook.refresh()).to.equal(false)
  })

  it('is not written over by one who has not taken it up', async () => {
    const folder = smallRules({ parameters: [days([value(4)])] })
    const database = openDatabase(':memory:')
    const [one, other] = [await process(folder, database), await process(folder, database)]
    await one.publish(2)
    const error = await other.publish(3).catch((error: unknown) => error)
    expect(error).to.be.instanceOf(ChangeConflict)
    await other.rulebook.refresh()
    expect(other.valueIn('2020-07-01')).to.equal(2)
    await other.publish(3)
    expect(other.valueIn('2020-07-01')).to.equal(3)
  })
})
