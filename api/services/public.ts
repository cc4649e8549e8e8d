import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Actor } from '../../engine/context.ts'
import { CommandRefused } from '../../engine/errors.ts'
import { APPLICANT, isApplicant } from '../../engine/starting.ts'
import type { ProcessInstance, Value, Variables } from '../../engine/state.ts'
import type { IssuedLetter } from '../../runtime/letters.ts'
import type { CommitRecord } from '../../runtime/store.ts'
import { NO_FORM } from '../forms.ts'
import { addressKey, limitOf } from '../limits.ts'
import { RequestRefused } from '../refusals.ts'
import type { PublicCaseView, PublicServiceView, TrackView } from '../schemas.ts'
import type { Deps, Services, TwoFacts } from '../services.ts'
import { stagesOf } from '../stages.ts'
import { hasPlainStart, startLane, startOf, startOnce } from '../starting.ts'

type PublicServices = Pick<
  Services,
  'publicServices' | 'startReport' | 'receipt' | 'track' | 'trackedLetter'
>

/** Whoever reports online: a person of no unit, whom no account stands for. */
const ONLINE: Actor = {
  id: APPLICANT,
  name: 'Pemohon (daring)',
  kind: 'person',
  unit: null,
  roles: [APPLICANT]
}

const MINUTE = 60_000
const QUARTER = 15 * MINUTE
/** Every answer to two facts takes this long at least, in milliseconds, whatever was found. */
const PATIENCE = 400
/** More offices than this cannot have given the same number. */
const MOST_OFFICES = 500

/** What anyone may do without signing in: report online, and track the own case. */
export function publicServices(deps: Deps): PublicServices {
  const { store, library, rulebook, letters, files, clock, log, applicantLetter } = deps
  const readings = limitOf(120, MINUTE)
  const attempts = limitOf(30, QUARTER)
  const reports = limitOf(10, 4 * QUARTER)
  const triesPerNumber = limitOf(5, QUARTER)
  const triesPerAddress = limitOf(5, QUARTER)
  // correlates the lines of one run in the log without telling an address or what was typed
  const secret = randomBytes(32)
  const digest = (text: string) => createHmac('sha256', secret).update(text).digest()
  const mark = (text: string) => digest(text).toString('base64url').slice(0, 12)

  const counted = (limit: typeof readings, address: string): void => {
    const from = addressKey(address)
    limit.check(from)
    limit.count(from)
  }

  const offered = (): readonly PublicServiceView[] =>
    rulebook.offices().flatMap(({ id: office, name: officeName }) =>
      rulebook.services(office).flatMap(service => {
        const bound = rulebook.bound(office, service)
        const graph = bound === null ? null : library.find(bound, null)
        if (graph === null || !hasPlainStart(graph)) return []
        if (startLane(graph)?.role !== APPLICANT) return []
        const { id: process, name, english: nameEnglish } = graph
        // the process is documented for the office, its start event for whoever starts it
        const { id: start, documentation } = startOf(graph)
        const schema = library.form(process, graph.version, start) ?? NO_FORM
        return [{ office, officeName, process, name, nameEnglish, documentation, schema }]
      })
    )

  const viewOf = (state: ProcessInstance, history: readonly CommitRecord[]): PublicCaseView => {
    const { id: instance, office, process, processVersion, variables } = state
    const graph = library.find(process, processVersion)
    const receivedAt = history[0]?.at ?? clock.now()
    const { name, timeZone, facts } = rulebook.office(office, clock.now())
    return {
      instance,
      number: textOf(variables.caseNumber) ?? instance,
      process,
      processName: graph?.name ?? process,
      processEnglish: graph?.english ?? '',
      office,
      officeName: name,
      officeAddress: textOf(facts.address) ?? '',
      timeZone,
      receivedAt,
      stages: stagesOf(history, state, library.find, timeZone)
    }
  }

  /** The case that both facts belong to, or null; looks at every case of that number. */
  const caseOf = async ({ number, passport }: TwoFacts): Promise<ProcessInstance | null> => {
    const page = { limit: MOST_OFFICES, cursor: null }
    const all = { office: null, status: null, text: null }
    const { rows } = await store.instances({ ...all, ...page, number: bare(number) })
    const given = digest(plain(passport))
    let found: ProcessInstance | null = null
    for (const { instance } of rows) {
      const state = await store.load(instance)
      const known = state === null ? null : passportOf(state.variables)
      // a case without a passport number is compared with what nobody can type
      const fits = timingSafeEqual(digest(known === null ? `${instance}\n` : plain(known)), given)
      if (fits && state !== null) found = state
    }
    return found
  }

  /**
   * The case of two facts. An unknown number and a wrong passport give the same answer after the same
   * time, so that trying tells nothing.
   *
   * @throws RequestRefused `unknown-case` or `too-many`
   */
  const lookUp = async (
    facts: TwoFacts,
    address: string,
    letter: string | null
  ): Promise<ProcessInstance> => {
    const from = addressKey(address)
    const number = bare(facts.number)
    triesPerNumber.check(number)
    triesPerAddress.check(from)
    // counted before the answer is known, so that tries at the same moment count as well
    triesPerNumber.count(number)
    triesPerAddress.count(from)
    const [state] = await Promise.all([caseOf(facts), pause(PATIENCE)])
    const line = { from: mark(from), number: mark(number), letter }
    if (state === null) {
      log.info('case not tracked', { ...line, instance: null })
      throw new RequestRefused('unknown-case', 'no case has these two numbers')
    }
    log.info('case tracked', { ...line, instance: state.id })
    triesPerNumber.forget(number)
    // only this one: else a case of one's own would pay for tries at those of others
    triesPerAddress.uncount(from)
    return state
  }

  const titleFor = ({ kind, date, status }: IssuedLetter) =>
    status === 'valid' ? applicantLetter(kind, date) : null

  return {
    publicServices(address) {
      counted(readings, address)
      return offered()
    },

    async startReport({ process, office, instance, variables }, address) {
      counted(attempts, address)
      if (!offered().some(each => each.office === office && each.process === process)) {
        throw new CommandRefused(
          'unknown-process',
          `office <${office}> takes no report of <${process}> online`
        )
      }
      const from = addressKey(address)
      const isNew = (await store.load(instance)) === null
      if (isNew) reports.check(from)
      const start = { instance, process, office, variables, by: ONLINE }
      const created = await startOnce(deps, start)
      if (created) reports.count(from)
      const state = await store.load(instance)
      if (state === null) throw new Error(`expected case <${instance}> to be there`)
      return { created, view: viewOf(state, await store.history(instance)) }
    },

    async receipt(instance, address) {
      counted(readings, address)
      const state = await store.load(instance)
      const history = state === null ? [] : await store.history(instance)
      const [first] = history
      if (state === null || first === undefined || !isApplicant(first.by)) {
        throw new RequestRefused('unknown-case', 'no report was made here under this address')
      }
      return viewOf(state, history)
    },

    async track(facts, address): Promise<TrackView> {
      const state = await lookUp(facts, address, null)
      const { instance: _, ...view } = viewOf(state, await store.history(state.id))
      const issued = await letters.ofInstance(state.id)
      return {
        ...view,
        letters: issued.flatMap(letter => {
          const title = titleFor(letter)
          const { id, number, date } = letter
          return title === null ? [] : [{ id, title, number, date }]
        })
      }
    },

    async trackedLetter({ letter: id, ...facts }, address) {
      const state = await lookUp(facts, address, id)
      const letter = await letters.byId(id)
      if (letter === null || letter.instance !== state.id || titleFor(letter) === null) {
        throw new RequestRefused('unknown-letter', `the case has no letter <${id}> to fetch`)
      }
      const bytes = await files.get(letter.sha256)
      if (bytes === null) throw new Error(`expected the file of letter <${id}> to be there`)
      const name = (letter.number === '' ? letter.id : letter.number).replace(/[^\w.-]+/g, '-')
      return { fileName: `${letter.kind}-${name}.pdf`, bytes }
    }
  }
}

function passportOf({ applicant }: Variables): string | null {
  if (applicant === null || typeof applicant !== 'object' || Array.isArray(applicant)) return null
  return textOf((applicant as Variables).passportNumber)
}

function textOf(value: Value | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** A number as the register writes it, however it was typed. */
function bare(number: string): string {
  return number.replace(/\s+/g, '').toUpperCase()
}

/** A passport number without what only parts it. */
function plain(passport: string): string {
  return passport.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, '')
}
