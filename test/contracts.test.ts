import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../runtime/stores/database.ts'
import { sqliteStore } from '../runtime/stores/sqlite.ts'
import { describeStore } from './contracts/store.ts'

describe('contracts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alur-contracts-'))
  after(() => rmSync(folder, { recursive: true }))
  let files = 0

  describeStore('sqlite in memory', async () => sqliteStore(openDatabase(':memory:')))
  describeStore('sqlite on a file', async () =>
    sqliteStore(openDatabase(join(folder, `${files++}.db`)))
  )
})
