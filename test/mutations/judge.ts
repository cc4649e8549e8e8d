import { join } from 'node:path'
import Mocha from 'mocha'

/** Says nothing: a failure is what is wanted. */
class Silent extends Mocha.reporters.Base {}

/**
 * Runs the tests of mutated copies, one copy after another in one process, and prints for each a line:
 * its number and how many tests failed, or -1 when it cannot be loaded. A copy is done with its first failure.
 */
const [folder = '', ...copies] = process.argv.slice(2)
for (const copy of copies) {
  const [number = '', ...tests] = copy.split(',')
  console.log(`${number} ${await failures(number, tests)}`)
}
process.exit(0)

async function failures(copy: string, tests: readonly string[]): Promise<number> {
  const mocha = new Mocha({ bail: true, reporter: Silent, timeout: 10_000 })
  for (const test of tests) {
    mocha.addFile(join(folder, copy, 'test', 'behaviors', `${test}.test.ts`))
  }
  try {
    await mocha.loadFilesAsync()
  } catch (error) {
    console.error(error)
    return -1
  }
  return new Promise(resolve => mocha.run(resolve))
}
