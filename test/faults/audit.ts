import { join } from 'node:path'
import { expect } from 'chai'
import { replay } from '../../engine/apply.ts'
import type { Event } from '../../engine/messages.ts'
import type { ProcessInstance } from '../../engine/state.ts'
import { openSealer } from '../../jobs/letters/seal.ts'
import type { Mails } from '../../runtime/mail.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStore } from '../../runtime/stores/sqlite.ts'
import { diskFiles } from '../../runtime/stores/sqlite-files.ts'
import { sqliteLetters } from '../../runtime/stores/sqlite-letters.ts'
import { sqliteRegisters } from '../../runtime/stores/sqlite-registers.ts'

/** The letters that a case of the second extension issues. */
const LETTERS = ['itk-permit', 'receipt']

export interface Expected {
  /** Where the mails went, when they went out of the server. */
  readonly mails?: Mails
  /** False while other cases are open, whose letters and bills may be there as well. */
  readonly all?: boolean
}

/**
 * Reads what a stopped server has left and holds it to what must be: every case ended, nothing lost,
 * nothing twice.
 *
 * @throws AssertionError
 */
export async function audit(
  data: string,
  ids: readonly string[],
  { mails, all = true }: Expected = {}
): Promise<void> {
  const database = openDatabase(join(data, 'alur.db'))
  const store = sqliteStore(database)
  try {
    expect(database.pragma('integrity_check')).to.deep.equal([{ integrity_check: 'ok' }])
    const jobs: Job[] = []
    const cases: unknown[] = []
    for (const id of ids) {
      const state = (await store.load(id)) as ProcessInstance
      expect(state?.status, id).to.equal('completed')
      const commits = await store.history(id)
      const events = commits.flatMap(each => each.events)
      expect(replay(events), `${id} replays to its state`).to.deep.equal(state)
      expect(
        commits.map(({ from }) => from),
        `the commits of ${id} follow each other`
      ).to.deep.equal([0, ...commits.map(({ to }) => to).slice(0, -1)])
      expect(completedTwice(events), `${id} did nothing twice`).to.deep.equal([])
      expect(ending(events), id).to.contain('End_Handed_Over')
      jobs.push(...jobsOf(id, events))
      cases.push(state.variables.caseNumber)
    }
    expect(new Set(cases).size, 'case numbers are given once').to.equal(ids.length)
    await auditLetters(data, database, ids, jobs)
    if (!all) return

    // A timer of a case that has ended stays until it is due, and finds nobody then.
    const pending = (await store.pendingEffects()).filter(
      ({ effect }) => effect.type !== 'scheduleTimer'
    )
    expect(pending).to.deep.equal([])
    await auditRegisters(database, sqliteRegisters(database))
    auditBills(database, jobs)
    const [filed] = database.prepare('select count(*) as count from letters').all() as Count[]
    expect(filed?.count).to.equal(ids.length * LETTERS.length)
    if (mails !== undefined) await auditMails(mails, jobs)
  } finally {
    await store.close()
  }
}

interface Job {
  readonly id: string
  readonly kind: string
  readonly instance: string
}

/** Every job that a case has asked for. */
function jobsOf(instance: string, events: readonly Event[]): readonly Job[] {
  return events.flatMap(event =>
    event.type === 'jobRequested'
      ? [{ id: `${instance}.${event.job.slice(1)}`, kind: event.kind, instance }]
      : []
  )
}

function ending(events: readonly Event[]): readonly string[] {
  return events.flatMap(event => (event.type === 'elementCompleted' ? [event.element] : []))
}

/** Elements completed more often than once; the process has no loop that these cases go through. */
function completedTwice(events: readonly Event[]): readonly string[] {
  const elements = ending(events)
  return elements.filter((element, index) => elements.indexOf(element) < index)
}

type Database = ReturnType<typeof openDatabase>

async function auditRegisters(
  database: Database,
  registers: ReturnType<typeof sqliteRegisters>
): Promise<void> {
  const books = database
    .prepare('select distinct office, register, year from register_rows')
    .all() as { readonly office: string; readonly register: string; readonly year: number }[]
  for (const { office, register, year } of books) {
    const rows = await registers.book(office, register, year)
    const name = `${register} of ${office} in ${year}`
    expect(
      rows.map(({ number }) => number),
      name
    ).to.deep.equal(rows.map((_, index) => index + 1))
    expect(
      rows.filter(({ status }) => status !== 'issued'),
      `${name} has no number that was not issued`
    ).to.deep.equal([])
  }
}

async function auditLetters(
  data: string,
  database: Database,
  ids: readonly string[],
  jobs: readonly Job[]
): Promise<void> {
  const letters = sqliteLetters(database)
  const files = diskFiles(join(data, 'files'))
  const sealer = await openSealer(join(data, 'keys'))
  const numbers: string[] = []
  for (const id of ids) {
    const issued = await letters.ofInstance(id)
    expect(issued.map(({ kind }) => kind).sort(), id).to.deep.equal(LETTERS)
    const asked = jobs.filter(({ kind, instance }) => kind === 'issue-letter' && instance === id)
    expect(issued.map(({ job }) => job).sort()).to.deep.equal(asked.map(job => job.id).sort())
    for (const letter of issued) {
      // `get` holds the bytes to their hash
      const pdf = await files.get(letter.sha256)
      expect(
        Buffer.from(pdf ?? [])
          .subarray(0, 5)
          .toString(),
        letter.number
      ).to.equal('%PDF-')
      expect(sealer.verify(letter.seal), letter.number).to.include({
        id: letter.id,
        number: letter.number
      })
      numbers.push(letter.number)
    }
  }
  expect(new Set(numbers).size, 'letter numbers are given once').to.equal(numbers.length)
}

interface Count {
  readonly count: number
}

function auditBills(database: Database, jobs: readonly Job[]): void {
  const bills = database.prepare('select reference from bills').all() as {
    readonly reference: string
  }[]
  const asked = jobs.filter(({ kind }) => kind === 'create-billing').map(({ id }) => id)
  expect(bills.map(({ reference }) => reference).sort()).to.deep.equal(asked.sort())
}

/** Each mail has come, and however often it came, under the one Message-ID of its job. */
async function auditMails(mails: Mails, jobs: readonly Job[]): Promise<void> {
  const received = await mails.list(10_000)
  const asked = jobs.filter(({ kind }) => kind === 'send-email')
  expect(received.map(({ messageId }) => messageId).sort()).to.deep.equal(
    asked.map(({ id }) => `${id}@alur.example`).sort()
  )
}
