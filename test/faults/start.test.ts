import { once } from 'node:events'
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { freePort, newFolder, Server } from './server.ts'

describe('a server that cannot start', function () {
  this.timeout(30_000)
  let data: string
  beforeEach(() => {
    data = newFolder()
  })
  afterEach(() => rmSync(data, { recursive: true, force: true }))

  /** Everything it says when it ends by itself; never a stack. */
  async function refusal(folder = data, port: number | null = null): Promise<string> {
    const server = new Server(folder, port ?? (await freePort()))
    server.spawn()
    expect(await server.ended(), server.said).to.equal(1)
    expect(server.said).not.to.match(/^ +at /m)
    return server.said
  }
  const file = () => join(data, 'alur.db')

  it('says so when the port is taken, and which', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { readonly port: number }
    const said = await refusal(data, port)
    other.close()
    expect(said).to.contain(`port ${port} of 127.0.0.1 is taken`).and.to.contain('PORT=')
  })

  it('says so when the database file is none', async () => {
    writeFileSync(file(), 'a letter, not a database; '.repeat(200))
    const said = await refusal()
    expect(said)
      .to.contain(`${file()}: the database file is not a SQLite database`)
      .and.to.contain('its last backup')
  })

  it('says so when the database file was overwritten in the middle, or cut off', async () => {
    await run(data)
    const { size } = statSync(file())
    const damage = [
      () => overwrite(file(), Math.floor(size / 2), 65_536),
      () => truncateSync(file(), Math.floor((size * 0.9) / 4096) * 4096)
    ]
    const whole = readFileSync(file())
    for (const harm of damage) {
      writeFileSync(file(), whole)
      harm()
      expect(await refusal())
        .to.contain(`${file()}: the database file is damaged`)
        .and.to.contain('its last backup')
    }
  })

  it('says so when the data folder cannot be made', async () => {
    const place = join(data, 'file')
    writeFileSync(place, '')
    expect(await refusal(join(place, 'data'))).to.contain(`${join(place, 'data')}: `)
  })

  it('says so when the data folder may not be written', async () => {
    const folder = join(data, 'theirs')
    mkdirSync(folder, { mode: 0o555 })
    chmodSync(folder, 0o555)
    const server = new Server(folder, await freePort())
    // Nothing is forbidden to root.
    server.spawn(process.getuid?.() === 0 ? 65_534 : null)
    expect(await server.ended(), server.said).to.equal(1)
    expect(server.said).not.to.match(/^ +at /m)
    expect(server.said).to.contain(folder).and.to.contain('may not be written')
  })
})

/** Starts a server on a folder and stops it, so that there is a database. */
async function run(folder: string): Promise<void> {
  const server = new Server(folder, await freePort())
  await server.start()
  await server.stop()
}

function overwrite(path: string, at: number, length: number): void {
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(length, 'x'), 0, length, at)
  closeSync(file)
}
