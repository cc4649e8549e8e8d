import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { readDataFolder } from '../../bin/data-folder.ts'
import { BadOption } from '../../bin/options.ts'
import { createRulebook } from '../../runtime/rules/rulebook.ts'
import { selfCheck } from '../../runtime/rules/self-check.ts'
import { StoreUnavailable } from '../../runtime/store.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStore } from '../../runtime/stores/sqlite.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import { deciding } from '../contracts/decision-log.ts'
import { RULES } from './folder.ts'

const AT = '2026-01-05T02:00:00.000Z'

describe('a data folder that is only read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alur-replay-'))
  after(() => rmSync(folder, { recursive: true }))

  before(async () => {
    const database = openDatabase(join(folder, 'alur.db'))
    const store = sqliteStore(database)
    const statements = sqliteStatements(database)
    const rulebook = await createRulebook({ folder: RULES, statements })
    const asked = { office: 'kanim-tju', date: null, release: null, at: AT }
    const facts = { submitted: '2026-01-05', extension: 1, origin: 'visit-visa' }
    const rules = ['itk.regime', 'itk.extension.approver', 'itk.extension.checklist']
    for (const rule of rules) {
      await store.commit(deciding(rule, AT, [await rulebook.decide({ ...asked, rule, facts })]))
    }
    await store.close()
  })

  it('gives its decisions and their releases, which reproduce every one', async () => {
    const { log, openRelease, close } = readDataFolder(folder)
    const told: string[] = []
    const check = await selfCheck(log, openRelease, {}, (done, total) =>
      told.push(`${done} of ${total}`)
    )
    expect(check).to.deep.equal({ replayed: 3, reproduced: 3, differing: [], failing: [] })
    expect(told).to.deep.equal(['3 of 3'])
    close()
  })

  it('is told of when it is none, or of a form before', () => {
    expect(() => readDataFolder(join(folder, 'nothing'))).to.throw(
      BadOption,
      'expected a data folder'
    )
    const database = openDatabase(join(folder, 'alur.db'))
    database.exec('pragma user_version = 2')
    database.close()
    expect(() => readDataFolder(folder)).to.throw(
      StoreUnavailable,
      'a start of the server brings an earlier one to it'
    )
  })
})
