import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Alur, type AlurOptions, openAlur } from '../../api/alur.ts'
import { DEMO_PASSWORD } from '../../api/demo.ts'
import type { ErrorAnswer, SessionView } from '../../api/schemas.ts'
import type { Log } from '../../runtime/log.ts'
import { readSettings } from '../../runtime/settings.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqlitePeople } from '../../runtime/stores/sqlite-people.ts'
import { writeRules } from './rules.ts'

export interface Sample extends Alur {
  readonly data: string
  readonly logged: string[]
  end(): Promise<void>
}

/** Opens the whole system, without pages, on a temporary folder with the sample country. */
export async function openSample(
  more: Record<string, string> = {},
  options: AlurOptions = {}
): Promise<Sample> {
  const folder = await mkdtemp(join(tmpdir(), 'alur-api-'))
  await writeRules(join(folder, 'rules'))
  const data = join(folder, 'data')
  const { logged, log } = listeningLog()
  const settings = readSettings({ PORT: '0', ALUR_DATA: data, ALUR_CLOCK: 'machine', ...more })
  const alur = await openAlur(settings, {
    processes: 'test/api/processes',
    rules: join(folder, 'rules'),
    pages: false,
    validateAnswers: true,
    log,
    ...options
  })
  return {
    ...alur,
    data,
    logged,
    async end() {
      await alur.close()
      await rm(folder, { recursive: true, force: true })
    }
  }
}

function listeningLog(): { readonly logged: string[]; readonly log: Log } {
  const logged: string[] = []
  return {
    logged,
    log: {
      info: () => {},
      warn: message => void logged.push(message),
      error: (message, error) => {
        logged.push(`${message}: ${error instanceof Error ? error.stack : error}`)
        if (process.env.TRACE) console.log(logged.at(-1))
      }
    }
  }
}

export interface Answer<Body> {
  readonly status: number
  readonly body: Body
  readonly headers: Headers
}

/** A browser, or a program, that talks to the JSON API. */
export class Visitor {
  readonly #url: string
  cookie = ''
  csrf = ''

  constructor(url: string) {
    this.#url = url
  }

  async signIn(person: string, password = DEMO_PASSWORD): Promise<Answer<SessionView>> {
    const answer = await this.post<SessionView>('/api/session', { person, password })
    if (answer.status === 200) this.csrf = answer.body.csrf
    return answer
  }

  get<Body = ErrorAnswer>(
    path: string,
    headers: Record<string, string> = {}
  ): Promise<Answer<Body>> {
    return this.send<Body>('GET', path, undefined, headers)
  }

  post<Body = ErrorAnswer>(
    path: string,
    body?: unknown,
    headers: Record<string, string> = {}
  ): Promise<Answer<Body>> {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    return this.send<Body>('POST', path, text, headers)
  }

  async send<Body = ErrorAnswer>(
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {}
  ): Promise<Answer<Body>> {
    const response = await fetch(this.#url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(this.csrf === '' ? {} : { 'x-csrf-token': this.csrf }),
        ...headers
      },
      ...(body === undefined ? {} : { body })
    })
    for (const cookie of response.headers.getSetCookie()) this.cookie = cookie.split(';')[0] ?? ''
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true
    return {
      status: response.status,
      body: (isJson ? JSON.parse(text) : text) as Body,
      headers: response.headers
    }
  }
}

/** A visitor who has signed in. */
export async function visitor(url: string, person: string): Promise<Visitor> {
  const visitor = new Visitor(url)
  const { status, body } = await visitor.signIn(person)
  if (status !== 200)
    throw new Error(`expected <${person}> to sign in, found ${status} ${JSON.stringify(body)}`)
  return visitor
}

/** A second person at the counter. */
export async function addColleague({ data }: Sample): Promise<void> {
  const database = openDatabase(join(data, 'alur.db'))
  await sqlitePeople(database).add({
    id: 'loket2.tju',
    name: 'Nina Contoh',
    unit: 'kanim-tju',
    roles: ['counter'],
    demo: true,
    nip: null,
    password: DEMO_PASSWORD
  })
  database.close()
}
