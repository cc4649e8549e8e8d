import { InvalidData } from '../engine/errors.ts'
import { readSettings } from '../runtime/settings.ts'
import { type Alur, openAlur } from './alur.ts'
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './demo.ts'

const began = performance.now()
const print = (line = '') => process.stdout.write(`${line}\n`)

let alur: Alur | null = null
let stopping = false

process.on('SIGINT', stop)
process.on('SIGTERM', stop)

try {
  const settings = readSettings(process.env)
  alur = await openAlur(settings)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  print(`Alur is ready at ${alur.url} after ${seconds} s`)
  print(`  data    ${settings.data}`)
  print(`  health  ${alur.url}/health`)
  print(`  API     ${alur.url}/openapi.json`)
  if (alur.clock.settable !== null)
    print(`  clock   ${alur.clock.now()}, can be set at ${alur.url}/clock`)
  if (!settings.production) printAccounts()
} catch (error) {
  explain(error)
  process.exitCode = 1
}

/** Lets what is under way end; a second signal ends at once. */
async function stop(): Promise<void> {
  if (stopping) process.exit(130)
  stopping = true
  print('Stopping …')
  await alur?.close()
  process.exit(0)
}

function printAccounts(): void {
  print()
  print(`Demo accounts, all with the password ${DEMO_PASSWORD}:`)
  for (const unit of new Set(DEMO_ACCOUNTS.map(account => account.unit))) {
    const accounts = DEMO_ACCOUNTS.filter(account => account.unit === unit)
    const words = accounts.map(({ id, roles }) => `${id} (${roles.join(', ')})`)
    print(`  ${unit}: ${words.join(' · ')}`)
  }
}

/** What a person can mend is said without a stack. */
function explain(error: unknown): void {
  if (error instanceof InvalidData) {
    for (const { path, message } of error.problems) process.stderr.write(`${path}: ${message}\n`)
    return
  }
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    process.stderr.write('the port is taken; choose another one with PORT=3001 npm start\n')
    return
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
}
