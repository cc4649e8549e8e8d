import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Variables } from '../engine/state.ts'
import { createHandlers, JOB_KINDS } from '../jobs/index.ts'
import { JobFault } from '../jobs/job.ts'
import { loadTemplates } from '../jobs/letters/library.ts'
import { openRenderer } from '../jobs/letters/pdf.ts'
import { describeSeal, openSealer, type SealedFacts } from '../jobs/letters/seal.ts'
import { openMailbox } from '../jobs/mailbox.ts'
import type { JobServices } from '../jobs/services.ts'
import { BillExpired, billingSimulator } from '../jobs/simulators/billing.ts'
import { watchListSimulator } from '../jobs/simulators/watch-list.ts'
import type { Bills } from '../runtime/bills.ts'
import { type Clock, settableClock, systemClock } from '../runtime/clock.ts'
import { inlineDispatcher } from '../runtime/dispatchers/inline.ts'
import { type Library, openLibrary } from '../runtime/library.ts'
import { consoleLog, type Log } from '../runtime/log.ts'
import type { Rulebook } from '../runtime/rulebook.ts'
import { createRulebook } from '../runtime/rules/rulebook.ts'
import { openRuntime, type Runtime } from '../runtime/runtime.ts'
import type { Settings } from '../runtime/settings.ts'
import { openDatabase } from '../runtime/stores/database.ts'
import { sqliteBills } from '../runtime/stores/sqlite-bills.ts'
import { sqliteDeployments } from '../runtime/stores/sqlite-deployments.ts'
import { diskFiles } from '../runtime/stores/sqlite-files.ts'
import { sqliteLetters } from '../runtime/stores/sqlite-letters.ts'
import { sqliteMails } from '../runtime/stores/sqlite-mail.ts'
import { sqlitePeople } from '../runtime/stores/sqlite-people.ts'
import { sqliteRegisters } from '../runtime/stores/sqlite-registers.ts'
import { sqliteStatements } from '../runtime/stores/sqlite-statements.ts'
import { sqliteStore } from '../runtime/stores/sqlite.ts'
import { readAssets } from '../web/build.ts'
import { createApp } from './app.ts'
import { addDemoAccounts, DEMO_PASSWORD } from './demo.ts'
import { RequestRefused } from './refusals.ts'
import { errorPages } from './routes/pages/errors.ts'
import { pages } from './routes/pages.ts'
import type { PaymentView } from './schemas.ts'
import { listen } from './server.ts'
import { createServices, type Demo, type Services } from './services.ts'

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
  const { production } = settings
  const log = options.log ?? consoleLog
  const clock = options.clock ?? clockOf(settings)
  const closing = new Closing()

  try {
    const listening = await listen(settings.host, settings.port)
    closing.add(() => listening.close())
    const url = `http://${hostOf(settings.host)}:${listening.port}`
    const publicUrl = settings.port === 0 ? settings.publicUrl.replace(/:0$/, `:${listening.port}`) : settings.publicUrl

    const database = openDatabase(join(settings.data, 'alur.db'))
    const store = sqliteStore(database)
    closing.add(() => store.close())
    const people = sqlitePeople(database)
    const letters = sqliteLetters(database)
    const registers = sqliteRegisters(database)
    const mails = sqliteMails(database)
    const bills = sqliteBills(database)
    const files = diskFiles(join(settings.data, 'files'))

    const rulebook = await createRulebook({
      folder: options.rules ?? join(ROOT, 'rules'),
      statements: sqliteStatements(database)
    })
    const templates = await loadTemplates(options.templates ?? join(ROOT, 'templates'))
    const library = await openLibrary({
      folder: options.processes ?? join(ROOT, 'processes'),
      known: {
        jobs: new Set(JOB_KINDS),
        rules: new Set(rulebook.keys().map(({ key }) => key)),
        templates: new Set(Object.keys(templates.national))
      },
      deployments: sqliteDeployments(database),
      clock,
      log
    })

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
      registers,
      files,
      letters,
      people,
      rulebook,
      templates,
      renderer,
      sealer,
      billing: production ? NO_BILLING : billing,
      watchList: production ? NO_WATCH_LIST : await watchListSimulator(),
      mail: mailOf(settings, mailbox?.url ?? null, publicUrl),
      publicUrl,
      sample: () => !production || clock.settable?.isSet() === true,
      attempts: settings.attempts
    })

    const { concurrency, attempts, jobDeadline } = settings
    const dispatcher = inlineDispatcher({ clock, log, concurrency, attempts })
    const runtime = await openRuntime({
      store,
      dispatcher,
      rulebook,
      library,
      registers,
      handlers,
      clock,
      log,
      jobDeadline
    })
    closing.add(() => runtime.stop())

    if (!production) await addDemoAccounts(people, production)
    const demo = production ? null : demoOf(mails, bills, billing.pay, clock)
    let ready = false
    const services = createServices({
      store,
      runtime,
      library,
      rulebook,
      people,
      letters,
      files,
      seals: {
        verify: seal => sealer.verify(seal) as Variables | null,
        describe: facts => describeSeal(facts as unknown as SealedFacts),
        publicKeys: () => sealer.publicKeys()
      },
      clock,
      demo,
      publicUrl,
      health: async () => {
        const stored = await store.pendingEffects().then(
          () => 'ok' as const,
          () => 'not ready' as const
        )
        return { ready: ready && stored === 'ok', parts: { store: stored, processes: ready ? 'ok' : 'not ready' } }
      }
    })

    const report = (error: unknown, requestId: string) => log.error('request failed', error, { requestId })
    const web = options.pages === false ? null : { services, demo: demo !== null, assets: await assets(), report }
    const app = createApp({
      services,
      pages: web === null ? null : { routes: pages(web), errors: errorPages(web) },
      hosts: [...LOOPBACK, new URL(publicUrl).hostname],
      validateAnswers: options.validateAnswers ?? false,
      report
    })
    ready = true
    listening.serve(app)
    return { url, services, runtime, library, rulebook, clock, close: () => closing.run() }
  } catch (error) {
    await closing.run()
    throw error
  }
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/** Closes in the order that lets nothing be lost: last opened, first closed, requests before all. */
class Closing {
  readonly #steps: (() => Promise<void>)[] = []
  #running: Promise<void> | null = null

  add(step: () => Promise<void>): void {
    this.#steps.push(step)
  }

  run(): Promise<void> {
    this.#running ??= this.#run()
    return this.#running
  }

  async #run(): Promise<void> {
    const [requests, ...others] = this.#steps
    await requests?.()
    for (const step of others.reverse()) await step()
  }
}

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

function mailOf(settings: Settings, mailbox: string | null, publicUrl: string): JobServices['mail'] {
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

function demoOf(mails: Demo['mails'], bills: Bills, pay: ReturnType<typeof billingSimulator>['pay'], clock: Clock): Demo {
  return {
    password: DEMO_PASSWORD,
    mails,
    bills,
    async pay(code): Promise<PaymentView | null> {
      try {
        const bill = await pay(code, clock.now())
        if (bill === null || bill.paidAt === null || bill.ntpn === null) return null
        return { code, ntpn: bill.ntpn, amount: bill.amount, paidAt: bill.paidAt, simulated: true }
      } catch (error) {
        if (!(error instanceof BillExpired)) throw error
        throw new RequestRefused('bill-expired', error.message)
      }
    }
  }
}
