import { join } from 'node:path'
import { InvalidData } from '../engine/errors.ts'
import { readSettings, type Settings } from '../runtime/settings.ts'
import { StoreUnavailable } from '../runtime/store.ts'
import { unavailable } from '../runtime/stores/unavailable.ts'
import { type Alur, openAlur } from './alur.ts'
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './demo.ts'

const began = performance.now()
const print = (line = '') => process.stdout.write(`${line}\n`)

const MENDED_BY: Readonly<Record<StoreUnavailable['code'], string>> = {
  damaged: 'move the data folder away and put its last backup in its place; keep the damaged one',
  full: 'make room on the disk, then start again: nothing is lost',
  locked: 'end the other process that has the file open, then start again',
  failing:
    'let the user who starts the system write to the data folder, and see that its disk works',
  closed: 'start again'
}
const DENIED: Readonly<Record<string, string>> = {
  EACCES: 'may not be written by this user',
  EPERM: 'may not be written by this user',
  EROFS: 'may not be written: its disk is read-only',
  ENOTDIR: 'a file is where a folder is expected',
  EEXIST: 'a file is where a folder is expected'
}

let settings: Settings | null = null
let alur: Alur | null = null
let stopping = false

process.on('SIGINT', stop)
process.on('SIGTERM', stop)

try {
  settings = readSettings(process.env)
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
  for (const line of linesOf(unavailable(error))) process.stderr.write(`${line}\n`)
}

function linesOf(error: unknown): readonly string[] {
  if (error instanceof InvalidData) {
    return error.problems.map(({ path, message }) => `${path}: ${message}`)
  }
  if (error instanceof StoreUnavailable && settings !== null) {
    return [`${join(settings.data, 'alur.db')}: ${error.message}`, MENDED_BY[error.code]]
  }
  if (isSystemError(error)) {
    const { code, path, port, address } = error
    if (code === 'EADDRINUSE')
      return [`port ${port} of ${address} is taken; choose another one with PORT=3001 npm start`]
    if (path !== undefined && Object.hasOwn(DENIED, code))
      return [`${path}: ${DENIED[code]}; the data folder is set with ALUR_DATA`]
  }
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)]
}

/** An error of the operating system, as Node throws it. */
interface SystemError extends Error {
  readonly code: string
  readonly path?: string
  readonly port?: number
  readonly address?: string
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
