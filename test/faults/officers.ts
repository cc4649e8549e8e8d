import { setTimeout as pause } from 'node:timers/promises'
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../../api/demo.ts'
import type { CaseView, ErrorAnswer, SessionView, TaskSummary } from '../../api/schemas.ts'
import type { Variables } from '../../engine/state.ts'
import { type ExampleCase, readCases } from '../../runtime/cases.ts'

/** How long an officer tries again before giving up, in milliseconds. */
const PATIENCE = 45_000

export interface Answer<Body = CaseView> {
  readonly status: number
  readonly body: Body
  readonly headers: Headers
  /** How often the request was sent without an answer before this one. */
  readonly lost: number
}

/** Someone at a browser who sends a request again when no answer comes. */
export class Officer {
  readonly id: string
  readonly #url: string
  #cookie = ''
  #csrf = ''
  #signingIn: Promise<void> | null = null

  constructor(url: string, id: string) {
    this.#url = url
    this.id = id
  }

  get cookie(): string {
    return this.#cookie
  }
  get csrf(): string {
    return this.#csrf
  }

  /** Once, however many requests wait for it. */
  signIn(): Promise<void> {
    this.#signingIn ??= this.#signIn()
    return this.#signingIn
  }

  async #signIn(): Promise<void> {
    const credentials = { person: this.id, password: DEMO_PASSWORD }
    const answer = await this.again<SessionView>('POST', '/api/session', credentials)
    if (answer.status !== 200) throw new Error(`${this.id} cannot sign in: ${answer.status}`)
    this.#cookie = answer.headers
      .getSetCookie()
      .map(each => each.split(';')[0])
      .join('; ')
    this.#csrf = answer.body.csrf
  }

  get<Body = CaseView>(path: string): Promise<Answer<Body>> {
    return this.again<Body>('GET', path)
  }
  post<Body = CaseView>(path: string, body: unknown): Promise<Answer<Body>> {
    return this.again<Body>('POST', path, body)
  }
  put<Body = unknown>(path: string, body: unknown): Promise<Answer<Body>> {
    return this.again<Body>('PUT', path, body)
  }

  /** Sends until an answer comes from a server that is ready. */
  async again<Body>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    for (let lost = 0, end = Date.now() + PATIENCE; ; lost++) {
      try {
        const answer = await this.once<Body>(method, path, body)
        if ((answer.body as Partial<ErrorAnswer> | null)?.code !== 'not-ready') {
          return { ...answer, lost }
        }
      } catch (error) {
        // no answer: the server is gone, or went while it worked
        if (!(error instanceof TypeError) || Date.now() > end) throw error
      }
      await pause(30)
    }
  }

  /** Sends once. @throws TypeError when no answer comes */
  async once<Body = CaseView>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    if (this.#cookie === '' && path !== '/api/session') await this.signIn()
    const response = await fetch(this.#url + path, {
      method,
      headers: {
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie, 'x-csrf-token': this.#csrf }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' })
      },
      body: body === undefined ? null : JSON.stringify(body)
    })
    const { status, headers } = response
    const text = await response.text()
    return { status, headers, body: (text === '' ? null : JSON.parse(text)) as Body, lost: 0 }
  }
}

/** An example case of the ITK extension; it is worked at Tanjung Uban. */
export async function example(name: string): Promise<ExampleCase> {
  const files = await readCases('processes')
  const found = files
    .find(({ process }) => process === 'itk-extension')
    ?.cases.find(each => each.name === name)
  if (found === undefined) throw new Error(`expected an example <${name}>`)
  return found
}

/** The people of Tanjung Uban, who work cases of the second extension from start to end. */
export class Desk {
  readonly #url: string
  readonly #example: ExampleCase
  readonly #officers = new Map<string, Officer>()
  /** Requests that were sent again after their answer was lost, and found their work done. */
  readonly doneBefore: { readonly instance: string; readonly message: string }[] = []

  /** Told when a task is about to be sent. */
  #sending: (() => void)[] = []

  constructor(url: string, given: ExampleCase) {
    this.#url = url
    this.#example = given
  }

  officer(id: string): Officer {
    const known = this.#officers.get(id) ?? new Officer(this.#url, id)
    this.#officers.set(id, known)
    return known
  }

  /** Whoever holds a role at Tanjung Uban. */
  holder(role: string): Officer {
    const account = DEMO_ACCOUNTS.find(
      ({ unit, roles }) => unit === 'kanim-tju' && roles.includes(role)
    )
    if (account === undefined) throw new Error(`nobody is <${role}>`)
    return this.officer(account.id)
  }

  /** Waits until somebody sends a task. */
  sending(): Promise<void> {
    return new Promise(resolve => this.#sending.push(resolve))
  }

  get start(): Variables {
    return this.#example.start.variables
  }

  /** Starts a case under an id of our own, and again when the answer is lost. */
  async begin(instance: string): Promise<CaseView> {
    const body = { office: 'kanim-tju', instance, variables: this.start }
    const answer = await this.holder('counter').post('/api/processes/itk-extension/instances', body)
    if (answer.status === 201 || answer.status === 200) return answer.body
    throw new Error(`<${instance}> was not started: ${JSON.stringify(answer.body)}`)
  }

  async view(instance: string): Promise<CaseView> {
    const { status, body } = await this.holder('operator').get(`/api/instances/${instance}`)
    if (status !== 200) throw new Error(`no view of <${instance}>: ${JSON.stringify(body)}`)
    return body
  }

  /** What the example fills in at an element. */
  filledIn(element: string): Variables {
    const move = this.#example.moves?.find(
      each => 'complete' in each && each.complete === element && each.refused === undefined
    )
    if (move === undefined || !('complete' in move)) throw new Error(`no move for <${element}>`)
    return move.variables ?? {}
  }

  /** Completes a task; one that was done by a request whose answer was lost is not done twice. */
  async complete(task: TaskSummary): Promise<Answer<CaseView & Partial<ErrorAnswer>>> {
    const officer = this.holder(task.role ?? 'counter')
    const variables = await this.#paid(task, this.filledIn(task.element))
    const path = `/api/instances/${task.instance}/tasks/${task.token}/complete`
    for (const tell of this.#sending.splice(0)) tell()
    const answer = await officer.post<CaseView & Partial<ErrorAnswer>>(path, { variables })
    if (answer.status === 200) return answer
    if (answer.status !== 409 || answer.lost === 0) {
      throw new Error(
        `<${task.element}> of <${task.instance}>: ${answer.status} ${JSON.stringify(answer.body)}`
      )
    }
    this.doneBefore.push({ instance: task.instance, message: String(answer.body.message) })
    return answer
  }

  /** Works a case until it has ended, or until `enough` says so. */
  async work(instance: string, enough: (view: CaseView) => boolean = () => false): Promise<void> {
    for (let end = Date.now() + 2 * PATIENCE; ; ) {
      const view = await this.view(instance)
      if (view.status !== 'running' || enough(view)) return
      if (view.incidents.length > 0) {
        throw new Error(`<${instance}> rests: ${JSON.stringify(view.incidents)}`)
      }
      if (Date.now() > end) {
        const open = view.tasks.map(({ element }) => element).join(', ')
        throw new Error(`<${instance}> does not end; open: ${open || 'nothing'}`)
      }
      for (const task of view.tasks) await this.complete(task)
      if (view.tasks.length === 0) await pause(40)
    }
  }

  /** The bill is paid at the simulator, and its NTPN stands where the example has its own. */
  async #paid({ instance, element }: TaskSummary, given: Variables): Promise<Variables> {
    if (element !== 'Record_Payment' && element !== 'Hand_Over') return given
    const { variables } = await this.view(instance)
    const { code } = variables.billing as { readonly code: string }
    const { body } = await this.holder('treasurer').post<{ readonly ntpn: string }>(
      `/api/simulators/billing/${code}/pay`,
      {}
    )
    return JSON.parse(JSON.stringify(given).replaceAll('A1B2C3D4E5F6G7H8', body.ntpn)) as Variables
  }
}
