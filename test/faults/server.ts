import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { until } from '../until.ts'

/** The browser is unpacked once for all servers of these tests; a place of its own takes seconds. */
const BROWSER = join(tmpdir(), 'alur-faults-browser')

/** The whole server as a process of its own, on a folder that outlives it. */
export class Server {
  readonly data: string
  readonly port: number
  readonly url: string
  /** Everything that it has ever said. */
  said = ''
  #environment: Readonly<Record<string, string>>
  #child: ChildProcess | null = null
  #ended: Promise<unknown[]> = Promise.resolve([])

  constructor(data: string, port: number, environment: Readonly<Record<string, string>> = {}) {
    this.data = data
    this.port = port
    this.url = `http://127.0.0.1:${port}`
    this.#environment = environment
  }

  /** A server that runs, on a new folder and a port that was free. */
  static async open(environment: Readonly<Record<string, string>> = {}): Promise<Server> {
    const server = new Server(newFolder(), await freePort(), environment)
    try {
      await server.start()
      return server
    } catch (error) {
      await server.end()
      throw error
    }
  }

  /** Starts it and waits until it is ready. @throws Error with what it said when it ends instead */
  async start(more: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#environment = { ...this.#environment, ...more }
    const said = this.said.length
    const child = this.spawn()
    await until(
      () => {
        if (child.exitCode !== null) throw new Error(this.said.slice(said))
        return this.said.slice(said).includes('Alur is ready at')
      },
      'the server is ready',
      30_000
    )
  }

  /** Starts it, as another user when one is given, and waits for nothing. */
  spawn(user: number | null = null): ChildProcess {
    const env = {
      ...process.env,
      NODE_ENV: 'test',
      PORT: String(this.port),
      ALUR_DATA: this.data,
      ...this.#environment
    }
    const child = spawn(process.execPath, ['--import', 'tsx', 'api/main.ts'], {
      env,
      ...(user === null ? {} : { uid: user, gid: user })
    })
    const listen = (chunk: Buffer) => {
      this.said += chunk
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    this.#child = child
    this.#ended = once(child, 'close')
    return child
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL')
    await this.#ended
  }

  /** Asks it to stop; answers its exit code. */
  async stop(signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<number | null> {
    if (this.#child?.exitCode === null) this.#child.kill(signal)
    await this.#ended
    return this.#child?.exitCode ?? null
  }

  /** Waits until it has ended by itself; answers its exit code, or null when it had to be killed. */
  async ended(): Promise<number | null> {
    const patience = setTimeout(() => this.#child?.kill('SIGKILL'), 15_000)
    await this.#ended
    clearTimeout(patience)
    return this.#child?.exitCode ?? null
  }

  /** Ends it for good and removes its folder. */
  async end(): Promise<void> {
    if (this.#child?.exitCode === null && this.#child.signalCode === null) await this.kill()
    rmSync(this.data, { recursive: true, force: true })
  }

  /** The processes below it: the renderer and its browser, the nearest first. */
  below(): readonly number[] {
    return childrenOf(this.pid)
  }
}

/** An empty data folder that shares the unpacked browser. */
export function newFolder(): string {
  const data = mkdtempSync(join(tmpdir(), 'alur-faults-'))
  shareBrowser(data)
  return data
}

export function shareBrowser(data: string): void {
  mkdirSync(BROWSER, { recursive: true, mode: 0o700 })
  symlinkSync(resolve(BROWSER), join(data, 'browser'))
}

/** A port of the loopback address that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { readonly port: number }
  server.close()
  await once(server, 'close')
  return port
}

interface Process {
  readonly pid: number
  readonly parent: number
}

function processes(): readonly Process[] {
  return readdirSync('/proc').flatMap(name => {
    if (!/^\d+$/.test(name)) return []
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return [{ pid: Number(name), parent: Number(parent) }]
    } catch {
      // it has ended since
      return []
    }
  })
}

function childrenOf(root: number): readonly number[] {
  const all = processes()
  const found: number[] = []
  for (let level = [root]; level.length > 0; ) {
    level = all.filter(({ parent }) => level.includes(parent)).map(({ pid }) => pid)
    found.push(...level)
  }
  return found
}

/** Processes whose command line names a text. */
export function naming(text: string): readonly number[] {
  return processes()
    .map(({ pid }) => pid)
    .filter(pid => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text)
      } catch {
        return false
      }
    })
}
