/** Someone at a browser: signs in once, if there is an account, and speaks the JSON API as any other client would. */
export class Client {
  readonly name: string
  readonly #url: string
  readonly #person: string | null
  readonly #password: string
  #cookie = ''
  #csrf = ''

  constructor(url: string, person: string | null, password: string, name: string) {
    this.#url = url
    this.#person = person
    this.#password = password
    this.name = name
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.#json<Answer>('GET', path)
  }
  post<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.#json<Answer>('POST', path, body)
  }
  put<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.#json<Answer>('PUT', path, body)
  }

  async bytes(path: string): Promise<Uint8Array> {
    const response = await this.#send('GET', path)
    return new Uint8Array(await response.arrayBuffer())
  }

  async #json<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await this.#send(method, path, body)
    return (await response.json()) as Answer
  }

  async #send(method: string, path: string, body?: unknown): Promise<Response> {
    if (this.#person !== null && this.#cookie === '') await this.#signIn()
    const response = await this.#fetch(method, path, body)
    if (response.ok) return response
    throw new ApiRefused(response.status, await response.json())
  }

  async #signIn(): Promise<void> {
    const credentials = { person: this.#person, password: this.#password }
    const response = await this.#fetch('POST', '/api/session', credentials)
    if (!response.ok) throw new ApiRefused(response.status, await response.json())
    this.#cookie = response.headers
      .getSetCookie()
      .map(each => each.split(';')[0])
      .join('; ')
    this.#csrf = ((await response.json()) as { readonly csrf: string }).csrf
  }

  #fetch(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(this.#url + path, {
      method,
      headers: {
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie, 'x-csrf-token': this.#csrf }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' })
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
  }
}

/** The API refused a request, in its own words. */
export class ApiRefused extends Error {
  readonly status: number
  readonly code: string
  readonly problems: readonly { readonly path: string; readonly message: string }[]
  constructor(
    status: number,
    answer: {
      readonly code: string
      readonly message: string
      readonly problems?: ApiRefused['problems']
    }
  ) {
    const problems = answer.problems ?? []
    const details = problems.map(({ path, message }) => `\n      ${path}: ${message}`).join('')
    super(`${status} ${answer.code}: ${answer.message}${details}`)
    this.status = status
    this.code = answer.code
    this.problems = problems
  }
}
