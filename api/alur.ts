import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Variables } from '../engine/state.ts'
import { createHandlers, JOB_KINDS, JOB_RESULTS } from '../jobs/index.ts'
import { JobFault } from '../jobs/job.ts'
import { loadTemplates } from '../jobs/letters/library.ts'
import { openRenderer } from '../jobs/letters/pdf.ts'
import { describeSeal, openSealer, type SealedFacts, type Sealer } from '../jobs/letters/seal.ts'
import { holding, type Templates } from '../jobs/letters/template.ts'
import { openMailbox } from '../jobs/mailbox.ts'
import type { JobServices } from '../jobs/services.ts'
import { BillExpired, type BillingSimulator, billingSimulator } from '../jobs/simulators/billing.ts'
import { watchListSimulator } from '../jobs/simulators/watch-list.ts'
import { caseChecker } from '../runtime/case-checker.ts'
import { readCases } from '../runtime/cases.ts'
import { type Clock, settableClock, systemClock } from '../runtime/clock.ts'
import { inlineDispatcher } from '../runtime/dispatchers/inline.ts'
import { type Library, openLibrary } from '../runtime/library.ts'
import { consoleLog, type Log } from '../runtime/log.ts'
import { Operations } from '../runtime/operations/operations.ts'
import { processLaw } from '../runtime/references.ts'
import type { Rulebook } from '../runtime/rulebook.ts'
import { releasesOf } from '../runtime/rules/releases.ts'
import { createRulebook } from '../runtime/rules/rulebook.ts'
import { openRuntime, type Runtime } from '../runtime/runtime.ts'
import type { Settings } from '../runtime/settings.ts'
import type { Store } from '../runtime/store.ts'
import { openDatabase } from '../runtime/stores/database.ts'
import { sqliteStore } from '../runtime/stores/sqlite.ts'
import { sqliteBatches } from '../runtime/stores/sqlite-batches.ts'
import { sqliteBills } from '../runtime/stores/sqlite-bills.ts'
import { sqliteChangeSets } from '../runtime/stores/sqlite-change-sets.ts'
import { sqliteDecisionLog } from '../runtime/stores/sqlite-decisions.ts'
import { sqliteDeployments } from '../runtime/stores/sqlite-deployments.ts'
import { sqliteDeputies } from '../runtime/stores/sqlite-deputies.ts'
import { diskFiles } from '../runtime/stores/sqlite-files.ts'
import { sqliteLetters } from '../runtime/stores/sqlite-letters.ts'
import { sqliteMails } from '../runtime/stores/sqlite-mail.ts'
import { sqlitePeople } from '../runtime/stores/sqlite-people.ts'
import { sqliteRegisters } from '../runtime/stores/sqlite-registers.ts'
import { sqliteStatements } from '../runtime/stores/sqlite-statements.ts'
import { readAssets } from '../web/build.ts'
import { lawWords } from '../web/parts/law/law-words.ts'
import { createApp } from './app.ts'
import { Closing } from './closing.ts'
import { addDemoAccounts, DEMO_PASSWORD } from './demo.ts'
import { lawChecks } from './law-checks.ts'
import { RequestRefused } from './refusals.ts'
import { errorPages } from './routes/pages/errors.ts'
import { pages } from './routes/pages.ts'
import type { HealthView, PaymentView } from './schemas.ts'
import { listen } from './server.ts'
import { createServices, type Demo, type Deps, type Seals, type Services } from './services.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Everything in one process: what a person sees, what decides, what remembers and what acts. */
export interface Alur {
  /** Where it listens: `http://127.0.0.1:3000`. */
  readonly url: string
  readonly services: Services
  readonly runtime: Runtime
  readonly library: Library
  readonly rulebook: Rulebook
  readonly clock: Clock
  /** Takes no further request, waits for what is under way, and closes everything. */
  close(): Promise<void>
}

export interface AlurOptions {
  /** By default the one that the settings ask for. */
  readonly clock?: Clock
  readonly log?: Log
  /** The folders of the procedures, the local law and the letters; by default those of this package. */
  readonly processes?: string
  readonly rules?: string
  readonly templates?: string
  /** False serves the JSON API alone. */
  readonly pages?: boolean
  /** Holds every answer of the JSON API to its OpenAPI document; for tests. */
  readonly validateAnswers?: boolean
}

/**
 * Opens the whole system on one SQLite file below `settings.data`, and listens.
 *
 * @throws InvalidData with every problem of the processes, rules or templates; nothing is left open then
 */
export async function openAlur(settings: Settings, options: AlurOptions = {}): Promise<Alur> {
  const closing = new Closing()
  try {
    return await open(settings, options, closing)
  } catch (error) {
    await closing.run()
    throw error
  }
}

async function open(settings: Settings, options: AlurOptions, closing: Closing): Promise<Alur> {
  const log = options.log ?? consoleLog
  const clock = options.clock ?? clockOf(settings)
  const listening = await listen(settings.host, settings.port)
  closing.add(() => listening.close())
  const url = `http://${hostOf(settings.host)}:${listening.port}`
  const publicUrl =
    settings.port === 0
      ? settings.publicUrl.replace(/:0$/, `:${listening.port}`)
      : settings.publicUrl

  const stores = openStores(settings.data, closing)
  const data = await readData(stores, options, settings, clock, log)
  const jobs = await openJobs(settings, { ...stores, ...data, clock, publicUrl, log }, closing)
  const { concurrency, attempts, jobDeadline, production, engine: limits } = settings
  const dispatcher = inlineDispatcher({ clock, log, concurrency, attempts })
  const parts = {
    ...stores,
    ...data,
    handlers: jobs.handlers,
    dispatcher,
    clock,
    log,
    jobDeadline,
    limits
  }
  const runtime = await openRuntime(parts)
  closing.add(() => runtime.stop())
  const operations = new Operations({ ...stores, ...data, clock }, runtime, log)
  await operations.carryOn()
  closing.add(() => operations.stop())

  if (!production) await addDemoAccounts(stores.people, production)
  const demo = production ? null : demoOf(stores, jobs.billing, clock)
  const services = createServices({
    ...stores,
    ...data,
    runtime,
    operations,
    words: lawWords,
    checks: lawChecks({ ...stores, ...data }),
    openRelease: releasesOf(stores.statements),
    seals: sealsOf(jobs.sealer),
    clock,
    demo,
    publicUrl,
    diagrams: settings.diagrams,
    health: () => healthOf(stores.store),
    log,
    applicantLetter: applicantLetterOf(data.templates),
    examples: () => readCases(processesOf(options)),
    caseChecker: caseChecker({
      ...data,
      statements: stores.statements,
      rules: rulesOf(options),
      jobs: JOB_KINDS
    })
  })

  const report = (error: unknown, requestId: string) =>
    log.error('request failed', error, { requestId })
  const web =
    options.pages === false
      ? null
      : { services, demo: demo !== null, assets: await assets(), report }
  const app = createApp({
    services,
    pages: web === null ? null : { routes: pages(web), errors: errorPages(web) },
    hosts: [...LOOPBACK, new URL(publicUrl).hostname],
    validateAnswers: options.validateAnswers ?? false,
    diagramBytes: settings.diagrams.bytes,
    report
  })
  listening.serve(app)
  const { library, rulebook } = data
  return { url, services, runtime, library, rulebook, clock, close: () => closing.run() }
}

// what it is made of //////////////////////////////////////////////////////////

type Stores = ReturnType<typeof openStores>

/** What is remembered: one SQLite file, and the letters beside it. */
function openStores(folder: string, closing: Closing) {
  const database = openDatabase(join(folder, 'alur.db'))
  const store = sqliteStore(database)
  closing.add(() => store.close())
  return {
    store,
    people: sqlitePeople(database),
    deputies: sqliteDeputies(database),
    letters: sqliteLetters(database),
    registers: sqliteRegisters(database),
    mails: sqliteMails(database),
    bills: sqliteBills(database),
    statements: sqliteStatements(database),
    changeSets: sqliteChangeSets(database),
    decisions: sqliteDecisionLog(database),
    deployments: sqliteDeployments(database),
    batches: sqliteBatches(database),
    files: diskFiles(join(folder, 'files'))
  }
}

/** What the people who write procedures have written. @throws InvalidData */
async function readData(
  stores: Stores,
  options: AlurOptions,
  { diagrams: limits }: Settings,
  clock: Clock,
  log: Log
) {
  const { statements, deployments } = stores
  const rulebook = await createRulebook({ folder: rulesOf(options), statements })
  const templates = await loadTemplates(options.templates ?? join(ROOT, 'templates'))
  const known = {
    jobs: new Set(JOB_KINDS),
    rules: new Set(rulebook.keys().map(({ key }) => key)),
    templates: new Set(Object.keys(templates.national)),
    roles: new Set(rulebook.roles()),
    ...processLaw(rulebook),
    results: JOB_RESULTS
  }
  const folder = processesOf(options)
  const library = await openLibrary({ folder, known, deployments, clock, log, limits })
  return { rulebook, templates, library }
}

function processesOf({ processes }: AlurOptions): string {
  return processes ?? join(ROOT, 'processes')
}

function rulesOf({ rules }: AlurOptions): string {
  return rules ?? join(ROOT, 'rules')
}

type Data = Awaited<ReturnType<typeof readData>>
interface Around {
  readonly clock: Clock
  readonly publicUrl: string
  readonly log: Log
}

/** What acts outside: the printer of letters, the mail server, and the systems of others. */
async function openJobs(settings: Settings, given: Stores & Data & Around, closing: Closing) {
  const { production } = settings
  const { mails, files, bills, clock, publicUrl, log } = given
  const sealer = await openSealer(join(settings.data, 'keys'))
  const renderer = openRenderer({
    cache: join(settings.data, 'browser'),
    browser: settings.browser,
    report: line => log.info(line)
  })
  closing.add(() => renderer.close())
  const mailbox = production ? null : await openMailbox({ port: 0, mails, files })
  if (mailbox !== null) closing.add(() => mailbox.close())

  const billing = billingSimulator(bills)
  const handlers = createHandlers({
    ...given,
    renderer,
    sealer,
    billing: production ? NO_BILLING : billing,
    watchList: production ? NO_WATCH_LIST : await watchListSimulator(),
    mail: mailOf(settings, mailbox?.url ?? null, publicUrl),
    sample: () => !production || clock.settable?.isSet() === true,
    attempts: settings.attempts
  })
  return { handlers, billing, sealer }
}

function sealsOf(sealer: Sealer): Seals {
  return {
    verify: seal => sealer.verify(seal) as Variables | null,
    describe: facts => describeSeal(facts as unknown as SealedFacts),
    publicKeys: () => sealer.publicKeys()
  }
}

/** What the templates say of letters that go to the applicant. */
function applicantLetterOf({ national }: Templates): Deps['applicantLetter'] {
  return (kind, date) => {
    const template = holding(national[kind] ?? [], date)
    return template?.forApplicant === true ? template.title : null
  }
}

/** The listener answers 503 until all else is open; from then on the store says how it is. */
async function healthOf(store: Store): Promise<HealthView> {
  const stored = await store
    .instances({ office: null, status: null, text: null, limit: 1, cursor: null })
    .then(
      () => 'ok' as const,
      () => 'not ready' as const
    )
  return { ready: stored === 'ok', parts: { store: stored } }
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

function clockOf({ clock }: Settings): Clock {
  return clock === null ? systemClock : settableClock(clock.start)
}

function hostOf(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

async function assets() {
  const folder = join(ROOT, 'dist', 'web')
  return { folder, names: await readAssets(folder) }
}

// what stands beside the system ///////////////////////////////////////////////

function mailOf(
  settings: Settings,
  mailbox: string | null,
  publicUrl: string
): JobServices['mail'] {
  const url = settings.smtpUrl ?? mailbox
  if (url === null) throw new Error('expected a mail server')
  return { url, from: `alur@${settings.production ? new URL(publicUrl).hostname : 'alur.example'}` }
}

/** No gateway of the treasury or of the watch list exists yet; a simulator has no place in production. */
const NO_BILLING: JobServices['billing'] = {
  simulator: false,
  create: () => Promise.reject(new JobFault('no billing gateway is connected')),
  find: () => Promise.reject(new JobFault('no billing gateway is connected'))
}
const NO_WATCH_LIST: JobServices['watchList'] = {
  simulator: false,
  check: () => Promise.reject(new JobFault('no watch list is connected'))
}

function demoOf({ mails, bills }: Stores, billing: BillingSimulator, clock: Clock): Demo {
  return {
    password: DEMO_PASSWORD,
    mails,
    bills,
    async pay(code): Promise<PaymentView | null> {
      try {
        const bill = await billing.pay(code, clock.now())
        if (bill === null || bill.paidAt === null || bill.ntpn === null) return null
        const { ntpn, amount, paidAt } = bill
        return { code, ntpn, amount, paidAt, simulated: true }
      } catch (error) {
        if (!(error instanceof BillExpired)) throw error
        throw new RequestRefused('bill-expired', error.message)
      }
    }
  }
}
