import { join } from 'node:path'
import { accessIn } from '../api/access.ts'
import { lawChecks } from '../api/law-checks.ts'
import { type ChangeServices, changeServices } from '../api/services/change-sets.ts'
import { JOB_KINDS } from '../jobs/index.ts'
import { loadTemplates } from '../jobs/letters/library.ts'
import { type Clock, settableClock, systemClock } from '../runtime/clock.ts'
import { type Library, openLibrary } from '../runtime/library.ts'
import type { Log } from '../runtime/log.ts'
import type { Batches } from '../runtime/operations/batches.ts'
import { Operations } from '../runtime/operations/operations.ts'
import type { People } from '../runtime/people.ts'
import type { Rulebook } from '../runtime/rulebook.ts'
import { releasesOf } from '../runtime/rules/releases.ts'
import { createRulebook } from '../runtime/rules/rulebook.ts'
import { Runtime } from '../runtime/runtime.ts'
import { readSettings } from '../runtime/settings.ts'
import { openDatabase } from '../runtime/stores/database.ts'
import { sqliteStore } from '../runtime/stores/sqlite.ts'
import { sqliteBatches } from '../runtime/stores/sqlite-batches.ts'
import { sqliteChangeSets } from '../runtime/stores/sqlite-change-sets.ts'
import { sqliteDecisionLog } from '../runtime/stores/sqlite-decisions.ts'
import { sqliteDeployments } from '../runtime/stores/sqlite-deployments.ts'
import { sqliteDeputies } from '../runtime/stores/sqlite-deputies.ts'
import { diskFiles } from '../runtime/stores/sqlite-files.ts'
import { sqliteLetters } from '../runtime/stores/sqlite-letters.ts'
import { sqlitePeople } from '../runtime/stores/sqlite-people.ts'
import { sqliteRegisters } from '../runtime/stores/sqlite-registers.ts'
import { sqliteStatements } from '../runtime/stores/sqlite-statements.ts'
import { lawWords } from '../web/parts/law/law-words.ts'

/** A data folder, opened by the command line: cases are changed, and no job is run. */
export interface Installation {
  readonly runtime: Runtime
  readonly operations: Operations
  readonly batches: Batches
  readonly people: People
  readonly rulebook: Rulebook
  readonly library: Library
  /** Changes of local law, with the same locks as the API has. */
  readonly changes: ChangeServices
  readonly clock: Clock
  close(): Promise<void>
}

/**
 * Opens the data folder of the settings with the processes, rules and templates of the present folder. The
 * jobs and timers that come of it wait in the store for the server, which takes them up within a minute.
 */
export async function openInstallation(): Promise<Installation> {
  const { data, clock: set, engine, diagrams } = readSettings(process.env)
  const database = openDatabase(join(data, 'alur.db'))
  const store = sqliteStore(database)
  const clock = set === null ? systemClock : settableClock(set.start)
  const statements = sqliteStatements(database)
  const rulebook = await createRulebook({ folder: 'rules', statements })
  const templates = await loadTemplates('templates')
  const known = {
    jobs: new Set(JOB_KINDS),
    rules: new Set(rulebook.keys().map(({ key }) => key)),
    templates: new Set(Object.keys(templates.national)),
    roles: new Set(rulebook.roles())
  }
  const deployments = sqliteDeployments(database)
  const given = { folder: 'processes', known, deployments, clock, log: QUIET, limits: diagrams }
  const library = await openLibrary(given)
  const runtime = new Runtime({
    store,
    rulebook,
    library,
    registers: sqliteRegisters(database),
    handlers: {},
    dispatcher: NOBODY,
    clock,
    log: QUIET,
    limits: engine
  })
  const batches = sqliteBatches(database)
  const letters = sqliteLetters(database)
  const files = diskFiles(join(data, 'files'))
  const keepers = { store, letters, files, rulebook, batches, clock }
  const people = sqlitePeople(database)
  const deputies = sqliteDeputies(database)
  const operations = new Operations(keepers, runtime, QUIET)
  const changes = changeServices(
    {
      rulebook,
      changeSets: sqliteChangeSets(database),
      deputies,
      words: lawWords,
      checks: lawChecks({ rulebook, library, people, deputies }),
      decisions: sqliteDecisionLog(database),
      openRelease: releasesOf(statements),
      store,
      operations,
      library,
      clock
    },
    accessIn(() => rulebook.offices())
  )
  return {
    runtime,
    operations,
    changes,
    clock,
    batches,
    people,
    rulebook,
    library,
    async close() {
      await runtime.stop()
      await store.close()
    }
  }
}

/** Leaves effects where they are: in the store. */
const NOBODY = {
  async dispatch() {},
  async start() {},
  async stop() {}
}

const QUIET: Log = {
  info() {},
  warn: message => console.error(message),
  error: (message, error) => console.error(`${message}: ${(error as Error).message}`)
}
