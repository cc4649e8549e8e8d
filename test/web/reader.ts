import { DEMO_PASSWORD } from '../../api/demo.ts'

export interface Reply {
  readonly status: number
  readonly html: string
  readonly location: string
  readonly headers: Headers
}

/** A browser without JavaScript: it follows links, and posts forms as they stand. */
export class Reader {
  readonly #url: string
  #cookie = ''
  csrf = ''

  constructor(url: string) {
    this.#url = url
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Reply> {
    return this.#send('GET', path, undefined, headers)
  }

  async post(path: string, fields: Record<string, string | readonly string[]>): Promise<Reply> {
    const body = new URLSearchParams({ _csrf: this.csrf })
    for (const [name, value] of Object.entries(fields)) {
      for (const each of typeof value === 'string' ? [value] : value) body.append(name, each)
    }
    return this.#send('POST', path, body, {})
  }

  async signIn(person: string): Promise<Reply> {
    const reply = await this.post('/sign-in', { person, password: DEMO_PASSWORD })
    const { html } = await this.get('/tasks')
    this.csrf = /name="_csrf" value="([^"]*)"/.exec(html)?.[1] ?? ''
    return reply
  }

  async #send(
    method: string,
    path: string,
    body: URLSearchParams | undefined,
    headers: Record<string, string>
  ): Promise<Reply> {
    const response = await fetch(this.#url + path, {
      method,
      redirect: 'manual',
      headers: { ...headers, cookie: this.#cookie },
      ...(body === undefined ? {} : { body })
    })
    for (const cookie of response.headers.getSetCookie()) this.#cookie = cookie.split(';')[0] ?? ''
    const location = response.headers.get('location') ?? ''
    return {
      status: response.status,
      html: await response.text(),
      location,
      headers: response.headers
    }
  }
}
