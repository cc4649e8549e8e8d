import { execFile } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { MUTANTS, type Mutant } from './mutations/mutants.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const WORKERS = 2
const run = promisify(execFile)

describe('deliberate faults in the engine', function () {
  this.timeout(240_000)

  it('are at least 40, each in a place that is there', () => {
    expect(MUTANTS.length).to.be.at.least(40)
    for (const { what, file, from } of MUTANTS) {
      const times = readFileSync(join(ROOT, file), 'utf8').split(from).length - 1
      expect(times, `${what}: the place in ${file}: ${from}`).to.equal(1)
    }
  })

  it('are each noticed by the tests of the behavior', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'alur-mutants-'))
    try {
      symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
      cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
      const tests = [...new Set(MUTANTS.flatMap(each => each.tests))]
      const copies = [
        plan(folder, 'sound', null, tests),
        ...MUTANTS.map((mutant, n) => plan(folder, `m${n}`, mutant, mutant.tests))
      ]
      const found = new Map<string, number>()
      await Promise.all(
        Array.from({ length: WORKERS }, async (_, worker) => {
          const mine = copies.filter((_, n) => n % WORKERS === worker)
          for (const [copy, failed] of await judged(folder, mine)) found.set(copy, failed)
        })
      )

      expect(found.get('sound'), 'failures without a fault').to.equal(0)
      const failed = MUTANTS.map((_, n) => found.get(`m${n}`) ?? -1)
      const broken = MUTANTS.filter((_, n) => (failed[n] ?? -1) < 0)
      const survived = MUTANTS.filter((_, n) => failed[n] === 0)
      expect(
        broken.map(({ what }) => what),
        'cannot be run'
      ).to.deep.equal([])
      expect(
        survived.map(({ what }) => what),
        'nobody notices'
      ).to.deep.equal([])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

/** Makes a copy of all that the tests of behaviors need, with one fault in it; gives what to judge. */
function plan(
  folder: string,
  name: string,
  mutant: Mutant | null,
  tests: readonly string[]
): string {
  const copy = join(folder, name)
  mkdirSync(join(copy, 'test', 'behaviors'), { recursive: true })
  for (const part of ['engine', 'runtime', 'test/play.ts']) {
    cpSync(join(ROOT, part), join(copy, part), { recursive: true })
  }
  for (const test of tests) {
    const file = join('test', 'behaviors', `${test}.test.ts`)
    cpSync(join(ROOT, file), join(copy, file))
  }
  symlinkSync(join(ROOT, 'test', 'diagrams'), join(copy, 'test', 'diagrams'))
  if (mutant !== null) {
    const file = join(copy, mutant.file)
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(mutant.from, () => mutant.to)
    )
  }
  return [name, ...tests].join(',')
}

async function judged(
  folder: string,
  copies: readonly string[]
): Promise<readonly (readonly [string, number])[]> {
  const judge = join(ROOT, 'test', 'mutations', 'judge.ts')
  const { stdout } = await run(process.execPath, ['--import', 'tsx', judge, folder, ...copies], {
    cwd: ROOT,
    timeout: 200_000,
    maxBuffer: 100_000_000
  })
  return stdout
    .split('\n')
    .map(line => line.split(' '))
    .filter(words => words.length === 2)
    .map(([copy, failed]) => [copy as string, Number(failed)] as const)
}
