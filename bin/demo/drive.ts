import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../../api/demo.ts'
import type {
  CaseView,
  DecisionView,
  PublicCaseView,
  PublicServiceView,
  TaskSummary,
  TrackView
} from '../../api/schemas.ts'
import type { Value, Variables } from '../../engine/state.ts'
import { addDuration, localDate, parseDateTime } from '../../engine/time.ts'
import type { CaseMove, ExampleCase } from '../../runtime/cases.ts'
import type { Rulebook, Statement } from '../../runtime/rulebook.ts'
import type { ChangeSet } from '../../runtime/rules/change-set.ts'
import type { Edit } from '../../runtime/rules/edits.ts'
import type { ImpactReport } from '../../runtime/rules/impact.ts'
import { ApiRefused, Client } from './client.ts'

/** How long a job may take before the demo says that it hangs. */
const PATIENCE = 60_000

/**
 * Drives one example case through the HTTP API, as officers would: each task by an account that holds its
 * role, the report by the applicant's own door where there is one, the bill paid at the simulator, the clock moved on its page. Prints what was done and why.
 */
export class Driver {
  readonly #url: string
  readonly #rulebook: Rulebook
  readonly #out: string
  readonly #clients = new Map<string, Client>()
  /** Who has no account. */
  readonly #applicant: Client
  /** With what the applicant tracks a case that was reported online. */
  #facts: { readonly number: string; readonly passport: string } | null = null
  #instance = ''
  #office = ''
  #shown = new Set<string>()
  /** The NTPN of the example's jobs, and the one that the simulator really gave. */
  #ntpn: { readonly sample: Value; real: string } | null = null

  constructor(url: string, rulebook: Rulebook, out: string) {
    this.#url = url
    this.#applicant = new Client(url, null, '', 'the applicant')
    this.#rulebook = rulebook
    this.#out = out
  }

  /** Gives the letters as files. @throws Error where the case does not go as it must */
  async drive(process: string, example: ExampleCase): Promise<readonly string[]> {
    this.#office = example.office
    this.#shown = new Set()
    const sample = (example.jobs?.['confirm-payment']?.payment as Variables | undefined)?.ntpn
    this.#ntpn = sample === undefined ? null : { sample, real: '' }
    await this.#setClock(parseDateTime(example.at, 'UTC'))
    await this.#start(process, example)
    for (const move of example.moves ?? []) await this.#move(move)
    return this.#finish(example)
  }

  async #start(process: string, { start }: ExampleCase): Promise<void> {
    const offered = await this.#applicant.get<readonly PublicServiceView[]>('/api/public/services')
    const online = offered.some(each => each.process === process && each.office === this.#office)
    const view = online
      ? await this.#report(process, start.variables)
      : await this.#apply(process, start.variables)
    this.#instance = view.instance
    this.#explain(view)
  }

  /** An officer starts the case at the counter. */
  async #apply(process: string, variables: Variables): Promise<CaseView> {
    const account = this.#holder('counter')
    const view = await account.post<CaseView>(`/api/processes/${process}/instances`, {
      office: this.#office,
      variables
    })
    this.#say(`${account.name} starts ${view.number}: ${view.processName}, ${view.subject}`)
    return view
  }

  /** The applicant reports online, without an account. */
  async #report(process: string, variables: Variables): Promise<CaseView> {
    const path = `/api/public/processes/${process}/instances`
    const report = { instance: randomUUID(), office: this.#office, variables }
    const { number, processName, stages, instance } = await this.#applicant.post<PublicCaseView>(
      path,
      report
    )
    const { passportNumber } = variables.applicant as { readonly passportNumber: string }
    this.#facts = { number, passport: passportNumber }
    this.#say(
      `the applicant reports online, without an account, and gets ${number}: ${processName}`
    )
    this.#say(`  is told: ${wordsOf(stages)}`)
    return this.#holder('auditor').get<CaseView>(`/api/instances/${instance}`)
  }

  /** The applicant looks where the case stands, with the number of the case and of the passport. */
  async #track(): Promise<void> {
    if (this.#facts === null) return
    const { stages, letters } = await this.#applicant.post<TrackView>(
      '/api/public/track',
      this.#facts
    )
    const titles = letters.map(({ title }) => title.en).join(', ')
    this.#say(
      `the applicant tracks ${this.#facts.number}: ${wordsOf(stages)}; letters: ${titles || 'none'}`
    )
  }

  async #move(move: CaseMove): Promise<void> {
    if ('complete' in move) return this.#complete(move.complete, move.variables ?? {}, move.refused)
    if ('wait' in move) return this.#wait(move.wait)
    if ('due' in move) return this.#due(move.due, move.at)
    if ('incident' in move) return this.#incident(move.incident, move.says)
    if ('publish' in move) {
      return this.#publish(move.publish)
    }
    if ('resolve' in move) return this.#resolve(move.resolve, move.reason ?? 'mended')
    throw new Error(`the demo cannot do ${JSON.stringify(move)}`)
  }

  /** One states it, and another approves it. */
  async #publish({ scope, key, kind, from, to, content, cites, reason }: Statement): Promise<void> {
    const maker = this.#holder('tariff-owner')
    const checker = this.#holder('rule-approver')
    const { id: row, ...rest } = content as unknown as StatedRow
    const edit =
      kind === 'value'
        ? { kind, key, value: content, from, to, cites, reason }
        : { kind, rule: key, row, ...rest, from, to, cites, reason }
    const changes = '/api/law/changes'
    const edits = [edit, ...(kind === 'row' ? this.#casesOvertaken(key, from, row, rest) : [])]
    const set = { scope, title: reason, reason, edits, reverts: null }
    const drafted = await maker.post<ChangeSet>(changes, set)
    const checked = await maker.post<ChangeSet>(`${changes}/${drafted.id}/check`, {})
    const problems = checked.check?.problems ?? []
    if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('; '))
    const period = { from: `${Number(from.slice(0, 4)) - 1}-01-01`, to: from }
    const { hash, decisions } = await maker.post<ImpactReport>(
      `${changes}/${drafted.id}/impact`,
      period
    )
    this.#say(
      `${maker.name} replays ${decisions.replayed} decisions with it: ${decisions.changed} change`
    )
    const { version } = await maker.get<ChangeSet>(`${changes}/${drafted.id}`)
    const { contentHash } = await maker.post<ChangeSet>(`${changes}/${drafted.id}/submit`, {
      version
    })
    this.#say(`${maker.name} submits a cited row of ${key} (${drafted.id}): ${reason.en}`)
    await checker.post(`${changes}/${drafted.id}/approve`, { contentHash, impactHash: hash })
    this.#say(`${checker.name} approves it, as a second person, and it holds`)
  }

  /** Cases that say that nothing fits where a new row does: they are stated anew together with it. */
  #casesOvertaken(
    rule: string,
    from: string,
    row: string,
    { conditions, outcome }: Omit<StatedRow, 'id'>
  ): readonly Edit[] {
    const tests = conditions?.all ?? []
    return this.#rulebook
      .standing()
      .cases.filter(
        ({ rule: of, fails, date, facts }) =>
          of === rule &&
          fails !== undefined &&
          date >= from &&
          tests.every(({ fact, value }) => facts[fact] === value)
      )
      .map(({ name, kind = 'default', date, facts }) => ({
        kind: 'case',
        case: { name, rule, kind, date, facts, row, outcome }
      }))
  }

  async #complete(element: string, given: Variables, refused?: readonly string[]): Promise<void> {
    const task = await this.#taskAt(element)
    if (element === 'Record_Payment') await this.#pay()
    const account = this.#holder(task.role ?? 'counter')
    const variables = this.#withPayment(given) as Variables
    const path = `/api/instances/${task.instance}/tasks/${task.token}/complete`
    try {
      const view = await account.post<CaseView>(path, { variables })
      if (refused !== undefined)
        throw new Error(`expected ${element} to be refused for ${refused.join(', ')}`)
      this.#say(`${account.name} (${task.roleLabel}): ${task.name}${outcomeOf(variables)}`)
      this.#explain(view)
    } catch (error) {
      if (!(error instanceof ApiRefused) || refused === undefined) throw error
      this.#say(
        `${account.name}: ${task.name} is refused: ${error.problems.map(({ message }) => message).join('; ')}`
      )
    }
  }

  /** The applicant pays the bill at the simulator. */
  async #pay(): Promise<void> {
    const { variables } = await this.#view()
    const billing = variables.billing as { readonly code: string; readonly amount: number }
    const { ntpn, amount } = await this.#holder('treasurer').post<{
      readonly ntpn: string
      readonly amount: number
    }>(`/api/simulators/billing/${billing.code}/pay`, {})
    if (this.#ntpn !== null) this.#ntpn.real = ntpn
    this.#say(
      `the applicant pays Rp ${amount.toLocaleString('id-ID')} on bill ${billing.code} at the SIMULATOR: NTPN ${ntpn}`
    )
  }

  /** Puts the NTPN that was really given in the place of the example's. */
  #withPayment(value: Value): Value {
    if (this.#ntpn === null || this.#ntpn.real === '') return value
    const { sample, real } = this.#ntpn
    if (value === sample) return real
    if (Array.isArray(value)) return value.map(each => this.#withPayment(each))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, this.#withPayment(each as Value)])
    )
  }

  async #wait(text: string): Promise<void> {
    const { now } = await this.#holder('counter').get<{ readonly now: string }>('/api/clock')
    const { timeZone } = this.#rulebook.office(this.#office, now)
    const until = text.startsWith('P')
      ? addDuration(now, text, timeZone)
      : parseDateTime(text, timeZone)
    await this.#setClock(until)
    this.#say(`the clock moves on to ${until}`)
  }

  async #due(element: string, at: string): Promise<void> {
    const { dueAt } = await this.#taskAt(element)
    const { timeZone } = this.#rulebook.office(this.#office, at)
    // the applicant pays at another hour than in the example; the working days are what counts
    const day = localDate(parseDateTime(at, 'UTC'), timeZone)
    if (dueAt === null || localDate(dueAt, timeZone) !== day) {
      throw new Error(`expected <${element}> to be due on ${day}, found ${dueAt}`)
    }
    this.#say(`<${element}> is due at ${dueAt}`)
  }

  async #incident(element: string, says: string): Promise<void> {
    const { incidents } = await this.#until(`an incident at <${element}>`, ({ incidents }) =>
      incidents.some(each => each.element === element)
    )
    const found = incidents.find(each => each.element === element)
    if (!found?.message.includes(says))
      throw new Error(`expected the incident to say «${says}», found «${found?.message}»`)
    this.#say(`the case rests with an incident at ${found.name}: ${found.message}`)
  }

  async #resolve(element: string, reason: string): Promise<void> {
    const { incidents } = await this.#view()
    const token = incidents.find(each => each.element === element)?.token
    const operator = this.#holder('operator')
    const path = `/api/instances/${this.#instance}/incidents/${token}/resolve`
    const view = await operator.post<CaseView>(path, { variables: {}, reason })
    this.#say(`${operator.name} resolves the incident: ${reason}`)
    this.#explain(view)
  }

  async #finish(example: ExampleCase): Promise<readonly string[]> {
    const { status = 'completed', end, letters: kinds } = example.expect ?? {}
    const view = await this.#until(`the case to be ${status}`, each => each.status === status)
    this.#explain(view)
    if (end !== undefined && !view.diagrams.some(({ done }) => (done[end] ?? 0) > 0)) {
      throw new Error(`expected the case to end at <${end}>`)
    }
    const issued = view.letters.map(({ kind }) => kind)
    if (kinds !== undefined && [...kinds].sort().join() !== [...issued].sort().join()) {
      throw new Error(`expected the letters ${kinds.join(', ')}, found ${issued.join(', ')}`)
    }
    const auditor = this.#holder('auditor')
    const folder = join(this.#out, view.number)
    await mkdir(folder, { recursive: true })
    const files: string[] = []
    for (const letter of view.letters) {
      const file = join(folder, `${letter.kind}.pdf`)
      await writeFile(file, await auditor.bytes(letter.url))
      files.push(file)
    }
    await this.#track()
    this.#say(`the case is ${view.status}${end === undefined ? '' : ` at ${end}`}`)
    return files
  }

  // reading /////////////////////////////////////////////////////////////////

  #view(): Promise<CaseView> {
    return this.#holder('auditor').get<CaseView>(`/api/instances/${this.#instance}`)
  }

  async #taskAt(element: string): Promise<TaskSummary> {
    const { tasks } = await this.#until(`a task at <${element}>`, ({ tasks }) =>
      tasks.some(each => each.element === element)
    )
    return tasks.find(each => each.element === element) as TaskSummary
  }

  async #until(what: string, holds: (view: CaseView) => boolean): Promise<CaseView> {
    for (const end = Date.now() + PATIENCE; ; ) {
      const view = await this.#view()
      if (holds(view)) return view
      if (Date.now() > end) {
        const open = [
          ...view.tasks.map(({ element }) => element),
          ...view.incidents.map(({ element, message }) => `${element}: ${message}`)
        ]
        throw new Error(
          `waited in vain for ${what}; the case is ${view.status}, open: ${open.join(', ') || 'nothing'}`
        )
      }
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }

  async #setClock(at: string): Promise<void> {
    await this.#holder('operator').put('/api/clock', { at })
  }

  /** An account that holds a role at the office of the case, or above it. */
  #holder(role: string): Client {
    const { line } = this.#rulebook.office(this.#office, new Date().toISOString())
    for (const { id } of line) {
      const account = DEMO_ACCOUNTS.find(each => each.unit === id && each.roles.includes(role))
      if (account === undefined) continue
      const known = this.#clients.get(account.id)
      if (known !== undefined) return known
      const client = new Client(
        this.#url,
        account.id,
        DEMO_PASSWORD,
        `${account.name} <${account.id}>`
      )
      this.#clients.set(account.id, client)
      return client
    }
    throw new Error(`no demo account of <${this.#office}> or above it has the role <${role}>`)
  }

  // telling /////////////////////////////////////////////////////////////////

  /** Tells the decisions that have come since: what, by which row, on whose authority. */
  #explain({ decisions }: CaseView): void {
    const old = decisions.filter(each => !this.#shown.has(keyOf(each)))
    for (const view of old.sort((a, b) => a.at.localeCompare(b.at))) {
      this.#shown.add(keyOf(view))
      const { decision, cites, label } = view
      const rows = decision.rows.length > 0 ? ` by row ${decision.rows.join(', ')}` : ''
      console.log(
        `      rule ${label.en}: ${JSON.stringify(decision.outcome).slice(0, 160)}${rows}; ${cites.join('; ') || 'no source'}`
      )
      for (const { en } of decision.remarks.slice(0, 2))
        console.log(`        remark: ${en.slice(0, 200)}`)
    }
  }

  #say(text: string): void {
    console.log(`  ${text}`)
  }
}

function keyOf({ at, element }: DecisionView): string {
  return `${at} ${element}`
}

function outcomeOf(variables: Variables): string {
  for (const value of Object.values(variables)) {
    if (value !== null && typeof value === 'object' && 'outcome' in value)
      return ` → ${String(value.outcome)}`
  }
  return ''
}

function wordsOf(stages: PublicCaseView['stages']): string {
  const [now] = stages.slice(-1)
  if (now === undefined) return 'nothing'
  return [now.name, now.text.en, now.by === null ? '' : `by ${now.by}`]
    .filter(word => word !== '')
    .join(' – ')
}

/** A row as an example states it: only conditions that name one value each. */
interface StatedRow {
  readonly id: string
  readonly conditions: { readonly all: readonly { readonly fact: string; readonly value: Value }[] }
  readonly outcome: Value
}
