import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStore } from '../../runtime/stores/sqlite.ts'
import { sqliteRegisters } from '../../runtime/stores/sqlite-registers.ts'
import { replays } from './house.ts'

const HERE = dirname(fileURLToPath(import.meta.url))
const INSTANCES = 200
const KILLS = 6

describe('a process that is killed', () => {
  it('loses nothing and repeats nothing inside', async function () {
    this.timeout(180_000)
    const folder = mkdtempSync(join(tmpdir(), 'alur-kill-'))
    const [file, journal] = [join(folder, 'alur.db'), join(folder, 'journal')]
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        const worker = drive(file, journal)
        await worker.working
        // Somewhere in the work, which takes about two seconds in all.
        await new Promise(resolve => setTimeout(resolve, Math.random() * 200))
        worker.process.kill('SIGKILL')
        await worker.ended
      }
      const last = drive(file, journal)
      expect(await last.ended).to.equal('done')
      await verify(file, journal)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

async function verify(file: string, journal: string): Promise<void> {
  const database = openDatabase(file)
  const store = sqliteStore(database)
  const ids = Array.from({ length: INSTANCES }, (_, index) => `kill-${index}`)
  const jobs = new Map<string, Set<string>>()
  for (const line of readFileSync(journal, 'utf8').trim().split('\n')) {
    const [instance, job] = line.split(' ') as [string, string]
    jobs.set(instance, (jobs.get(instance) ?? new Set()).add(job))
  }
  for (const id of ids) {
    expect((await store.load(id))?.status, id).to.equal('completed')
    expect(await replays(store, id), `${id} replays`).to.equal(true)
    const commits = await store.history(id)
    expect(
      commits.filter(({ command }) => command === 'start'),
      id
    ).to.have.length(1)
    const completed = commits
      .flatMap(({ events }) => events)
      .flatMap(event => (event.type === 'elementCompleted' ? [event.element] : []))
    expect(completed.toSorted(), id).to.deep.equal(ELEMENTS)
    expect(jobs.get(id)?.size, `jobs of ${id}`).to.equal(3)
  }
  const numbers = await Promise.all(
    ids.map(async id => (await store.load(id))?.variables.caseNumber)
  )
  expect(new Set(numbers).size).to.equal(INSTANCES)
  const year = Number(String(numbers[0]).split('-')[1])
  const book = await sqliteRegisters(database).book('kanim-tju', 'cases', year)
  const kept = book.filter(({ claimant }) => claimant.startsWith('kill-'))
  expect(kept.map(({ status }) => status)).to.deep.equal(kept.map(() => 'issued'))
  expect(await store.pendingEffects()).to.deep.equal([])
  await store.close()
}

/** Every element of the process, each completed once. */
const ELEMENTS = [
  'Check',
  'Close',
  'Done',
  'File',
  'Fork',
  'Join',
  'Pause',
  'Received',
  'Rest',
  'Stamp',
  'Stamped',
  'Tell'
]

function drive(file: string, journal: string) {
  const script = join(HERE, 'kill-worker.ts')
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', script, file, journal, String(INSTANCES)],
    { cwd: join(HERE, '../..'), stdio: ['ignore', 'pipe', 'inherit'] }
  )
  let said = ''
  let begin = () => {}
  const working = new Promise<void>(resolve => {
    begin = resolve
  })
  child.stdout?.on('data', chunk => {
    said += chunk
    if (said.includes('working')) begin()
  })
  const ended = new Promise<string>(resolve => {
    child.on('exit', () => {
      begin()
      resolve(said.includes('done') ? 'done' : 'killed')
    })
  })
  return { process: child, working, ended }
}
