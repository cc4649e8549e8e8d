/**
 * Installs what is missing and builds what the browser needs, so that `npm start` and `npm test` are
 * all that a fresh clone asks for. Does nothing when all is there. Plain JavaScript: it runs before
 * anything is installed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Alur needs Node 20.19 or newer, found ${process.version}`)
  process.exit(1)
}

const installed = 'node_modules/.package-lock.json'
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync('package-lock.json').mtimeMs) {
  console.log('installing packages (once) …')
  const quiet = ['--include=dev', '--no-audit', '--no-fund']
  if (!works('npm', ['ci', ...quiet])) {
    console.log('the lock file does not fit this npm; installing by package.json instead …')
    run('npm', ['install', '--no-save', ...quiet])
  }
}
run(process.execPath, ['--import', 'tsx', 'web/build.ts'])

function works(command, args) {
  const shell = process.platform === 'win32'
  return spawnSync(command, args, { stdio: 'inherit', shell }).status === 0
}

function run(command, args) {
  if (works(command, args)) return
  console.error(`<${command} ${args.join(' ')}> did not work; what it says stands above`)
  process.exit(1)
}
