import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inlineDispatcher } from '../runtime/dispatchers/inline.ts'
import { openDatabase } from '../runtime/stores/database.ts'
import { sqliteStore } from '../runtime/stores/sqlite.ts'
import { sqliteChangeSets } from '../runtime/stores/sqlite-change-sets.ts'
import { sqliteDecisionLog } from '../runtime/stores/sqlite-decisions.ts'
import { sqliteDeputies } from '../runtime/stores/sqlite-deputies.ts'
import { describeChangeSets } from './contracts/change-sets.ts'
import { describeDecisionLog } from './contracts/decision-log.ts'
import { describeDeputies } from './contracts/deputies.ts'
import { describeDispatcher } from './contracts/dispatcher.ts'
import { describeStore } from './contracts/store.ts'

describe('contracts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alur-contracts-'))
  after(() => rmSync(folder, { recursive: true }))
  let files = 0

  describeStore('sqlite in memory', async () => sqliteStore(openDatabase(':memory:')))
  describeStore('sqlite on a file', async () =>
    sqliteStore(openDatabase(join(folder, `${files++}.db`)))
  )

  describeDecisionLog('sqlite', async () => {
    const database = openDatabase(':memory:')
    return { store: sqliteStore(database), log: sqliteDecisionLog(database) }
  })

  describeChangeSets('sqlite', async () => sqliteChangeSets(openDatabase(':memory:')))
  describeDeputies('sqlite', async () => sqliteDeputies(openDatabase(':memory:')))

  const log = { info() {}, warn() {}, error() {} }
  describeDispatcher('inline', async settings => inlineDispatcher({ ...settings, log }))
})
